// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/closedpage.h"

#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/footerbar.h"

#include <QDir>
#include <QVBoxLayout>

namespace conclave::ui {

ClosedPage::ClosedPage(ceremony::Ceremony& ceremony)
    : Page(ceremony)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* card = new Card(tr("The records"), this);
    auto* facts = new Facts(card);
    facts->add(tr("Folder"), QDir::toNativeSeparators(ceremony.folder()));
    facts->add(tr("Fingerprint"), ltr(hexGroups(state().fingerprint.left(16))), Type::Value);
    card->body()->addWidget(facts);
    layout->addWidget(card);
    layout->addStretch(1);
}

QString ClosedPage::title() const
{
    return state().partEnded ? tr("Part of the ceremony closed") : tr("Ceremony closed");
}

QString ClosedPage::lead() const
{
    if (state().partEnded)
        return tr(
            "The ceremony goes on elsewhere. With the device go its transport file and transport sheet.");
    if (state().replaced)
        return tr("Ceremony closed. Remove the media. Collect the old sheets, and destroy them together.");
    return tr("Ceremony closed. Unplug the device. Remove the media. Collect the sheets.");
}

RoleBanner::Content ClosedPage::banner() const
{
    RoleBanner::Content content;
    content.icon = Icon::People;
    content.who = tr("Everyone");
    return content;
}

void ClosedPage::fillFooter(FooterBar& footer)
{
    Button* leaveButton = footer.addEnd(new Button(tr("&Done"), Button::Look::Primary));
    footer.setPrimary(leaveButton);
    connect(leaveButton, &QAbstractButton::clicked, this, &Page::leaveRequested);
}

} // namespace conclave::ui
