// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/knownceremonies.h"
#include "tests/support/backuproom.h"

#include <QTest>

#include <algorithm>

using namespace conclave;
using namespace conclave::ceremony;
using simulator::Fault;
using test::BackupRoom;
using test::FirstDevice;

namespace {

constexpr int kDevices = 8;
constexpr int kPulled = 3;
/// In the middle of its work; each does the same commands.
constexpr int kMoment = 30;
constexpr int kBeforeImport = 18;

} // namespace

/// Several devices become backup devices of one, at the same time, in one ceremony.
class TestBackupDevices : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eightDevicesGetTheSecretAndTheKeysAndAreProved()
    {
        FirstDevice first;
        QVERIFY(first.made);
        BackupRoom room(first, kDevices);
        QVERIFY2(room.untilConfirmed(), qPrintable(room.situation()));
        QVERIFY2(room.atRest(), qPrintable(room.situation()));
        QVERIFY2(room.complete() == kDevices, qPrintable(room.situation()));
        QVERIFY(room.ceremony->finishDevices() && room.until(Stage::ProvingClone));
        QVERIFY(room.ceremony->proveClone(BackupRoom::pin()) && room.until(Stage::Reviewing));
        QVERIFY(room.state().toExplain.empty());
        for (int number = 1; number <= kDevices; ++number) {
            QCOMPARE(room.wrongWith(number), QString());
            const CeremonyState& device = *room.state().onDevice(BackupRoom::serialOf(number));
            QVERIFY(device.restore.cloneProof);
            QCOMPARE(device.restore.cloneProof->keys, static_cast<int>(first.keys.size()));
        }
        QVERIFY(!room.ceremony->userPinHeld() || !room.ceremony->onDevice(BackupRoom::serialOf(1)));
        // Whoever reads the record later comes to the same.
        const auto read = readCeremony(room.folder());
        QVERIFY(read);
        QCOMPARE(read->devices.size(), std::size_t(kDevices));
    }

    void anOfficerWhoOpensTheFirstOnesShareFileIsTold()
    {
        FirstDevice first;
        BackupRoom room(first, 1);
        Preparation preparation;
        preparation.folder = room.folder();
        preparation.ceremonyId = QStringLiteral("EX-1");
        preparation.participants = { { Role::Officer, 1, QStringLiteral("Ada"), {} },
            { Role::Custodian, 1, QStringLiteral("ada"), {} } };
        QVERIFY(room.ceremony->prepare(std::move(preparation)) && room.until(Stage::ChoosingFirst));
        QVERIFY(room.ceremony->readFirstDevice(first.records.path()) && room.settled());
        const std::vector<CustodyRuleOverridden> told{ { CustodyRule::SoPinHolderIsCustodian, 1 } };
        QCOMPARE(room.ceremony->firstDeviceConflicts(), told);
        QVERIFY(!room.ceremony->confirmFirstDevice({}));
        QVERIFY(room.ceremony->confirmFirstDevice({}, true) && room.until(Stage::ChoosingDevice));
        QCOMPARE(room.state().toExplain.size(), std::size_t{ 1 });
        QCOMPARE(room.state().toExplain.front().event, Event(told.front()));
    }

    void oneThatIsPulledIsNamedAndCompletedLater_data()
    {
        QTest::addColumn<bool>("programStartedAgain");
        QTest::newRow("in the same session") << false;
        QTest::newRow("after the program was started again") << true;
    }
    void oneThatIsPulledIsNamedAndCompletedLater()
    {
        QFETCH(const bool, programStartedAgain);
        FirstDevice first;
        BackupRoom room(first, kDevices);
        room.card(kPulled)->setFaults({ .faults = { { .kind = Fault::Kind::PullAfter, .at = kMoment } } });
        QVERIFY2(room.untilConfirmed(), qPrintable(room.situation()));
        QVERIFY2(room.atRest(), qPrintable(room.situation()));
        QCOMPARE(room.complete(), kDevices - 1);
        const QString lost = BackupRoom::serialOf(kPulled);
        for (int number = 1; number <= kDevices; ++number) {
            const auto& trouble = room.ceremony->onDevice(BackupRoom::serialOf(number))->trouble();
            QCOMPARE(trouble.has_value(), number == kPulled);
            if (number != kPulled)
                QCOMPARE(room.wrongWith(number), QString());
        }
        QVERIFY(!room.state().onDevice(lost)->complete());
        room.plugIn(kPulled);
        if (programStartedAgain) {
            QVERIFY2(room.resume(), qPrintable(room.situation()));
            QVERIFY2(room.goOn(), qPrintable(room.situation()));
        } else {
            QVERIFY(room.ceremony->tryDevice(lost));
        }
        QVERIFY2(room.atRest(), qPrintable(room.situation()));
        QCOMPARE(room.complete(), kDevices);
        QCOMPARE(room.wrongWith(kPulled), QString());
    }

    void oneThatStaysAwayIsLeftOutAndTheOthersAreProved()
    {
        FirstDevice first;
        BackupRoom room(first, 3);
        room.card(2)->setFaults({ .faults = { { .kind = Fault::Kind::PullBefore, .at = kMoment } } });
        QVERIFY(room.untilConfirmed() && room.atRest());
        QVERIFY(room.ceremony->finishDevices() && room.until(Stage::ProvingClone));
        QCOMPARE(room.state().toExplain.size(), std::size_t(2)); // what went wrong, and that it is left out
        QVERIFY(room.ceremony->proveClone(BackupRoom::pin()) && room.until(Stage::Reviewing));
        QVERIFY(!room.state().onDevice(BackupRoom::serialOf(2))->complete());
        QVERIFY(room.state().onDevice(BackupRoom::serialOf(3))->restore.cloneProof);
    }

    void noDeviceIsTouchedBeforeEachSerialIsTyped()
    {
        FirstDevice first;
        BackupRoom room(first, 2);
        QVERIFY2(room.untilPinsAreSet(), qPrintable(room.situation()));
        QVERIFY(!room.ceremony->confirmErase(BackupRoom::serialOf(2))); // not its turn
        QVERIFY(!room.ceremony->confirmErase(QStringLiteral("DENK0000000")));
        QVERIFY(!room.ceremony->makeDevices());
        QVERIFY(room.ceremony->confirmErase(BackupRoom::serialOf(1)));
        QVERIFY(room.settled());
        QCOMPARE(room.state().stage, Stage::ConfirmingErase);
        QVERIFY(!room.state().pastNoReturn());
        QVERIFY(!room.card(1)->exchanges() || room.isFresh(1));
        QVERIFY(room.isFresh(2));
    }

    void aPinThatWasMistypedCostsOneTryOnOneDevice()
    {
        FirstDevice first;
        BackupRoom room(first, 3);
        QVERIFY2(cutWhenErased(room), qPrintable(room.situation()));
        QVERIFY(mistype(room));
        int triesUsed = 0;
        for (int number = 1; number <= 3; ++number)
            triesUsed += BackupRoom::kUserPinTries - room.triesLeft(number);
        QCOMPARE(triesUsed, 1);
        QVERIFY(!room.ceremony->userPinHeld());
        QVERIFY(room.goOn() && room.atRest());
        QCOMPARE(room.complete(), 3);
    }

    void oneOnItsLastTryKeepsNoOtherFromItsKeys()
    {
        FirstDevice first;
        BackupRoom room(first, 3);
        QVERIFY2(cutWhenErased(room), qPrintable(room.situation()));
        { // somebody was at it with another program
            simulator::SimulatedChannel channel(room.card(1));
            card::SmartCardHsm hsm(channel);
            QVERIFY(hsm.select());
            while (room.triesLeft(1) > 1)
                QVERIFY(!hsm.verifyUserPin(wrongPin()));
        }
        QVERIFY(room.goOn() && room.atRest());
        QCOMPARE(room.complete(), 2);
        QCOMPARE(room.triesLeft(1), 1);
        QCOMPARE(room.ceremony->userPinTriesLeft(), std::optional(1));
        QVERIFY(!room.ceremony->userPinHeld());
        QVERIFY(room.ceremony->enterUserPin(BackupRoom::pin(), true));
        QVERIFY(room.ceremony->makeDevices() && room.atRest());
        QCOMPARE(room.complete(), 3);
    }

    void oneThatWaitsForSharesAfterAResumeMayBeLeftOut()
    {
        FirstDevice first;
        BackupRoom room(first, 3);
        // Before it took the share file, and away since.
        room.card(2)->setFaults({ .faults = { { .kind = Fault::Kind::PullBefore, .at = kBeforeImport } } });
        QVERIFY(room.untilConfirmed() && room.atRest());
        QCOMPARE(room.complete(), 2);
        QVERIFY2(room.resume(), qPrintable(room.situation()));
        QCOMPARE(room.state().stage, Stage::Importing);
        QVERIFY(room.ceremony->finishDevices() && room.until(Stage::ProvingClone));
        QVERIFY(room.ceremony->enterUserPin(BackupRoom::pin()));
        QVERIFY(room.ceremony->proveClone(BackupRoom::pin()) && room.until(Stage::Reviewing));
        QVERIFY(!room.state().onDevice(BackupRoom::serialOf(2))->complete());
    }

    void nothingGoesOnAfterAPauseWasAskedForWhileTheBackupOpens()
    {
        FirstDevice first;
        BackupRoom room(first, 2);
        QVERIFY2(cutWhenErased(room), qPrintable(room.situation()));
        QVERIFY(room.ceremony->enterUserPin(BackupRoom::pin()));
        QVERIFY(room.ceremony->makeDevices());
        QVERIFY(room.ceremony->pause());
        QVERIFY(QTest::qWaitFor([&] { return room.state().paused; }, BackupRoom::kPatienceMs));
        QCOMPARE(room.complete(), 0);
    }

private:
    /// Paused as soon as they are at work, each is initialised, and waits for the secret and for its keys.
    bool cutWhenErased(BackupRoom& room)
    {
        bool pausing = false;
        bool paused = false;
        const auto watching = connect(room.ceremony.get(), &Ceremony::changed, this, [&] {
            const auto begun = [](const CeremonyState& device) { return device.pending.has_value(); };
            if (!pausing && room.state().several && std::ranges::all_of(room.state().devices, begun))
                pausing = true, paused = room.ceremony->pause().has_value();
        });
        const bool cut = room.untilConfirmed()
            && QTest::qWaitFor([&] { return room.state().paused; }, BackupRoom::kPatienceMs) && paused;
        disconnect(watching);
        return cut && room.resumeHere() && room.ready() && room.complete() == 0
            && !room.ceremony->userPinHeld();
    }
    static SecretBytes wrongPin()
    {
        constexpr std::uint8_t wrong[] = { '1', '2', '3', '4', '5', '6' };
        return SecretBytes(ByteView(wrong));
    }
    static bool mistype(BackupRoom& room)
    {
        return room.ceremony->enterUserPin(wrongPin()) && room.ceremony->makeDevices() && room.atRest();
    }
};

QTEST_GUILESS_MAIN(TestBackupDevices)
#include "tst_backupdevices.moc"
