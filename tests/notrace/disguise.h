// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"

namespace conclave::notrace {

/// What is looked for is kept with each byte changed like this, never as it is, so that it does not find
/// itself.
inline constexpr std::uint8_t kDisguise = 0xA7;

[[nodiscard]] constexpr std::uint8_t disguised(std::uint8_t byte)
{
    return byte ^ kDisguise;
}

} // namespace conclave::notrace
