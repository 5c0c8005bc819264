// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/devicetrust.h"

#include "core/card/curves.h"
#include "core/card/evpkey.h"
#include "core/card/keyattestation.h"
#include "core/card/schemeroot.h"
#include "core/card/tlv.h"

#include <algorithm>

namespace conclave::card {

namespace {

constexpr std::uint32_t kCertificate = 0x7F21;
constexpr std::size_t kMostCertificates = 8;
constexpr qsizetype kSequenceCharacters = 5;

/// The certificates at the front of the file. What stands behind them, as the padding of a file written with
/// a fixed size, is not covered by any signature and does not count.
std::vector<CvCertificate> certificatesOf(ByteView file)
{
    std::vector<CvCertificate> certificates;
    TlvReader reader(file);
    while (!reader.atEnd() && certificates.size() < kMostCertificates) {
        const auto object = reader.expect(kCertificate);
        auto certificate
            = object ? CvCertificate::parse(object->whole) : Result<CvCertificate>(fail(object.error()));
        if (!certificate)
            break;
        certificates.push_back(std::move(*certificate));
    }
    return certificates;
}

QString step(const QString& reference)
{
    return QLatin1Char('/') + reference.chopped(std::min(kSequenceCharacters, reference.size()));
}

bool hasRole(const CvCertificate& certificate, CvRole role)
{
    return certificate.role == static_cast<std::uint8_t>(role);
}

/// A key whose certificate says no curve has its issuer's (smartcard-hsm.md, 5.2).
PublicKey withCurve(PublicKey key, KeyAlgorithm curve)
{
    if (key.modulus.empty() && !key.algorithm)
        key.algorithm = curve;
    return key;
}

/// The curves that the point lies on; by chance on none but its own.
std::vector<PublicKey> onItsCurves(const PublicKey& key)
{
    if (!key.modulus.empty() || key.algorithm)
        return { key };
    std::vector<PublicKey> candidates;
    for (const KeyAlgorithm algorithm : kKeyPairAlgorithms) {
        PublicKey candidate = withCurve(key, algorithm);
        if (curveOf(algorithm) && toEvpKey(candidate))
            candidates.push_back(std::move(candidate));
    }
    return candidates;
}

DeviceTrust& failed(DeviceTrust& trust, Trust verdict, TrustFault fault)
{
    trust.trust = verdict;
    trust.fault = fault;
    return trust;
}

void judgeDates(DeviceTrust& trust, const CvCertificate& certificate, const QDate& today)
{
    if (certificate.validTo) {
        trust.expired = trust.expired || *certificate.validTo < today;
        trust.chainValidTo
            = trust.chainValidTo ? std::min(*trust.chainValidTo, *certificate.validTo) : *certificate.validTo;
    }
    trust.notYetValid = trust.notYetValid || (certificate.validFrom && *certificate.validFrom > today);
}

/// The scheme root vouches for no key of this chain: all that can be told is whether it is consistent.
DeviceTrust judgeForeign(DeviceTrust trust, const CvCertificate& device, const CvCertificate& issuer)
{
    const std::vector<PublicKey> issuerKeys = onItsCurves(issuer.publicKey);
    const auto signer = std::ranges::find_if(
        issuerKeys, [&](const PublicKey& key) { return device.verify(key).has_value(); });
    if (signer == issuerKeys.end() && !issuerKeys.empty())
        return failed(trust, Trust::Broken, TrustFault::DeviceSignature);
    const std::vector<PublicKey> deviceKeys = onItsCurves(device.publicKey);
    if (deviceKeys.size() == 1)
        trust.deviceKey = deviceKeys.front();
    return failed(trust, Trust::UnknownIssuer, TrustFault::ForeignRoot);
}

} // namespace

DeviceTrust judgeChain(ByteView file, const QDate& today)
{
    DeviceTrust trust;
    const std::vector<CvCertificate> certificates = certificatesOf(file);
    if (certificates.empty())
        return trust;
    const CvCertificate& device = certificates.front();
    trust.holderPath = step(device.authorityReference) + step(device.holderReference);
    trust.holderReference = device.holderReference;
    if (const auto object = TlvReader(file).expect(kCertificate))
        trust.fingerprint = sha256(object->whole);
    trust.validFrom = device.validFrom;
    trust.validTo = device.validTo;
    trust.deviceKey = device.publicKey;
    judgeDates(trust, device, today);
    if (device.holderWithoutSequence().isEmpty())
        return failed(trust, Trust::Broken, TrustFault::DeviceName);

    const auto issuer = std::find_if(certificates.begin() + 1, certificates.end(),
        [&](const CvCertificate& other) { return other.holderReference == device.authorityReference; });
    if (issuer == certificates.end()) {
        // With an issuer's certificate that is another's, the names do not match; alone, its root is unknown.
        return certificates.size() > 1 ? failed(trust, Trust::Broken, TrustFault::DeviceName)
                                       : failed(trust, Trust::UnknownIssuer, TrustFault::IssuerMissing);
    }
    trust.holderPath.prepend(step(issuer->authorityReference));
    judgeDates(trust, *issuer, today);
    const CvCertificate& root = schemeRoot();
    if (issuer->authorityReference != root.holderReference)
        return judgeForeign(std::move(trust), device, *issuer);

    const KeyAlgorithm curve = *root.publicKey.algorithm;
    judgeDates(trust, root, today);
    if (!issuer->verify(root.publicKey))
        return failed(trust, Trust::Broken, TrustFault::IssuerSignature);
    if (!hasRole(*issuer, CvRole::DeviceIssuer))
        return failed(trust, Trust::Broken, TrustFault::IssuerRole);
    const PublicKey issuerKey = withCurve(issuer->publicKey, curve);
    if (!device.verify(issuerKey))
        return failed(trust, Trust::Broken, TrustFault::DeviceSignature);
    if (!hasRole(device, CvRole::Device))
        return failed(trust, Trust::Broken, TrustFault::DeviceRole);
    trust.deviceKey = withCurve(device.publicKey, issuerKey.algorithm.value_or(curve));
    return failed(trust, Trust::CertificateOnly, TrustFault::None);
}

DeviceTrust withProof(DeviceTrust trust, ByteView bytes, const QString& holder)
{
    if (trust.trust != Trust::CertificateOnly && trust.trust != Trust::UnknownIssuer) {
        trust.trust = Trust::Broken;
        return trust;
    }
    const auto request = CvRequest::parse(bytes);
    if (!request || request->request.holderReference != holder
        || attestKey(bytes, trust) != KeyAttestation::Verified)
        return failed(trust, Trust::Broken, TrustFault::KeyNotProved);
    if (trust.trust == Trust::CertificateOnly)
        trust.trust = trust.expired ? Trust::GenuineExpired : Trust::Genuine;
    return trust;
}

} // namespace conclave::card
