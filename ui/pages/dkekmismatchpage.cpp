// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/dkekmismatchpage.h"

#include "ui/text/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/errorpanel.h"
#include "ui/widgets/footerbar.h"

#include <QVBoxLayout>

namespace conclave::ui {

DkekMismatchPage::DkekMismatchPage(ceremony::Ceremony& ceremony)
    : Page(ceremony)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* panel = new ErrorPanel(this);
    const ErrorText text = describeError(Error{ .kind = ErrorKind::KeyCheckValueDiffers });
    ErrorPanel::Content content;
    content.head = text.head;
    content.happened = text.happened;
    content.safe = text.safe;
    content.next = text.next;
    content.details = text.details;
    panel->setContent(content);
    layout->addWidget(panel);
    layout->addStretch(1);
}

QString DkekMismatchPage::title() const
{
    return tr("The device holds another secret");
}

QString DkekMismatchPage::lead() const
{
    return tr("Keys made on it as it is could not be restored with your shares.");
}

RoleBanner::Content DkekMismatchPage::banner() const
{
    return officerActs(tr("Witnesses: this event goes into the report."));
}

void DkekMismatchPage::fillFooter(FooterBar& footer)
{
    Button* again = footer.addEnd(new Button(tr("&Initialise again"), Button::Look::Primary));
    footer.setPrimary(again);
    connect(
        again, &QAbstractButton::clicked, this, [this] { static_cast<void>(ceremony().initialiseAgain()); });
}

} // namespace conclave::ui
