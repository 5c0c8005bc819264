// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"

#include <array>
#include <cstdint>

namespace conclave::dkek {

/// The two ways to run MD5 over its own result, many times. Results are the same.
enum class Md5Engine {
    BlockFunction, ///< OpenSSL's compression function on one prepared block
    ReusedContext, ///< EVP with one context
};

/// False where the OpenSSL at hand has no block function.
[[nodiscard]] bool available(Md5Engine engine);

using Md5Digest = std::array<std::uint8_t, 16>;

/// MD5 over `digest`, `times` times; in place. False when OpenSSL refused.
[[nodiscard]] bool chainMd5(Md5Engine engine, Md5Digest& digest, std::uint32_t times);

} // namespace conclave::dkek
