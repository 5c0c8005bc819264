// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/errorpanel.h"

#include "ui/theme/icon.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/label.h"

#include <QAccessible>
#include <QFrame>
#include <QGridLayout>
#include <QProgressBar>
#include <QVBoxLayout>

namespace conclave::ui {

namespace {

constexpr int kSign = 20;
constexpr int kNameWidth = 130;
constexpr int kWaitingBar = 160;

/// A row of the panel, with a line above all but the first.
void addRow(QGridLayout& grid, Icon icon, Token colour, const QString& name, QWidget* content)
{
    QWidget* parent = content->parentWidget();
    int row = grid.rowCount();
    if (row > 1) {
        auto* line = new QFrame(parent);
        line->setFrameShape(QFrame::HLine);
        line->setForegroundRole(QPalette::Midlight);
        grid.addWidget(line, row++, 0, 1, 3);
    }
    auto* sign = new QLabel(parent);
    sign->setPixmap(iconPixmap(icon, kSign, Theme::instance().colour(colour), parent->devicePixelRatioF()));
    grid.addWidget(sign, row, 0, Qt::AlignTop);
    grid.addWidget(new Label(name, Type::Strong, colour, parent), row, 1, Qt::AlignTop);
    grid.addWidget(content, row, 2);
}

} // namespace

ErrorPanel::ErrorPanel(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    connect(&Theme::instance(), &Theme::changed, this, &ErrorPanel::build);
}

void ErrorPanel::setContent(const Content& content)
{
    if (m_built && content == m_content)
        return;
    const bool newHead = content.head != m_content.head;
    m_content = content;
    build();
    setAccessibleName(content.head);
    setAccessibleDescription(content.happened);
    if (newHead) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void ErrorPanel::build()
{
    if (m_built) {
        m_built->hide();
        m_built->deleteLater();
    }
    m_built = new QWidget(this);
    auto* column = new QVBoxLayout(m_built);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::k12);
    auto* card = new Card(m_content.head, m_built);
    card->setTint(Card::Tint::Danger);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(space::k12);
    grid->setVerticalSpacing(space::k12);
    grid->setColumnMinimumWidth(1, kNameWidth);
    grid->setColumnStretch(2, 1);
    const auto words = [card](const QString& text) { return new Label(text, Type::Body, Token::Text, card); };
    addRow(*grid, Icon::Info, Token::Text, tr("What happened"), words(m_content.happened));
    addRow(*grid, Icon::Lock, Token::Ok, tr("What is safe"), words(m_content.safe));
    if (!m_content.next.isEmpty()) {
        auto* steps = new QWidget(card);
        auto* list = new QVBoxLayout(steps);
        list->setContentsMargins(0, 0, 0, 0);
        list->setSpacing(space::k4);
        int number = 0;
        for (const QString& step : m_content.next)
            list->addWidget(new Label(tr("%1. %2").arg(++number).arg(step), Type::Body, Token::Text, steps));
        addRow(*grid, Icon::Refresh, Token::Accent, tr("What to do next"), steps);
    }
    if (!m_content.waiting.isEmpty()) {
        auto* waiting = new QWidget(card);
        auto* line = new QHBoxLayout(waiting);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(space::k12);
        auto* bar = new QProgressBar(waiting);
        bar->setRange(0, 0);
        bar->setTextVisible(false);
        bar->setFixedWidth(kWaitingBar);
        bar->setAccessibleName(m_content.waiting);
        line->addWidget(bar);
        line->addWidget(new Label(m_content.waiting, Type::Body, Token::Text, waiting), 1);
        addRow(*grid, Icon::Clock, Token::Muted, tr("Waiting"), waiting);
    }
    card->body()->addLayout(grid);
    column->addWidget(card);
    if (!m_content.details.isEmpty()) {
        auto* show = new Button(tr("Sho&w details"), Button::Look::Link, m_built);
        auto* details = new Label(m_content.details, Type::Value, Token::Muted, m_built);
        details->setTextInteractionFlags(Qt::TextSelectableByMouse);
        details->hide();
        column->addWidget(show, 0, Qt::AlignLeft);
        column->addWidget(details);
        connect(show, &QAbstractButton::clicked, details, [show, details] {
            show->hide();
            details->show();
        });
    }
    m_layout->addWidget(m_built);
    m_built->show();
}

} // namespace conclave::ui
