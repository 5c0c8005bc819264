// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/pcscreaders.h"
#include "core/simulator/statefile.h"
#include "tests/interop/stocktools.h"
#include "tests/interop/virtualreader.h"
#include "tests/support/backuppeople.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace conclave;
using namespace conclave::ceremony;
using namespace conclave::interop;
using test::BackupPeople;
using test::FirstDevice;

namespace {

constexpr int kReaders = 4; ///< in the first of them is the first device
constexpr int kNew = kReaders - 1;

} // namespace

/// A whole ceremony behind the real PC/SC, in which three devices become backup devices of the first at once.
class TestBackupDevicesInterop : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto readers = virtualReaders();
        QVERIFY2(readers.size() == kReaders, "to be started by with-readers");
        QVERIFY(m_first.made);
        QVERIFY(simulator::saveDevice(stateOf(0), *m_first.card->card));
        for (int number = 0; number < kReaders; ++number) {
            m_cards.push_back(
                std::make_unique<SimcardProcess>(readers[static_cast<std::size_t>(number)], stateOf(number),
                    number == 0 ? m_first.card->card->identity().serial : BackupPeople::serialOf(number)));
            QVERIFY(m_cards.back()->insert());
        }
    }

    void allAreMadeAndProved()
    {
        device::PcscReaders readers;
        BackupPeople people(readers, m_first, kNew);
        int troubles = 0;
        QVERIFY2(people.play(Stage::Reviewing, [&troubles] { ++troubles; }), qPrintable(people.situation()));
        QCOMPARE(troubles, 0);
        QCOMPARE(people.complete(), kNew);
        for (const CeremonyState& device : people.state().devices) {
            QVERIFY(device.restore.cloneProof);
            QVERIFY(device.device->virtualReader);
        }
    }

    void theStockToolSeesTheSameSecretOnEach()
    {
        for (const auto& card : m_cards) {
            const auto status = stock::run(
                QStringLiteral("sc-hsm-tool"), { QStringLiteral("--reader"), card->reader().name });
            QVERIFY2(status.output.toUpper().contains(m_first.kcv.toUpper().toLatin1()), status.output);
        }
    }

    void eachCardIsACloneOfTheFirst()
    {
        for (const auto& card : m_cards)
            QVERIFY(card->remove());
        device::PcscReaders readers;
        const BackupPeople people(readers, m_first, kNew);
        for (int number = 1; number <= kNew; ++number) {
            const auto card = simulator::loadDevice(stateOf(number));
            QVERIFY(card);
            QCOMPARE(people.wrongWith(**card), QString());
        }
    }

private:
    [[nodiscard]] QString stateOf(int number) const
    {
        return m_folder.filePath(QStringLiteral("card-%1").arg(number));
    }

    const QTemporaryDir m_folder;
    FirstDevice m_first{ { card::KeyAlgorithm::EcP256, card::KeyAlgorithm::Rsa2048 } };
    std::vector<std::unique_ptr<SimcardProcess>> m_cards;
};

QTEST_GUILESS_MAIN(TestBackupDevicesInterop)
#include "tst_backupdevicesinterop.moc"
