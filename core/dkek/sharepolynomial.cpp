// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/dkek/sharepolynomial.h"

#include <cstdlib>
#include <set>

namespace conclave::dkek {

Result<SharePolynomial> SharePolynomial::over(ByteView prime, std::span<const CustodianShare> shares)
{
    std::set<int> ids;
    for (const CustodianShare& share : shares) {
        if (const Status fits = checkShare(prime, share); !fits)
            return fail(fits.error());
        if (!ids.insert(share.id).second)
            return fail(Error{ .kind = ErrorKind::DuplicateShare, .number = share.id });
    }
    SharePolynomial polynomial;
    if (shares.empty() || !polynomial.prepare(prime, shares))
        return numbersFailed();
    return polynomial;
}

bool SharePolynomial::prepare(ByteView prime, std::span<const CustodianShare> shares)
{
    m_prime.reset(BN_bin2bn(prime.data(), static_cast<int>(prime.size()), nullptr));
    m_context = secureContext();
    m_montgomery.reset(BN_MONT_CTX_new());
    m_sum = secureNumber();
    m_term = secureNumber();
    m_weight.reset(BN_new());
    bool ok = m_prime && m_context && m_montgomery && m_sum && m_term && m_weight
        && BN_MONT_CTX_set(m_montgomery.get(), m_prime.get(), m_context.get()) == 1;
    const auto toMontgomery = [&](BIGNUM* number) {
        return BN_to_montgomery(number, number, m_montgomery.get(), m_context.get()) == 1;
    };
    for (std::size_t i = 1; ok && i < m_numbers.size(); ++i) {
        m_numbers[i].reset(BN_new());
        m_inverses[i].reset(BN_new());
        ok = m_numbers[i] && m_inverses[i] && BN_set_word(m_numbers[i].get(), i) == 1
            && BN_mod_inverse(m_inverses[i].get(), m_numbers[i].get(), m_prime.get(), m_context.get())
            && toMontgomery(m_numbers[i].get()) && toMontgomery(m_inverses[i].get());
    }
    for (const CustodianShare& share : shares) {
        m_ids.push_back(share.id);
        m_values.push_back(secureNumber(share.value));
        ok = ok && m_values.back() && toMontgomery(m_values.back().get());
    }
    return ok;
}

bool SharePolynomial::multiply(BIGNUM* number, const BIGNUM* factor)
{
    return BN_mod_mul_montgomery(number, number, factor, m_montgomery.get(), m_context.get()) == 1;
}

Status SharePolynomial::valueAt(int x, std::span<const std::size_t> chosen, SecretBytes& value)
{
    // The sum of value_i * product of (id_j - x) / (id_j - id_i) over the others j. The product of all
    // (id_j - x) is common to the terms, each then divided by its own (id_i - x).
    const auto by = [this](BIGNUM* number, const std::array<Bn, 100>& table, int difference, bool& negative) {
        negative = negative != (difference < 0);
        return multiply(number, table[static_cast<std::size_t>(std::abs(difference))].get());
    };
    BN_zero(m_sum.get());
    bool ok = true;
    for (const std::size_t i : chosen) {
        bool negative = false;
        ok = ok && BN_copy(m_weight.get(), m_numbers[1].get());
        for (const std::size_t j : chosen)
            ok = ok && by(m_weight.get(), m_inverses, m_ids[j] - (i == j ? x : m_ids[i]), negative);
        ok = ok && BN_copy(m_term.get(), m_values[i].get()) && multiply(m_term.get(), m_weight.get());
        ok = ok
            && (negative ? BN_mod_sub_quick(m_sum.get(), m_sum.get(), m_term.get(), m_prime.get())
                         : BN_mod_add_quick(m_sum.get(), m_sum.get(), m_term.get(), m_prime.get()))
                == 1;
    }
    bool negative = false;
    for (const std::size_t j : chosen)
        ok = ok && by(m_sum.get(), m_numbers, m_ids[j] - x, negative);
    if (ok && negative) {
        BN_zero(m_term.get());
        ok = BN_mod_sub_quick(m_sum.get(), m_term.get(), m_sum.get(), m_prime.get()) == 1;
    }
    const auto size = static_cast<std::size_t>(BN_num_bytes(m_prime.get()));
    if (value.size() != size)
        value = SecretBytes(size);
    ok = ok && BN_from_montgomery(m_sum.get(), m_sum.get(), m_montgomery.get(), m_context.get()) == 1
        && BN_bn2binpad(m_sum.get(), value.data(), static_cast<int>(size)) >= 0;
    if (!ok)
        return numbersFailed();
    return {};
}

} // namespace conclave::dkek
