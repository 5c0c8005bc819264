// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace conclave::ui {

/// What a system answers when it is to keep a window out of screenshots, recordings and shared screens.
enum class CaptureExclusion {
    Agreed, ///< it says that it does
    Refused,
    NotOffered, ///< it has no such thing
};

/// Asks for it, or no longer. `window`: WId of a window that is shown.
[[nodiscard]] CaptureExclusion excludeFromCapture(std::uintptr_t window, bool excluded);

} // namespace conclave::ui
