// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/curtainview.h"

#include "ui/theme/theme.h"

#include <QLinearGradient>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace conclave::ui {

namespace {

constexpr int kWidth = 780;
constexpr int kFold = 90;
constexpr int kSide = 24;

} // namespace

CurtainView::CurtainView(QWidget* parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);

    auto* canvas = new QWidget(scroll);
    canvas->setAutoFillBackground(false);
    auto* column = new QWidget(canvas);
    column->setMaximumWidth(kWidth);
    auto* across = new QHBoxLayout(canvas);
    across->setContentsMargins(kSide, kSide, kSide, kSide);
    across->addStretch(1);
    across->addWidget(column, kWidth);
    across->addStretch(1);
    auto* down = new QVBoxLayout(column);
    down->setContentsMargins(0, 0, 0, 0);
    down->addStretch(1);
    m_body = new QVBoxLayout;
    m_body->setSpacing(space::k24);
    down->addLayout(m_body);
    down->addStretch(1);
    scroll->setWidget(canvas);
    canvas->setAutoFillBackground(false); // setWidget() switched it on
}

void CurtainView::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    const QColor dark = theme.colour(Token::CurtainTop);
    const QColor light = theme.colour(Token::CurtainBottom);
    QLinearGradient folds(0, 0, kFold, 0);
    folds.setSpread(QGradient::RepeatSpread);
    folds.setColorAt(0, dark);
    folds.setColorAt(.35, light);
    folds.setColorAt(.6, light);
    folds.setColorAt(1, dark);
    QPainter painter(this);
    painter.fillRect(rect(), folds);
    QColor shade = dark;
    QLinearGradient sides(0, 0, width(), 0);
    shade.setAlphaF(.85F);
    sides.setColorAt(0, shade);
    sides.setColorAt(1, shade);
    shade.setAlphaF(.35F);
    sides.setColorAt(.25, shade);
    sides.setColorAt(.75, shade);
    painter.fillRect(rect(), sides);
}

} // namespace conclave::ui
