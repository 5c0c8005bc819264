// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/notrace/livesecrets.h"
#include "tests/notrace/processmemory.h"

#include <QStringList>

#include <array>
#include <vector>

namespace conclave::notrace {

/// Looks for check codes as UTF-8 and UTF-16. Four characters are so few that some code comes by chance;
/// therefore everything is noted that looks like a code and was there before there were any, and does not
/// count.
class ShortCodes {
public:
    ShortCodes();

    /// Before the first code is made.
    void noteWhatIsThere();
    /// `code`: four characters of the code alphabet, ASCII.
    void add(const QString& name, ByteView code);
    /// The names of codes that are somewhere outside of SecretBytes, with the encoding.
    [[nodiscard]] QStringList inMemory() const;
    [[nodiscard]] QStringList inFile(const QString& path) const;

private:
    /// For each encoding, the codes that exist.
    using Seen = std::array<std::vector<bool>, 2>;
    struct Code {
        QString name;
        std::uint32_t disguised = 0; ///< its number of 20 bits
    };

    static void look(const Piece& piece, const std::vector<Region>& live, Seen& seen);
    [[nodiscard]] static Seen nothing();
    [[nodiscard]] QStringList namesOf(const Seen& seen) const;

    Seen m_before;
    std::vector<Code> m_codes;
};

} // namespace conclave::notrace
