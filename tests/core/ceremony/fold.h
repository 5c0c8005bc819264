// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/advance.h"
#include "core/ceremony/secondopinion.h"

#include <vector>

namespace conclave::ceremony {

inline QDateTime timeOf(int seq)
{
    return QDateTime(QDate(2026, 11, 23), QTime(10, 0), Qt::OffsetFromUTC, 3600).addSecs(seq);
}

/// A ceremony without files and devices: events, and what they came to.
class FoldedCeremony {
public:
    /// Whether the event fitted.
    bool take(const Event& event)
    {
        const int seq = m_state.events;
        Result<Advance> next
            = advance(m_state, RecordedEvent{ seq, timeOf(seq), event, QString::number(seq, 16) });
        if (!next) {
            m_refusal = next.error();
            return false;
        }
        m_state = std::move(next->state);
        m_effects = std::move(next->effects);
        m_events.push_back(event);
        return true;
    }
    /// Whether all of them fitted, one after the other.
    bool takeAll(const std::vector<Event>& events)
    {
        for (const Event& event : events) {
            if (!take(event))
                return false;
        }
        return true;
    }

    [[nodiscard]] const CeremonyState& state() const { return m_state; }
    [[nodiscard]] const std::vector<Effect>& effects() const { return m_effects; }
    [[nodiscard]] const std::vector<Event>& events() const { return m_events; }
    [[nodiscard]] const Error& refusal() const { return m_refusal; }

private:
    CeremonyState m_state;
    std::vector<Effect> m_effects;
    std::vector<Event> m_events;
    Error m_refusal;
};

inline const QString kSerial = QStringLiteral("DESIM0000001");

inline DeviceChosen simulatedDevice()
{
    DeviceChosen device;
    device.serial = kSerial;
    device.authenticity = Authenticity::Simulated;
    return device;
}

inline SetMade setOf(const CeremonyState& state, int number, int round = 1)
{
    SetMade made;
    made.number = number;
    made.set = QStringLiteral("SET%1R%2").arg(number).arg(round);
    const ShareSet* set = state.set(number);
    if (set && !set->rule.isPassword())
        made.prime = QStringLiteral("f34a189de5197cfb");
    return made;
}

inline std::vector<Event> upToScheme(const std::vector<ShareFileRule>& shareFiles)
{
    return { Opened{ QStringLiteral("EX-1"), {}, true, {} },
        ParticipantNamed{ Role::Officer, 1, QStringLiteral("Ada"), {} }, Prepared{}, simulatedDevice(),
        SchemeChosen{ shareFiles } };
}

/// A set of an earlier ceremony, 2 of 3.
inline SetBrought oldSet()
{
    SetBrought set;
    set.file = QStringLiteral("EX-0-share-1.pbe");
    set.sha256 = QStringLiteral("aa");
    set.ceremony = QStringLiteral("EX-0");
    set.set = QStringLiteral("OLDSET");
    set.threshold = 2;
    set.total = 3;
    set.bits = 128;
    set.prime = QStringLiteral("f34a189de5197cfb");
    return set;
}

inline const ShareFileRule kTwoOfThree{ {}, {}, 2, 3, 128 };
inline const ShareFileRule kPassword{};
inline const Intended kInitialise{ Operation::Initialise, kSerial, 0, -1, -1 };

inline std::vector<PlannedKey> twoKeys()
{
    return { { QStringLiteral("one"), QStringLiteral("01"), card::KeyAlgorithm::EcP256 },
        { QStringLiteral("two"), QStringLiteral("02"), card::KeyAlgorithm::EcP256 } };
}

/// Each key that was made, as a file.
inline KeysWrapped wrappedKeys(const CeremonyState& state)
{
    KeysWrapped wrapped;
    wrapped.kcv = QStringLiteral("630dcd2966c43366");
    wrapped.manifestSha256 = QStringLiteral("aa");
    for (const KeyRecord& key : state.keys) {
        if (key.generated)
            wrapped.keys.push_back({ key.generated->keyReference,
                QStringLiteral("EX-1-key-%1.bin").arg(wrapped.keys.size() + 1), QStringLiteral("bb") });
    }
    return wrapped;
}

/// On the next medium; the first is the ceremony's own folder.
inline KeysSaved savedKeys(const CeremonyState& state)
{
    const auto medium = static_cast<int>(state.backup.media.size()) + 1;
    return { medium, medium == 1 ? QString() : QStringLiteral("/media/%1").arg(medium),
        static_cast<int>(state.backup.wrappings.size()) };
}

inline RestorePlanned twoToRestore()
{
    const auto key = [](const char16_t* name) {
        const QString text = QString::fromUtf16(name);
        return KeyToRestore{ text + QStringLiteral(".bin"), text, text, QStringLiteral("0b"),
            QStringLiteral("EcP256"), QStringLiteral("cc"), 0 };
    };
    return { QStringLiteral("/media/keys"), QStringLiteral("EX-0"), QStringLiteral("DESIM0000009"),
        QStringLiteral("630dcd2966c43366"), { key(u"one"), key(u"two") }, 1 };
}

/// OpenSC shows each key just as it is recorded.
inline SecondOpinionGiven secondOpinion(const CeremonyState& state)
{
    SecondOpinionGiven given;
    given.library = QStringLiteral("OpenSC smartcard framework");
    given.version = QStringLiteral("0.23");
    given.loggedIn = true;
    for (const RecordedKey& key : keysOnDevice(state))
        given.keys.push_back({ key.label, key.id, KeyOpinion::Agrees });
    return given;
}

std::optional<Event> nextOfSeveralDevices(const CeremonyState& state);

/// The event that a ceremony without incidents has next; nothing when it is closed.
inline std::optional<Event> nextOfAPlainCeremony(const CeremonyState& state)
{
    if (state.several && state.stage <= Stage::ProvingClone)
        return nextOfSeveralDevices(state);
    switch (state.stage) {
    case Stage::ChoosingOldSet:
        return oldSet();
    case Stage::Preparing:
    case Stage::ChoosingFirst:
    case Stage::ChoosingDevice:
        return std::nullopt; // decided by upToScheme()
    case Stage::ChoosingScheme:
        if (state.brought)
            return SchemeChosen{ { kTwoOfThree } };
        return std::nullopt; // the same
    case Stage::HandingOut: {
        int number = 0;
        const ShareSet* out = state.handingOut(&number);
        for (std::size_t i = 0; !out && i < state.sets.size(); ++i) {
            if (state.sets[i].lost)
                return SetVoided{ static_cast<int>(i) + 1, VoidReason::HandOutCut };
            if (!state.sets[i].made && !state.sets[i].rule.isPassword())
                return setOf(
                    state, static_cast<int>(i) + 1, static_cast<int>(state.sets[i].voided.size()) + 1);
        }
        if (!out && state.oldSet && !state.replaced)
            return state.oldSheets();
        if (!out)
            return HandOutFinished{ QStringLiteral("630dcd2966c43366") };
        const int id = out->queue.front();
        if (!out->holders[static_cast<std::size_t>(id - 1)].begun)
            return TurnBegan{ number, id };
        if (!out->made)
            return setOf(state, number, static_cast<int>(out->voided.size()) + 1);
        return ShareProved{ number, id, 1 };
    }
    case Stage::SettingPins:
        return SettingsChosen{ QStringLiteral("CA"), 3, Unblocking::CounterOnly, false };
    case Stage::ConfirmingErase:
        return Intended{ Operation::Initialise, state.device->serial, 0, -1, -1 };
    case Stage::Initialising: {
        if (!state.pending) {
            if (state.pinsHeld)
                return Intended{ Operation::ChangeSoPin, state.device->serial, 0, -1, -1 };
            return Settled{ Operation::ChangeSoPin, 0, Outcome::NoEffect };
        }
        if (state.pending->operation == Operation::ChangeSoPin)
            return SoPinChanged{};
        const int files = state.shareFilesPlanned();
        return DeviceInitialised{ state.device->serial, files, files };
    }
    case Stage::Importing: {
        if (state.pending)
            return ShareFileImported{ state.pending->number, state.shareFilesOutstanding - 1,
                static_cast<int>(state.sets.size()),
                state.shareFilesOutstanding == 1 ? QStringLiteral("630dcd2966c43366") : QString(), true };
        for (std::size_t i = 0; i < state.sets.size(); ++i) {
            const ShareSet& set = state.sets[i];
            const int number = static_cast<int>(i) + 1;
            if (set.imported)
                continue;
            if (set.ofAnotherTool && set.made->prime.isEmpty())
                return PrimeEntered{ QStringLiteral("f34a189de5197cfb") };
            if (static_cast<int>(set.received.size()) == set.needed() && state.brought)
                return SetOpened{};
            if (static_cast<int>(set.received.size()) == set.needed())
                return Intended{ Operation::ImportShareFile, state.device->serial, number,
                    state.shareFilesOutstanding, -1 };
            return ShareReceived{ number, set.rule.people() - static_cast<int>(set.received.size()) };
        }
        return std::nullopt;
    }
    case Stage::NotingKeyCheckValue:
        return KeyCheckValueNoted{};
    case Stage::DkekMismatch:
        return WentBack{ BackTarget::Pins };
    case Stage::PlanningKeys:
        return KeysPlanned{ twoKeys() };
    case Stage::GeneratingKeys: {
        const std::optional<int> next = state.nextKey();
        if (!next)
            return GenerationFinished{};
        if (state.pending)
            return KeyGenerated{ *next, state.pending->keyReference, {}, {}, 1 };
        if (state.keys[static_cast<std::size_t>(*next)].state == KeyState::Generated)
            return KeyTested{ *next, 1 };
        return Intended{ Operation::GenerateKey, kSerial, *next, -1, *next + 1 };
    }
    case Stage::BackingUp:
        if (state.backup.wrappings.empty())
            return wrappedKeys(state);
        if (!state.backup.enough())
            return savedKeys(state);
        return BackupFinished{ false };
    case Stage::ChoosingBackup:
        return twoToRestore();
    case Stage::RestoringKeys: {
        const std::optional<int> next = state.restore.next();
        if (!next)
            return RestoreFinished{};
        if (state.pending)
            return KeyRestored{ *next, *next + 20, true, 1 };
        return Intended{ Operation::RestoreKey, state.device->serial, *next, -1, -1 };
    }
    case Stage::MakingDevices:
        return std::nullopt; // told by nextOfSeveralDevices()
    case Stage::ProvingClone:
        return CloneProved{ state.first->device, state.restore.provable(), 0 };
    case Stage::CleaningDevice:
        if (state.onSimulator())
            return SimulatorWiped{};
        return CleaningBegan{};
    case Stage::Reviewing:
        return Sealed{};
    case Stage::Sealed:
        return Closed{};
    case Stage::Closed:
        return std::nullopt;
    }
    return std::nullopt;
}

/// What is next on one of several devices.
inline std::optional<Event> nextOnDevice(const CeremonyState& device)
{
    std::optional<Event> next = nextOfAPlainCeremony(device);
    if (next && std::holds_alternative<ShareReceived>(*next)) // for all of them, and before
        next = Intended{ Operation::ImportShareFile, device.device->serial,
            std::get<ShareReceived>(*next).number, device.shareFilesOutstanding, -1 };
    if (!next)
        return std::nullopt;
    return std::visit(
        [&device](const auto& event) -> std::optional<Event> {
            if constexpr (std::is_constructible_v<DeviceEvent, decltype(event)>)
                return OnDevice{ device.device->serial, event };
            else
                return std::nullopt;
        },
        *next);
}

/// What is missing for all of them, then one device after the other.
inline std::optional<Event> nextOfSeveralDevices(const CeremonyState& state)
{
    const auto first = [&state](auto is) -> const CeremonyState* {
        const auto found = std::ranges::find_if(state.devices, is);
        return found == state.devices.end() ? nullptr : &*found;
    };
    const auto setsPins = [](const CeremonyState& device) { return device.stage == Stage::SettingPins; };
    switch (state.stage) {
    case Stage::Importing:
        for (std::size_t i = 0; i < state.sets.size(); ++i) {
            const ShareSet& set = state.sets[i];
            const int number = static_cast<int>(i) + 1;
            if (set.imported)
                continue;
            const auto received = static_cast<int>(set.received.size());
            if (received < set.needed())
                return ShareReceived{ number, set.rule.people() - received };
            return ShareFileOpened{ number };
        }
        return std::nullopt;
    case Stage::ChoosingBackup:
        return twoToRestore();
    case Stage::SettingPins:
        return nextOnDevice(*first(setsPins));
    case Stage::ConfirmingErase:
        return OnDevice{ state.nextToConfirm()->device->serial, EraseConfirmed{} };
    case Stage::MakingDevices:
        if (first(setsPins))
            return WentBack{ BackTarget::Pins };
        if (const auto* device = first([](const CeremonyState& each) { return !each.complete(); }))
            return nextOnDevice(*device);
        return DevicesFinished{ static_cast<int>(state.devices.size()), 0 };
    case Stage::ProvingClone:
        return nextOnDevice(
            *first([](const CeremonyState& each) { return each.stage == Stage::ProvingClone; }));
    default:
        return std::nullopt;
    }
}

/// Goes on until the state is as wanted; false when the ceremony ends before, or an event is refused.
template <typename Wanted>
bool goOnUntil(FoldedCeremony& ceremony, Wanted wanted)
{
    while (!wanted(ceremony.state())) {
        const std::optional<Event> next = nextOfAPlainCeremony(ceremony.state());
        if (!next || !ceremony.take(*next))
            return false;
    }
    return true;
}

inline bool goOnTo(FoldedCeremony& ceremony, Stage stage)
{
    return goOnUntil(ceremony, [stage](const CeremonyState& state) { return state.stage == stage; });
}

} // namespace conclave::ceremony
