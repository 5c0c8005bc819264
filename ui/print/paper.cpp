// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/paper.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPageLayout>
#include <QPagedPaintDevice>

#include <cmath>

namespace conclave::ui {

namespace {

struct PaperWords {
    Q_DECLARE_TR_FUNCTIONS(Paper)
};

constexpr qreal kMmOfInch = 25.4;
constexpr qreal kPointsOfInch = 72;
constexpr qreal kBandHeight = 90;
constexpr qreal kReach = 42; // what many printers leave white at the edge
constexpr qreal kSmallest = 0.7; // of the wanted size, when a line is too long

QFont sized(QFont font, qreal points)
{
    font.setPixelSize(static_cast<int>(std::lround(points * kMmOfInch * kPerMm / kPointsOfInch)));
    font.setHintingPreference(QFont::PreferNoHinting); // the printer decides, not the screen
    return font;
}

} // namespace

void useWholePage(QPagedPaintDevice& device)
{
    const bool letter = device.pageLayout().pageSize().id() == QPageSize::Letter;
    useWholePage(device, letter ? ceremony::PaperSize::Letter : ceremony::PaperSize::A4);
}

QPageSize pageSize(ceremony::PaperSize paper)
{
    return QPageSize(paper == ceremony::PaperSize::Letter ? QPageSize::Letter : QPageSize::A4);
}

void useWholePage(QPagedPaintDevice& device, ceremony::PaperSize paper)
{
    QPageLayout layout = device.pageLayout();
    layout.setPageSize(pageSize(paper));
    layout.setOrientation(QPageLayout::Portrait);
    layout.setMode(QPageLayout::FullPageMode);
    layout.setMargins({});
    device.setPageLayout(layout);
}

Paper::Paper(QPainter& painter)
    : m_painter(painter)
{
    const QPaintDevice& device = *painter.device();
    m_painter.save();
    const qreal perUnitX = device.logicalDpiX() / kMmOfInch / kPerMm;
    const qreal perUnitY = device.logicalDpiY() / kMmOfInch / kPerMm;
    m_painter.resetTransform();
    m_painter.scale(perUnitX, perUnitY);
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_size = { device.width() / perUnitX, device.height() / perUnitY };
}

Paper::~Paper()
{
    m_painter.restore();
}

QFont Paper::text(qreal points, QFont::Weight weight)
{
    QFont font(QStringLiteral("Inter"));
    font.setStyleHint(QFont::SansSerif);
    font.setWeight(weight);
    return sized(font, points);
}

QFont Paper::mono(qreal points, bool bold)
{
    QFont font(QStringLiteral("Go Mono"));
    font.setStyleHint(QFont::Monospace);
    font.setBold(bold);
    return sized(font, points);
}

QColor Paper::muted()
{
    return { 0x44, 0x44, 0x44 };
}

qreal Paper::line(qreal x, qreal y, qreal width, const QString& text, const QFont& font,
    Qt::Alignment alignment, const QColor& colour)
{
    QFont fitting = font;
    qreal taken = QFontMetricsF(font).horizontalAdvance(text);
    if (taken > width) {
        fitting.setPixelSize(static_cast<int>(font.pixelSize() * std::max(kSmallest, width / taken)));
        taken = QFontMetricsF(fitting).horizontalAdvance(text);
    }
    const QString shown = QFontMetricsF(fitting).elidedText(text, Qt::ElideRight, width + 1);
    taken = std::min(taken, width);
    if (alignment & Qt::AlignRight)
        x += width - taken;
    else if (alignment & Qt::AlignHCenter)
        x += (width - taken) / 2;
    m_painter.setFont(fitting);
    m_painter.setPen(colour);
    m_painter.drawText(QPointF(x, y), shown);
    return taken;
}

qreal Paper::paragraph(
    qreal x, qreal y, qreal width, const QString& text, const QFont& font, const QColor& colour)
{
    m_painter.setFont(font);
    m_painter.setPen(colour);
    QRectF taken;
    m_painter.drawText(QRectF(x, y, width, height() - y), Qt::TextWordWrap, text, &taken);
    return taken.height();
}

void Paper::rule(qreal x, qreal y, qreal width, qreal thickness)
{
    m_painter.fillRect(QRectF(x, y - thickness / 2, width, thickness), Qt::black);
}

void Paper::box(const QRectF& area, qreal thickness, qreal radius)
{
    m_painter.setPen(QPen(Qt::black, thickness));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawRoundedRect(area, radius, radius);
}

void Paper::rehearsalBands()
{
    band(0, (kReach + kBandHeight) / 2, true);
    band(height() - kBandHeight, height() - (kReach + kBandHeight) / 2, false);
}

void Paper::band(qreal top, qreal textCentre, bool ruleBelow)
{
    const QRectF area(0, top, width(), kBandHeight);
    m_painter.save();
    m_painter.setClipRect(area);
    m_painter.setPen(QPen(QColor(0xdc, 0xdc, 0xdc), 26));
    for (qreal x = -kBandHeight; x < width() + kBandHeight; x += 80)
        m_painter.drawLine(QPointF(x, top + kBandHeight + 20), QPointF(x + kBandHeight + 40, top - 20));
    const QString text = PaperWords::tr("REHEARSAL · SIMULATED DEVICE · NO REAL KEYS");
    QFont font = Paper::text(9.5, QFont::Bold);
    font.setLetterSpacing(QFont::PercentageSpacing, 108);
    const qreal textWidth = QFontMetricsF(font).horizontalAdvance(text);
    const qreal side = 40;
    m_painter.fillRect(
        QRectF((width() - textWidth) / 2 - side, top, textWidth + 2 * side, kBandHeight), Qt::white);
    m_painter.restore();
    line(0, textCentre + QFontMetricsF(font).capHeight() / 2, width(), text, font, Qt::AlignHCenter);
    rule(0, ruleBelow ? top + kBandHeight : top, width(), 3);
}

} // namespace conclave::ui
