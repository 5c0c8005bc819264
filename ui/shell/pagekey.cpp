// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/pagekey.h"

namespace conclave::ui {

using namespace ceremony;

namespace {

/// Work that has the screen to itself. Saving, key generation and backup go on behind a page of their own.
bool fillsScreen(WorkKind kind)
{
    switch (kind) {
    case WorkKind::Loading:
    case WorkKind::MakingSets:
    case WorkKind::Initialising:
    case WorkKind::Rebuilding:
    case WorkKind::Importing:
    case WorkKind::ReadingShareFiles:
    case WorkKind::OpeningBackup:
        return true;
    case WorkKind::Settling:
    case WorkKind::None:
    case WorkKind::Generating:
    case WorkKind::Testing:
    case WorkKind::Deleting:
    case WorkKind::RequestingCertificate:
    case WorkKind::WrappingKeys:
    case WorkKind::SavingKeys:
    case WorkKind::Restoring:
    case WorkKind::ProvingClone:
    case WorkKind::AskingForOpinion:
    case WorkKind::Saving:
        return false;
    }
    return false;
}

/// Of several devices one after the other is confirmed.
int turnOfErase(const CeremonyState& state)
{
    const CeremonyState* next = state.nextToConfirm();
    return next ? static_cast<int>(next - state.devices.data()) + 1 : 0;
}

PageKey pageOfTurn(const Ceremony& ceremony)
{
    const ShareSet* set = ceremony.state().set(ceremony.turnSet());
    const bool importing = ceremony.state().stage == Stage::Importing;
    // The custodian of an import is not known before the share is typed; the turns are told apart by count.
    const int turn = importing && set ? static_cast<int>(set->received.size()) : ceremony.turnId();
    PageId id = PageId::Curtain;
    switch (ceremony.turnPhase()) {
    case TurnPhase::None:
        id = importing ? PageId::Import : PageId::HandOut;
        break;
    case TurnPhase::Curtain:
        id = PageId::Curtain;
        break;
    case TurnPhase::Reveal:
        id = PageId::Reveal;
        break;
    case TurnPhase::Password:
        id = PageId::Password;
        break;
    case TurnPhase::Proof:
        id = PageId::Proof;
        break;
    case TurnPhase::Entry:
        id = PageId::Entry;
        break;
    }
    return { id, ceremony.turnSet(), turn };
}

} // namespace

PageKey pageFor(const Ceremony& ceremony)
{
    const CeremonyState& state = ceremony.state();
    if (fillsScreen(ceremony.work().kind))
        return { PageId::Working };
    if (ceremony.trouble())
        return { PageId::Trouble };
    if (state.stage == Stage::Closed)
        return { PageId::Closed };
    if (ceremony.awaitsTransport())
        return { PageId::Transport };
    if (ceremony.awaitsCheckpoint())
        return { PageId::Resume };
    if (state.paused)
        return { PageId::Paused };
    switch (state.stage) {
    case Stage::Preparing:
        return { PageId::Prepare };
    case Stage::ChoosingOldSet:
        return { PageId::OldSet };
    case Stage::ChoosingFirst:
        return { PageId::FirstDevice };
    case Stage::ChoosingDevice:
        return { PageId::Detect };
    case Stage::ChoosingScheme:
        return { PageId::Scheme };
    case Stage::HandingOut:
        return pageOfTurn(ceremony);
    case Stage::SettingPins:
        return { PageId::Pins };
    case Stage::ConfirmingErase:
        return { PageId::Erase, 0, turnOfErase(state) };
    case Stage::Initialising:
        return { PageId::Working };
    case Stage::Importing:
        if (state.pending)
            return { PageId::Working };
        return pageOfTurn(ceremony);
    case Stage::NotingKeyCheckValue:
        return { PageId::KeyCheckValue };
    case Stage::DkekMismatch:
        return { PageId::DkekMismatch };
    case Stage::PlanningKeys:
        return { PageId::KeyPlan };
    case Stage::GeneratingKeys:
        return { PageId::Generate };
    case Stage::BackingUp:
        return { PageId::BackUp };
    case Stage::ChoosingBackup:
        return { PageId::ChooseBackup };
    case Stage::RestoringKeys:
        return { PageId::Restore };
    case Stage::MakingDevices:
        return { PageId::Devices };
    case Stage::ProvingClone:
        return { PageId::CloneProof };
    case Stage::CleaningDevice:
        return { state.onSimulator() ? PageId::Working : PageId::CleanDevice };
    case Stage::Reviewing:
        return { ceremony.opinionSought() ? PageId::SecondOpinion : PageId::Review };
    case Stage::Sealed:
        return { PageId::Report };
    case Stage::Closed:
        return { PageId::Closed };
    }
    return {};
}

} // namespace conclave::ui
