// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/ceremony/event.h"

namespace conclave::ceremony {

/// A share file that was made before, chosen by itself or by its companion: of a set of another tool when no
/// companion lies beside it. What only its sheets tell is empty then. FileUnreadable, NotAShareFile,
/// NotACompanion, ShareFileOfAnotherSet when file and companion do not belong together. Blocks.
[[nodiscard]] Result<SetBrought> readOldSet(const QString& path);

} // namespace conclave::ceremony
