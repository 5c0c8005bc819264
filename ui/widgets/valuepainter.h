// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"

#include <QPointF>

class QPainter;

namespace conclave::ui {

class GlyphFace;

/// Paints a secret value in one line for copying by hand, glyph by glyph.
/// Positions are the top left of the line; lines are lineHeight() high.
class ValuePainter {
public:
    explicit ValuePainter(const GlyphFace& face);

    [[nodiscard]] static int numberLineHeight();
    [[nodiscard]] int lineHeight() const;
    /// Of `pairs` hex pairs with their colons.
    [[nodiscard]] qreal pairsWidth(int pairs) const;

    /// 1, 2, ... above the pairs of a line.
    void paintNumbers(QPainter& painter, QPointF at, int pairs) const;
    /// "f3:4a:18"
    void paintPairs(QPainter& painter, QPointF at, ByteView bytes) const;
    /// Characters, each followed by `spaces` widths of a character.
    void paintAscii(QPainter& painter, QPointF at, ByteView ascii, qreal spaces) const;

private:
    [[nodiscard]] qreal pairPitch() const;
    [[nodiscard]] QPointF baseline(QPointF at) const;

    const GlyphFace& m_face;
};

} // namespace conclave::ui
