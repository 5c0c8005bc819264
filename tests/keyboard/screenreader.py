# SPDX-FileCopyrightText: 2026 The Conclave developers
# SPDX-License-Identifier: Apache-2.0
"""A person who neither sees the screen nor has a mouse: hears what a screen reader is told, and types."""
import re
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 60  # seconds; key derivation on a busy machine is the longest wait
GLANCE = 0.05


class Lost(Exception):
    """What was to come up did not."""


def press(*keys):
    subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)


def write(text):
    subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "5", text], check=True)


def name_of(node):
    return (node.get_name() or "").replace("\u2066", "").replace("\u2069", "")


class ScreenReader:
    def __init__(self, program):
        self._program = program
        Atspi.init()
        Atspi.get_desktop(0).get_child_count()  # the bus is up before the program looks for it

    def nodes(self):
        """Everything that the program tells, in order."""
        desktop = Atspi.get_desktop(0)
        todo = [
            app for app in (desktop.get_child_at_index(i) for i in range(desktop.get_child_count())) if app and app.get_name() == self._program
        ]
        while todo:
            node = todo.pop()
            try:
                if not (node.get_state_set().contains(Atspi.StateType.SHOWING) or node.get_role() == Atspi.Role.APPLICATION):
                    continue
                children = [node.get_child_at_index(i) for i in range(node.get_child_count())]
            except GLib.Error:
                continue  # it went away while we listened
            yield node
            todo.extend(child for child in reversed(children) if child)

    def heard(self):
        """All that is on the screen, one name a line."""
        return "\n".join(name for name in map(name_of, self.nodes()) if name)

    def focus(self):
        """Name of the control that has the focus; empty when none has."""
        found = ""
        for node in self.nodes():
            if node.get_state_set().contains(Atspi.StateType.FOCUSED):
                found = name_of(node) or found  # a text area's surface has it, too, and no name
        return found

    def said(self):
        """What is said when the focus comes somewhere: the name there, and its description."""
        found = "", ""
        for node in self.nodes():
            if node.get_state_set().contains(Atspi.StateType.FOCUSED):
                node.clear_cache()
                found = name_of(node), node.get_description() or ""
        return found

    def says_after(self, key):
        """Presses a key, and returns what is said then; it must be something else."""
        before = self.said()
        press(key)
        self._wait(lambda: self.said() not in (before, ("", "")), f"{key} changes nothing")
        return self.said()

    def hears(self, pattern):
        """Waits until something on the screen says this, and returns the match."""
        return self._wait(lambda: re.search(pattern, self.heard(), re.MULTILINE), f"“{pattern}” was not said")

    def stands_on(self, pattern):
        """Waits until the focus is on a control of this name."""
        return self._wait(lambda: re.search(pattern, self.focus()), f"the focus did not come to “{pattern}”")

    def tab_to(self, pattern):
        """Presses Tab until the focus is there, once round at most."""
        first = None
        while True:
            here = self._wait(self.focus, "nothing has the focus")
            if re.search(pattern, here):
                return
            if here == first:
                raise Lost(f"Tab does not reach “{pattern}”; {self._where()}")
            first = first or here
            press("Tab")
            self._wait(lambda: self.focus() != here, f"Tab does not leave “{here}”")

    def _wait(self, condition, complaint):
        end = time.monotonic() + PATIENCE
        while True:
            try:
                result = condition()
            except GLib.Error:
                result = None
            if result:
                return result
            if time.monotonic() > end:
                raise Lost(f"{complaint}; {self._where()}")
            time.sleep(GLANCE)

    def _where(self):
        return f"the focus is on “{self.focus()}” and the screen says:\n{self.heard()}"
