// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/processprotection.h"
#include "core/dkek/checkpairs.h"
#include "core/dkek/setproof.h"
#include "core/dkek/shareverifier.h"

#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <utility>
#include <vector>

using namespace conclave;

namespace {

constexpr int kCorruptions = 10'000'000;

double choose(int from, int count)
{
    double ways = 1;
    for (int i = 1; i <= count; ++i)
        ways = ways * (from - count + i) / i;
    return ways;
}

/// How many words of a row of `pairs` pairs in all have `weight` pairs other than zero: any MDS code of
/// distance 4 over 256 symbols has these (MacWilliams and Sloane, chapter 11, theorem 6).
double codeWords(int pairs, int weight)
{
    constexpr int kDistance = 4;
    double words = weight == 0 ? 1 : 0;
    for (int j = 0; j <= weight - kDistance; ++j)
        words += (j % 2 == 0 ? 1 : -1) * choose(weight, j) * (std::pow(256, weight - kDistance + 1 - j) - 1);
    return words * choose(pairs, weight);
}

/// The share of all ways to get `wrong` pairs wrong that makes the row fit, or be repaired to, another value.
double takenOf(int pairs, int wrong)
{
    double taken = wrong < 1 ? 0 : codeWords(pairs, wrong) * (1 + wrong * 254);
    if (wrong > 1)
        taken += codeWords(pairs, wrong - 1) * (pairs - wrong + 1) * 255;
    if (wrong < pairs)
        taken += codeWords(pairs, wrong + 1) * (wrong + 1);
    return taken / (choose(pairs, wrong) * std::pow(255, wrong));
}

using Random = std::mt19937_64;
using Row = std::array<std::uint8_t, dkek::kPairsInRow + dkek::kCheckPairs>;

Row written(const dkek::RowPlace& place, Random& random)
{
    Row row{};
    for (std::size_t i = 0; i < dkek::kPairsInRow; ++i)
        row[i] = static_cast<std::uint8_t>(random());
    const SecretBytes checks = dkek::checkPairs(place, ByteView(row).first(dkek::kPairsInRow));
    std::copy_n(checks.data(), checks.size(), row.begin() + dkek::kPairsInRow);
    return row;
}

void getWrong(Row& row, int pairs, Random& random)
{
    std::array<std::size_t, std::tuple_size_v<Row>> positions{};
    for (std::size_t i = 0; i < positions.size(); ++i)
        positions[i] = i;
    for (std::size_t i = 0; i < static_cast<std::size_t>(pairs); ++i) {
        std::swap(positions[i], positions[i + random() % (positions.size() - i)]);
        row[positions[i]] ^= static_cast<std::uint8_t>(1 + random() % 255);
    }
}

struct Count {
    int same = 0; ///< the change changed nothing
    int repaired = 0; ///< to what stands on the sheet
    int found = 0;
    int taken = 0; ///< as another value
};

Count judgeAll(int id, int row, const std::function<Row(const Row&, Random&)>& corrupt)
{
    constexpr int kTypedFromOneRow = 1000;
    const dkek::RowPlace place{ id, row };
    Random random(20261125);
    Count count;
    Row right{};
    for (int i = 0; i < kCorruptions; ++i) {
        if (i % kTypedFromOneRow == 0)
            right = written(place, random);
        const Row typed = corrupt(right, random);
        if (typed == right) {
            ++count.same;
            continue;
        }
        const dkek::RowVerdict verdict = dkek::judgeRow(place, typed);
        const auto* repaired = std::get_if<dkek::RowRepaired>(&verdict);
        if (repaired && std::ranges::equal(repaired->row.view(), right))
            ++count.repaired;
        else if (repaired || std::holds_alternative<dkek::RowFits>(verdict))
            ++count.taken;
        else
            ++count.found;
    }
    return count;
}

/// Prints one line; false when more rows were taken than the code's weights allow.
bool tell(const char* name, double expected, const Count& count)
{
    std::printf("    %-34s %9.1e %9.1e  %8d %8d %6d\n", name, expected,
        static_cast<double>(count.taken) / (kCorruptions - count.same), count.repaired, count.found,
        count.taken);
    const double wanted = expected * kCorruptions;
    return count.taken <= wanted + 5 * std::sqrt(wanted);
}

bool checkPairs()
{
    const int pairs = std::tuple_size_v<Row>;
    std::printf("A row of 8 pairs and 3 check pairs, typed wrongly and taken for right, of %d each:\n"
                "    %-34s %9s %9s  %8s %8s %6s\n",
        kCorruptions, "", "exactly", "counted", "repaired", "found", "taken");
    bool kept = true;
    for (const auto& [wrong, name] : { std::pair(1, "one wrong pair"), std::pair(2, "two wrong pairs"),
             std::pair(3, "three wrong pairs"), std::pair(4, "four wrong pairs") }) {
        const auto corrupt = [wrong = wrong](Row row, Random& random) {
            getWrong(row, wrong, random);
            return row;
        };
        kept = tell(name, wrong == 1 ? 0 : takenOf(pairs, wrong), judgeAll(3, 1, corrupt)) && kept;
    }
    const auto swapped = [](Row row, Random& random) {
        const std::size_t first = random() % (row.size() - 1);
        std::swap(row[first], row[first + 1]);
        return row;
    };
    kept = tell("two neighbours swapped", 0, judgeAll(3, 1, swapped)) && kept;
    const auto rowTwo = [](const Row&, Random& random) { return written({ 3, 2 }, random); };
    kept = tell("row 2 in the place of row 1", 0, judgeAll(3, 1, rowTwo)) && kept;
    const auto another = [](const Row&, Random& random) {
        return written({ 4 + static_cast<int>(random() % 96), 1 + static_cast<int>(random() % 3) }, random);
    };
    kept = tell("a row of another sheet", 0, judgeAll(3, 1, another)) && kept;
    const auto nonsense = [](Row row, Random& random) {
        for (std::uint8_t& pair : row)
            pair = static_cast<std::uint8_t>(random());
        return row;
    };
    kept = tell("anything at all", (1 + 255.0 * pairs) / (1 << 24), judgeAll(3, 1, nonsense)) && kept;
    std::printf("    The check code lets one in %d of those pass that are taken.\n", 1 << 20);
    return kept;
}

/// The processor's time of this process so far, in seconds.
double processorTime()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec) / 1e6;
}

bool proofs()
{
    std::puts("Proof of a set of 128 bits:");
    for (const auto& [threshold, total] :
        { std::pair(3, 5), std::pair(5, 10), std::pair(8, 16), std::pair(3, 99), std::pair(50, 99) }) {
        const auto set = dkek::sharePassword({ threshold, total, 128 }, dkek::opensslRandom());
        if (!set)
            return false;
        const double before = processorTime();
        const auto proof = dkek::proveSet(*set);
        if (!proof)
            return false;
        std::printf("    %2d of %2d: %5d quorums%s, %.1f ms\n", threshold, total, proof->subsets,
            proof->allSubsets ? " (all)" : "", (processorTime() - before) * 1000);
    }
    return true;
}

bool verifiers()
{
    const auto set = dkek::sharePassword({ 2, 2, 128 }, dkek::opensslRandom());
    const double before = processorTime();
    if (!set || !dkek::makeVerifiers(*set, dkek::opensslRandom(), {}).has_value())
        return false;
    std::printf("Verifier in the companion: %.0f ms for each share\n", (processorTime() - before) * 1000 / 2);
    return true;
}

} // namespace

/// Prints how sure the checks of custody are and what they take. Fails when a row is taken that must not be.
int main()
{
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    // As in the program, where secrets are on the secure heap, whose blocks cost more.
    if (!protectProcess().secureHeap)
        return EXIT_FAILURE;
    return proofs() && verifiers() && checkPairs() ? EXIT_SUCCESS : EXIT_FAILURE;
}
