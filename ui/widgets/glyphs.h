// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QGlyphRun>
#include <QPointF>
#include <QRawFont>

#include <array>
#include <cstdint>
#include <vector>

class QPainter;

namespace conclave::ui {

/// One size and weight of the monospace face, to paint secrets one character at a time.
/// The glyph of every printable ASCII character is looked up once, for all of them, so that painting a value
/// makes neither a string nor a table of indexes of it.
class GlyphFace {
public:
    /// The face of that size in logical pixels; lives as long as the program.
    [[nodiscard]] static const GlyphFace& mono(bool bold, int pixelSize);
    /// The size in logical pixels that the theme gives to a use of type.
    [[nodiscard]] static int pixelSize(Type type);

    GlyphFace(const GlyphFace&) = delete;
    GlyphFace& operator=(const GlyphFace&) = delete;

    /// Paints one printable ASCII character with the painter's pen; others paint nothing.
    void draw(QPainter& painter, QPointF baseline, std::uint8_t ascii) const;
    /// The same for any character; what the face does not have paints as its empty box.
    void drawCharacter(QPainter& painter, QPointF baseline, char32_t character) const;
    /// The width of a character, logical pixels.
    [[nodiscard]] qreal advance() const { return m_advance; }
    [[nodiscard]] qreal ascent() const { return m_font.ascent(); }
    [[nodiscard]] qreal capHeight() const { return m_font.capHeight(); }

private:
    static constexpr std::uint8_t kFirst = 0x21, kLast = 0x7e;

    GlyphFace(bool bold, int pixelSize);
    void warm(qreal devicePixelRatio) const;

    QRawFont m_font;
    std::array<QGlyphRun, kLast - kFirst + 1> m_runs;
    qreal m_advance = 0;
    mutable std::vector<qreal> m_warmed;
};

} // namespace conclave::ui
