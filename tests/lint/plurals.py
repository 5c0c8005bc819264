# SPDX-FileCopyrightText: 2026 The Conclave developers
# SPDX-License-Identifier: Apache-2.0
"""plurals.py ROOT LUPDATE: each sentence with a number has its English forms, and no form is of a sentence that is gone."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree


def faults(file: pathlib.Path) -> list[str]:
    found = []
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            state = message.find("translation").get("type")
            if state:
                what = "has no forms" if state == "unfinished" else "is no longer there"
                found.append(f"{context.findtext('name')}: “{message.findtext('source')}” {what}")
    return found


def main() -> int:
    root, lupdate = pathlib.Path(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "conclave_en.ts"
        shutil.copy(root / "translations" / copy.name, copy)
        command = [lupdate, "-pluralonly", "-locations", "none", "-silent", "-I", root]
        subprocess.run([*command, root / "ui", root / "app", "-ts", copy], check=True)
        found = faults(copy)
    print(*found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
