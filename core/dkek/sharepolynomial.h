// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"
#include "core/dkek/bignumber.h"
#include "core/dkek/passwordsharing.h"

#include <array>
#include <span>
#include <vector>

namespace conclave::dkek {

/// Lagrange interpolation over many choices of the same shares: what depends on the prime and the ids is
/// computed once. Values are the same as those of joinPassword(). Not for two threads at once.
class SharePolynomial {
public:
    /// At least one share. Each is judged as by checkShare(); DuplicateShare, CryptoFailed.
    [[nodiscard]] static Result<SharePolynomial> over(ByteView prime, std::span<const CustodianShare> shares);

    /// The value at `x`, 0..99, of the polynomial through the shares with these indexes: no index twice, none
    /// of a share with the id `x`. Full size of the prime into `value`. CryptoFailed.
    [[nodiscard]] Status valueAt(int x, std::span<const std::size_t> chosen, SecretBytes& value);

private:
    SharePolynomial() = default;
    struct FreeMontgomery {
        void operator()(BN_MONT_CTX* montgomery) const { BN_MONT_CTX_free(montgomery); }
    };

    [[nodiscard]] bool prepare(ByteView prime, std::span<const CustodianShare> shares);
    [[nodiscard]] bool multiply(BIGNUM* number, const BIGNUM* factor);

    // Numbers in Montgomery's form.
    Bn m_prime;
    BnContext m_context;
    std::unique_ptr<BN_MONT_CTX, FreeMontgomery> m_montgomery;
    std::array<Bn, 100> m_numbers; ///< 1..99
    std::array<Bn, 100> m_inverses; ///< of 1..99
    std::vector<int> m_ids;
    std::vector<Bn> m_values; ///< secret
    Bn m_sum; ///< secret
    Bn m_term; ///< secret
    Bn m_weight;
};

} // namespace conclave::dkek
