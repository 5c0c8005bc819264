// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/resumepage.h"

#include "ui/pages/checkpointfield.h"
#include "ui/pages/table.h"
#include "ui/pages/transportpanel.h"
#include "ui/text/eventtext.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"

#include <QLocale>
#include <QVBoxLayout>

namespace conclave::ui {

using namespace ceremony;

namespace {
constexpr std::size_t kShownEvents = 5;
} // namespace

ResumePage::ResumePage(Ceremony& ceremony)
    : Page(ceremony)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    auto* card = new Card(tr("Is this where you stopped?"), this);
    auto* table = new Table({ tr("No."), tr("Time"), tr("Event") }, card);
    table->setColumnStretch(2, 1);
    const std::vector<RecordedEvent>& record = ceremony.record();
    for (std::size_t i = record.size() - std::min(kShownEvents, record.size()); i < record.size(); ++i)
        table->addRow({ QString::number(record[i].seq),
            QLocale().toString(record[i].time, QLocale::ShortFormat), eventText(record[i].event) });
    card->body()->addWidget(table);
    layout->addWidget(card);
    if (state().travel) {
        auto* travels = new Card(tr("This part was paused for travel"), this);
        travels->body()->addWidget(new Label(
            tr("If the ceremony went on elsewhere, do not continue it here: end this part, and open the "
               "transport file that came back with the device."),
            Type::Body, Token::Text, travels));
        m_transport = new TransportPanel(ceremony, travels);
        travels->body()->addWidget(m_transport);
        layout->addWidget(travels);
    }
    m_checkpoint = new CheckpointField(this);
    layout->addWidget(m_checkpoint);
    layout->addStretch(1);
    connect(m_checkpoint, &CheckpointField::changed, this, &ResumePage::judge);
}

QString ResumePage::title() const
{
    return tr("Continue a paused ceremony");
}

QString ResumePage::lead() const
{
    return tr("PINs and shares that were in memory are gone. The device itself says where it stands.");
}

RoleBanner::Content ResumePage::banner() const
{
    return officerActs(tr("Witnesses: compare the checkpoint code with your note."));
}

void ResumePage::fillFooter(FooterBar& footer)
{
    Button* leaveButton = footer.addEnd(new Button(tr("&Not now"), Button::Look::Secondary));
    connect(leaveButton, &QAbstractButton::clicked, this, &Page::leaveRequested);
    if (state().travel) {
        m_end = footer.addStart(new Button(tr("En&d this part"), Button::Look::Secondary));
        m_end->setObjectName(QStringLiteral("endPart"));
        connect(m_end, &QAbstractButton::clicked, this, &ResumePage::endPart);
    }
    m_continue = footer.addEnd(new Button(tr("Continue the ce&remony"), Button::Look::Primary));
    footer.setPrimary(m_continue);
    connect(m_continue, &QAbstractButton::clicked, this, &ResumePage::confirm);
    judge();
}

QWidget* ResumePage::initialFocus()
{
    return m_checkpoint->firstField();
}

void ResumePage::judge()
{
    if (m_continue)
        m_continue->setEnabled(m_checkpoint->complete());
    if (m_end)
        m_end->setEnabled(m_checkpoint->complete());
}

void ResumePage::confirm()
{
    take(ceremony().confirmResume(m_checkpoint->code()));
}

void ResumePage::endPart()
{
    take(ceremony().endPart(m_checkpoint->code()));
}

void ResumePage::take(const Status& status)
{
    if (!status)
        m_checkpoint->showError(status.error());
}

void ResumePage::print()
{
    if (m_transport)
        m_transport->print();
}

} // namespace conclave::ui
