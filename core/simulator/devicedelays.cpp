// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/devicedelays.h"

namespace conclave::simulator {

using namespace std::chrono_literals;

std::chrono::milliseconds DeviceDelays::generation(card::KeyAlgorithm algorithm) const
{
    if (!realistic)
        return 0ms;
    switch (algorithm) {
    case card::KeyAlgorithm::Rsa2048:
        return 30s;
    case card::KeyAlgorithm::Rsa3072:
        return 90s;
    case card::KeyAlgorithm::Rsa4096:
        return 240s;
    default:
        return 1s;
    }
}

std::chrono::milliseconds DeviceDelays::command() const
{
    return realistic ? 20ms : 0ms;
}

} // namespace conclave::simulator
