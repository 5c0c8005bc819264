// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/style.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPlainTextEdit>
#include <QStyleOption>

namespace conclave::ui {

namespace {

constexpr int kFieldHeight = 36;
constexpr int kRadius = 5;
constexpr int kIndicator = 20;
constexpr int kFieldPadding = 8;
constexpr int kStepWidth = 32; // of a number's minus and plus
constexpr int kChevronWidth = 28;
constexpr int kBarHeight = 8;
constexpr int kTextFrame = 3; // what the focus ring and the round corners need

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

/// The minus or plus of a number.
void drawStep(QPainter* painter, const QRect& area, bool plus, bool enabled)
{
    const Theme& theme = Theme::instance();
    painter->setPen(QPen(theme.colour(enabled ? Token::Accent : Token::DisabledText), 2));
    const QPointF middle = QRectF(area).center();
    painter->drawLine(middle - QPointF(5, 0), middle + QPointF(5, 0));
    if (plus)
        painter->drawLine(middle - QPointF(0, 5), middle + QPointF(0, 5));
}

void drawNumber(const QStyleOptionSpinBox& option, QPainter* painter, const QRect& down, const QRect& up)
{
    drawField(&option, painter);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    drawStep(painter, down, false, option.stepEnabled.testFlag(QAbstractSpinBox::StepDownEnabled));
    drawStep(painter, up, true, option.stepEnabled.testFlag(QAbstractSpinBox::StepUpEnabled));
    painter->setPen(Theme::instance().colour(Token::Hair));
    const bool mirrored = option.direction == Qt::RightToLeft;
    const int first = mirrored ? up.right() : down.right();
    const int second = mirrored ? down.left() : up.left();
    painter->drawLine(first, option.rect.top() + 2, first, option.rect.bottom() - 2);
    painter->drawLine(second, option.rect.top() + 2, second, option.rect.bottom() - 2);
    painter->restore();
}

void drawChoice(const QStyleOption* option, QPainter* painter)
{
    drawField(option, painter);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool enabled = option->state & QStyle::State_Enabled;
    painter->setPen(QPen(Theme::instance().colour(enabled ? Token::Text : Token::DisabledText), 1.6));
    const QRect area = QStyle::visualRect(option->direction, option->rect,
        QRect(
            option->rect.right() - kChevronWidth, option->rect.top(), kChevronWidth, option->rect.height()));
    const QPointF middle = QRectF(area).center();
    painter->drawPolyline(
        QPolygonF{ middle + QPointF(-4, -2), middle + QPointF(0, 2), middle + QPointF(4, -2) });
    painter->restore();
}

/// Without a range the bar is a third of the groove.
void drawBar(const QStyleOptionProgressBar& option, QPainter* painter)
{
    const Theme& theme = Theme::instance();
    QRectF groove = option.rect;
    groove.setHeight(kBarHeight);
    groove.moveCenter(QRectF(option.rect).center());
    const qreal radius = kBarHeight / 2.0;
    const int range = option.maximum - option.minimum;
    const qreal part = range > 0 ? static_cast<qreal>(option.progress - option.minimum) / range : 1.0 / 3;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(theme.colour(Token::DisabledFill));
    painter->drawRoundedRect(groove, radius, radius);
    QRectF done = groove;
    done.setWidth(groove.width() * part);
    if (option.direction == Qt::RightToLeft)
        done.moveRight(groove.right());
    painter->setBrush(theme.colour(Token::Accent));
    if (part > 0)
        painter->drawRoundedRect(done, radius, radius);
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
    case PE_Frame:
        if (qobject_cast<const QPlainTextEdit*>(widget)) {
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

void Style::drawControl(
    ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option);
        bar && element == CE_ProgressBar)
        drawBar(*bar, painter);
    else
        QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const
{
    if (const auto* number = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
        number && control == CC_SpinBox)
        drawNumber(*number, painter, subControlRect(control, option, SC_SpinBoxDown, widget),
            subControlRect(control, option, SC_SpinBoxUp, widget));
    else if (control == CC_ComboBox)
        drawChoice(option, painter);
    else
        QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect Style::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    const QRect inner = QProxyStyle::subElementRect(element, option, widget);
    const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
    if (element == SE_LineEditContents && frame && frame->lineWidth > 0)
        return inner.adjusted(kFieldPadding, 0, -kFieldPadding, 0);
    return inner;
}

QRect Style::subControlRect(
    ComplexControl control, const QStyleOptionComplex* option, SubControl part, const QWidget* widget) const
{
    const QRect whole = option->rect;
    if (const auto* number = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
        number && control == CC_SpinBox) {
        const int step = number->buttonSymbols == QAbstractSpinBox::NoButtons ? 0 : kStepWidth;
        QRect at = whole;
        if (part == SC_SpinBoxDown)
            at.setWidth(step);
        else if (part == SC_SpinBoxUp)
            at.setLeft(whole.right() + 1 - step);
        else if (part == SC_SpinBoxEditField)
            at = whole.adjusted(step + 3, 3, -step - 3, -3);
        return visualRect(option->direction, whole, at);
    }
    if (control == CC_ComboBox && part == SC_ComboBoxEditField)
        return visualRect(option->direction, whole, whole.adjusted(kFieldPadding, 2, -kChevronWidth - 2, -2));
    return QProxyStyle::subControlRect(control, option, part, widget);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
        return kIndicator;
    case PM_CheckBoxLabelSpacing:
        return space::k12;
    case PM_DefaultFrameWidth:
        if (qobject_cast<const QPlainTextEdit*>(widget))
            return kTextFrame;
        return QProxyStyle::pixelMetric(metric, option, widget);
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
    if (const auto* number = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
        number && type == CT_SpinBox)
        result.setWidth(size.width() + 2 * kFieldPadding
            + (number->buttonSymbols == QAbstractSpinBox::NoButtons ? 0 : 2 * kStepWidth));
    if (type == CT_ComboBox)
        result.setWidth(size.width() + kFieldPadding + kChevronWidth + 4);
    return result;
}

} // namespace conclave::ui
