// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/printerchoice.h"

#include "core/ceremony/background.h"
#include "core/device/ondone.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/note.h"
#include "ui/widgets/tick.h"

#include <QComboBox>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {
constexpr int kShownCharacters = 12;
}

PrinterChoice::PrinterChoice(QWidget* parent)
    : QWidget(parent)
    , m_queues(new QComboBox(this))
    , m_none(new Note(Note::Kind::Warn, {}, this))
    , m_connection(new Note(Note::Kind::Ok, {}, this))
    , m_connectionAccepted(new Tick(tr("Print there all the same. It goes on record."), this))
    , m_spool(new Note(Note::Kind::Ok, {}, this))
    , m_spoolAccepted(new Tick(tr("Leave the spool where it is. It goes on record."), this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k8);
    m_queues->setObjectName(QStringLiteral("printer"));
    m_queues->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_queues->setMinimumContentsLength(kShownCharacters);
    m_connectionAccepted->setObjectName(QStringLiteral("acceptPrinter"));
    m_spoolAccepted->setObjectName(QStringLiteral("acceptSpool"));
    m_queueField = new FormField(tr("Printer"), m_queues, this);
    m_queueField->setHint(
        tr("Printers may keep a copy. Use one on a cable, without storage, and switch it off afterwards."));
    auto* again = new Button(tr("Look again"), Button::Look::Secondary, this);
    again->setSmall(true);
    m_queueField->addBeside(again);
    for (QWidget* widget : std::initializer_list<QWidget*>{
             m_queueField, m_none, m_connection, m_connectionAccepted, m_spool, m_spoolAccepted })
        layout->addWidget(widget);
    for (QWidget* widget : std::initializer_list<QWidget*>{
             m_none, m_connection, m_connectionAccepted, m_spool, m_spoolAccepted })
        widget->hide();
    QWidget* before = m_queues;
    for (QWidget* next : std::initializer_list<QWidget*>{ again, m_connectionAccepted, m_spoolAccepted }) {
        setTabOrder(before, next);
        before = next;
    }
    connect(again, &QAbstractButton::clicked, this, &PrinterChoice::look);
    connect(m_queues, &QComboBox::currentIndexChanged, this, [this] {
        m_connectionAccepted->setChecked(false);
        judge();
    });
    for (Tick* tick : { m_connectionAccepted, m_spoolAccepted })
        connect(tick, &QAbstractButton::toggled, this, &PrinterChoice::changed);
}

void PrinterChoice::look()
{
    if (m_looking)
        return;
    m_looking = true;
    onDone(inBackground(*QThreadPool::globalInstance(), lookAtPrintingSystem), this,
        [this](const QFuture<std::optional<PrintingSystem>>& done) {
            m_looking = false;
            show(done.result());
        });
}

void PrinterChoice::show(const std::optional<PrintingSystem>& system)
{
    const QString before = m_queues->currentData().toString();
    m_system = system;
    m_queues->clear();
    if (m_system) {
        std::erase_if(m_system->queues, [](const PrintQueue& each) { return !each.accepting; });
        for (const PrintQueue& each : m_system->queues)
            m_queues->addItem(
                each.description.isEmpty() ? each.name : tr("%1 (%2)").arg(each.name, each.description),
                each.name);
    }
    m_queues->setCurrentIndex(std::max(0, m_queues->findData(before)));
    m_queues->setEnabled(m_queues->count() > 0);
    m_none->setVisible(m_queues->count() == 0);
    m_none->setText(m_system ? tr("The printing system has no printer that takes pages now. Connect one, set "
                                  "it up, and look again.")
                             : tr("The printing system of this computer (CUPS) does not answer, so a sheet "
                                  "cannot be printed with "
                                  "its value."));
    judge();
}

const PrintQueue* PrinterChoice::queue() const
{
    const int at = m_queues->currentIndex();
    return m_system && at >= 0 && at < static_cast<int>(m_system->queues.size())
        ? &m_system->queues[static_cast<std::size_t>(at)]
        : nullptr;
}

bool PrinterChoice::safePlace() const
{
    return m_system && m_system->spool.place == SpoolPlace::Memory;
}

void PrinterChoice::judge()
{
    const PrintQueue* chosen = queue();
    const bool cable = chosen && chosen->connection == PrinterConnection::Cable;
    m_connection->setVisible(chosen);
    m_connectionAccepted->setVisible(chosen && !cable);
    m_spool->setVisible(chosen);
    m_spoolAccepted->setVisible(chosen && !safePlace());
    if (chosen) {
        m_connection->setKind(cable ? Note::Kind::Ok : Note::Kind::Warn);
        m_connection->setText(connectionSentence(chosen->connection));
        m_spool->setKind(safePlace() ? Note::Kind::Ok : Note::Kind::Warn);
        const Spool& spool = m_system->spool;
        QStringList sentences{ spoolSentence(spool.place) };
        if (spool.place == SpoolPlace::Disk)
            sentences << tr("Better have one in memory: mount a tmpfs on %1, restart CUPS, and look again.")
                             .arg(ltr(spool.folder));
        else if (spool.place == SpoolPlace::SwappableMemory)
            sentences << tr("Better switch swapping off (swapoff -a), and look again.");
        m_spool->setText(sentences.join(QLatin1Char('\n')));
    }
    Q_EMIT changed();
}

bool PrinterChoice::complete() const
{
    const PrintQueue* chosen = queue();
    return chosen && (chosen->connection == PrinterConnection::Cable || m_connectionAccepted->isChecked())
        && (safePlace() || m_spoolAccepted->isChecked());
}

void PrinterChoice::tell(SheetsChosen& sheets) const
{
    if (!complete())
        return;
    sheets.printer = queue()->name;
    sheets.connection = queue()->connection;
    sheets.spool = m_system->spool.place;
    sheets.overridden = sheets.connection != PrinterConnection::Cable || !safePlace();
}

} // namespace conclave::ui
