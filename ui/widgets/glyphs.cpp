// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/glyphs.h"

#include <QCoreApplication>
#include <QFontInfo>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

namespace conclave::ui {

namespace {

// Whole device pixels: a glyph then has one picture in the font's cache, wherever it is painted.
QPointF onDevicePixel(const QPainter& painter, QPointF point)
{
    const QTransform toDevice = painter.deviceTransform();
    return toDevice.inverted().map(QPointF(toDevice.map(point).toPoint()));
}

} // namespace

const GlyphFace& GlyphFace::mono(bool bold, int pixelSize)
{
    using Faces = std::map<std::pair<bool, int>, std::unique_ptr<const GlyphFace>>;
    static Faces faces;
    // Fonts do not outlive the application object.
    [[maybe_unused]] static const bool cleanedUp = (qAddPostRoutine([] { faces.clear(); }), true);
    std::unique_ptr<const GlyphFace>& face = faces[{ bold, pixelSize }];
    if (!face)
        face.reset(new GlyphFace(bold, pixelSize));
    return *face;
}

int GlyphFace::pixelSize(Type type)
{
    return QFontInfo(Theme::instance().font(type)).pixelSize();
}

GlyphFace::GlyphFace(bool bold, int pixelSize)
{
    QFont font = Theme::instance().font(bold ? Type::ValueBold : Type::Value);
    font.setPixelSize(pixelSize);
    m_font = QRawFont::fromFont(font);
    for (std::uint8_t ascii = kFirst; ascii <= kLast; ++ascii) {
        QGlyphRun& run = m_runs[static_cast<std::size_t>(ascii - kFirst)];
        run.setRawFont(m_font);
        run.setGlyphIndexes(m_font.glyphIndexesForString(QString(QLatin1Char(static_cast<char>(ascii)))));
        run.setPositions({ QPointF() });
    }
    m_advance = m_font.advancesForGlyphIndexes(m_runs.front().glyphIndexes()).constFirst().x();
}

// The font's cache keeps glyphs in the order of their first use. All are used once in a fixed order, so that
// this order tells nothing about a value.
void GlyphFace::warm(qreal devicePixelRatio) const
{
    if (std::find(m_warmed.begin(), m_warmed.end(), devicePixelRatio) != m_warmed.end())
        return;
    m_warmed.push_back(devicePixelRatio);
    const int side = qCeil(m_font.pixelSize() * 2 * devicePixelRatio);
    QImage scrap(side, side, QImage::Format_RGB32);
    scrap.setDevicePixelRatio(devicePixelRatio);
    QPainter painter(&scrap);
    for (const QGlyphRun& run : m_runs)
        painter.drawGlyphRun(onDevicePixel(painter, { 0, m_font.pixelSize() }), run);
}

void GlyphFace::draw(QPainter& painter, QPointF baseline, std::uint8_t ascii) const
{
    if (ascii < kFirst || ascii > kLast)
        return;
    warm(painter.device()->devicePixelRatio());
    painter.drawGlyphRun(onDevicePixel(painter, baseline), m_runs[static_cast<std::size_t>(ascii - kFirst)]);
}

void GlyphFace::drawCharacter(QPainter& painter, QPointF baseline, char32_t character) const
{
    if (character <= kLast) {
        draw(painter, baseline, static_cast<std::uint8_t>(character));
        return;
    }
    const bool pair = QChar::requiresSurrogates(character);
    const std::array<QChar, 2> units = pair
        ? std::array{ QChar(QChar::highSurrogate(character)), QChar(QChar::lowSurrogate(character)) }
        : std::array{ QChar(static_cast<char16_t>(character)), QChar() };
    std::array<quint32, 2> indexes{};
    int count = static_cast<int>(indexes.size());
    if (!m_font.glyphIndexesForChars(units.data(), pair ? 2 : 1, indexes.data(), &count))
        return;
    const QPointF origin;
    QGlyphRun run;
    run.setRawFont(m_font);
    run.setRawData(indexes.data(), &origin, 1);
    painter.drawGlyphRun(onDevicePixel(painter, baseline), run);
}

} // namespace conclave::ui
