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

    void theCeremonyIsCompleted_data() { pulls({ std::begin(kScenarios), std::end(kScenarios) }); }
    void theCeremonyIsCompleted() { completes({}); }

    /// The officer leaves the page that tells of the trouble, and does the step again.
    void soItIsFromThePageBefore_data() { pulls({ Scenario::NewDevice, Scenario::UsedDevice }); }
    void soItIsFromThePageBefore() { completes({ QStringLiteral("--go-back") }); }

private:
    void pulls(const std::vector<Scenario>& scenarios)
    {
        QTest::addColumn<Scenario>("scenario");
        QTest::addColumn<QString>("fault");
        for (const Scenario scenario : scenarios) {
            for (int k = 1; k <= m_plain.commands(scenario); ++k) {
                for (const char* kind : { "pullBefore", "pullAfter" })
                    addFault(scenario, kind, k);
            }
        }
    }

    void completes(const QStringList& arguments)
    {
        QFETCH(const Scenario, scenario);
        QFETCH(const QString, fault);
        FaultRun run(scenario);
        run.process(arguments + QStringList{ QStringLiteral("--fault"), fault });
        const QString verdict = run.verdict();
        QVERIFY2(verdict.isEmpty(), qPrintable(verdict));
        QVERIFY2(run.journalHas("card is out"), "the card was not pulled");
    }

    PlainRuns m_plain;
};

QTEST_GUILESS_MAIN(TestPulledCard)
#include "tst_pulledcard.moc"
