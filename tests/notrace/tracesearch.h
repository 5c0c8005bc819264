// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/notrace/livesecrets.h"
#include "tests/notrace/processmemory.h"
#include "tests/notrace/writings.h"

#include <QStringList>

#include <unordered_map>
#include <vector>

namespace conclave::notrace {

/// One place where a secret, or a piece of it, lies.
struct Hit {
    QString secret; ///< its name
    QString form;
    QString where; ///< the mapping or file
    std::uintptr_t address = 0; ///< where the whole would begin
    bool owned = false; ///< within a SecretBytes that lives
};

struct Found {
    std::vector<Hit> hits;
    Coverage coverage;

    [[nodiscard]] int traces() const; ///< hits without an owner
    [[nodiscard]] int owned() const;
    [[nodiscard]] int owned(const QString& secret) const;
    /// A line for each kind of trace; without values.
    [[nodiscard]] QStringList lines() const;
};

/// Looks for secrets in all their forms at once.
class TraceSearch {
public:
    TraceSearch();

    [[nodiscard]] QStringList secrets() const; ///< their names
    /// `forms` as writings.h makes them.
    void add(const QString& secret, std::vector<Form> forms);

    [[nodiscard]] Found inMemory() const;
    [[nodiscard]] Found inFile(const QString& path) const;

private:
    struct Needle {
        QString secret;
        Form form;
    };
    struct Window {
        std::size_t needle = 0;
        std::size_t offset = 0;
    };

    void look(const Piece& piece, const std::vector<Region>* live, Found& found) const;

    std::vector<Needle> m_needles;
    std::unordered_multimap<std::uint64_t, Window> m_windows; ///< by their first eight bytes, disguised
    std::vector<bool> m_sieve; ///< hashes of these bytes
    std::size_t m_longest = sizeof(std::uint64_t);
};

} // namespace conclave::notrace
