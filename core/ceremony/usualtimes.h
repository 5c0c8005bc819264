// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/keyalgorithm.h"

#include <utility>

namespace conclave::ceremony {

/// 10th and 95th percentile in milliseconds of what a device needs to make a key. RSA searches for primes, so
/// its times scatter widely (smartcard-hsm.md, 8).
[[nodiscard]] std::pair<int, int> usualGenerationMs(card::KeyAlgorithm algorithm);
inline constexpr std::pair<int, int> kUsualDerivationMs{ 2500, 10'000 };
/// A set is proven with a derivation of its own, and has a verifier for each share.
inline constexpr std::pair<int, int> kUsualSetMs{ 5500, 22'000 };
inline constexpr std::pair<int, int> kUsualInitialisationMs{ 2000, 8000 };

} // namespace conclave::ceremony
