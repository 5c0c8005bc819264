// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/dkek/subsets.h"

#include <openssl/rand.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

namespace conclave::dkek {

namespace {

bool atMost(std::size_t total, std::size_t size, int most)
{
    std::uint64_t ways = 1; // exact at each step, and small until it is too many
    for (std::size_t i = 1; i <= size; ++i) {
        ways = ways * (total - size + i) / i;
        if (ways > static_cast<std::uint64_t>(most))
            return false;
    }
    return true;
}

/// The next choice in lexical order; false after the last.
bool advance(std::vector<std::size_t>& chosen, std::size_t total)
{
    for (std::size_t i = chosen.size(); i-- > 0;) {
        if (chosen[i] < total - chosen.size() + i) {
            std::iota(chosen.begin() + static_cast<std::ptrdiff_t>(i), chosen.end(), chosen[i] + 1);
            return true;
        }
    }
    return false;
}

} // namespace

Result<VisitedSubsets> visitSubsets(std::size_t total, std::size_t size, int most, const SubsetVisitor& visit)
{
    VisitedSubsets visited{ .count = 0, .all = atMost(total, size, most) };
    std::vector<std::size_t> all(total);
    std::iota(all.begin(), all.end(), std::size_t{ 0 });
    std::vector<std::size_t> chosen(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(size));
    std::uint64_t seed = 0; // which are chosen is no secret; that nobody could foresee it is enough
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&seed), sizeof seed) != 1)
        return fail(ErrorKind::RandomFailed, QStringLiteral("OpenSSL"));
    std::mt19937_64 random(seed);
    do {
        if (!visited.all) {
            chosen.clear();
            std::sample(all.begin(), all.end(), std::back_inserter(chosen), size, random);
        }
        const Result<bool> goOn = visit(chosen);
        if (!goOn)
            return fail(goOn.error());
        ++visited.count;
        if (!*goOn) {
            visited.all = false;
            break;
        }
    } while (visited.all ? advance(chosen, total) : visited.count < most);
    return visited;
}

} // namespace conclave::dkek
