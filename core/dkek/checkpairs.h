// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"

#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace conclave::dkek {

inline constexpr std::size_t kPairsInRow = 8;
inline constexpr std::size_t kCheckPairs = 3;
inline constexpr int kMostRows = 3; ///< of a value of 160 bits

/// Whose row it is and which; in the code, but not written in the row.
struct RowPlace {
    int id = 1; ///< 1..99
    int row = 1; ///< 1..3
    bool operator==(const RowPlace&) const = default;
};

/// The pairs of `value` that stand in `row`, 1 to 8; none when the value ends before it.
[[nodiscard]] ByteView valueRow(ByteView value, int row);
/// The three check pairs of a row of 1 to 8 pairs (formats.md, Check pairs): as secret as the row.
[[nodiscard]] SecretBytes checkPairs(const RowPlace& place, ByteView pairs);

/// The value as it stands on a sheet: each row of up to 8 pairs, followed by its check pairs.
[[nodiscard]] SecretBytes sheetRows(int id, ByteView value);

struct RowFits { };
/// Nothing is repaired silently: whoever typed it compares `row` with the sheet.
struct RowRepaired {
    SecretBytes row; ///< with its check pairs
    std::vector<std::size_t> filled; ///< positions in the row that were marked, from 0
    std::optional<std::size_t> wrong; ///< position that was typed otherwise
    int checksLeft = 0; ///< check pairs that still speak for it; 0: only the check code can
};
/// Right as it stands, but there.
struct RowOfAnotherPlace {
    RowPlace place;
};
struct RowDoesNotFit { };
using RowVerdict = std::variant<RowFits, RowRepaired, RowOfAnotherPlace, RowDoesNotFit>;

/// Judges a typed row of 1 to 8 pairs and its check pairs. `marked` are the positions of its unreadable
/// pairs, whatever stands there. Repairs one wrong pair and finds any two, with one pair marked repairs one
/// more, and fills up to three marked ones. Another place is told for a row without marks, and with one
/// mark if either the id or the row number alone is another.
[[nodiscard]] RowVerdict judgeRow(
    const RowPlace& place, ByteView row, std::span<const std::size_t> marked = {});

} // namespace conclave::dkek
