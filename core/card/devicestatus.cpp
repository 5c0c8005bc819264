// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/devicestatus.h"

namespace conclave::card {

bool DeviceStatus::makes(KeyAlgorithm algorithm) const
{
    const bool needsFirmware3 = algorithm == KeyAlgorithm::Rsa3072 || algorithm == KeyAlgorithm::Rsa4096;
    return !needsFirmware3 || versionMajor >= 3;
}

} // namespace conclave::card
