// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/event.h"

#include <QFont>
#include <QPageSize>
#include <QPainter>
#include <QString>

class QPagedPaintDevice;

namespace conclave::ui {

/// Paper in tenths of a millimetre from its upper left edge; the same on printers, in PDF and on images.
inline constexpr int kPerMm = 10;

/// A4 or Letter, whatever the device has, the whole sheet without margins: what is printed keeps its own.
void useWholePage(QPagedPaintDevice& device);

[[nodiscard]] QPageSize pageSize(ceremony::PaperSize paper);
/// The same on paper of that size.
void useWholePage(QPagedPaintDevice& device, ceremony::PaperSize paper);

/// Draws on one page. Black, and lines rather than fills, so that every printer does it justice.
class Paper {
public:
    /// Scales the painter to tenths of a millimetre for as long as this lives.
    explicit Paper(QPainter& painter);
    ~Paper();
    Paper(const Paper&) = delete;
    Paper& operator=(const Paper&) = delete;

    [[nodiscard]] QPainter& painter() { return m_painter; }
    [[nodiscard]] qreal width() const { return m_size.width(); }
    [[nodiscard]] qreal height() const { return m_size.height(); }

    [[nodiscard]] static QFont text(qreal points, QFont::Weight weight = QFont::Normal);
    [[nodiscard]] static QFont mono(qreal points, bool bold = false);
    /// The second tone of text, dark enough for any printer.
    [[nodiscard]] static QColor muted();

    /// One line with its base line at `y`, made smaller, and at last shortened, to fit `width`. Returns the
    /// width it took.
    qreal line(qreal x, qreal y, qreal width, const QString& text, const QFont& font,
        Qt::Alignment alignment = Qt::AlignLeft, const QColor& colour = Qt::black);
    /// Wrapped lines from `y` down. Returns the height they took.
    qreal paragraph(qreal x, qreal y, qreal width, const QString& text, const QFont& font,
        const QColor& colour = Qt::black);
    void rule(qreal x, qreal y, qreal width, qreal thickness);
    void box(const QRectF& area, qreal thickness, qreal radius);

    /// "REHEARSAL" at the top and the bottom of the page, inside what a printer can reach.
    void rehearsalBands();

private:
    void band(qreal top, qreal textCentre, bool ruleBelow);

    QPainter& m_painter;
    QSizeF m_size;
};

} // namespace conclave::ui
