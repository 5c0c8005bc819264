// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/print/sheetfacts.h"

#include <QImage>
#include <QPoint>

#include <vector>

class QPainter;

namespace conclave::ui {

/// Where a secret belongs on a page that was painted: the left end of each character's base line, in pixels
/// of the device.
struct SheetCells {
    qreal pixelSize = 0; ///< of the characters, which are bold and monospaced, in pixels of the device
    std::vector<QPoint> value; ///< two for each pair, row after row, each with its check pairs
    std::vector<QPoint> code; ///< of the check code
};

/// Paints the whole page of one sheet (ui.md, 8): outside, secret part, instructions, folded at the thirds.
/// The boxes of the secret stay empty. From any thread; the painter is active on a device prepared with
/// useWholePage(), or on an image of a page's size with its resolution set.
SheetCells paintSheet(QPainter& painter, const SheetFacts& sheet);

/// The same in grey on a picture of the page.
[[nodiscard]] QImage pictureOfSheet(const SheetFacts& sheet, int dotsPerInch, SheetCells& cells);
/// A picture with crosses in the boxes.
[[nodiscard]] QImage previewOfSheet(const SheetFacts& sheet, int dotsPerInch);

} // namespace conclave::ui
