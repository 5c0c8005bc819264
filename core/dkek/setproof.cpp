// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/dkek/setproof.h"

#include "core/dkek/sharepolynomial.h"
#include "core/dkek/subsets.h"

#include <algorithm>
#include <numeric>

namespace conclave::dkek {

namespace {

/// Whether the password is as sc-hsm-tool can give it back, and the ids are 1..N in order.
bool formFits(const SharedPassword& set)
{
    const std::size_t size = set.scheme.valueBytes();
    if (set.prime.size() != size || set.password.size() != size || set.password[0] == 0
        || set.shares.size() != static_cast<std::size_t>(set.scheme.total))
        return false;
    for (std::size_t i = 0; i < set.shares.size(); ++i) {
        if (set.shares[i].id != static_cast<int>(i) + 1)
            return false;
    }
    return true;
}

/// One quorum, the way a restore goes.
bool joins(const SharedPassword& set)
{
    std::vector<const CustodianShare*> quorum(static_cast<std::size_t>(set.scheme.threshold));
    for (std::size_t i = 0; i < quorum.size(); ++i)
        quorum[i] = &set.shares[set.shares.size() - 1 - i];
    const Result<SecretBytes> password = joinPassword(set.prime, quorum);
    return password && *password == set.password;
}

/// Whether all shares lie on the polynomial through the first M of them.
Result<bool> lieOnOnePolynomial(SharePolynomial& polynomial, const SharedPassword& set)
{
    std::vector<std::size_t> first(static_cast<std::size_t>(set.scheme.threshold));
    std::iota(first.begin(), first.end(), std::size_t{ 0 });
    SecretBytes value;
    for (std::size_t i = first.size(); i < set.shares.size(); ++i) {
        const Status computed = polynomial.valueAt(set.shares[i].id, first, value);
        if (!computed)
            return fail(computed.error());
        if (!(value == set.shares[i].value))
            return false;
    }
    return true;
}

} // namespace

Result<SetProof> proveSet(const SharedPassword& set)
{
    if (const Status possible = set.scheme.check(); !possible)
        return fail(possible.error());
    if (!formFits(set) || !checkPrime(set.prime))
        return fail(ErrorKind::SetNotProven);
    Result<SharePolynomial> polynomial = SharePolynomial::over(set.prime, set.shares);
    if (!polynomial || !joins(set))
        return fail(ErrorKind::SetNotProven);
    const Result<bool> oneLine = lieOnOnePolynomial(*polynomial, set);
    if (!oneLine)
        return fail(oneLine.error());
    if (!*oneLine)
        return fail(ErrorKind::SetNotProven);

    SecretBytes rejoined;
    const Result<VisitedSubsets> visited
        = visitSubsets(set.shares.size(), static_cast<std::size_t>(set.scheme.threshold), kMostSubsets,
            [&](std::span<const std::size_t> chosen) -> Result<bool> {
                const Status computed = polynomial->valueAt(0, chosen, rejoined);
                if (!computed)
                    return fail(computed.error());
                if (!(rejoined == set.password))
                    return fail(ErrorKind::SetNotProven);
                return true;
            });
    if (!visited)
        return fail(visited.error());
    return SetProof{ visited->count, visited->all };
}

Result<std::optional<std::vector<int>>> findInconsistent(
    ByteView prime, int threshold, std::span<const CustodianShare> shares)
{
    const auto size = static_cast<std::size_t>(threshold);
    if (threshold < 2 || shares.size() <= size)
        return fail(ErrorKind::TooFewShares);
    Result<SharePolynomial> polynomial = SharePolynomial::over(prime, shares);
    if (!polynomial)
        return fail(polynomial.error());

    std::vector<int> best; // those that the best choice leaves out
    std::size_t most = size;
    bool rivalled = true;
    SecretBytes value;
    const auto judge = [&](std::span<const std::size_t> chosen) -> Result<bool> {
        std::vector<int> out;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            if (std::ranges::find(chosen, i) != chosen.end())
                continue;
            const Status computed = polynomial->valueAt(shares[i].id, chosen, value);
            if (!computed)
                return fail(computed.error());
            if (!(value == shares[i].value))
                out.push_back(shares[i].id);
        }
        const std::size_t agreeing = shares.size() - out.size();
        if (agreeing > most) {
            most = agreeing;
            std::ranges::sort(out);
            best = std::move(out);
            rivalled = false;
        } else if (agreeing == most && most > size) {
            std::ranges::sort(out);
            rivalled = rivalled || out != best;
        }
        // Two polynomials meet in fewer than `threshold` points: who has more than the rest and those is
        // alone.
        return most <= size || 2 * most <= shares.size() + size - 1;
    };
    const auto visited = visitSubsets(shares.size(), size, kMostSubsets, judge);
    if (!visited)
        return fail(visited.error());
    if (rivalled)
        return std::optional<std::vector<int>>{};
    return std::optional(best);
}

} // namespace conclave::dkek
