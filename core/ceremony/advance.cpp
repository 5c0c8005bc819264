// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/advance.h"

#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/ceremony/authenticity.h"
#include "core/ceremony/devicechoice.h"
#include "core/ceremony/firstdevice.h"
#include "core/ceremony/secondopinion.h"
#include "core/ceremony/transport.h"

#include <algorithm>
#include <set>
#include <type_traits>
#include <utility>

namespace conclave::ceremony {

namespace {

constexpr int kMostShareFiles = 8;
constexpr int kMostCustodians = 99;
constexpr int kMostIdOnSheet = 0x99; // of another tool: two decimal digits, read as hex
constexpr int kBitsInPair = 4; // of a hex digit
constexpr std::size_t kMostDevices = 16; // at once
using OnDevices = std::map<QString, std::vector<Effect>>;

/// Folds one event into the state. Each overload answers whether the event fits.
class Fold {
public:
    Fold(CeremonyState& state, std::vector<Effect>& effects, OnDevices& onDevices,
        const RecordedEvent& recorded)
        : m_state(state)
        , m_effects(effects)
        , m_onDevices(onDevices)
        , m_recorded(recorded)
    {
    }

    bool apply(const Opened& e)
    {
        if (m_state.opened)
            return false;
        m_state.opened = e;
        m_state.startedAt = m_recorded.time;
        return true;
    }

    bool apply(const PartContinued& e)
    {
        const Result<Transport> before = parseTransport(e.line.toUtf8());
        if (!in(Stage::Preparing) || m_state.before || !before || before->sha256 != m_state.opened->continues
            || before->pause.ceremony != m_state.opened->ceremony
            || before->pause.rehearsal != m_state.rehearsal() || before->pause.flow != m_state.flow())
            return false;
        const PausedForTravel& pause = before->pause;
        m_state.before = pause;
        m_state.parts = pause.parts;
        m_state.parts.push_back(
            { pause.part, pause.place, before->paused.toString(Qt::ISODateWithMs), before->sha256 });
        m_state.settings = SettingsChosen{ pause.label, pause.userPinTries, pause.unblocking, pause.soPinMade,
            pause.soPinReplaced, withoutNames(pause.soPinHalves), withoutNames(pause.currentSoPinHalves) };
        m_state.soPinHalves = pause.soPinHalves;
        m_state.currentSoPinHalves = pause.currentSoPinHalves;
        m_state.soPin = pause.soPin;
        m_state.erasedAt = QDateTime::fromString(pause.erased, Qt::ISODateWithMs);
        m_state.expectedKcv = pause.kcv;
        m_state.shareFilesOutstanding = pause.outstanding;
        takeOver(pause);
        if (e.checkpoint == CheckpointAnswer::None)
            explainLater();
        return true;
    }

    bool apply(const MemoryFolderAccepted&)
    {
        explainLater();
        return in(Stage::Preparing);
    }

    bool apply(const ParticipantNamed& e)
    {
        if (!in(Stage::Preparing) || e.number < 1 || m_state.participant(e.role, e.number)
            || m_state.before.has_value() == m_state.opened->continues.isEmpty())
            return false;
        m_state.participants.push_back(e);
        return true;
    }

    bool apply(const Prepared& e)
    {
        if (!in(Stage::Preparing) || !m_state.participant(Role::Officer, 1))
            return false;
        m_state.prepared = e;
        m_state.stage = m_state.before                     ? Stage::ChoosingDevice
            : m_state.flow() == Flow::AddBackup || drill() ? Stage::ChoosingFirst
            : resharing()                                  ? Stage::ChoosingOldSet
                                                           : Stage::ChoosingDevice;
        return true;
    }

    bool apply(const FirstDeviceNamed& e)
    {
        if (!in(Stage::ChoosingFirst) || e.kcv.isEmpty() || e.shareFiles.empty()
            || static_cast<int>(e.shareFiles.size()) > kMostShareFiles)
            return false;
        m_state.scheme.emplace();
        for (const FirstShareFile& file : e.shareFiles) {
            const ShareFileRule rule = ruleOf(file);
            if (!isSound(rule) || file.set.isEmpty() || file.file.isEmpty()
                || file.file.contains(QLatin1Char('/')) || rule.isPassword() != file.prime.isEmpty())
                return false;
            ShareSet set = freshSet(rule, {});
            set.made = setOf(file, static_cast<int>(m_state.sets.size()) + 1);
            set.queue.clear();
            m_state.scheme->shareFiles.push_back(rule);
            m_state.sets.push_back(std::move(set));
        }
        m_state.first = e;
        m_state.expectedKcv = e.kcv;
        m_state.stage = Stage::ChoosingDevice;
        return true;
    }

    bool apply(const SimulatorAccepted&)
    {
        const bool first = !std::exchange(m_state.simulatorAccepted, true);
        explainLater();
        return first && in(Stage::ChoosingDevice) && drill() && !m_state.rehearsal();
    }

    bool apply(const DeviceChosen& e)
    {
        const bool erased = erasesDevice(m_state.flow());
        if (!in(Stage::ChoosingDevice) || e.serial.isEmpty() || (erased && !e.keys.empty() && !e.keysGivenUp)
            || (!erased && e.keysGivenUp)
            || (m_state.before
                    ? obstacleTo(*m_state.before, e)
                    : obstacleTo(m_state.flow(), e, m_state.first ? m_state.first->device : QString())))
            return false;
        // A rehearsal and a real device never meet, in either direction; a drill may use the simulator.
        if ((m_state.rehearsal() || m_state.simulatorAccepted) != (e.authenticity == Authenticity::Simulated))
            return false;
        const bool mayBeChosen = e.authenticity == Authenticity::UnknownIssuer
            ? e.unknownMakerAccepted
            : e.authenticity == Authenticity::Simulated || e.authenticity == Authenticity::NotVerified
                || e.authenticity == Authenticity::CertificateOnly;
        if (!mayBeChosen)
            return false;
        m_state.device = e;
        m_state.devices.clear();
        if (m_state.before)
            return goOnWith(e);
        if (!erased)
            m_state.kcv = e.kcv;
        return enterStageAfterDevice();
    }

    bool apply(const SetBrought& e)
    {
        const int most = e.total == 0 ? kMostCustodians : e.total;
        if (!in(Stage::ChoosingOldSet) || e.file.isEmpty() || e.sha256.isEmpty() || e.threshold < 2
            || e.threshold > most || most > kMostCustodians || e.shareFile < 1 || e.shareFile > e.shareFiles
            || e.shareFiles > kMostShareFiles || (!e.ofAnotherTool() && (e.total == 0 || e.prime.isEmpty())))
            return false;
        m_state.brought = e;
        receiveOldSet();
        return true;
    }

    bool apply(const PrimeEntered& e)
    {
        ShareSet* set = setAt(1);
        if (!in(Stage::Importing) || !set || !set->ofAnotherTool || !set->made->prime.isEmpty()
            || e.prime.isEmpty())
            return false;
        set->made->prime = e.prime;
        set->rule.bits = static_cast<int>(e.prime.size()) * kBitsInPair;
        return true;
    }

    bool apply(const SetOpened& e)
    {
        const ShareSet* set = setAt(1);
        if (!in(Stage::Importing) || !resharing() || !set
            || static_cast<int>(set->received.size()) < set->needed())
            return false;
        m_state.oldSet = *set;
        m_state.broughtOpened = e;
        m_state.clearHeld = true;
        m_state.sets.clear();
        m_state.stage = Stage::ChoosingScheme;
        return true;
    }

    bool apply(const SetReplaced& e)
    {
        if (!in(Stage::HandingOut) || !resharing() || !allOut() || m_state.replaced
            || e != m_state.oldSheets())
            return false;
        m_state.replaced = e;
        return true;
    }

    bool apply(const CustodyRuleOverridden& e)
    {
        explainLater();
        const bool half = e.rule == CustodyRule::SoPinHalfHolderIsCustodian;
        return (half ? in(Stage::SettingPins) : in(Stage::ChoosingScheme) || in(Stage::ChoosingFirst))
            && m_state.participant(Role::Custodian, e.custodian)
            && (e.rule == CustodyRule::TooManyShares) == !e.also.empty()
            && std::ranges::all_of(e.also, [this](const SameCustodian& same) {
                   return m_state.participant(Role::Custodian, same.custodian) != nullptr;
               });
    }

    bool apply(const SchemeChosen& e)
    {
        if (!in(Stage::ChoosingScheme) || static_cast<int>(e.shareFiles.size()) > kMostShareFiles
            || !std::all_of(e.shareFiles.begin(), e.shareFiles.end(), isSound)
            || (resharing() && (e.shareFiles.size() != 1 || e.shareFiles.front().isPassword())))
            return false;
        m_state.scheme = e;
        m_state.sets.clear();
        for (const ShareFileRule& rule : e.shareFiles)
            m_state.sets.push_back(freshSet(rule, resharing() ? m_state.voidedSets : std::vector<QString>()));
        m_state.stage = e.shareFiles.empty() ? Stage::SettingPins : Stage::HandingOut;
        if (!e.shareFiles.empty())
            order(MakeSets{});
        return true;
    }

    bool apply(const SetMade& e)
    {
        ShareSet* set = setAt(e.number);
        if (!in(Stage::HandingOut) || !set || set->made || set->lost
            || set->rule.isPassword() != e.prime.isEmpty())
            return false;
        set->made = e;
        return true;
    }

    bool apply(const SetVoided& e)
    {
        ShareSet* set = setAt(e.number);
        if (!in(Stage::HandingOut) || !set || (!set->made && !begun(*set)) || set->handedOut())
            return false;
        std::vector<QString> voided = set->voided;
        if (set->made)
            voided.push_back(set->made->set);
        SheetsChosen sheets = set->sheets;
        if (resharing())
            m_state.voidedSets = voided;
        *set = freshSet(set->rule, std::move(voided));
        set->sheets = std::move(sheets);
        m_state.expectedKcv.clear();
        if (e.reason != VoidReason::WentBack)
            explainLater();
        if (resharing() && !m_state.clearHeld) {
            receiveOldSet();
            return true;
        }
        order(MakeSets{});
        return true;
    }

    bool apply(const SheetsChosen& e)
    {
        ShareSet* set = setAt(e.number);
        if (!in(Stage::HandingOut) || !set || set->rule.isPassword() || begun(*set))
            return false;
        const bool printed = e.mode == SheetMode::Printed;
        if (printed == e.printer.isEmpty()
            || (printed && e.connection != PrinterConnection::Cable && !e.overridden))
            return false;
        set->sheets = e;
        if (e.overridden)
            explainLater();
        return true;
    }

    bool apply(const TurnBegan& e)
    {
        Holder* holder = currentHolder(e.number, e.id);
        if (!holder || holder->begun)
            return false;
        holder->begun = true;
        return true;
    }

    bool apply(const TurnDeferred& e)
    {
        Holder* holder = currentHolder(e.number, e.id);
        if (!holder || holder->begun)
            return false;
        std::vector<int>& queue = setAt(e.number)->queue;
        std::rotate(queue.begin(), queue.begin() + 1, queue.end());
        return true;
    }

    bool apply(const ProofFailed& e)
    {
        const Holder* holder = currentHolder(e.number, e.id);
        explainLater();
        return holder && holder->begun;
    }

    bool apply(const ShareProved& e)
    {
        Holder* holder = currentHolder(e.number, e.id);
        ShareSet* set = setAt(e.number);
        if (!holder || !holder->begun || !set->made || e.tries < 1 || m_state.printing)
            return false;
        holder->proved = true;
        holder->tries = e.tries;
        if (e.tries > 1)
            explainLater();
        set->queue.erase(set->queue.begin());
        if (allOut())
            order(FinishHandOut{});
        return true;
    }

    bool apply(const SheetSent& e)
    {
        const Holder* holder = currentHolder(e.number, e.id);
        if (!holder || !holder->begun || m_state.printing
            || setAt(e.number)->sheets.mode != SheetMode::Printed)
            return false;
        m_state.printing = e;
        return true;
    }

    /// Also after the set became void: what the printing system kept is to be told in any case.
    bool apply(const SheetPrinted& e)
    {
        if (m_state.printing != SheetSent{ e.number, e.id })
            return false;
        m_state.printing.reset();
        const ShareSet* set = setAt(e.number);
        if (Holder* holder = currentHolder(e.number, e.id); holder && holder->begun)
            holder->print = e;
        if (!e.completed || !e.purged || !set || e.spool != set->sheets.spool)
            explainLater();
        return true;
    }

    bool apply(const HandOutFinished& e)
    {
        if (!in(Stage::HandingOut) || !allOut())
            return false;
        m_state.expectedKcv = e.kcv;
        m_state.stage = Stage::SettingPins;
        if (resharing()) {
            m_state.clearHeld = false;
            m_state.stage = Stage::Reviewing;
            order(ForgetSecrets{});
            return m_state.replaced.has_value();
        }
        return true;
    }

    /// Of nobody, or of two who take part.
    [[nodiscard]] bool mayBeHalves(const std::vector<SoPinHalf>& halves) const
    {
        if (halves.empty())
            return true;
        return halves.size() == 2 && halves[0] != halves[1]
            && std::ranges::all_of(halves, [this](const SoPinHalf& half) {
                   return m_state.participant(half.role, half.number) != nullptr;
               });
    }

    bool apply(const SettingsChosen& e)
    {
        if (!in(Stage::SettingPins) || m_state.several || m_state.device->authenticity == Authenticity::Broken
            || !mayBeHalves(e.soPinHalves) || !mayBeHalves(e.currentSoPinHalves))
            return false;
        m_state.settings = e;
        m_state.soPinHalves = withNames(e.soPinHalves);
        m_state.currentSoPinHalves = withNames(e.currentSoPinHalves);
        m_state.pinsHeld = true;
        m_state.stage = Stage::ConfirmingErase;
        return true;
    }

    bool apply(const EraseConfirmed&)
    {
        m_state.eraseConfirmed = true;
        return in(Stage::ConfirmingErase) && m_state.pinsHeld;
    }

    bool apply(const WentBack& e)
    {
        if (m_state.several)
            return wentBackWithSeveral(e.to);
        // After the point of no return one way is left: a device with a wrong DKEK is initialised anew.
        const bool again = e.to == BackTarget::Pins
            && (in(Stage::DkekMismatch) || m_state.lostCount()
                || (in(Stage::ConfirmingErase) && m_state.drill.cleaning));
        const bool elsewhere = m_state.before && e.to == BackTarget::Preparation;
        if (e.to == BackTarget::Cleaning)
            return backToCleaning();
        if (m_state.pending || (m_state.erasedAt && !again && !elsewhere))
            return false;
        switch (e.to) {
        case BackTarget::Preparation:
            // Also from within: the names of a preparation that was cut are asked for again.
            if (!in(Stage::ChoosingDevice) && !in(Stage::ChoosingOldSet) && !in(Stage::ChoosingFirst)
                && (!in(Stage::ChoosingScheme) || resharing())
                && (!in(Stage::Preparing) || m_state.participants.empty()))
                return false;
            m_state.participants.clear();
            m_state.simulatorAccepted = false;
            m_state.devices.clear();
            if (m_state.first && !m_state.before) {
                m_state.first.reset();
                m_state.scheme.reset();
                m_state.sets.clear();
                m_state.expectedKcv.clear();
            }
            m_state.stage = Stage::Preparing;
            return true;
        case BackTarget::Device:
            m_state.stage = Stage::ChoosingDevice;
            m_state.kcv.clear();
            if (m_state.onSimulator())
                dropSimulator();
            return (in(Stage::ChoosingScheme) && !resharing())
                || (m_state.flow() == Flow::GenerateMore && in(Stage::PlanningKeys))
                || (m_state.flow() == Flow::Restore && in(Stage::ChoosingBackup))
                || (m_state.first && in(Stage::SettingPins));
        case BackTarget::OldSet:
            m_state.brought.reset();
            m_state.sets.clear();
            m_state.stage = Stage::ChoosingOldSet;
            order(ForgetSecrets{});
            return in(Stage::Importing) && resharing();
        case BackTarget::Scheme:
            if ((!in(Stage::HandingOut) && !in(Stage::SettingPins)) || m_state.first)
                return false;
            if (resharing() && m_state.sets.front().made)
                m_state.voidedSets.push_back(m_state.sets.front().made->set);
            removeShareFiles();
            m_state.sets.clear();
            m_state.expectedKcv.clear();
            m_state.stage = Stage::ChoosingScheme;
            order(ForgetSecrets{});
            return true;
        case BackTarget::Pins:
            m_state.stage = Stage::SettingPins;
            m_state.pinsHeld = false;
            order(ForgetSecrets{});
            return in(Stage::ConfirmingErase) || again;
        case BackTarget::Cleaning:
            break;
        }
        return false;
    }

    bool apply(const Intended& e)
    {
        if (m_state.pending || !m_state.device || e.serial != m_state.device->serial)
            return false;
        m_state.failure.reset();
        m_state.pending = e;
        switch (e.operation) {
        case Operation::Initialise:
            m_state.stage = Stage::Initialising;
            if (!m_state.drill.cleaning)
                m_state.proof.reset();
            order(InitialiseDevice{});
            return in(Stage::ConfirmingErase) && m_state.pinsHeld;
        case Operation::ChangeSoPin:
            order(ChangeSoPin{});
            return in(Stage::Initialising) && e.number == 0 && m_state.pinsHeld;
        case Operation::ImportShareFile: {
            const ShareSet* set = setAt(e.number);
            order(ImportShareFile{ e.number, e.outstandingBefore });
            return in(Stage::Importing) && set && !set->imported
                && static_cast<int>(set->received.size()) >= set->needed()
                && e.outstandingBefore == m_state.shareFilesOutstanding;
        }
        case Operation::GenerateKey:
            order(GenerateKey{ e.number, e.keyReference });
            return in(Stage::GeneratingKeys) && m_state.nextKey() == e.number
                && keyAt(e.number)->state == KeyState::Waiting && e.keyReference > 0 && e.keyReference < 256;
        case Operation::DeleteKey: {
            const KeyRecord* key = keyAt(e.number);
            order(DeleteKey{ e.number, e.keyReference });
            return in(Stage::GeneratingKeys) && key && key->state == KeyState::TestFailed
                && key->generated->keyReference == e.keyReference;
        }
        case Operation::RestoreKey:
            order(RestoreKey{ e.number });
            if (m_state.restore.next() != e.number)
                return false;
            ++restoredAt(e.number)->tries;
            return in(Stage::RestoringKeys);
        }
        return false;
    }

    bool apply(const WorkFailed& e)
    {
        if (!pendingIs(e.operation, e.number))
            return false;
        m_state.failure = e;
        explainLater();
        if (KeyRecord* key = keyAt(e.number); key && e.operation == Operation::GenerateKey)
            ++key->failures;
        if (e.operation == Operation::RestoreKey)
            ++restoredAt(e.number)->failures;
        if (e.error == ErrorKind::DeviceNotGenuine) {
            // Whatever else it tells is worth nothing, and it is not read back: another device is to be
            // chosen.
            m_state.device->authenticity = Authenticity::Broken;
            m_state.pending.reset();
            m_state.erasedAt.reset();
            m_state.erasedOnly = false;
            m_state.soPin = SoPinInForce::Chosen;
            backToPins(true);
            return e.operation == Operation::Initialise;
        }
        if (!e.certain) {
            order(SettleIntention{ *m_state.pending });
            return true;
        }
        m_state.pending.reset();
        if (e.operation == Operation::RestoreKey)
            --restoredAt(e.number)->tries;
        if (e.operation == Operation::Initialise) {
            const bool pinRefused = e.error == ErrorKind::WrongPin || e.error == ErrorKind::PinBlocked;
            backToPins(pinRefused);
        }
        return true;
    }

    bool apply(const Settled& e)
    {
        if (e.operation == Operation::ChangeSoPin)
            return settledSoPin(e);
        if (!pendingIs(e.operation, e.number))
            return false;
        if (e.outcome == Outcome::TookEffect) {
            // The event of the effect itself follows; but a restored key is to be proved before it comes.
            if (e.operation == Operation::RestoreKey && restoredAt(e.number)->key.provable())
                m_state.pending.reset();
            return true;
        }
        m_state.pending.reset();
        if (e.outcome == Outcome::Unclear)
            explainLater();
        if (e.outcome == Outcome::Erased) {
            erased();
            m_state.erasedOnly = true;
            if (e.operation != Operation::Initialise)
                return false;
        }
        if (e.operation == Operation::Initialise)
            backToPins(e.outcome == Outcome::Unclear);
        if (e.operation == Operation::ImportShareFile && e.outcome == Outcome::Unclear)
            m_state.stage = Stage::DkekMismatch;
        return true;
    }

    bool apply(const AuthenticityProved& e)
    {
        if (!pendingIs(Operation::Initialise, 0) || m_state.proof || m_state.drill.cleaning
            || !mayProveToBe(m_state.device->authenticity, e.authenticity))
            return false;
        m_state.device->authenticity = e.authenticity;
        m_state.proof = e;
        erased();
        m_state.erasedOnly = true;
        order(InitialiseDevice{});
        return true;
    }

    bool apply(const DeviceInitialised& e)
    {
        if (!pendingIs(Operation::Initialise, 0) || e.serial != m_state.device->serial
            || (mustBeProved(m_state.device->authenticity) && !m_state.proof))
            return false;
        if (e.shareFilesTotal != m_state.shareFilesPlanned() || e.shareFilesOutstanding != e.shareFilesTotal)
            return false;
        m_state.pending.reset();
        m_state.failure.reset();
        erased();
        m_state.erasedOnly = false;
        m_state.shareFilesOutstanding = e.shareFilesOutstanding;
        if (m_state.drill.cleaning)
            m_state.drill.device = DrillDevice::Cleaned;
        if (m_state.settings->soPinReplaced)
            order(m_state.pinsHeld ? Effect(IntendSoPinChange{}) : Effect(KeepSoPin{}));
        else
            initialised(SoPinInForce::Chosen);
        return true;
    }

    bool apply(const SoPinChanged&)
    {
        if (!pendingIs(Operation::ChangeSoPin, 0))
            return false;
        initialised(SoPinInForce::Chosen);
        return true;
    }

    bool apply(const ShareReceived& e)
    {
        ShareSet* set = setAt(e.number);
        if (!in(Stage::Importing) || m_state.pending || !set || set->imported
            || static_cast<int>(set->received.size()) >= set->needed() || e.id < 1
            || e.id > (set->ofAnotherTool ? kMostIdOnSheet : set->rule.people())
            || (set->ofAnotherTool && set->made->prime.isEmpty()))
            return false;
        if (!set->received.insert(e.id).second)
            return false;
        set->wrong.erase(e.id); // typed again
        if (static_cast<int>(set->received.size()) == set->needed())
            order(RebuildShareFile{ e.number });
        return true;
    }

    bool apply(const SharesRejected& e)
    {
        ShareSet* set = setAt(e.number);
        if (!in(Stage::Importing) || m_state.pending || !set || set->imported || set->received.empty())
            return false;
        startOver(*set);
        if (set->ofAnotherTool)
            set->made->prime.clear(); // the first custodian types it again
        explainLater();
        return true;
    }

    bool apply(const ShareFoundWrong& e)
    {
        ShareSet* set = setAt(e.number);
        if (!in(Stage::Importing) || m_state.pending || !set || set->imported
            || set->received.erase(e.id) == 0)
            return false;
        set->wrong.insert(e.id);
        set->spare = 0;
        if (e.toldBy == WrongShareBy::Verifier && static_cast<int>(set->received.size()) == set->needed())
            order(RebuildShareFile{ e.number }); // enough of the others are in
        explainLater();
        return true;
    }

    bool apply(const SharesNotOpened& e)
    {
        ShareSet* set = setAt(e.number);
        if (!in(Stage::Importing) || m_state.pending || !set || set->imported || set->rule.isPassword()
            || static_cast<int>(set->received.size()) < set->needed() || !set->moreToCome())
            return false;
        ++set->spare;
        set->ofAnotherFile = e.fitTogether;
        explainLater();
        return true;
    }

    bool apply(const ShareFileImported& e)
    {
        ShareSet* set = setAt(e.number);
        if (!pendingIs(Operation::ImportShareFile, e.number) || !set
            || e.outstanding != m_state.shareFilesOutstanding - 1
            || e.total != static_cast<int>(m_state.sets.size()))
            return false;
        m_state.pending.reset();
        m_state.failure.reset();
        set->imported = true;
        m_state.shareFilesOutstanding = e.outstanding;
        if (e.outstanding == 0) {
            m_state.kcv = e.kcv;
            m_state.kcvCompared = e.kcvCompared;
            m_state.stage = Stage::NotingKeyCheckValue;
            order(ForgetSecrets{});
        }
        return true;
    }

    bool apply(const ShareFileOpened& e)
    {
        ShareSet* set = setAt(e.number);
        if (!in(Stage::Importing) || !m_state.several || !set || set->imported
            || static_cast<int>(set->received.size()) < set->needed())
            return false;
        set->imported = true; // into memory, for all of them
        goOnWithSeveral();
        return true;
    }

    bool apply(const KeyCheckValueDiffered&)
    {
        if (m_state.several) { // told before any device is touched
            explainLater();
            forgetShares();
            return in(Stage::Importing);
        }
        const bool atImport
            = pendingIs(Operation::ImportShareFile, m_state.pending ? m_state.pending->number : 0);
        if (!atImport && (!in(Stage::GeneratingKeys) || m_state.pending))
            return false;
        m_state.pending.reset();
        m_state.stage = Stage::DkekMismatch;
        explainLater();
        order(ForgetSecrets{});
        return true;
    }

    bool apply(const KeyCheckValueRead& e)
    {
        if ((!in(Stage::GeneratingKeys) && !in(Stage::RestoringKeys)) || m_state.pending
            || !m_state.kcv.isEmpty() || e.kcv.isEmpty())
            return false;
        m_state.kcv = e.kcv;
        m_state.kcvCompared = e.compared;
        return true;
    }

    bool apply(const KeyCheckValueNoted&)
    {
        if (!in(Stage::NotingKeyCheckValue))
            return false;
        m_state.stage = m_state.first ? Stage::ChoosingBackup : Stage::PlanningKeys;
        return true;
    }

    bool apply(const KeysPlanned& e)
    {
        if (!in(Stage::PlanningKeys) || (m_state.flow() == Flow::GenerateMore && e.keys.empty()))
            return false;
        const std::vector<ExistingKey> kept = m_state.keptKeys();
        m_state.keys.clear();
        for (const PlannedKey& key : e.keys) {
            const bool taken = std::any_of(m_state.keys.begin(), m_state.keys.end(),
                                   [&](const KeyRecord& other) {
                                       return other.planned.label == key.label || other.planned.id == key.id;
                                   })
                || std::any_of(kept.begin(), kept.end(),
                    [&](const ExistingKey& other) { return other.label == key.label || other.id == key.id; });
            if (taken || key.label.isEmpty() || key.id.isEmpty() || !makes(*m_state.device, key.algorithm))
                return false;
            m_state.keys.push_back(KeyRecord{ key, KeyState::Waiting, std::nullopt, 0, 0 });
        }
        m_state.stage = Stage::GeneratingKeys;
        return true;
    }

    bool apply(const KeyGenerated& e)
    {
        if (!pendingIs(Operation::GenerateKey, e.index) || m_state.pending->keyReference != e.keyReference)
            return false;
        KeyRecord* key = keyAt(e.index);
        if (card::isAes(key->planned.algorithm) && !e.publicKey.isEmpty())
            return false;
        m_state.pending.reset();
        m_state.failure.reset();
        key->generated = e;
        key->state = KeyState::Generated;
        if (e.attestation == Attestation::Unverified)
            explainLater();
        order(TestKey{ e.index });
        return true;
    }

    bool apply(const KeyTested& e)
    {
        KeyRecord* key = keyAt(e.index);
        if (!in(Stage::GeneratingKeys) || !key || key->state != KeyState::Generated
            || card::isAes(key->planned.algorithm) == e.cmac.isEmpty())
            return false;
        key->state = KeyState::Tested;
        key->testSeconds = e.seconds;
        key->challenge = e.challenge;
        key->cmac = e.cmac;
        order(ContinueGeneration{});
        return true;
    }

    bool apply(const KeyTestFailed& e)
    {
        KeyRecord* key = keyAt(e.index);
        if (!in(Stage::GeneratingKeys) || !key || key->state != KeyState::Generated)
            return false;
        key->state = KeyState::TestFailed;
        explainLater();
        return true;
    }

    bool apply(const KeySkipped& e)
    {
        KeyRecord* key = keyAt(e.index);
        if (!in(Stage::GeneratingKeys) || m_state.pending || m_state.nextKey() != e.index
            || (key->state != KeyState::Waiting && key->state != KeyState::Generated))
            return false;
        // One that was made and cannot be tested is not to be used, and can be deleted.
        key->state = key->state == KeyState::Generated ? KeyState::TestFailed : KeyState::Skipped;
        m_state.failure.reset();
        explainLater();
        return true;
    }

    bool apply(const KeyDeleted& e)
    {
        KeyRecord* key = keyAt(e.index);
        if (!pendingIs(Operation::DeleteKey, e.index) || !key)
            return false;
        m_state.pending.reset();
        key->state = KeyState::Deleted;
        return true;
    }

    bool apply(const CertificateRequested& e)
    {
        KeyRecord* key = keyAt(e.index);
        if (!in(Stage::GeneratingKeys) || m_state.pending || !key || key->state != KeyState::Tested
            || card::isAes(key->planned.algorithm)
            || std::ranges::find(key->requests, e.file, &CertificateRequested::file) != key->requests.end())
            return false;
        key->requests.push_back(e);
        return true;
    }

    bool apply(const GenerationFinished&)
    {
        if (!in(Stage::GeneratingKeys) || m_state.pending || m_state.nextKey())
            return false;
        if (m_state.hasKeysToBackUp()) {
            m_state.stage = Stage::BackingUp; // with the user PIN still at hand
            return true;
        }
        m_state.stage = Stage::Reviewing;
        order(ForgetSecrets{});
        return true;
    }

    bool apply(const KeysWrapped& e)
    {
        if (!in(Stage::BackingUp) || !accountsForAllKeys(e)
            || (!e.keys.empty() && !m_state.kcv.isEmpty() && e.kcv != m_state.kcv))
            return false;
        m_state.backup.wrappings.push_back(e);
        if (!e.leftOut.empty())
            explainLater();
        order(ForgetSecrets{});
        order(ContinueBackup{});
        return true;
    }

    bool apply(const KeysSaved& e)
    {
        BackupRecord& backup = m_state.backup;
        const bool known = e.wrapping >= 1 && e.wrapping <= static_cast<int>(backup.wrappings.size())
            && !backup.wrappings[static_cast<std::size_t>(e.wrapping - 1)].keys.empty();
        if (!in(Stage::BackingUp) || !known || e.medium != static_cast<int>(backup.media.size()) + 1
            || std::any_of(backup.media.begin(), backup.media.end(),
                [&](const KeysSaved& other) { return other.folder == e.folder; }))
            return false;
        backup.media.push_back(e);
        forgetFailure(e.folder);
        order(ContinueBackup{});
        return true;
    }

    bool apply(const KeysNotSaved& e)
    {
        if (!in(Stage::BackingUp))
            return false;
        forgetFailure(e.folder);
        m_state.backup.failed.push_back(e);
        explainLater();
        return true;
    }

    bool apply(const OneCopyConfirmed&)
    {
        BackupRecord& backup = m_state.backup;
        if (!in(Stage::BackingUp) || backup.media.size() != 1 || backup.oneCopyConfirmed)
            return false;
        backup.oneCopyConfirmed = true;
        explainLater();
        return true;
    }

    bool apply(const BackupFinished& e)
    {
        if (!in(Stage::BackingUp) || !m_state.backup.enough()
            || e.proved) // proved by another ceremony: a backup device, a drill
            return false;
        m_state.stage = Stage::Reviewing;
        order(ForgetSecrets{});
        return true;
    }

    bool apply(const BackupSkipped&)
    {
        if (!in(Stage::BackingUp) || !m_state.backup.media.empty())
            return false;
        m_state.backup.skipped = true;
        m_state.stage = Stage::Reviewing;
        explainLater();
        order(ForgetSecrets{});
        return true;
    }

    bool apply(const RestorePlanned& e)
    {
        if (!in(Stage::ChoosingBackup) || e.keys.empty() || e.kcv.isEmpty()
            || (!m_state.kcv.isEmpty() && e.kcv != m_state.kcv)
            || (!m_state.expectedKcv.isEmpty() && e.kcv != m_state.expectedKcv))
            return false;
        std::set<QString> files;
        for (const KeyToRestore& key : e.keys) {
            if (key.sha256.isEmpty() || !files.insert(key.sha256).second)
                return false;
            m_state.restore.keys.push_back({ key, RestoreState::Waiting, std::nullopt, 0 });
        }
        m_state.restore.plan = e;
        m_state.stage = Stage::RestoringKeys;
        if (m_state.several)
            goOnWithSeveral();
        return true;
    }

    bool apply(const KeyRestored& e)
    {
        if (!pendingIs(Operation::RestoreKey, e.index) || e.keyReference < 1 || e.keyReference > 255)
            return false;
        RestoredKeyRecord* key = restoredAt(e.index);
        if ((e.proved && !key->key.provable()) || (e.wasThere && key->tries > 1)
            || !isOfKey(e.publicKey, key->key.fingerprint))
            return false;
        m_state.pending.reset();
        m_state.failure.reset();
        key->restored = e;
        key->state = RestoreState::Restored;
        order(ContinueRestore{});
        return true;
    }

    bool apply(const RestoreSkipped& e)
    {
        if (!in(Stage::RestoringKeys) || m_state.pending || m_state.restore.next() != e.index)
            return false;
        restoredAt(e.index)->state = RestoreState::Skipped;
        m_state.failure.reset();
        explainLater();
        return true;
    }

    bool apply(const RestoreFinished&)
    {
        // A second device may do without the keys of the first.
        const bool without = m_state.first && in(Stage::ChoosingBackup) && !drill();
        if (!without && (!in(Stage::RestoringKeys) || m_state.pending || m_state.restore.next()))
            return false;
        if (without)
            explainLater();
        if (drill())
            return leaveDrill();
        if (m_state.several) {
            m_state.withoutKeys = true;
            goOnWithSeveral();
            return without;
        }
        if (m_state.first && !m_state.first->device.isEmpty() && m_state.restore.provable() > 0) {
            m_state.stage = Stage::ProvingClone; // with the user PIN still at hand
            return true;
        }
        m_state.stage = Stage::Reviewing;
        order(ForgetSecrets{});
        return true;
    }

    bool apply(const CloneProved& e)
    {
        if (!in(Stage::ProvingClone) || m_state.several || e.first != m_state.first->device || e.keys < 1
            || e.notSigning < 0 || e.keys + e.notSigning != m_state.restore.provable())
            return false;
        m_state.restore.cloneProof = e;
        return leaveCloneProof();
    }

    bool apply(const CloneProofFailed&)
    {
        explainLater();
        return in(Stage::ProvingClone) && !m_state.several;
    }

    bool apply(const CloneProofSkipped&) { return in(Stage::ProvingClone) && leaveCloneProof(); }

    bool apply(const KeysRefused& e)
    {
        m_state.drill.refused = e.keys;
        explainLater();
        return in(Stage::ChoosingBackup) && drill() && !e.keys.empty();
    }

    /// Also with an intention that nobody can settle: its device may be lost.
    bool apply(const DrillEnded&)
    {
        if (!m_state.mayEndDrill())
            return false;
        m_state.drill.ended = true;
        explainLater();
        leaveDrill();
        m_state.pending.reset();
        m_state.failure.reset();
        m_state.pinsHeld = false;
        return true;
    }

    bool apply(const CleaningBegan&)
    {
        if (!in(Stage::CleaningDevice) || m_state.onSimulator())
            return false;
        m_state.drill.cleaning = true;
        m_state.drill.labelBefore = m_state.settings->label;
        m_state.stage = Stage::SettingPins;
        return true;
    }

    bool apply(const CleaningSkipped&)
    {
        m_state.drill.device = DrillDevice::Kept;
        m_state.stage = Stage::Reviewing;
        explainLater();
        return in(Stage::CleaningDevice) && !m_state.onSimulator();
    }

    bool apply(const SimulatorWiped&)
    {
        m_state.drill.device = DrillDevice::Wiped;
        m_state.stage = Stage::Reviewing;
        return in(Stage::CleaningDevice) && m_state.onSimulator();
    }

    /// After the keys, before the record is sealed; and of real devices only.
    bool apply(const SecondOpinionGiven& e)
    {
        if (!in(Stage::Reviewing) || !m_state.mayAskForOpinion() || e.more < 0)
            return false;
        const auto recorded = std::ranges::count_if(
            e.keys, [](const OpinionOnKey& key) { return key.opinion != KeyOpinion::Unexpected; });
        if (recorded != static_cast<std::ptrdiff_t>(keysOnDevice(m_state).size()))
            return false;
        m_state.opinion = { e, std::nullopt };
        if (m_state.opinion.differences() > 0)
            explainLater();
        return true;
    }

    bool apply(const SecondOpinionFailed& e)
    {
        m_state.opinion.failed = e;
        explainLater();
        return in(Stage::Reviewing) && m_state.mayAskForOpinion();
    }

    bool apply(const OnDevice& e)
    {
        if (const auto* chosen = std::get_if<DeviceChosen>(&e.event))
            return e.serial == chosen->serial && chooseOneOfSeveral(*chosen);
        const auto device = std::ranges::find_if(
            m_state.devices, [&e](const CeremonyState& each) { return each.device->serial == e.serial; });
        if (!m_state.several || device == m_state.devices.end() || !hasItsTime(e.event))
            return false;
        for (std::size_t i = 0; i < m_state.sets.size(); ++i) {
            if (m_state.sets[i].imported) // who handed in shares is the same for all
                device->sets[i].received = m_state.sets[i].received;
        }
        if (!foldOn(*device, [&e](Fold& fold) {
                return std::visit([&fold](const auto& event) { return fold.apply(event); }, e.event);
            }))
            return false;
        if (device->stage == Stage::NotingKeyCheckValue) {
            device->restore.plan = m_state.restore.plan;
            device->restore.keys = m_state.restore.keys;
            device->stage = m_state.restore.plan ? Stage::RestoringKeys : Stage::Reviewing;
        }
        if (in(Stage::ProvingClone) && std::ranges::none_of(m_state.devices, [](const CeremonyState& each) {
                return each.stage == Stage::ProvingClone;
            }))
            return leaveCloneProof();
        if (m_stageBefore < Stage::MakingDevices)
            goOnWithSeveral();
        return true;
    }

    bool apply(const DevicesChosen& e)
    {
        if (!in(Stage::ChoosingDevice) || e.devices < 2
            || e.devices != static_cast<int>(m_state.devices.size()))
            return false;
        m_state.several = true;
        m_state.device.reset();
        goOnWithSeveral();
        return true;
    }

    bool apply(const DevicesFinished& e)
    {
        const auto complete
            = static_cast<int>(std::ranges::count_if(m_state.devices, &CeremonyState::complete));
        if (!m_state.mayFinishDevices() || e.complete != complete
            || e.leftOut != static_cast<int>(m_state.devices.size()) - complete)
            return false;
        if (e.leftOut > 0)
            explainLater();
        if (std::ranges::any_of(m_state.devices,
                [](const CeremonyState& each) { return each.stage == Stage::ProvingClone; })) {
            m_state.stage = Stage::ProvingClone; // with the user PIN still at hand
            order(ForgetSecrets{});
            return true;
        }
        return leaveCloneProof();
    }

    bool apply(const DeviationNoted& e)
    {
        return !e.text.trimmed().isEmpty() && m_state.stage < Stage::Sealed;
    }

    bool apply(const Explained& e)
    {
        const auto found = std::find_if(m_state.toExplain.begin(), m_state.toExplain.end(),
            [&](const ToExplain& entry) { return entry.seq == e.about; });
        if (!in(Stage::Reviewing) || found == m_state.toExplain.end())
            return false;
        found->explanation = e.text;
        return true;
    }

    bool apply(const Paused&)
    {
        m_state.paused = true;
        order(ForgetSecrets{});
        for (CeremonyState& device : m_state.devices) {
            device.paused = true;
            m_onDevices[device.device->serial].push_back(ForgetSecrets{});
        }
        return m_state.stage != Stage::Closed;
    }

    bool apply(const PausedForTravel& e)
    {
        // A set that was brought has no device, and several do not travel; other sets are all made by now.
        if (!in(Stage::Importing) || resharing() || drill() || m_state.several)
            return false;
        PausedForTravel known = travelOf(m_state);
        if (e.soPinHalves.empty() && e.currentSoPinHalves.empty()) { // older records do not tell
            known.soPinHalves.clear();
            known.currentSoPinHalves.clear();
        }
        if (e != known || !faultOf(e).isEmpty())
            return false;
        m_state.travel = e;
        m_state.paused = true;
        order(ForgetSecrets{});
        order(SaveTransport{});
        return true;
    }

    bool apply(const PartEnded& e)
    {
        if (!m_state.paused || !m_state.travel)
            return false;
        m_state.paused = false;
        m_state.partEnded = true;
        m_state.pending.reset(); // the next part settles it
        m_state.stage = Stage::Reviewing;
        if (e.checkpoint == CheckpointAnswer::None || e.tornLineDropped)
            explainLater();
        return true;
    }

    bool apply(const Resumed& e)
    {
        if (in(Stage::Closed))
            return false;
        m_state.paused = false;
        m_state.travel.reset();
        if (e.checkpoint == CheckpointAnswer::None || e.tornLineDropped)
            explainLater();
        loseMemory();
        return true;
    }

    bool apply(const Sealed&)
    {
        if (!in(Stage::Reviewing))
            return false;
        m_state.stage = Stage::Sealed;
        m_state.fingerprint = m_recorded.lineSha256;
        return true;
    }

    bool apply(const ReportSaved& e)
    {
        m_state.reports.push_back(e);
        return in(Stage::Sealed);
    }

    bool apply(const FingerprintRead& e)
    {
        m_state.fingerprintRead = e;
        return in(Stage::Sealed);
    }

    bool apply(const SheetChecked& e)
    {
        const bool ofThisCeremony = std::ranges::any_of(m_state.sets, [&e](const ShareSet& set) {
            return set.made && set.made->set == e.set && e.id >= 1 && e.id <= set.rule.total;
        });
        return ofThisCeremony && (in(Stage::Sealed) || in(Stage::Closed));
    }

    bool apply(const Closed&)
    {
        if (!in(Stage::Sealed))
            return false;
        m_state.stage = Stage::Closed;
        order(ForgetSecrets{});
        return true;
    }

private:
    [[nodiscard]] bool in(Stage stage) const { return m_stageBefore == stage; }
    [[nodiscard]] bool resharing() const { return m_state.flow() == Flow::Reshare; }
    [[nodiscard]] bool drill() const { return m_state.flow() == Flow::Drill; }
    void order(Effect effect) { m_effects.push_back(std::move(effect)); }
    void explainLater() { m_state.toExplain.push_back(ToExplain{ m_recorded.seq, m_recorded.event, {} }); }

    bool leaveCloneProof()
    {
        m_state.stage = Stage::Reviewing;
        order(ForgetSecrets{});
        return true;
    }

    /// What is on the device is to leave it before the record is finished.
    bool leaveDrill()
    {
        m_state.stage = Stage::CleaningDevice;
        if (m_state.onSimulator()) {
            order(WipeSimulator{});
        } else if (!m_heldSecret) {
            m_state.drill.device = DrillDevice::Untouched;
            m_state.stage = Stage::Reviewing;
        }
        order(ForgetSecrets{});
        return true;
    }

    bool backToCleaning()
    {
        if (!m_state.drill.cleaning || !in(Stage::SettingPins))
            return false;
        m_state.drill.cleaning = false;
        m_state.stage = Stage::CleaningDevice;
        return true;
    }

    /// It was in memory only, and so is all that was done with it.
    void dropSimulator()
    {
        m_state.device.reset();
        m_state.simulatorAccepted = false;
        m_state.settings.reset();
        m_state.soPinHalves.clear();
        m_state.currentSoPinHalves.clear();
        m_state.pinsHeld = false;
        m_state.pending.reset();
        m_state.proof.reset();
        m_state.erasedAt.reset();
        m_state.erasedOnly = false;
        m_state.soPin = SoPinInForce::Chosen;
        forgetContents();
        m_state.stage = Stage::ChoosingDevice;
        order(ForgetSecrets{});
    }

    [[nodiscard]] std::vector<NamedHalf> withNames(const std::vector<SoPinHalf>& halves) const
    {
        std::vector<NamedHalf> named;
        for (const SoPinHalf& half : halves)
            named.push_back({ half.role, half.number, m_state.participant(half.role, half.number)->name });
        return named;
    }

    static std::vector<SoPinHalf> withoutNames(const std::vector<NamedHalf>& halves)
    {
        std::vector<SoPinHalf> numbers;
        for (const NamedHalf& half : halves)
            numbers.push_back({ half.role, half.number });
        return numbers;
    }

    /// What the part before knew, in place of the steps that it did.
    void takeOver(const PausedForTravel& pause)
    {
        FirstDeviceNamed first{ pause.firstCeremony, pause.firstDevice, pause.kcv, {} };
        m_state.scheme.emplace();
        for (const TravellingShareFile& file : pause.shareFiles) {
            const ShareFileRule rule{ file.name, file.site, file.threshold, file.total, file.bits };
            const FirstShareFile known{ file.name, file.site, file.threshold, file.total, file.bits, file.set,
                file.file, file.sha256, file.prime, file.shareCheck };
            ShareSet set = freshSet(rule, {});
            set.made = setOf(known, static_cast<int>(m_state.sets.size()) + 1);
            set.queue.clear();
            set.imported = file.imported;
            m_state.scheme->shareFiles.push_back(rule);
            m_state.sets.push_back(std::move(set));
            first.shareFiles.push_back(known);
        }
        if (pause.flow == Flow::AddBackup)
            m_state.first = std::move(first);
    }

    /// It is the one that was announced, and says whether an import that was cut took place.
    bool goOnWith(const DeviceChosen& device)
    {
        const PausedForTravel& before = *m_state.before;
        if (device.shareFilesOutstanding < before.outstanding)
            setAt(before.unsettled)->imported = true;
        m_state.shareFilesOutstanding = device.shareFilesOutstanding;
        m_state.stage = Stage::Importing;
        if (device.shareFilesOutstanding > 0)
            return true;
        m_state.kcv = device.kcv;
        const bool compared = !device.kcv.isEmpty() && !before.kcv.isEmpty();
        m_state.kcvCompared = compared && device.kcv == before.kcv;
        m_state.stage = compared && !m_state.kcvCompared ? Stage::DkekMismatch : Stage::NotingKeyCheckValue;
        if (m_state.stage == Stage::DkekMismatch)
            explainLater();
        return true;
    }

    bool chooseOneOfSeveral(const DeviceChosen& e)
    {
        if (!in(Stage::ChoosingDevice) || m_state.flow() != Flow::AddBackup
            || m_state.devices.size() >= kMostDevices)
            return false;
        CeremonyState device = m_state;
        device.devices.clear();
        device.toExplain.clear();
        std::erase_if(
            m_state.devices, [&e](const CeremonyState& each) { return each.device->serial == e.serial; });
        if (!foldOn(device, [&e](Fold& fold) { return fold.apply(e); }))
            return false;
        m_state.devices.push_back(std::move(device));
        return true;
    }

    /// What the device did or did not do is told whenever it is known.
    [[nodiscard]] bool hasItsTime(const DeviceEvent& event) const
    {
        if (std::holds_alternative<SettingsChosen>(event))
            return in(Stage::SettingPins);
        if (std::holds_alternative<EraseConfirmed>(event))
            return in(Stage::ConfirmingErase);
        if (std::holds_alternative<Intended>(event) || std::holds_alternative<RestoreSkipped>(event)
            || std::holds_alternative<RestoreFinished>(event))
            return in(Stage::MakingDevices);
        if (std::holds_alternative<CloneProved>(event) || std::holds_alternative<CloneProofFailed>(event))
            return in(Stage::ProvingClone);
        return m_stageBefore < Stage::Reviewing;
    }

    template <typename Step>
    bool foldOn(CeremonyState& device, Step step)
    {
        std::vector<Effect> orders;
        Fold fold(device, orders, m_onDevices, m_recorded);
        if (!step(fold))
            return false;
        if (!device.toExplain.empty()) // the report explains it once, for all of the ceremony
            explainLater();
        device.toExplain.clear();
        std::vector<Effect>& all = m_onDevices[device.device->serial];
        all.insert(all.end(), orders.begin(), orders.end());
        return true;
    }

    /// What of several devices is still missing comes first; then they are made.
    void goOnWithSeveral()
    {
        const auto any = [this](auto what) {
            return std::ranges::any_of(
                m_state.devices, [&](const CeremonyState& each) { return !each.refused() && what(each); });
        };
        const bool opened = std::ranges::all_of(m_state.sets, &ShareSet::imported);
        if (!opened && any([](const CeremonyState& each) { return each.stage <= Stage::Importing; })) {
            m_state.stage = Stage::Importing;
        } else if (!m_state.restore.plan && !m_state.withoutKeys) {
            m_state.stage = Stage::ChoosingBackup;
        } else if (any([](const CeremonyState& each) { return each.stage == Stage::SettingPins; })) {
            m_state.stage = Stage::SettingPins;
        } else if (m_state.nextToConfirm()) {
            m_state.stage = Stage::ConfirmingErase;
        } else {
            m_state.stage = Stage::MakingDevices;
            if (in(Stage::ConfirmingErase))
                order(WorkOnDevices{});
        }
    }

    void forgetShares()
    {
        for (ShareSet& set : m_state.sets) {
            startOver(set);
            set.imported = false;
        }
    }

    bool wentBackWithSeveral(BackTarget to)
    {
        if (to == BackTarget::Device) {
            if (m_state.pastNoReturn() || m_stageBefore >= Stage::MakingDevices)
                return false;
            m_state.devices.clear();
            m_state.several = false;
            m_state.withoutKeys = false;
            m_state.restore = {};
            forgetShares();
            m_state.stage = Stage::ChoosingDevice;
            order(ForgetSecrets{});
            return true;
        }
        if (to != BackTarget::Pins || (!in(Stage::ConfirmingErase) && !in(Stage::MakingDevices)))
            return false;
        for (CeremonyState& device : m_state.devices) {
            const bool again = device.stage == Stage::SettingPins || device.stage == Stage::DkekMismatch
                || (in(Stage::ConfirmingErase) && device.stage == Stage::ConfirmingErase);
            if (!again)
                continue;
            device.stage = Stage::SettingPins;
            device.pinsHeld = false;
            device.eraseConfirmed = false;
            m_onDevices[device.device->serial].push_back(ForgetSecrets{});
        }
        goOnWithSeveral();
        return m_state.stage == Stage::SettingPins || m_state.stage == Stage::Importing;
    }

    bool enterStageAfterDevice()
    {
        switch (m_state.flow()) {
        case Flow::Establish:
            m_state.stage = Stage::ChoosingScheme;
            return true;
        case Flow::GenerateMore:
            m_state.stage = Stage::PlanningKeys;
            return true;
        case Flow::Restore:
            m_state.stage = Stage::ChoosingBackup;
            return true;
        case Flow::AddBackup:
        case Flow::Drill:
            m_state.stage = Stage::SettingPins;
            return true;
        case Flow::Reshare:
            break;
        }
        return false;
    }

    static ShareSet freshSet(const ShareFileRule& rule, std::vector<QString> voided)
    {
        ShareSet set;
        set.rule = rule;
        set.voided = std::move(voided);
        for (int id = 1; id <= rule.people(); ++id) {
            set.holders.push_back(Holder{ id, false, false, 0 });
            set.queue.push_back(id);
        }
        return set;
    }

    /// The shares of the set that was brought are handed in, from the first one on.
    void receiveOldSet()
    {
        const SetBrought& brought = *m_state.brought;
        ShareSet set;
        set.rule = { {}, {}, brought.threshold, brought.total == 0 ? kMostCustodians : brought.total,
            brought.bits };
        set.ofAnotherTool = brought.ofAnotherTool();
        SetMade made;
        made.set = brought.set;
        made.file = brought.file;
        made.sha256 = brought.sha256;
        made.prime = brought.prime;
        made.shareCheck = brought.shareCheck;
        set.made = made;
        m_state.sets = { set };
        m_state.oldSet.reset();
        m_state.broughtOpened.reset();
        m_state.clearHeld = false;
        m_state.stage = Stage::Importing;
    }

    void removeShareFiles()
    {
        RemoveShareFiles remove;
        for (std::size_t i = 0; i < m_state.sets.size(); ++i) {
            if (m_state.sets[i].made)
                remove.numbers.push_back(m_state.fileNumber(static_cast<int>(i) + 1));
        }
        if (!remove.numbers.empty())
            order(std::move(remove));
    }

    static bool begun(const ShareSet& set)
    {
        return std::any_of(set.holders.begin(), set.holders.end(), [](const Holder& h) { return h.begun; });
    }

    ShareSet* setAt(int number)
    {
        if (number < 1 || number > static_cast<int>(m_state.sets.size()))
            return nullptr;
        return &m_state.sets[static_cast<std::size_t>(number - 1)];
    }

    KeyRecord* keyAt(int index)
    {
        if (index < 0 || index >= static_cast<int>(m_state.keys.size()))
            return nullptr;
        return &m_state.keys[static_cast<std::size_t>(index)];
    }

    RestoredKeyRecord* restoredAt(int index)
    {
        return &m_state.restore.keys[static_cast<std::size_t>(index)];
    }

    /// Empty, or that of which the fingerprint is known.
    static bool isOfKey(const QString& publicKey, const QString& fingerprint)
    {
        if (publicKey.isEmpty())
            return true;
        const auto bytes = fromHex(publicKey);
        return bytes && toHex(sha256(*bytes)) == fingerprint;
    }

    /// Each tested key is wrapped or left out, no reference and no file comes twice.
    [[nodiscard]] bool accountsForAllKeys(const KeysWrapped& e) const
    {
        std::set<int> references;
        std::set<QString> files;
        for (const WrappedKeyFile& key : e.keys) {
            if (!references.insert(key.keyReference).second || key.file.isEmpty()
                || !files.insert(key.file).second)
                return false;
        }
        for (const KeyLeftOut& key : e.leftOut) {
            if (!references.insert(key.keyReference).second)
                return false;
        }
        return std::all_of(m_state.keys.begin(), m_state.keys.end(), [&](const KeyRecord& key) {
            return key.state != KeyState::Tested || references.contains(key.generated->keyReference);
        });
    }

    void forgetFailure(const QString& folder)
    {
        std::erase_if(
            m_state.backup.failed, [&](const KeysNotSaved& failure) { return failure.folder == folder; });
    }

    /// The holder whose turn it is, when it is this one's.
    Holder* currentHolder(int number, int id)
    {
        int current = 0;
        const ShareSet* handingOut = m_state.handingOut(&current);
        if (!handingOut || current != number || handingOut->queue.front() != id)
            return nullptr;
        return &setAt(number)->holders[static_cast<std::size_t>(id - 1)];
    }

    [[nodiscard]] bool allOut() const
    {
        return std::all_of(
            m_state.sets.begin(), m_state.sets.end(), [](const ShareSet& set) { return set.handedOut(); });
    }

    [[nodiscard]] bool pendingIs(Operation operation, int number) const
    {
        return m_state.pending && m_state.pending->operation == operation
            && m_state.pending->number == number;
    }

    /// Whatever was on the device is gone, but for the SO-PIN with which it was erased.
    void erased()
    {
        m_state.soPin = m_state.settings->soPinReplaced ? SoPinInForce::Previous : SoPinInForce::Chosen;
        if (m_state.drill.cleaning)
            return; // what the drill found out stays
        m_state.erasedAt = m_recorded.time;
        forgetContents();
    }

    void forgetContents()
    {
        m_state.shareFilesOutstanding = -1;
        m_state.kcv.clear();
        m_state.kcvCompared = false;
        m_state.keys.clear();
        m_state.restore = {};
        for (ShareSet& set : m_state.sets) {
            startOver(set);
            set.imported = false;
        }
    }

    static void startOver(ShareSet& set)
    {
        set.received.clear();
        set.spare = 0;
        set.ofAnotherFile = false;
        set.wrong.clear();
    }

    void initialised(SoPinInForce soPin)
    {
        m_state.pending.reset();
        m_state.failure.reset();
        m_state.pinsHeld = false;
        m_state.soPin = soPin;
        m_state.stage = m_state.drill.cleaning ? Stage::Reviewing
            : m_state.sets.empty()             ? Stage::PlanningKeys
                                               : Stage::Importing;
        order(ForgetSecrets{});
    }

    /// Without a look at the device: nothing that can be read tells which SO-PIN it has, and one that is sent
    /// to find out may be the wrong one. Not pending: the change was not even intended, or was refused.
    bool settledSoPin(const Settled& e)
    {
        const bool intended = pendingIs(Operation::ChangeSoPin, e.number);
        if (!in(Stage::Initialising) || e.number != 0 || (m_state.pending && !intended))
            return false;
        if (e.outcome != (intended ? Outcome::Unclear : Outcome::NoEffect))
            return false;
        explainLater();
        initialised(intended ? SoPinInForce::Either : SoPinInForce::Previous);
        return true;
    }

    void backToPins(bool typeAgain)
    {
        if (typeAgain && m_state.pinsHeld) {
            m_state.pinsHeld = false;
            order(ForgetSecrets{});
        }
        m_state.stage = m_state.pinsHeld ? Stage::ConfirmingErase : Stage::SettingPins;
    }

    /// What was in memory only is gone: unfinished sets, PINs, shares that were typed in.
    void loseMemory()
    {
        m_state.printing.reset();
        m_state.failure.reset();
        m_state.pinsHeld = false;
        if (m_state.onSimulator() && in(Stage::CleaningDevice))
            order(WipeSimulator{});
        else if (m_state.onSimulator() && m_state.stage < Stage::CleaningDevice)
            return dropSimulator();
        if (in(Stage::ChoosingDevice))
            m_state.simulatorAccepted = false;
        if (in(Stage::ConfirmingErase))
            m_state.stage = Stage::SettingPins;
        m_state.clearHeld = false;
        if (in(Stage::ChoosingScheme) && resharing()) {
            receiveOldSet();
        } else if (in(Stage::HandingOut) && allOut()) {
            order(FinishHandOut{});
        } else if (in(Stage::HandingOut)) {
            bool anyLost = false;
            for (std::size_t i = 0; i < m_state.sets.size(); ++i) {
                ShareSet& set = m_state.sets[i];
                set.lost = !set.handedOut() && (set.made || begun(set));
                if (set.lost)
                    order(VoidSet{ static_cast<int>(i) + 1, VoidReason::HandOutCut });
                anyLost = anyLost || set.lost;
            }
            if (!anyLost && resharing())
                receiveOldSet();
            else if (!anyLost)
                order(MakeSets{});
        }
        for (ShareSet& set : m_state.sets) {
            if (!set.imported)
                startOver(set);
        }
        if (m_state.pending)
            order(SettleIntention{ *m_state.pending });
        else if (in(Stage::Initialising))
            order(KeepSoPin{});
        loseMemoryOfSeveral();
    }

    void loseMemoryOfSeveral()
    {
        m_state.eraseConfirmed = false;
        if (!m_state.several) { // or their choice was cut
            m_state.devices.clear();
            return;
        }
        forgetShares();
        for (CeremonyState& device : m_state.devices) {
            device.paused = false;
            foldOn(device, [](Fold& fold) {
                fold.loseMemory();
                return true;
            });
        }
        if (m_stageBefore <= Stage::MakingDevices)
            goOnWithSeveral();
    }

    CeremonyState& m_state;
    std::vector<Effect>& m_effects;
    OnDevices& m_onDevices;
    const RecordedEvent& m_recorded;
    const Stage m_stageBefore = m_state.stage; ///< before this event
    const bool m_heldSecret = m_state.holdsSecret(); ///< before this event
};

} // namespace

Result<Advance> advance(const CeremonyState& state, const RecordedEvent& event)
{
    const bool first = std::holds_alternative<Opened>(event.event);
    const bool resuming
        = std::holds_alternative<Resumed>(event.event) || std::holds_alternative<PartEnded>(event.event);
    if (event.seq != state.events || first == state.opened.has_value() || (state.paused && !resuming))
        return fail(ErrorKind::NotAllowedNow, eventName(event.event));
    Advance next{ state, {} };
    Fold fold(next.state, next.effects, next.onDevices, event);
    const bool fits = std::visit([&fold](const auto& e) { return fold.apply(e); }, event.event);
    if (!fits)
        return fail(ErrorKind::NotAllowedNow, eventName(event.event));
    next.state.events = event.seq + 1;
    return next;
}

} // namespace conclave::ceremony
