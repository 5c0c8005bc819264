// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/drillresult.h"
#include "tests/core/ceremony/fold.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace conclave;
using namespace conclave::ceremony;

namespace {

const QString kKcv = QStringLiteral("630dcd2966c43366");

FirstDeviceNamed backup()
{
    FirstShareFile file;
    file.threshold = 2;
    file.total = 3;
    file.bits = 128;
    file.set = QStringLiteral("7K3QZ9");
    file.file = QStringLiteral("EX-0-share-1.pbe");
    file.sha256 = QStringLiteral("ab");
    file.prime = QStringLiteral("f34a189de5197cfb");
    return { QStringLiteral("EX-0"), QStringLiteral("DENK0000009"), kKcv, { file } };
}

DeviceChosen spareDevice()
{
    DeviceChosen device = simulatedDevice();
    device.authenticity = Authenticity::NotVerified;
    return device;
}

/// Of real devices, up to the choice of one.
FoldedCeremony drill()
{
    FoldedCeremony ceremony;
    if (!ceremony.takeAll({ Opened{ QStringLiteral("EX-1"), {}, false, {}, Flow::Drill },
            ParticipantNamed{ Role::Officer, 1, QStringLiteral("Ada"), {} },
            ParticipantNamed{ Role::Custodian, 2, QStringLiteral("Grace"), {} }, Prepared{}, backup() }))
        qFatal("not prepared");
    return ceremony;
}

FoldedCeremony onSpareDevice()
{
    FoldedCeremony ceremony = drill();
    if (!ceremony.take(spareDevice()))
        qFatal("the device was refused");
    return ceremony;
}

FoldedCeremony onSimulator()
{
    FoldedCeremony ceremony = drill();
    if (!ceremony.takeAll({ SimulatorAccepted{}, simulatedDevice() }))
        qFatal("the simulator was refused");
    return ceremony;
}

RestorePlanned wholeBackup()
{
    RestorePlanned plan = twoToRestore();
    plan.notChosen = 0;
    return plan;
}

/// The whole of it, from the choice of the keys on.
bool restoreAll(FoldedCeremony& ceremony)
{
    return goOnTo(ceremony, Stage::ChoosingBackup) && ceremony.take(wholeBackup())
        && goOnTo(ceremony, Stage::CleaningDevice);
}

template <typename E>
bool orders(const FoldedCeremony& ceremony)
{
    return std::ranges::any_of(
        ceremony.effects(), [](const Effect& effect) { return std::holds_alternative<E>(effect); });
}

bool mustExplain(const CeremonyState& state, const Event& event)
{
    return std::ranges::any_of(state.toExplain, [&](const ToExplain& entry) { return entry.event == event; });
}

/// Sealed, with the words for each event that needs some.
Report reportOf(FoldedCeremony& ceremony)
{
    if (!goOnTo(ceremony, Stage::Reviewing))
        qFatal("the drill does not end");
    for (const ToExplain& entry : std::vector<ToExplain>(ceremony.state().toExplain))
        ceremony.take(Explained{ entry.seq, QStringLiteral("why %1").arg(entry.seq) });
    ceremony.take(Sealed{});
    std::vector<RecordedEvent> record;
    for (const Event& event : ceremony.events()) {
        const auto seq = static_cast<int>(record.size());
        record.push_back({ seq, timeOf(seq), event, QString::number(seq, 16) });
    }
    return makeReport(ceremony.state(), record, {}).value();
}

} // namespace

class TestDrillStates : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFirstDeviceIsNeverErasedByADrill()
    {
        FoldedCeremony ceremony = drill();
        DeviceChosen first = spareDevice();
        first.serial = QStringLiteral("DENK0000009");
        QVERIFY(!ceremony.take(first));
        QVERIFY(ceremony.take(spareDevice()));
        QCOMPARE(ceremony.state().stage, Stage::SettingPins);
    }

    void theSimulatorIsUsedOnlyWhereThatWasChosen()
    {
        FoldedCeremony ceremony = drill();
        QVERIFY(!ceremony.take(simulatedDevice()));
        QVERIFY(ceremony.take(SimulatorAccepted{}));
        QVERIFY(!ceremony.take(spareDevice()));
        QVERIFY(ceremony.take(simulatedDevice()));
        QVERIFY(ceremony.state().onSimulator());
        QVERIFY(mustExplain(ceremony.state(), SimulatorAccepted{}));
    }

    void noOtherFlowAndNoRehearsalGetsTheSimulator_data()
    {
        QTest::addColumn<Flow>("flow");
        QTest::addColumn<bool>("rehearsal");
        QTest::newRow("second device") << Flow::AddBackup << false;
        QTest::newRow("new device") << Flow::Establish << false;
        QTest::newRow("rehearsal of a drill") << Flow::Drill << true;
    }
    void noOtherFlowAndNoRehearsalGetsTheSimulator()
    {
        QFETCH(const Flow, flow);
        QFETCH(const bool, rehearsal);
        FoldedCeremony ceremony;
        QVERIFY(ceremony.takeAll({ Opened{ QStringLiteral("EX-1"), {}, rehearsal, {}, flow },
            ParticipantNamed{ Role::Officer, 1, QStringLiteral("Ada"), {} }, Prepared{} }));
        if (flow != Flow::Establish)
            QVERIFY(ceremony.take(backup()));
        QCOMPARE(ceremony.state().stage, Stage::ChoosingDevice);
        QVERIFY(!ceremony.take(SimulatorAccepted{}));
    }

    void aDrillNeedsNoProofOnTheFirstDevice()
    {
        FoldedCeremony ceremony = onSpareDevice();
        QVERIFY(restoreAll(ceremony));
        QCOMPARE(ceremony.state().step(), Step::Clean);
        QVERIFY(orders<ForgetSecrets>(ceremony));
    }

    void theCleanedDeviceKeepsNothingAndTheResultIsKept()
    {
        FoldedCeremony ceremony = onSpareDevice();
        QVERIFY(restoreAll(ceremony));
        const auto erasedAt = ceremony.state().erasedAt;
        QVERIFY(ceremony.take(CleaningBegan{}));
        QCOMPARE(ceremony.state().step(), Step::Clean);
        QVERIFY(goOnTo(ceremony, Stage::Initialising));
        QVERIFY(orders<InitialiseDevice>(ceremony));
        QVERIFY(!ceremony.take(DeviceInitialised{ kSerial, 1, 1 })); // with room for the secret again
        QVERIFY(ceremony.take(DeviceInitialised{ kSerial, -1, -1 }));
        QCOMPARE(ceremony.state().stage, Stage::Reviewing);
        QCOMPARE(ceremony.state().drill.device, DrillDevice::Cleaned);
        QCOMPARE(ceremony.state().erasedAt, erasedAt);
        QCOMPARE(ceremony.state().restore.proved(), 2);
        QCOMPARE(ceremony.state().kcv, kKcv);
        QVERIFY(ceremony.state().kcvCompared);
    }

    void cleaningCanBeLeftBeforeTheDeviceIsErased()
    {
        FoldedCeremony ceremony = onSpareDevice();
        QVERIFY(restoreAll(ceremony));
        QVERIFY(!ceremony.take(WentBack{ BackTarget::Cleaning }));
        QVERIFY(ceremony.take(CleaningBegan{}));
        QVERIFY(goOnTo(ceremony, Stage::ConfirmingErase));
        QVERIFY(ceremony.take(WentBack{ BackTarget::Pins }));
        QVERIFY(!ceremony.take(WentBack{ BackTarget::Device }));
        QVERIFY(ceremony.take(WentBack{ BackTarget::Cleaning }));
        QCOMPARE(ceremony.state().stage, Stage::CleaningDevice);
        QVERIFY(ceremony.take(CleaningSkipped{}));
        QCOMPARE(ceremony.state().drill.device, DrillDevice::Kept);
        QVERIFY(mustExplain(ceremony.state(), CleaningSkipped{}));
    }

    void theSimulatorGoesByItself()
    {
        FoldedCeremony ceremony = onSimulator();
        QVERIFY(restoreAll(ceremony));
        QVERIFY(orders<WipeSimulator>(ceremony));
        QVERIFY(!ceremony.take(CleaningBegan{}));
        QVERIFY(!ceremony.take(CleaningSkipped{}));
        QVERIFY(ceremony.take(SimulatorWiped{}));
        QCOMPARE(ceremony.state().drill.device, DrillDevice::Wiped);
    }

    void afterAPauseTheSimulatorIsGoneWithAllThatWasOnIt()
    {
        FoldedCeremony ceremony = onSimulator();
        QVERIFY(goOnTo(ceremony, Stage::RestoringKeys));
        QVERIFY(
            ceremony.takeAll({ Intended{ Operation::RestoreKey, kSerial, 0, -1, -1 }, Paused{}, Resumed{} }));
        const CeremonyState& state = ceremony.state();
        QCOMPARE(state.stage, Stage::ChoosingDevice);
        QVERIFY(!state.device && !state.pending && !state.restore.plan && !state.erasedAt);
        QVERIFY(state.kcv.isEmpty());
        QVERIFY(!state.sets.front().imported);
        QVERIFY(!orders<SettleIntention>(ceremony));
        QVERIFY(ceremony.take(spareDevice())); // it may go on with a device
        QVERIFY(restoreAll(ceremony));
    }

    void aPauseBeforeTheSimulatorWasWipedWipesItOnceMore()
    {
        FoldedCeremony ceremony = onSimulator();
        QVERIFY(restoreAll(ceremony));
        QVERIFY(ceremony.takeAll({ Paused{}, Resumed{} }));
        QVERIFY(orders<WipeSimulator>(ceremony));
        QCOMPARE(ceremony.state().restore.proved(), 2);
    }

    void aSimulatorThatWasAcceptedOnlyIsForgotten()
    {
        FoldedCeremony ceremony = drill();
        QVERIFY(ceremony.takeAll({ SimulatorAccepted{}, Paused{}, Resumed{} }));
        QVERIFY(ceremony.take(spareDevice()));
    }

    void aDeviceThatIsGoneIsSettledAfterAPause()
    {
        FoldedCeremony ceremony = onSpareDevice();
        QVERIFY(goOnTo(ceremony, Stage::RestoringKeys));
        const Intended restore{ Operation::RestoreKey, kSerial, 0, -1, -1 };
        QVERIFY(ceremony.takeAll({ restore,
            WorkFailed{ Operation::RestoreKey, 0, ErrorKind::CardRemoved, 0, false }, Paused{}, Resumed{} }));
        QVERIFY(orders<SettleIntention>(ceremony));
        QVERIFY(ceremony.take(Settled{ Operation::RestoreKey, 0, Outcome::NoEffect }));
        QVERIFY(goOnTo(ceremony, Stage::CleaningDevice));
        QCOMPARE(ceremony.state().restore.proved(), 2);
    }

    void aDrillCanEndEarlyAndSaysSo_data()
    {
        QTest::addColumn<Stage>("at");
        QTest::addColumn<Stage>("then");
        QTest::newRow("no secret on the device") << Stage::ConfirmingErase << Stage::Reviewing;
        QTest::newRow("sheets missing") << Stage::Importing << Stage::Reviewing;
        QTest::newRow("the device has the secret") << Stage::ChoosingBackup << Stage::CleaningDevice;
        QTest::newRow("while keys are restored") << Stage::RestoringKeys << Stage::CleaningDevice;
    }
    void aDrillCanEndEarlyAndSaysSo()
    {
        QFETCH(const Stage, at);
        QFETCH(const Stage, then);
        FoldedCeremony ceremony = onSpareDevice();
        QVERIFY(goOnTo(ceremony, at));
        QVERIFY(ceremony.take(DrillEnded{}));
        QCOMPARE(ceremony.state().stage, then);
        QVERIFY(mustExplain(ceremony.state(), DrillEnded{}));
        QVERIFY(orders<ForgetSecrets>(ceremony));
        QVERIFY(!ceremony.take(DrillEnded{}));
        const Report report = reportOf(ceremony);
        const DrillResult result = drillResult(report);
        QVERIFY(result.ended);
        QVERIFY(result.whyEnded.startsWith(QStringLiteral("why ")));
        QCOMPARE(result.verdict, DrillVerdict::NotProved);
    }

    void withALostDeviceADrillCanEnd()
    {
        FoldedCeremony ceremony = onSpareDevice();
        QVERIFY(goOnTo(ceremony, Stage::Importing));
        QVERIFY(goOnUntil(ceremony, [](const CeremonyState& state) { return state.pending.has_value(); }));
        QVERIFY(ceremony.take(DrillEnded{}));
        QVERIFY(!ceremony.state().pending);
        QCOMPARE(ceremony.state().stage, Stage::CleaningDevice); // it may hold the secret
    }

    void aDeviceWithAnotherSecretIsToBeCleanedToo()
    {
        FoldedCeremony ceremony = onSpareDevice();
        QVERIFY(goOnTo(ceremony, Stage::Importing));
        QVERIFY(goOnUntil(ceremony, [](const CeremonyState& state) { return state.pending.has_value(); }));
        QVERIFY(ceremony.takeAll({ KeyCheckValueDiffered{ QStringLiteral("aa"), kKcv },
            WentBack{ BackTarget::Pins }, DrillEnded{} }));
        QCOMPARE(ceremony.state().stage, Stage::CleaningDevice);
    }

    void onlyADrillCanEndEarly()
    {
        FoldedCeremony ceremony;
        QVERIFY(ceremony.takeAll({ Opened{ QStringLiteral("EX-1"), {}, true, {}, Flow::AddBackup },
            ParticipantNamed{ Role::Officer, 1, {}, {} }, Prepared{}, backup() }));
        QVERIFY(!ceremony.take(DrillEnded{}));
    }

    void aWholeDrillIsProved()
    {
        FoldedCeremony ceremony = onSpareDevice();
        QVERIFY(restoreAll(ceremony));
        const Report report = reportOf(ceremony);
        const DrillResult result = drillResult(report);
        QCOMPARE(result.verdict, DrillVerdict::Proved);
        QVERIFY(result.kcvAgrees && !result.ended);
        QCOMPARE(result.shareFiles.size(), std::size_t{ 1 });
        const DrillShareFile& file = result.shareFiles.front();
        QVERIFY(file.opened);
        QCOMPARE(file.notBrought, 1);
        QCOMPARE(file.sheets.size(), std::size_t{ 2 }); // ids 3 and 2 were handed in
        QCOMPARE(file.sheets.front().id, 2);
        QCOMPARE(file.sheets.front().name, QStringLiteral("Grace"));
        QCOMPARE(file.sheets.front().finding, DrillSheet::Finding::Opened);
        const QJsonObject json
            = QJsonDocument::fromJson(reportJson(report)).object().value(u"drill").toObject();
        QCOMPARE(json.value(u"verdict").toString(), QStringLiteral("proved"));
        QCOMPARE(json.value(u"device").toString(), QStringLiteral("cleaned"));
        QCOMPARE(json.value(u"shareFiles")[0][u"sheets"][0][u"finding"].toString(), QStringLiteral("opened"));
    }

    void whatWasLeftOutIsNotProved_data()
    {
        QTest::addColumn<int>("notChosen");
        QTest::addColumn<bool>("refused");
        QTest::addColumn<bool>("skipped");
        QTest::addColumn<bool>("unproved");
        QTest::newRow("a key was not chosen") << 1 << false << false << false;
        QTest::newRow("a file was altered") << 1 << true << false << false;
        QTest::newRow("a key was skipped") << 0 << false << true << false;
        QTest::newRow("a key has no public key") << 0 << false << false << true;
    }
    void whatWasLeftOutIsNotProved()
    {
        QFETCH(const int, notChosen);
        QFETCH(const bool, refused);
        QFETCH(const bool, skipped);
        QFETCH(const bool, unproved);
        FoldedCeremony ceremony = onSpareDevice();
        QVERIFY(goOnTo(ceremony, Stage::ChoosingBackup));
        const KeysRefused altered{ { { QStringLiteral("x.bin"), QStringLiteral("x"), QStringLiteral("0a"),
            ErrorKind::WrappedKeyAltered } } };
        if (refused)
            QVERIFY(ceremony.take(altered));
        RestorePlanned plan = wholeBackup();
        plan.notChosen = notChosen;
        QVERIFY(ceremony.take(plan));
        if (skipped)
            QVERIFY(ceremony.take(RestoreSkipped{ 0 }));
        if (unproved)
            QVERIFY(ceremony.takeAll(
                { Intended{ Operation::RestoreKey, kSerial, 0, -1, -1 }, KeyRestored{ 0, 20, false, 1 } }));
        QVERIFY(goOnTo(ceremony, Stage::CleaningDevice));
        QCOMPARE(mustExplain(ceremony.state(), altered), refused);
        const DrillResult result = drillResult(reportOf(ceremony));
        QCOMPARE(result.verdict, DrillVerdict::ProvedInPart);
        QCOMPARE(result.refused.size(), refused ? std::size_t{ 1 } : std::size_t{ 0 });
        QCOMPARE(result.notChosen, refused ? 0 : notChosen);
        QCOMPARE(result.notRestored, skipped ? 1 : 0);
        QCOMPARE(result.notProvable, unproved ? 1 : 0);
    }

    void aWrongSheetIsNamedAndTheOthersOpenTheFile()
    {
        FoldedCeremony ceremony = onSpareDevice();
        QVERIFY(goOnTo(ceremony, Stage::Importing));
        QVERIFY(ceremony.takeAll({ ShareReceived{ 1, 1 }, ShareReceived{ 1, 2 }, SharesNotOpened{ 1, false },
            ShareReceived{ 1, 3 }, ShareFoundWrong{ 1, 1, WrongShareBy::Consistency } }));
        QVERIFY(restoreAll(ceremony));
        const DrillResult result = drillResult(reportOf(ceremony));
        const std::vector<DrillSheet>& sheets = result.shareFiles.front().sheets;
        QCOMPARE(sheets.size(), std::size_t{ 3 });
        QCOMPARE(sheets[0].finding, DrillSheet::Finding::Wrong);
        QCOMPARE(sheets[1].finding, DrillSheet::Finding::Opened);
        QCOMPARE(sheets[2].finding, DrillSheet::Finding::Opened);
    }

    void sheetsOfAnotherSetProveNothing()
    {
        FoldedCeremony ceremony = onSpareDevice();
        QVERIFY(goOnTo(ceremony, Stage::Importing));
        QVERIFY(ceremony.takeAll({ ShareReceived{ 1, 1 }, ShareReceived{ 1, 2 },
            SharesRejected{ 1, ErrorKind::SharesDoNotOpenFile }, DrillEnded{} }));
        const DrillResult result = drillResult(reportOf(ceremony));
        QCOMPARE(result.verdict, DrillVerdict::NotProved);
        QVERIFY(!result.shareFiles.front().opened);
        QCOMPARE(result.shareFiles.front().sheets.front().finding, DrillSheet::Finding::NotOpened);
        QCOMPARE(result.shareFiles.front().notBrought, 1);
    }

    void anotherKeyCheckValueProvesNothing()
    {
        FoldedCeremony ceremony = onSpareDevice();
        QVERIFY(goOnTo(ceremony, Stage::Importing));
        QVERIFY(goOnUntil(ceremony, [](const CeremonyState& state) { return state.pending.has_value(); }));
        QVERIFY(ceremony.takeAll({ KeyCheckValueDiffered{ QStringLiteral("aa"), kKcv }, DrillEnded{} }));
        QCOMPARE(ceremony.state().stage, Stage::CleaningDevice);
        const DrillResult result = drillResult(reportOf(ceremony));
        QCOMPARE(result.verdict, DrillVerdict::NotProved);
        QVERIFY(result.kcvDiffers && !result.kcvAgrees);
    }

    void otherFlowsHaveNoDrill()
    {
        FoldedCeremony ceremony;
        QVERIFY(ceremony.takeAll(upToScheme({ kTwoOfThree })));
        QVERIFY(!reportOf(ceremony).drill);
    }
};

QTEST_GUILESS_MAIN(TestDrillStates)
#include "tst_drillstates.moc"
