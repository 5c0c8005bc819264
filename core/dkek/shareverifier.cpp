// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/dkek/shareverifier.h"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <algorithm>
#include <bit>
#include <memory>

namespace conclave::dkek {

namespace {

constexpr std::uint64_t kMostMemory = 1ULL << 28;
constexpr std::uint64_t kMostWork = 16ULL * (1 << 15) * 8;
constexpr int kLargestParameter = 1 << 21;
constexpr int kBitsWithoutVerifier = 64;

std::uint64_t memoryOf(const ScryptCost& cost)
{
    const auto blocks = static_cast<std::uint64_t>(cost.n) + static_cast<std::uint64_t>(cost.p) + 2;
    return 128 * static_cast<std::uint64_t>(cost.r) * blocks;
}

Result<Bytes> verifierOf(const ScryptCost& cost, ByteView salt, ByteView prime, const CustodianShare& share)
{
    static constexpr std::uint8_t kPrefix[]
        = "conclave-verifier-1"; // its terminator is the zero byte of the format
    const auto id = static_cast<std::uint8_t>(share.id);
    SecretBytes input = SecretBytes::concatenate({ kPrefix, prime, ByteView(&id, 1), share.value });
    Bytes saltCopy = toBytes(salt);
    auto n = static_cast<std::uint64_t>(cost.n);
    auto r = static_cast<std::uint32_t>(cost.r);
    auto p = static_cast<std::uint32_t>(cost.p);
    std::uint64_t memory = memoryOf(cost);
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, input.data(), input.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, saltCopy.data(), saltCopy.size()),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
        OSSL_PARAM_construct_end(),
    };
    const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(
        EVP_KDF_fetch(nullptr, "SCRYPT", nullptr), EVP_KDF_free);
    const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(
        EVP_KDF_CTX_new(kdf.get()), EVP_KDF_CTX_free);
    Bytes verifier(kVerifierBytes);
    if (!context || EVP_KDF_derive(context.get(), verifier.data(), verifier.size(), parameters) != 1)
        return fail(ErrorKind::CryptoFailed, QStringLiteral("scrypt"));
    return verifier;
}

} // namespace

bool ScryptCost::bearable() const
{
    if (n < 2 || n > kLargestParameter || !std::has_single_bit(static_cast<unsigned>(n)) || r < 1
        || r > kLargestParameter || p < 1 || p > kLargestParameter)
        return false;
    const auto work = static_cast<std::uint64_t>(n) * static_cast<std::uint64_t>(r);
    return memoryOf(*this) <= kMostMemory && work * static_cast<std::uint64_t>(p) <= kMostWork;
}

Result<std::optional<ShareVerifiers>> makeVerifiers(
    const SharedPassword& set, const RandomSource& random, const ScryptCost& cost)
{
    if (set.scheme.bits <= kBitsWithoutVerifier)
        return std::optional<ShareVerifiers>{};
    const Result<SecretBytes> salt = random(kVerifierSaltBytes);
    if (!salt)
        return fail(salt.error());
    ShareVerifiers verifiers{ cost, toBytes(*salt), {} };
    for (const CustodianShare& share : set.shares) {
        Result<Bytes> value = verifierOf(cost, *salt, set.prime, share);
        if (!value)
            return fail(value.error());
        verifiers.values.push_back(std::move(*value));
    }
    return std::optional(std::move(verifiers));
}

Result<VerifierAnswer> askVerifier(
    const std::optional<ShareVerifiers>& verifiers, ByteView prime, const CustodianShare& share)
{
    if (const Status fits = checkShare(prime, share); !fits)
        return fail(fits.error());
    if (!verifiers || static_cast<std::size_t>(share.id) > verifiers->values.size())
        return VerifierAnswer::NoVerifier;
    const Result<Bytes> value = verifierOf(verifiers->cost, verifiers->salt, prime, share);
    if (!value)
        return fail(value.error());
    return *value == verifiers->values[static_cast<std::size_t>(share.id - 1)] ? VerifierAnswer::Matches
                                                                               : VerifierAnswer::Differs;
}

} // namespace conclave::dkek
