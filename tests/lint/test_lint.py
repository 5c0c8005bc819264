# SPDX-FileCopyrightText: 2026 The Conclave developers
# SPDX-License-Identifier: Apache-2.0
"""Each rule of lint.py finds what it is there for, and lets be what is allowed."""

import os
import subprocess
import sys
import tempfile
import unittest

import lint

SPDX = "// SPDX-FileCopyrightText: 2026 The Conclave developers\n// SPDX-License-Identifier: Apache-2.0\n"
MODULES = {"QString": "QtCore", "QImage": "QtGui", "QWidget": "QtWidgets", "QTcpSocket": "QtNetwork",
           "QtConcurrentRun": "QtConcurrent", "QPrinter": "QtPrintSupport"}


def module_of(included):
    return included.split("/")[0] if included.startswith("Qt") and "/" in included else MODULES.get(included)


def rules(path, line):
    return [rule for _, rule, _ in lint.findings(path, SPDX + "#pragma once\n" + line + "\n", module_of)]


BAD = [
    ("layers", "core/base/x.h", '#include "core/dkek/sharefile.h"'),
    ("layers", "core/dkek/x.cpp", '#include "core/card/apdu.h"'),
    ("layers", "core/card/x.cpp", '#include "core/pcsc/pcscchannel.h"'),
    ("layers", "core/pcsc/x.cpp", '#include "core/simulator/simulatedhsm.h"'),
    ("layers", "core/simulator/x.cpp", '#include "core/pcsc/pcscchannel.h"'),
    ("layers", "core/simulator/x.cpp", '#include "core/device/deviceworker.h"'),
    ("layers", "core/device/x.cpp", '#include "core/ceremony/event.h"'),
    ("layers", "core/ceremony/x.cpp", '#include "ui/wizard.h"'),
    ("layers", "core/ceremony/x.cpp", '#include "app/main.h"'),
    ("layers", "core/ceremony/x.cpp", "#include <QImage>"),
    ("layers", "core/ceremony/x.cpp", "#include <QtWidgets/QWidget>"),
    ("layers", "core/simulator/x.cpp", "#include <QTcpSocket>"),
    ("layers", "core/device/x.cpp", "#include <winscard.h>"),
    ("layers", "app/x.cpp", "#include <PCSC/winscard.h>"),
    ("layers", "core/card/x.cpp", "#include <p11-kit/pkcs11.h>"),
    ("layers", "core/witness/x.cpp", '#include "core/device/deviceworker.h"'),
    ("layers", "tests/interop/x.cpp", "#include <winscard.h>"),
    ("layers", "ui/x.cpp", '#include "core/pcsc/readermonitor.h"'),
    ("layers", "ui/x.cpp", '#include "core/card/apdu.h"'),
    ("layers", "ui/x.cpp", '#include "core/card/smartcardhsm.h"'),
    ("layers", "ui/x.cpp", "#include <openssl/evp.h>"),
    ("layers", "ui/x.cpp", "#include <QTcpSocket>"),
    ("layers", "ui/x.cpp", '#include "app/commandline.h"'),
    ("skipped-test", "tests/ui/tst_x.cpp", 'QSKIP("later");'),
    ("nested-loop", "ui/x.cpp", "QCoreApplication::processEvents();"),
    ("nested-loop", "ui/x.cpp", "dialog.exec();"),
    ("nested-loop", "ui/x.cpp", "dialog->exec();"),
    ("nested-loop", "core/device/x.cpp", "QEventLoop loop;"),
    ("sleep", "core/device/x.cpp", "QThread::msleep(5);"),
    ("sleep", "core/device/x.cpp", "std::this_thread::sleep_for(5ms);"),
    ("sleep", "core/device/x.cpp", "usleep(5);"),
    ("sleep", "tests/ui/tst_x.cpp", "QTest::qWait(100);"),
    ("secret-string", "ui/x.h", "QString m_pin;"),
    ("secret-string", "ui/x.h", "void verify(const QString& soPin);"),
    ("secret-string", "core/dkek/x.h", "std::string password = {};"),
    ("secret-string", "core/dkek/x.h", "QByteArray dkek;"),
    ("secret-string", "core/dkek/x.h", "QByteArray shareValue;"),
    ("words-in-core", "core/card/x.cpp", 'return tr("No");'),
]

GOOD = [
    ("core/ceremony/x.cpp", '#include "core/device/deviceworker.h"'),
    ("core/device/x.cpp", '#include "core/simulator/simulatedhsm.h"'),
    ("core/dkek/x.cpp", '#include "core/dkek/sharefile.h"'),
    ("core/dkek/x.cpp", "#include <QtConcurrentRun>"),
    ("core/dkek/x.cpp", "#include <openssl/evp.h>"),
    ("core/pcsc/x.cpp", "#include <winscard.h>"),
    ("core/witness/x.cpp", "#include <p11-kit/pkcs11.h>"),
    ("ui/x.cpp", "#include <QPrinter>"),
    ("ui/x.cpp", '#include "core/card/keyalgorithm.h"'),
    ("app/simcard/x.cpp", "#include <QTcpSocket>"),
    ("ui/x.cpp", "// no processEvents() here"),
    ("ui/x.cpp", 'const QString pinHint = tr("QSKIP, dialog.exec()");'),
    ("ui/x.cpp", "QString shareFileName;"),
    ("core/base/x.h", "SecretBytes pin;"),
    ("tests/core/card/tst_x.cpp", "QString pin;"),
    ("app/main.cpp", "// lint: nested-loop: the one loop of the program\nreturn app.exec();"),
    ("app/main.cpp", "return app.exec(); // lint: nested-loop: the one loop of the program"),
]


class Rules(unittest.TestCase):
    def test_each_bad_line_is_found(self):
        for rule, path, line in BAD:
            with self.subTest(path=path, line=line):
                self.assertEqual(rules(path, line), [rule])

    def test_allowed_lines_pass(self):
        for path, line in GOOD:
            with self.subTest(path=path, line=line):
                self.assertEqual(rules(path, line), [])

    def test_every_habit_has_a_bad_line(self):
        self.assertLessEqual(set(lint.HABITS), {rule for rule, _, _ in BAD})

    def test_a_waiver_without_a_reason_is_none(self):
        self.assertEqual(rules("app/main.cpp", "return app.exec(); // lint: nested-loop:"), ["nested-loop"])

    def test_a_waiver_of_another_rule_is_none(self):
        self.assertEqual(rules("app/main.cpp", "return app.exec(); // lint: sleep: because"), ["nested-loop"])

    def test_missing_heads_are_found(self):
        found = [rule for _, rule, _ in lint.findings("core/base/x.h", "int x;\n", module_of)]
        self.assertEqual(found, ["spdx", "pragma-once"])

    def test_a_tree_with_one_bad_file_fails(self):
        with tempfile.TemporaryDirectory() as root:
            os.makedirs(os.path.join(root, "core/base"))
            os.makedirs(os.path.join(root, "qt/QtGui"))
            open(os.path.join(root, "qt/QtGui/QImage"), "w").close()
            path = os.path.join(root, "core/base/x.cpp")
            command = [sys.executable, lint.__file__, root, os.path.join(root, "qt")]
            for text, status in ((SPDX + "int x;\n", 0), (SPDX + "#include <QImage>\n", 1)):
                with open(path, "w") as file:
                    file.write(text)
                self.assertEqual(subprocess.run(command, stdout=subprocess.DEVNULL).returncode, status)
            os.remove(path)
            self.assertEqual(subprocess.run(command, stdout=subprocess.DEVNULL).returncode, 1, "nothing read")


class FindSkipped(unittest.TestCase):
    """.ci/find-skipped, on lines as CTest and QtTest print them."""

    SCRIPT = os.path.join(os.path.dirname(lint.__file__), "../../.ci/find-skipped")

    def status(self, text):
        with tempfile.NamedTemporaryFile("w", suffix=".log") as log:
            log.write(text)
            log.flush()
            return subprocess.run([self.SCRIPT, log.name], stderr=subprocess.DEVNULL).returncode

    def test_skips_are_found(self):
        for line in ("1/2 Test #1: tst_x ..........***Skipped   0.01 sec",
                     "1/2 Test #1: tst_x ..........***Not Run   0.00 sec",
                     "1/2 Test #1: tst_x ..........***Not Run (Disabled)   0.00 sec",
                     "SKIP   : TestX::aTest() later",
                     "Totals: 3 passed, 0 failed, 1 skipped, 0 blacklisted, 5ms",
                     "Totals: 3 passed, 0 failed, 10 skipped, 0 blacklisted, 5ms",
                     "No tests were found!!!"):
            with self.subTest(line=line):
                self.assertEqual(self.status("100% tests passed\n" + line + "\n"), 1)

    def test_a_clean_log_passes(self):
        self.assertEqual(self.status("1/1 Test #1: tst_x ..........   Passed    0.01 sec\n"
                                     "Totals: 10 passed, 0 failed, 0 skipped, 0 blacklisted, 5ms\n"), 0)

    def test_an_empty_log_fails(self):
        self.assertEqual(self.status(""), 1)


if __name__ == "__main__":
    unittest.main()
