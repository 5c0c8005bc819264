// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "app/simcard/statefile.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace conclave;
using namespace conclave::simcard;

namespace {

const QString kSerial = QStringLiteral("UTTEST0001");

} // namespace

class TestStateFile : public QObject {
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

    void aSavedCardIsLoadedAgain()
    {
        const simulator::SimulatedHsm card({ .serial = kSerial });
        QVERIFY(saveCard(file(), card));
        const auto loaded = loadCard(file(), kSerial);
        QVERIFY(loaded);
        QVERIFY(std::ranges::equal((*loaded)->save().view(), card.save().view()));
    }

    void onlyItsOwnerMayReadTheFile()
    {
        QVERIFY(saveCard(file(), simulator::SimulatedHsm({ .serial = kSerial })));
        const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther
            | QFileDevice::WriteOther;
        QVERIFY((QFile::permissions(file()) & others) == 0);
    }

    void anotherCardsFileIsRefused()
    {
        QVERIFY(saveCard(file(), simulator::SimulatedHsm({ .serial = kSerial })));
        const auto loaded = loadCard(file(), QStringLiteral("UTTEST0002"));
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().kind, ErrorKind::WrongDevice);
        QCOMPARE(loaded.error().detail, kSerial);
    }

    void aFileThatIsNoCardIsRefused()
    {
        QFile other(file());
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write("not a card");
        other.close();
        QCOMPARE(loadCard(file(), kSerial).error().kind, ErrorKind::Malformed);
    }

    void aFolderThatIsNotThereIsNamed()
    {
        const QString path = m_folder->filePath(QStringLiteral("none/card"));
        const Status saved = saveCard(path, simulator::SimulatedHsm({ .serial = kSerial }));
        QVERIFY(!saved);
        QCOMPARE(saved.error().kind, ErrorKind::FileUnwritable);
        QCOMPARE(saved.error().detail, path);
    }

private:
    [[nodiscard]] QString file() const { return m_folder->filePath(QStringLiteral("card")); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestStateFile)
#include "tst_statefile.moc"
