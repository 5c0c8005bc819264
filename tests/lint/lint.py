# SPDX-FileCopyrightText: 2026 The Conclave developers
# SPDX-License-Identifier: Apache-2.0
"""What the compiler cannot see: who may include what, and habits that are not allowed here.

lint.py ROOT QT_INCLUDE_FOLDER prints each finding as "file:line: [rule] ..." and fails if there is one.
A line that has a good reason says so: "// lint: RULE: the reason", on the line itself or the one above.
CONTRIBUTING.md says why the rules are as they are; test_lint.py shows what each one finds.
"""

import os
import re
import sys

FOLDERS = ("app", "core", "ui", "tests", "resources", "packaging", ".ci")
# Arrows point inward only; pcsc, simulator and witness lie side by side and do not know each other.
LAYERS = {"base": 0, "dkek": 1, "card": 2, "pcsc": 3, "simulator": 3, "witness": 3, "device": 4, "ceremony": 5}
QT_MODULES = {
    "core": {"QtCore", "QtConcurrent"},
    "ui": {"QtCore", "QtConcurrent", "QtGui", "QtWidgets", "QtPrintSupport", "QtSvg", "QtSvgWidgets"},
}
PCSC_HEADERS = re.compile(r"(PCSC/)?(winscard|wintypes|pcsclite|reader|ifdhandler)\.h$")
PKCS11_HEADERS = re.compile(r"p11-kit/")
# What a view has no business with: bytes to and from a card.
PROTOCOL_HEADERS = re.compile(r"core/pcsc/|core/card/(apdu|cardchannel|cvc|evpkey|pkcs15|smartcardhsm|statusword|tlv)\.h")

HABITS = {
    "skipped-test": r"\bQSKIP\b",
    "nested-loop": r"\bprocessEvents\b|\bQEventLoop\b|(\.|->)exec\s*\(\s*\)",
    "sleep": r"\bQThread::[mun]?sleep\b|\bsleep_(for|until)\b|\b(u|nano)?sleep\s*\(|\bqWait\s*\(|\bqSleep\s*\(",
    "secret-string": r"\b(QString|QByteArray|QStringList|std::string)(&&|[&*])?\s+(m_|k)?"
    r"([a-z]\w*)?(?i:pin|password|passphrase|secret|dkek)(s|Bytes|Text|Value|Digits)?\s*[;={(,)]"
    r"|\b(QString|QByteArray|QStringList|std::string)(&&|[&*])?\s+(m_|k)?([a-z]\w*)?(?i:share)(Value|Text|Bytes)\s*[;={(,)]",
}


def code_of(line):
    """The line without its string literals and its comment."""
    line = re.sub(r'"(\\.|[^"\\])*"', '""', line)
    return re.sub(r"//.*", "", line)


def waived(rule, lines, index):
    mark = re.compile(r"(//|#) lint: " + rule + r": \S")
    return any(mark.search(lines[i]) for i in (index - 1, index) if i >= 0)


def include_findings(path, included, qt_module_of):
    parts = path.split("/")
    area = parts[0]
    if PCSC_HEADERS.match(included) and not path.startswith(("core/pcsc/", "tests/core/pcsc/")):
        yield "layers", f"{included} belongs to core/pcsc alone"
    if PKCS11_HEADERS.match(included) and not path.startswith(("core/witness/", "tests/core/witness/")):
        yield "layers", f"{included} belongs to core/witness alone"
    if area == "core":
        own, other = parts[1], re.match(r"core/(\w+)/", included)
        if included.startswith(("ui/", "app/", "tests/")):
            yield "layers", f"core includes {included}"
        elif other and other[1] != own and LAYERS[other[1]] >= LAYERS[own]:
            yield "layers", f"core/{own} includes core/{other[1]}: arrows point inward only"
    if area == "ui":
        if included.startswith(("app/", "tests/")):
            yield "layers", f"ui includes {included}"
        if PROTOCOL_HEADERS.match(included) or included.startswith("openssl/"):
            yield "layers", f"ui includes {included}: neither cards nor cryptography in views"
    module = qt_module_of(included)
    if module and area in QT_MODULES and module not in QT_MODULES[area]:
        yield "layers", f"{area} includes {included} of {module}"


def source_findings(path, lines, qt_module_of):
    if path.endswith(".h") and "#pragma once" not in lines:
        yield 1, "pragma-once", "a header without #pragma once"
    for index, line in enumerate(lines):
        include = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
        if include:
            for rule, what in include_findings(path, include[1], qt_module_of):
                yield index + 1, rule, what
            continue
        code = code_of(line)
        for rule, pattern in HABITS.items():
            # The PINs of tests are no secrets.
            if re.search(pattern, code) and not (rule == "secret-string" and path.startswith("tests/")):
                yield index + 1, rule, line.strip()
        if path.startswith("core/") and re.search(r"\btr\s*\(|\btranslate\s*\(", code):
            yield index + 1, "words-in-core", line.strip()


def findings(path, text, qt_module_of):
    """(line, rule, what) for each finding in one file."""
    lines = text.splitlines()
    head = [line.lstrip("#/ ") for line in lines[:3]]
    if not any(a.startswith("SPDX-FileCopyrightText:") and b.startswith("SPDX-License-Identifier:")
               for a, b in zip(head, head[1:])):
        yield 1, "spdx", "the two SPDX lines are missing on top"
    if path.endswith((".cpp", ".h")):
        for line, rule, what in source_findings(path, lines, qt_module_of):
            if not waived(rule, lines, line - 1):
                yield line, rule, what


def carries_spdx(folder, name):
    if name.endswith((".cpp", ".h", ".py", ".sh", ".cmake", ".qss")) or name == "CMakeLists.txt":
        return True
    with open(os.path.join(folder, name), "rb") as file:
        return file.read(2) == b"#!"


def files(root):
    for top in FOLDERS:
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in sorted(names):
                if carries_spdx(folder, name):
                    yield os.path.relpath(os.path.join(folder, name), root)


def qt_modules(include_folder):
    """Header name -> Qt module, from the headers that are installed."""
    found = {}
    for module in sorted(os.listdir(include_folder)):
        folder = os.path.join(include_folder, module)
        if module.startswith("Qt") and os.path.isdir(folder):
            for header in os.listdir(folder):
                found.setdefault(header, module)

    def module_of(included):
        first = included.split("/")[0]
        return first if re.match(r"Qt[A-Z]\w+$", first) and "/" in included else found.get(included)

    return module_of


def main(root, qt_include_folder):
    module_of = qt_modules(qt_include_folder)
    count = read = 0
    for path in files(root):
        read += 1
        with open(os.path.join(root, path), encoding="utf-8") as file:
            for line, rule, what in findings(path.replace(os.sep, "/"), file.read(), module_of):
                print(f"{path}:{line}: [{rule}] {what}")
                count += 1
    print(f"{read} files, {count} findings")
    return 1 if count or not read else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
