// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/sharefilecopies.h"

#include "core/ceremony/background.h"
#include "core/ceremony/ceremony.h"
#include "core/ceremony/ceremonyfolder.h"
#include "core/ceremony/durablefile.h"
#include "core/device/ondone.h"
#include "ui/text/errortext.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/tick.h"

#include <QDir>
#include <QFileDialog>
#include <QVBoxLayout>

namespace conclave::ui {

using namespace ceremony;

namespace {

/// Copies a ceremony's share files with their companions to another medium and reads them back.
Status copyShareFiles(const QString& from, const QString& to, const QStringList& names)
{
    for (const QString& name : names) {
        QFile source(QDir(from).filePath(name));
        if (!source.open(QIODevice::ReadOnly))
            return fail(ErrorKind::FileUnreadable, source.fileName());
        const QByteArray content = source.readAll();
        const QString target = QDir(to).filePath(name);
        if (QFile::exists(target))
            return fail(ErrorKind::FileExists, target);
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(content.constData());
        if (const Status written
            = writeDurably(target, ByteView(bytes, static_cast<std::size_t>(content.size())));
            !written)
            return written;
        QFile copy(target);
        if (!copy.open(QIODevice::ReadOnly) || copy.readAll() != content)
            return fail(ErrorKind::FileUnwritable, target);
    }
    return {};
}

QStringList publicFiles(const CeremonyState& state)
{
    QStringList names;
    for (std::size_t i = 0; i < state.sets.size(); ++i) {
        if (!state.sets[i].made)
            continue;
        const int number = state.fileNumber(static_cast<int>(i) + 1);
        names << shareFileName(state.opened->ceremony, number)
              << companionName(state.opened->ceremony, number);
    }
    return names;
}

} // namespace

ShareFileCopies::ShareFileCopies(const Ceremony& ceremony, QWidget* parent)
    : Card(tr("Save the share file"), parent)
    , m_ceremony(ceremony)
    , m_problem(new Note(Note::Kind::Danger, {}, this))
    , m_copies(new QVBoxLayout)
{
    body()->addWidget(new Label(ceremony.state().passwordsOnly()
            ? tr("Without the share file a password restores nothing. Keep it on two media at least, apart "
                 "from the password.")
            : tr("Without the share file the shares restore nothing. Keep it on two media at least; it is no "
                 "secret as long as the shares are apart."),
        Type::Body, Token::Muted, this));
    body()->addLayout(m_copies);
    auto* copy = new Button(tr("Save a cop&y to…"), Button::Look::Secondary, this);
    copy->setIcon(icon(Icon::Usb));
    auto* line = new QHBoxLayout;
    line->addWidget(copy);
    line->addStretch();
    body()->addLayout(line);
    m_problem->hide();
    body()->addWidget(m_problem);
    m_oneCopy = new Tick(tr("One copy only, in the folder for the records"), this);
    body()->addWidget(m_oneCopy);
    setFocusProxy(copy);
    connect(copy, &QAbstractButton::clicked, this, &ShareFileCopies::saveCopy);
    connect(m_oneCopy, &QAbstractButton::toggled, this, &ShareFileCopies::changed);
}

bool ShareFileCopies::hasFiles() const
{
    return !publicFiles(m_ceremony.state()).isEmpty();
}

bool ShareFileCopies::enough() const
{
    return m_oneCopy->isChecked() || !m_folders.isEmpty(); // the ceremony's own folder is the first place
}

void ShareFileCopies::saveCopy()
{
    auto* dialog = new QFileDialog(this, tr("Save a copy of the share file"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
        onDone(inBackground(*QThreadPool::globalInstance(),
                   [from = m_ceremony.folder(), folder, names = publicFiles(m_ceremony.state())] {
                       return copyShareFiles(from, folder, names);
                   }),
            this, [this, folder](const QFuture<Status>& done) { copied(folder, done.result()); });
    });
    dialog->open();
}

void ShareFileCopies::copied(const QString& folder, const Status& status)
{
    m_problem->setVisible(!status);
    if (!status) {
        m_problem->setText(errorSentence(status.error()));
        return;
    }
    m_folders << folder;
    auto* tick = new Tick(tr("%1: written and read back").arg(QDir::toNativeSeparators(folder)), this);
    tick->setChecked(true);
    tick->setEnabled(false);
    m_copies->addWidget(tick);
    m_oneCopy->hide();
    Q_EMIT changed();
}

} // namespace conclave::ui
