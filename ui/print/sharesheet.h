// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"
#include "ui/print/sheetfacts.h"

class QPainter;

namespace conclave::ui {

/// What goes into the empty boxes of a sheet.
struct SheetSecret {
    SecretBytes value; ///< as long as the prime
    SecretBytes checkCode; ///< 4 ASCII characters
};

/// Paints the whole page of one sheet (ui.md, 8): outside, secret part, instructions, folded at the thirds.
/// Without `secret` the boxes stay empty. With it, only in the thread of the application object, because the
/// glyphs live there; a blank sheet from any thread. The painter is active on a device prepared with
/// useWholePage().
void paintSheet(QPainter& painter, const SheetFacts& sheet, const SheetSecret* secret = nullptr);

} // namespace conclave::ui
