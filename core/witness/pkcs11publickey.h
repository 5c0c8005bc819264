// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/witness/pkcs11session.h"

namespace conclave::witness {

/// SubjectPublicKeyInfo, DER, of a public key object, or of a private one that tells its modulus; empty when
/// it cannot be made out.
[[nodiscard]] Bytes publicKeyOf(const Pkcs11Session& session, CK_OBJECT_HANDLE object);

} // namespace conclave::witness
