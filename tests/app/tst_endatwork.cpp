// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include <QProcess>
#include <QTest>

/// The program ends, whatever its devices do.
class TestEndAtWork : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aProcessWhoseDeviceIsAtWorkEndsAtOnce_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::newRow("at work") << QStringList() << 3;
        QTest::newRow("idle") << QStringList{ QStringLiteral("--idle") } << 4;
    }
    void aProcessWhoseDeviceIsAtWorkEndsAtOnce()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, code);
        constexpr int kPatienceMs = 30'000;
        QProcess process;
        process.start(QStringLiteral(CONCLAVE_ENDINGPROCESS), arguments);
        QVERIFY(process.waitForFinished(kPatienceMs));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), code);
    }
};

QTEST_GUILESS_MAIN(TestEndAtWork)
#include "tst_endatwork.moc"
