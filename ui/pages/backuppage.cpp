// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/backuppage.h"

#include "core/ceremony/background.h"
#include "core/device/ondone.h"
#include "ui/pages/table.h"
#include "ui/pages/userpincard.h"
#include "ui/shell/dialog.h"
#include "ui/text/errortext.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/progresspanel.h"
#include "ui/widgets/tick.h"

#include <QDir>
#include <QFileDialog>
#include <QLocale>
#include <QStorageInfo>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {

constexpr int kRoomColumn = 1;
constexpr int kResultColumn = 2;
constexpr int kRemoveColumn = 3;

QHash<QString, QString> roomIn(const QStringList& folders)
{
    QHash<QString, QString> room;
    for (const QString& folder : folders) {
        const QStorageInfo medium(folder);
        if (medium.isValid())
            room.insert(folder, QLocale().formattedDataSize(medium.bytesAvailable()));
    }
    return room;
}

} // namespace

BackUpPage::BackUpPage(Ceremony& ceremony)
    : Page(ceremony)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    m_pinCard = new UserPinCard(ceremony, this);
    layout->addWidget(m_pinCard);
    connect(m_pinCard, &UserPinCard::edited, this, &BackUpPage::renderButtons);
    m_progress = new ProgressPanel(this);
    layout->addWidget(m_progress);
    makeMediaList(*layout);

    m_proof = new Card(tr("Prove the backup"), this);
    m_proof->body()->addWidget(new Note(Note::Kind::Warn,
        inARow(
            { tr("Nobody has shown yet that this backup works. The report will say so."), whereToProve() }),
        m_proof));
    layout->addWidget(m_proof);

    m_filesHead = new Label(tr("The wrapped keys"), Type::FieldName, Token::Text, this);
    layout->addWidget(m_filesHead);
    m_files = new Table({ tr("Label"), tr("File"), tr("SHA-256 starts") }, this);
    m_files->setColumnStretch(0, 2);
    m_files->setColumnStretch(1, 3);
    m_files->setColumnStretch(2, 3);
    layout->addWidget(m_files);
    m_leftOut = new Note(Note::Kind::Warn, {}, this);
    layout->addWidget(m_leftOut);
    m_tooLarge = new Note(Note::Kind::Info, {}, this);
    layout->addWidget(m_tooLarge);
    layout->addStretch(1);
}

void BackUpPage::makeMediaList(QVBoxLayout& layout)
{
    m_media = new Table({ tr("Medium"), tr("Free"), tr("Result, SHA-256 of the manifest"), {} }, this);
    m_media->setColumnStretch(0, 3);
    m_media->setColumnStretch(kResultColumn, 3);
    layout.addWidget(m_media);
    m_add = new Button(tr("Add a &medium…"), Button::Look::Secondary, this);
    m_add->setIcon(icon(Icon::Usb));
    auto* line = new QHBoxLayout;
    line->addWidget(m_add);
    line->addStretch();
    layout.addLayout(line);
    m_problem = new Note(Note::Kind::Danger, {}, this);
    m_problem->hide();
    layout.addWidget(m_problem);
    m_oneCopy = new Tick(tr("One copy only"), this);
    layout.addWidget(m_oneCopy);
    connect(m_add, &QAbstractButton::clicked, this, &BackUpPage::addMedium);
    connect(m_oneCopy, &QAbstractButton::toggled, this, &BackUpPage::renderButtons);
}

QString BackUpPage::title() const
{
    return tr("Save the wrapped keys");
}

QString BackUpPage::lead() const
{
    return tr(
        "Each file is encrypted by the device. It opens only on a device with the same key check value.");
}

RoleBanner::Content BackUpPage::banner() const
{
    RoleBanner::Content content = officerActs({});
    content.othersIcon = Icon::Usb;
    content.othersStrong = ltr(state().device->serial);
    return content;
}

QString BackUpPage::railSubline() const
{
    return allSaved() ? tr("Prove the backup") : tr("Save and verify");
}

QString BackUpPage::help() const
{
    return tr("Two media at least, so that one can be lost. Two folders on one medium count as one. On each "
              "medium the folder “keys” is made, and never written over.");
}

bool BackUpPage::running() const
{
    const WorkKind kind = ceremony().work().kind;
    return kind == WorkKind::WrappingKeys || kind == WorkKind::SavingKeys;
}

bool BackUpPage::allSaved() const
{
    return ceremony().backupTargets().isEmpty() && !state().backup.media.empty();
}

bool BackUpPage::pinMissing() const
{
    return !allSaved() && !ceremony().keysWrapped() && !ceremony().userPinHeld();
}

void BackUpPage::fillFooter(FooterBar& footer)
{
    m_skip = footer.addStart(new Button(tr("Go on &without a backup…"), Button::Look::Secondary));
    connect(m_skip, &QAbstractButton::clicked, this, &BackUpPage::skip);
    m_next = footer.addEnd(new Button({}, Button::Look::Primary));
    footer.setPrimary(m_next);
    connect(m_next, &QAbstractButton::clicked, this, &BackUpPage::goOn);
    renderButtons();
}

void BackUpPage::render()
{
    m_pinCard->setVisible(pinMissing() && !running());
    m_pinCard->render();
    m_proof->setVisible(allSaved());
    renderProgress();
    renderPlaces();
    renderFiles();
    renderButtons();
    Q_EMIT frameChanged();
}

void BackUpPage::renderProgress()
{
    const Work& work = ceremony().work();
    m_progress->setVisible(running());
    if (!running()) {
        m_progress->stop();
    } else if (work.startedMs != m_shownStart) {
        m_shownStart = work.startedMs;
        m_progress->start(work.kind == WorkKind::WrappingKeys ? tr("The device wraps its keys")
                                                              : tr("Writing to medium %1").arg(work.number),
            work.startedMs, 0, 0);
    }
}

BackUpPage::Place BackUpPage::savedPlace(const KeysSaved& saved) const
{
    const QString& sha256
        = state().backup.wrappings[static_cast<std::size_t>(saved.wrapping - 1)].manifestSha256;
    return { saved.folder.isEmpty() ? ceremony().folder() : saved.folder,
        tr("✓ Written and read back\n%1").arg(ltr(shortFingerprint(sha256))), Token::Ok };
}

BackUpPage::Place BackUpPage::waitingPlace(const QString& folder) const
{
    const bool own = folder == ceremony().folder();
    const auto& failures = state().backup.failed;
    const auto failed = std::ranges::find_if(failures, [&](const KeysNotSaved& failure) {
        return own ? failure.folder.isEmpty() : failure.folder == folder;
    });
    const bool atWork
        = ceremony().work().kind == WorkKind::SavingKeys && ceremony().backupTargets().constFirst() == folder;
    if (atWork)
        return { folder, tr("Running"), Token::Accent };
    if (failed != failures.end())
        return { folder, tr("✗ %1").arg(mediumSentence(failed->error)), Token::Danger, true };
    return { folder, tr("Waiting"), Token::Muted, !own };
}

std::vector<BackUpPage::Place> BackUpPage::places() const
{
    std::vector<Place> all;
    for (const KeysSaved& saved : state().backup.media)
        all.push_back(savedPlace(saved));
    for (const QString& folder : ceremony().backupTargets())
        all.push_back(waitingPlace(folder));
    return all;
}

void BackUpPage::renderPlaces()
{
    const std::vector<Place> all = places();
    m_oneCopy->setVisible(all.size() < 2 && !state().backup.oneCopyConfirmed);
    if (all == m_shownPlaces)
        return;
    m_shownPlaces = all;
    m_media->clearRows();
    QWidget* before = m_pinCard->lastField();
    for (const Place& place : all) {
        const int row = m_media->rows();
        const QString folder = ltr(QDir::toNativeSeparators(place.folder));
        m_media->addRow(
            { place.folder == ceremony().folder() ? tr("%1\nFolder for the records").arg(folder) : folder,
                m_room.value(place.folder), {} });
        m_media->setCell(row, kResultColumn, place.result, place.colour);
        if (!place.removable)
            continue;
        auto* remove = new Button(tr("Remove"), Button::Look::Link, m_media);
        remove->setAccessibleName(tr("Remove %1").arg(QDir::toNativeSeparators(place.folder)));
        connect(remove, &QAbstractButton::clicked, this,
            [this, folder = place.folder] { static_cast<void>(ceremony().dropBackupTarget(folder)); });
        m_media->setWidget(row, kRemoveColumn, remove);
        QWidget::setTabOrder(before, remove);
        before = remove;
    }
    lookForRoom();
}

void BackUpPage::lookForRoom()
{
    QStringList folders;
    for (const Place& place : m_shownPlaces)
        folders << place.folder;
    // A medium that was pulled, or is far away, may take long to answer.
    onDone(inBackground(*QThreadPool::globalInstance(), [folders] { return roomIn(folders); }), this,
        [this](const QFuture<QHash<QString, QString>>& done) {
            m_room = done.result();
            for (int row = 0; row < m_media->rows(); ++row)
                m_media->setCell(
                    row, kRoomColumn, m_room.value(m_shownPlaces[static_cast<std::size_t>(row)].folder));
        });
}

void BackUpPage::renderFiles()
{
    const std::vector<KeysWrapped>& wrappings = state().backup.wrappings;
    m_filesHead->setVisible(!wrappings.empty());
    m_files->setVisible(!wrappings.empty());
    m_leftOut->setVisible(!m_leftOut->text().isEmpty());
    m_tooLarge->setVisible(!m_tooLarge->text().isEmpty());
    if (wrappings.size() == m_shownWrappings)
        return;
    m_shownWrappings = wrappings.size();
    m_files->clearRows();
    for (const WrappedKeyFile& key : wrappings.back().keys)
        m_files->addRow(
            { state().labelOf(key.keyReference), ltr(key.file), ltr(shortFingerprint(key.sha256)) },
            { 1, 2 });
    QStringList leftOut;
    for (const KeyLeftOut& key : wrappings.back().leftOut)
        leftOut << tr("The device did not hand out “%1”: %2.")
                       .arg(state().labelOf(key.keyReference), errorSentence(Error{ .kind = key.error }));
    m_leftOut->setText(leftOut.join(QLatin1Char('\n')));
    m_leftOut->setVisible(!leftOut.isEmpty());
    m_tooLarge->setText(
        tooLargeForTool(wrappings.back(), [this](int reference) { return state().labelOf(reference); }));
    m_tooLarge->setVisible(!m_tooLarge->text().isEmpty());
}

void BackUpPage::renderButtons()
{
    if (!m_next)
        return;
    m_add->setEnabled(!running());
    m_skip->setVisible(state().backup.media.empty());
    m_skip->setEnabled(!running());
    const bool oneWillDo = m_oneCopy->isChecked() || state().backup.oneCopyConfirmed;
    const bool enough = m_shownPlaces.size() >= 2 || oneWillDo;
    const bool noKeys = ceremony().keysWrapped() && state().backup.wrappings.back().keys.empty();
    m_next->setText(allSaved() ? tr("&Go on without proof") : tr("&Save and verify"));
    m_next->setEnabled(!running() && enough && !m_shownPlaces.empty() && !noKeys
        && (allSaved() || !pinMissing() || m_pinCard->complete()));
    if (allSaved() && m_next->isEnabled() && !m_next->hasFocus())
        m_next->setFocus(); // the work took the focus from the button that started it
}

void BackUpPage::addMedium()
{
    auto* dialog = new QFileDialog(this, tr("Choose a folder on the medium"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
        const Status added = ceremony().addBackupTarget(folder);
        m_problem->setVisible(!added);
        if (!added)
            m_problem->setText(tr("This folder is in the list already."));
    });
    dialog->open();
}

void BackUpPage::skip()
{
    ask(this, ceremony().rehearsal(), tr("Go on without a backup?"),
        tr("The keys are on this device only. If it fails, they are gone. The report will say so."),
        tr("&Keep going"), tr("Go on &without"), [this] { static_cast<void>(ceremony().skipBackup()); });
}

void BackUpPage::goOn()
{
    if (allSaved()) {
        if (state().backup.media.size() == 1 && !state().backup.oneCopyConfirmed)
            static_cast<void>(ceremony().confirmOneCopy());
        static_cast<void>(ceremony().finishBackup());
        return;
    }
    if (pinMissing() && !m_pinCard->enter())
        return;
    static_cast<void>(ceremony().saveBackup());
}

void BackUpPage::leave()
{
    m_pinCard->wipe();
}

QWidget* BackUpPage::initialFocus()
{
    if (m_pinCard->isVisibleTo(this))
        return m_pinCard->firstField();
    return allSaved() && m_next->isEnabled() ? nullptr : m_add;
}

} // namespace conclave::ui
