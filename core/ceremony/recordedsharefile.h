// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/ceremony/event.h"

namespace conclave::ceremony {

// Blocking calls, for the thread pool.

/// That the folder holds the share file that was recorded: FileUnreadable, ShareFileOfAnotherSet.
[[nodiscard]] Status checkShareFile(const QString& folder, const SetMade& made);
/// Puts the recorded share file back, on the disk and read back. One that fits stays as it is; another one of
/// its name is kept beside it with ".altered" after its name. ShareFileOfAnotherSet when `content` is not
/// what was recorded, FileExists, FileUnwritable, FileUnreadable.
[[nodiscard]] Status putBackShareFile(const QString& folder, const SetMade& made, ByteView content);

} // namespace conclave::ceremony
