// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/pintask.h"
#include "ui/text/errortext.h"

#include <QString>

namespace conclave::ui {

// The words of what can be done with a device's PINs.

/// "Change the user PIN"; with a mnemonic.
[[nodiscard]] QString pinTaskChoice(card::PinTask task);
/// The same without.
[[nodiscard]] QString pinTaskName(card::PinTask task);
/// Who needs what for it, in a sentence or two.
[[nodiscard]] QString pinTaskSentence(card::PinTask task);
/// Why it cannot be done, in a sentence or two.
[[nodiscard]] QString pinObstacleSentence(card::PinObstacle obstacle);
/// What the device showed when it was done, and what to do with the notes of PINs.
[[nodiscard]] QString pinDoneSentence(card::PinTask task);
[[nodiscard]] QString pinDoneNext(card::PinTask task);
/// The device shows that a task without an answer had no effect.
[[nodiscard]] QString pinNotDoneSentence(card::PinTask task);
/// Which PINs may be in force when the device does not show whether a task took effect.
[[nodiscard]] QString pinUnclearSentence(card::PinTask task);
/// The device refused. `options`: INITIALIZE's option byte, which decides what helps.
[[nodiscard]] ErrorText describePinRefusal(card::PinTask task, const Error& error, std::uint8_t options);
/// Whether it took effect is not known; `error` where there was one.
[[nodiscard]] ErrorText describePinDoubt(card::PinTask task, const std::optional<Error>& error);

} // namespace conclave::ui
