// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/card/publickey.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace conclave::card {

/// Signs SHA-256 of the message, RSA PKCS#1 v1.5 or ECDSA in DER: SmartCardHsm::signSha256() with a key's
/// reference.
using RequestSigner = std::function<Result<Bytes>(ByteView message)>;

/// A PKCS#10 certification request (RFC 2986) for a key whose private half is on a device, PEM. The subject
/// is the common name alone, 1..64 characters: LabelRule. SelfTestFailed when the signature is not the key's;
/// the signer's errors.
[[nodiscard]] Result<QByteArray> certificateRequest(
    const PublicKey& key, const QString& commonName, const RequestSigner& signer);

} // namespace conclave::card
