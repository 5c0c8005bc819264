// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/buttonrow.h"

#include "ui/theme/theme.h"
#include "ui/widgets/button.h"

#include <QStyle>

#include <algorithm>

namespace conclave::ui {

ButtonRow::ButtonRow(QWidget* parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ButtonRow::add(Button* button)
{
    button->setParent(this);
    button->show();
    m_buttons << button;
    updateGeometry();
}

int ButtonRow::widthOfAll() const
{
    int width = std::max(0, static_cast<int>(m_buttons.size()) - 1) * space::k8;
    for (const Button* button : m_buttons)
        width += button->sizeHint().width();
    return width;
}

QSize ButtonRow::minimumSizeHint() const
{
    QSize size(0, 0);
    for (const Button* button : m_buttons)
        size = size.expandedTo(button->sizeHint());
    return size;
}

QSize ButtonRow::sizeHint() const
{
    return { widthOfAll(), minimumSizeHint().height() };
}

int ButtonRow::heightForWidth(int width) const
{
    const auto count = static_cast<int>(m_buttons.size());
    const int one = minimumSizeHint().height();
    return width >= widthOfAll() ? one : count * one + (count - 1) * space::k8;
}

// By hand: a widget with a layout is asked for the layout's height at a width, never for its own.
void ButtonRow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool folded = width() < widthOfAll();
    QPoint at(0, 0);
    for (Button* button : m_buttons) {
        const QSize size(std::min(button->sizeHint().width(), width()), minimumSizeHint().height());
        button->setGeometry(QStyle::visualRect(layoutDirection(), rect(), QRect(at, size)));
        at += folded ? QPoint(0, size.height() + space::k8) : QPoint(size.width() + space::k8, 0);
    }
}

} // namespace conclave::ui
