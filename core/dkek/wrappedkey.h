// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/secretbytes.h"
#include "core/dkek/sharefile.h"

#include <vector>

namespace conclave::dkek {

inline constexpr std::size_t kLargestWrappedKey = 4096; ///< bytes; RSA 4096 with its factors has 1867

/// The type byte of a wrapped-key blob (smartcard-hsm.md, 6.5).
enum class WrappedKeyType : std::uint8_t { Rsa = 0x05, RsaCrt = 0x06, Ec = 0x0C, Aes = 0x0F };

/// A key in clear as the blob holds it. Components in the order of the table in 6.5; for AES one, the key.
struct ClearKey {
    WrappedKeyType type = WrappedKeyType::Ec;
    int bits = 0;
    std::vector<SecretBytes> components;
};

/// What a blob tells without its DKEK.
struct WrappedKeyFacts {
    CheckValue kcv{}; ///< of the DKEK that it needs
    WrappedKeyType type = WrappedKeyType::Ec;
    std::size_t cipherBytes = 0; ///< of field 7

    /// Whether a key of so many bits (modulus, field, AES key) can be in it: a block more or less is
    /// tolerated, as writers differ about leading zeros.
    [[nodiscard]] bool fits(int bits) const;
};
/// The fields of a blob and their lengths. That it is authentic only the DKEK can tell. NotAWrappedKey.
[[nodiscard]] Result<WrappedKeyFacts> inspectWrappedKey(ByteView blob);

/// Field 8 covers fields 1..7; padding always added. `random` is 8 bytes.
[[nodiscard]] Result<Bytes> wrapKey(ByteView dkek, const ClearKey& key, ByteView random);
/// WrappedKeyOfAnotherDkek if the KCV differs, NotAWrappedKey for all else.
[[nodiscard]] Result<ClearKey> unwrapKey(ByteView dkek, ByteView blob);

} // namespace conclave::dkek
