// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/entrybox.h"

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/glyphs.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace conclave::ui {

namespace {

QPointF baseline(const QRectF& box, const GlyphFace& face, int n, int of)
{
    const qreal left = box.center().x() - of * face.advance() / 2;
    return { left + n * face.advance(), box.center().y() + face.capHeight() / 2 };
}

int hintHeight()
{
    return QFontMetrics(Theme::instance().font(Type::Hint)).height();
}

Token outline(BoxState state, bool focused)
{
    if (state == BoxState::Differs)
        return Token::Danger;
    if (focused)
        return Token::Accent;
    return state == BoxState::Complete ? Token::Ok : Token::Field;
}

} // namespace

const GlyphFace& EntryBox::face()
{
    return GlyphFace::mono(true, GlyphFace::pixelSize(Type::SerialLarge));
}

int EntryBox::height()
{
    return std::max(46, qCeil(face().ascent() + 20));
}

int EntryBox::numberLineHeight()
{
    return hintHeight() + kRing + 2;
}

int EntryBox::stateLineHeight()
{
    return hintHeight() + kRing + 2;
}

void EntryBox::paint(
    QPainter& painter, const QRectF& box, BoxState state, bool focused, bool enabled, int number)
{
    const Theme& theme = Theme::instance();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(theme.colour(enabled ? Token::Base : Token::DisabledFill));
    painter.setPen(QPen(theme.colour(outline(state, focused)), state == BoxState::Differs ? 2 : 1));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    if (focused) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.colour(Token::Accent), 2));
        painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 8, 8);
    }
    if (number > 0) {
        painter.setFont(theme.font(Type::Hint));
        painter.setPen(theme.colour(Token::Muted));
        painter.drawText(QRectF(box.left(), box.top() - numberLineHeight(), box.width(), hintHeight()),
            Qt::AlignCenter, QString::number(number));
    }
    const QRectF below(box.left(), box.bottom() + kRing + 1, box.width(), hintHeight());
    if (state == BoxState::Now) {
        QFont font = theme.font(Type::Hint);
        font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        painter.setPen(theme.colour(Token::Accent));
        const qreal overhang
            = std::max(0.0, QFontMetricsF(font).horizontalAdvance(tr("now")) - below.width());
        painter.drawText(below.adjusted(-overhang, 0, overhang, 0), Qt::AlignCenter, tr("now"));
    } else if (state != BoxState::Empty) {
        const bool fits = state == BoxState::Complete;
        const int side = hintHeight();
        const QPixmap icon = iconPixmap(fits ? Icon::Check : Icon::Cross, side,
            theme.colour(fits ? Token::Ok : Token::Danger), painter.device()->devicePixelRatio());
        painter.drawPixmap(QPointF(below.center().x() - side / 2.0, below.top()), icon);
    }
    painter.restore();
}

void EntryBox::paintHeading(QPainter& painter, const QRectF& box, const QString& words)
{
    painter.save();
    painter.setFont(Theme::instance().font(Type::Hint));
    painter.setPen(Theme::instance().colour(Token::Muted));
    const QRectF place(
        box.left() - box.width(), box.top() - numberLineHeight(), 3 * box.width(), hintHeight());
    painter.drawText(place, Qt::AlignCenter, words);
    painter.restore();
}

void EntryBox::paintCharacter(
    QPainter& painter, const QRectF& box, int n, int of, std::uint8_t ascii, bool concealed)
{
    const QColor colour = Theme::instance().colour(Token::Text);
    const QPointF at = baseline(box, face(), n, of);
    painter.save();
    if (concealed) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        const qreal radius = face().advance() * 0.28;
        painter.drawEllipse(QPointF(at.x() + face().advance() / 2, box.center().y()), radius, radius);
    } else {
        painter.setPen(colour);
        face().draw(painter, at, ascii);
    }
    painter.restore();
}

void EntryBox::paintCaret(QPainter& painter, const QRectF& box, int typed, int of)
{
    const QPointF at = baseline(box, face(), typed, of);
    painter.fillRect(
        QRectF(at.x(), box.top() + 10, 2, box.height() - 20), Theme::instance().colour(Token::Text));
}

bool EntryBox::isSeparator(char32_t character)
{
    return character == U':' || character == U' ' || character == U'-';
}

QString EntryBox::lookalikeReason(char32_t character)
{
    const QString letter(QChar(static_cast<char16_t>(character)));
    switch (character) {
    case U'o':
    case U'O':
        return tr("The letter “%1” is not used, so it was not entered. "
                  "If your sheet shows a round sign there, type the digit 0.")
            .arg(letter);
    case U'l':
    case U'L':
    case U'i':
    case U'I':
        return tr("The letter “%1” is not used, so it was not entered. "
                  "If your sheet shows an upright stroke there, type the digit 1.")
            .arg(letter);
    default:
        return {};
    }
}

QString EntryBox::spoken(BoxState state)
{
    switch (state) {
    case BoxState::Complete:
        return tr("complete");
    case BoxState::Differs:
        return tr("differs");
    case BoxState::Empty:
    case BoxState::Now:
        break;
    }
    return tr("empty");
}

} // namespace conclave::ui
