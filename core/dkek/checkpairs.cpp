// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/dkek/checkpairs.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <cassert>

namespace conclave::dkek {

namespace {

constexpr int kMostIds = 99;
constexpr std::size_t kPlaceSymbols = 2; // id and row number, before the pairs
constexpr std::size_t kMostSymbols = kPlaceSymbols + kPairsInRow + kCheckPairs;
constexpr unsigned kFieldPolynomial = 0x11D;

/// No table and no branch: neither cache nor time tells what was multiplied.
constexpr std::uint8_t multiply(std::uint8_t a, std::uint8_t b)
{
    unsigned product = 0;
    for (unsigned bit = 0; bit < 8; ++bit)
        product ^= (unsigned{ a } << bit) & (0U - ((unsigned{ b } >> bit) & 1U));
    for (unsigned bit = 14; bit >= 8; --bit)
        product ^= (kFieldPolynomial << (bit - 8)) & (0U - ((product >> bit) & 1U));
    return static_cast<std::uint8_t>(product);
}

/// a^254.
constexpr std::uint8_t inverse(std::uint8_t a)
{
    std::uint8_t result = 1;
    for (int bit = 7; bit >= 0; --bit) {
        result = multiply(result, result);
        if (bit != 0)
            result = multiply(result, a);
    }
    return result;
}

/// The locator of each symbol, counted from the end of the row: powers of two.
constexpr auto kLocators = [] {
    std::array<std::uint8_t, kMostSymbols> powers{ 1 };
    for (std::size_t i = 1; i < powers.size(); ++i)
        powers[i] = multiply(powers[i - 1], 2);
    return powers;
}();

/// The word's values at the generator's roots, and what is left of them once positions are accounted for.
class Syndromes {
public:
    explicit Syndromes(ByteView word)
    {
        for (std::size_t i = 0; i < word.size(); ++i) {
            const std::uint8_t locator = kLocators[word.size() - 1 - i];
            std::uint8_t term = word[i];
            for (std::uint8_t& value : m_values) {
                value ^= term;
                term = multiply(term, locator);
            }
        }
    }
    Syndromes(const Syndromes&) = default;
    Syndromes& operator=(const Syndromes&) = default;
    ~Syndromes() { OPENSSL_cleanse(m_values.data(), m_values.size()); }

    /// Whatever is wrong at this locator counts no more; costs one value.
    void accountFor(std::uint8_t locator)
    {
        --m_size;
        for (std::size_t i = 0; i < m_size; ++i)
            m_values[i] = m_values[i + 1] ^ multiply(m_values[i], locator);
    }
    [[nodiscard]] bool areZero() const
    {
        unsigned any = 0;
        for (std::size_t i = 0; i < m_size; ++i)
            any |= m_values[i];
        return any == 0;
    }
    [[nodiscard]] std::uint8_t first() const { return m_values[0]; }
    [[nodiscard]] std::size_t size() const { return m_size; }

private:
    std::array<std::uint8_t, kCheckPairs> m_values{};
    std::size_t m_size = kCheckPairs;
};

/// The symbols of a row: place, pairs, check pairs.
class Word {
public:
    Word(const RowPlace& place, ByteView row)
        : m_symbols(kPlaceSymbols + row.size())
    {
        m_symbols[0] = static_cast<std::uint8_t>(place.id);
        m_symbols[1] = static_cast<std::uint8_t>(place.row);
        std::copy(row.begin(), row.end(), m_symbols.data() + kPlaceSymbols);
    }

    [[nodiscard]] std::size_t size() const { return m_symbols.size(); }
    [[nodiscard]] std::uint8_t operator[](std::size_t i) const { return m_symbols[i]; }
    [[nodiscard]] ByteView row() const { return m_symbols.view().subspan(kPlaceSymbols); }

    /// What the checks still object to when the symbols at `where` may be anything.
    [[nodiscard]] Syndromes objections(std::span<const std::size_t> where) const
    {
        Syndromes rest(m_symbols);
        for (const std::size_t i : where)
            rest.accountFor(locator(i));
        return rest;
    }
    /// Gives the symbols at `where` the values that leave no objection, if others leave none.
    void solve(std::span<const std::size_t> where)
    {
        std::array<std::uint8_t, kCheckPairs> differences{};
        for (std::size_t k = 0; k < where.size(); ++k) {
            Syndromes rest(m_symbols);
            std::uint8_t scale = 1;
            for (const std::size_t i : where) {
                if (i == where[k])
                    continue;
                rest.accountFor(locator(i));
                scale = multiply(scale, locator(i) ^ locator(where[k]));
            }
            differences[k] = multiply(rest.first(), inverse(scale));
        }
        for (std::size_t k = 0; k < where.size(); ++k)
            m_symbols[where[k]] ^= differences[k];
        OPENSSL_cleanse(differences.data(), differences.size());
    }
    [[nodiscard]] std::uint8_t locator(std::size_t i) const { return kLocators[m_symbols.size() - 1 - i]; }

private:
    SecretBytes m_symbols;
};

/// The one symbol that explains what is left of the checks, of those that are not accounted for yet.
std::optional<std::size_t> wrongSymbol(
    const Word& word, const Syndromes& objections, std::span<const std::size_t> accounted)
{
    if (objections.size() < 2)
        return std::nullopt;
    for (std::size_t i = 0; i < word.size(); ++i) {
        Syndromes rest = objections;
        rest.accountFor(word.locator(i));
        if (rest.areZero() && std::ranges::find(accounted, i) == accounted.end())
            return i;
    }
    return std::nullopt;
}

RowVerdict anotherPlace(const Word& word)
{
    const RowPlace place{ word[0], word[1] };
    if (place.id < 1 || place.id > kMostIds || place.row < 1 || place.row > kMostRows)
        return RowDoesNotFit{};
    return RowOfAnotherPlace{ place };
}

} // namespace

ByteView valueRow(ByteView value, int row)
{
    const std::size_t begin = static_cast<std::size_t>(row - 1) * kPairsInRow;
    return begin >= value.size() ? ByteView{}
                                 : value.subspan(begin, std::min(kPairsInRow, value.size() - begin));
}

SecretBytes checkPairs(const RowPlace& place, ByteView pairs)
{
    assert(!pairs.empty() && pairs.size() <= kPairsInRow);
    const SecretBytes room(kCheckPairs);
    Word word(place, SecretBytes::concatenate({ pairs, room }));
    const std::size_t end = word.size();
    word.solve(std::array{ end - 3, end - 2, end - 1 });
    return SecretBytes(word.row().last(kCheckPairs));
}

SecretBytes sheetRows(int id, ByteView value)
{
    const std::size_t rows = (value.size() + kPairsInRow - 1) / kPairsInRow;
    SecretBytes sheet(value.size() + rows * kCheckPairs);
    std::size_t at = 0;
    for (int row = 1; row <= static_cast<int>(rows); ++row) {
        const ByteView pairs = valueRow(value, row);
        const SecretBytes checks = checkPairs({ id, row }, pairs);
        for (const ByteView part : { pairs, checks.view() }) {
            std::copy(part.begin(), part.end(), sheet.data() + at);
            at += part.size();
        }
    }
    return sheet;
}

RowVerdict judgeRow(const RowPlace& place, ByteView row, std::span<const std::size_t> marked)
{
    if (row.size() <= kCheckPairs || row.size() > kPairsInRow + kCheckPairs || marked.size() > kCheckPairs)
        return RowDoesNotFit{};
    std::vector<std::size_t> unknown;
    for (const std::size_t position : marked) {
        const std::size_t symbol = position + kPlaceSymbols;
        if (position >= row.size() || std::ranges::find(unknown, symbol) != unknown.end())
            return RowDoesNotFit{};
        unknown.push_back(symbol);
    }

    Word word(place, row);
    const Syndromes objections = word.objections(unknown);
    RowRepaired repaired;
    repaired.filled.assign(marked.begin(), marked.end());
    repaired.checksLeft = static_cast<int>(objections.size());
    if (objections.areZero()) {
        if (marked.empty())
            return RowFits{};
    } else if (const auto wrong = wrongSymbol(word, objections, unknown)) {
        unknown.push_back(*wrong);
        repaired.checksLeft -= 2; // one found the place, one the value
        if (*wrong < kPlaceSymbols) {
            word.solve(unknown);
            return anotherPlace(word);
        }
        repaired.wrong = *wrong - kPlaceSymbols;
    } else {
        constexpr std::array<std::size_t, kPlaceSymbols> kPlace{ 0, 1 };
        if (!marked.empty() || !word.objections(kPlace).areZero())
            return RowDoesNotFit{};
        word.solve(kPlace);
        return anotherPlace(word);
    }
    word.solve(unknown);
    repaired.row = SecretBytes(word.row());
    return repaired;
}

} // namespace conclave::dkek
