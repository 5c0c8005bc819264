// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"
#include "core/base/wipedmemory.h"
#include "ui/print/sheetfacts.h"

#include <QSize>

#include <functional>

namespace conclave::ui {

/// What goes into the empty boxes of a sheet.
struct SheetSecret {
    SecretBytes value; ///< as long as the prime
    SecretBytes checkCode; ///< 4 ASCII characters
};

/// One page with a share on it, as black dots in memory that is wiped. The page is painted without the
/// secret; its characters are put in dot by dot, from pictures of all characters that there are, so that
/// neither the painter nor the fonts' caches get to see which.
class FilledSheet {
public:
    static constexpr int kDotsPerInch = 600;

    /// From any thread; half a second.
    FilledSheet(const SheetFacts& sheet, const SheetSecret& secret);

    [[nodiscard]] QSize size() const { return m_size; } ///< in dots
    /// Rows from the top, of whole bytes, the most significant bit at the left; 1 is black.
    [[nodiscard]] const WipedMemory& dots() const { return m_dots; }

    /// The page as a PDF document with one picture: hands it to `sink` in pieces, those with secret dots
    /// straight from dots() and none of them small. False as soon as `sink` says so.
    [[nodiscard]] bool writePdf(const std::function<bool(ByteView)>& sink) const;

private:
    [[nodiscard]] std::size_t bytesInRow() const;

    QSize m_size;
    WipedMemory m_dots;
};

} // namespace conclave::ui
