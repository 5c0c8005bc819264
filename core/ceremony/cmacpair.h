// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"

namespace conclave::ceremony {

/// What proves an AES key, which has no public half: a challenge, and what the key made of it.
///
/// The key, of 128, 192 or 256 bits, makes AES-CMAC (NIST SP 800-38B, RFC 4493) over the 20 characters
/// "conclave-aes-check-1", one zero byte and 32 random bytes. The text in front keeps the answer apart from
/// whatever the key authenticates elsewhere: nobody gets a MAC for a message of theirs this way. The whole
/// MAC is kept, 16 bytes, so that another key answers alike with a chance of 2^-128.
///
/// Public: CMAC is a pseudorandom function, so that without the key the pair tells nothing about it, nor
/// about what the key makes of anything else; a key can be guessed by it no better than by any MAC it made. A
/// key check value, a block of zeros encrypted, is not used: it is the same wherever the key is, so it would
/// tell that two devices share a key, and it is the first step of CMAC itself.
struct CmacPair {
    Bytes challenge{}; ///< 32 bytes
    Bytes cmac{}; ///< 16 bytes: AES-CMAC over "conclave-aes-check-1", one zero byte, the challenge

    bool operator==(const CmacPair&) const = default;
};
inline constexpr std::size_t kChallengeBytes = 32;
inline constexpr std::size_t kCmacBytes = 16;

} // namespace conclave::ceremony
