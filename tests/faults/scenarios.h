// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dkek/keyderivation.h"
#include "core/simulator/simulatedhsm.h"
#include "tests/support/ceremonypeople.h"

#include <memory>

namespace conclave::faults {

inline constexpr dkek::KdfRounds kRounds{ .count = 3 };

/// A ceremony that faults are tried on.
enum class Scenario {
    NewDevice, ///< never initialised; a share file of 2 of 3, one with a password, two keys
    UsedDevice, ///< has an SO-PIN, which is replaced, and a key; one share file of 2 of 2, one key
    SamePlanAgain, ///< initialised by the same plan before, no key: by looks, old and new are the same
};

[[nodiscard]] support::CeremonyScript scriptOf(Scenario scenario);
/// As it is before the ceremony.
[[nodiscard]] std::shared_ptr<simulator::SimulatedHsm> cardOf(Scenario scenario);

} // namespace conclave::faults
