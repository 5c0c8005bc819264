// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/sweep.h"

using namespace conclave::faults;

/// The card is pulled before and after each command of a ceremony took effect, and put back when the
/// ceremony has said what happened; the officer tries again.
class TestPulledCard : public QObject {
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
        for (const Scenario scenario : kScenarios) {
            for (int k = 1; k <= m_plain.commands(scenario); ++k) {
                for (const char* kind : { "pullBefore", "pullAfter" })
                    addFault(scenario, kind, k);
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
        QVERIFY2(run.journalHas("card is out"), "the card was not pulled");
    }

private:
    PlainRuns m_plain;
};

QTEST_GUILESS_MAIN(TestPulledCard)
#include "tst_pulledcard.moc"
