// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/handoutpage.h"

#include "core/ceremony/background.h"
#include "core/ceremony/ceremonyfolder.h"
#include "core/ceremony/durablefile.h"
#include "core/device/ondone.h"
#include "ui/print/sheetfacts.h"
#include "ui/print/sheetprinter.h"
#include "ui/shell/dialog.h"
#include "ui/text/errortext.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/tick.h"

#include <QDir>
#include <QFileDialog>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

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
        const int number = static_cast<int>(i) + 1;
        names << shareFileName(state.opened->ceremony, number)
              << companionName(state.opened->ceremony, number);
    }
    return names;
}

bool anyTurnBegan(const CeremonyState& state)
{
    return std::any_of(state.sets.begin(), state.sets.end(), [](const ShareSet& set) {
        return std::any_of(
            set.holders.begin(), set.holders.end(), [](const Holder& holder) { return holder.begun; });
    });
}

} // namespace

HandOutPage::HandOutPage(Ceremony& ceremony)
    : Page(ceremony)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    m_voided = new Note(Note::Kind::Warn,
        tr("The hand-out was cut, so the shares shown before are void. New shares were made. Destroy the "
           "sheets already "
           "written."),
        this);
    layout->addWidget(m_voided);
    auto* made = new Card(tr("The set is made and saved"), this);
    m_files = new QVBoxLayout;
    made->body()->addLayout(m_files);
    layout->addWidget(made);

    auto* saved = new Card(tr("Save the share file"), this);
    saved->body()->addWidget(new Label(
        tr("Without the share file the shares restore nothing. Keep it on two media at least; it is no "
           "secret as long as the shares are apart."),
        Type::Body, Token::Muted, saved));
    m_copies = new QVBoxLayout;
    saved->body()->addLayout(m_copies);
    auto* copy = new Button(tr("Save a &copy to…"), Button::Look::Secondary, saved);
    copy->setIcon(icon(Icon::Usb));
    auto* line = new QHBoxLayout;
    line->addWidget(copy);
    line->addStretch();
    saved->body()->addLayout(line);
    m_copiesNote = new Note(Note::Kind::Danger, {}, saved);
    m_copiesNote->hide();
    saved->body()->addWidget(m_copiesNote);
    m_oneCopy = new Tick(tr("One copy only, in the folder for the records"), saved);
    saved->body()->addWidget(m_oneCopy);
    layout->addWidget(saved);
    layout->addStretch(1);
    connect(copy, &QAbstractButton::clicked, this, &HandOutPage::saveCopy);
    connect(m_oneCopy, &QAbstractButton::toggled, this, &HandOutPage::judge);
}

QString HandOutPage::title() const
{
    return tr("Hand out shares");
}

QString HandOutPage::lead() const
{
    return tr("One custodian after the other steps up, sees the share, notes it, and types it back. Nobody "
              "else looks.");
}

RoleBanner::Content HandOutPage::banner() const
{
    return officerActs(tr("Custodians: have a sheet and a pen ready."));
}

QString HandOutPage::railSubline() const
{
    int people = 0;
    for (const ShareSet& set : state().sets)
        people += set.rule.people();
    return tr("%n custodian(s)", nullptr, people);
}

QString HandOutPage::help() const
{
    return tr("A blank sheet has everything but the value, and is filled in by hand. A share is shown in its "
              "custodian’s turn only; if the hand-out is left early, all shares become void and new ones are "
              "made.");
}

void HandOutPage::fillFooter(FooterBar& footer)
{
    m_print = footer.addStart(new Button(tr("&Print blank sheets…"), Button::Look::Secondary));
    m_print->setIcon(icon(Icon::Print));
    connect(m_print, &QAbstractButton::clicked, this, &HandOutPage::printBlankSheets);
    Button* backButton = footer.addEnd(new Button(tr("&Back"), Button::Look::Secondary));
    connect(backButton, &QAbstractButton::clicked, this, &HandOutPage::back);
    m_start = footer.addEnd(new Button(tr("&Start the hand-out"), Button::Look::Primary));
    footer.setPrimary(m_start);
    connect(
        m_start, &QAbstractButton::clicked, this, [this] { static_cast<void>(ceremony().startHandOut()); });
}

void HandOutPage::render()
{
    while (QLayoutItem* item = m_files->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    bool voided = false;
    bool passwordsOnly = true;
    for (const ShareSet& set : state().sets) {
        voided = voided || !set.voided.empty();
        passwordsOnly = passwordsOnly && set.rule.isPassword();
        auto* facts = new Facts(this);
        if (set.made) {
            facts->add(tr("Share file"), set.made->file, Type::Value);
            facts->add(tr("Set"), ltr(set.made->set), Type::Value);
            facts->add(tr("Rule"), ruleName(set.rule));
            facts->add(tr("SHA-256"), ltr(shortFingerprint(set.made->sha256)), Type::Value);
        } else if (set.rule.isPassword()) {
            facts->add(tr("Share file"), set.rule.name.isEmpty() ? ruleName(set.rule) : set.rule.name);
            facts->add(tr("Rule"), tr("Made when its holder has chosen the password"));
        }
        m_files->addWidget(facts);
    }
    m_voided->setVisible(voided);
    if (m_print)
        m_print->setVisible(!passwordsOnly);
    judge();
    // The officer starts the hand-out once; from then on each turn leads to the next one.
    if (anyTurnBegan(state()) && ceremony().work().kind == WorkKind::None && !ceremony().trouble())
        QTimer::singleShot(0, this, [this] { static_cast<void>(ceremony().startHandOut()); });
}

void HandOutPage::judge()
{
    // The ceremony's own folder is the first place.
    m_oneCopy->setVisible(m_copyFolders.isEmpty());
    const bool nothingYet = publicFiles(state()).isEmpty();
    if (m_start)
        m_start->setEnabled(state().handingOut() && ceremony().work().kind == WorkKind::None
            && (m_oneCopy->isChecked() || !m_copyFolders.isEmpty() || nothingYet));
}

void HandOutPage::saveCopy()
{
    auto* dialog = new QFileDialog(this, tr("Save a copy of the share file"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
        onDone(inBackground(*QThreadPool::globalInstance(),
                   [from = ceremony().folder(), folder, names = publicFiles(state())] {
                       return copyShareFiles(from, folder, names);
                   }),
            this, [this, folder](const QFuture<Status>& done) { copied(folder, done.result()); });
    });
    dialog->open();
}

void HandOutPage::copied(const QString& folder, const Status& status)
{
    m_copiesNote->setVisible(!status);
    if (!status) {
        m_copiesNote->setText(errorSentence(status.error()));
        return;
    }
    m_copyFolders << folder;
    auto* tick = new Tick(tr("%1: written and read back").arg(QDir::toNativeSeparators(folder)), this);
    tick->setChecked(true);
    tick->setEnabled(false);
    m_copies->addWidget(tick);
    judge();
}

void HandOutPage::print()
{
    if (m_print->isVisible())
        printBlankSheets();
}

void HandOutPage::printBlankSheets()
{
    sheetprinter::printBlank(blankSheets(ceremony()), this);
}

void HandOutPage::back()
{
    const bool begun = anyTurnBegan(state());
    ask(this, ceremony().rehearsal(), tr("Choose the scheme again?"),
        begun ? tr("All shares of this round become void. Destroy the sheets already written.")
              : tr("The set that was made becomes void. No share of it was shown."),
        tr("&Keep going"), tr("&Go back"),
        [this] { static_cast<void>(ceremony().goBack(BackTarget::Scheme)); });
}

} // namespace conclave::ui
