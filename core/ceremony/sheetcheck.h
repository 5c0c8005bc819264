// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/ceremony/event.h"

#include <optional>

namespace conclave::ceremony {

// Blocking calls, for the thread pool.

/// The id of the ceremony whose record lies in this folder and takes a note that a sheet of `set` was
/// checked. One that is not sealed takes none: whoever paused it wrote down a code for the end of its record.
[[nodiscard]] std::optional<QString> ceremonyThatNotes(const QString& folder, const QString& set);
/// Appends the event to that record. NotAllowedNow where it takes none, errors of Transcript::open() and
/// append().
[[nodiscard]] Status noteSheetCheck(const QString& folder, const SheetChecked& check, const Clock& clock);

} // namespace conclave::ceremony
