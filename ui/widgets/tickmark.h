// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

class QPainter;
class QRectF;

namespace conclave::ui {

inline constexpr int kTickMark = 20; ///< side of its box

struct TickColours {
    Token fill;
    Token outline;
    Token sign;
};
/// Of a tick on a page.
[[nodiscard]] TickColours tickColours(bool checked, bool enabled);

/// A box, with a tick in it when it is checked.
void paintTickMark(QPainter& painter, const QRectF& box, bool checked, const TickColours& colours);

} // namespace conclave::ui
