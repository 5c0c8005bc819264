// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/tickmark.h"

#include <QPainter>

namespace conclave::ui {

TickColours tickColours(bool checked, bool enabled)
{
    if (!enabled)
        return { Token::DisabledFill, Token::Line, Token::DisabledText };
    return { checked ? Token::Accent : Token::Base, checked ? Token::Accent : Token::Field, Token::OnAccent };
}

void paintTickMark(QPainter& painter, const QRectF& box, bool checked, const TickColours& colours)
{
    const Theme& theme = Theme::instance();
    painter.setBrush(theme.colour(colours.fill));
    painter.setPen(QPen(theme.colour(colours.outline), 1.4));
    painter.drawRoundedRect(box.adjusted(.7, .7, -.7, -.7), 4, 4);
    if (!checked)
        return;
    painter.setPen(QPen(theme.colour(colours.sign), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF{ box.topLeft() + QPointF(kTickMark * .26, kTickMark * .53),
        box.topLeft() + QPointF(kTickMark * .43, kTickMark * .7),
        box.topLeft() + QPointF(kTickMark * .76, kTickMark * .32) });
}

} // namespace conclave::ui
