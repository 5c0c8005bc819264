// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/secretbytes.h"

#include <array>

namespace conclave::dkek {

inline constexpr std::size_t kAesBlockBytes = 16;

/// 16, 24 or 32.
[[nodiscard]] bool isAesKeySize(std::size_t bytes);
/// CBC with an IV of zeros and without padding; `from` is whole blocks, `to` has as much room. CryptoFailed.
[[nodiscard]] Status cryptBlocks(ByteView key, bool encrypting, ByteView from, std::uint8_t* to);
/// AES-CMAC (NIST SP 800-38B). CryptoFailed.
[[nodiscard]] Result<std::array<std::uint8_t, kAesBlockBytes>> aesCmac(ByteView key, ByteView message);

} // namespace conclave::dkek
