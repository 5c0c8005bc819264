// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/sweep.h"
#include "tests/faults/watchedreaders.h"

#include <QFile>

using namespace conclave::faults;

namespace {

const QString kAfterCommand = QStringLiteral("--die-after-command");
const QString kAfterSync = QStringLiteral("--die-after-sync");

} // namespace

/// The process is killed after each command took effect, and after each transcript line and share file came
/// to the disk; another process goes on.
class TestKilledProcess : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QString wrong = m_plain.run();
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void theNextProcessCompletesTheCeremony_data() { moments(1); }
    void theNextProcessCompletesTheCeremony()
    {
        QFETCH(const Scenario, scenario);
        QFETCH(const QString, when);
        QFETCH(const int, k);
        FaultRun run(scenario);
        QCOMPARE(run.process({ when, QString::number(k) }), kKilled);
        run.resume();
        const QString verdict = run.verdict();
        QVERIFY2(verdict.isEmpty(), qPrintable(verdict));
    }

    /// The one that goes on is killed as soon as it has written something, and so is the one after it.
    void soDoesTheOneAfterThreeKills_data() { moments(4); }
    void soDoesTheOneAfterThreeKills()
    {
        QFETCH(const Scenario, scenario);
        QFETCH(const QString, when);
        QFETCH(const int, k);
        FaultRun run(scenario);
        QCOMPARE(run.process({ when, QString::number(k) }), kKilled);
        run.resume({ kAfterSync, QStringLiteral("1") });
        run.resume({ kAfterSync, QStringLiteral("2") });
        run.resume();
        const QString verdict = run.verdict();
        QVERIFY2(verdict.isEmpty(), qPrintable(verdict));
    }

    void tornLineIsDroppedAndSaid_data()
    {
        QTest::addColumn<int>("k");
        for (int k = 3; k <= m_plain.syncs(Scenario::UsedDevice) - 3; k += 4)
            QTest::addRow("after %d", k) << k;
    }
    void tornLineIsDroppedAndSaid()
    {
        QFETCH(const int, k);
        FaultRun run(Scenario::UsedDevice);
        QCOMPARE(run.process({ kAfterSync, QString::number(k) }), kKilled);
        QFile transcript(run.transcript());
        QVERIFY(transcript.open(QIODevice::Append));
        transcript.write(R"({"event":"keyGenerated","index":0,"seq":)");
        transcript.close();
        run.resume();
        const QString verdict = run.verdict();
        QVERIFY2(verdict.isEmpty(), qPrintable(verdict));
        QVERIFY(transcript.open(QIODevice::ReadOnly));
        QCOMPARE(transcript.readAll().count("\"tornLineDropped\":true"), 1);
    }

private:
    void moments(int step)
    {
        QTest::addColumn<Scenario>("scenario");
        QTest::addColumn<QString>("when");
        QTest::addColumn<int>("k");
        for (const Scenario scenario : kScenarios) {
            for (int k = 1; k <= m_plain.commands(scenario); k += step)
                QTest::addRow("%s, after command %d", nameOf(scenario), k) << scenario << kAfterCommand << k;
            for (int k = 1; k <= m_plain.syncs(scenario); k += step)
                QTest::addRow("%s, after sync %d", nameOf(scenario), k) << scenario << kAfterSync << k;
        }
    }

    PlainRuns m_plain;
};

QTEST_GUILESS_MAIN(TestKilledProcess)
#include "tst_killedprocess.moc"
