// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/secretbytes.h"

#include <cstdint>

namespace conclave::dkek {

/// How often MD5 runs for each of the three blocks. Files that others must open have the default;
/// only tests lower it.
struct KdfRounds {
    std::uint32_t count = 10'000'000;
};

inline constexpr std::size_t kDerivedKeyBytes = 48; ///< AES-256 key (32), then IV (16)

/// EVP_BytesToKey(AES-256-CBC, MD5), salt of 8 bytes (smartcard-hsm.md, 6.2). Takes seconds with the
/// default rounds: run it in the thread pool. Any password length, leading zero bytes included.
[[nodiscard]] Result<SecretBytes> deriveKey(ByteView password, ByteView salt, KdfRounds rounds);

} // namespace conclave::dkek
