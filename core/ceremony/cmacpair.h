// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"

namespace conclave::ceremony {

/// What proves an AES key, which has no public half: a challenge, and what the key made of it. Public: CMAC
/// is a pseudorandom function, so that without the key the pair tells nothing about it, nor about what the
/// key makes of anything else.
struct CmacPair {
    Bytes challenge{}; ///< 32 bytes
    Bytes cmac{}; ///< 16 bytes: AES-CMAC over "conclave-aes-check-1", one zero byte, the challenge

    bool operator==(const CmacPair&) const = default;
};
inline constexpr std::size_t kChallengeBytes = 32;
inline constexpr std::size_t kCmacBytes = 16;

} // namespace conclave::ceremony
