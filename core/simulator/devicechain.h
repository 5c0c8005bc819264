// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/publickey.h"
#include "core/simulator/privatekey.h"

#include <QString>

namespace conclave::simulator {

/// The name of the root and the public key of the certificates of all simulated devices. Its private key is
/// in this program's source: it vouches for nothing.
[[nodiscard]] const card::PublicKey& simulatedRootKey();
[[nodiscard]] QString simulatedRootReference();

/// CHR of a device certificate: the serial and the sequence number 00000.
[[nodiscard]] QString deviceReference(const QString& serial);
/// EF 2F02: the device's certificate, then its issuer's (smartcard-hsm.md, 5.4).
[[nodiscard]] Result<Bytes> deviceChain(const QString& serial, const card::PublicKey& deviceKey);

} // namespace conclave::simulator
