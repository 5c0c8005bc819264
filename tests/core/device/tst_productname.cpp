// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/productname.h"

#include <QTest>

using namespace conclave;

class TestProductName : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void prefixOfTheSerialTells_data()
    {
        QTest::addColumn<QString>("serial");
        QTest::addColumn<QString>("name");
        QTest::newRow("Nitrokey") << QStringLiteral("DENK0404144") << QStringLiteral("Nitrokey HSM 2");
        QTest::newRow("CardContact") << QStringLiteral("DECC0012345") << QStringLiteral("SmartCard-HSM");
        QTest::newRow("test card") << QStringLiteral("UTTEST0001") << QStringLiteral("SmartCard-HSM");
        QTest::newRow("not at the start") << QStringLiteral("XDENK0001") << QStringLiteral("SmartCard-HSM");
        QTest::newRow("nothing") << QString() << QStringLiteral("SmartCard-HSM");
    }
    void prefixOfTheSerialTells()
    {
        QFETCH(QString, serial);
        QTEST(device::productName(serial), "name");
    }
};

QTEST_GUILESS_MAIN(TestProductName)
#include "tst_productname.moc"
