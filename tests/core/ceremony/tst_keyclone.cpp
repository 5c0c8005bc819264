// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/deviceoperations.h"
#include "core/ceremony/keybackup.h"
#include "core/ceremony/keyproof.h"
#include "core/ceremony/keyrestore.h"
#include "core/device/deviceworker.h"
#include "core/device/simulatedreaders.h"
#include "tests/core/device/rack.h"

#include <QTemporaryDir>
#include <QTest>

using namespace conclave;
using namespace conclave::ceremony;
using card::KeyAlgorithm;
using device::DeviceWorker;
using simulator::Fault;
using test::ascii;
using test::await;

namespace {

constexpr int kClones = 8;
constexpr std::uint8_t kShareBytes[] = { 0x31, 0x62 }; // of the two share files

QString readerOf(int number)
{
    return QStringLiteral("Reader %1").arg(number);
}

QString serialOf(int number)
{
    return QStringLiteral("DENK02999%1").arg(number, 2, 10, QLatin1Char('0'));
}

card::Initialisation settings()
{
    card::Initialisation made;
    made.userPin = SecretBytes(ascii("648219"));
    made.soPin = SecretBytes(ascii("3537363231383830"));
    made.label = QStringLiteral("CA");
    made.shareFiles = int(std::size(kShareBytes));
    return made;
}

/// Initialised, with the DKEK, and the user logged in.
Status prepare(card::SmartCardHsm& hsm)
{
    Progress progress{};
    if (const auto initialised = initialiseDevice(hsm, settings(), progress); !initialised)
        return fail(initialised.error());
    int outstanding = int(std::size(kShareBytes));
    for (const std::uint8_t byte : kShareBytes) {
        const auto imported = importShareFile(hsm, Bytes(32, byte), outstanding--, progress);
        if (!imported)
            return fail(imported.error());
    }
    return hsm.verifyUserPin(ascii("648219"));
}

using Outcomes = Result<std::vector<Result<RestoredKey>>>;

} // namespace

/// Several devices that become clones of one, each by a worker of its own.
class TestKeyClone : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_workers.clear(); // before the readers go
        m_readers = std::make_unique<device::SimulatedReaders>();
        m_cards.clear();
        for (int number = 0; number <= kClones; ++number) {
            m_cards.push_back(test::freshDevice(serialOf(number)));
            m_readers->insert(readerOf(number), m_cards.back());
            m_workers.push_back(std::make_unique<DeviceWorker>(*m_readers, serialOf(number)));
        }
        // The first device has the keys, and their backup goes to a medium.
        const auto backup = await(m_workers.front()->post([](card::SmartCardHsm& hsm) -> Result<KeyBackup> {
            if (const Status prepared = prepare(hsm); !prepared)
                return fail(prepared.error());
            int reference = 0;
            for (const KeyAlgorithm algorithm : { KeyAlgorithm::EcP256, KeyAlgorithm::Rsa2048 }) {
                ++reference;
                const auto key = hsm.generateKey(std::uint8_t(reference),
                    { .algorithm = algorithm,
                        .label = card::keyAlgorithmName(algorithm),
                        .id = { std::uint8_t(reference) } });
                if (!key)
                    return fail(key.error());
            }
            return takeKeyBackup(hsm, QStringLiteral("EX-2026-0417"));
        }));
        QVERIFY(backup);
        const QTemporaryDir medium;
        QVERIFY(writeKeyBackup(*backup, medium.path()));
        m_medium = *openKeyBackup(keysFolder(medium.path()));
        QCOMPARE(m_medium.keys.size(), std::size_t(2));
    }

    void eightDevicesBecomeClonesAtOnce()
    {
        auto running = startAll();
        for (int number = 1; number <= kClones; ++number) {
            const Outcomes outcomes = await(running[std::size_t(number - 1)]);
            QVERIFY(outcomes);
            for (const auto& outcome : *outcomes)
                QVERIFY(outcome && outcome->proved && !outcome->alreadyThere);
            compareClone(number);
        }
    }

    void oneThatIsPulledLeavesTheOthersUnharmed()
    {
        constexpr int kPulled = 3;
        m_cards[kPulled]->setFaults({ .faults = { { .kind = Fault::Kind::PullAfter, .at = 40 } } });
        auto running = startAll();
        for (int number = 1; number <= kClones; ++number) {
            const Outcomes outcomes = await(running[std::size_t(number - 1)]);
            if (number != kPulled) {
                QVERIFY(outcomes && outcomes->at(0) && outcomes->at(1));
                compareClone(number);
                continue;
            }
            const bool lost = !outcomes || !outcomes->back();
            QVERIFY(lost);
            QCOMPARE(
                outcomes ? outcomes->back().error().kind : outcomes.error().kind, ErrorKind::CardRemoved);
        }
        // Put back it goes on where it was: the device is initialised already.
        m_cards[kPulled]->setFaults({});
        m_readers->insert(readerOf(kPulled), m_cards[kPulled]);
        const Outcomes again
            = await(m_workers[kPulled]->post([&keys = m_medium.keys](card::SmartCardHsm& hsm) -> Outcomes {
                  if (const Status verified = hsm.verifyUserPin(ascii("648219")); !verified)
                      return fail(verified.error());
                  return restoreKeys(hsm, keys);
              }));
        QVERIFY(again && again->at(0) && again->at(1));
        compareClone(kPulled);
    }

private:
    std::vector<QFuture<Outcomes>> startAll()
    {
        std::vector<QFuture<Outcomes>> running;
        for (int number = 1; number <= kClones; ++number) {
            running.push_back(m_workers[std::size_t(number)]->post(
                [&keys = m_medium.keys](card::SmartCardHsm& hsm) -> Outcomes {
                    if (const Status prepared = prepare(hsm); !prepared)
                        return fail(prepared.error());
                    return restoreKeys(hsm, keys);
                }));
        }
        return running;
    }

    /// One challenge for each key, signed on the first device and on this one.
    void compareClone(int number)
    {
        for (const RestorableKey& key : m_medium.keys) {
            const auto original = card::PublicKey::parse(key.about.publicKey);
            const auto challenge = freshChallenge();
            QVERIFY(original && challenge);
            const auto signOn = [&](int device) {
                return await(m_workers[std::size_t(device)]->post(
                    [&](card::SmartCardHsm& hsm) { return signChallenge(hsm, *original, *challenge); }));
            };
            const auto first = signOn(0);
            const auto second = signOn(number);
            QVERIFY(first && second);
            QVERIFY(proveClone(*original, *challenge, *first, *second));
        }
        const auto keys
            = await(m_workers[std::size_t(number)]->post([](card::SmartCardHsm& hsm) { return hsm.keys(); }));
        QVERIFY(keys);
        QCOMPARE(keys->size(), m_medium.keys.size());
    }

    std::unique_ptr<device::SimulatedReaders> m_readers;
    std::vector<std::shared_ptr<simulator::SimulatedHsm>> m_cards;
    std::vector<std::unique_ptr<DeviceWorker>> m_workers;
    KeysOnMedium m_medium;
};

QTEST_GUILESS_MAIN(TestKeyClone)
#include "tst_keyclone.moc"
