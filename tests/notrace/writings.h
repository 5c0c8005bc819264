// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"

#include <QString>

#include <vector>

namespace conclave::notrace {

/// One way in which a secret may lie in memory, disguised.
struct Form {
    QString name; ///< "hex with colons, UTF-16"
    std::vector<std::uint8_t> disguised;
    std::size_t unit = 1; ///< bytes of a character
    std::size_t window = 8; ///< bytes; so much of it in one piece is a trace
};

/// Every form of bytes: as they are; hex in both cases, pairs with colons or spaces, rows of eight pairs with
/// colons; each of these as UTF-8, UTF-16, UTF-32 (which key codes are, too) and as indexes of the glyphs of
/// each font of the program. Windows hold 56 bits or more, so that none comes by chance.
[[nodiscard]] std::vector<Form> formsOfBytes(ByteView bytes);
/// Every form of a text in ASCII, of ten characters or more: its own and those of its bytes.
[[nodiscard]] std::vector<Form> formsOfText(ByteView ascii);
/// A text of fewer characters, in the encodings in which they make up 16 bytes: UTF-32 and glyph indexes.
[[nodiscard]] std::vector<Form> wideFormsOfText(ByteView ascii);

} // namespace conclave::notrace
