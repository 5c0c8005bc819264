// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/deviceoperations.h"
#include "core/ceremony/keybackup.h"
#include "core/ceremony/keyproof.h"
#include "core/ceremony/keyrestore.h"
#include "core/device/deviceworker.h"
#include "core/device/pcscreaders.h"
#include "tests/interop/files.h"
#include "tests/interop/stocktools.h"
#include "tests/interop/virtualreader.h"

#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace conclave;
using namespace conclave::ceremony;
using namespace conclave::interop;
using card::KeyAlgorithm;

namespace {

constexpr std::size_t kDevices = 8; ///< the first has the keys
constexpr std::size_t kLost = 5;

using Outcomes = Result<std::vector<Result<RestoredKey>>>;

QString serialOf(std::size_t number)
{
    return QStringLiteral("UTTEST%1").arg(number, 4, 10, QLatin1Char('0'));
}

/// Initialised, with the DKEK, and the user logged in.
Status prepare(card::SmartCardHsm& hsm)
{
    card::Initialisation settings;
    settings.userPin = SecretBytes(bytesOf(stock::kPin));
    settings.soPin = SecretBytes(bytesOf(stock::kSoPin));
    settings.label = QStringLiteral("interop");
    settings.shareFiles = 1;
    Progress progress{};
    if (const auto initialised = initialiseDevice(hsm, settings, progress); !initialised)
        return fail(initialised.error());
    if (const auto imported = importShareFile(hsm, Bytes(32, 0x5A), 1, progress); !imported)
        return fail(imported.error());
    return hsm.verifyUserPin(bytesOf(stock::kPin));
}

template <typename R>
R await(QFuture<R> future)
{
    future.waitForFinished();
    return future.isCanceled() ? R(fail(ErrorKind::Malformed, QStringLiteral("canceled")))
                               : future.takeResult();
}

} // namespace

/// Eight devices in eight readers behind the real PC/SC: seven become clones of the first, at the same time.
class TestClones : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto readers = virtualReaders();
        QVERIFY2(readers.size() == kDevices, "to be started by with-readers");
        for (std::size_t number = 0; number < kDevices; ++number) {
            m_cards.push_back(std::make_unique<SimcardProcess>(
                readers[number], m_folder.filePath(serialOf(number)), serialOf(number)));
            QVERIFY(m_cards.back()->insert());
        }
        m_readers = std::make_unique<device::PcscReaders>();
        QTRY_COMPARE_WITH_TIMEOUT(cardsSeen(), std::ptrdiff_t(kDevices), 20'000);
        for (std::size_t number = 0; number < kDevices; ++number)
            m_workers.push_back(std::make_unique<device::DeviceWorker>(*m_readers, serialOf(number)));

        const auto backup = await(m_workers.front()->post([](card::SmartCardHsm& hsm) -> Result<KeyBackup> {
            if (const Status prepared = prepare(hsm); !prepared)
                return fail(prepared.error());
            std::uint8_t reference = 0;
            for (const KeyAlgorithm algorithm :
                { KeyAlgorithm::EcP256, KeyAlgorithm::EcBrainpoolP512, KeyAlgorithm::Rsa3072 }) {
                const auto key = hsm.generateKey(++reference,
                    { .algorithm = algorithm,
                        .label = card::keyAlgorithmName(algorithm),
                        .id = { reference } });
                if (!key)
                    return fail(key.error());
            }
            return takeKeyBackup(hsm, QStringLiteral("EX-2026-0417"));
        }));
        QVERIFY(backup);
        QVERIFY(writeKeyBackup(*backup, m_folder.path()));
        m_medium = *openKeyBackup(keysFolder(m_folder.path()));
    }

    void cleanupTestCase()
    {
        m_workers.clear();
        m_readers.reset();
        for (const auto& card : m_cards)
            QVERIFY(card->remove());
    }

    void oneThatIsLostLeavesTheOthersUnharmed()
    {
        std::vector<QFuture<Outcomes>> running;
        for (std::size_t number = 1; number < kDevices; ++number) {
            running.push_back(m_workers[number]->post([this, number](card::SmartCardHsm& hsm) -> Outcomes {
                if (const Status prepared = prepare(hsm); !prepared)
                    return fail(prepared.error());
                if (number == kLost)
                    m_readyToLose.release();
                if (number == kLost && !m_lost.tryAcquire(1, 60'000))
                    return fail(ErrorKind::Malformed, QStringLiteral("never lost"));
                return restoreKeys(hsm, m_medium.keys);
            }));
        }
        QVERIFY(m_readyToLose.tryAcquire(1, 60'000));
        QVERIFY(m_cards[kLost]->remove());
        m_lost.release();
        for (std::size_t number = 1; number < kDevices; ++number) {
            const Outcomes outcomes = await(running[number - 1]);
            if (number == kLost) {
                const bool lost = !outcomes || !outcomes->back();
                QVERIFY(lost);
                continue;
            }
            QVERIFY(outcomes);
            QCOMPARE(outcomes->size(), m_medium.keys.size());
            for (const auto& outcome : *outcomes)
                QVERIFY(outcome && outcome->proved);
        }
    }

    void theLostOneIsCompletedLater()
    {
        QVERIFY(m_cards[kLost]->insert());
        const auto again = [this] {
            return await(m_workers[kLost]->post([this](card::SmartCardHsm& hsm) -> Outcomes {
                if (const Status verified = hsm.verifyUserPin(bytesOf(stock::kPin)); !verified)
                    return fail(verified.error());
                return restoreKeys(hsm, m_medium.keys);
            }));
        };
        // The reader's monitor tells a moment later than the daemon that the card is in.
        Outcomes outcomes = again();
        QTRY_VERIFY_WITH_TIMEOUT(outcomes || (outcomes = again()), 20'000);
        for (const auto& outcome : *outcomes)
            QVERIFY(outcome && outcome->proved);
    }

    void eachIsProvedToBeAClone()
    {
        for (const RestorableKey& key : m_medium.keys) {
            const auto original = card::PublicKey::parse(key.about.publicKey);
            const auto challenge = freshChallenge();
            QVERIFY(original && challenge);
            std::vector<QFuture<Result<Bytes>>> running;
            for (const auto& worker : m_workers)
                running.push_back(worker->post([&original, &challenge](card::SmartCardHsm& hsm) {
                    return signChallenge(hsm, *original, *challenge);
                }));
            const auto first = await(running.front());
            QVERIFY(first);
            for (std::size_t number = 1; number < kDevices; ++number) {
                const auto signature = await(running[number]);
                QVERIFY(signature);
                QVERIFY(proveClone(*original, *challenge, *first, *signature));
            }
        }
    }

private:
    [[nodiscard]] std::ptrdiff_t cardsSeen() const
    {
        const auto readers = m_readers->readers();
        return readers ? std::ranges::count(*readers, true, &device::ReaderInfo::cardPresent) : 0;
    }

    const QTemporaryDir m_folder;
    std::vector<std::unique_ptr<SimcardProcess>> m_cards;
    std::unique_ptr<device::PcscReaders> m_readers;
    std::vector<std::unique_ptr<device::DeviceWorker>> m_workers;
    KeysOnMedium m_medium;
    QSemaphore m_readyToLose;
    QSemaphore m_lost;
};

QTEST_GUILESS_MAIN(TestClones)
#include "tst_clones.moc"
