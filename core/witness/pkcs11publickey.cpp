// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/witness/pkcs11publickey.h"

#include "core/card/curves.h"
#include "core/card/publickey.h"

#include <openssl/asn1.h>
#include <openssl/objects.h>

#include <cstring>
#include <memory>

namespace conclave::witness {

namespace {

struct ObjectFree {
    void operator()(ASN1_OBJECT* object) const { ASN1_OBJECT_free(object); }
};
struct OctetsFree {
    void operator()(ASN1_OCTET_STRING* octets) const { ASN1_OCTET_STRING_free(octets); }
};

constexpr std::uint8_t kUncompressed = 0x04;

/// ECParameters, here a named curve (RFC 5480, 2.1.1).
std::optional<card::KeyAlgorithm> curveNamedBy(ByteView parameters)
{
    const std::uint8_t* at = parameters.data();
    const std::unique_ptr<ASN1_OBJECT, ObjectFree> name(
        d2i_ASN1_OBJECT(nullptr, &at, static_cast<long>(parameters.size())));
    const char* shortName = name ? OBJ_nid2sn(OBJ_obj2nid(name.get())) : nullptr;
    for (const card::KeyAlgorithm algorithm : card::kAllKeyAlgorithms) {
        const card::Curve* curve = card::curveOf(algorithm);
        if (shortName && curve && std::strcmp(curve->opensslName, shortName) == 0)
            return algorithm;
    }
    return std::nullopt;
}

/// CKA_EC_POINT is an OCTET STRING with the point in it; some modules leave the wrapping out.
Bytes pointIn(const Bytes& value, std::size_t pointBytes)
{
    if (value.size() == pointBytes && value.front() == kUncompressed)
        return value;
    const std::uint8_t* at = value.data();
    const std::unique_ptr<ASN1_OCTET_STRING, OctetsFree> octets(
        d2i_ASN1_OCTET_STRING(nullptr, &at, static_cast<long>(value.size())));
    if (!octets)
        return {};
    const std::uint8_t* data = ASN1_STRING_get0_data(octets.get());
    return Bytes(data, data + ASN1_STRING_length(octets.get()));
}

std::optional<card::PublicKey> ecKey(const Pkcs11Session& session, CK_OBJECT_HANDLE object)
{
    const auto parameters = session.attribute(object, CKA_EC_PARAMS);
    const auto value = session.attribute(object, CKA_EC_POINT);
    if (!parameters || parameters->empty() || !value || value->empty())
        return std::nullopt;
    const auto algorithm = curveNamedBy(*parameters);
    if (!algorithm)
        return std::nullopt;
    card::PublicKey key{ .algorithm = algorithm };
    key.point = pointIn(*value, 1 + 2 * card::curveOf(*algorithm)->fieldBytes());
    return key;
}

std::optional<card::PublicKey> rsaKey(const Pkcs11Session& session, CK_OBJECT_HANDLE object)
{
    const auto modulus = session.attribute(object, CKA_MODULUS);
    const auto exponent = session.attribute(object, CKA_PUBLIC_EXPONENT);
    if (!modulus || modulus->empty() || !exponent || exponent->empty())
        return std::nullopt;
    return card::PublicKey{ .modulus = *modulus, .exponent = *exponent };
}

} // namespace

Bytes publicKeyOf(const Pkcs11Session& session, CK_OBJECT_HANDLE object)
{
    const auto type = session.number(object, CKA_KEY_TYPE);
    const std::optional<card::PublicKey> key = type == CKK_RSA ? rsaKey(session, object)
        : type == CKK_EC                                       ? ecKey(session, object)
                                                               : std::nullopt;
    return key ? key->subjectPublicKeyInfo().value_or(Bytes{}) : Bytes{};
}

} // namespace conclave::witness
