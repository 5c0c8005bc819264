// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/curtainpage.h"

#include "ui/pages/ticklist.h"
#include "ui/shell/dialog.h"
#include "ui/shell/onlookerline.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/buttonrow.h"
#include "ui/widgets/curtainview.h"
#include "ui/widgets/label.h"
#include "ui/widgets/seatring.h"
#include "ui/widgets/tick.h"

#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {

constexpr int kCurtainButtonHeight = 52;

QString inFrontOfMe(SheetMode mode, int custodian)
{
    switch (mode) {
    case SheetMode::Blank:
        return CurtainPage::tr("Sheet %1 and a pen are in front of me.").arg(custodian);
    case SheetMode::Printed:
        return CurtainPage::tr("The printer is within my reach, and nobody else is at it.");
    case SheetMode::None:
        return CurtainPage::tr("Paper and a pen are in front of me.");
    }
    return {};
}

} // namespace

CurtainPage::CurtainPage(Ceremony& ceremony)
    : Page(ceremony)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_curtain = new CurtainView(this);
    layout->addWidget(m_curtain);

    const ShareSet& set = *state().set(ceremony.turnSet());
    const bool password = set.rule.isPassword();
    const int number = state().custodianNumber(ceremony.turnSet(), ceremony.turnId());

    auto* head = new QHBoxLayout;
    head->setSpacing(space::k32);
    if (!password && !(importing() && set.ofAnotherTool)) { // how many seats there are is not known
        auto* ring = new SeatRing(m_curtain);
        ring->setOnCurtain(true);
        if (importing()) {
            ring->setSeats(set.rule.total, static_cast<int>(set.received.size()));
            ring->setDone(set.received);
            ring->setSentence(tr("%1 of %2 shares received").arg(set.received.size()).arg(set.needed()));
            ring->setCentre(tr("%1 of %2").arg(set.received.size()).arg(set.needed()));
        } else {
            std::set<int> done;
            for (const Holder& holder : set.holders) {
                if (holder.proved)
                    done.insert(holder.id);
            }
            ring->setSeats(set.rule.total, set.rule.threshold);
            ring->setDone(done);
            ring->setCurrent(ceremony.turnId());
            ring->setCentre(tr("%1 of %2").arg(ceremony.turnId()).arg(set.rule.total));
            ring->setSentence(tr("%1 of %2 shares are out").arg(done.size()).arg(set.rule.total));
        }
        head->addWidget(ring);
    }
    auto* words = new QVBoxLayout;
    words->setSpacing(space::k4);
    words->addStretch();
    words->addWidget(
        new Label(importing() && state().brought ? tr("Open the old set · nothing secret is on this screen")
                : importing()                    ? tr("Import shares · nothing secret is on this screen")
                                                 : tr("Hand out shares · nothing secret is on this screen"),
            Type::Body, Token::CurtainText, m_curtain));
    words->addWidget(new Label(who(), Type::CurtainName, Token::CurtainText, m_curtain));
    words->addWidget(new Label(lead(), Type::RoleName, Token::CurtainText, m_curtain));
    if (set.rule.name.size() > 0)
        words->addWidget(new Label(
            set.rule.site.isEmpty() ? set.rule.name : tr("%1, %2").arg(set.rule.name, set.rule.site),
            Type::Body, Token::CurtainText, m_curtain));
    words->addStretch();
    head->addLayout(words, 1);
    m_curtain->body()->addLayout(head);

    QStringList checks{ tr("The projector is off or blanked."),
        tr("No camera or person can see the screen.") };
    if (importing())
        checks << (password ? tr("I know the password.") : tr("My sheet is in front of me."));
    else if (!password)
        checks << inFrontOfMe(set.sheets.mode, number);
    auto* list = new TickList(checks, m_curtain);
    m_ticks = list->ticks();
    m_curtain->body()->addWidget(list);
    m_curtain->body()->addWidget(new OnlookerLine(OnlookerLine::Place::Curtain, m_curtain));

    QString lift;
    if (importing())
        lift = password ? tr("I hold the password. &Type it") : tr("I am a custodian. &Type my share");
    else if (password)
        lift = set.made ? tr("I am Custodian %1. &Type it again").arg(number)
                        : tr("I am Custodian %1. &Choose the password").arg(number);
    else
        lift = tr("I am Custodian %1. &Show my share").arg(number);
    m_lift = new Button(lift, Button::Look::OnCurtain, m_curtain);
    m_lift->setIcon(icon(Icon::Eye, Token::CurtainTop));
    m_lift->setMinimumHeight(kCurtainButtonHeight);
    auto* buttons = new ButtonRow(m_curtain);
    buttons->add(m_lift);
    const QString otherText
        = importing() ? tr("&Pause the ceremony…") : tr("Custodian %1 is &not here…").arg(number);
    auto* other = new Button(otherText, Button::Look::CurtainSecondary, m_curtain);
    other->setMinimumHeight(kCurtainButtonHeight);
    buttons->add(other);
    m_curtain->body()->addWidget(buttons);
    m_curtain->body()->addWidget(new Label(importing()
            ? tr("What you type is covered again when you hand it in.")
            : password
            ? tr("Choose it in this turn only. You will type it again to prove that you know it.")
            : tr("Your share is shown in this turn only. You will type it back to prove the note is right."),
        Type::Body, Token::CurtainText, m_curtain));

    connect(m_lift, &QAbstractButton::clicked, this,
        [this] { static_cast<void>(this->ceremony().liftCurtain()); });
    connect(other, &QAbstractButton::clicked, this, &CurtainPage::notHere);
    for (Tick* tick : m_ticks)
        connect(tick, &QAbstractButton::toggled, this, &CurtainPage::judge);
    judge();
}

bool CurtainPage::importing() const
{
    return state().stage == Stage::Importing;
}

QString CurtainPage::who() const
{
    if (importing() && state().set(ceremony().turnSet())->rule.isPassword())
        return tr("Holder of the password");
    if (importing() && state().brought)
        return state().set(ceremony().turnSet())->received.empty() ? tr("First custodian of the old set")
                                                                   : tr("Next custodian of the old set");
    if (importing())
        return state().set(ceremony().turnSet())->received.empty() ? tr("First custodian")
                                                                   : tr("Next custodian");
    return turnName(state(), ceremony().turnSet(), ceremony().turnId());
}

QString CurtainPage::title() const
{
    return who();
}

QString CurtainPage::lead() const
{
    return tr("Please step up to the laptop. Everyone else, step back.");
}

RoleBanner::Content CurtainPage::banner() const
{
    RoleBanner::Content content;
    content.who = who();
    content.othersStrong = tr("Everyone else: step back.");
    return content;
}

void CurtainPage::fillFooter(FooterBar&) { }

QWidget* CurtainPage::initialFocus()
{
    const auto open
        = std::find_if(m_ticks.begin(), m_ticks.end(), [](const Tick* tick) { return !tick->isChecked(); });
    return open == m_ticks.end() ? static_cast<QWidget*>(m_lift) : *open;
}

void CurtainPage::judge()
{
    m_lift->setEnabled(
        std::all_of(m_ticks.begin(), m_ticks.end(), [](const Tick* tick) { return tick->isChecked(); }));
}

void CurtainPage::notHere()
{
    if (importing()) {
        ask(this, ceremony().rehearsal(), tr("Pause the ceremony?"),
            tr("Everything so far is recorded. Shares typed in so far must be typed again."),
            tr("&Keep going"), tr("&Pause"), [this] { static_cast<void>(ceremony().pause()); });
        return;
    }
    const int number = state().custodianNumber(ceremony().turnSet(), ceremony().turnId());
    const ShareSet& set = *state().set(ceremony().turnSet());
    const bool begun = set.holders[static_cast<std::size_t>(ceremony().turnId() - 1)].begun;
    auto* dialog = new Dialog(tr("Custodian %1 is not here").arg(number), ceremony().rehearsal(), this);
    dialog->body()->addWidget(
        new Label(tr("A share cannot be kept for later. If Custodian %1 does not come, all shares "
                     "must be made again.")
                      .arg(number),
            Type::Body, Token::Text, dialog));
    dialog->addReject(tr("&Cancel"));
    auto* again = dialog->addReject(tr("&Make all shares again"));
    connect(again, &QAbstractButton::clicked, this,
        [this] { static_cast<void>(ceremony().abandonSet(VoidReason::CustodianMissing)); });
    if (set.queue.size() > 1 && !begun) {
        auto* later = dialog->addAccept(tr("Move to the &end of the queue"));
        connect(
            later, &QAbstractButton::clicked, this, [this] { static_cast<void>(ceremony().deferTurn()); });
    }
    dialog->open();
}

} // namespace conclave::ui
