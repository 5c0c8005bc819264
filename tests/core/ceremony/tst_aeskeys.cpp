// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/ceremony/keybackup.h"
#include "core/ceremony/keyproof.h"
#include "core/ceremony/keyrestore.h"
#include "core/ceremony/report.h"
#include "tests/core/ceremony/passwordroom.h"
#include "tests/core/simulator/preparedcard.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace conclave;
using namespace conclave::ceremony;
using card::KeyAlgorithm;
using test::PreparedCard;

namespace {

/// An AES key on a device, and its backup on a medium.
struct Backup {
    Backup()
    {
        if (!card.makeSecretKey(7, KeyAlgorithm::Aes192, QStringLiteral("data")))
            return;
        const auto taken = takeKeyBackup(card.hsm, QStringLiteral("EX-1"));
        made = taken && writeKeyBackup(*taken, medium.path());
    }
    [[nodiscard]] Result<KeysOnMedium> opened() const { return openKeyBackup(keysFolder(medium.path())); }

    PreparedCard card;
    QTemporaryDir medium;
    bool made = false;
};

std::vector<PlannedKey> aesAndEc()
{
    return { { QStringLiteral("data"), QStringLiteral("10"), KeyAlgorithm::Aes256 },
        { QStringLiteral("root"), QStringLiteral("11"), KeyAlgorithm::EcP256 } };
}

} // namespace

/// AES keys, which have no public half, from the plan to the proof.
class TestAesKeys : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theBackupTellsWhatProvesTheKey()
    {
        const Backup backup;
        QVERIFY(backup.made);
        const auto medium = backup.opened();
        QVERIFY(medium);
        const BackedUpKey& about = medium->keys.front().about;
        QCOMPARE(about.type, QStringLiteral("Aes192"));
        QCOMPARE(about.label, QStringLiteral("data"));
        QVERIFY(about.publicKey.empty());
        QVERIFY(about.pair);
        QCOMPARE(about.pair->challenge.size(), std::size_t(32));
        QCOMPARE(about.pair->cmac.size(), std::size_t(16));
    }

    void itIsRestoredProvedAndRecognised()
    {
        const Backup backup;
        const auto medium = backup.opened();
        QVERIFY(medium);
        PreparedCard to(0x00, QStringLiteral("DENK0299902"));
        QVERIFY(to.makeSecretKey(1, KeyAlgorithm::Aes192, QStringLiteral("data"))); // another one
        QVERIFY(planRestore(*medium, *readKeysOnDevice(to.hsm)).keys[0].provable);
        std::vector<RestorableKey> twice{ medium->keys[0], medium->keys[0] };
        const auto outcomes = restoreKeys(to.hsm, twice);
        QVERIFY(outcomes && outcomes->at(0) && outcomes->at(1));
        QVERIFY(outcomes->at(0)->proved && !outcomes->at(0)->alreadyThere);
        QVERIFY(outcomes->at(1)->proved && outcomes->at(1)->alreadyThere);
        QCOMPARE(outcomes->at(0)->reference, outcomes->at(1)->reference);
        QCOMPARE(to.hsm.keys()->size(), std::size_t(2));
    }

    void aFileOfAnotherKeyIsRemovedAgain()
    {
        const Backup backup;
        const Backup other;
        auto medium = backup.opened();
        QVERIFY(medium && other.made);
        medium->keys[0].about.pair = other.opened()->keys[0].about.pair;
        PreparedCard to(0x00, QStringLiteral("DENK0299902"));
        const auto outcomes = restoreKeys(to.hsm, medium->keys);
        QVERIFY(outcomes && !outcomes->at(0));
        QCOMPARE(outcomes->at(0).error().kind, ErrorKind::SelfTestFailed);
        QVERIFY(to.hsm.keys()->empty() && to.hsm.referencesWithoutKey()->empty());
    }

    void aManifestThatCallsAnotherKeyAesIsFoundOut()
    {
        PreparedCard card;
        QVERIFY(card.makeKey(1, KeyAlgorithm::EcP256, QStringLiteral("ec")));
        QVERIFY(card.hsm.writeKeyFiles(1, {})); // without a public key
        auto taken = takeKeyBackup(card.hsm, QStringLiteral("EX-1"));
        QVERIFY(taken);
        QVERIFY(!taken->manifest.keys[0].pair);
        taken->manifest.keys[0].pair = CmacPair{ Bytes(32, 1), Bytes(16, 2) };
        QTemporaryDir medium;
        QVERIFY(writeKeyBackup(*taken, medium.path()));
        const auto opened = openKeyBackup(keysFolder(medium.path()));
        QVERIFY(opened);
        QCOMPARE(opened->keys[0].file.error().kind, ErrorKind::WrappedKeyAltered);
    }

    void aSingleFileIsRestoredUnproved()
    {
        const Backup backup;
        const auto medium = openKeyBackup(
            QDir(keysFolder(backup.medium.path())).filePath(QStringLiteral("EX-1-key-1.bin")));
        QVERIFY(medium);
        QCOMPARE(medium->keys[0].about.type, QStringLiteral("Aes192"));
        PreparedCard to(0x00, QStringLiteral("DENK0299902"));
        const auto outcomes = restoreKeys(to.hsm, medium->keys);
        QVERIFY(outcomes && outcomes->at(0));
        QVERIFY(!outcomes->at(0)->proved);
        QCOMPARE(to.hsm.keys()->front().algorithm(), std::optional(KeyAlgorithm::Aes192));
    }

    void aKeyThatIsNoLongerTheOneThatWasTestedIsLeftOut()
    {
        PreparedCard card;
        QVERIFY(card.makeSecretKey(7, KeyAlgorithm::Aes256, QStringLiteral("data")));
        const auto pair = answerChallenge(card.hsm, 7, Bytes(32, 0x5A));
        QVERIFY(pair);
        const auto same = takeKeyBackup(card.hsm, {}, { { 7, *pair } });
        QVERIFY(same);
        QCOMPARE(same->manifest.keys.front().pair, std::optional(*pair));
        QVERIFY(card.hsm.deleteKey(7));
        QVERIFY(card.makeSecretKey(7, KeyAlgorithm::Aes256, QStringLiteral("data")));
        const auto other = takeKeyBackup(card.hsm, {}, { { 7, *pair } });
        QVERIFY(other);
        QVERIFY(other->manifest.keys.empty());
        QCOMPARE(other->leftOut.front().error.kind, ErrorKind::SelfTestFailed);
    }

    void theCeremonyMakesTestsAndBacksItUp()
    {
        Room room;
        QVERIFY(room.prepare() && room.handOut() && room.initialise() && room.import());
        QVERIFY(room.plan(aesAndEc()) && room.ceremony->generate());
        QVERIFY(room.until(
            [&] { return !room.state().nextKey() && room.ceremony->work().kind == WorkKind::None; }));
        const KeyRecord& key = room.state().keys.front();
        QCOMPARE(key.state, KeyState::Tested);
        QVERIFY(key.generated->publicKey.isEmpty() && key.generated->fingerprint.isEmpty());
        QCOMPARE(key.challenge.size(), qsizetype(64));
        QCOMPARE(key.cmac.size(), qsizetype(32));
        QVERIFY(room.state().keys[1].cmac.isEmpty());

        QVERIFY(room.ceremony->finishGeneration() && room.reaches(Stage::BackingUp));
        const QDir publicKeys(room.folder() + QStringLiteral("/public-keys"));
        QCOMPARE(publicKeys.entryList(QDir::Files).filter(QStringLiteral(".pem")),
            QStringList{ QStringLiteral("root-11.pem") });
        QVERIFY(room.saves(1));
        const auto medium = openKeyBackup(keysFolder(room.folder()));
        QVERIFY(medium);
        const auto found = std::ranges::find(
            medium->keys, QStringLiteral("data"), [](const RestorableKey& each) { return each.about.label; });
        QVERIFY(found != medium->keys.end() && found->file && found->about.pair);
        // What proves the restored key is what the transcript has of the tested one.
        QCOMPARE(toHex(found->about.pair->challenge), room.state().keys.front().challenge);
        QCOMPARE(toHex(found->about.pair->cmac), room.state().keys.front().cmac);
    }

    void aPullAtAnyCommandOfTheGenerationIsSettled()
    {
        for (const auto fault : { simulator::Fault::Kind::PullBefore, simulator::Fault::Kind::PullAfter }) {
            bool undisturbed = false;
            for (int at = 1; !undisturbed; ++at) {
                QVERIFY(at < 60);
                Room room;
                QVERIFY(room.prepare() && room.handOut() && room.initialise() && room.import());
                QVERIFY(room.plan({ aesAndEc().front() }));
                room.device->setFaults({ { { fault, at, 0 } } });
                QVERIFY(room.ceremony->generate());
                const auto finished
                    = [&] { return !room.state().nextKey() && room.ceremony->work().kind == WorkKind::None; };
                undisturbed = room.until(finished);
                if (!undisturbed) {
                    QVERIFY(room.untilTrouble());
                    room.device->setFaults({});
                    room.plugIn();
                    QVERIFY(QTest::qWaitFor([&] {
                        return !room.state().pending && room.ceremony->work().kind == WorkKind::None;
                    }));
                    if (room.ceremony->trouble())
                        room.ceremony->dismissTrouble();
                    if (!room.ceremony->userPinHeld())
                        QVERIFY(room.ceremony->enterUserPin(secret(kPin)));
                    if (room.state().nextKey()) {
                        QVERIFY(room.ceremony->generate());
                        QVERIFY(room.until(finished));
                    }
                }
                QCOMPARE(room.state().keys.front().state, KeyState::Tested);
                room.device->setFaults({});
                room.device->reset(); // it may have been pulled after all was done
                simulator::SimulatedChannel channel(room.device);
                const auto keys = card::SmartCardHsm(channel).keys();
                QVERIFY(keys);
                QCOMPARE(keys->size(), std::size_t(1));
                QCOMPARE(keys->front().label, QStringLiteral("data"));
                QCOMPARE(keys->front().algorithm(), std::optional(KeyAlgorithm::Aes256));
            }
        }
    }

    void firmwareThatMakesWeakKeysIsNotAskedForThem()
    {
        for (const auto& [minor, allowed] : { std::pair(2, false), std::pair(3, true) }) {
            Room room;
            room.device = std::make_shared<simulator::SimulatedHsm>(simulator::Identity{
                .serial = QStringLiteral("DENK0299901"), .versionMajor = 3, .versionMinor = minor });
            room.plugIn();
            QVERIFY(room.prepare() && room.handOut() && room.initialise() && room.import());
            QCOMPARE(room.ceremony->planKeys(aesAndEc()).has_value(), allowed);
        }
    }
};

QTEST_GUILESS_MAIN(TestAesKeys)
#include "tst_aeskeys.moc"
