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

/// Whom the certificate is to name. Lengths of RFC 5280, appendix A.1.
struct RequestSubject {
    QString commonName{}; ///< 1..64 characters
    QString organisation{}; ///< up to 64; empty: left out, as below
    QString unit{}; ///< of the organisation; up to 64
    QString country{}; ///< two letters A to Z
};
/// LabelRule, with the member's name as detail, for a subject that breaks these, or has control characters.
[[nodiscard]] Status checkSubject(const RequestSubject& subject);

struct CertificateRequest {
    QByteArray pem{};
    QString subject{}; ///< RFC 2253
};
/// A PKCS#10 certification request (RFC 2986) for a key whose private half is on a device. Errors of
/// checkSubject(); SelfTestFailed when the signature is not the key's; the signer's errors.
[[nodiscard]] Result<CertificateRequest> certificateRequest(
    const PublicKey& key, const RequestSubject& subject, const RequestSigner& signer);

} // namespace conclave::card
