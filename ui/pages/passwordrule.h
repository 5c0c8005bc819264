// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"

namespace conclave::ui {

inline constexpr int kLongestPassword = 200; ///< characters

/// 12 characters or 5 words at least; `utf8` is the password.
[[nodiscard]] bool isStrongPassword(ByteView utf8);

} // namespace conclave::ui
