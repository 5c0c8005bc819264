// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dkek/passwordsharing.h"

#include <optional>
#include <vector>

namespace conclave::dkek {

/// Above this many, not every quorum is rejoined but as many random ones.
inline constexpr int kMostSubsets = 20'000;

struct SetProof {
    int subsets = 0; ///< quorums that were rejoined
    bool allSubsets = false; ///< there are no others
    bool operator==(const SetProof&) const = default;
};

/// Proves that any M of the shares give the password back, byte for byte: the shares have the ids 1..N and
/// lie on one polynomial that has the password at zero, one quorum is joined as in a restore, and every
/// quorum is rejoined, or kMostSubsets random ones. SetNotProven, InvalidScheme. Seconds for the largest
/// schemes: for the thread pool.
[[nodiscard]] Result<SetProof> proveSet(const SharedPassword& set);

/// With more than `threshold` shares at hand: the ids, in ascending order, of those that do not lie on the
/// polynomial of the most. None: all fit. Nothing: it cannot be told, since no `threshold` + 1 of them fit
/// together, or two choices have as much for them. Errors as joinPassword(), TooFewShares.
[[nodiscard]] Result<std::optional<std::vector<int>>> findInconsistent(
    ByteView prime, int threshold, std::span<const CustodianShare> shares);

} // namespace conclave::dkek
