// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/inspectview.h"

#include "core/ceremony/background.h"
#include "core/ceremony/durablefile.h"
#include "ui/pages/clearlayout.h"
#include "ui/pages/table.h"
#include "ui/print/inspectiondocument.h"
#include "ui/text/errortext.h"
#include "ui/text/inspectiontext.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"

#include <QDir>
#include <QFileDialog>
#include <QVBoxLayout>

namespace conclave::ui {

namespace {

Table* makeTable(const InspectionSection& section, QWidget* parent)
{
    QStringList heads;
    for (const auto& column : section.columns)
        heads << column.head;
    auto* table = new Table(heads, parent);
    for (std::size_t i = 0; i < section.columns.size(); ++i)
        table->setColumnStretch(static_cast<int>(i), section.columns[i].percent);
    for (const auto& values : section.rows) {
        QStringList cells;
        std::set<int> codes;
        for (const InspectionSection::Value& value : values) {
            const QString text = value.brief.isEmpty() ? value.text : value.brief;
            if (value.isCode)
                codes.insert(static_cast<int>(cells.size()));
            cells << (value.isCode ? ltr(text) : text);
        }
        table->addRow(cells, codes);
    }
    return table;
}

Card* makeCard(const InspectionSection& section, QWidget* parent)
{
    auto* card = new Card(section.heading, parent);
    for (const QString& warning : section.warnings)
        card->body()->addWidget(new Note(Note::Kind::Warn, warning, card));
    if (!section.facts.empty()) {
        auto* facts = new Facts(card);
        for (const auto& [name, value] : section.facts)
            facts->add(
                name, value.isCode ? ltr(value.text) : value.text, value.isCode ? Type::Value : Type::Body);
        card->body()->addWidget(facts);
    }
    if (!section.rows.empty())
        card->body()->addWidget(makeTable(section, card));
    if (!section.remark.isEmpty())
        card->body()->addWidget(new Label(section.remark, Type::Body, Token::Muted, card));
    return card;
}

} // namespace

InspectView::InspectView(
    device::ReaderSource& source, device::DeviceDirectory& directory, QString recordsFolder, QWidget* parent)
    : DeviceErrand(source, directory, parent)
    , m_recordsFolder(std::move(recordsFolder))
    , m_sections(new QVBoxLayout)
{
    auto* layout = new QVBoxLayout(own());
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k12);
    m_note = new Note(Note::Kind::Ok, {}, own());
    m_note->hide();
    layout->addWidget(m_note);
    m_sections->setSpacing(space::k12);
    layout->addLayout(m_sections);
    show(Stage::Choose);
}

QString InspectView::chooseButton(const QString& serial) const
{
    return serial.isEmpty() ? tr("&Inspect") : tr("&Inspect %1").arg(serial);
}

DeviceErrand::Words InspectView::words() const
{
    Words shown{ tr("Inspect a device"),
        tr("Look only. Serial, firmware, authenticity, keys. Changes nothing."), {}, {},
        tr("No PIN is asked for, and no try is used."), Icon::Eye };
    if (stage() == Stage::Own) {
        shown.title = tr("What %1 tells").arg(ltr(m_found.status.serial));
        shown.lead = tr("Read at %1. Nothing on the device was changed.")
                         .arg(QLocale().toString(m_occasion.time, QLocale::ShortFormat));
    }
    return shown;
}

void InspectView::start()
{
    const QDate today = QDate::currentDate();
    work(
        tr("Reading the device"), [today](card::SmartCardHsm& hsm) { return card::inspect(hsm, today); },
        [this](Result<card::Inspection> found) {
            if (!found) {
                showTrouble(found.error(), tr("Nothing on the device was changed."), [this] { start(); });
                return;
            }
            m_found = std::move(*found);
            m_occasion = { QDateTime::currentDateTime(), QStringLiteral("Conclave " CONCLAVE_VERSION),
                chosen().reader, chosen().simulated };
            showInspection();
        });
}

void InspectView::showInspection()
{
    m_note->hide();
    clearLayout(*m_sections);
    for (const InspectionSection& section : describeInspection(m_found, m_occasion))
        m_sections->addWidget(makeCard(section, own()));
    show(Stage::Own);
}

void InspectView::fillOwnFooter()
{
    Button* again = footer().addStart(new Button(tr("Loo&k again"), Button::Look::Secondary));
    again->setIcon(icon(Icon::Refresh));
    again->setShortcutHint(QStringLiteral("F5"));
    connect(again, &QAbstractButton::clicked, this, &InspectView::lookAgain);
    Button* keep = footer().addStart(new Button(tr("&Save inspection…"), Button::Look::Secondary));
    connect(keep, &QAbstractButton::clicked, this, &InspectView::save);
    Button* back = footer().addEnd(new Button(tr("&Back"), Button::Look::Secondary));
    connect(back, &QAbstractButton::clicked, this, &InspectView::goBack);
    Button* done = footer().addEnd(new Button(tr("&Done"), Button::Look::Primary));
    connect(done, &QAbstractButton::clicked, this, &InspectView::leaveRequested);
    footer().setPrimary(done);
}

void InspectView::lookAgain()
{
    if (stage() == Stage::Own)
        start();
    else
        DeviceErrand::lookAgain();
}

void InspectView::save()
{
    auto* dialog = new QFileDialog(this, tr("Save the inspection"), m_recordsFolder);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
        onDone(ceremony::inBackground(*QThreadPool::globalInstance(),
                   [folder, found = m_found, occasion = m_occasion] {
                       const QString name
                           = QStringLiteral("%1-inspection-%2.")
                                 .arg(found.status.serial,
                                     occasion.time.toString(QStringLiteral("yyyyMMdd-HHmmss")));
                       return ceremony::writeNewFiles(folder,
                           { { name + QStringLiteral("json"), card::inspectionJson(found, occasion) },
                               { name + QStringLiteral("pdf"), inspectionPdf(found, occasion) } });
                   }),
            this, [this, folder](const QFuture<Status>& done) {
                const Status saved = done.result();
                m_note->setKind(saved ? Note::Kind::Ok : Note::Kind::Danger);
                m_note->setText(saved
                        ? tr("Saved as JSON and PDF to %1").arg(QDir::toNativeSeparators(folder))
                        : errorSentence(saved.error()));
                m_note->show();
            });
    });
    dialog->open();
}

void InspectView::showHelp()
{
    showHelpTexts(tr("Inspect a device"),
        { tr("The program reads what the device tells to anyone: its certificate, its counters, and the "
             "descriptions and public parts of its keys. It writes nothing and enters no PIN."),
            tr("The authenticity shown here comes from the device’s certificate alone. Only a ceremony "
               "proves "
               "that the device holds the key of that certificate.") });
}

} // namespace conclave::ui
