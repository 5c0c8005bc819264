// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/ceremony/ceremony.h"
#include "core/ceremony/keybackup.h"
#include "core/ceremony/keyfiles.h"
#include "core/ceremony/openedbackup.h"
#include "core/device/devicedirectory.h"
#include "core/device/simulatedreaders.h"
#include "tests/core/simulator/preparedcard.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace conclave;
using namespace conclave::ceremony;
using simulator::Fault;
using test::PreparedCard;

namespace {

constexpr int kPatienceMs = 30'000;
constexpr std::uint8_t kDkek = 0x5c;
const QString kReader = QStringLiteral("Simulated reader");

SecretBytes pin()
{
    constexpr char text[] = "648219";
    return SecretBytes(ByteView(reinterpret_cast<const std::uint8_t*>(text), std::strlen(text)));
}

/// Two keys of another device with the same DKEK, on a medium.
struct Backup {
    /// `aes`: a third one, named "data", id 0a09.
    explicit Backup(bool aes = false)
    {
        const auto one = card.makeKey(7, card::KeyAlgorithm::EcP256, QStringLiteral("root"));
        const auto two = card.makeKey(8, card::KeyAlgorithm::EcBrainpoolP256, QStringLiteral("issuing"));
        if (aes && !card.makeSecretKey(9, card::KeyAlgorithm::Aes256, QStringLiteral("data")))
            return;
        const auto taken = takeKeyBackup(card.hsm, QStringLiteral("EX-0"));
        made = one && two && taken && writeKeyBackup(*taken, medium.path());
        if (made)
            originals = { *one, *two };
    }
    [[nodiscard]] QString path() const { return keysFolder(medium.path()); }

    PreparedCard card{ kDkek, QStringLiteral("DENK0299901") };
    QTemporaryDir medium;
    std::vector<card::PublicKey> originals;
    bool made = false;
};

/// A ceremony that restores onto a device of its own.
class Room {
public:
    explicit Room(std::uint8_t dkek = kDkek)
        : device(dkek, QStringLiteral("DENK0299902"))
    {
        plugIn();
        begin();
    }

    void plugIn() { m_readers.insert(kReader, device.card); }
    void begin()
    {
        ceremony.reset();
        ceremony = std::make_unique<Ceremony>(Environment{ m_readers }, Flow::Restore);
    }

    bool until(const std::function<bool()>& condition) const
    {
        return QTest::qWaitFor(
                   [&] { return (condition() && !ceremony->writing()) || ceremony->trouble(); }, kPatienceMs)
            && !ceremony->trouble();
    }
    bool atRest() const
    {
        return QTest::qWaitFor(
            [this] { return ceremony->work().kind == WorkKind::None && !ceremony->writing(); }, kPatienceMs);
    }
    bool choose()
    {
        Preparation preparation;
        preparation.folder = folder();
        preparation.ceremonyId = QStringLiteral("EX-1");
        preparation.participants = { { Role::Officer, 1, QStringLiteral("Ada"), {} } };
        if (!ceremony->prepare(std::move(preparation))
            || !until([this] { return state().stage == Stage::ChoosingDevice; }))
            return false;
        device::DeviceDirectory directory(m_readers);
        return until([&] { return !directory.devices().empty() && directory.devices().front().status; })
            && ceremony->chooseDevice(directory.devices().front(), false)
            && until([this] { return state().stage == Stage::ChoosingBackup; });
    }
    bool open(const QString& path) { return ceremony->openBackup(path) && atRest(); }
    bool plan(const std::vector<std::size_t>& keys)
    {
        return ceremony->planRestore(keys) && until([this] { return state().stage == Stage::RestoringKeys; })
            && until([this] { return ceremony->userPinTriesLeft().has_value(); });
    }
    bool restore() { return ceremony->enterUserPin(pin()) && ceremony->restore() && atRest(); }
    bool resume()
    {
        begin();
        ceremony->load(folder());
        return until([this] { return ceremony->awaitsResume() && !ceremony->record().empty(); })
            && ceremony->confirmResume(ceremony->checkpointCode())
            && QTest::qWaitFor([this] { return !ceremony->awaitsResume() && !ceremony->writing(); });
    }

    [[nodiscard]] const CeremonyState& state() const { return ceremony->state(); }
    [[nodiscard]] QString folder() const { return m_home.filePath(QStringLiteral("EX-1")); }

    PreparedCard device;
    std::unique_ptr<Ceremony> ceremony;

private:
    QTemporaryDir m_home;
    device::SimulatedReaders m_readers;
};

/// Each key of the backup is on the device once.
void compareKeys(PreparedCard& device, const Backup& backup)
{
    QVERIFY(device.hsm.select());
    const auto keys = device.hsm.keys();
    QVERIFY(keys);
    QCOMPARE(keys->size(), backup.originals.size());
    for (const card::PublicKey& original : backup.originals)
        QVERIFY(std::ranges::any_of(*keys, [&](const card::KeyEntry& key) {
            return key.publicKey && key.publicKey->isSameAs(original) && !key.label.isEmpty();
        }));
}

} // namespace

class TestRestoreStep : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void chosenKeysAreRestoredAndProved()
    {
        Backup backup;
        QVERIFY(backup.made);
        Room room;
        QVERIFY(room.choose());
        QVERIFY(room.open(backup.path()));
        const OpenedBackup* opened = room.ceremony->openedBackup();
        QVERIFY(opened);
        QCOMPARE(opened->kcv(), room.state().kcv);
        QVERIFY(room.plan({ 0, 1 }));
        QVERIFY(room.restore());
        QCOMPARE(room.state().restore.proved(), 2);
        QVERIFY(room.ceremony->finishRestore());
        QVERIFY(room.until([&] { return room.state().stage == Stage::Reviewing; }));
        QVERIFY(room.state().toExplain.empty());
        QVERIFY(!room.ceremony->userPinHeld());
        compareKeys(room.device, backup);
    }

    void aKeyThatIsThereIsFoundAndProvedAgain()
    {
        Backup backup;
        Room room;
        QVERIFY(restoreKeys(room.device.hsm, openKeyBackup(backup.path())->keys));
        QVERIFY(room.choose());
        QVERIFY(room.open(backup.path()));
        QVERIFY(room.ceremony->openedBackup()->plan.keys[1].present);
        QVERIFY(room.plan({ 1 }));
        QCOMPARE(room.state().restore.plan->notChosen, 1);
        QVERIFY(room.restore());
        QVERIFY(room.state().restore.keys.front().key.present != 0);
        QVERIFY(room.state().restore.keys.front().restored->proved);
        compareKeys(room.device, backup);
    }

    // Before the user PIN, an AES key can be told by its names only.
    void anAesKeyThatIsThereIsRecognised()
    {
        Backup backup(true);
        QVERIFY(backup.made);
        Room room;
        QVERIFY(restoreKeys(room.device.hsm, openKeyBackup(backup.path())->keys));
        QVERIFY(room.choose() && room.open(backup.path()));
        const PlannedRestore& plan = room.ceremony->openedBackup()->plan.keys[2];
        QVERIFY(plan.lookalike && !plan.present && plan.provable);
        QVERIFY(plan.sameId.empty() && plan.sameLabel.empty());
        QVERIFY(room.plan({ 2 }) && room.restore());
        const RestoredKeyRecord& key = room.state().restore.keys.front();
        QVERIFY(key.restored->proved && key.restored->wasThere && key.wasThere());
        QCOMPARE(key.restored->keyReference, int(*plan.lookalike));
        QVERIFY(room.device.hsm.select());
        QCOMPARE(room.device.hsm.keys()->size(), std::size_t(3));
    }

    void anotherAesKeyOfTheSameNameIsNoObstacle()
    {
        Backup backup(true);
        Room room;
        QVERIFY(room.device.makeSecretKey(9, card::KeyAlgorithm::Aes256, QStringLiteral("data")));
        QVERIFY(room.choose() && room.open(backup.path()));
        QCOMPARE(room.ceremony->openedBackup()->plan.keys[2].lookalike, std::optional<std::uint8_t>(9));
        QVERIFY(room.plan({ 2 }) && room.restore());
        const RestoredKeyRecord& key = room.state().restore.keys.front();
        QVERIFY(key.restored->proved && !key.wasThere());
        QVERIFY(key.restored->keyReference != 9);
        QVERIFY(room.device.hsm.select());
        QCOMPARE(room.device.hsm.keys()->size(), std::size_t(2));
    }

    void oneOfAnotherSizeOrNameIsAnotherKey()
    {
        const Backup backup(true);
        const auto medium = openKeyBackup(backup.path());
        QVERIFY(medium);
        const auto planned = [&](card::KeyAlgorithm algorithm, const QString& label, std::uint8_t reference) {
            PreparedCard device(kDkek);
            return device.makeSecretKey(reference, algorithm, label)
                ? planRestore(*medium, *readKeysOnDevice(device.hsm)).keys[2]
                : PlannedRestore{ .lookalike = 0 };
        };
        using card::KeyAlgorithm;
        const std::vector<std::uint8_t> nine{ 9 };
        const PlannedRestore smaller = planned(KeyAlgorithm::Aes128, QStringLiteral("data"), 9);
        QVERIFY(!smaller.lookalike);
        QCOMPARE(smaller.sameId, nine);
        QCOMPARE(smaller.sameLabel, nine);
        const PlannedRestore renamed = planned(KeyAlgorithm::Aes256, QStringLiteral("Data"), 9);
        QVERIFY(!renamed.lookalike);
        QCOMPARE(renamed.sameId, nine);
        QVERIFY(!planned(KeyAlgorithm::Aes256, QStringLiteral("data"), 10).lookalike);
        QVERIFY(planned(KeyAlgorithm::Aes256, QStringLiteral("data"), 9).lookalike);
    }

    // It is there when it is looked for again, and nobody else brought it.
    void anAesKeyWhoseRestoreWasCutWasNotThereBefore()
    {
        const Backup backup(true);
        bool undisturbed = false;
        for (int at = 1; !undisturbed; ++at) {
            QVERIFY(at < 100);
            Room room;
            QVERIFY(room.choose() && room.open(backup.path()) && room.plan({ 2 }));
            room.device.card->setFaults({ .faults = { { .kind = Fault::Kind::PullAfter, .at = at } } });
            QVERIFY(room.restore());
            undisturbed = !room.ceremony->trouble();
            room.device.card->setFaults({});
            if (!undisturbed) {
                room.plugIn();
                QVERIFY(QTest::qWaitFor(
                    [&] { return !room.state().pending && room.ceremony->work().kind == WorkKind::None; }));
                room.ceremony->dismissTrouble();
                QVERIFY(room.restore());
            }
            QVERIFY(room.state().restore.keys.front().restored->proved);
            QVERIFY(!room.state().restore.keys.front().wasThere());
        }
    }

    void publicKeysOfRestoredKeysAreWritten()
    {
        const Backup backup(true);
        Room room;
        QVERIFY(room.choose() && room.open(backup.path()) && room.plan({ 0, 1, 2 }) && room.restore());
        // The record alone is enough: the files of the backup are not asked for again.
        QVERIFY(room.resume());
        QVERIFY(!room.ceremony->openedBackup());
        const QDir folder(room.folder());
        QVERIFY(!folder.exists(QStringLiteral("public-keys")));
        QVERIFY(room.ceremony->finishRestore());
        QVERIFY(!room.ceremony->finishRestore());
        QVERIFY(room.until([&] { return room.state().stage == Stage::Reviewing; }));
        QCOMPARE(QDir(folder.filePath(QStringLiteral("public-keys"))).entryList(QDir::Files, QDir::Name),
            (QStringList{ QStringLiteral("issuing-0a08.pem"), QStringLiteral("root-0a07.pem") }));
        QFile pem(folder.filePath(QStringLiteral("public-keys/root-0a07.pem")));
        QVERIFY(pem.open(QIODevice::ReadOnly));
        QCOMPARE(pem.readAll(), *backup.originals[0].pem());
        QVERIFY(publicKeyFile(room.state().restore, 2).isEmpty()); // an AES key has none
    }

    void whereTheyCannotBeWrittenTheRestoreWaits()
    {
        const Backup backup;
        Room room;
        QVERIFY(room.choose() && room.open(backup.path()) && room.plan({ 0 }) && room.restore());
        QFile inTheWay(QDir(room.folder()).filePath(QStringLiteral("public-keys")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        QVERIFY(room.ceremony->finishRestore() && room.atRest());
        QVERIFY(room.ceremony->trouble());
        QCOMPARE(room.ceremony->trouble()->error.kind, ErrorKind::FileUnwritable);
        QCOMPARE(room.state().stage, Stage::RestoringKeys);
        QVERIFY(inTheWay.remove());
        QVERIFY(room.ceremony->tryAgain() && room.ceremony->finishRestore());
        QVERIFY(room.until([&] { return room.state().stage == Stage::Reviewing; }));
    }

    void keysOfAnotherSecretCannotBeChosen()
    {
        Backup backup;
        Room room(0x11);
        QVERIFY(room.choose());
        QVERIFY(room.open(backup.path()));
        QVERIFY(!room.ceremony->openedBackup()->mayBeRestored(0));
        QVERIFY(!room.ceremony->planRestore({ 0 }));
        QCOMPARE(room.state().stage, Stage::ChoosingBackup);
    }

    void aFileThatWasAlteredAfterThePlanIsNotSentToTheDevice()
    {
        Backup backup;
        Room room;
        QVERIFY(room.choose() && room.open(backup.path()) && room.plan({ 0, 1 }));
        QFile file(QDir(backup.path()).filePath(room.state().restore.keys.front().key.file));
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(40) && file.write("xx") == 2);
        file.close();
        QVERIFY(room.resume());
        QVERIFY(room.restore());
        QVERIFY(room.ceremony->trouble());
        QCOMPARE(room.ceremony->trouble()->error.kind, ErrorKind::WrappedKeyAltered);
        QCOMPARE(room.state().restore.restored(), 0);
        QVERIFY(room.device.hsm.select() && room.device.hsm.keys()->empty());
    }

    void aWrongPinIsNotSentAgain()
    {
        Backup backup;
        Room room;
        QVERIFY(room.choose() && room.open(backup.path()) && room.plan({ 0 }));
        constexpr std::uint8_t wrong[] = { '1', '2', '3', '4', '5', '6' };
        QVERIFY(room.ceremony->enterUserPin(SecretBytes(ByteView(wrong))));
        QVERIFY(room.ceremony->restore() && room.atRest());
        QVERIFY(room.ceremony->trouble());
        QCOMPARE(room.ceremony->trouble()->error.kind, ErrorKind::WrongPin);
        QVERIFY(!room.ceremony->userPinHeld());
        QCOMPARE(room.ceremony->userPinTriesLeft(), std::optional(2));
        QVERIFY(!room.state().pending);
        room.ceremony->dismissTrouble();
        QVERIFY(room.restore());
        QCOMPARE(room.state().restore.proved(), 1);
    }

    void aPullAtAnyCommandIsSettledAndTheRestGoesOn()
    {
        Backup backup;
        for (const auto fault : { Fault::Kind::PullBefore, Fault::Kind::PullAfter }) {
            bool undisturbed = false;
            for (int at = 1; !undisturbed; ++at) {
                QVERIFY(at < 200);
                Room room;
                QVERIFY(room.choose() && room.open(backup.path()) && room.plan({ 0, 1 }));
                room.device.card->setFaults({ .faults = { { .kind = fault, .at = at } } });
                QVERIFY(room.restore());
                undisturbed = !room.ceremony->trouble();
                room.device.card->setFaults({});
                if (!undisturbed) {
                    room.plugIn();
                    if (at % 2 == 0) // the program was started again, too
                        QVERIFY(room.resume());
                    QVERIFY(QTest::qWaitFor([&] {
                        return !room.state().pending && room.ceremony->work().kind == WorkKind::None;
                    }));
                    room.ceremony->dismissTrouble();
                    QVERIFY(room.restore());
                }
                QVERIFY(!room.ceremony->trouble());
                QCOMPARE(room.state().restore.proved(), 2);
                compareKeys(room.device, backup);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestRestoreStep)
#include "tst_restorestep.moc"
