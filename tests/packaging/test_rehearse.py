# SPDX-FileCopyrightText: 2026 The Conclave developers
# SPDX-License-Identifier: Apache-2.0
"""packaging/rehearse and what it sources, in a scratch checkout with stand-ins for apt, dpkg, cmake and conclave."""

import os
import shutil
import subprocess
import tempfile
import unittest

PACKAGING = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../packaging")
STAND_IN = "#!/bin/sh\necho \"$(basename \"$0\") $*\" >> \"$LOG\"\n"


class Rehearse(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = folder.name
        self.log = self.path("log")
        shutil.copytree(PACKAGING, self.path("packaging"))
        self.script("bin/cmake", STAND_IN + "mkdir -p \"$TOP/build/rehearse\"; touch \"$TOP/build/rehearse/build.ninja\"\n"
                                            "echo noise of the build\n")
        self.script("bin/apt-get", STAND_IN)
        self.script("bin/sudo", STAND_IN + "shift\n\"$@\"\n")
        self.packages_are("installed")
        self.script("build/rehearse/app/conclave", "#!/bin/sh\nprintf '[%s]' \"$@\"\n")
        self.script("CMakePresets.json", "{}")

    def path(self, name):
        return os.path.join(self.top, name)

    def script(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w") as file:
            file.write(text)
        os.chmod(self.path(name), 0o755)

    def packages_are(self, state):
        self.script("bin/dpkg-query", f"#!/bin/sh\nprintf '{state}'\n")

    def rehearse(self, *arguments, display=""):
        environment = {"PATH": self.path("bin") + ":/usr/bin:/bin", "DISPLAY": display, "LOG": self.log, "TOP": self.top}
        return subprocess.run([self.path("packaging/rehearse"), *arguments], env=environment, cwd="/",
                              capture_output=True, text=True, check=False)

    def logged(self):
        if not os.path.exists(self.log):
            return []
        with open(self.log) as file:
            return file.read().splitlines()

    def test_a_window_is_a_rehearsal(self):
        self.assertEqual(self.rehearse(display=":0").stdout, "[--rehearse]")

    def test_arguments_pass_through_as_they_are(self):
        done = self.rehearse("--unattended", "--output", "a folder")
        self.assertEqual(done.stdout, "[--rehearse][--unattended][--output][a folder]")

    def test_what_ends_at_once_is_no_rehearsal(self):
        for option in ("--version", "-v", "--help", "-h", "--list"):
            with self.subTest(option=option):
                self.assertEqual(self.rehearse(option).stdout, f"[{option}]")

    def test_without_a_display_it_says_what_to_do_and_builds_nothing(self):
        done = self.rehearse()
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("There is no display", done.stderr)
        self.assertIn("--unattended --output", done.stderr)
        self.assertEqual(self.logged(), [])

    def test_what_is_installed_is_not_asked_for(self):
        self.rehearse("--version")
        self.assertEqual([line for line in self.logged() if "apt-get" in line], [])

    def test_what_is_missing_is_named_with_its_reason_before_it_is_installed(self):
        self.packages_are("config-files")
        done = self.rehearse("--version")
        self.assertRegex(done.stderr, r"cmake +configures the build")
        apt = [line for line in self.logged() if line.startswith("apt-get")]
        self.assertTrue(apt[0].startswith("apt-get update"), apt)
        self.assertRegex(apt[1], r"^apt-get install .*--no-install-recommends cmake ninja-build g\+\+ ")
        self.assertNotIn("opensc", apt[1])

    def test_a_second_run_does_not_configure_again(self):
        self.rehearse("--version")
        self.rehearse("--version")
        cmake = [line for line in self.logged() if line.startswith("cmake")]
        self.assertEqual(["--preset" in line for line in cmake], [True, False, False])


if __name__ == "__main__":
    unittest.main()
