// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/card/publickey.h"

#include <QDate>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace conclave::card {

/// Card verifiable certificates (smartcard-hsm.md, 5). All parsers: Malformed.

/// The role byte of a certificate's holder authorisation; requests have none.
enum class CvRole : std::uint8_t { Device = 0x00, DeviceIssuer = 0x80, Root = 0xC0 };

/// A certificate or the inner part of a request, tag 7F21.
struct CvCertificate {
    QString authorityReference{}; ///< CAR, up to 16 characters of Latin 1
    QString holderReference{}; ///< CHR, up to 16 characters of Latin 1
    /// EC without domain parameters, or with those of no curve of ours: no algorithm, only the point.
    PublicKey publicKey{};
    std::optional<std::uint8_t> role{}; ///< see CvRole; nothing without one of the SmartCard-HSM scheme
    std::optional<QDate> validFrom{};
    std::optional<QDate> validTo{};
    Bytes toBeSigned{}; ///< the complete 7F4E, tag and length included
    Bytes signature{}; ///< EC: r and s, each as long as the order; RSA: PKCS#1 v1.5; both over SHA-256

    /// Exactly one certificate, nothing after it.
    [[nodiscard]] static Result<CvCertificate> parse(ByteView bytes);
    /// Checks the signature with the issuer's key, which says its curve. SelfTestFailed if it does not fit.
    [[nodiscard]] Status verify(const PublicKey& issuer) const;
    /// CHR without its five characters of sequence number: a device's serial. Empty unless 9 to 16
    /// characters.
    [[nodiscard]] QString holderWithoutSequence() const;
};

/// Certificates one after another, as in EF 2F02: the device's first. At least one.
[[nodiscard]] Result<std::vector<CvCertificate>> parseCvChain(ByteView bytes);

/// An authenticated request, tag 67: what key generation answers, and what CExx holds.
struct CvRequest {
    CvCertificate request; ///< signed with the new key
    QString authorityReference{}; ///< outer CAR: the CHR of the key that vouches
    Bytes toBeSigned{}; ///< 7F21 and 42, complete
    Bytes signature{}; ///< by the device authentication key

    [[nodiscard]] static Result<CvRequest> parse(ByteView bytes);
    /// The inner signature, with the key in the request: its holder has the private key. SelfTestFailed.
    [[nodiscard]] Status verifyPossession() const { return request.verify(request.publicKey); }
    /// The outer signature. SelfTestFailed.
    [[nodiscard]] Status verify(const PublicKey& device) const;
};

/// Signs SHA-256 of the bytes as 5.1 says: EC r and s raw, RSA PKCS#1 v1.5.
using CvSigner = std::function<Result<Bytes>(ByteView toBeSigned)>;

/// What goes into a certificate or request.
struct CvBody {
    QString authorityReference{};
    QString holderReference{};
    PublicKey publicKey{};
    bool domainParameters = true; ///< EC: with p, a, b, G, n and cofactor, as in requests and roots
    std::optional<std::uint8_t> role{}; ///< none in requests
    std::optional<QDate> validFrom{};
    std::optional<QDate> validTo{};
};

/// 7F49; Unsupported for a key without an algorithm when domain parameters are asked for.
[[nodiscard]] Result<Bytes> encodeCvPublicKey(const PublicKey& key, bool domainParameters);
/// 7F49 as GENERATE wants it: no key in it, RSA's exponent 65537 and size, or EC's curve
/// (smartcard-hsm.md, 2.8).
[[nodiscard]] Bytes encodeKeyTemplate(KeyAlgorithm algorithm);
/// What a 7F49 template of GENERATE asks for. Unsupported for other sizes and curves, Malformed.
[[nodiscard]] Result<KeyAlgorithm> parseKeyTemplate(ByteView publicKeyTemplate);
/// 7F21 with the signature over its body.
[[nodiscard]] Result<Bytes> buildCvCertificate(const CvBody& body, const CvSigner& signer);
/// 67: a complete 7F21, the outer CAR, and the outer signature over both.
[[nodiscard]] Result<Bytes> buildCvRequest(
    ByteView request, const QString& outerReference, const CvSigner& signer);

/// r and s raw, each as long as the order, from the DER of an ECDSA signature; superfluous zeros do no harm.
[[nodiscard]] Result<Bytes> rawFromDerSignature(ByteView der, std::size_t orderBytes);
/// DER with the shortest integers from r and s raw.
[[nodiscard]] Result<Bytes> derFromRawSignature(ByteView raw);

} // namespace conclave::card
