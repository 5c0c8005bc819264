// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/notrace/tracesearch.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <stdexcept>
#include <tuple>

namespace conclave::notrace {

namespace {

constexpr unsigned kSieveBits = 22;

std::uint64_t firstBytes(const std::uint8_t* at)
{
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

std::size_t sieveIndex(std::uint64_t bytes)
{
    return static_cast<std::size_t>((bytes * 0x9E3779B97F4A7C15U) >> (64 - kSieveBits));
}

bool owns(const std::vector<Region>& live, std::uintptr_t from, std::uintptr_t to)
{
    const auto after = std::upper_bound(live.begin(), live.end(), from,
        [](std::uintptr_t address, const Region& region) { return address < region.begin; });
    return after != live.begin() && std::prev(after)->contains(from, to);
}

} // namespace

int Found::traces() const
{
    return static_cast<int>(
        std::count_if(hits.begin(), hits.end(), [](const Hit& hit) { return !hit.owned; }));
}

int Found::owned() const
{
    return static_cast<int>(hits.size()) - traces();
}

int Found::owned(const QString& secret) const
{
    return static_cast<int>(std::count_if(
        hits.begin(), hits.end(), [&](const Hit& hit) { return hit.owned && hit.secret == secret; }));
}

QStringList Found::lines() const
{
    std::map<std::tuple<QString, QString, QString>, int> kinds;
    for (const Hit& hit : hits) {
        if (!hit.owned)
            ++kinds[{ hit.secret, hit.form, hit.where }];
    }
    QStringList lines;
    for (const auto& [kind, count] : kinds) {
        const auto& [secret, form, where] = kind;
        lines << QStringLiteral("%1 as %2, in %3: %4").arg(secret, form, where).arg(count);
    }
    return lines;
}

TraceSearch::TraceSearch()
    : m_sieve(std::size_t{ 1 } << kSieveBits)
{
}

QStringList TraceSearch::secrets() const
{
    QStringList names;
    for (const Needle& needle : m_needles) {
        if (names.isEmpty() || names.back() != needle.secret)
            names << needle.secret;
    }
    return names;
}

void TraceSearch::add(const QString& secret, std::vector<Form> forms)
{
    for (Form& form : forms) {
        if (form.window < sizeof(std::uint64_t))
            throw std::invalid_argument("So little comes by chance");
        m_longest = std::max(m_longest, form.window);
        for (std::size_t offset = 0; offset + form.window <= form.disguised.size(); offset += form.unit) {
            const std::uint64_t bytes = firstBytes(&form.disguised[offset]);
            m_windows.emplace(bytes, Window{ m_needles.size(), offset });
            m_sieve[sieveIndex(bytes)] = true;
        }
        m_needles.push_back({ secret, std::move(form) });
    }
}

Found TraceSearch::inMemory() const
{
    Found found;
    const std::vector<Region>& live = liveSecrets();
    found.coverage
        = ProcessMemory::look(m_longest - 1, [&](const Piece& piece) { look(piece, &live, found); });
    return found;
}

Found TraceSearch::inFile(const QString& path) const
{
    Found found;
    found.coverage = ProcessMemory::lookAtFile(
        path, m_longest - 1, [&](const Piece& piece) { look(piece, nullptr, found); });
    return found;
}

void TraceSearch::look(const Piece& piece, const std::vector<Region>* live, Found& found) const
{
    const std::uint8_t* bytes = piece.disguised.data();
    const std::size_t size = piece.disguised.size();
    for (std::size_t at = 0; at + sizeof(std::uint64_t) <= size; ++at) {
        const std::uint64_t first = firstBytes(bytes + at);
        if (!m_sieve[sieveIndex(first)])
            continue;
        const auto [begin, end] = m_windows.equal_range(first);
        for (auto candidate = begin; candidate != end; ++candidate) {
            const auto& [needle, offset] = candidate->second;
            const Form& form = m_needles[needle].form;
            if (at + form.window > size || std::memcmp(bytes + at, &form.disguised[offset], form.window) != 0)
                continue;
            const std::uintptr_t address = piece.address + at;
            Hit hit{ m_needles[needle].secret, form.name, QString::fromUtf8(piece.of), address - offset,
                live && owns(*live, address, address + form.window) };
            const bool known = std::any_of(found.hits.begin(), found.hits.end(), [&](const Hit& other) {
                return other.address == hit.address && other.owned == hit.owned && other.secret == hit.secret
                    && other.form == hit.form;
            });
            if (!known)
                found.hits.push_back(std::move(hit));
        }
    }
}

} // namespace conclave::notrace
