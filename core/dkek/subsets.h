// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <functional>
#include <span>

namespace conclave::dkek {

/// Called with the indexes of a choice, ascending. False: no more are wanted.
using SubsetVisitor = std::function<Result<bool>(std::span<const std::size_t> chosen)>;

struct VisitedSubsets {
    int count = 0;
    bool all = false; ///< each choice there is was visited once
};

/// Visits every choice of `size` of 0..total-1 where there are at most `most`, else `most` random ones.
/// The visitor's error, RandomFailed.
[[nodiscard]] Result<VisitedSubsets> visitSubsets(
    std::size_t total, std::size_t size, int most, const SubsetVisitor& visit);

} // namespace conclave::dkek
