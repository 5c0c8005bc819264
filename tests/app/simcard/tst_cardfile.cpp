// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "app/simcard/cardfile.h"
#include "core/simulator/statefile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace conclave;
using namespace conclave::simcard;

namespace {

const QString kSerial = QStringLiteral("UTTEST0001");

} // namespace

class TestCardFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void withoutAFileTheCardIsNew()
    {
        const auto card = loadCard(file(), kSerial);
        QVERIFY(card);
        QCOMPARE((*card)->identity().serial, kSerial);
        QVERIFY(!QFile::exists(file()));
    }

    void anotherCardsFileIsRefused()
    {
        QVERIFY(simulator::saveDevice(file(), simulator::SimulatedHsm({ .serial = kSerial })));
        const auto loaded = loadCard(file(), QStringLiteral("UTTEST0002"));
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().kind, ErrorKind::WrongDevice);
        QCOMPARE(loaded.error().detail, kSerial);
    }

private:
    [[nodiscard]] QString file() const { return m_folder->filePath(QStringLiteral("card")); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestCardFile)
#include "tst_cardfile.moc"
