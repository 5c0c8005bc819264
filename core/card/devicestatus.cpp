// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/devicestatus.h"

namespace conclave::card {

bool DeviceStatus::makes(KeyAlgorithm algorithm) const
{
    const bool needsFirmware3
        = algorithm == KeyAlgorithm::Rsa3072 || algorithm == KeyAlgorithm::Rsa4096 || isAes(algorithm);
    return (!needsFirmware3 || versionMajor >= 3) && !(isAes(algorithm) && makesWeakAesKeys());
}

bool DeviceStatus::makesWeakAesKeys() const
{
    return versionMajor == 3 && (versionMinor == 1 || versionMinor == 2);
}

} // namespace conclave::card
