// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/pausedpage.h"

#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"

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
    if (state().device)
        facts->add(tr("Device"), ltr(state().device->serial), Type::Value);
    for (const CeremonyState& device : state().devices)
        facts->add(tr("Device"), ltr(device.device->serial), Type::Value);
    where->body()->addWidget(facts);
    layout->addWidget(where);
    layout->addStretch(1);
}

QString PausedPage::title() const
{
    return tr("The ceremony is paused");
}

QString PausedPage::lead() const
{
    return tr("Everything so far is recorded. Secrets are gone from memory. You may unplug the device and "
              "close the program.");
}

RoleBanner::Content PausedPage::banner() const
{
    return officerActs(tr("Witnesses: write the checkpoint code down, too."));
}

void PausedPage::fillFooter(FooterBar& footer)
{
    Button* leaveButton = footer.addEnd(new Button(tr("&Leave"), Button::Look::Secondary));
    connect(leaveButton, &QAbstractButton::clicked, this, &Page::leaveRequested);
    Button* resume = footer.addEnd(new Button(tr("&Continue the ceremony"), Button::Look::Primary));
    footer.setPrimary(resume);
    // The record did not leave this program, so its end cannot have been cut off.
    connect(resume, &QAbstractButton::clicked, this,
        [this] { static_cast<void>(ceremony().confirmResume(ceremony().checkpointCode())); });
}

} // namespace conclave::ui
