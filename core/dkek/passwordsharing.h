// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/secretbytes.h"

#include <functional>
#include <vector>

namespace conclave::dkek {

/// M-of-N of the password of one share file (smartcard-hsm.md, 7; formats.md, Custodian shares).
struct SharingScheme {
    int threshold = 3; ///< M, 2..N
    int total = 5; ///< N, M..99
    int bits = 128; ///< 128, 160 or 64

    [[nodiscard]] std::size_t valueBytes() const { return static_cast<std::size_t>(bits / 8); }
    [[nodiscard]] Status check() const; ///< InvalidScheme
    bool operator==(const SharingScheme&) const = default;
};

/// One custodian's part of a password. The id is public, the value is not.
struct CustodianShare {
    int id = 0; ///< 1..99
    SecretBytes value; ///< full size of the prime, leading zero bytes included
};

/// A fresh password and its shares. The password's first byte is never zero and it is below the prime.
struct SharedPassword {
    SharingScheme scheme;
    Bytes prime; ///< public; full size, top bit set
    SecretBytes password; ///< full size
    std::vector<CustodianShare> shares; ///< ids 1..N
};

/// Random bytes; where the device's randomness and OpenSSL's are mixed, see mixedRandom().
using RandomSource = std::function<Result<SecretBytes>(std::size_t size)>;
[[nodiscard]] RandomSource opensslRandom();
/// OpenSSL's bytes XOR a SHA-256 stream keyed with `deviceBytes`: as good as the better of the two.
[[nodiscard]] RandomSource mixedRandom(ByteView deviceBytes);

[[nodiscard]] Result<SharedPassword> sharePassword(const SharingScheme& scheme, const RandomSource& random);

/// Judges one share before it is combined: WrongShareLength, ShareIdOutOfRange (1..99), ValueNotBelowPrime.
[[nodiscard]] Status checkShare(ByteView prime, const CustodianShare& share);
/// NotAPrime unless it is a probable prime with its top bit set and of 8 to 31 bytes.
[[nodiscard]] Status checkPrime(ByteView prime);

/// Lagrange interpolation at zero over all the shares given (at least two, all of one set, no id twice:
/// DuplicateShare). Full size of the prime; use minimalPassword() for sets made by tools that drop zeros.
[[nodiscard]] Result<SecretBytes> joinPassword(ByteView prime, std::span<const CustodianShare* const> shares);
/// Without its leading zero bytes.
[[nodiscard]] SecretBytes minimalPassword(ByteView password);

/// 4 characters of the code alphabet (formats.md, Check code). As secret as the share: ASCII in SecretBytes.
[[nodiscard]] SecretBytes checkCode(ByteView prime, const CustodianShare& share);

} // namespace conclave::dkek
