// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/event.h"

#include <optional>

namespace conclave::device {
struct DetectedDevice;
}

namespace conclave::ceremony {

/// What a look at a device told, as the transcript has it. The device must have a status.
[[nodiscard]] DeviceChosen describeDevice(const device::DetectedDevice& device);

/// Why a device cannot be the one of a flow that erases nothing.
enum class Obstacle {
    NotInitialised,
    ShareFilesMissing, ///< it is locked until they are in
    NoDkek, ///< it cannot unwrap anything
};
[[nodiscard]] std::optional<Obstacle> obstacleTo(Flow flow, const DeviceChosen& device);

/// The device is erased in this flow.
[[nodiscard]] bool erasesDevice(Flow flow);

} // namespace conclave::ceremony
