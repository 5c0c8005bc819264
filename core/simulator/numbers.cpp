// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/numbers.h"

#include <new>

namespace conclave::simulator {

namespace {

Number emptyNumber()
{
    Number made(BN_secure_new());
    if (!made)
        throw std::bad_alloc();
    return made;
}

} // namespace

Number number(ByteView bytes)
{
    Number made = emptyNumber();
    if (!BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), made.get()))
        throw std::bad_alloc();
    return made;
}

std::optional<SecretBytes> parameter(const EVP_PKEY& key, const char* name, std::size_t size)
{
    BIGNUM* raw = nullptr;
    if (EVP_PKEY_get_bn_param(&key, name, &raw) != 1)
        return std::nullopt;
    const Number value(raw);
    SecretBytes bytes(size == 0 ? static_cast<std::size_t>(BN_num_bytes(raw)) : size);
    if (BN_bn2binpad(raw, bytes.data(), static_cast<int>(bytes.size())) < 0)
        return std::nullopt;
    return bytes;
}

Result<Number> exponentOf(const BIGNUM& p, const BIGNUM& q, const BIGNUM& modulus, const BIGNUM& exponent)
{
    const std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)> context(BN_CTX_secure_new(), BN_CTX_free);
    if (!context)
        throw std::bad_alloc();
    const Number product = emptyNumber();
    const Number pLess = emptyNumber();
    const Number qLess = emptyNumber();
    const Number order = emptyNumber();
    Number d = emptyNumber();
    BN_set_flags(order.get(), BN_FLG_CONSTTIME);
    const bool ok = BN_mul(product.get(), &p, &q, context.get()) == 1 && BN_cmp(product.get(), &modulus) == 0
        && BN_sub(pLess.get(), &p, BN_value_one()) == 1 && BN_sub(qLess.get(), &q, BN_value_one()) == 1
        && BN_mul(order.get(), pLess.get(), qLess.get(), context.get()) == 1
        && BN_mod_inverse(d.get(), &exponent, order.get(), context.get());
    if (!ok)
        return fail(ErrorKind::WrongData, QStringLiteral("private key"));
    return d;
}

} // namespace conclave::simulator
