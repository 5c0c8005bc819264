// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/privatekey.h"

#include "core/card/curves.h"
#include "core/card/cvc.h"
#include "core/simulator/ecscalar.h"
#include "core/simulator/numbers.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace conclave::simulator {

namespace {

using dkek::ClearKey;
using dkek::WrappedKeyType;
using Padding = SignMechanism::Padding;

using KeyContext = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)>;
using Parameters = std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)>;

tl::unexpected<Error> cryptoFailed()
{
    return fail(ErrorKind::CryptoFailed, QStringLiteral("private key"));
}

KeyContext contextFor(EVP_PKEY* key)
{
    return { EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr), EVP_PKEY_CTX_free };
}

Result<card::EvpKey> build(const char* type, OSSL_PARAM_BLD* builder)
{
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder), OSSL_PARAM_free);
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr), EVP_PKEY_CTX_free);
    EVP_PKEY* key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, parameters.get()) != 1)
        return fail(ErrorKind::WrongData, QStringLiteral("private key"));
    return card::EvpKey(key);
}

/// What OpenSSL calls the parts of an RSA key.
struct RsaPart {
    const char* name;
    const BIGNUM* value;
};

Result<card::EvpKey> buildRsa(std::initializer_list<RsaPart> parts)
{
    const Builder builder(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
    for (const RsaPart& part : parts) {
        if (!builder || !part.value || OSSL_PARAM_BLD_push_BN(builder.get(), part.name, part.value) != 1)
            return cryptoFailed();
    }
    return build("RSA", builder.get());
}

Result<card::EvpKey> rsaFromExponent(const ClearKey& key)
{
    const Number d = number(key.components[0]);
    const Number modulus = number(key.components[1]);
    const Number exponent = number(key.components[2]);
    return buildRsa({ { OSSL_PKEY_PARAM_RSA_N, modulus.get() }, { OSSL_PKEY_PARAM_RSA_E, exponent.get() },
        { OSSL_PKEY_PARAM_RSA_D, d.get() } });
}

Result<card::EvpKey> rsaFromFactors(const ClearKey& key)
{
    const Number dp = number(key.components[0]);
    const Number dq = number(key.components[1]);
    const Number p = number(key.components[2]);
    const Number inverse = number(key.components[3]);
    const Number q = number(key.components[4]);
    const Number modulus = number(key.components[5]);
    const Number exponent = number(key.components[6]);
    const auto d = exponentOf(*p, *q, *modulus, *exponent);
    if (!d)
        return fail(d.error());
    return buildRsa({ { OSSL_PKEY_PARAM_RSA_N, modulus.get() }, { OSSL_PKEY_PARAM_RSA_E, exponent.get() },
        { OSSL_PKEY_PARAM_RSA_D, d->get() }, { OSSL_PKEY_PARAM_RSA_FACTOR1, p.get() },
        { OSSL_PKEY_PARAM_RSA_FACTOR2, q.get() }, { OSSL_PKEY_PARAM_RSA_EXPONENT1, dp.get() },
        { OSSL_PKEY_PARAM_RSA_EXPONENT2, dq.get() }, { OSSL_PKEY_PARAM_RSA_COEFFICIENT1, inverse.get() } });
}

bool setPadding(EVP_PKEY_CTX* context, const SignMechanism& mechanism)
{
    switch (mechanism.padding) {
    case Padding::Ecdsa:
        return true;
    case Padding::RsaNone:
        return EVP_PKEY_CTX_set_rsa_padding(context, RSA_NO_PADDING) == 1;
    case Padding::RsaPkcs1:
        return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1
            && (!mechanism.hash || EVP_PKEY_CTX_set_signature_md(context, mechanism.hash) == 1);
    case Padding::RsaPss:
        return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
            && EVP_PKEY_CTX_set_signature_md(context, mechanism.hash) == 1
            && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
    }
    return false;
}

Result<Bytes> digestOf(const EVP_MD* hash, ByteView message)
{
    Bytes digest(static_cast<std::size_t>(EVP_MD_get_size(hash)));
    if (EVP_Digest(message.data(), message.size(), digest.data(), nullptr, hash, nullptr) != 1)
        return cryptoFailed();
    return digest;
}

/// A digest that came with or without the DigestInfo around it (RFC 8017, 9.2): hosts send both for PSS.
struct GivenDigest {
    const EVP_MD* hash;
    ByteView digest;
};

std::optional<GivenDigest> givenDigest(ByteView input)
{
    struct Known {
        const EVP_MD* hash;
        Bytes oid;
    };
    static const std::array known{
        Known{ EVP_sha1(), { 0x06, 0x05, 0x2B, 0x0E, 0x03, 0x02, 0x1A } },
        Known{ EVP_sha224(), { 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x04 } },
        Known{ EVP_sha256(), { 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01 } },
        Known{ EVP_sha384(), { 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02 } },
        Known{ EVP_sha512(), { 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03 } },
    };
    for (const Known& one : known) {
        const auto size = static_cast<std::size_t>(EVP_MD_get_size(one.hash));
        if (input.size() == size)
            return GivenDigest{ one.hash, input };
        // 30 len 30 len OID 05 00 04 len digest
        constexpr std::size_t kBeforeOid = 4;
        if (input.size() == kBeforeOid + one.oid.size() + 4 + size
            && std::ranges::equal(input.subspan(kBeforeOid, one.oid.size()), one.oid))
            return GivenDigest{ one.hash, input.last(size) };
    }
    return std::nullopt;
}

} // namespace

std::optional<SignMechanism> SignMechanism::of(std::uint8_t algorithm)
{
    const auto hash = [&]() -> const EVP_MD* {
        switch (algorithm & 0x0F) {
        case 1:
            return EVP_sha1();
        case 2:
            return EVP_sha224();
        case 3:
            return EVP_sha256();
        case 4:
            return EVP_sha384();
        case 5:
            return EVP_sha512();
        default:
            return nullptr;
        }
    }();
    if ((algorithm & 0x0F) != 0 && !hash)
        return std::nullopt;
    switch (algorithm & 0xF0) {
    case 0x20:
        if (hash)
            return std::nullopt;
        return SignMechanism{ .padding = Padding::RsaNone };
    case 0x30:
        return SignMechanism{ .padding = Padding::RsaPkcs1, .hash = hash };
    case 0x40:
        return SignMechanism{ .padding = Padding::RsaPss, .hash = hash };
    case 0x70:
        return SignMechanism{ .padding = Padding::Ecdsa, .hash = hash };
    default:
        return std::nullopt;
    }
}

PrivateKey::PrivateKey(card::EvpKey key, card::PublicKey publicKey)
    : m_key(std::move(key))
    , m_public(std::move(publicKey))
{
}

Result<PrivateKey> PrivateKey::from(card::EvpKey key)
{
    auto publicKey = card::fromEvpKey(key.get());
    if (!publicKey || !publicKey->algorithm)
        return fail(ErrorKind::Unsupported, QStringLiteral("private key"));
    return PrivateKey(std::move(key), std::move(*publicKey));
}

Result<PrivateKey> PrivateKey::generate(card::KeyAlgorithm algorithm)
{
    const card::Curve* curve = card::curveOf(algorithm);
    EVP_PKEY* key = curve ? EVP_EC_gen(curve->opensslName)
                          : EVP_RSA_gen(static_cast<unsigned>(card::keyBits(algorithm)));
    if (!key)
        return cryptoFailed();
    return from(card::EvpKey(key));
}

Result<PrivateKey> PrivateKey::fromScalar(card::KeyAlgorithm algorithm, ByteView scalar)
{
    const card::Curve* curve = card::curveOf(algorithm);
    if (!curve)
        return fail(ErrorKind::Unsupported, QStringLiteral("curve"));
    const auto point = multiply(*curve, scalar, curve->generator);
    if (!point)
        return fail(point.error());
    const Number d = number(scalar);
    const Builder builder(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
    if (!builder || !d
        || OSSL_PARAM_BLD_push_utf8_string(
               builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve->opensslName, std::strlen(curve->opensslName))
            != 1
        || OSSL_PARAM_BLD_push_octet_string(
               builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point->data(), point->size())
            != 1
        || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, d.get()) != 1)
        return cryptoFailed();
    auto key = build("EC", builder.get());
    if (!key)
        return fail(key.error());
    return from(std::move(*key));
}

Result<PrivateKey> PrivateKey::fromClear(const ClearKey& key)
{
    constexpr std::size_t kEcPrime = 2;
    constexpr std::size_t kEcScalar = 5;
    constexpr std::size_t kEcPoint = 6;
    const bool rsa = key.type == WrappedKeyType::Rsa && key.components.size() == 3;
    const bool rsaCrt = key.type == WrappedKeyType::RsaCrt && key.components.size() == 7;
    const bool ec = key.type == WrappedKeyType::Ec && key.components.size() == 7;
    if (!rsa && !rsaCrt && !ec)
        return fail(ErrorKind::Unsupported, QStringLiteral("key type"));

    if (ec) {
        const card::Curve* curve = card::curveByPrime(key.components[kEcPrime]);
        if (!curve)
            return fail(ErrorKind::Unsupported, QStringLiteral("curve"));
        auto made = fromScalar(curve->algorithm, key.components[kEcScalar]);
        if (made && !std::ranges::equal(made->publicKey().point, key.components[kEcPoint].view()))
            return fail(ErrorKind::WrongData, QStringLiteral("private key"));
        return made;
    }

    // Before OpenSSL sees them: numbers of any length would be computed with.
    if (!card::rsaAlgorithm(key.components[rsa ? 1 : 5]))
        return fail(ErrorKind::Unsupported, QStringLiteral("RSA size"));
    auto made = rsa ? rsaFromExponent(key) : rsaFromFactors(key);
    if (!made)
        return fail(made.error());
    return from(std::move(*made));
}

Result<ClearKey> PrivateKey::clear() const
{
    return clear(true);
}

Result<ClearKey> PrivateKey::clearForExport() const
{
    return clear(algorithm() != card::KeyAlgorithm::Rsa4096);
}

Result<ClearKey> PrivateKey::clear(bool withFactors) const
{
    const auto part = [this](const char* name, std::size_t size = 0) {
        return parameter(*m_key, name, size).value_or(SecretBytes());
    };
    ClearKey key;
    key.bits = card::keyBits(algorithm());
    if (const card::Curve* curve = card::curveOf(algorithm())) {
        key.type = WrappedKeyType::Ec;
        for (const Bytes* bytes : { &curve->a, &curve->b, &curve->p, &curve->order, &curve->generator })
            key.components.emplace_back(ByteView(*bytes));
        key.components.push_back(part(OSSL_PKEY_PARAM_PRIV_KEY, curve->order.size()));
        key.components.emplace_back(ByteView(m_public.point));
    } else {
        const std::size_t modulusBytes = m_public.modulus.size();
        const std::size_t half = modulusBytes / 2;
        // A key that came without factors goes without them.
        if (withFactors && !part(OSSL_PKEY_PARAM_RSA_FACTOR1).empty()) {
            key.type = WrappedKeyType::RsaCrt;
            for (const char* name :
                { OSSL_PKEY_PARAM_RSA_EXPONENT1, OSSL_PKEY_PARAM_RSA_EXPONENT2, OSSL_PKEY_PARAM_RSA_FACTOR1,
                    OSSL_PKEY_PARAM_RSA_COEFFICIENT1, OSSL_PKEY_PARAM_RSA_FACTOR2 })
                key.components.push_back(part(name, half));
        } else {
            key.type = WrappedKeyType::Rsa;
            key.components.push_back(part(OSSL_PKEY_PARAM_RSA_D, modulusBytes));
        }
        key.components.emplace_back(ByteView(m_public.modulus));
        key.components.emplace_back(ByteView(m_public.exponent));
    }
    if (std::ranges::any_of(key.components, &SecretBytes::empty))
        return cryptoFailed();
    return key;
}

Result<Bytes> PrivateKey::sign(const SignMechanism& mechanism, ByteView input) const
{
    const bool rsa = card::isRsa(algorithm());
    if (rsa == (mechanism.padding == Padding::Ecdsa))
        return fail(ErrorKind::Unsupported, QStringLiteral("mechanism"));

    SignMechanism resolved = mechanism;
    Bytes digest;
    if (mechanism.hash) {
        auto made = digestOf(mechanism.hash, input);
        if (!made)
            return made;
        digest = std::move(*made);
        input = digest;
    } else if (mechanism.padding == Padding::RsaPss) {
        const auto given = givenDigest(input);
        if (!given)
            return fail(ErrorKind::WrongData, QStringLiteral("digest"));
        resolved.hash = given->hash;
        input = given->digest;
    } else if (input.empty()
        || (mechanism.padding == Padding::RsaNone && input.size() != m_public.modulus.size())) {
        return fail(ErrorKind::WrongLength, QStringLiteral("block"));
    }

    const KeyContext context = contextFor(m_key.get());
    std::size_t size = 0;
    if (!context || EVP_PKEY_sign_init(context.get()) != 1 || !setPadding(context.get(), resolved)
        || EVP_PKEY_sign(context.get(), nullptr, &size, input.data(), input.size()) != 1)
        return cryptoFailed();
    Bytes signature(size);
    if (EVP_PKEY_sign(context.get(), signature.data(), &size, input.data(), input.size()) != 1)
        return fail(
            ErrorKind::WrongData, QStringLiteral("block")); // not below the modulus, or too long for it
    signature.resize(size);
    return signature;
}

Result<Bytes> PrivateKey::signCertificate(ByteView toBeSigned) const
{
    const card::Curve* curve = card::curveOf(algorithm());
    const auto signature
        = sign({ .padding = curve ? Padding::Ecdsa : Padding::RsaPkcs1, .hash = EVP_sha256() }, toBeSigned);
    if (!signature || !curve)
        return signature;
    return card::rawFromDerSignature(*signature, curve->order.size());
}

Result<SecretBytes> PrivateKey::decipher(ByteView block) const
{
    if (!card::isRsa(algorithm()))
        return fail(ErrorKind::Unsupported, QStringLiteral("mechanism"));
    if (block.size() != m_public.modulus.size())
        return fail(ErrorKind::WrongLength, QStringLiteral("block"));
    const KeyContext context = contextFor(m_key.get());
    SecretBytes clear(block.size());
    std::size_t size = clear.size();
    if (!context || EVP_PKEY_decrypt_init(context.get()) != 1
        || EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING) != 1)
        return cryptoFailed();
    if (EVP_PKEY_decrypt(context.get(), clear.data(), &size, block.data(), block.size()) != 1)
        return fail(ErrorKind::WrongData, QStringLiteral("block"));
    return clear;
}

Result<SecretBytes> PrivateKey::agree(ByteView point) const
{
    const card::Curve* curve = card::curveOf(algorithm());
    if (!curve)
        return fail(ErrorKind::Unsupported, QStringLiteral("mechanism"));
    const auto scalar = parameter(*m_key, OSSL_PKEY_PARAM_PRIV_KEY, curve->order.size());
    if (!scalar)
        return cryptoFailed();
    return multiply(*curve, *scalar, point);
}

} // namespace conclave::simulator
