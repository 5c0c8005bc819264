// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/cvc.h"

#include "core/card/curves.h"
#include "core/card/evpkey.h"
#include "core/card/tlv.h"

#include <algorithm>
#include <map>

namespace conclave::card {

namespace {

constexpr std::uint32_t kCertificate = 0x7F21;
constexpr std::uint32_t kBody = 0x7F4E;
constexpr std::uint32_t kSignature = 0x5F37;
constexpr std::uint32_t kProfile = 0x5F29;
constexpr std::uint32_t kAuthorityReference = 0x42;
constexpr std::uint32_t kPublicKey = 0x7F49;
constexpr std::uint32_t kHolderReference = 0x5F20;
constexpr std::uint32_t kAuthorisation = 0x7F4C;
constexpr std::uint32_t kRole = 0x53;
constexpr std::uint32_t kValidFrom = 0x5F25;
constexpr std::uint32_t kValidTo = 0x5F24;
constexpr std::uint32_t kRequest = 0x67;
constexpr std::uint32_t kOid = 0x06;

constexpr std::size_t kLongestReference = 16;
constexpr qsizetype kSequenceCharacters = 5;
constexpr qsizetype kShortestWithSequence = 9;

/// id-TA-RSA-v1-5-SHA-256 and id-TA-ECDSA-SHA-256. The byte before the last says RSA or ECDSA, the last the
/// hash.
constexpr std::uint8_t kRsaOid[] = { 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x02, 0x01, 0x02 };
constexpr std::uint8_t kEcOid[] = { 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x02, 0x02, 0x03 };
/// id-CVCA for SmartCard-HSM: 1.3.6.1.4.1.24991.3.1.1.
constexpr std::uint8_t kAuthorisationOid[]
    = { 0x2B, 0x06, 0x01, 0x04, 0x01, 0x81, 0xC3, 0x1F, 0x03, 0x01, 0x01 };
constexpr std::uint8_t kExponent[] = { 0x01, 0x00, 0x01 };
constexpr std::uint8_t kCofactor[] = { 0x01 };
constexpr std::uint8_t kProfileVersion[] = { 0x00 };

tl::unexpected<Error> malformed()
{
    return fail(ErrorKind::Malformed, QStringLiteral("CV certificate"));
}

/// The objects inside a constructed one by tag; a tag that comes twice is refused.
using Members = std::map<std::uint32_t, ByteView>;

Result<Members> members(ByteView value)
{
    Members all;
    TlvReader reader(value);
    while (!reader.atEnd()) {
        const auto object = reader.next();
        if (!object || !all.emplace(object->tag, object->value).second)
            return malformed();
    }
    return all;
}

ByteView member(const Members& all, std::uint32_t tag)
{
    const auto found = all.find(tag);
    return found == all.end() ? ByteView() : found->second;
}

Result<QString> reference(ByteView bytes)
{
    // Shown to people as a serial: no control characters.
    const bool printable
        = std::ranges::all_of(bytes, [](std::uint8_t c) { return c >= 0x20 && (c < 0x7F || c > 0xA0); });
    if (bytes.empty() || bytes.size() > kLongestReference || !printable)
        return malformed();
    return QString::fromLatin1(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
}

Result<QDate> date(ByteView digits)
{
    if (digits.size() != 6 || std::ranges::any_of(digits, [](std::uint8_t d) { return d > 9; }))
        return malformed();
    const QDate day(
        2000 + 10 * digits[0] + digits[1], 10 * digits[2] + digits[3], 10 * digits[4] + digits[5]);
    if (!day.isValid())
        return malformed();
    return day;
}

Bytes dateDigits(const QDate& day)
{
    const auto digit = [](int value, int place) { return static_cast<std::uint8_t>(value / place % 10); };
    return { digit(day.year(), 10), digit(day.year(), 1), digit(day.month(), 10), digit(day.month(), 1),
        digit(day.day(), 10), digit(day.day(), 1) };
}

ByteView withoutLeadingZeros(ByteView number)
{
    while (!number.empty() && number.front() == 0)
        number = number.subspan(1);
    return number;
}

bool sameNumber(ByteView a, ByteView b)
{
    return std::ranges::equal(withoutLeadingZeros(a), withoutLeadingZeros(b));
}

/// The curve whose parameters these are; null unless all that are given fit.
const Curve* curveOfParameters(const Members& key)
{
    const Curve* curve = curveByPrime(member(key, 0x81));
    if (!curve)
        return nullptr;
    const bool fits = sameNumber(member(key, 0x82), curve->a) && sameNumber(member(key, 0x83), curve->b)
        && std::ranges::equal(member(key, 0x84), curve->generator)
        && sameNumber(member(key, 0x85), curve->order)
        && (!key.contains(0x87) || sameNumber(member(key, 0x87), kCofactor));
    return fits ? curve : nullptr;
}

enum class Family { Rsa, Ec };

Result<Family> family(ByteView oid)
{
    // The hash does not matter here: which one a key is used with is said by what it signs.
    constexpr std::size_t kFamilyBytes = 9;
    if (oid.size() != std::size(kRsaOid))
        return malformed();
    if (std::ranges::equal(oid.first(kFamilyBytes), ByteView(kRsaOid).first(kFamilyBytes)))
        return Family::Rsa;
    if (std::ranges::equal(oid.first(kFamilyBytes), ByteView(kEcOid).first(kFamilyBytes)))
        return Family::Ec;
    return malformed();
}

Result<PublicKey> publicKey(ByteView value)
{
    const auto parts = members(value);
    if (!parts)
        return fail(parts.error());
    const auto kind = family(member(*parts, kOid));
    if (!kind)
        return fail(kind.error());

    PublicKey key;
    if (*kind == Family::Rsa) {
        key.modulus = toBytes(withoutLeadingZeros(member(*parts, 0x81)));
        key.exponent = toBytes(withoutLeadingZeros(member(*parts, 0x82)));
        if (key.modulus.empty() || key.exponent.empty())
            return malformed();
        key.algorithm = rsaAlgorithm(key.modulus);
        return key;
    }

    key.point = toBytes(member(*parts, 0x86));
    const Curve* curve = curveOfParameters(*parts);
    if (key.point.size() < 3 || key.point.size() % 2 == 0 || key.point.front() != 0x04
        || (curve && key.point.size() != curve->generator.size()))
        return malformed();
    if (curve)
        key.algorithm = curve->algorithm;
    return key;
}

Status readBody(ByteView body, CvCertificate& certificate)
{
    const auto parts = members(body);
    if (!parts)
        return fail(parts.error());
    const auto authority = reference(member(*parts, kAuthorityReference));
    const auto holder = reference(member(*parts, kHolderReference));
    auto key = publicKey(member(*parts, kPublicKey));
    if (!authority || !holder || !key)
        return malformed();
    certificate.authorityReference = *authority;
    certificate.holderReference = *holder;
    certificate.publicKey = std::move(*key);

    if (parts->contains(kAuthorisation)) {
        const auto authorisation = members(member(*parts, kAuthorisation));
        if (!authorisation)
            return fail(authorisation.error());
        // A role in another scheme says nothing about devices of this one.
        const ByteView role = member(*authorisation, kRole);
        if (role.size() == 1 && std::ranges::equal(member(*authorisation, kOid), kAuthorisationOid))
            certificate.role = role.front();
    }
    for (const auto& [tag, day] :
        { std::pair(kValidFrom, &certificate.validFrom), std::pair(kValidTo, &certificate.validTo) }) {
        if (!parts->contains(tag))
            continue;
        const auto parsed = date(member(*parts, tag));
        if (!parsed)
            return fail(parsed.error());
        *day = *parsed;
    }
    return {};
}

Result<CvCertificate> certificateFromValue(ByteView value)
{
    TlvReader reader(value);
    const auto body = reader.expect(kBody);
    const auto signature = reader.expect(kSignature);
    if (!body || !signature || !reader.atEnd() || signature->value.empty())
        return malformed();
    CvCertificate certificate;
    if (const Status read = readBody(body->value, certificate); !read)
        return fail(read.error());
    certificate.toBeSigned = toBytes(body->whole);
    certificate.signature = toBytes(signature->value);
    return certificate;
}

Status verifySignature(const PublicKey& signer, ByteView message, ByteView signature)
{
    if (!signer.modulus.empty())
        return signer.verifySha256(message, signature);
    const Curve* curve = signer.algorithm ? curveOf(*signer.algorithm) : nullptr;
    if (!curve)
        return fail(ErrorKind::Unsupported, QStringLiteral("curve"));
    if (signature.size() != 2 * curve->order.size())
        return fail(ErrorKind::SelfTestFailed);
    const auto der = derFromRawSignature(signature);
    if (!der)
        return fail(der.error());
    return signer.verifySha256(message, *der);
}

Bytes latin1(const QString& text)
{
    const QByteArray bytes = text.toLatin1();
    return Bytes(bytes.begin(), bytes.end());
}

void append(Bytes& to, const Bytes& more)
{
    to.insert(to.end(), more.begin(), more.end());
}

/// 06 and 81..85, in the order of 5.2; the point comes between 85 and 87.
Bytes domainParameters(const Curve& curve)
{
    Bytes bytes = tlv(0x81, curve.p);
    append(bytes, tlv(0x82, curve.a));
    append(bytes, tlv(0x83, curve.b));
    append(bytes, tlv(0x84, curve.generator));
    append(bytes, tlv(0x85, curve.order));
    return bytes;
}

Bytes derInteger(ByteView number)
{
    const ByteView significant = withoutLeadingZeros(number);
    if (significant.empty() || (significant.front() & 0x80) != 0) {
        constexpr std::uint8_t kZero[] = { 0x00 };
        return tlv(0x02, { kZero, significant });
    }
    return tlv(0x02, significant);
}

} // namespace

Result<CvCertificate> CvCertificate::parse(ByteView bytes)
{
    TlvReader reader(bytes);
    const auto whole = reader.expect(kCertificate);
    if (!whole || !reader.atEnd())
        return malformed();
    return certificateFromValue(whole->value);
}

Status CvCertificate::verify(const PublicKey& issuer) const
{
    return verifySignature(issuer, toBeSigned, signature);
}

QString CvCertificate::holderWithoutSequence() const
{
    if (holderReference.size() < kShortestWithSequence)
        return {};
    return holderReference.chopped(kSequenceCharacters);
}

Result<std::vector<CvCertificate>> parseCvChain(ByteView bytes)
{
    std::vector<CvCertificate> chain;
    TlvReader reader(bytes);
    do {
        const auto whole = reader.expect(kCertificate);
        if (!whole)
            return malformed();
        auto certificate = certificateFromValue(whole->value);
        if (!certificate)
            return fail(certificate.error());
        chain.push_back(std::move(*certificate));
    } while (!reader.atEnd());
    return chain;
}

Result<CvRequest> CvRequest::parse(ByteView bytes)
{
    TlvReader outer(bytes);
    const auto whole = outer.expect(kRequest);
    if (!whole || !outer.atEnd())
        return malformed();
    TlvReader reader(whole->value);
    const auto inner = reader.expect(kCertificate);
    const auto authority = reader.expect(kAuthorityReference);
    const auto signature = reader.expect(kSignature);
    if (!inner || !authority || !signature || !reader.atEnd() || signature->value.empty())
        return malformed();
    auto request = certificateFromValue(inner->value);
    const auto name = reference(authority->value);
    if (!request || !name)
        return malformed();
    return CvRequest{ .request = std::move(*request),
        .authorityReference = *name,
        .toBeSigned = toBytes(whole->value.first(inner->whole.size() + authority->whole.size())),
        .signature = toBytes(signature->value) };
}

Status CvRequest::verify(const PublicKey& device) const
{
    return verifySignature(device, toBeSigned, signature);
}

Result<Bytes> encodeCvPublicKey(const PublicKey& key, bool withDomainParameters)
{
    if (!key.modulus.empty())
        return tlv(kPublicKey, { tlv(kOid, kRsaOid), tlv(0x81, key.modulus), tlv(0x82, key.exponent) });
    if (!withDomainParameters)
        return tlv(kPublicKey, { tlv(kOid, kEcOid), tlv(0x86, key.point) });
    const Curve* curve = key.algorithm ? curveOf(*key.algorithm) : nullptr;
    if (!curve)
        return fail(ErrorKind::Unsupported, QStringLiteral("curve"));
    return tlv(kPublicKey,
        { tlv(kOid, kEcOid), domainParameters(*curve), tlv(0x86, key.point), tlv(0x87, kCofactor) });
}

Bytes encodeKeyTemplate(KeyAlgorithm algorithm)
{
    if (const Curve* curve = curveOf(algorithm))
        return tlv(kPublicKey, { tlv(kOid, kEcOid), domainParameters(*curve), tlv(0x87, kCofactor) });
    const int bits = keyBits(algorithm);
    const std::uint8_t size[] = { static_cast<std::uint8_t>(bits >> 8), static_cast<std::uint8_t>(bits) };
    return tlv(kPublicKey, { tlv(kOid, kRsaOid), tlv(0x82, kExponent), tlv(0x02, size) });
}

Result<KeyAlgorithm> parseKeyTemplate(ByteView publicKeyTemplate)
{
    TlvReader reader(publicKeyTemplate);
    const auto whole = reader.expect(kPublicKey);
    if (!whole || !reader.atEnd())
        return malformed();
    const auto parts = members(whole->value);
    if (!parts)
        return fail(parts.error());
    const auto kind = family(member(*parts, kOid));
    if (!kind)
        return fail(kind.error());

    if (*kind == Family::Ec) {
        if (const Curve* curve = curveOfParameters(*parts))
            return curve->algorithm;
        return fail(ErrorKind::Unsupported, QStringLiteral("curve"));
    }
    const ByteView size = member(*parts, 0x02);
    if (size.size() != 2)
        return malformed();
    for (const KeyAlgorithm algorithm : kAllKeyAlgorithms) {
        if (isRsa(algorithm) && keyBits(algorithm) == (size[0] << 8 | size[1]))
            return algorithm;
    }
    return fail(ErrorKind::Unsupported, QStringLiteral("RSA size"));
}

Result<Bytes> buildCvCertificate(const CvBody& body, const CvSigner& signer)
{
    const auto key = encodeCvPublicKey(body.publicKey, body.domainParameters);
    if (!key)
        return fail(key.error());
    Bytes value = tlv(kProfile, kProfileVersion);
    append(value, tlv(kAuthorityReference, latin1(body.authorityReference)));
    append(value, *key);
    append(value, tlv(kHolderReference, latin1(body.holderReference)));
    if (body.role)
        append(value, tlv(kAuthorisation, { tlv(kOid, kAuthorisationOid), tlv(kRole, { &*body.role, 1 }) }));
    if (body.validFrom)
        append(value, tlv(kValidFrom, dateDigits(*body.validFrom)));
    if (body.validTo)
        append(value, tlv(kValidTo, dateDigits(*body.validTo)));

    const Bytes toBeSigned = tlv(kBody, value);
    const auto signature = signer(toBeSigned);
    if (!signature)
        return fail(signature.error());
    return tlv(kCertificate, { toBeSigned, tlv(kSignature, *signature) });
}

Result<Bytes> buildCvRequest(ByteView request, const QString& outerReference, const CvSigner& signer)
{
    Bytes toBeSigned = toBytes(request);
    append(toBeSigned, tlv(kAuthorityReference, latin1(outerReference)));
    const auto signature = signer(toBeSigned);
    if (!signature)
        return fail(signature.error());
    return tlv(kRequest, { toBeSigned, tlv(kSignature, *signature) });
}

Result<Bytes> rawFromDerSignature(ByteView der, std::size_t orderBytes)
{
    const auto invalid = [] { return fail(ErrorKind::Malformed, QStringLiteral("ECDSA signature")); };
    TlvReader outer(der);
    const auto sequence = outer.expect(0x30);
    if (!sequence || !outer.atEnd())
        return invalid();
    TlvReader reader(sequence->value);
    Bytes raw(2 * orderBytes, 0);
    for (std::size_t end = orderBytes; end <= raw.size(); end += orderBytes) {
        const auto integer = reader.expect(0x02);
        if (!integer)
            return invalid();
        const ByteView number = withoutLeadingZeros(integer->value);
        if (number.empty() || number.size() > orderBytes)
            return invalid();
        std::ranges::copy(number, raw.begin() + static_cast<std::ptrdiff_t>(end - number.size()));
    }
    if (!reader.atEnd())
        return invalid();
    return raw;
}

Result<Bytes> derFromRawSignature(ByteView raw)
{
    if (raw.empty() || raw.size() % 2 != 0)
        return fail(ErrorKind::Malformed, QStringLiteral("ECDSA signature"));
    const std::size_t half = raw.size() / 2;
    return tlv(0x30, { derInteger(raw.first(half)), derInteger(raw.subspan(half)) });
}

} // namespace conclave::card
