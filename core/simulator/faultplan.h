// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace conclave::simulator {

/// One thing that goes wrong, once.
struct Fault {
    enum class Kind {
        PullBefore, ///< the card is out before the command reaches it
        PullAfter, ///< the command takes effect, then the card is out: its answer is lost
        StatusWord, ///< the command has no effect, and is answered with `statusWord`
        Silence, ///< the command has no effect, and is not answered
        WrongLength, ///< the command takes effect, its answer has one byte of data too many
        Truncated, ///< the command takes effect, the second half of its answer is missing
    };
    Kind kind = Kind::PullBefore;
    int at = 1; ///< the k-th exchange from when the plan was set, counted from 1
    std::uint16_t statusWord = 0;
};

/// After a pull every exchange fails with CardRemoved until the card is reset, which means inserted again.
struct FaultPlan {
    std::vector<Fault> faults{};
};

} // namespace conclave::simulator
