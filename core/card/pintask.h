// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/smartcardhsm.h"

#include <array>
#include <optional>

namespace conclave::card {

/// What can be done with the PINs of an initialised device (smartcard-hsm.md, 2.3 and 2.4).
enum class PinTask {
    ChangeUserPin,
    ReplaceTransportPin, ///< the same command; only after it the user PIN opens anything
    ChangeSoPin,
    ResetCounter, ///< the user PIN gets its tries back, and stays what it is
    SetUserPin, ///< by the SO-PIN, whatever the user PIN was
};
inline constexpr std::array kAllPinTasks{ PinTask::ChangeUserPin, PinTask::ReplaceTransportPin,
    PinTask::ChangeSoPin, PinTask::ResetCounter, PinTask::SetUserPin };

/// Why a device cannot do a task, or why it is not tried.
enum class PinObstacle {
    NotInitialised,
    UserPinNotSet, ///< logins are by public keys alone
    UserPinBlocked,
    TransportPinActive,
    NoTransportPin,
    SoPinBlocked,
    TriesNotTold, ///< no PIN is tried blind
    UnblockingOff,
    CounterOnly,
};

[[nodiscard]] bool needsSoPin(PinTask task);
/// Nothing when the device, as it tells of itself, can do it.
[[nodiscard]] std::optional<PinObstacle> obstacleTo(PinTask task, const DeviceStatus& status);
/// How many tries the PIN that the task needs has left; nothing where the device does not tell: a transport
/// PIN's counter is hidden.
[[nodiscard]] std::optional<int> triesFor(PinTask task, const DeviceStatus& status);

/// What was typed; what a task does not need is empty. SO-PINs are 16 hex digits, ASCII.
struct PinEntries {
    SecretBytes userPin{};
    SecretBytes newUserPin{};
    SecretBytes soPin{};
    SecretBytes newSoPin{};
};
/// Before anything goes to a device. PinRule; SoPinRule.
[[nodiscard]] Status checkEntries(PinTask task, const PinEntries& entries);

enum class PinVerdict {
    Done, ///< the device says so, and shows it
    NotDone, ///< refused by the device; nothing changed but a counter
    NotTried, ///< the device is not as it was when the task was confirmed
    Unclear, ///< no answer, or one that does not fit what the device shows
};

struct PinResult {
    PinVerdict verdict = PinVerdict::Unclear;
    std::optional<Error> error{}; ///< of the command; nothing when it was answered with success
    std::optional<DeviceStatus> after{}; ///< nothing when the device could not be asked
};

/// One try. `confirmed` is what the people were told of the device: when its PINs stand differently, nothing
/// is sent. A new user PIN is proved by a login, a SO-PIN never. Ends a login. Errors only where nothing was
/// sent: those of checkEntries() and of status().
[[nodiscard]] Result<PinResult> performPinTask(
    SmartCardHsm& hsm, PinTask task, const PinEntries& entries, const DeviceStatus& confirmed);

/// The PIN is blocked now, or was before: another try makes no sense.
[[nodiscard]] bool leavesNoTries(const Error& error);

/// Whether a task without an answer took effect, as far as the device shows it.
[[nodiscard]] PinVerdict settlePinTask(PinTask task, const DeviceStatus& before, const DeviceStatus& after);

} // namespace conclave::card
