// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"
#include "core/card/keyalgorithm.h"

#include <QByteArray>

#include <optional>

namespace conclave::card {

/// A public key as a device gives it.
struct PublicKey {
    std::optional<KeyAlgorithm> algorithm{}; ///< nothing for keys of other sizes or curves
    Bytes modulus{}; ///< RSA
    Bytes exponent{}; ///< RSA
    Bytes point{}; ///< EC, uncompressed: 04 X Y

    /// From a SubjectPublicKeyInfo, DER, and nothing behind it. Malformed, Unsupported.
    [[nodiscard]] static Result<PublicKey> parse(ByteView subjectPublicKeyInfo);
    /// SubjectPublicKeyInfo, DER (RFC 5280, 4.1.2.7).
    [[nodiscard]] Result<Bytes> subjectPublicKeyInfo() const;
    /// The same as PEM, "-----BEGIN PUBLIC KEY-----" (RFC 7468, 13).
    [[nodiscard]] Result<QByteArray> pem() const;
    /// SHA-256 of the SubjectPublicKeyInfo: the fingerprint in reports.
    [[nodiscard]] Result<Sha256Digest> fingerprint() const;
    /// Checks with OpenSSL: RSA PKCS#1 v1.5 over SHA-256, ECDSA (DER) over SHA-256. SelfTestFailed if it does
    /// not fit.
    [[nodiscard]] Status verifySha256(ByteView message, ByteView signature) const;
    /// The same key, however many zeros its numbers begin with.
    [[nodiscard]] bool isSameAs(const PublicKey& other) const;
    bool operator==(const PublicKey&) const = default;
};

} // namespace conclave::card
