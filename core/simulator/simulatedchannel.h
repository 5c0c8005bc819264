// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/cardchannel.h"
#include "core/simulator/simulatedhsm.h"

#include <memory>

namespace conclave::simulator {

/// A connection to a simulated device; making it resets the device, as a reader does.
class SimulatedChannel final : public card::CardChannel {
public:
    /// Shared, since the device keeps its state after the connection.
    explicit SimulatedChannel(std::shared_ptr<SimulatedHsm> device);

    [[nodiscard]] Result<SecretBytes> transmit(ByteView command) override;

private:
    std::shared_ptr<SimulatedHsm> m_device;
};

} // namespace conclave::simulator
