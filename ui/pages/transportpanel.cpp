// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/transportpanel.h"

#include "core/ceremony/background.h"
#include "core/ceremony/ceremony.h"
#include "core/ceremony/transport.h"
#include "core/device/ondone.h"
#include "ui/print/transportsheet.h"
#include "ui/text/errortext.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/buttonrow.h"
#include "ui/widgets/note.h"

#include <QDir>
#include <QFileDialog>
#include <QVBoxLayout>

namespace conclave::ui {

using namespace ceremony;

TransportPanel::TransportPanel(const Ceremony& ceremony, QWidget* parent)
    : QWidget(parent)
    , m_ceremony(ceremony)
    , m_note(new Note(Note::Kind::Ok, {}, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k12);
    auto* save = new Button(tr("&Save the transport file to…"), Button::Look::Secondary, this);
    save->setIcon(icon(Icon::Usb));
    auto* sheet = new Button(tr("&Print the transport sheet…"), Button::Look::Secondary, this);
    sheet->setIcon(icon(Icon::Print));
    auto* buttons = new ButtonRow(this);
    buttons->add(save);
    buttons->add(sheet);
    layout->addWidget(buttons);
    m_note->hide();
    layout->addWidget(m_note);
    connect(save, &QAbstractButton::clicked, this, &TransportPanel::saveFile);
    connect(sheet, &QAbstractButton::clicked, this, &TransportPanel::print);
}

void TransportPanel::print()
{
    const RecordedEvent& last = m_ceremony.record().back();
    printTransportSheet({ *m_ceremony.state().travel, last.lineSha256, last.time }, this);
}

void TransportPanel::saveFile()
{
    auto* dialog = new QFileDialog(this, tr("Save the transport file"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& into) {
        const PausedForTravel& travel = *m_ceremony.state().travel;
        onDone(inBackground(*QThreadPool::globalInstance(),
                   [from = m_ceremony.folder(), into, name = transportName(travel.ceremony, travel.part),
                       hash = m_ceremony.record().back().lineSha256] {
                       return saveTransport(from, into, name, hash);
                   }),
            this, [this, into](const QFuture<Status>& done) { saved(into, done.result()); });
    });
    dialog->open();
}

void TransportPanel::saved(const QString& folder, const Status& status)
{
    m_note->setKind(status ? Note::Kind::Ok : Note::Kind::Danger);
    m_note->setText(status ? tr("%1: written and read back").arg(QDir::toNativeSeparators(folder))
                           : errorSentence(status.error()));
    m_note->show();
}

} // namespace conclave::ui
