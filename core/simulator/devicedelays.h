// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/keyalgorithm.h"

#include <chrono>

namespace conclave::simulator {

/// How long a simulated device takes over its work, above what this computer needs for it.
struct DeviceDelays {
    bool realistic = false;

    [[nodiscard]] static DeviceDelays none() { return {}; }
    /// About what owners of the real device report (smartcard-hsm.md, 8): half a minute for RSA 2048, a
    /// second for EC.
    [[nodiscard]] static DeviceDelays realDevice() { return { .realistic = true }; }

    [[nodiscard]] std::chrono::milliseconds generation(card::KeyAlgorithm algorithm) const;
    /// Any other command.
    [[nodiscard]] std::chrono::milliseconds command() const;
};

} // namespace conclave::simulator
