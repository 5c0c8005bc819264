// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/valuepainter.h"

#include "ui/theme/theme.h"
#include "ui/widgets/glyphs.h"

#include <QFontMetrics>
#include <QPainter>

namespace conclave::ui {

namespace {

constexpr qreal kGap = 1.25; // between two pairs, in characters
constexpr char kHexDigits[] = "0123456789abcdef";

} // namespace

ValuePainter::ValuePainter(const GlyphFace& face)
    : m_face(face)
{
}

int ValuePainter::numberLineHeight()
{
    return QFontMetrics(Theme::instance().font(Type::Hint)).height();
}

int ValuePainter::lineHeight() const
{
    return qCeil(m_face.capHeight() * 1.7);
}

qreal ValuePainter::pairPitch() const
{
    return m_face.advance() * (2 + kGap);
}

qreal ValuePainter::pairsWidth(int pairs) const
{
    return pairs * pairPitch() - kGap * m_face.advance();
}

QPointF ValuePainter::baseline(QPointF at) const
{
    return { at.x(), at.y() + (lineHeight() + m_face.capHeight()) / 2 };
}

void ValuePainter::paintNumbers(QPainter& painter, QPointF at, int pairs) const
{
    const Theme& theme = Theme::instance();
    painter.setFont(theme.font(Type::Hint));
    painter.setPen(theme.colour(Token::Muted));
    for (int pair = 0; pair < pairs; ++pair) {
        const QRectF above(at.x() + pair * pairPitch(), at.y(), 2 * m_face.advance(), numberLineHeight());
        painter.drawText(above, Qt::AlignCenter, QString::number(pair + 1));
    }
}

void ValuePainter::paintPairs(QPainter& painter, QPointF at, ByteView bytes) const
{
    const QColor text = Theme::instance().colour(Token::Text);
    const QColor colon = Theme::instance().colour(Token::Muted);
    QPointF position = baseline(at);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        painter.setPen(text);
        m_face.draw(painter, position, static_cast<std::uint8_t>(kHexDigits[bytes[i] >> 4]));
        m_face.draw(painter, position + QPointF(m_face.advance(), 0),
            static_cast<std::uint8_t>(kHexDigits[bytes[i] & 0x0f]));
        if (i + 1 < bytes.size()) {
            painter.setPen(colon);
            m_face.draw(painter, position + QPointF(m_face.advance() * (2 + (kGap - 1) / 2), 0), ':');
        }
        position.rx() += pairPitch();
    }
}

void ValuePainter::paintAscii(QPainter& painter, QPointF at, ByteView ascii, qreal spaces) const
{
    painter.setPen(Theme::instance().colour(Token::Text));
    QPointF position = baseline(at);
    for (const std::uint8_t character : ascii) {
        m_face.draw(painter, position, character);
        position.rx() += m_face.advance() * (1 + spaces);
    }
}

} // namespace conclave::ui
