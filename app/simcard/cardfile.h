// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/simulator/simulatedhsm.h"

#include <QString>

#include <memory>

namespace conclave::simcard {

/// The card that the file keeps, or a new one with this serial when there is no file yet. Errors as in
/// simulator::loadDevice, and WrongDevice when the file keeps a card with another serial.
[[nodiscard]] Result<std::shared_ptr<simulator::SimulatedHsm>> loadCard(
    const QString& path, const QString& serial);

} // namespace conclave::simcard
