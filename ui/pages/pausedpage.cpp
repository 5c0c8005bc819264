// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/pausedpage.h"

#include "core/ceremony/transport.h"
#include "ui/pages/transportpanel.h"
#include "ui/pages/travelcard.h"
#include "ui/shell/dialog.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"

#include <QDir>
#include <QVBoxLayout>

namespace conclave::ui {

PausedPage::PausedPage(ceremony::Ceremony& ceremony)
    : Page(ceremony)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    auto* card = new Card(tr("Checkpoint code"), this);
    auto* code = new Label(ltr(ceremony.checkpointCode()), Type::Fingerprint, Token::Text, card);
    card->body()->addWidget(code);
    card->body()->addWidget(new Label(tr("Write it down. Whoever continues types it, which shows that the "
                                         "end of the record was not cut off."),
        Type::Body, Token::Muted, card));
    layout->addWidget(card);
    auto* where = new Card(tr("The records"), this);
    auto* facts = new Facts(where);
    facts->add(tr("Folder"), QDir::toNativeSeparators(ceremony.folder()));
    if (state().travel)
        facts->add(tr("Transport file"),
            ltr(ceremony::transportName(state().travel->ceremony, state().travel->part)), Type::Value);
    else if (state().device)
        facts->add(tr("Device"), ltr(state().device->serial), Type::Value);
    if (state().onSimulator() && state().stage < ceremony::Stage::Reviewing)
        layout->insertWidget(0,
            new Note(Note::Kind::Warn,
                tr("The simulator was wiped. The drill goes on from the choice of the device."), this));
    for (const ceremony::CeremonyState& device : state().devices)
        facts->add(tr("Device"), ltr(device.device->serial), Type::Value);
    where->body()->addWidget(facts);
    layout->addWidget(where);
    if (state().travel) {
        m_transport = new TransportPanel(ceremony, where);
        where->body()->addWidget(m_transport);
        layout->addWidget(new TravelCard(*state().travel, this));
    }
    layout->addStretch(1);
}

QString PausedPage::title() const
{
    return state().travel ? tr("The device may travel") : tr("The ceremony is paused");
}

QString PausedPage::lead() const
{
    if (state().travel)
        return tr("Unplug it. With it go the transport file and the transport sheet. Neither is secret, and "
                  "nothing else is needed at the next site but its share file and its people.");
    return tr("Everything so far is recorded. Secrets are gone from memory. You may unplug the device and "
              "close the program.");
}

RoleBanner::Content PausedPage::banner() const
{
    return officerActs(tr("Witnesses: write the checkpoint code down, too."));
}

void PausedPage::fillFooter(FooterBar& footer)
{
    auto* leaveButton = new Button(tr("&Leave"), Button::Look::Secondary);
    connect(leaveButton, &QAbstractButton::clicked, this, &Page::leaveRequested);
    auto* resume = new Button(tr("&Continue the ceremony"), Button::Look::Primary);
    if (state().travel) {
        leaveButton->setLook(Button::Look::Primary);
        resume->setLook(Button::Look::Secondary);
        resume->setText(tr("&Continue here after all"));
        Button* end = footer.addStart(new Button(tr("En&d this part…"), Button::Look::Secondary));
        connect(end, &QAbstractButton::clicked, this, &PausedPage::endPart);
    }
    footer.addEnd(state().travel ? resume : leaveButton);
    footer.setPrimary(footer.addEnd(state().travel ? leaveButton : resume));
    // The record did not leave this program, so its end cannot have been cut off.
    connect(resume, &QAbstractButton::clicked, this,
        [this] { static_cast<void>(ceremony().confirmResume(ceremony().checkpointCode())); });
}

void PausedPage::print()
{
    if (m_transport)
        m_transport->print();
}

void PausedPage::endPart()
{
    ask(this, ceremony().rehearsal(), tr("End this part?"),
        tr("Its report is made here, for the people of this site to sign. The ceremony goes on elsewhere, "
           "from the transport file. It cannot be continued here any more."),
        tr("&Keep it open"), tr("En&d this part"),
        [this] { static_cast<void>(ceremony().endPart(ceremony().checkpointCode())); });
}

} // namespace conclave::ui
