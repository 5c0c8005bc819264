// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/state.h"

#include <algorithm>

namespace conclave::ceremony {

namespace {
constexpr int kHex = 16;
}

QString labelOf(const std::vector<KeyRecord>& keys, int reference)
{
    const auto found = std::find_if(keys.begin(), keys.end(), [reference](const KeyRecord& key) {
        return key.generated && key.generated->keyReference == reference && key.state != KeyState::Deleted;
    });
    return found == keys.end() ? QString() : found->planned.label;
}

std::vector<Step> stepsOf(Flow flow)
{
    switch (flow) {
    case Flow::Establish:
        return { Step::Prepare, Step::Detect, Step::Scheme, Step::HandOut, Step::Initialise, Step::Import,
            Step::Generate, Step::BackUp, Step::Report };
    case Flow::Reshare:
        return { Step::Prepare, Step::OldSet, Step::Scheme, Step::HandOut, Step::Report };
    case Flow::GenerateMore:
    case Flow::Restore:
    case Flow::AddBackup:
        break;
    }
    return { Step::Prepare, Step::Detect, Step::Report };
}

bool BackupRecord::enough() const
{
    return media.size() >= 2 || (media.size() == 1 && oneCopyConfirmed);
}

bool CeremonyState::hasKeysToBackUp() const
{
    if (scheme && !withBackup())
        return false;
    if (stage < Stage::GeneratingKeys)
        return true;
    return std::any_of(keys.begin(), keys.end(),
        [](const KeyRecord& key) { return key.state == KeyState::Tested || !key.done(); });
}

bool CeremonyState::passwordsOnly() const
{
    return std::all_of(sets.begin(), sets.end(), [](const ShareSet& set) { return set.rule.isPassword(); });
}

const ParticipantNamed* CeremonyState::participant(Role role, int number) const
{
    const auto found = std::find_if(participants.begin(), participants.end(),
        [&](const ParticipantNamed& p) { return p.role == role && p.number == number; });
    return found == participants.end() ? nullptr : &*found;
}

int CeremonyState::custodianNumber(int number, int id) const
{
    int before = 0;
    for (int i = 0; i < number - 1 && i < static_cast<int>(sets.size()); ++i)
        before += sets[static_cast<std::size_t>(i)].rule.people();
    return before + id;
}

QString CeremonyState::custodianName(int number, int id) const
{
    const ParticipantNamed* person = participant(Role::Custodian, custodianNumber(number, id));
    return person ? person->name : QString();
}

const ShareSet* CeremonyState::handingOut(int* number) const
{
    if (stage != Stage::HandingOut)
        return nullptr;
    const bool allMade = std::all_of(sets.begin(), sets.end(),
        [](const ShareSet& set) { return (set.made || set.rule.isPassword()) && !set.lost; });
    if (!allMade)
        return nullptr;
    for (std::size_t i = 0; i < sets.size(); ++i) {
        if (!sets[i].handedOut()) {
            if (number)
                *number = static_cast<int>(i) + 1;
            return &sets[i];
        }
    }
    return nullptr;
}

const ShareSet* CeremonyState::set(int number) const
{
    if (number < 1 || number > static_cast<int>(sets.size()))
        return nullptr;
    return &sets[static_cast<std::size_t>(number - 1)];
}

SetReplaced CeremonyState::oldSheets() const
{
    SetReplaced list{ brought->set, brought->file, brought->sha256, {}, brought->total > 0 };
    const std::set<int>& received = oldSet->received;
    if (list.allListed) {
        for (int id = 1; id <= brought->total; ++id)
            list.sheets.push_back({ QString::number(id), received.contains(id) });
    } else {
        for (const int id : received)
            list.sheets.push_back({ QString::number(id, kHex), true });
    }
    return list;
}

std::vector<Step> CeremonyState::steps() const
{
    if (flow() == Flow::Reshare)
        return stepsOf(Flow::Reshare);
    if (scheme && scheme->shareFiles.empty())
        return { Step::Prepare, Step::Detect, Step::Scheme, Step::Initialise, Step::Generate, Step::Report };
    std::vector<Step> all{ Step::Prepare, Step::Detect, Step::Scheme, Step::HandOut, Step::Initialise,
        Step::Import, Step::Generate };
    if (hasKeysToBackUp())
        all.push_back(Step::BackUp);
    all.push_back(Step::Report);
    return all;
}

Step CeremonyState::step() const
{
    switch (stage) {
    case Stage::Preparing:
        return Step::Prepare;
    case Stage::ChoosingOldSet:
        return Step::OldSet;
    case Stage::ChoosingDevice:
        return Step::Detect;
    case Stage::ChoosingScheme:
        return Step::Scheme;
    case Stage::HandingOut:
        return Step::HandOut;
    case Stage::SettingPins:
    case Stage::ConfirmingErase:
    case Stage::Initialising:
        return Step::Initialise;
    case Stage::Importing:
        return flow() == Flow::Reshare ? Step::OldSet : Step::Import;
    case Stage::NotingKeyCheckValue:
    case Stage::DkekMismatch:
        return Step::Import;
    case Stage::PlanningKeys:
    case Stage::GeneratingKeys:
        return Step::Generate;
    case Stage::BackingUp:
        return Step::BackUp;
    case Stage::Reviewing:
    case Stage::Sealed:
    case Stage::Closed:
        return Step::Report;
    }
    return Step::Report;
}

std::optional<int> CeremonyState::nextKey() const
{
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (!keys[i].done())
            return static_cast<int>(i);
    }
    return std::nullopt;
}

} // namespace conclave::ceremony
