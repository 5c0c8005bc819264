// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/keyattestation.h"

namespace conclave::card {

KeyAttestation attestKey(ByteView bytes, const DeviceTrust& device)
{
    const auto request = CvRequest::parse(bytes);
    if (!request)
        return KeyAttestation::NoRequest;
    if (device.trust == Trust::NotChecked || device.trust == Trust::Broken)
        return KeyAttestation::NotSigned;
    if (request->authorityReference != device.holderReference)
        return KeyAttestation::OtherDevice;
    if (!request->verifyPossession())
        return KeyAttestation::NotPossessed;
    return request->verify(device.deviceKey) ? KeyAttestation::Verified : KeyAttestation::NotSigned;
}

} // namespace conclave::card
