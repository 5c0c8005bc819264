// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/buttonrow.h"

#include "ui/theme/theme.h"
#include "ui/widgets/button.h"

#include <QBoxLayout>

#include <algorithm>

namespace conclave::ui {

ButtonRow::ButtonRow(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::k8);
    m_layout->addStretch(1);
}

void ButtonRow::add(Button* button)
{
    m_layout->insertWidget(m_layout->count() - 1, button);
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

void ButtonRow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_layout->setDirection(width() >= widthOfAll() ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

} // namespace conclave::ui
