// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/troublepage.h"

#include "ui/text/errortext.h"
#include "ui/text/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/errorpanel.h"
#include "ui/widgets/footerbar.h"

#include <QVBoxLayout>

namespace conclave::ui {

using namespace ceremony;

TroublePage::TroublePage(Ceremony& ceremony)
    : Page(ceremony)
    , m_panel(new ErrorPanel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panel);
    layout->addStretch(1);
}

QString TroublePage::title() const
{
    return state().opened ? stepName(state().step()) : tr("This ceremony cannot be opened");
}

QString TroublePage::lead() const
{
    return tr("The ceremony stays where it was.");
}

RoleBanner::Content TroublePage::banner() const
{
    return officerActs(tr("Witnesses: this event goes into the report."));
}

void TroublePage::fillFooter(FooterBar& footer)
{
    m_leave = footer.addEnd(new Button({}, Button::Look::Secondary));
    connect(m_leave, &QAbstractButton::clicked, this, [this] {
        if (state().opened)
            ceremony().dismissTrouble();
        else
            Q_EMIT leaveRequested();
    });
    m_again = footer.addEnd(new Button(tr("&Try again"), Button::Look::Primary));
    m_footer = &footer;
    connect(m_again, &QAbstractButton::clicked, this, [this] { static_cast<void>(ceremony().tryAgain()); });
}

/// Shares that did not open the file are typed on the page; there is nothing to do again without them.
bool TroublePage::canBeRepeated() const
{
    return state().opened && ceremony().trouble()->during != WorkKind::Rebuilding;
}

bool TroublePage::canBeLeft() const
{
    // An effect that may have taken place must be settled first, and a line that is not on the disk written.
    return !state().pending && state().stage != Stage::Initialising
        && ceremony().trouble()->during != WorkKind::Saving;
}

void TroublePage::render()
{
    if (!ceremony().trouble())
        return;
    const ErrorText text = describeTrouble(state(), *ceremony().trouble());
    ErrorPanel::Content content;
    content.head = text.head;
    content.happened = text.happened;
    content.safe = text.safe;
    content.next = text.next;
    content.details = text.details;
    if (text.waitsForDevice && state().device && !ceremony().devicePresent())
        content.waiting = tr("Looking for %1…").arg(ltr(state().device->serial));
    m_panel->setContent(content);
    if (!m_again)
        return;
    m_leave->setText(state().opened ? tr("&Back to the page") : tr("&Leave"));
    m_leave->setVisible(!state().opened || canBeLeft());
    m_again->setVisible(canBeRepeated());
    m_leave->setLook(canBeRepeated() ? Button::Look::Secondary : Button::Look::Primary);
    m_footer->setPrimary(canBeRepeated() ? m_again : m_leave);
    m_again->setEnabled(ceremony().work().kind == WorkKind::None);
}

} // namespace conclave::ui
