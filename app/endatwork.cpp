// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "app/endatwork.h"

#include "core/device/deviceworker.h"

#include <cstdlib>

namespace conclave::app {

void endAtWork(int exitCode)
{
    if (device::DeviceWorker::anyAtWork())
        std::_Exit(exitCode);
}

} // namespace conclave::app
