// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/advance.h"
#include "tests/core/ceremony/fold.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace conclave;
using namespace conclave::ceremony;

namespace {

using Shares = std::vector<ShareFileRule>;

bool pending(const CeremonyState& state)
{
    return state.pending.has_value();
}

FoldedCeremony chosen(const Shares& shareFiles)
{
    FoldedCeremony ceremony;
    ceremony.takeAll(upToScheme(shareFiles));
    return ceremony;
}

FoldedCeremony at(Stage stage, const Shares& shareFiles = { kTwoOfThree })
{
    FoldedCeremony ceremony = chosen(shareFiles);
    goOnTo(ceremony, stage);
    return ceremony;
}

FoldedCeremony handingOut(int begun, const Shares& shareFiles = { kTwoOfThree })
{
    FoldedCeremony ceremony = chosen(shareFiles);
    goOnUntil(ceremony, [&](const CeremonyState& state) {
        const auto& holders = state.sets.front().holders;
        return state.handingOut() && std::count_if(holders.begin(), holders.end(), [](const Holder& holder) {
            return holder.begun;
        }) == begun;
    });
    return ceremony;
}

FoldedCeremony importing(std::size_t received)
{
    FoldedCeremony ceremony = at(Stage::Importing);
    goOnUntil(
        ceremony, [&](const CeremonyState& state) { return state.sets.front().received.size() == received; });
    return ceremony;
}

FoldedCeremony with(FoldedCeremony ceremony, const std::vector<Event>& events)
{
    if (!ceremony.takeAll(events))
        qFatal("%s was refused", qPrintable(ceremony.refusal().detail));
    return ceremony;
}

FoldedCeremony until(FoldedCeremony ceremony, bool (*wanted)(const CeremonyState&))
{
    goOnUntil(ceremony, wanted);
    return ceremony;
}

/// No rehearsal: a device whose authenticity a look told so, up to its initialisation.
std::vector<Event> upToRealDevice(Authenticity authenticity, bool accepted = false)
{
    DeviceChosen device;
    device.serial = kSerial;
    device.authenticity = authenticity;
    device.unknownMakerAccepted = accepted;
    return { Opened{ QStringLiteral("EX-1"), {}, false, {} },
        ParticipantNamed{ Role::Officer, 1, QStringLiteral("Ada"), {} }, Prepared{}, device };
}

FoldedCeremony realInitialising(Authenticity authenticity)
{
    FoldedCeremony ceremony;
    ceremony.takeAll(upToRealDevice(authenticity, authenticity == Authenticity::UnknownIssuer));
    ceremony.take(SchemeChosen{ { kTwoOfThree } });
    goOnTo(ceremony, Stage::Initialising);
    return ceremony;
}

FoldedCeremony realReviewing()
{
    FoldedCeremony ceremony = realInitialising(Authenticity::NotVerified);
    goOnTo(ceremony, Stage::Reviewing);
    return ceremony;
}

bool oneGenerated(const CeremonyState& state)
{
    return !state.keys.empty() && state.keys.front().state == KeyState::Generated;
}

FoldedCeremony testFailed()
{
    return with(until(at(Stage::GeneratingKeys), oneGenerated), { KeyTestFailed{ 0 } });
}

FoldedCeremony mismatch()
{
    return with(until(importing(2), pending),
        { KeyCheckValueDiffered{ QStringLiteral("aa"), QStringLiteral("bb") } });
}

FoldedCeremony hiddenKcv()
{
    return with(until(importing(2), pending),
        { ShareFileImported{ 1, 0, 1, QString(), false }, KeyCheckValueNoted{}, KeysPlanned{ twoKeys() } });
}

SheetsChosen printedSheets(PrinterConnection connection = PrinterConnection::Cable, bool overridden = false)
{
    return { 1, SheetMode::Printed, PaperSize::A4, false, QStringLiteral("Laser"), connection,
        SpoolPlace::Memory, overridden };
}

/// In the first turn of a set with printed sheets.
FoldedCeremony printing()
{
    return with(handingOut(0), { printedSheets(), TurnBegan{ 1, 1 } });
}

/// The device is initialised, with the SO-PIN that it had.
FoldedCeremony soPinToBeReplaced()
{
    return with(at(Stage::SettingPins),
        { SettingsChosen{ QStringLiteral("CA"), 3, Unblocking::CounterOnly, false, true }, kInitialise,
            DeviceInitialised{ kSerial, 1, 1 } });
}

const Intended kSoPinChange{ Operation::ChangeSoPin, kSerial, 0, -1, -1 };

FoldedCeremony keysWrapped()
{
    return until(at(Stage::BackingUp), [](const auto& state) { return !state.backup.wrappings.empty(); });
}

FoldedCeremony savedTo(std::size_t media)
{
    FoldedCeremony ceremony = keysWrapped();
    goOnUntil(ceremony, [&](const CeremonyState& state) { return state.backup.media.size() == media; });
    return ceremony;
}

/// Of another DKEK, or with a key that is missing, comes twice, or has no file of its own.
std::vector<Event> wrappingsThatDoNotFit(const CeremonyState& state)
{
    std::vector<Event> events;
    const auto add = [&](auto spoil) {
        KeysWrapped event = wrappedKeys(state);
        spoil(event);
        events.emplace_back(event);
    };
    add([](KeysWrapped& e) { e.kcv = QStringLiteral("aa"); });
    add([](KeysWrapped& e) { e.keys.pop_back(); });
    add([](KeysWrapped& e) { e.keys.clear(); });
    add([](KeysWrapped& e) { e.keys.push_back(e.keys.front()); });
    add([](KeysWrapped& e) { e.keys[1].keyReference = e.keys[0].keyReference; });
    add([](KeysWrapped& e) { e.keys[1].file = e.keys[0].file; });
    add([](KeysWrapped& e) { e.keys[1].file.clear(); });
    add([](KeysWrapped& e) { e.leftOut = { { e.keys[0].keyReference, ErrorKind::NotAllowed } }; });
    return events;
}

FirstDeviceNamed firstDevice()
{
    FirstShareFile file;
    file.set = QStringLiteral("7K3QZ9");
    file.file = QStringLiteral("EX-0-share-1.pbe");
    return { QStringLiteral("EX-0"), QStringLiteral("DESIM0000009"), QStringLiteral("630dcd2966c43366"),
        { file } };
}

const QString kSecond = QStringLiteral("DESIM0000002");

/// Two devices, which are to be like a first one.
std::vector<Event> several()
{
    DeviceChosen second = simulatedDevice();
    second.serial = kSecond;
    FirstDeviceNamed first = firstDevice();
    FirstShareFile& file = first.shareFiles.front();
    file.threshold = kTwoOfThree.threshold;
    file.total = kTwoOfThree.total;
    file.bits = kTwoOfThree.bits;
    file.prime = QStringLiteral("f34a189de5197cfb");
    return { Opened{ {}, {}, true, {}, Flow::AddBackup },
        ParticipantNamed{ Role::Officer, 1, QStringLiteral("Ada"), {} }, Prepared{}, first,
        OnDevice{ kSerial, simulatedDevice() }, OnDevice{ kSecond, second }, DevicesChosen{ 2 } };
}

std::vector<Event> operator+(std::vector<Event> events, const std::vector<Event>& more)
{
    events.insert(events.end(), more.begin(), more.end());
    return events;
}

std::vector<Event> severalWithShares()
{
    return several() + std::vector<Event>{ ShareReceived{ 1, 3 }, ShareReceived{ 1, 1 } };
}

std::vector<Event> severalWithPins()
{
    return severalWithShares()
        + std::vector<Event>{ ShareFileOpened{ 1 }, RestoreFinished{}, OnDevice{ kSerial, SettingsChosen{} },
              OnDevice{ kSecond, SettingsChosen{} } };
}

std::vector<Event> severalConfirmed()
{
    return severalWithPins()
        + std::vector<Event>{ OnDevice{ kSerial, EraseConfirmed{} }, OnDevice{ kSecond, EraseConfirmed{} } };
}

/// Of real devices.
FoldedCeremony drill(const std::vector<Event>& more)
{
    std::vector<Event> events{ Opened{ QStringLiteral("EX-1"), {}, false, {}, Flow::Drill },
        ParticipantNamed{ Role::Officer, 1, QStringLiteral("Ada"), {} }, Prepared{} };
    events.insert(events.end(), more.begin(), more.end());
    return with({}, events);
}

DeviceChosen spareDevice()
{
    DeviceChosen spare = simulatedDevice();
    spare.authenticity = Authenticity::NotVerified;
    return spare;
}

FoldedCeremony drillAt(Stage stage)
{
    FoldedCeremony ceremony = drill({ firstDevice(), spareDevice() });
    goOnTo(ceremony, stage);
    return ceremony;
}

FoldedCeremony cleaningAt(Stage stage)
{
    FoldedCeremony ceremony = with(drillAt(Stage::CleaningDevice), { CleaningBegan{} });
    goOnTo(ceremony, stage);
    return ceremony;
}

/// A device with a DKEK, for wrapped keys.
FoldedCeremony restoring()
{
    DeviceChosen device = simulatedDevice();
    device.initialised = true;
    device.shareFilesTotal = 1;
    device.shareFilesOutstanding = 0;
    device.kcv = QStringLiteral("630dcd2966c43366");
    return with({},
        { Opened{ QStringLiteral("EX-1"), {}, true, {}, Flow::Restore },
            ParticipantNamed{ Role::Officer, 1, QStringLiteral("Ada"), {} }, Prepared{}, device });
}

/// Each situation in which a ceremony can be, with what may happen in it. Everywhere but in the last four
/// and before the beginning also: deviationNoted paused resumed.
struct Situation {
    const char* name;
    FoldedCeremony ceremony;
    Stage stage;
    QString allowed;
};

std::vector<Situation> makeSituations()
{
    const Event intendImport = Intended{ Operation::ImportShareFile, kSerial, 1, 1, -1 };
    const Event intendDelete = Intended{ Operation::DeleteKey, kSerial, 0, -1, 1 };
    const Event officer = ParticipantNamed{ Role::Officer, 1, QStringLiteral("Ada"), {} };
    const Event opened = Opened{ QStringLiteral("EX-1"), {}, true, {} };
    const auto text = [](const char16_t* allowed) { return QString::fromUtf16(allowed); };
    const auto usual = [](const char16_t* allowed) -> QString {
        return QString::fromUtf16(allowed) + QStringLiteral(" deviationNoted paused resumed");
    };
    const Event resharing = Opened{ QStringLiteral("EX-1"), {}, true, {}, Flow::Reshare };
    SetBrought otherTools = oldSet();
    otherTools.set.clear();
    otherTools.prime.clear();
    const std::vector<Event> openOld{ resharing, officer, Prepared{}, oldSet(), ShareReceived{ 1, 3 },
        ShareReceived{ 1, 2 } };
    return {
        { "choosing the old set", with({}, { resharing, officer, Prepared{} }), Stage::ChoosingOldSet,
            usual(u"setBrought wentBack:preparation") },
        { "old set brought", with({}, { resharing, officer, Prepared{}, oldSet() }), Stage::Importing,
            usual(u"shareReceived wentBack:oldSet") },
        { "another tool's set brought", with({}, { resharing, officer, Prepared{}, otherTools }),
            Stage::Importing, usual(u"primeEntered wentBack:oldSet") },
        { "its prime typed",
            with({}, { resharing, officer, Prepared{}, otherTools, PrimeEntered{ QStringLiteral("cd") } }),
            Stage::Importing, usual(u"shareReceived wentBack:oldSet") },
        { "enough of the old set", with({}, openOld), Stage::Importing,
            usual(u"sharesRejected shareFoundWrong sharesNotOpened setOpened wentBack:oldSet") },
        { "old set opened", with(with({}, openOld), { SetOpened{} }), Stage::ChoosingScheme,
            usual(u"schemeChosen") },
        { "new set to be made", with(with({}, openOld), { SetOpened{}, SchemeChosen{ { kTwoOfThree } } }),
            Stage::HandingOut, usual(u"setMade sheetsChosen wentBack:scheme") },
        { "nothing yet", {}, Stage::Preparing, text(u"opened") },
        { "opened", with({}, { opened }), Stage::Preparing, usual(u"memoryFolderAccepted participantNamed") },
        { "officer named", with({}, { opened, officer }), Stage::Preparing,
            usual(u"memoryFolderAccepted participantNamed prepared wentBack:preparation") },
        { "choosing device", with({}, { opened, officer, Prepared{} }), Stage::ChoosingDevice,
            usual(u"deviceChosen wentBack:preparation") },
        { "choosing scheme", with({}, { opened, officer, Prepared{}, simulatedDevice() }),
            Stage::ChoosingScheme, usual(u"schemeChosen wentBack:preparation wentBack:device") },
        { "sets not made", chosen({ kTwoOfThree }), Stage::HandingOut,
            usual(u"setMade sheetsChosen wentBack:scheme") },
        { "set made", handingOut(0), Stage::HandingOut,
            usual(u"sheetsChosen turnBegan turnDeferred setVoided wentBack:scheme") },
        { "share shown", handingOut(1), Stage::HandingOut,
            usual(u"proofFailed shareProved setVoided wentBack:scheme") },
        { "share of a printed sheet shown", printing(), Stage::HandingOut,
            usual(u"sheetSent proofFailed shareProved setVoided wentBack:scheme") },
        { "sheet on its way", with(printing(), { SheetSent{ 1, 1 } }), Stage::HandingOut,
            usual(u"sheetPrinted proofFailed setVoided wentBack:scheme") },
        { "one of two sets made",
            with(chosen({ kTwoOfThree, kTwoOfThree }), { setOf(chosen({ kTwoOfThree }).state(), 1) }),
            Stage::HandingOut, usual(u"setMade setVoided sheetsChosen wentBack:scheme") },
        { "password to come", chosen({ kPassword }), Stage::HandingOut,
            usual(u"setMade turnBegan turnDeferred wentBack:scheme") },
        { "password being chosen", with(chosen({ kPassword }), { TurnBegan{ 1, 1 } }), Stage::HandingOut,
            usual(u"setMade proofFailed setVoided wentBack:scheme") },
        { "password chosen",
            with(chosen({ kPassword }), { TurnBegan{ 1, 1 }, setOf(chosen({ kPassword }).state(), 1) }),
            Stage::HandingOut, usual(u"proofFailed shareProved setVoided wentBack:scheme") },
        { "hand-out cut", with(handingOut(1), { Resumed{} }), Stage::HandingOut,
            usual(u"setVoided wentBack:scheme") },
        { "hand-out complete",
            until(handingOut(3), [](const CeremonyState& state) { return state.sets.front().handedOut(); }),
            Stage::HandingOut, usual(u"handOutFinished wentBack:scheme") },
        { "setting PINs", at(Stage::SettingPins), Stage::SettingPins,
            usual(u"settingsChosen wentBack:scheme") },
        { "confirming", at(Stage::ConfirmingErase), Stage::ConfirmingErase,
            usual(u"intended:initialise wentBack:pins") },
        { "initialising", at(Stage::Initialising), Stage::Initialising,
            usual(u"workFailed:initialise settled:initialise authenticityProved deviceInitialised") },
        { "device proved",
            with(at(Stage::Initialising), { AuthenticityProved{ Authenticity::Simulated, {}, {} } }),
            Stage::Initialising, usual(u"workFailed:initialise settled:initialise deviceInitialised") },
        { "initialisation found done",
            with(at(Stage::Initialising), { Settled{ Operation::Initialise, 0, Outcome::TookEffect } }),
            Stage::Initialising,
            usual(u"workFailed:initialise settled:initialise authenticityProved deviceInitialised") },
        { "SO-PIN to be replaced", soPinToBeReplaced(), Stage::Initialising,
            usual(u"intended:soPin settled:soPin") },
        { "SO-PIN being replaced", with(soPinToBeReplaced(), { kSoPinChange }), Stage::Initialising,
            usual(u"workFailed:soPin unclear:soPin soPinChanged") },
        { "no share received", importing(0), Stage::Importing, usual(u"shareReceived") },
        { "one share received", importing(1), Stage::Importing,
            usual(u"shareReceived sharesRejected shareFoundWrong") },
        { "enough received", importing(2), Stage::Importing,
            usual(u"sharesRejected shareFoundWrong sharesNotOpened intended:import") },
        { "one more asked for", with(importing(2), { SharesNotOpened{} }), Stage::Importing,
            usual(u"shareReceived sharesRejected shareFoundWrong") },
        { "one more received", with(importing(2), { SharesNotOpened{}, ShareReceived{ 1, 1 } }),
            Stage::Importing, usual(u"sharesRejected shareFoundWrong intended:import") },
        { "import running", with(importing(2), { intendImport }), Stage::Importing,
            usual(u"workFailed:import settled:import shareFileImported keyCheckValueDiffered") },
        { "other DKEK", mismatch(), Stage::DkekMismatch, usual(u"wentBack:pins") },
        { "KCV on screen", at(Stage::NotingKeyCheckValue), Stage::NotingKeyCheckValue,
            usual(u"keyCheckValueNoted") },
        { "planning keys", at(Stage::PlanningKeys), Stage::PlanningKeys, usual(u"keysPlanned") },
        { "keys to come", at(Stage::GeneratingKeys), Stage::GeneratingKeys,
            usual(u"intended:generate keySkipped keyCheckValueDiffered") },
        { "keys to come, KCV hidden", hiddenKcv(), Stage::GeneratingKeys,
            usual(u"intended:generate keySkipped keyCheckValueDiffered keyCheckValueRead") },
        { "key being made", until(at(Stage::GeneratingKeys), pending), Stage::GeneratingKeys,
            usual(u"workFailed:generate settled:generate keyGenerated") },
        { "key made", until(at(Stage::GeneratingKeys), oneGenerated), Stage::GeneratingKeys,
            usual(u"keyTested keyTestFailed keySkipped keyCheckValueDiffered") },
        { "key failed its test", testFailed(), Stage::GeneratingKeys,
            usual(u"intended:generate intended:delete keySkipped keyCheckValueDiffered") },
        { "key being deleted", with(testFailed(), { intendDelete }), Stage::GeneratingKeys,
            usual(u"workFailed:delete settled:delete keyDeleted") },
        { "all keys made",
            until(at(Stage::GeneratingKeys),
                [](const CeremonyState& state) { return !state.keys.empty() && !state.nextKey(); }),
            Stage::GeneratingKeys, usual(u"generationFinished certificateRequested keyCheckValueDiffered") },
        { "nothing backed up", at(Stage::BackingUp), Stage::BackingUp,
            usual(u"keysWrapped keysNotSaved backupSkipped") },
        { "keys wrapped", keysWrapped(), Stage::BackingUp,
            usual(u"keysWrapped keysSaved keysNotSaved backupSkipped") },
        { "one copy", savedTo(1), Stage::BackingUp,
            usual(u"keysWrapped keysSaved keysNotSaved oneCopyConfirmed") },
        { "one copy confirmed", with(savedTo(1), { OneCopyConfirmed{} }), Stage::BackingUp,
            usual(u"keysWrapped keysSaved keysNotSaved backupFinished") },
        { "two copies", savedTo(2), Stage::BackingUp,
            usual(u"keysWrapped keysSaved keysNotSaved backupFinished") },
        { "backup interrupted", with(savedTo(1), { Resumed{ CheckpointAnswer::Matched, false } }),
            Stage::BackingUp, usual(u"keysWrapped keysSaved keysNotSaved oneCopyConfirmed") },
        { "choosing the first device",
            with({}, { Opened{ {}, {}, true, {}, Flow::AddBackup }, officer, Prepared{} }),
            Stage::ChoosingFirst, usual(u"firstDeviceNamed wentBack:preparation") },
        { "choosing the second device",
            with({}, { Opened{ {}, {}, true, {}, Flow::AddBackup }, officer, Prepared{}, firstDevice() }),
            Stage::ChoosingDevice, usual(u"deviceChosen wentBack:preparation") },
        { "choosing wrapped keys", restoring(), Stage::ChoosingBackup,
            usual(u"restorePlanned wentBack:device") },
        { "keys to restore", with(restoring(), { twoToRestore() }), Stage::RestoringKeys,
            usual(u"intended:restore restoreSkipped") },
        { "key being restored", until(restoring(), pending), Stage::RestoringKeys,
            usual(u"workFailed:restore settled:restore keyRestored") },
        { "all keys restored",
            until(restoring(), [](const auto& state) { return state.restore.restored() == 2; }),
            Stage::RestoringKeys, usual(u"restoreFinished") },
        { "proving the second device",
            until(with({},
                      { Opened{ {}, {}, true, {}, Flow::AddBackup }, officer, Prepared{}, firstDevice(),
                          simulatedDevice() }),
                [](const auto& state) { return state.stage == Stage::ProvingClone; }),
            Stage::ProvingClone, usual(u"cloneProved cloneProofFailed cloneProofSkipped") },
        { "drill: choosing the backup", drill({}), Stage::ChoosingFirst,
            usual(u"firstDeviceNamed wentBack:preparation drillEnded") },
        { "drill: choosing the device", drill({ firstDevice() }), Stage::ChoosingDevice,
            usual(u"simulatorAccepted wentBack:preparation drillEnded") },
        { "drill: the simulator was accepted", drill({ firstDevice(), SimulatorAccepted{} }),
            Stage::ChoosingDevice, usual(u"deviceChosen wentBack:preparation drillEnded") },
        { "drill: choosing wrapped keys", drillAt(Stage::ChoosingBackup), Stage::ChoosingBackup,
            usual(u"restorePlanned keysRefused drillEnded") },
        { "drill: its device is to be cleaned", drillAt(Stage::CleaningDevice), Stage::CleaningDevice,
            usual(u"cleaningBegan cleaningSkipped") },
        { "drill: PINs of the cleaned device", with(drillAt(Stage::CleaningDevice), { CleaningBegan{} }),
            Stage::SettingPins, usual(u"settingsChosen wentBack:cleaning") },
        { "drill: cleaning to be confirmed", cleaningAt(Stage::ConfirmingErase), Stage::ConfirmingErase,
            usual(u"intended:initialise wentBack:pins") },
        { "drill: cleaning", cleaningAt(Stage::Initialising), Stage::Initialising,
            usual(u"workFailed:initialise settled:initialise deviceInitialised") },
        { "drill: the simulator is to be wiped",
            until(drill({ firstDevice(), SimulatorAccepted{}, simulatedDevice() }),
                [](const auto& state) { return state.stage == Stage::CleaningDevice; }),
            Stage::CleaningDevice, usual(u"simulatorWiped") },
        { "several devices chosen", with({}, several()), Stage::Importing,
            usual(u"shareReceived keyCheckValueDiffered wentBack:device") },
        { "several devices, shares handed in", with({}, severalWithShares()), Stage::Importing,
            usual(u"sharesRejected shareFoundWrong sharesNotOpened shareFileOpened keyCheckValueDiffered "
                  u"wentBack:device") },
        { "several devices, share file opened", with(with({}, severalWithShares()), { ShareFileOpened{ 1 } }),
            Stage::ChoosingBackup, usual(u"restorePlanned restoreFinished wentBack:device") },
        { "several devices, no keys for them",
            with(with({}, severalWithShares()), { ShareFileOpened{ 1 }, RestoreFinished{} }),
            Stage::SettingPins, usual(u"onDevice:settingsChosen wentBack:device") },
        { "several devices, PINs set", with({}, severalWithPins()), Stage::ConfirmingErase,
            usual(u"onDevice:eraseConfirmed wentBack:device wentBack:pins") },
        { "several devices, one confirmed",
            with(with({}, severalWithPins()), { OnDevice{ kSecond, EraseConfirmed{} } }),
            Stage::ConfirmingErase, usual(u"onDevice:eraseConfirmed wentBack:device wentBack:pins") },
        { "several devices, each confirmed", with({}, severalConfirmed()), Stage::MakingDevices,
            usual(u"onDevice:initialise devicesFinished") },
        { "one of several being erased",
            with(with({}, severalConfirmed()), { OnDevice{ kSerial, kInitialise } }), Stage::MakingDevices,
            usual(u"onDevice:workFailed onDevice:initialised devicesFinished") },
        { "reviewing", at(Stage::Reviewing), Stage::Reviewing, usual(u"sealed") },
        { "reviewing, with a real device", realReviewing(), Stage::Reviewing,
            usual(u"sealed secondOpinionGiven secondOpinionFailed") },
        { "reviewing with something to explain", with(at(Stage::Reviewing), { Resumed{} }), Stage::Reviewing,
            usual(u"explained sealed") },
        { "sealed", at(Stage::Sealed), Stage::Sealed,
            text(u"reportSaved fingerprintRead sheetChecked closed paused resumed") },
        { "closed", at(Stage::Closed), Stage::Closed, text(u"sheetChecked") },
        { "paused while choosing the device", with({}, { opened, officer, Prepared{}, Paused{} }),
            Stage::ChoosingDevice, text(u"resumed") },
        { "paused while importing", with(importing(0), { Paused{} }), Stage::Importing, text(u"resumed") },
    };
}

const std::vector<Situation>& situations()
{
    static const std::vector<Situation> all = makeSituations();
    return all;
}

/// Every kind of event in the form that fits the state best, by name; kinds that several things can be meant
/// by, for each of them.
std::map<QString, Event> candidates(const CeremonyState& state)
{
    int number = 1;
    const ShareSet* out = state.handingOut(&number);
    const int id = out ? out->queue.front() : 1;
    int unmade = 1;
    for (std::size_t i = state.sets.size(); i > 0; --i) {
        if (!state.sets[i - 1].made)
            unmade = static_cast<int>(i);
    }
    const int lastId = state.sets.empty() ? 1 : 3 - static_cast<int>(state.sets.front().received.size());
    const int files = state.sets.empty() ? -1 : static_cast<int>(state.sets.size());
    const int planned = state.shareFilesPlanned();
    const int key = state.nextKey().value_or(0);
    const int reference = state.pending ? state.pending->keyReference : 1;
    const int about = state.toExplain.empty() ? 0 : state.toExplain.front().seq;
    const std::vector<Event> events{ Opened{}, PartContinued{}, MemoryFolderAccepted{},
        ParticipantNamed{ Role::Witness, 1, {}, {} }, Prepared{}, firstDevice(), simulatedDevice(), oldSet(),
        PrimeEntered{ QStringLiteral("cd") }, SetOpened{}, state.oldSet ? state.oldSheets() : SetReplaced{},
        CustodyRuleOverridden{ CustodyRule::SoPinHolderIsCustodian, 1 }, SchemeChosen{ { kTwoOfThree } },
        setOf(state, unmade), SetVoided{ 1, VoidReason::HandOutCut }, SheetsChosen{}, SheetSent{ number, id },
        SheetPrinted{ number, id, true, SpoolPlace::Memory, true }, TurnBegan{ number, id },
        TurnDeferred{ number, id }, ProofFailed{ number, id, 3 }, ShareProved{ number, id, 1 },
        HandOutFinished{}, SettingsChosen{ {}, 3, Unblocking::Off, false },
        AuthenticityProved{ Authenticity::Simulated, {}, {} }, DeviceInitialised{ kSerial, planned, planned },
        SoPinChanged{}, ShareReceived{ 1, lastId }, SharesRejected{ 1, ErrorKind::SharesDoNotOpenFile },
        ShareFoundWrong{ 1, 3, WrongShareBy::Consistency }, SharesNotOpened{ 1, false }, ShareFileOpened{ 1 },
        DevicesChosen{ 2 }, DevicesFinished{ 0, static_cast<int>(state.devices.size()) },
        ShareFileImported{ 1, state.shareFilesOutstanding - 1, files, {}, false }, KeyCheckValueDiffered{},
        KeyCheckValueRead{ QStringLiteral("aa"), false }, KeyCheckValueNoted{}, KeysPlanned{ twoKeys() },
        KeyGenerated{ key, reference, {}, {}, 1 }, KeyTested{ key, 1 }, KeyTestFailed{ key },
        KeySkipped{ key }, KeyDeleted{ 0 }, CertificateRequested{}, GenerationFinished{}, wrappedKeys(state),
        savedKeys(state), KeysNotSaved{ QStringLiteral("/media/x"), ErrorKind::MediumRemoved },
        OneCopyConfirmed{}, BackupFinished{ false }, BackupSkipped{}, twoToRestore(),
        KeyRestored{ state.restore.next().value_or(0), 5, true, 1 },
        RestoreSkipped{ state.restore.next().value_or(0) }, RestoreFinished{},
        CloneProved{ QStringLiteral("DESIM0000009"), state.restore.provable(), 0 }, CloneProofFailed{},
        CloneProofSkipped{}, SimulatorAccepted{}, KeysRefused{ { RefusedKey{} } }, DrillEnded{},
        CleaningBegan{}, CleaningSkipped{}, SimulatorWiped{}, secondOpinion(state), SecondOpinionFailed{},
        DeviationNoted{ QStringLiteral("late"), {} }, Explained{ about, QStringLiteral("so") }, Paused{},
        PausedForTravel{}, Resumed{}, PartEnded{}, Sealed{}, ReportSaved{}, FingerprintRead{},
        SheetChecked{ QStringLiteral("SET1R1"), 3, SheetFinding::Right }, Closed{} };
    std::map<QString, Event> named;
    for (const Event& event : events)
        named.emplace(eventName(event), event);
    const std::pair<const char16_t*, BackTarget> targets[]
        = { { u"wentBack:preparation", BackTarget::Preparation }, { u"wentBack:device", BackTarget::Device },
              { u"wentBack:scheme", BackTarget::Scheme }, { u"wentBack:pins", BackTarget::Pins },
              { u"wentBack:oldSet", BackTarget::OldSet }, { u"wentBack:cleaning", BackTarget::Cleaning } };
    for (const auto& [name, target] : targets)
        named.emplace(QString::fromUtf16(name), WentBack{ target });
    const std::tuple<const char16_t*, Operation, int, int, int> operations[] = {
        { u"initialise", Operation::Initialise, 0, -1, -1 }, { u"soPin", Operation::ChangeSoPin, 0, -1, -1 },
        { u"import", Operation::ImportShareFile, 1, state.shareFilesOutstanding, -1 },
        { u"generate", Operation::GenerateKey, key, -1, 1 }, { u"delete", Operation::DeleteKey, 0, -1, 1 },
        { u"restore", Operation::RestoreKey, state.restore.next().value_or(0), -1, -1 }
    };
    for (const auto& [name, operation, of, outstanding, keyReference] : operations) {
        const QString suffix = QLatin1Char(':') + QString::fromUtf16(name);
        named.emplace(QStringLiteral("intended") + suffix,
            Intended{ operation, kSerial, of, outstanding, keyReference });
        named.emplace(QStringLiteral("workFailed") + suffix,
            WorkFailed{ operation, of, ErrorKind::CardRemoved, 0, false });
        named.emplace(QStringLiteral("settled") + suffix, Settled{ operation, of, Outcome::NoEffect });
    }
    const std::pair<const char16_t*, DeviceEvent> onDevice[] = { { u"settingsChosen", SettingsChosen{} },
        { u"eraseConfirmed", EraseConfirmed{} }, { u"initialise", kInitialise },
        { u"workFailed", WorkFailed{ Operation::Initialise, 0, ErrorKind::CardRemoved, 0, false } },
        { u"initialised", DeviceInitialised{ kSerial, files, files } }, { u"proved", CloneProved{} } };
    for (const auto& [name, event] : onDevice)
        named.emplace(QStringLiteral("onDevice:") + QString::fromUtf16(name), OnDevice{ kSerial, event });
    named.emplace(QStringLiteral("unclear:soPin"), Settled{ Operation::ChangeSoPin, 0, Outcome::Unclear });
    return named;
}

QStringList sorted(QStringList list)
{
    list.sort();
    return list;
}

QStringList words(const QString& text)
{
    return sorted(text.split(QLatin1Char(' '), Qt::SkipEmptyParts));
}

template <typename... T>
std::vector<Effect> effects(T... effect)
{
    return { Effect(effect)... };
}

} // namespace

class TestAdvance : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindOfEventIsTried()
    {
        std::set<std::size_t> kinds;
        for (const auto& [name, event] : candidates({}))
            kinds.insert(event.index());
        QCOMPARE(kinds.size(), std::variant_size_v<Event>);
    }

    void everyStageIsReached()
    {
        std::set<Stage> stages;
        for (const Situation& situation : situations())
            stages.insert(situation.stage);
        QCOMPARE(stages.size(), static_cast<std::size_t>(Stage::Closed) + 1);
    }

    void everyEventInEverySituation_data() { rows(); }
    void everyEventInEverySituation()
    {
        QFETCH(int, index);
        const Situation situation = situations()[static_cast<std::size_t>(index)];
        QCOMPARE(situation.ceremony.state().stage, situation.stage);
        QStringList accepted;
        for (const auto& [name, event] : candidates(situation.ceremony.state())) {
            FoldedCeremony ceremony = situation.ceremony;
            if (ceremony.take(event))
                accepted.append(name);
            else
                QCOMPARE(ceremony.refusal().kind, ErrorKind::NotAllowedNow);
        }
        QCOMPARE(sorted(accepted), words(situation.allowed));
    }

    void nothingOfARefusedEventStays_data() { rows(); }
    void nothingOfARefusedEventStays()
    {
        QFETCH(int, index);
        const Situation situation = situations()[static_cast<std::size_t>(index)];
        const CeremonyState before = situation.ceremony.state();
        FoldedCeremony ceremony = situation.ceremony;
        for (const auto& [name, event] : candidates(before)) {
            FoldedCeremony other = situation.ceremony;
            if (!other.take(event))
                QVERIFY(!ceremony.take(event));
        }
        QCOMPARE(ceremony.state().events, before.events);
        QCOMPARE(ceremony.state().stage, before.stage);
        QCOMPARE(ceremony.state().toExplain.size(), before.toExplain.size());
    }

    void eventsComeInOrder()
    {
        const FoldedCeremony ceremony = chosen({ kTwoOfThree });
        const int next = ceremony.state().events;
        for (const int seq : { next - 1, next + 1, 0, -1 })
            QCOMPARE(advance(ceremony.state(), RecordedEvent{ seq, timeOf(seq), Paused{}, {} }).error().kind,
                ErrorKind::NotAllowedNow);
        QVERIFY(advance(ceremony.state(), RecordedEvent{ next, timeOf(next), Paused{}, {} }));
    }

    void detailsThatDoNotFitAreRefused_data();
    void detailsThatDoNotFitAreRefused()
    {
        QFETCH(int, situation);
        QFETCH(int, event);
        auto [ceremony, events] = details()[static_cast<std::size_t>(situation)];
        QVERIFY(!ceremony.take(events[static_cast<std::size_t>(event)]));
    }

    void aPlainCeremonyGoesFromEndToEnd_data()
    {
        QTest::addColumn<QVector<int>>("files"); // 0: a password, else 2 of so many
        QTest::newRow("none") << QVector<int>{};
        QTest::newRow("one password") << QVector<int>{ 0 };
        QTest::newRow("2 of 3") << QVector<int>{ 3 };
        QTest::newRow("several") << QVector<int>{ 3, 0, 2 };
        QTest::newRow("most") << QVector<int>{ 2, 2, 2, 2, 2, 2, 2, 2 };
    }
    void aPlainCeremonyGoesFromEndToEnd()
    {
        QFETCH(QVector<int>, files);
        Shares shares;
        for (const int total : files)
            shares.push_back(total == 0 ? kPassword : ShareFileRule{ {}, {}, 2, total, 128 });
        FoldedCeremony ceremony = chosen(shares);
        std::vector<Step> steps;
        QVERIFY(goOnUntil(ceremony, [&](const CeremonyState& state) {
            if (steps.empty() || steps.back() != state.step())
                steps.push_back(state.step());
            return state.stage == Stage::Closed;
        }));
        const std::vector<Step> all = ceremony.state().steps();
        QVERIFY(std::equal(steps.begin(), steps.end(), all.begin() + 3, all.end()));
        QVERIFY(ceremony.state().toExplain.empty());
        QVERIFY(ceremony.state().pastNoReturn());
        QCOMPARE(ceremony.state().shareFilesOutstanding, files.isEmpty() ? -1 : 0);
        for (const ShareSet& set : ceremony.state().sets)
            QVERIFY(set.imported && set.handedOut());
        for (const KeyRecord& key : ceremony.state().keys)
            QCOMPARE(key.state, KeyState::Tested);
        // The fingerprint is the hash of the line of `sealed`, the last but one.
        QCOMPARE(ceremony.state().fingerprint, QString::number(ceremony.state().events - 2, 16));
    }

    void stepsAreNumberedWithoutGaps()
    {
        QCOMPARE(chosen({}).state().steps().size(), std::size_t{ 6 });
        QCOMPARE(chosen({ kPassword }).state().steps().size(), std::size_t{ 9 });
        for (const Situation& situation : situations()) {
            const std::vector<Step> steps = situation.ceremony.state().steps();
            QVERIFY(std::count(steps.begin(), steps.end(), situation.ceremony.state().step()) == 1);
        }
    }

    void onePersonWithTooManySharesIsExplained()
    {
        FoldedCeremony ceremony;
        std::vector<Event> people = upToScheme({});
        people.pop_back();
        people.insert(people.begin() + 2,
            { ParticipantNamed{ Role::Custodian, 1, QStringLiteral("Ann"), {} },
                ParticipantNamed{ Role::Custodian, 2, QStringLiteral("Ann"), {} } });
        QVERIFY(ceremony.takeAll(people));
        const CustodyRuleOverridden told{ CustodyRule::TooManyShares, 1, { { 2 } }, true };
        QVERIFY(!ceremony.take(CustodyRuleOverridden{ CustodyRule::TooManyShares, 1 }));
        QVERIFY(!ceremony.take(CustodyRuleOverridden{ CustodyRule::TooManyShares, 1, { { 3 } } }));
        QVERIFY(!ceremony.take(CustodyRuleOverridden{ CustodyRule::OfficerAmongTwo, 1, { { 2 } } }));
        QVERIFY(ceremony.take(told));
        QVERIFY(ceremony.take(SchemeChosen{ { kTwoOfThree } }));
        QCOMPARE(ceremony.state().toExplain.size(), std::size_t(1));
        QCOMPARE(ceremony.state().toExplain.front().event, Event(told));
        QVERIFY(!ceremony.take(told)); // the scheme is chosen
    }

    void effectsAreOrderedInTime()
    {
        FoldedCeremony ceremony = chosen({ kTwoOfThree });
        QVERIFY(ceremony.effects() == effects(MakeSets{}));
        QVERIFY(goOnUntil(ceremony, [](const auto& state) { return state.sets.front().handedOut(); }));
        QVERIFY(ceremony.effects() == effects(FinishHandOut{}));
        QVERIFY(goOnTo(ceremony, Stage::ConfirmingErase));
        QVERIFY(ceremony.effects().empty());
        QVERIFY(goOnTo(ceremony, Stage::Initialising));
        QVERIFY(ceremony.effects() == effects(InitialiseDevice{}));
        QVERIFY(goOnTo(ceremony, Stage::Importing));
        QVERIFY(ceremony.effects() == effects(ForgetSecrets{}));
        QVERIFY(
            goOnUntil(ceremony, [](const auto& state) { return state.sets.front().received.size() == 2; }));
        QVERIFY(ceremony.effects() == effects(RebuildShareFile{ 1 }));
        QVERIFY(goOnUntil(ceremony, pending));
        QVERIFY(ceremony.effects() == effects(ImportShareFile{ 1, 1 }));
        QVERIFY(goOnTo(ceremony, Stage::NotingKeyCheckValue));
        QVERIFY(ceremony.effects() == effects(ForgetSecrets{}));
        QVERIFY(goOnTo(ceremony, Stage::GeneratingKeys));
        QVERIFY(goOnUntil(ceremony, pending));
        QVERIFY(ceremony.effects() == effects(GenerateKey{ 0, 1 }));
        QVERIFY(goOnUntil(ceremony, oneGenerated));
        QVERIFY(ceremony.effects() == effects(TestKey{ 0 }));
        QVERIFY(ceremony.take(KeyTested{ 0, 1 }));
        QVERIFY(ceremony.effects() == effects(ContinueGeneration{}));
        QVERIFY(goOnTo(ceremony, Stage::BackingUp));
        QVERIFY(ceremony.effects().empty()); // the user PIN is used once more
        QVERIFY(goOnUntil(ceremony, [](const auto& state) { return !state.backup.wrappings.empty(); }));
        QVERIFY(ceremony.effects() == effects(ForgetSecrets{}, ContinueBackup{}));
        QVERIFY(goOnUntil(ceremony, [](const auto& state) { return !state.backup.media.empty(); }));
        QVERIFY(ceremony.effects() == effects(ContinueBackup{}));
        QVERIFY(goOnTo(ceremony, Stage::Reviewing));
        QVERIFY(ceremony.effects() == effects(ForgetSecrets{}));
        QVERIFY(goOnTo(ceremony, Stage::Closed));
        QVERIFY(ceremony.effects() == effects(ForgetSecrets{}));
    }

    void aShareFoundWrongLeavesTheOthersIn()
    {
        FoldedCeremony ceremony = importing(2); // shares 3 and 2
        QVERIFY(ceremony.take(SharesNotOpened{ 1, false }));
        QCOMPARE(ceremony.state().sets.front().needed(), 3);
        QVERIFY(ceremony.effects().empty());
        QVERIFY(ceremony.take(ShareReceived{ 1, 1 }));
        QVERIFY(ceremony.effects() == effects(RebuildShareFile{ 1 }));
        QVERIFY(!ceremony.take(SharesNotOpened{ 1, false })); // nobody is left who could come
        QVERIFY(ceremony.take(ShareFoundWrong{ 1, 3, WrongShareBy::Consistency }));
        QVERIFY(ceremony.effects().empty()); // the others have opened the file
        const ShareSet& set = ceremony.state().sets.front();
        QVERIFY(set.received == (std::set<int>{ 1, 2 }) && set.wrong == std::set<int>{ 3 });
        QCOMPARE(set.needed(), 2);
        QVERIFY(ceremony.take(Intended{ Operation::ImportShareFile, kSerial, 1, 1, -1 }));
        QCOMPARE(ceremony.state().toExplain.size(), std::size_t{ 2 });
    }

    void aShareThatAVerifierFoundWrongIsTypedAgain()
    {
        FoldedCeremony ceremony = importing(2);
        QVERIFY(ceremony.take(ShareFoundWrong{ 1, 3, WrongShareBy::Verifier }));
        QVERIFY(ceremony.effects().empty());
        QVERIFY(ceremony.take(ShareReceived{ 1, 3 }));
        QVERIFY(ceremony.effects() == effects(RebuildShareFile{ 1 }));
        QVERIFY(ceremony.state().sets.front().wrong.empty());
    }

    void sharesAskedForToFindAWrongOneAreForgottenWithTheOthers()
    {
        for (const std::vector<Event>& ends :
            { std::vector<Event>{ SharesRejected{ 1, ErrorKind::TooFewShares } },
                std::vector<Event>{ Paused{}, Resumed{} } }) {
            FoldedCeremony ceremony = importing(2);
            QVERIFY(ceremony.take(SharesNotOpened{ 1, true }));
            QVERIFY(ceremony.takeAll(ends));
            const ShareSet& set = ceremony.state().sets.front();
            QVERIFY(set.received.empty() && set.needed() == 2 && !set.ofAnotherFile);
        }
    }

    void withoutKeysNothingIsBackedUp()
    {
        FoldedCeremony skipped = at(Stage::GeneratingKeys);
        QVERIFY(skipped.takeAll({ KeySkipped{ 0 }, KeySkipped{ 1 } }));
        QCOMPARE(skipped.state().steps().size(), std::size_t{ 8 });
        QVERIFY(skipped.take(GenerationFinished{}));
        QCOMPARE(skipped.state().stage, Stage::Reviewing);
        QVERIFY(skipped.effects() == effects(ForgetSecrets{}));

        FoldedCeremony none = at(Stage::PlanningKeys);
        QVERIFY(none.takeAll({ KeysPlanned{}, GenerationFinished{} }));
        QCOMPARE(none.state().stage, Stage::Reviewing);

        FoldedCeremony noBackup = at(Stage::GeneratingKeys, {});
        QVERIFY(goOnUntil(noBackup, [](const auto& state) { return state.stage != Stage::GeneratingKeys; }));
        QCOMPARE(noBackup.state().stage, Stage::Reviewing);
    }

    void oneTestedKeyIsBackedUp()
    {
        FoldedCeremony ceremony = at(Stage::GeneratingKeys);
        QVERIFY(ceremony.take(KeySkipped{ 0 }));
        QVERIFY(goOnTo(ceremony, Stage::BackingUp));
        QCOMPARE(ceremony.state().steps().size(), std::size_t{ 9 });
    }

    void twoMediaOrOneThatWasConfirmed()
    {
        FoldedCeremony two = savedTo(2);
        QVERIFY(two.take(BackupFinished{ false }));
        QCOMPARE(two.state().stage, Stage::Reviewing);
        QVERIFY(two.state().toExplain.empty());

        FoldedCeremony one = savedTo(1);
        QVERIFY(one.takeAll({ OneCopyConfirmed{}, BackupFinished{ false } }));
        QCOMPARE(one.state().toExplain.size(), std::size_t{ 1 });
    }

    void aBackupThatWasSkippedIsExplained()
    {
        FoldedCeremony ceremony = keysWrapped();
        QVERIFY(ceremony.take(BackupSkipped{}));
        QCOMPARE(ceremony.state().stage, Stage::Reviewing);
        QCOMPARE(ceremony.state().toExplain.size(), std::size_t{ 1 });
        QVERIFY(ceremony.effects() == effects(ForgetSecrets{}));
    }

    void aMediumThatFailedIsExplainedAndForgottenWhenItWorks()
    {
        FoldedCeremony ceremony = keysWrapped();
        QVERIFY(ceremony.takeAll({ KeysNotSaved{ {}, ErrorKind::FileUnwritable },
            KeysNotSaved{ {}, ErrorKind::WrappedKeyAltered } }));
        QCOMPARE(ceremony.state().backup.failed.size(), std::size_t{ 1 });
        QCOMPARE(ceremony.state().backup.failed.front().error, ErrorKind::WrappedKeyAltered);
        QCOMPARE(ceremony.state().toExplain.size(), std::size_t{ 2 });
        QVERIFY(ceremony.take(savedKeys(ceremony.state())));
        QVERIFY(ceremony.state().backup.failed.empty());
    }

    void keysThatWereLeftOutAreExplained()
    {
        FoldedCeremony ceremony = at(Stage::BackingUp);
        KeysWrapped second = wrappedKeys(ceremony.state());
        second.keys.pop_back();
        second.leftOut = { { 2, ErrorKind::NotAllowed } };
        QVERIFY(ceremony.take(second));
        QCOMPARE(ceremony.state().toExplain.size(), std::size_t{ 1 });
    }

    void everySituationButTheEndCanBeInterruptedAndCompleted_data() { rows(); }
    void everySituationButTheEndCanBeInterruptedAndCompleted()
    {
        QFETCH(int, index);
        FoldedCeremony ceremony = situations()[static_cast<std::size_t>(index)].ceremony;
        if (!ceremony.state().opened || ceremony.state().stage == Stage::Closed)
            return;
        QVERIFY(ceremony.take(Resumed{ CheckpointAnswer::Matched, false }));
        const CeremonyState& state = ceremony.state();
        if (state.pending) { // the device is read, and did not do it
            const Intended intended = *state.pending;
            QCOMPARE(ceremony.effects().back(), Effect(SettleIntention{ intended }));
            const bool soPin = intended.operation == Operation::ChangeSoPin;
            QVERIFY(ceremony.take(Settled{
                intended.operation, intended.number, soPin ? Outcome::Unclear : Outcome::NoEffect }));
            QVERIFY(!state.pending);
        } else if (state.stage == Stage::Initialising) {
            QCOMPARE(ceremony.effects().back(), Effect(KeepSoPin{}));
            QVERIFY(ceremony.take(Settled{ Operation::ChangeSoPin, 0, Outcome::NoEffect }));
        }
        QVERIFY(!state.pinsHeld);
        QVERIFY(state.stage != Stage::ConfirmingErase && state.stage != Stage::Initialising);
        for (const ShareSet& set : state.sets)
            QVERIFY(set.imported || set.received.empty());
        const Stage before = state.stage;
        if (before == Stage::Preparing)
            QVERIFY(ceremony.takeAll({ ParticipantNamed{ Role::Officer, 2, {}, {} } })
                && (state.participant(Role::Officer, 1)
                    || ceremony.take(ParticipantNamed{ Role::Officer, 1, {}, {} }))
                && ceremony.take(Prepared{}));
        if (state.stage == Stage::ChoosingFirst)
            QVERIFY(ceremony.take(firstDevice()));
        if (state.stage == Stage::ChoosingDevice)
            QVERIFY(ceremony.take(state.rehearsal() ? simulatedDevice() : spareDevice()));
        if (state.stage == Stage::ChoosingScheme)
            QVERIFY(ceremony.take(SchemeChosen{ { kTwoOfThree } }));
        QVERIFY2(goOnTo(ceremony, Stage::Closed), qPrintable(ceremony.refusal().detail));
        QVERIFY(noShareWasShownTwice(ceremony.events()));
    }

    void cutHandOutVoidsWhatIsNotOut()
    {
        FoldedCeremony ceremony = chosen({ kTwoOfThree, kTwoOfThree, kPassword });
        QVERIFY(goOnUntil(ceremony, [](const CeremonyState& state) { // in the second file's first turn
            return state.sets[0].handedOut() && state.sets[1].holders[0].begun;
        }));
        QVERIFY(ceremony.take(Resumed{ CheckpointAnswer::Matched, false }));
        QVERIFY(!ceremony.state().handingOut());
        QVERIFY(ceremony.effects() == effects(VoidSet{ 2, VoidReason::HandOutCut }));
        QVERIFY(ceremony.take(SetVoided{ 2, VoidReason::HandOutCut }));
        QVERIFY(ceremony.effects() == effects(MakeSets{}));
        const ShareSet& fresh = *ceremony.state().set(2);
        QVERIFY(!fresh.made && !fresh.lost);
        QCOMPARE(fresh.queue, (std::vector<int>{ 1, 2, 3 }));
        QCOMPARE(fresh.voided, std::vector<QString>{ QStringLiteral("SET2R1") });
        QVERIFY(ceremony.state().set(1)->handedOut());
        QCOMPARE(ceremony.state().toExplain.size(), std::size_t{ 1 });
        QVERIFY(goOnTo(ceremony, Stage::SettingPins));
        QVERIFY(noShareWasShownTwice(ceremony.events()));
    }

    void aPrinterThatIsNotOnACableIsExplained()
    {
        FoldedCeremony ceremony = handingOut(0);
        QVERIFY(ceremony.take(printedSheets()));
        QVERIFY(ceremony.state().toExplain.empty());
        QVERIFY(ceremony.take(printedSheets(PrinterConnection::Network, true)));
        QCOMPARE(ceremony.state().toExplain.size(), std::size_t{ 1 });
        QCOMPARE(ceremony.state().set(1)->sheets.connection, PrinterConnection::Network);
    }

    void whatBecameOfAPageIsExplainedUnlessNothingIsLeftOfIt()
    {
        const auto explained = [](const SheetPrinted& printed) {
            FoldedCeremony ceremony = with(printing(), { SheetSent{ 1, 1 }, printed });
            return ceremony.state().toExplain.size();
        };
        QCOMPARE(explained({ 1, 1, true, SpoolPlace::Memory, true }), std::size_t{ 0 });
        QCOMPARE(explained({ 1, 1, false, SpoolPlace::Memory, true }), std::size_t{ 1 });
        QCOMPARE(explained({ 1, 1, true, SpoolPlace::Memory, false }), std::size_t{ 1 });
        QCOMPARE(explained({ 1, 1, true, SpoolPlace::Disk, true }), std::size_t{ 1 });
    }

    void thePageIsAccountedForAlsoWhenItsSetBecameVoid()
    {
        const SheetPrinted stopped{ 1, 1, false, SpoolPlace::Memory, false };
        for (const Event& end :
            { Event(SetVoided{ 1, VoidReason::CustodianMissing }), Event(WentBack{ BackTarget::Scheme }) }) {
            FoldedCeremony ceremony = with(printing(), { SheetSent{ 1, 1 }, end });
            QVERIFY(ceremony.take(stopped));
            QVERIFY(!ceremony.state().printing);
            QVERIFY(!ceremony.state().toExplain.empty());
        }
        // The process that knew is gone.
        QVERIFY(!with(printing(), { SheetSent{ 1, 1 }, Resumed{} }).take(stopped));
    }

    void sheetsOfANewSetAreMadeAsThoseOfTheVoidOne()
    {
        const FoldedCeremony ceremony = with(printing(), { SetVoided{ 1, VoidReason::CustodianMissing } });
        QVERIFY(ceremony.state().set(1)->sheets == printedSheets());
    }

    void setThatWasNeverMadeIsMadeAfterAnInterruption()
    {
        FoldedCeremony ceremony = with(chosen({ kTwoOfThree }), { Resumed{} });
        QVERIFY(ceremony.effects() == effects(MakeSets{}));
    }

    void handOutThatWasCompleteIsFinishedAfterAnInterruption()
    {
        FoldedCeremony ceremony = chosen({ kTwoOfThree });
        goOnUntil(ceremony, [](const CeremonyState& state) { return state.sets.front().handedOut(); });
        QVERIFY(ceremony.take(Resumed{}));
        QVERIFY(ceremony.effects() == effects(FinishHandOut{}));
    }

    void deferredTurnComesLast()
    {
        FoldedCeremony ceremony = handingOut(0);
        QVERIFY(ceremony.take(TurnDeferred{ 1, 1 }));
        QCOMPARE(ceremony.state().sets.front().queue, (std::vector<int>{ 2, 3, 1 }));
        QVERIFY(ceremony.takeAll({ TurnBegan{ 1, 2 }, ShareProved{ 1, 2, 1 }, TurnDeferred{ 1, 3 } }));
        QCOMPARE(ceremony.state().sets.front().queue, (std::vector<int>{ 1, 3 }));
    }

    void custodiansAreNumberedThroughAllFiles()
    {
        FoldedCeremony ceremony;
        const std::vector<Event> begin{ Opened{ {}, {}, true, {} },
            ParticipantNamed{ Role::Officer, 1, {}, {} },
            ParticipantNamed{ Role::Custodian, 5, QStringLiteral("Eve"), {} }, Prepared{}, simulatedDevice(),
            SchemeChosen{ { kTwoOfThree, kPassword, kTwoOfThree } } };
        QVERIFY(ceremony.takeAll(begin));
        QCOMPARE(ceremony.state().custodianNumber(1, 3), 3);
        QCOMPARE(ceremony.state().custodianNumber(2, 1), 4);
        QCOMPARE(ceremony.state().custodianNumber(3, 1), 5);
        QCOMPARE(ceremony.state().custodianName(3, 1), QStringLiteral("Eve"));
        QCOMPARE(ceremony.state().custodianName(3, 2), QString());
    }

    void goingBackToTheSchemeVoidsAllSets()
    {
        for (const Stage stage : { Stage::HandingOut, Stage::SettingPins }) {
            FoldedCeremony ceremony = at(stage);
            QVERIFY(ceremony.take(WentBack{ BackTarget::Scheme }));
            QCOMPARE(ceremony.state().stage, Stage::ChoosingScheme);
            QVERIFY(ceremony.state().sets.empty());
            QVERIFY(ceremony.state().expectedKcv.isEmpty());
            // A share file that was made goes, too.
            QVERIFY(ceremony.effects()
                == (stage == Stage::HandingOut ? effects(ForgetSecrets{})
                                               : effects(RemoveShareFiles{ { 1 } }, ForgetSecrets{})));
            QVERIFY(ceremony.take(SchemeChosen{ { kPassword } }));
            QVERIFY(goOnTo(ceremony, Stage::Closed));
        }
    }

    void goingBackToPreparationKeepsNobody()
    {
        FoldedCeremony ceremony = chosen({});
        FoldedCeremony early;
        QVERIFY(early.takeAll({ ceremony.events()[0], ceremony.events()[1], ceremony.events()[2],
            WentBack{ BackTarget::Preparation } }));
        QVERIFY(early.state().participants.empty());
        QVERIFY(!early.take(Prepared{}));
        QVERIFY(early.take(ceremony.events()[1]));
        QVERIFY(early.take(Prepared{}));
    }

    void nothingGoesBackPastTheErasure_data() { rows(); }
    void nothingGoesBackPastTheErasure()
    {
        QFETCH(int, index);
        const Situation situation = situations()[static_cast<std::size_t>(index)];
        if (!situation.ceremony.state().pastNoReturn())
            return;
        for (const BackTarget target :
            { BackTarget::Preparation, BackTarget::Device, BackTarget::Scheme, BackTarget::Pins }) {
            // A device that is cleaned was erased before, for the drill.
            const bool cleaned
                = situation.ceremony.state().drill.cleaning && situation.stage == Stage::ConfirmingErase;
            const bool again
                = (situation.stage == Stage::DkekMismatch || cleaned) && target == BackTarget::Pins;
            FoldedCeremony ceremony = situation.ceremony;
            QCOMPARE(ceremony.take(WentBack{ target }), again);
        }
    }

    void otherDkekIsInitialisedAwayWithTheSameSheets()
    {
        FoldedCeremony ceremony = mismatch();
        QVERIFY(ceremony.effects() == effects(ForgetSecrets{}));
        QCOMPARE(ceremony.state().toExplain.size(), std::size_t{ 1 });
        QVERIFY(goOnTo(ceremony, Stage::Importing));
        QVERIFY(!ceremony.state().sets.front().imported);
        QVERIFY(ceremony.state().sets.front().received.empty());
        QVERIFY(goOnTo(ceremony, Stage::Closed));
        QVERIFY(ceremony.state().kcvCompared);
    }

    void hiddenKeyCheckValueThatDiffersStopsGeneration()
    {
        FoldedCeremony ceremony = hiddenKcv();
        QVERIFY(ceremony.take(KeyCheckValueDiffered{ QStringLiteral("aa"), QStringLiteral("bb") }));
        QCOMPARE(ceremony.state().stage, Stage::DkekMismatch);
        QVERIFY(goOnTo(ceremony, Stage::Closed));
    }

    void hiddenKeyCheckValueIsTakenLater()
    {
        FoldedCeremony ceremony = hiddenKcv();
        QVERIFY(ceremony.take(KeyCheckValueRead{ QStringLiteral("aa"), true }));
        QCOMPARE(ceremony.state().kcv, QStringLiteral("aa"));
        QVERIFY(ceremony.state().kcvCompared);
        QVERIFY(!ceremony.take(KeyCheckValueRead{ QStringLiteral("aa"), true }));
    }

    void devicesAreChosenAsTheirAuthenticityAllows_data()
    {
        QTest::addColumn<Authenticity>("authenticity");
        QTest::addColumn<bool>("accepted");
        QTest::addColumn<bool>("chosen");
        QTest::newRow("not verified") << Authenticity::NotVerified << false << true;
        QTest::newRow("certificate only") << Authenticity::CertificateOnly << false << true;
        QTest::newRow("unknown maker") << Authenticity::UnknownIssuer << false << false;
        QTest::newRow("unknown maker, serial typed") << Authenticity::UnknownIssuer << true << true;
        QTest::newRow("not genuine") << Authenticity::Broken << false << false;
        QTest::newRow("not genuine, serial typed") << Authenticity::Broken << true << false;
        // Nothing but the proof can tell these.
        QTest::newRow("genuine") << Authenticity::Genuine << false << false;
        QTest::newRow("genuine, expired") << Authenticity::GenuineExpired << false << false;
        QTest::newRow("simulated") << Authenticity::Simulated << false << false;
    }

    void devicesAreChosenAsTheirAuthenticityAllows()
    {
        QFETCH(Authenticity, authenticity);
        QFETCH(bool, accepted);
        QFETCH(bool, chosen);
        FoldedCeremony ceremony;
        QCOMPARE(ceremony.takeAll(upToRealDevice(authenticity, accepted)), chosen);
    }

    void certifiedDeviceIsNotInitialisedWithoutProof()
    {
        FoldedCeremony ceremony = realInitialising(Authenticity::CertificateOnly);
        QVERIFY(!ceremony.take(DeviceInitialised{ kSerial, 1, 1 }));
        for (const Authenticity other : { Authenticity::CertificateOnly, Authenticity::UnknownIssuer,
                 Authenticity::Broken, Authenticity::NotVerified, Authenticity::Simulated })
            QVERIFY(!ceremony.take(AuthenticityProved{ other, {}, {} }));
        QVERIFY(ceremony.take(AuthenticityProved{ Authenticity::GenuineExpired, {}, {} }));
        QVERIFY(ceremony.effects() == effects(InitialiseDevice{}));
        QCOMPARE(ceremony.state().device->authenticity, Authenticity::GenuineExpired);
        QVERIFY(ceremony.state().pastNoReturn());
        QVERIFY(!ceremony.take(AuthenticityProved{ Authenticity::Genuine, {}, {} })); // once is enough
        QVERIFY(ceremony.take(DeviceInitialised{ kSerial, 1, 1 }));
        QCOMPARE(ceremony.state().stage, Stage::Importing);
        QVERIFY(!ceremony.state().erasedOnly);
    }

    void eachInitialisationNeedsAProofOfItsOwn()
    {
        FoldedCeremony ceremony = with(realInitialising(Authenticity::CertificateOnly),
            { AuthenticityProved{ Authenticity::Genuine, {}, {} },
                WorkFailed{ Operation::Initialise, 0, ErrorKind::NoCard, 0, true } });
        QCOMPARE(ceremony.state().stage, Stage::ConfirmingErase);
        QVERIFY(ceremony.take(kInitialise));
        QVERIFY(!ceremony.take(DeviceInitialised{ kSerial, 1, 1 }));
        QVERIFY(ceremony.take(AuthenticityProved{ Authenticity::Genuine, {}, {} }));
        QVERIFY(ceremony.take(DeviceInitialised{ kSerial, 1, 1 }));
    }

    void unknownMakersNeedNoProofAndMayGiveOne()
    {
        FoldedCeremony without = realInitialising(Authenticity::UnknownIssuer);
        QVERIFY(without.take(DeviceInitialised{ kSerial, 1, 1 }));
        FoldedCeremony proved = with(realInitialising(Authenticity::UnknownIssuer),
            { AuthenticityProved{ Authenticity::UnknownIssuer, {}, {} } });
        QVERIFY(proved.take(DeviceInitialised{ kSerial, 1, 1 }));
        QCOMPARE(proved.state().device->authenticity, Authenticity::UnknownIssuer);
        QVERIFY(!realInitialising(Authenticity::NotVerified)
                     .take(AuthenticityProved{ Authenticity::Genuine, {}, {} }));
    }

    void deviceThatIsNotGenuineIsLeftBehind()
    {
        FoldedCeremony ceremony = with(realInitialising(Authenticity::CertificateOnly),
            { WorkFailed{ Operation::Initialise, 0, ErrorKind::DeviceNotGenuine, 0, false } });
        QVERIFY(ceremony.effects() == effects(ForgetSecrets{})); // and it is not asked again
        QCOMPARE(ceremony.state().stage, Stage::SettingPins);
        QCOMPARE(ceremony.state().device->authenticity, Authenticity::Broken);
        QVERIFY(!ceremony.state().pastNoReturn());
        QCOMPARE(ceremony.state().toExplain.size(), std::size_t{ 1 });
        QVERIFY(!ceremony.take(SettingsChosen{ {}, 3, Unblocking::Off, false }));
        QVERIFY(!ceremony.take(kInitialise));
        QVERIFY(ceremony.take(WentBack{ BackTarget::Scheme }));
        QVERIFY(ceremony.take(WentBack{ BackTarget::Device }));
        QVERIFY(ceremony.take(upToRealDevice(Authenticity::CertificateOnly).back()));
    }

    void halvesOfASoPinAreOfTwoWhoTakePart()
    {
        std::vector<Event> begun = upToScheme({ kTwoOfThree });
        begun.insert(begun.begin() + 2, ParticipantNamed{ Role::Witness, 1, QStringLiteral("Grace"), {} });
        FoldedCeremony ceremony;
        QVERIFY(ceremony.takeAll(begun));
        QVERIFY(goOnTo(ceremony, Stage::SettingPins));
        const auto chosen = [](std::vector<SoPinHalf> halves) {
            SettingsChosen settings{ QStringLiteral("CA"), 3, Unblocking::CounterOnly, false, true };
            settings.soPinHalves = std::move(halves);
            return settings;
        };
        const SoPinHalf officer{ Role::Officer, 1 };
        const SoPinHalf witness{ Role::Witness, 1 };
        QVERIFY(!ceremony.take(chosen({ officer })));
        QVERIFY(!ceremony.take(chosen({ officer, officer })));
        QVERIFY(!ceremony.take(chosen({ officer, { Role::Witness, 7 } })));
        QVERIFY(!ceremony.take(chosen({ officer, witness, { Role::Custodian, 1 } })));
        QVERIFY(ceremony.take(chosen({ officer, witness })));
        QVERIFY(ceremony.state().settings->soPinHalves == (std::vector{ officer, witness }));
    }

    void aHalfInTheHandsOfACustodianIsExplainedLater()
    {
        const CustodyRuleOverridden half{ CustodyRule::SoPinHalfHolderIsCustodian, 1 };
        std::vector<Event> begun = upToScheme({ kTwoOfThree });
        begun.insert(begun.begin() + 2, ParticipantNamed{ Role::Custodian, 1, QStringLiteral("Grace"), {} });
        FoldedCeremony ceremony;
        QVERIFY(ceremony.takeAll({ begun.begin(), begun.end() - 1 }));
        QCOMPARE(ceremony.state().stage, Stage::ChoosingScheme);
        QVERIFY(!ceremony.take(half)); // who enters the halves is not known yet
        QVERIFY(ceremony.take(begun.back()));
        QVERIFY(goOnTo(ceremony, Stage::SettingPins));
        QVERIFY(!ceremony.take(CustodyRuleOverridden{ CustodyRule::SoPinHalfHolderIsCustodian, 2 }));
        QVERIFY(!ceremony.take(CustodyRuleOverridden{ CustodyRule::SoPinHolderIsCustodian, 1 }));
        QVERIFY(ceremony.take(half));
        QVERIFY(ceremony.state().toExplain.back().event == Event(half));
    }

    void erasedDeviceIsInitialisedAgain()
    {
        FoldedCeremony ceremony = with(at(Stage::Initialising),
            { WorkFailed{ Operation::Initialise, 0, ErrorKind::CardRemoved, 0, false },
                Settled{ Operation::Initialise, 0, Outcome::Erased } });
        QCOMPARE(ceremony.state().stage, Stage::ConfirmingErase);
        QVERIFY(ceremony.state().pastNoReturn());
        QVERIFY(ceremony.state().erasedOnly);
        QVERIFY(goOnTo(ceremony, Stage::Closed));
        QVERIFY(
            !until(importing(2), pending).take(Settled{ Operation::ImportShareFile, 1, Outcome::Erased }));
    }

    void certainFailureOfInitialisationAsksAgain()
    {
        FoldedCeremony ceremony = at(Stage::Initialising);
        QVERIFY(ceremony.take(WorkFailed{ Operation::Initialise, 0, ErrorKind::NoCard, 0, true }));
        QVERIFY(!ceremony.state().pending);
        QVERIFY(ceremony.state().failure);
        QCOMPARE(ceremony.state().stage, Stage::ConfirmingErase);
        QVERIFY(!ceremony.state().pastNoReturn());
        QVERIFY(ceremony.effects().empty());
    }

    void wrongSoPinHasToBeTypedAgain()
    {
        for (const ErrorKind error : { ErrorKind::WrongPin, ErrorKind::PinBlocked }) {
            FoldedCeremony ceremony = at(Stage::Initialising);
            QVERIFY(ceremony.take(WorkFailed{ Operation::Initialise, 0, error, 0x63C3, true }));
            QCOMPARE(ceremony.state().stage, Stage::SettingPins);
            QVERIFY(!ceremony.state().pinsHeld);
            QVERIFY(ceremony.effects() == effects(ForgetSecrets{}));
        }
    }

    void uncertainFailureIsSettledByTheDevice()
    {
        for (const auto& make : { at(Stage::Initialising), until(importing(2), pending),
                 until(at(Stage::GeneratingKeys), pending) }) {
            const Intended intended = *make.state().pending;
            FoldedCeremony ceremony = make;
            QVERIFY(ceremony.take(
                WorkFailed{ intended.operation, intended.number, ErrorKind::CardRemoved, 0, false }));
            QVERIFY(ceremony.effects() == effects(SettleIntention{ intended }));
            QVERIFY(ceremony.state().pending == intended);
            FoldedCeremony done = ceremony;
            QVERIFY(done.take(Settled{ intended.operation, intended.number, Outcome::TookEffect }));
            QVERIFY(done.state().pending == intended); // until the event of the effect itself
            QVERIFY(goOnTo(done, Stage::Closed));
            FoldedCeremony again = ceremony;
            QVERIFY(again.take(Settled{ intended.operation, intended.number, Outcome::NoEffect }));
            QVERIFY(!again.state().pending);
            QVERIFY(goOnTo(again, Stage::Closed));
        }
    }

    void unclearInitialisationIsDoneAgainWithPinsTypedAnew()
    {
        FoldedCeremony ceremony
            = with(at(Stage::Initialising), { Settled{ Operation::Initialise, 0, Outcome::Unclear } });
        QCOMPARE(ceremony.state().stage, Stage::SettingPins);
        QVERIFY(ceremony.effects() == effects(ForgetSecrets{}));
        QCOMPARE(ceremony.state().toExplain.size(), std::size_t{ 1 });
    }

    void soPinIsReplacedAfterTheInitialisation()
    {
        FoldedCeremony ceremony = soPinToBeReplaced();
        QVERIFY(ceremony.effects() == effects(IntendSoPinChange{}));
        QVERIFY(ceremony.state().pastNoReturn());
        QCOMPARE(ceremony.state().soPin, SoPinInForce::Previous);
        QVERIFY(ceremony.take(kSoPinChange));
        QVERIFY(ceremony.effects() == effects(ChangeSoPin{}));
        QVERIFY(ceremony.take(SoPinChanged{}));
        QVERIFY(ceremony.effects() == effects(ForgetSecrets{}));
        QCOMPARE(ceremony.state().soPin, SoPinInForce::Chosen);
        QCOMPARE(ceremony.state().stage, Stage::Importing);
        QVERIFY(ceremony.state().toExplain.empty());
    }

    void cutSoPinChangeLeavesTheSoPinInDoubt()
    {
        for (const Event& cut :
            { Event(WorkFailed{ Operation::ChangeSoPin, 0, ErrorKind::CardRemoved, 0, false }),
                Event(Resumed{ CheckpointAnswer::Matched, false }) }) {
            FoldedCeremony ceremony = with(soPinToBeReplaced(), { kSoPinChange, cut });
            QVERIFY(ceremony.effects() == effects(SettleIntention{ kSoPinChange }));
            // Nothing tells that it took effect, or that it did not.
            QVERIFY(!ceremony.take(Settled{ Operation::ChangeSoPin, 0, Outcome::TookEffect }));
            QVERIFY(!ceremony.take(Settled{ Operation::ChangeSoPin, 0, Outcome::NoEffect }));
            QVERIFY(ceremony.take(Settled{ Operation::ChangeSoPin, 0, Outcome::Unclear }));
            QCOMPARE(ceremony.state().soPin, SoPinInForce::Either);
            QCOMPARE(ceremony.state().stage, Stage::Importing);
            QVERIFY(std::holds_alternative<Settled>(ceremony.state().toExplain.back().event));
            QVERIFY(goOnTo(ceremony, Stage::Closed));
        }
    }

    void soPinThatLeftTheMemoryIsNotInForce()
    {
        FoldedCeremony ceremony = with(soPinToBeReplaced(), { Resumed{ CheckpointAnswer::Matched, false } });
        QVERIFY(ceremony.effects() == effects(KeepSoPin{}));
        QVERIFY(!ceremony.take(kSoPinChange));
        QVERIFY(ceremony.take(Settled{ Operation::ChangeSoPin, 0, Outcome::NoEffect }));
        QCOMPARE(ceremony.state().soPin, SoPinInForce::Previous);
        QCOMPARE(ceremony.state().toExplain.size(), std::size_t{ 1 });
    }

    void initialisationFoundDoneAfterwardsKeepsTheOldSoPin()
    {
        FoldedCeremony ceremony = with(at(Stage::SettingPins),
            { SettingsChosen{ QStringLiteral("CA"), 3, Unblocking::CounterOnly, false, true }, kInitialise,
                Resumed{}, Settled{ Operation::Initialise, 0, Outcome::TookEffect },
                DeviceInitialised{ kSerial, 1, 1 } });
        QVERIFY(ceremony.effects() == effects(KeepSoPin{}));
    }

    void soPinChangeThatDidNotReachTheDeviceIsTriedAgain()
    {
        FoldedCeremony ceremony = with(soPinToBeReplaced(),
            { kSoPinChange, WorkFailed{ Operation::ChangeSoPin, 0, ErrorKind::NoCard, 0, true }, kSoPinChange,
                SoPinChanged{} });
        QCOMPARE(ceremony.state().soPin, SoPinInForce::Chosen);
    }

    void unclearImportIsInitialisedAway()
    {
        FoldedCeremony ceremony = with(
            until(importing(2), pending), { Settled{ Operation::ImportShareFile, 1, Outcome::Unclear } });
        QCOMPARE(ceremony.state().stage, Stage::DkekMismatch);
        QVERIFY(goOnTo(ceremony, Stage::Closed));
    }

    void failedKeyIsTriedAgainOrSkipped()
    {
        FoldedCeremony ceremony = until(at(Stage::GeneratingKeys), pending);
        QVERIFY(ceremony.take(WorkFailed{ Operation::GenerateKey, 0, ErrorKind::DeviceFull, 0x6A84, true }));
        QCOMPARE(ceremony.state().keys[0].failures, 1);
        QCOMPARE(ceremony.state().keys[0].state, KeyState::Waiting);
        FoldedCeremony skipped = ceremony;
        QVERIFY(skipped.take(KeySkipped{ 0 }));
        QCOMPARE(skipped.state().nextKey(), std::optional<int>(1));
        QVERIFY(goOnTo(skipped, Stage::Closed));
        QVERIFY(goOnTo(ceremony, Stage::Closed));
        QCOMPARE(ceremony.state().keys[0].state, KeyState::Tested);
    }

    void failedSelfTestLeavesAKeyToDelete()
    {
        FoldedCeremony ceremony = testFailed();
        QVERIFY(ceremony.takeAll({ Intended{ Operation::DeleteKey, kSerial, 0, -1, 1 } }));
        QVERIFY(ceremony.effects() == effects(DeleteKey{ 0, 1 }));
        QVERIFY(ceremony.take(KeyDeleted{ 0 }));
        QCOMPARE(ceremony.state().keys[0].state, KeyState::Deleted);
        QVERIFY(goOnTo(ceremony, Stage::Closed));
    }

    void pauseForgetsAllSecrets_data() { rows(); }
    void pauseForgetsAllSecrets()
    {
        QFETCH(int, index);
        FoldedCeremony ceremony = situations()[static_cast<std::size_t>(index)].ceremony;
        if (ceremony.take(Paused{})) {
            QVERIFY(ceremony.effects() == effects(ForgetSecrets{}));
            QVERIFY(ceremony.state().paused);
        }
    }

    void whatAReportMustExplainIsCollected()
    {
        FoldedCeremony ceremony = handingOut(1);
        QVERIFY(ceremony.takeAll({ ProofFailed{ 1, 1, 3 }, ShareProved{ 1, 1, 4 } }));
        QCOMPARE(ceremony.state().toExplain.size(), std::size_t{ 2 });
        QVERIFY(goOnTo(ceremony, Stage::Reviewing));
        const int first = ceremony.state().toExplain.front().seq;
        QVERIFY(std::holds_alternative<ProofFailed>(ceremony.events()[static_cast<std::size_t>(first)]));
        QVERIFY(ceremony.take(Explained{ first, QStringLiteral("tired") }));
        QVERIFY(ceremony.take(Explained{ first, QStringLiteral("glasses forgotten") }));
        QCOMPARE(ceremony.state().toExplain.front().explanation, QStringLiteral("glasses forgotten"));
        QVERIFY(ceremony.state().toExplain.back().explanation.isEmpty());
    }

    /// Any order of events that the machine accepts.
    void noWalkShowsAShareTwiceOrImportsAFileTwice_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 60; ++seed)
            QTest::addRow("%u", seed) << seed;
    }
    void noWalkShowsAShareTwiceOrImportsAFileTwice()
    {
        QFETCH(unsigned, seed);
        std::mt19937 dice(seed);
        const Shares schemes[] = { { kTwoOfThree }, { kPassword }, { kTwoOfThree, kPassword }, {} };
        FoldedCeremony ceremony = chosen(schemes[seed % 4]);
        for (int i = 0; i < 300; ++i) {
            std::optional<Event> next = nextOfAPlainCeremony(ceremony.state());
            if (!next || dice() % 4 == 0) {
                const std::map<QString, Event> all = candidates(ceremony.state());
                next = std::next(all.begin(), static_cast<std::ptrdiff_t>(dice() % all.size()))->second;
            }
            ceremony.take(*next);
        }
        QVERIFY(noShareWasShownTwice(ceremony.events()));
        QVERIFY(noFileWasImportedTwice(ceremony.events()));
    }

private:
    using Details = std::vector<std::pair<FoldedCeremony, std::vector<Event>>>;
    static Details makeDetails();
    static const Details& details()
    {
        static const Details all = makeDetails();
        return all;
    }

    static void rows()
    {
        QTest::addColumn<int>("index");
        int index = 0;
        for (const Situation& situation : situations())
            QTest::newRow(situation.name) << index++;
    }

    /// Between the making of a set and its end, each holder has one turn.
    static bool noShareWasShownTwice(const std::vector<Event>& events)
    {
        std::set<std::pair<int, int>> shown;
        for (const Event& event : events) {
            if (const auto* voided = std::get_if<SetVoided>(&event))
                std::erase_if(shown, [&](const auto& turn) { return turn.first == voided->number; });
            if (std::holds_alternative<WentBack>(event))
                shown.clear();
            const auto* began = std::get_if<TurnBegan>(&event);
            if (began && !shown.insert({ began->number, began->id }).second)
                return false;
        }
        return true;
    }

    static bool noFileWasImportedTwice(const std::vector<Event>& events)
    {
        std::set<int> imported;
        for (const Event& event : events) {
            if (std::holds_alternative<DeviceInitialised>(event))
                imported.clear();
            const auto* one = std::get_if<ShareFileImported>(&event);
            if (one && !imported.insert(one->number).second)
                return false;
        }
        return true;
    }
};

TestAdvance::Details TestAdvance::makeDetails()
{
    const Event opened = Opened{ {}, {}, true, {} };
    const Event real = Opened{ {}, {}, false, {} };
    const Event officer = ParticipantNamed{ Role::Officer, 1, {}, {} };
    DeviceChosen realDevice = simulatedDevice();
    realDevice.authenticity = Authenticity::NotVerified;
    DeviceChosen nameless = simulatedDevice();
    nameless.serial.clear();
    DeviceChosen withKeys = simulatedDevice();
    withKeys.keys.push_back({});
    const auto scheme = [](int threshold, int total, int bits) {
        return SchemeChosen{ { ShareFileRule{ {}, {}, threshold, total, bits } } };
    };
    SetMade noPrime = setOf({}, 1);
    SetMade prime = noPrime;
    prime.prime = QStringLiteral("f3");
    SetMade tenth = prime;
    tenth.number = 10;
    SetMade zeroth = prime;
    zeroth.number = 0;
    const PlannedKey key = twoKeys().front();
    const PlannedKey sameLabel{ key.label, QStringLiteral("0f"), key.algorithm };
    const PlannedKey sameId{ QStringLiteral("other"), key.id, key.algorithm };
    const auto intend = [](Operation operation, int number, int outstanding, int reference) {
        return Intended{ operation, kSerial, number, outstanding, reference };
    };
    return {
        { with({}, { opened, officer }),
            { officer, ParticipantNamed{ Role::Witness, 0, {}, {} },
                ParticipantNamed{ Role::Witness, -1, {}, {} } } },
        { with({}, { opened, ParticipantNamed{ Role::Officer, 2, {}, {} } }), { Prepared{} } },
        { with({}, { opened, officer, Prepared{} }), { realDevice, nameless, withKeys } },
        { with({}, { real, officer, Prepared{} }), { simulatedDevice() } },
        { with({}, { opened, officer, Prepared{}, simulatedDevice() }),
            { scheme(1, 3, 128), scheme(4, 3, 128), scheme(2, 100, 128), scheme(2, 3, 127), scheme(2, 3, 256),
                scheme(2, 3, 0), scheme(2, 0, 0), scheme(0, 0, 128), scheme(-1, -1, 128),
                SchemeChosen{ Shares(9, kPassword) } } },
        { chosen({ kTwoOfThree }), { noPrime, tenth, zeroth } },
        { chosen({ kPassword }), { prime } },
        { handingOut(0),
            { prime, TurnBegan{ 1, 2 }, TurnBegan{ 2, 1 }, TurnBegan{ 0, 1 }, TurnBegan{ 1, 0 },
                TurnDeferred{ 1, 2 }, SetVoided{ 2, {} }, ShareProved{ 1, 1, 1 } } },
        { handingOut(0),
            { printedSheets(PrinterConnection::Network), printedSheets(PrinterConnection::File),
                printedSheets(PrinterConnection::Class), printedSheets(PrinterConnection::Other),
                SheetsChosen{ .mode = SheetMode::Printed },
                SheetsChosen{ .mode = SheetMode::None, .printer = QStringLiteral("Laser") },
                SheetsChosen{ .number = 2 }, SheetSent{ 1, 1 } } },
        { printing(),
            { printedSheets(), SheetsChosen{}, SheetSent{ 1, 2 }, SheetSent{ 2, 1 },
                SheetPrinted{ 1, 1, true, SpoolPlace::Memory, true } } },
        { with(printing(), { SheetSent{ 1, 1 } }),
            { SheetSent{ 1, 1 }, SheetPrinted{ 1, 2, true, SpoolPlace::Memory, true } } },
        { handingOut(1),
            { ShareProved{ 1, 2, 1 }, ShareProved{ 1, 1, 0 }, TurnBegan{ 1, 1 }, ProofFailed{ 1, 2, 3 } } },
        { handingOut(2), { TurnBegan{ 1, 1 }, TurnDeferred{ 1, 1 }, ShareProved{ 1, 1, 1 } } },
        { at(Stage::ConfirmingErase),
            { Intended{ Operation::Initialise, QStringLiteral("DESIM0000002"), 0, -1, -1 } } },
        { at(Stage::Initialising),
            { DeviceInitialised{ QStringLiteral("DESIM0000002"), 1, 1 }, DeviceInitialised{ kSerial, 1, 0 },
                DeviceInitialised{ kSerial, 2, 2 }, DeviceInitialised{ kSerial, -1, -1 }, kInitialise,
                Settled{ Operation::Initialise, 1, Outcome::NoEffect } } },
        { at(Stage::Initialising, {}),
            { DeviceInitialised{ kSerial, 0, 0 }, DeviceInitialised{ kSerial, 1, 1 } } },
        { importing(1),
            { ShareReceived{ 1, 3 }, ShareReceived{ 1, 0 }, ShareReceived{ 1, 4 }, ShareReceived{ 2, 1 },
                intend(Operation::ImportShareFile, 1, 1, -1) } },
        { importing(2),
            { ShareReceived{ 1, 1 }, intend(Operation::ImportShareFile, 1, 2, -1),
                intend(Operation::ImportShareFile, 2, 1, -1) } },
        { until(importing(2), pending),
            { ShareFileImported{ 1, 1, 1, {}, false }, ShareFileImported{ 1, -1, 1, {}, false },
                ShareFileImported{ 1, 0, 2, {}, false }, ShareFileImported{ 2, 0, 1, {}, false } } },
        { at(Stage::PlanningKeys),
            { KeysPlanned{ { key, sameLabel } }, KeysPlanned{ { key, sameId } },
                KeysPlanned{ { PlannedKey{ {}, key.id, key.algorithm } } },
                KeysPlanned{ { PlannedKey{ key.label, {}, key.algorithm } } } } },
        { at(Stage::GeneratingKeys),
            { intend(Operation::GenerateKey, 1, -1, 1), intend(Operation::GenerateKey, 2, -1, 1),
                intend(Operation::GenerateKey, -1, -1, 1), intend(Operation::GenerateKey, 0, -1, 0),
                intend(Operation::GenerateKey, 0, -1, 256), KeySkipped{ 1 }, KeySkipped{ 2 },
                KeySkipped{ -1 }, KeyTested{ 0, 1 } } },
        { until(at(Stage::GeneratingKeys), pending),
            { KeyGenerated{ 0, 2, {}, {}, 1 }, KeyGenerated{ 1, 1, {}, {}, 1 } } },
        { testFailed(), { intend(Operation::DeleteKey, 0, -1, 2), intend(Operation::DeleteKey, 1, -1, 1) } },
        { hiddenKcv(), { KeyCheckValueRead{ {}, false } } },
        { at(Stage::BackingUp), wrappingsThatDoNotFit(at(Stage::BackingUp).state()) },
        { keysWrapped(),
            { KeysSaved{ 2, {}, 1 }, KeysSaved{ 0, {}, 1 }, KeysSaved{ 1, {}, 0 }, KeysSaved{ 1, {}, 2 } } },
        { savedTo(1), { KeysSaved{ 2, {}, 1 }, KeysSaved{ 1, QStringLiteral("/media/2"), 1 } } },
        { savedTo(2), { BackupFinished{ true } } },
        { with(at(Stage::BackingUp), { KeysWrapped{ {}, {}, {}, { { 1, {} }, { 2, {} } } } }),
            { KeysSaved{ 1, {}, 1 } } },
        { with(at(Stage::Reviewing), { Resumed{} }), { Explained{ 0, {} }, Explained{ -1, {} } } },
        { at(Stage::Reviewing), { DeviationNoted{ QStringLiteral(" \n"), {} } } },
    };
}

void TestAdvance::detailsThatDoNotFitAreRefused_data()
{
    QTest::addColumn<int>("situation");
    QTest::addColumn<int>("event");
    int situation = 0;
    for (const auto& [ceremony, events] : details()) {
        for (int i = 0; i < static_cast<int>(events.size()); ++i)
            QTest::addRow(
                "%s %d.%d", qPrintable(eventName(events[static_cast<std::size_t>(i)])), situation, i)
                << situation << i;
        ++situation;
    }
}

QTEST_GUILESS_MAIN(TestAdvance)
#include "tst_advance.moc"
