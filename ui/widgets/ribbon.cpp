// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/ribbon.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyle>

namespace conclave::ui {

namespace {

constexpr int kHeight = 28;
constexpr int kStripe = 20;
constexpr int kLetterSpacing = 2;

} // namespace

Ribbon::Ribbon(QWidget* parent)
    : QWidget(parent)
    , m_word(tr("REHEARSAL"))
    , m_sentence(tr("Simulated device. Nothing made here protects a real key."))
{
    setFixedHeight(kHeight);
    setAccessibleName(m_word);
    setAccessibleDescription(m_sentence);
}

void Ribbon::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), theme.colour(Token::RibbonA));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour(Token::RibbonB));
    for (int x = -height(); x < width() + height(); x += 2 * kStripe)
        painter.drawPolygon(QPolygon{ QPoint(x, height()), QPoint(x + kStripe, height()),
            QPoint(x + kStripe + height(), 0), QPoint(x + height(), 0) });

    QFont loud = theme.font(Type::Strong);
    loud.setBold(true);
    loud.setLetterSpacing(QFont::AbsoluteSpacing, kLetterSpacing);
    const QFont plain = theme.font(Type::Body);
    const int wordWidth = QFontMetrics(loud).horizontalAdvance(m_word);
    const int sentenceWidth = QFontMetrics(plain).horizontalAdvance(m_sentence);
    const bool both = wordWidth + space::k16 + sentenceWidth <= width();
    const int total = wordWidth + (both ? space::k16 + sentenceWidth : 0);
    const QRect word((width() - total) / 2, 0, wordWidth, height());
    const QRect sentence(word.right() + 1 + space::k16, 0, sentenceWidth, height());
    painter.setPen(theme.colour(Token::RibbonText));
    painter.setFont(loud);
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), word), Qt::AlignCenter, m_word);
    painter.setFont(plain);
    if (both)
        painter.drawText(
            QStyle::visualRect(layoutDirection(), rect(), sentence), Qt::AlignCenter, m_sentence);
}

} // namespace conclave::ui
