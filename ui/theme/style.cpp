// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/style.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace conclave::ui {

namespace {

constexpr int kFieldHeight = 36;
constexpr int kRadius = 5;
constexpr int kIndicator = 20;

void drawField(const QStyleOption* option, QPainter* painter)
{
    const Theme& theme = Theme::instance();
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool focused = option->state & QStyle::State_HasFocus;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(theme.colour(enabled ? Token::Base : Token::DisabledFill));
    painter->setPen(QPen(theme.colour(focused ? Token::Accent : Token::Field), focused ? 2 : 1));
    const qreal inset = focused ? 1 : .5;
    painter->drawRoundedRect(QRectF(option->rect).adjusted(inset, inset, -inset, -inset), kRadius, kRadius);
    painter->restore();
}

void drawCheck(const QStyleOption* option, QPainter* painter)
{
    const Theme& theme = Theme::instance();
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool checked = option->state & QStyle::State_On;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(option->rect).adjusted(.5, .5, -.5, -.5);
    painter->setPen(QPen(theme.colour(checked && enabled ? Token::Accent : Token::Field), 1));
    painter->setBrush(theme.colour(!enabled ? Token::DisabledFill : checked ? Token::Accent : Token::Base));
    painter->drawRoundedRect(box, 4, 4);
    if (checked) {
        painter->setPen(QPen(theme.colour(enabled ? Token::OnAccent : Token::DisabledText), 2, Qt::SolidLine,
            Qt::RoundCap, Qt::RoundJoin));
        const qreal side = box.width();
        painter->drawPolyline(QPolygonF{ box.topLeft() + QPointF(side * .25, side * .53),
            box.topLeft() + QPointF(side * .43, side * .7),
            box.topLeft() + QPointF(side * .76, side * .32) });
    }
    painter->restore();
}

void drawFocusRing(const QStyleOption* option, QPainter* painter)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(Theme::instance().colour(Token::Accent), 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(QRectF(option->rect).adjusted(1, 1, -1, -1), kRadius, kRadius);
    painter->restore();
}

} // namespace

Style::Style()
    : QProxyStyle(QStringLiteral("Fusion"))
{
}

void Style::drawPrimitive(
    PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case PE_PanelLineEdit:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
            frame && frame->lineWidth > 0) {
            drawField(option, painter);
            return;
        }
        break;
    case PE_IndicatorCheckBox:
        drawCheck(option, painter);
        return;
    case PE_FrameFocusRect:
        drawFocusRing(option, painter);
        return;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
        return kIndicator;
    case PM_CheckBoxLabelSpacing:
        return space::k12;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(
    StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* returnData) const
{
    switch (hint) {
    case SH_UnderlineShortcut:
        return 1;
    case SH_Widget_Animation_Duration:
        return 0; // nothing moves on a projector without need
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize Style::sizeFromContents(
    ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_LineEdit || type == CT_ComboBox || type == CT_SpinBox)
        result.setHeight(std::max(result.height(), kFieldHeight));
    return result;
}

} // namespace conclave::ui
