// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"

#include <QString>

#include <optional>

namespace conclave {

/// Lower-case hex of public bytes: "f34a18".
[[nodiscard]] QString toHex(ByteView bytes);
/// Lower-case hex pairs with colons: "f3:4a:18".
[[nodiscard]] QString toHexPairs(ByteView bytes);
/// Upper-case hex in groups of four digits: "630D CD29".
[[nodiscard]] QString toHexGroups(ByteView bytes);
/// Hex digits of either case, no separators, an even number of them; else nothing.
[[nodiscard]] std::optional<Bytes> fromHex(QStringView text);
/// The value 0..15 of a hex digit, or -1.
[[nodiscard]] int hexDigitValue(char32_t digit);

} // namespace conclave
