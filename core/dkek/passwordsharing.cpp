// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/dkek/passwordsharing.h"

#include "core/base/codealphabet.h"
#include "core/base/digest.h"
#include "core/dkek/bignumber.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <set>

namespace conclave::dkek {

namespace {

constexpr int kMostShares = 99;
constexpr std::size_t kSmallestPrimeBytes = 8;
constexpr std::size_t kLargestPrimeBytes = 31; // what sc-hsm-tool's input line holds (smartcard-hsm.md, 7.3)
constexpr int kCheckCodeCharacters = 4;

/// Uniform below the prime, by drawing again.
Result<Bn> below(const BIGNUM* prime, std::size_t bytes, const RandomSource& random)
{
    for (;;) {
        const Result<SecretBytes> drawn = random(bytes);
        if (!drawn)
            return fail(drawn.error());
        Bn number = secureNumber(*drawn);
        if (!number)
            return numbersFailed();
        if (BN_cmp(number.get(), prime) < 0)
            return number;
    }
}

Result<Bn> freshPrime(int bits)
{
    Bn prime(BN_new());
    // BN_RAND_TOP_TWO as the stock tool has it: larger than a password with a clear top bit.
    if (!prime || BN_generate_prime_ex(prime.get(), bits, 0, nullptr, nullptr, nullptr) != 1)
        return numbersFailed();
    return prime;
}

Result<SecretBytes> freshPassword(std::size_t size, const RandomSource& random)
{
    for (;;) {
        Result<SecretBytes> password = random(size);
        if (!password)
            return password;
        (*password)[0] &= 0x7F; // below every prime with its top bit set
        if ((*password)[0] != 0)
            return password;
    }
}

} // namespace

Status SharingScheme::check() const
{
    if (threshold < 2 || threshold > total || total > kMostShares
        || (bits != 64 && bits != 128 && bits != 160))
        return fail(ErrorKind::InvalidScheme);
    return {};
}

Result<SharedPassword> sharePassword(const SharingScheme& scheme, const RandomSource& random)
{
    if (const Status fits = scheme.check(); !fits)
        return fail(fits.error());
    const std::size_t size = scheme.valueBytes();
    const Result<Bn> prime = freshPrime(scheme.bits);
    if (!prime)
        return fail(prime.error());
    Result<SecretBytes> password = freshPassword(size, random);
    if (!password)
        return fail(password.error());

    std::vector<Bn> coefficients;
    coefficients.push_back(secureNumber(*password));
    for (int i = 1; i < scheme.threshold; ++i) {
        Result<Bn> coefficient = below(prime->get(), size, random);
        if (!coefficient)
            return fail(coefficient.error());
        coefficients.push_back(std::move(*coefficient));
    }

    SharedPassword shared;
    shared.scheme = scheme;
    shared.prime.resize(size);
    const BnContext context = secureContext();
    const Bn value = secureNumber();
    bool ok = context && value && coefficients.front()
        && BN_bn2binpad(prime->get(), shared.prime.data(), static_cast<int>(size)) >= 0;
    for (int id = 1; ok && id <= scheme.total; ++id) {
        BN_zero(value.get());
        for (auto c = coefficients.rbegin(); ok && c != coefficients.rend(); ++c) {
            ok = BN_mul_word(value.get(), static_cast<BN_ULONG>(id)) == 1
                && BN_mod(value.get(), value.get(), prime->get(), context.get()) == 1
                && BN_mod_add(value.get(), value.get(), c->get(), prime->get(), context.get()) == 1;
        }
        CustodianShare share{ id, SecretBytes(size) };
        ok = ok && BN_bn2binpad(value.get(), share.value.data(), static_cast<int>(size)) >= 0;
        shared.shares.push_back(std::move(share));
    }
    if (!ok)
        return numbersFailed();
    shared.password = std::move(*password);
    return shared;
}

Status checkShare(ByteView prime, const CustodianShare& share)
{
    if (share.id < 1 || share.id > kMostShares)
        return fail(Error{ .kind = ErrorKind::ShareIdOutOfRange, .number = share.id });
    if (share.value.size() != prime.size())
        return fail(Error{ .kind = ErrorKind::WrongShareLength, .number = share.id });
    const ByteView value = share.value;
    if (!std::lexicographical_compare(value.begin(), value.end(), prime.begin(), prime.end()))
        return fail(Error{ .kind = ErrorKind::ValueNotBelowPrime, .number = share.id });
    return {};
}

Status checkPrime(ByteView prime)
{
    if (prime.size() < kSmallestPrimeBytes || prime.size() > kLargestPrimeBytes || (prime[0] & 0x80) == 0)
        return fail(ErrorKind::NotAPrime);
    const Bn number(BN_bin2bn(prime.data(), static_cast<int>(prime.size()), nullptr));
    const BnContext context(BN_CTX_new());
    if (!number || !context || BN_check_prime(number.get(), context.get(), nullptr) != 1)
        return fail(ErrorKind::NotAPrime);
    return {};
}

Result<SecretBytes> joinPassword(ByteView prime, std::span<const CustodianShare* const> shares)
{
    if (shares.size() < 2)
        return fail(ErrorKind::TooFewShares);
    std::set<int> ids;
    for (const CustodianShare* share : shares) {
        if (const Status fits = checkShare(prime, *share); !fits)
            return fail(fits.error());
        if (!ids.insert(share->id).second)
            return fail(Error{ .kind = ErrorKind::DuplicateShare, .number = share->id });
    }
    const Bn modulus(BN_bin2bn(prime.data(), static_cast<int>(prime.size()), nullptr));
    const BnContext context = secureContext();
    const Bn sum = secureNumber();
    const Bn term = secureNumber();
    const Bn numerator(BN_new());
    const Bn denominator(BN_new());
    const Bn factor(BN_new());
    bool ok = modulus && context && sum && term && numerator && denominator && factor;
    if (ok)
        BN_zero(sum.get());
    for (const CustodianShare* share : shares) {
        // Lagrange at zero: value * product of x_j / (x_j - x_i)
        ok = ok && BN_one(numerator.get()) == 1 && BN_one(denominator.get()) == 1;
        for (const int other : ids) {
            if (other == share->id)
                continue;
            const int difference = other - share->id;
            ok = ok && BN_mul_word(numerator.get(), static_cast<BN_ULONG>(other)) == 1
                && BN_mod(numerator.get(), numerator.get(), modulus.get(), context.get()) == 1
                && BN_set_word(factor.get(), static_cast<BN_ULONG>(difference < 0 ? -difference : difference))
                    == 1;
            if (ok)
                BN_set_negative(factor.get(), difference < 0 ? 1 : 0);
            ok = ok
                && BN_mod_mul(
                       denominator.get(), denominator.get(), factor.get(), modulus.get(), context.get())
                    == 1;
        }
        const Bn value = secureNumber(share->value);
        ok = ok && value && BN_mod_inverse(factor.get(), denominator.get(), modulus.get(), context.get())
            && BN_mod_mul(term.get(), value.get(), numerator.get(), modulus.get(), context.get()) == 1
            && BN_mod_mul(term.get(), term.get(), factor.get(), modulus.get(), context.get()) == 1
            && BN_mod_add(sum.get(), sum.get(), term.get(), modulus.get(), context.get()) == 1;
    }
    SecretBytes password(prime.size());
    if (!ok || BN_bn2binpad(sum.get(), password.data(), static_cast<int>(password.size())) < 0)
        return numbersFailed();
    return password;
}

SecretBytes minimalPassword(ByteView password)
{
    const auto first
        = std::find_if(password.begin(), password.end(), [](std::uint8_t byte) { return byte != 0; });
    return SecretBytes(ByteView(first, password.end()));
}

SecretBytes checkCode(ByteView prime, const CustodianShare& share)
{
    static constexpr std::uint8_t kPrefix[]
        = "conclave-check-1"; // its terminator is the zero byte of the format
    const auto id = static_cast<std::uint8_t>(share.id);
    Sha256Digest digest = sha256({ kPrefix, prime, ByteView(&id, 1), share.value });
    SecretBytes code(kCheckCodeCharacters);
    unsigned bits
        = static_cast<unsigned>(digest[0]) << 12 | static_cast<unsigned>(digest[1]) << 4 | digest[2] >> 4;
    for (std::size_t i = kCheckCodeCharacters; i-- > 0; bits >>= 5)
        code[i] = static_cast<std::uint8_t>(kCodeAlphabet[bits & 0x1F]);
    OPENSSL_cleanse(digest.data(), digest.size());
    return code;
}

} // namespace conclave::dkek
