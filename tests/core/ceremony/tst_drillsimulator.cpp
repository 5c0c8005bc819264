// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/ceremony/drillroom.h"
#include "tests/core/device/fakesource.h"

#include <openssl/crypto.h>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace conclave;
using namespace conclave::ceremony;

namespace {

constexpr std::size_t kHeapBytes = 1024 * 1024;

struct RealReaders {
    RealReaders()
    {
        readers.setReaders(std::vector<device::ReaderInfo>{
            { .name = QStringLiteral("Reader"), .cardPresent = true, .insertion = 1 } });
    }
    test::FakeSource readers;
};

/// A drill without a spare device, where readers of real devices are.
struct Room : RealReaders, DrillRoom {
    Room()
        : DrillRoom(readers)
    {
    }
    bool initialise() const { return ceremony->chooseSimulator() && DrillRoom::initialise(); }
    bool restore() const { return DrillRoom::restore() && reaches(Stage::Reviewing); }
};

} // namespace

class TestDrillSimulator : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(CRYPTO_secure_malloc_init(kHeapBytes, 32) != 0); }

    void keysAreProvedWithoutAnyDeviceAndNothingSecretStays()
    {
        const DrillBackup backup;
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
        const DrillBackup backup;
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
        const DrillBackup backup;
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
        const DrillBackup backup;
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
        const DrillBackup backup;
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
