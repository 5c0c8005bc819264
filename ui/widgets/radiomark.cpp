// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/radiomark.h"

#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QPainter>
#include <QStyle>

namespace conclave::ui {

void paintRadioMark(QPainter& painter, const QAbstractButton& button, int start, int top)
{
    const Theme& theme = Theme::instance();
    const QRectF ring(QStyle::visualRect(
        button.layoutDirection(), button.rect(), QRect(start, top, kRadioMark, kRadioMark)));
    const Token outline = !button.isEnabled() ? Token::Line
        : button.isChecked()                  ? Token::Accent
                                              : Token::Field;
    painter.setBrush(theme.colour(Token::Base));
    painter.setPen(QPen(theme.colour(outline), 1.6));
    painter.drawEllipse(ring.adjusted(.8, .8, -.8, -.8));
    if (button.isChecked()) {
        painter.setBrush(theme.colour(outline));
        painter.setPen(Qt::NoPen);
        painter.drawEllipse(ring.adjusted(4.5, 4.5, -4.5, -4.5));
    }
}

} // namespace conclave::ui
