// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QRectF>
#include <QString>

#include <cstdint>

class QPainter;

namespace conclave::ui {

class GlyphFace;

/// The state of one box of a share or check code; under the box it is told by an icon or a word.
enum class BoxState { Empty, Now, Complete, Differs };

/// One box of a value that is typed: what all entries in boxes have in common.
class EntryBox {
    Q_DECLARE_TR_FUNCTIONS(EntryBox)

public:
    static constexpr int kRing = 4; ///< the focus ring and its gap, around a box

    /// The face of the characters in boxes.
    [[nodiscard]] static const GlyphFace& face();
    /// Heights in logical pixels at the theme's text size.
    [[nodiscard]] static int height();
    [[nodiscard]] static int numberLineHeight();
    [[nodiscard]] static int stateLineHeight();

    /// The outline with the focus ring, `number` above it (none for 0) and the state below it.
    static void paint(
        QPainter& painter, const QRectF& box, BoxState state, bool focused, bool enabled, int number);
    /// Words in the number's place, which may be wider than the box.
    static void paintHeading(QPainter& painter, const QRectF& box, const QString& words);
    /// The n-th of `of` characters, as a dot if it is concealed.
    static void paintCharacter(
        QPainter& painter, const QRectF& box, int n, int of, std::uint8_t ascii, bool concealed);
    /// The caret behind `typed` of `of` characters.
    static void paintCaret(QPainter& painter, const QRectF& box, int typed, int of);

    /// Separators people read aloud or copy: colon, space, dash.
    [[nodiscard]] static bool isSeparator(char32_t character);
    /// Why a letter that is easily taken for a digit was not entered; empty for others.
    [[nodiscard]] static QString lookalikeReason(char32_t character);
    [[nodiscard]] static QString spoken(BoxState state);
};

} // namespace conclave::ui
