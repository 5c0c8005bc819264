// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/state.h"

#include "core/ceremony/devicechoice.h"

#include <algorithm>

namespace conclave::ceremony {

namespace {
constexpr int kHex = 16;
constexpr int kMostCustodians = 99;
} // namespace

bool isSound(const ShareFileRule& rule)
{
    if (rule.isPassword())
        return rule.threshold == 0 && rule.bits == 0;
    return rule.threshold >= 2 && rule.threshold <= rule.total && rule.total <= kMostCustodians
        && (rule.bits == 64 || rule.bits == 128 || rule.bits == 160);
}

QString labelOf(const std::vector<KeyRecord>& made, const std::vector<ExistingKey>& kept, int reference)
{
    const auto found = std::find_if(made.begin(), made.end(), [reference](const KeyRecord& key) {
        return key.generated && key.generated->keyReference == reference && key.state != KeyState::Deleted;
    });
    if (found != made.end())
        return found->planned.label;
    const auto old = std::ranges::find(kept, reference, &ExistingKey::reference);
    return old == kept.end() ? QString() : old->label;
}

std::vector<Step> stepsOf(Flow flow)
{
    switch (flow) {
    case Flow::Establish:
        return { Step::Prepare, Step::Detect, Step::Scheme, Step::HandOut, Step::Initialise, Step::Import,
            Step::Generate, Step::BackUp, Step::Report };
    case Flow::GenerateMore:
        return { Step::Prepare, Step::Detect, Step::Generate, Step::BackUp, Step::Report };
    case Flow::Restore:
        return { Step::Prepare, Step::Detect, Step::Restore, Step::Report };
    case Flow::AddBackup:
        return { Step::Prepare, Step::Detect, Step::Initialise, Step::Import, Step::Restore, Step::Report };
    case Flow::Drill:
        return { Step::Prepare, Step::Detect, Step::Initialise, Step::Import, Step::Restore, Step::Clean,
            Step::Report };
    case Flow::Reshare:
        return { Step::Prepare, Step::OldSet, Step::Scheme, Step::HandOut, Step::Report };
    }
    return { Step::Prepare, Step::Detect, Step::Report };
}

bool BackupRecord::enough() const
{
    return media.size() >= 2 || (media.size() == 1 && oneCopyConfirmed);
}

std::vector<ExistingKey> CeremonyState::keptKeys() const
{
    return device && !erasesDevice(flow()) ? device->keys : std::vector<ExistingKey>();
}

bool CeremonyState::holdsSecret() const
{
    const bool importing = pending && pending->operation == Operation::ImportShareFile;
    // Initialised, and sent back to the PINs: that is after another secret came out of the share files.
    const bool again = !erasedOnly && (stage == Stage::SettingPins || stage == Stage::ConfirmingErase);
    return erasedAt
        && (importing || again || stage == Stage::DkekMismatch
            || std::ranges::any_of(sets, &ShareSet::imported));
}

bool CeremonyState::mayEndDrill() const
{
    return flow() == Flow::Drill && stage >= Stage::ChoosingFirst && stage < Stage::CleaningDevice
        && !drill.cleaning;
}

int CeremonyState::shareFilesPlanned() const
{
    return sets.empty() || drill.cleaning ? -1 : static_cast<int>(sets.size());
}

QString CeremonyState::labelOf(int reference) const
{
    return ceremony::labelOf(keys, keptKeys(), reference);
}

bool CeremonyState::withBackup() const
{
    if (erasesDevice(flow()))
        return scheme && !scheme->shareFiles.empty();
    return device && device->shareFilesTotal > 0 && device->shareFilesOutstanding == 0;
}

std::optional<int> RestoreRecord::next() const
{
    const auto waiting = std::ranges::find(keys, RestoreState::Waiting, &RestoredKeyRecord::state);
    return waiting == keys.end() ? std::nullopt : std::optional(static_cast<int>(waiting - keys.begin()));
}

int RestoreRecord::restored() const
{
    return static_cast<int>(std::ranges::count(keys, RestoreState::Restored, &RestoredKeyRecord::state));
}

int RestoreRecord::proved() const
{
    return static_cast<int>(std::ranges::count_if(
        keys, [](const RestoredKeyRecord& each) { return each.restored && each.restored->proved; }));
}

int RestoreRecord::provable() const
{
    return static_cast<int>(std::ranges::count_if(
        keys, [](const RestoredKeyRecord& each) { return each.restored && each.key.provable(); }));
}

bool isDifference(KeyOpinion opinion)
{
    return opinion != KeyOpinion::Agrees && opinion != KeyOpinion::Listed
        && opinion != KeyOpinion::NotVisible;
}

int OpinionRecord::differences() const
{
    return given ? static_cast<int>(std::ranges::count_if(given->keys, isDifference, &OpinionOnKey::opinion))
            + given->more
                 : 0;
}

int OpinionRecord::agreements() const
{
    return given ? static_cast<int>(std::ranges::count_if(given->keys,
               [](const OpinionOnKey& key) {
                   return key.opinion == KeyOpinion::Agrees || key.opinion == KeyOpinion::Listed;
               }))
                 : 0;
}

bool CeremonyState::hasKeysToBackUp() const
{
    const bool decided = erasesDevice(flow()) ? scheme.has_value() : device.has_value();
    if (decided && !withBackup())
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

bool CeremonyState::pastNoReturn() const
{
    return erasedAt || std::ranges::any_of(devices, &CeremonyState::pastNoReturn);
}

const CeremonyState* CeremonyState::onDevice(const QString& serial) const
{
    const auto found = std::ranges::find_if(
        devices, [&serial](const CeremonyState& each) { return each.device->serial == serial; });
    return found == devices.end() ? nullptr : &*found;
}

bool CeremonyState::mayFinishDevices() const
{
    return several && stage >= Stage::SettingPins && stage <= Stage::MakingDevices
        && (stage == Stage::MakingDevices || pastNoReturn());
}

const CeremonyState* CeremonyState::nextToConfirm() const
{
    const auto found = std::ranges::find_if(devices, [](const CeremonyState& each) {
        return each.stage == Stage::ConfirmingErase && !each.eraseConfirmed && !each.refused();
    });
    return found == devices.end() ? nullptr : &*found;
}

const ParticipantNamed* CeremonyState::participant(Role role, int number) const
{
    const auto found = std::find_if(participants.begin(), participants.end(),
        [&](const ParticipantNamed& p) { return p.role == role && p.number == number; });
    return found == participants.end() ? nullptr : &*found;
}

int CeremonyState::custodianNumber(int number, int id) const
{
    int earlier = 0;
    for (int i = 0; i < number - 1 && i < static_cast<int>(sets.size()); ++i)
        earlier += sets[static_cast<std::size_t>(i)].rule.people();
    return earlier + id;
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
    std::vector<Step> all = stepsOf(flow());
    if (several) // the shares come before anything is erased
        std::swap(*std::ranges::find(all, Step::Initialise), *std::ranges::find(all, Step::Import));
    if (scheme && scheme->shareFiles.empty())
        std::erase_if(all, [](Step step) { return step == Step::HandOut || step == Step::Import; });
    if (before) { // the part before did these, unless the device is to be initialised again
        const bool again = stage >= Stage::SettingPins && stage <= Stage::Initialising;
        std::erase_if(all, [again](Step step) {
            return step == Step::Scheme || step == Step::HandOut || (step == Step::Initialise && !again);
        });
    }
    if (partEnded)
        std::erase_if(all, [](Step step) {
            return step == Step::Generate || step == Step::BackUp || step == Step::Restore;
        });
    if (!hasKeysToBackUp())
        std::erase(all, Step::BackUp);
    return all;
}

Step CeremonyState::step() const
{
    if (drill.cleaning && stage < Stage::CleaningDevice)
        return Step::Clean;
    switch (stage) {
    case Stage::Preparing:
    case Stage::ChoosingFirst:
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
    case Stage::ChoosingBackup:
        return several ? Step::Import : Step::Restore;
    case Stage::RestoringKeys:
    case Stage::MakingDevices:
    case Stage::ProvingClone:
        return Step::Restore;
    case Stage::CleaningDevice:
        return Step::Clean;
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
