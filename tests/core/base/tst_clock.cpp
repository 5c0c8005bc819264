// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/clock.h"

#include <QTest>

using namespace conclave;

class TestClock : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "Asia/Kolkata"); }

    void theWallClockIsToldWithItsOffset()
    {
        const QDateTime before = QDateTime::currentDateTimeUtc();
        const QDateTime now = systemClock()();
        const QDateTime after = QDateTime::currentDateTimeUtc();
        QVERIFY(before <= now);
        QVERIFY(now <= after);
        QCOMPARE(now.timeSpec(), Qt::OffsetFromUTC);
        QCOMPARE(now.offsetFromUtc(), 19800);
        QVERIFY(now.toString(Qt::ISODateWithMs).endsWith(QStringLiteral("+05:30")));
    }
};

QTEST_GUILESS_MAIN(TestClock)
#include "tst_clock.moc"
