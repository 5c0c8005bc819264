// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QRectF>
#include <QString>

class QPainter;

namespace conclave::ui {

class GlyphFace;

/// The state of one box of a share or check code, shown under it as an icon or word.
enum class BoxState { Empty, Now, Complete, Differs };

/// The outline of a box, what stands above and below it, and the focus ring when it is the current one.
/// `number` 0 leaves the place above empty. Leaves the painter's pen ready for the box's characters.
void paintEntryBox(QPainter& painter, const QRectF& box, BoxState state, bool focused, int number);
/// The caret of the current box, after `characters` characters of `of`.
void paintCaret(QPainter& painter, const QRectF& box, const GlyphFace& face, int characters, int of);
/// The baseline of the n-th of `of` characters centred in a box.
[[nodiscard]] QPointF characterInBox(const QRectF& box, const GlyphFace& face, int n, int of);

/// Heights in logical pixels for the theme's text size.
[[nodiscard]] int entryBoxHeight();
[[nodiscard]] int numberLineHeight();
[[nodiscard]] int stateLineHeight();

/// Why a key that is easily taken for a digit was not entered ("o" for 0, "l" and "I" for 1); else empty.
[[nodiscard]] QString lookalikeReason(char32_t character);
[[nodiscard]] QString spokenBoxState(BoxState state);

} // namespace conclave::ui
