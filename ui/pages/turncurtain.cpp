// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/turncurtain.h"

#include "ui/pages/ticklist.h"
#include "ui/shell/onlookerline.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/buttonrow.h"
#include "ui/widgets/label.h"
#include "ui/widgets/tick.h"

#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

namespace {
constexpr int kButtonHeight = 52;
}

TurnCurtain::TurnCurtain(const Words& words, bool withBack, QWidget* parent)
    : CurtainView(parent)
{
    auto* head = new QVBoxLayout;
    head->setSpacing(space::k4);
    head->addWidget(new Label(words.about, Type::Body, Token::CurtainText, this));
    head->addWidget(new Label(words.who, Type::CurtainName, Token::CurtainText, this));
    head->addWidget(new Label(words.others, Type::RoleName, Token::CurtainText, this));
    body()->addLayout(head);
    auto* list = new TickList(words.checks, this);
    m_ticks = list->ticks();
    body()->addWidget(list);
    body()->addWidget(new OnlookerLine(OnlookerLine::Place::Curtain, this));
    auto* buttons = new ButtonRow(this);
    m_lift = new Button(words.lift, Button::Look::OnCurtain, this);
    m_lift->setIcon(icon(words.liftIcon, Token::CurtainTop));
    m_lift->setMinimumHeight(kButtonHeight);
    buttons->add(m_lift);
    if (withBack) {
        auto* back = new Button(tr("&Back"), Button::Look::CurtainSecondary, this);
        back->setMinimumHeight(kButtonHeight);
        buttons->add(back);
        connect(back, &QAbstractButton::clicked, this, &TurnCurtain::backRequested);
    }
    body()->addWidget(buttons);
    if (!words.below.isEmpty())
        body()->addWidget(new Label(words.below, Type::Body, Token::CurtainText, this));
    connect(m_lift, &QAbstractButton::clicked, this, &TurnCurtain::lifted);
    for (Tick* tick : m_ticks)
        connect(tick, &QAbstractButton::toggled, this, &TurnCurtain::judge);
    judge();
}

void TurnCurtain::judge()
{
    m_lift->setEnabled(std::ranges::all_of(m_ticks, [](const Tick* tick) { return tick->isChecked(); }));
}

void TurnCurtain::untick()
{
    for (Tick* tick : m_ticks)
        tick->setChecked(false);
}

QWidget* TurnCurtain::initialFocus() const
{
    const auto open = std::ranges::find_if(m_ticks, [](const Tick* tick) { return !tick->isChecked(); });
    return open == m_ticks.end() ? static_cast<QWidget*>(m_lift) : *open;
}

} // namespace conclave::ui
