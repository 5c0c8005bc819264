// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/ceremony.h"

#include <QString>
#include <QStringList>

namespace conclave::ui {

/// A failure in words: what happened, what is safe, what to do next (ui.md, 1).
struct ErrorText {
    QString head; ///< one sentence
    QString happened;
    QString safe;
    QStringList next; ///< in order
    QString details; ///< codes for the technician
    bool waitsForDevice = false; ///< goes on by itself when the device is back
};

/// The words of one kind of error, whatever was going on. Every kind has its own; a test walks them all.
[[nodiscard]] ErrorText describeError(const Error& error);
/// With what the ceremony makes safe, and the device and key in question.
[[nodiscard]] ErrorText describeTrouble(
    const ceremony::CeremonyState& state, const ceremony::Trouble& trouble);
/// The device is not in a reader, or no longer.
[[nodiscard]] bool isDisconnection(ErrorKind kind);
/// Why wrapped keys could not be saved to a medium, in one sentence.
[[nodiscard]] QString mediumSentence(ErrorKind error);
/// The head sentence alone, to show beside a field or in a note.
[[nodiscard]] QString errorSentence(const Error& error);

} // namespace conclave::ui
