// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/state.h"
#include "core/simulator/simulatedhsm.h"
#include "tests/support/ceremonypeople.h"

#include <QStringList>

namespace conclave::faults {

/// What the ceremony says of the device and is not so, while nothing is pending. The card itself is not
/// asked, a copy of it is.
[[nodiscard]] QStringList contradictions(const ceremony::CeremonyState& state,
    const simulator::SimulatedHsm& card, const support::CeremonyScript& script);

} // namespace conclave::faults
