// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/dkek/companion.h"

namespace conclave::ceremony {

/// The companion's path or name, from that of its share file: "x.json" for "x.pbe".
[[nodiscard]] QString companionOf(const QString& shareFile);
/// Blocks. FileUnreadable, NotACompanion.
[[nodiscard]] Result<dkek::Companion> readCompanion(const QString& path);

} // namespace conclave::ceremony
