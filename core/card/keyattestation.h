// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/devicetrust.h"

namespace conclave::card {

/// What the request in EF CExx, made when the key was generated, says about where the key is from.
enum class KeyAttestation {
    Verified, ///< generated on the device of this certificate
    NoRequest, ///< not a request, as an X.509 certificate that a host wrote in its place
    OtherDevice, ///< vouched for by the key of another certificate
    NotPossessed, ///< not signed with the key in it
    NotSigned, ///< not signed with the device's key, or that key cannot be told
};

/// Verifies an authenticated request, tag 67 (smartcard-hsm.md, 5.3): the inner signature with the new key
/// itself, the outer one with the key of the device's certificate, which the outer CAR names. How far that
/// certificate is to be believed is for `device` to say.
[[nodiscard]] KeyAttestation attestKey(ByteView request, const DeviceTrust& device);

} // namespace conclave::card
