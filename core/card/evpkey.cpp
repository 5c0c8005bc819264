// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/evpkey.h"

#include "core/card/curves.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include <bit>
#include <cstring>

namespace conclave::card {

namespace {

struct NumberFree {
    void operator()(BIGNUM* number) const { BN_free(number); }
};
struct BuilderFree {
    void operator()(OSSL_PARAM_BLD* builder) const { OSSL_PARAM_BLD_free(builder); }
};
struct ParametersFree {
    void operator()(OSSL_PARAM* parameters) const { OSSL_PARAM_free(parameters); }
};
struct ContextFree {
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
};

using Number = std::unique_ptr<BIGNUM, NumberFree>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, BuilderFree>;

Number number(ByteView bytes)
{
    return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

Result<EvpKey> make(const char* type, OSSL_PARAM_BLD* builder)
{
    const std::unique_ptr<OSSL_PARAM, ParametersFree> parameters(OSSL_PARAM_BLD_to_param(builder));
    const std::unique_ptr<EVP_PKEY_CTX, ContextFree> context(
        EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        return fail(ErrorKind::Malformed, QStringLiteral("public key"));
    return EvpKey(key);
}

Bytes numberParameter(const EVP_PKEY* key, const char* name)
{
    BIGNUM* raw = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &raw) != 1)
        return {};
    const Number value(raw);
    Bytes bytes(static_cast<std::size_t>(BN_num_bytes(raw)));
    BN_bn2bin(raw, bytes.data());
    return bytes;
}

} // namespace

std::optional<KeyAlgorithm> rsaAlgorithm(ByteView modulus)
{
    while (!modulus.empty() && modulus.front() == 0)
        modulus = modulus.subspan(1);
    if (modulus.empty())
        return std::nullopt;
    const std::size_t bits = modulus.size() * 8 - static_cast<std::size_t>(std::countl_zero(modulus.front()));
    for (const KeyAlgorithm algorithm : kAllKeyAlgorithms) {
        if (isRsa(algorithm) && bits == static_cast<std::size_t>(keyBits(algorithm)))
            return algorithm;
    }
    return std::nullopt;
}

Result<EvpKey> toEvpKey(const PublicKey& key)
{
    const Builder builder(OSSL_PARAM_BLD_new());
    if (!builder)
        return fail(ErrorKind::CryptoFailed);
    if (!key.modulus.empty()) {
        const Number modulus = number(key.modulus);
        const Number exponent = number(key.exponent);
        if (!modulus || !exponent
            || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1
            || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1)
            return fail(ErrorKind::CryptoFailed);
        return make("RSA", builder.get());
    }

    const Curve* curve = key.algorithm ? curveOf(*key.algorithm) : nullptr;
    if (!curve)
        return fail(ErrorKind::Unsupported, QStringLiteral("curve"));
    if (OSSL_PARAM_BLD_push_utf8_string(
            builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve->opensslName, std::strlen(curve->opensslName))
            != 1
        || OSSL_PARAM_BLD_push_octet_string(
               builder.get(), OSSL_PKEY_PARAM_PUB_KEY, key.point.data(), key.point.size())
            != 1)
        return fail(ErrorKind::CryptoFailed);
    return make("EC", builder.get());
}

Result<PublicKey> fromEvpKey(const EVP_PKEY* key)
{
    PublicKey result;
    if (EVP_PKEY_is_a(key, "RSA") == 1) {
        result.modulus = numberParameter(key, OSSL_PKEY_PARAM_RSA_N);
        result.exponent = numberParameter(key, OSSL_PKEY_PARAM_RSA_E);
        result.algorithm = rsaAlgorithm(result.modulus);
        return result;
    }
    if (EVP_PKEY_is_a(key, "EC") != 1)
        return fail(ErrorKind::Unsupported, QStringLiteral("public key"));

    const Bytes prime = numberParameter(key, OSSL_PKEY_PARAM_EC_P);
    const Curve* curve = curveByPrime(prime);
    char group[64] = {};
    std::size_t written = 0;
    if (curve
        && (EVP_PKEY_get_group_name(key, group, sizeof group, &written) != 1
            || std::strcmp(group, curve->opensslName) != 0))
        curve = nullptr;
    if (curve)
        result.algorithm = curve->algorithm;

    // X and Y, not the encoded point: that one may be compressed.
    const Number size = number(prime);
    const auto fieldBytes = static_cast<std::size_t>(BN_num_bytes(size.get()));
    const Bytes x = numberParameter(key, OSSL_PKEY_PARAM_EC_PUB_X);
    const Bytes y = numberParameter(key, OSSL_PKEY_PARAM_EC_PUB_Y);
    if (x.size() > fieldBytes || y.size() > fieldBytes)
        return fail(ErrorKind::Malformed, QStringLiteral("public key"));
    result.point.assign(1 + 2 * fieldBytes, 0);
    result.point.front() = 0x04;
    std::copy(
        x.begin(), x.end(), result.point.begin() + static_cast<std::ptrdiff_t>(1 + fieldBytes - x.size()));
    std::copy(y.begin(), y.end(), result.point.end() - static_cast<std::ptrdiff_t>(y.size()));
    return result;
}

} // namespace conclave::card
