// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/notrace/shortcodes.h"

#include "core/base/codealphabet.h"
#include "tests/notrace/disguise.h"

#include <algorithm>

namespace conclave::notrace {

namespace {

constexpr std::size_t kCharacters = 4;
constexpr unsigned kBitsOfCharacter = 5;
constexpr std::uint32_t kCodes = 1U << (kCharacters * kBitsOfCharacter);
constexpr std::uint32_t kNumberDisguise = 0x5A5A5;
constexpr std::uint8_t kNoCharacter = 0xFF;
constexpr std::size_t kUnits[] = { 1, 2 }; // UTF-8, UTF-16

/// By disguised byte.
using Values = std::array<std::uint8_t, 256>;

const Values& values()
{
    static const Values table = [] {
        Values all;
        all.fill(kNoCharacter);
        for (std::uint8_t i = 0; i < 32; ++i)
            all[disguised(static_cast<std::uint8_t>(kCodeAlphabet[i]))] = i;
        return all;
    }();
    return table;
}

bool isLive(const std::vector<Region>& live, std::uintptr_t address)
{
    const auto after = std::upper_bound(live.begin(), live.end(), address,
        [](std::uintptr_t at, const Region& region) { return at < region.begin; });
    return after != live.begin() && address < std::prev(after)->end;
}

} // namespace

ShortCodes::ShortCodes()
    : m_before(nothing())
{
}

ShortCodes::Seen ShortCodes::nothing()
{
    return { std::vector<bool>(kCodes), std::vector<bool>(kCodes) };
}

void ShortCodes::noteWhatIsThere()
{
    const std::vector<Region>& live = liveSecrets();
    ProcessMemory::look(kCharacters * 2 - 1, [&](const Piece& piece) { look(piece, live, m_before); });
}

void ShortCodes::add(const QString& name, ByteView code)
{
    std::uint32_t number = kNumberDisguise;
    for (std::size_t i = 0; i < kCharacters; ++i)
        number ^= static_cast<std::uint32_t>(codeCharacterValue(code[i]))
            << (kBitsOfCharacter * (kCharacters - 1 - i));
    m_codes.push_back({ name, number });
}

std::vector<Sight> ShortCodes::inMemory() const
{
    Seen seen = nothing();
    const std::vector<Region>& live = liveSecrets();
    ProcessMemory::look(kCharacters * 2 - 1, [&](const Piece& piece) { look(piece, live, seen); });
    return sightsOf(seen);
}

std::vector<Sight> ShortCodes::inFile(const QString& path) const
{
    Seen seen = nothing();
    ProcessMemory::lookAtFile(path, kCharacters * 2 - 1, [&](const Piece& piece) { look(piece, {}, seen); });
    return sightsOf(seen);
}

std::vector<Sight> ShortCodes::sightsOf(const Seen& seen) const
{
    std::vector<Sight> sights;
    for (const Code& code : m_codes) {
        const std::uint32_t number = code.disguised ^ kNumberDisguise;
        if (seen[0][number] && !m_before[0][number])
            sights.push_back({ code.name, QStringLiteral("UTF-8") });
        if (seen[1][number] && !m_before[1][number])
            sights.push_back({ code.name, QStringLiteral("UTF-16") });
    }
    return sights;
}

void ShortCodes::look(const Piece& piece, const std::vector<Region>& live, Seen& seen)
{
    const Values& valueOf = values();
    const ByteView bytes = piece.disguised;
    for (std::size_t encoding = 0; encoding < seen.size(); ++encoding) {
        const std::size_t unit = kUnits[encoding];
        for (std::size_t start = 0; start < unit; ++start) {
            std::uint32_t number = 0;
            std::size_t run = 0;
            for (std::size_t at = start; at + unit <= bytes.size(); at += unit) {
                const std::uint8_t value = valueOf[bytes[at]];
                if (value == kNoCharacter || (unit == 2 && bytes[at + 1] != disguised(0))) {
                    run = 0;
                    continue;
                }
                number = (number << kBitsOfCharacter | value) & (kCodes - 1);
                if (++run >= kCharacters && !seen[encoding][number] && !isLive(live, piece.address + at))
                    seen[encoding][number] = true;
            }
        }
    }
}

} // namespace conclave::notrace
