// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/resumepage.h"

#include "ui/pages/table.h"
#include "ui/text/errortext.h"
#include "ui/text/eventtext.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/label.h"
#include "ui/widgets/tick.h"

#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>

namespace conclave::ui {

using namespace ceremony;

namespace {
constexpr std::size_t kShownEvents = 5;
constexpr qsizetype kCodeCharacters = 8;
} // namespace

ResumePage::ResumePage(Ceremony& ceremony)
    : Page(ceremony)
    , m_code(new QLineEdit(this))
    , m_none(new Tick(tr("We have none"), this))
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
    m_code->setFont(Theme::instance().font(Type::ValueBold));
    m_codeField = new FormField(tr("Checkpoint &code, as written down at the pause"), m_code, this);
    layout->addWidget(m_codeField);
    layout->addWidget(m_none);
    layout->addStretch(1);
    connect(m_code, &QLineEdit::textChanged, this, &ResumePage::judge);
    connect(m_none, &QAbstractButton::toggled, this, &ResumePage::judge);
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
    m_continue = footer.addEnd(new Button(tr("Continue the ce&remony"), Button::Look::Primary));
    footer.setPrimary(m_continue);
    connect(m_continue, &QAbstractButton::clicked, this, &ResumePage::confirm);
    judge();
}

QWidget* ResumePage::initialFocus()
{
    return m_code;
}

void ResumePage::judge()
{
    QString code = m_code->text();
    code.remove(QLatin1Char(' '));
    m_code->setEnabled(!m_none->isChecked());
    m_codeField->setError({});
    if (m_continue)
        m_continue->setEnabled(m_none->isChecked() || code.size() == kCodeCharacters);
}

void ResumePage::confirm()
{
    const std::optional<QString> code = m_none->isChecked() ? std::nullopt : std::optional(m_code->text());
    if (const Status resumed = ceremony().confirmResume(code); !resumed)
        m_codeField->setError(errorSentence(resumed.error()));
}

} // namespace conclave::ui
