// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/ceremony.h"
#include "core/ceremony/keybackup.h"
#include "core/ceremony/openedbackup.h"
#include "core/ceremony/setmaker.h"
#include "tests/core/device/fakesource.h"
#include "tests/core/simulator/preparedcard.h"

#include <openssl/crypto.h>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace conclave;
using namespace conclave::ceremony;

namespace {

constexpr int kPatienceMs = 30'000;
constexpr std::size_t kHeapBytes = 1024 * 1024;
constexpr char kPassword[] = "six horses wait at the gate";
constexpr char kPin[] = "648219";

SecretBytes secret(const char* text)
{
    return SecretBytes(ByteView(reinterpret_cast<const std::uint8_t*>(text), std::strlen(text)));
}

/// The records of a device that is not here: a share file under a password, and two wrapped keys.
struct Backup {
    Backup()
    {
        SetOrder order{ ShareFileRule{}, 1, 1, QStringLiteral("EX-0"), QStringLiteral("DENK0299901"), {},
            secret(kPassword), dkek::KdfRounds{ 1000 }, {} };
        const auto set = makeSet(order);
        if (!set || !saveSet(records.path(), *set))
            return;
        test::PreparedCard card(set->clearShare, QStringLiteral("DENK0299901"));
        const bool keys = card.makeKey(7, card::KeyAlgorithm::EcP256, QStringLiteral("root"))
            && card.makeKey(8, card::KeyAlgorithm::EcBrainpoolP256, QStringLiteral("issuing"));
        const auto taken = takeKeyBackup(card.hsm, QStringLiteral("EX-0"));
        made = keys && taken && writeKeyBackup(*taken, records.path());
    }
    QTemporaryDir records;
    bool made = false;
};

/// A drill without a spare device, where readers of real devices are.
class Room {
    QTemporaryDir m_home; // outlives the ceremony

public:
    Room()
    {
        readers.setReaders(std::vector<device::ReaderInfo>{
            { .name = QStringLiteral("Reader"), .cardPresent = true, .insertion = 1 } });
        begin();
    }

    void begin()
    {
        ceremony.reset();
        Environment environment{ readers };
        environment.rounds = dkek::KdfRounds{ 1000 };
        ceremony = std::make_unique<Ceremony>(std::move(environment), Flow::Drill);
    }
    bool prepare(const Backup& backup) const
    {
        Preparation preparation;
        preparation.folder = folder();
        preparation.ceremonyId = QStringLiteral("EX-1");
        preparation.memoryFolderAccepted = true;
        preparation.participants = { { Role::Officer, 1, QStringLiteral("Ada"), {} } };
        return ceremony->prepare(std::move(preparation)) && reaches(Stage::ChoosingFirst)
            && ceremony->readFirstDevice(backup.records.path())
            && until([this] { return ceremony->firstDevice() != nullptr; })
            && ceremony->confirmFirstDevice({}) && reaches(Stage::ChoosingDevice);
    }
    bool initialise() const
    {
        PinSettings pins;
        pins.newSoPin = secret("5265686561727361");
        pins.userPin = secret(kPin);
        pins.label = QStringLiteral("drill");
        return ceremony->chooseSimulator() && reaches(Stage::SettingPins)
            && ceremony->setPins(std::move(pins)) && reaches(Stage::ConfirmingErase)
            && ceremony->confirmErase(state().device->serial) && reaches(Stage::Importing);
    }
    bool import() const
    {
        return ceremony->chooseShareFile(1) && ceremony->liftCurtain()
            && ceremony->enterPassword(secret(kPassword)) && reaches(Stage::NotingKeyCheckValue)
            && ceremony->noteKeyCheckValue() && reaches(Stage::ChoosingBackup);
    }
    bool plan(const Backup& backup) const
    {
        return ceremony->openBackup(keysFolder(backup.records.path()))
            && until([this] { return ceremony->openedBackup() && ceremony->work().kind == WorkKind::None; })
            && ceremony->planRestore({ 0, 1 }) && reaches(Stage::RestoringKeys);
    }
    bool restore() const
    {
        return ceremony->enterUserPin(secret(kPin)) && ceremony->restore()
            && until([this] { return !state().restore.next() && ceremony->work().kind == WorkKind::None; })
            && ceremony->finishRestore() && reaches(Stage::Reviewing);
    }
    bool reaches(Stage stage) const
    {
        return until([&] { return state().stage == stage; });
    }
    bool until(const std::function<bool()>& condition) const
    {
        return QTest::qWaitFor(
                   [&] { return (condition() && !ceremony->writing()) || ceremony->trouble(); }, kPatienceMs)
            && !ceremony->trouble();
    }
    [[nodiscard]] const CeremonyState& state() const { return ceremony->state(); }
    [[nodiscard]] QString folder() const { return m_home.filePath(QStringLiteral("EX-1")); }

    test::FakeSource readers;
    std::unique_ptr<Ceremony> ceremony;
};

} // namespace

class TestDrillSimulator : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(CRYPTO_secure_malloc_init(kHeapBytes, 32) != 0); }

    void keysAreProvedWithoutAnyDeviceAndNothingSecretStays()
    {
        const Backup backup;
        QVERIFY(backup.made);
        Room room;
        QVERIFY(room.prepare(backup));
        const std::size_t before = CRYPTO_secure_used();
        QVERIFY(room.initialise() && room.import() && room.plan(backup));
        QVERIFY(CRYPTO_secure_used() > before); // the simulator holds PINs and the DKEK
        QVERIFY(room.restore());
        QCOMPARE(room.state().restore.proved(), 2);
        QVERIFY(room.state().restore.keys.front().restored->publicKey.isEmpty()); // it is not to stay
        QVERIFY(room.state().kcvCompared);
        QCOMPARE(room.state().drill.device, DrillDevice::Wiped);
        QCOMPARE(CRYPTO_secure_used(), before);
        QCOMPARE(room.readers.openings(), 0);
    }

    void aPauseWipesTheSimulatorAndTheDrillBeginsWithTheDeviceAgain()
    {
        const Backup backup;
        QVERIFY(backup.made);
        Room room;
        QVERIFY(room.prepare(backup));
        const std::size_t before = CRYPTO_secure_used();
        QVERIFY(room.initialise() && room.import() && room.plan(backup));
        QVERIFY(room.ceremony->pause());
        QVERIFY(room.until([&] { return room.state().paused; }));
        QCOMPARE(CRYPTO_secure_used(), before);
        QVERIFY(room.ceremony->confirmResume(room.ceremony->checkpointCode()));
        QVERIFY(room.until([&] { return !room.state().paused; }));
        QCOMPARE(room.state().stage, Stage::ChoosingDevice);
        QVERIFY(room.initialise() && room.import() && room.plan(backup) && room.restore());
        QCOMPARE(room.state().restore.proved(), 2);
    }

    void aProgramThatEndedLeavesNoSimulator()
    {
        const Backup backup;
        QVERIFY(backup.made);
        Room room;
        QVERIFY(room.prepare(backup) && room.initialise() && room.import() && room.plan(backup));
        room.begin();
        room.ceremony->load(room.folder());
        QVERIFY(room.until([&] { return room.ceremony->awaitsResume(); }));
        QVERIFY(room.ceremony->confirmResume(std::nullopt));
        QVERIFY(room.until([&] { return room.state().stage == Stage::ChoosingDevice; }));
        QVERIFY(room.initialise() && room.import() && room.plan(backup) && room.restore());
        const QStringList files = QDir(room.folder()).entryList(QDir::Files);
        QVERIFY(std::ranges::none_of(
            files, [](const QString& name) { return name.endsWith(QStringLiteral(".state")); }));
    }

    void aDrillThatIsEndedWipesItToo()
    {
        const Backup backup;
        QVERIFY(backup.made);
        Room room;
        QVERIFY(room.prepare(backup));
        const std::size_t before = CRYPTO_secure_used();
        QVERIFY(room.initialise() && room.import());
        QVERIFY(room.ceremony->endDrill() && room.reaches(Stage::Reviewing));
        QCOMPARE(room.state().drill.device, DrillDevice::Wiped);
        QCOMPARE(CRYPTO_secure_used(), before);
    }

    void otherFlowsHaveNoSimulator()
    {
        const Backup backup;
        QVERIFY(backup.made);
        Room room;
        room.ceremony = std::make_unique<Ceremony>(Environment{ room.readers }, Flow::AddBackup);
        QVERIFY(room.prepare(backup));
        QVERIFY(!room.ceremony->chooseSimulator());
        QVERIFY(!room.ceremony->endDrill());
    }
};

QTEST_GUILESS_MAIN(TestDrillSimulator)
#include "tst_drillsimulator.moc"
