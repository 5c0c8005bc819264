// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/secretbytes.h"

#include <array>

namespace conclave::dkek {

inline constexpr std::size_t kDkekBytes = 32;
inline constexpr std::size_t kSaltBytes = 8;
inline constexpr std::size_t kShareFileBytes = 64;

/// First 8 bytes of SHA-256: over the DKEK it is the key check value (KCV), over the clear bytes of
/// one share file its share check (formats.md, Words).
using CheckValue = std::array<std::uint8_t, 8>;
[[nodiscard]] CheckValue checkValue(ByteView clear);

/// A DKEK share file, .pbe, 64 bytes (smartcard-hsm.md, 6.1).
class ShareFile {
public:
    /// Only the first 64 bytes count, as for sc-hsm-tool. NotAShareFile if shorter or of another magic.
    [[nodiscard]] static Result<ShareFile> parse(ByteView file);
    /// `share` is 32 bytes, `salt` 8, `derivedKey` from deriveKey() with this salt.
    [[nodiscard]] static Result<ShareFile> encrypt(ByteView share, ByteView salt, ByteView derivedKey);

    /// The 32 clear bytes; SharesDoNotOpenFile unless all sixteen padding bytes are 0x10.
    [[nodiscard]] Result<SecretBytes> decrypt(ByteView derivedKey) const;

    [[nodiscard]] ByteView salt() const { return ByteView(m_bytes).subspan(8, kSaltBytes); }
    [[nodiscard]] ByteView bytes() const { return m_bytes; }

private:
    std::array<std::uint8_t, kShareFileBytes> m_bytes{};
};

/// The DKEK: XOR of the clear bytes of all share files, each 32 bytes (smartcard-hsm.md, 6.3).
[[nodiscard]] SecretBytes combineShareFiles(std::span<const SecretBytes> shares);

} // namespace conclave::dkek
