// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/event.h"
#include "core/device/devicedirectory.h"

namespace conclave::ceremony {

/// The state of formats.md's table that a look at the device came to.
[[nodiscard]] Authenticity authenticityOf(const device::DetectedDevice& device);
[[nodiscard]] Authenticity authenticityOf(card::Trust trust);

/// A device whose chain leads to the scheme root, proved or not: it is not used without the proof.
[[nodiscard]] bool mustBeProved(Authenticity authenticity);
/// A device that has a key to prove: also one of an unknown maker, and simulated ones.
[[nodiscard]] bool mayBeProved(Authenticity authenticity);
/// What a device chosen as `chosen` may turn out to be when its key is proved.
[[nodiscard]] bool mayProveToBe(Authenticity chosen, Authenticity proved);

} // namespace conclave::ceremony
