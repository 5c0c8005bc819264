// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/notrace/livesecrets.h"
#include "tests/notrace/processmemory.h"

#include <QString>

#include <array>
#include <vector>

namespace conclave::notrace {

/// Where a check code seems to be.
struct Sight {
    QString code; ///< its name
    QString encoding;
};

/// Looks for check codes as UTF-8 and UTF-16, outside of SecretBytes. What looks like a code and was there
/// before there were any does not count. Still, four characters are so few that the digits of some hash can
/// be one; what is done with one code is done with all of them, so a trace shows in more than one.
class ShortCodes {
public:
    ShortCodes();

    /// Before the first code is made.
    void noteWhatIsThere();
    /// `code`: four characters of the code alphabet, ASCII.
    void add(const QString& name, ByteView code);
    [[nodiscard]] std::vector<Sight> inMemory() const;
    [[nodiscard]] std::vector<Sight> inFile(const QString& path) const;

private:
    /// For each encoding, the codes that exist.
    using Seen = std::array<std::vector<bool>, 2>;
    struct Code {
        QString name;
        std::uint32_t disguised = 0; ///< its number of 20 bits
    };

    static void look(const Piece& piece, const std::vector<Region>& live, Seen& seen);
    [[nodiscard]] static Seen nothing();
    [[nodiscard]] std::vector<Sight> sightsOf(const Seen& seen) const;

    Seen m_before;
    std::vector<Code> m_codes;
};

} // namespace conclave::notrace
