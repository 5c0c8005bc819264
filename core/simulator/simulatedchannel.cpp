// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/simulatedchannel.h"

#include <utility>

namespace conclave::simulator {

SimulatedChannel::SimulatedChannel(std::shared_ptr<SimulatedHsm> device)
    : m_device(std::move(device))
{
    m_device->reset();
}

Result<SecretBytes> SimulatedChannel::transmit(ByteView command)
{
    return m_device->exchange(command);
}

} // namespace conclave::simulator
