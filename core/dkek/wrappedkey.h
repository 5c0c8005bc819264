// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/secretbytes.h"
#include "core/dkek/sharefile.h"

#include <vector>

namespace conclave::dkek {

/// The type byte of a wrapped-key blob (smartcard-hsm.md, 6.5).
enum class WrappedKeyType : std::uint8_t { Rsa = 0x05, RsaCrt = 0x06, Ec = 0x0C, Aes = 0x0F };

/// A key in clear as the blob holds it. Components in the order of the table in 6.5; for AES one, the key.
struct ClearKey {
    WrappedKeyType type = WrappedKeyType::Ec;
    int bits = 0;
    std::vector<SecretBytes> components;
};

/// Field 8 covers fields 1..7; padding always added. `random` is 8 bytes.
[[nodiscard]] Result<Bytes> wrapKey(ByteView dkek, const ClearKey& key, ByteView random);
/// WrappedKeyOfAnotherDkek if the KCV differs, NotAWrappedKey for all else.
[[nodiscard]] Result<ClearKey> unwrapKey(ByteView dkek, ByteView blob);

} // namespace conclave::dkek
