// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/sweep.h"

using namespace conclave::faults;

/// Each command of a ceremony once goes unanswered, is refused, or gets an answer of another length.
class TestGarbledAnswers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QString wrong = m_plain.run();
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void theCeremonyIsCompleted_data()
    {
        QTest::addColumn<Scenario>("scenario");
        QTest::addColumn<QString>("fault");
        for (const Scenario scenario : { Scenario::NewDevice, Scenario::UsedDevice }) {
            for (int k = 1; k <= m_plain.commands(scenario); ++k) {
                for (const char* kind : { "silence", "wrongLength", "truncated" })
                    addFault(scenario, kind, k);
                for (const char* word : { "6f00", "6982" }) // nothing in particular; not logged in
                    addFault(scenario, "statusWord", k, word);
                if (!m_plain.command(scenario, k).bringsPin())
                    continue;
                for (const char* word : { "63c2", "6983" }) // a wrong PIN, a blocked one
                    addFault(scenario, "statusWord", k, word);
            }
        }
    }
    void theCeremonyIsCompleted()
    {
        QFETCH(const Scenario, scenario);
        QFETCH(const QString, fault);
        FaultRun run(scenario);
        run.process({ QStringLiteral("--fault"), fault });
        const QString verdict = run.verdict();
        QVERIFY2(verdict.isEmpty(), qPrintable(verdict));
    }

private:
    PlainRuns m_plain;
};

QTEST_GUILESS_MAIN(TestGarbledAnswers)
#include "tst_garbledanswers.moc"
