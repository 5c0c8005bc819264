// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/devicestatus.h"
#include "core/ceremony/event.h"

#include <optional>

namespace conclave::device {
struct DetectedDevice;
}

namespace conclave::ceremony {

/// What a look at a device told, as the transcript has it. The device must have a status.
[[nodiscard]] DeviceChosen describeDevice(const device::DetectedDevice& device);

/// The firmware that the transcript has as text; nothing else of it is set.
[[nodiscard]] card::DeviceStatus firmwareOf(const DeviceChosen& device);
/// Whether its firmware can make such a key, and makes a good one: see DeviceStatus::makes().
[[nodiscard]] bool makes(const DeviceChosen& device, card::KeyAlgorithm algorithm);

/// Why a device cannot be the one of a flow. `first`: the serial of the first device, for a second one.
enum class Obstacle {
    NotInitialised,
    ShareFilesMissing, ///< it is locked until they are in
    NoDkek, ///< it cannot unwrap anything
    FirstDevice, ///< it is the one that the second is to be like
    AnotherDevice, ///< not the one that travelled
    NotAsAnnounced, ///< it is, in a state that the part before did not leave it in
};
[[nodiscard]] std::optional<Obstacle> obstacleTo(
    Flow flow, const DeviceChosen& device, const QString& first = {});

/// The device is erased in this flow.
[[nodiscard]] bool erasesDevice(Flow flow);

} // namespace conclave::ceremony
