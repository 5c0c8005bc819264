// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/transportpage.h"

#include "core/ceremony/transport.h"
#include "ui/pages/checkpointfield.h"
#include "ui/pages/travelcard.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/footerbar.h"

#include <QVBoxLayout>

namespace conclave::ui {

using namespace ceremony;

TransportPage::TransportPage(Ceremony& ceremony)
    : Page(ceremony)
    , m_checkpoint(new CheckpointField(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    layout->addWidget(new TravelCard(ceremony.transport()->pause, this));
    layout->addWidget(m_checkpoint);
    layout->addStretch(1);
    connect(m_checkpoint, &CheckpointField::changed, this, &TransportPage::judge);
}

QString TransportPage::title() const
{
    return tr("Continue a ceremony that travelled");
}

QString TransportPage::lead() const
{
    return tr("Part %1 of it begins here, with a record and a report of its own. It needs the device, the "
              "share file of this site with its companion, and the people of this site.")
        .arg(ceremony().transport()->pause.part + 1);
}

RoleBanner::Content TransportPage::banner() const
{
    return officerActs(tr("Witnesses: compare device and checkpoint code with the transport sheet."));
}

QString TransportPage::railSubline() const
{
    return tr("What travelled");
}

QString TransportPage::help() const
{
    return tr("The checkpoint code stands on the transport sheet. It fits the transport file only as it was "
              "saved at the pause, so it shows that nothing in it was altered.");
}

void TransportPage::fillFooter(FooterBar& footer)
{
    Button* leaveButton = footer.addEnd(new Button(tr("&Not now"), Button::Look::Secondary));
    connect(leaveButton, &QAbstractButton::clicked, this, &Page::leaveRequested);
    m_continue = footer.addEnd(new Button(tr("Continue the ce&remony"), Button::Look::Primary));
    footer.setPrimary(m_continue);
    connect(m_continue, &QAbstractButton::clicked, this, &TransportPage::confirm);
    judge();
}

QWidget* TransportPage::initialFocus()
{
    return m_checkpoint->firstField();
}

void TransportPage::judge()
{
    if (m_continue)
        m_continue->setEnabled(m_checkpoint->complete());
}

void TransportPage::confirm()
{
    if (const Status confirmed = ceremony().confirmTransport(m_checkpoint->code()); !confirmed)
        m_checkpoint->showError(confirmed.error());
}

} // namespace conclave::ui
