// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dkek/passwordsharing.h"

#include <optional>
#include <vector>

namespace conclave::dkek {

/// RFC 7914. The default takes 32 MiB and about a tenth of a second for each share.
struct ScryptCost {
    int n = 1 << 15; ///< a power of two
    int r = 8;
    int p = 1;
    /// Whether it is a cost that scrypt knows, and takes no more than 256 MiB and 16 times the default's
    /// time: a companion may come from anywhere.
    [[nodiscard]] bool bearable() const;
    bool operator==(const ScryptCost&) const = default;
};

inline constexpr std::size_t kVerifierSaltBytes = 16;
inline constexpr std::size_t kVerifierBytes = 8;

/// Public values with which one share can be judged when no others are at hand to compare it with. Each is
/// scrypt over "conclave-verifier-1", one zero byte, the prime (full size), the id as one byte and the value
/// (full size), with the set's salt.
///
/// They tell whoever has the companion when a guessed value is right. With 128 or 160 bits that is no help:
/// a share has as many possible values as the password, and the share file already lets the password be
/// guessed. With 64 bits it would be: sc-hsm-tool's derivation costs 3 * 10^7 MD5 for each guess, scrypt less
/// than a tenth of it, and someone with M-1 shares would guess the missing one's value instead. So sets of 64
/// bits have none. Nor is there a commitment in a group (Feldman): one of the prime's size is broken in
/// hours.
///
/// The companion is not authenticated. A verifier finds slips of the pen and sheets of other sets; who can
/// alter the companion can make it call a right sheet wrong.
struct ShareVerifiers {
    ScryptCost cost;
    Bytes salt; ///< kVerifierSaltBytes
    std::vector<Bytes> values; ///< kVerifierBytes each, of the ids from 1 on
    bool operator==(const ShareVerifiers&) const = default;
};

/// For all shares of a set; nothing for 64 bits. CryptoFailed, RandomFailed. Slow: for the thread pool.
[[nodiscard]] Result<std::optional<ShareVerifiers>> makeVerifiers(
    const SharedPassword& set, const RandomSource& random, const ScryptCost& cost);

enum class VerifierAnswer { Matches, Differs, NoVerifier };
/// Errors as checkShare(), CryptoFailed. Slow: for the thread pool.
[[nodiscard]] Result<VerifierAnswer> askVerifier(
    const std::optional<ShareVerifiers>& verifiers, ByteView prime, const CustodianShare& share);

} // namespace conclave::dkek
