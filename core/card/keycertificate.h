// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/card/publickey.h"

namespace conclave::card {

/// The public key in EF CExx: an authenticated request (67) as the card makes it, or an X.509 certificate
/// (30) that a host put in its place. Malformed, Unsupported.
[[nodiscard]] Result<PublicKey> publicKeyOfCertificate(ByteView file);

} // namespace conclave::card
