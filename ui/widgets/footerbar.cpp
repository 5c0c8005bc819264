// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/footerbar.h"

#include "ui/theme/icon.h"
#include "ui/widgets/label.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

namespace conclave::ui {

namespace {

constexpr int kHeight = 64;
constexpr int kCompactHeight = 52;
constexpr int kSide = 28; // with the buttons' room for the focus ring: 32

void empty(QHBoxLayout& layout)
{
    while (QLayoutItem* item = layout.takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater(); // one of them may be what was clicked
        }
        delete item;
    }
}

} // namespace

FooterBar::FooterBar(QWidget* parent)
    : QWidget(parent)
    , m_start(new QWidget(this))
    , m_startLayout(new QHBoxLayout(m_start))
    , m_more(new Button(tr("M&ore"), Button::Look::Secondary, this))
    , m_hint(new Label({}, Type::Hint, Token::Muted, this))
    , m_end(new QWidget(this))
    , m_endLayout(new QHBoxLayout(m_end))
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(kSide, 0, kSide, 0);
    layout->setSpacing(space::k12);
    for (QHBoxLayout* group : { m_startLayout, m_endLayout }) {
        group->setContentsMargins(0, 0, 0, 0);
        group->setSpacing(space::k8);
    }
    m_more->setIcon(icon(Icon::More));
    m_more->hide();
    m_hint->hide();
    layout->addWidget(m_start);
    layout->addWidget(m_more);
    layout->addWidget(m_hint, 1);
    layout->addStretch();
    layout->addWidget(m_end);
    connect(m_more, &QAbstractButton::clicked, this, &FooterBar::showMenu);
    setCompact(false);
}

Button* FooterBar::addStart(Button* button)
{
    m_startLayout->addWidget(button);
    m_startButtons << button;
    return button;
}

Button* FooterBar::addEnd(Button* button)
{
    m_endLayout->addWidget(button);
    button->show(); // not by the layout, later: what is not shown loses the focus that it is given
    return button;
}

bool FooterBar::answer(const QKeyEvent& event)
{
    if ((event.key() != Qt::Key_Return && event.key() != Qt::Key_Enter) || event.isAutoRepeat())
        return false;
    if (!m_primary || !m_primary->isEnabled() || m_primary->look() == Button::Look::Danger)
        return false;
    m_primary->click();
    return true;
}

void FooterBar::setHint(const QString& text)
{
    m_hint->setText(text);
    m_hint->setVisible(!text.isEmpty());
}

void FooterBar::clear()
{
    m_startButtons.clear();
    m_primary = nullptr;
    empty(*m_startLayout);
    empty(*m_endLayout);
    setHint({});
}

void FooterBar::setCompact(bool compact)
{
    setFixedHeight(compact ? kCompactHeight : kHeight);
}

QSize FooterBar::minimumSizeHint() const
{
    return { m_end->sizeHint().width() + m_more->sizeHint().width() + 2 * kSide + space::k12, height() };
}

void FooterBar::fit()
{
    const int start = m_startLayout->sizeHint().width();
    // A hint may take two lines.
    const int hint = m_hint->fontMetrics().horizontalAdvance(m_hint->text()) * 3 / 5;
    const int needed = start + m_end->sizeHint().width() + hint + 2 * kSide + 3 * space::k12;
    const bool collapsed = start > 0 && needed > width();
    m_start->setVisible(!collapsed);
    m_more->setVisible(collapsed);
}

bool FooterBar::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest)
        fit();
    return QWidget::event(event);
}

void FooterBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

void FooterBar::showMenu()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const QPointer<Button>& button : m_startButtons) {
        if (!button || button->isHidden())
            continue;
        QAction* action = menu->addAction(button->icon(), button->text());
        action->setEnabled(button->isEnabled());
        connect(action, &QAction::triggered, button, &QAbstractButton::click);
    }
    menu->popup(m_more->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

void FooterBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::instance().colour(Token::Window));
    painter.setPen(Theme::instance().colour(Token::Line));
    painter.drawLine(rect().topLeft(), rect().topRight());
}

} // namespace conclave::ui
