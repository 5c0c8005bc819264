// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/importpage.h"

#include "core/ceremony/background.h"
#include "core/ceremony/recordedsharefile.h"
#include "core/device/ondone.h"
#include "ui/pages/leaveout.h"
#include "ui/pages/sharefilecopies.h"
#include "ui/pages/sharefiletyping.h"
#include "ui/pages/table.h"
#include "ui/pages/turnwords.h"
#include "ui/shell/dialog.h"
#include "ui/text/errortext.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/dots.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"

#include <QComboBox>
#include <QFileDialog>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

ImportPage::ImportPage(Ceremony& ceremony)
    : Page(ceremony)
    , m_dots(new Dots(this))
    , m_sentence(new Label({}, Type::Body, Token::Text, this))
    , m_sheets(new Note(Note::Kind::Warn, {}, this))
    , m_fileNote(new Note(Note::Kind::Danger, {}, this))
    , m_typeFile(new Button(tr("&Type the share file from a sheet…"), Button::Look::Secondary, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    if (const QString warning = soPinWarning(state().soPin); !warning.isEmpty())
        layout->addWidget(new Note(Note::Kind::Warn, warning, this));
    auto* line = new QHBoxLayout;
    line->setSpacing(space::k16);
    line->addWidget(m_dots);
    line->addWidget(m_sentence, 1);
    layout->addLayout(line);
    m_sheets->hide();
    layout->addWidget(m_sheets);
    if (state().sets.size() > 1) {
        m_files = new Table({ tr("Share file"), tr("Name"), tr("Site"), tr("Rule"), tr("State") }, this);
        for (std::size_t i = 0; i < state().sets.size(); ++i) {
            const ShareSet& set = state().sets[i];
            m_files->addRow({ QString::number(i + 1), set.rule.name, set.rule.site, ruleName(set.rule), {} });
        }
        layout->addWidget(m_files);
        m_next = new QComboBox(this);
        m_nextField = new FormField(tr("S&hare file to import next"), m_next, this);
        layout->addWidget(m_nextField);
        fillNext();
        connect(m_next, &QComboBox::currentIndexChanged, this, [this] { lookAgain(); });
    } else {
        auto* card = new Card(state().brought ? tr("The set to open")
                : state().several             ? tr("What the devices wait for")
                                              : tr("What the device waits for"),
            this);
        auto* facts = new Facts(card);
        const ShareSet& set = state().sets.front();
        facts->add(tr("Share file"), set.made->file, Type::Value);
        if (set.ofAnotherTool) {
            facts->add(tr("Set"), tr("Of another tool, without companion"));
            facts->add(tr("Rule"), tr("%n sheets open it", nullptr, set.rule.threshold));
        } else {
            facts->add(tr("Set"), ltr(set.made->set), Type::Value);
            facts->add(tr("Rule"), ruleName(set.rule));
        }
        card->body()->addWidget(facts);
        layout->addWidget(card);
    }
    if (state().lostCount())
        layout->addWidget(new Note(Note::Kind::Danger,
            tr("The device waits for another number of share files than it should, so what it holds is not "
               "known. Initialise it again, and import all share files again. The shares stay valid."),
            this));
    // The share file of a password was made in its holder's turn, after the copies of the others.
    const bool passwords
        = std::ranges::any_of(state().sets, [](const ShareSet& set) { return set.rule.isPassword(); });
    const bool first = std::ranges::none_of(state().sets, [](const ShareSet& set) { return set.imported; });
    if (passwords && first && !state().first && !state().before) {
        m_copies = new ShareFileCopies(ceremony, this);
        layout->addWidget(m_copies);
        connect(m_copies, &ShareFileCopies::changed, this, &ImportPage::render);
    }
    m_fileNote->hide();
    layout->addWidget(m_fileNote);
    m_chooseFile = new Button(tr("Choose the share &file…"), Button::Look::Secondary, this);
    m_chooseFile->setObjectName(QStringLiteral("chooseShareFile"));
    m_typeFile->setObjectName(QStringLiteral("typeShareFile"));
    auto* bring = new QHBoxLayout;
    bring->setSpacing(space::k12);
    bring->addWidget(m_chooseFile);
    bring->addWidget(m_typeFile);
    bring->addStretch();
    layout->addLayout(bring);
    m_chooseFile->hide();
    m_typeFile->hide();
    connect(m_chooseFile, &QAbstractButton::clicked, this, &ImportPage::chooseFile);
    connect(m_typeFile, &QAbstractButton::clicked, this, &ImportPage::typeFile);
    layout->addStretch(1);
}

QString ImportPage::title() const
{
    return state().brought ? tr("Open the old set") : tr("Import the shares");
}

QString ImportPage::lead() const
{
    if (state().before && state().passwordsOnly())
        return tr("The device waits for share files. The holders of this site’s passwords type them, one "
                  "after the other.");
    if (state().before)
        return tr(
            "The device waits for share files. The custodians of this site type their shares, one after "
            "the other.");
    if (state().brought)
        return tr(
            "Its custodians type their sheets, one after the other. What they type stays in this computer’s "
            "memory until the new shares are out.");
    if (state().several && state().pastNoReturn())
        return tr("The share files are opened once more, for the devices that are not complete. What is "
                  "typed stays in this computer’s memory until the devices have it.");
    if (state().several)
        return tr("The share files are opened once, for all devices. The devices are erased later, when "
                  "each serial number was typed. What is typed stays in this computer’s memory until the "
                  "devices have it.");
    if (state().passwordsOnly())
        return tr("The device was erased and waits for the backup secret. Whoever holds a password for it "
                  "types it, one after the other.");
    return tr("The device was erased and waits for the backup secret. The custodians type it back, one after "
              "the other.");
}

RoleBanner::Content ImportPage::banner() const
{
    return officerActs(state().brought ? tr("Custodians of the old set: have your sheets ready.")
            : state().passwordsOnly()  ? tr("Holders of passwords: have your notes ready.")
                                       : tr("Custodians: have your sheets ready."));
}

QString ImportPage::railSubline() const
{
    if (state().brought)
        return tr("%1 of %2 sheets")
            .arg(state().sets.front().received.size())
            .arg(state().sets.front().needed());
    const auto files = static_cast<int>(state().sets.size());
    return tr("Share file %1 of %2").arg(nextFile()).arg(files);
}

/// The share files that are missing, the first of them chosen: mostly they come in order.
void ImportPage::fillNext()
{
    const QSignalBlocker quiet(m_next);
    for (std::size_t i = 0; i < state().sets.size(); ++i) {
        const ShareSet& set = state().sets[i];
        const auto number = static_cast<int>(i) + 1;
        if (set.imported)
            continue;
        m_next->addItem(set.rule.site.isEmpty() ? tr("Share file %1").arg(number)
                                                : tr("Share file %1, at %2").arg(number).arg(set.rule.site),
            number);
        if (!set.received.empty())
            m_next->setCurrentIndex(m_next->count() - 1);
    }
    m_nextField->setVisible(m_next->count() > 1);
}

int ImportPage::nextFile() const
{
    if (m_next && m_next->currentIndex() >= 0)
        return m_next->currentData().toInt();
    for (std::size_t i = 0; i < state().sets.size(); ++i) {
        if (!state().sets[i].imported)
            return static_cast<int>(i) + 1;
    }
    return static_cast<int>(state().sets.size());
}

void ImportPage::fillFooter(FooterBar& footer)
{
    if (state().mayFinishDevices())
        footer.addStart(leaveOutButton(this, ceremony()));
    if (state().brought || (state().several && !state().pastNoReturn())) {
        Button* backButton = footer.addEnd(new Button(tr("&Back"), Button::Look::Secondary));
        connect(backButton, &QAbstractButton::clicked, this, &ImportPage::back);
    }
    if (state().sets.size() > 1 && state().flow() != Flow::Drill && !state().several) {
        Button* travel = footer.addStart(new Button(tr("Pause for tra&vel…"), Button::Look::Secondary));
        travel->setObjectName(QStringLiteral("pauseForTravel"));
        connect(travel, &QAbstractButton::clicked, this, &ImportPage::pauseForTravel);
    }
    if (state().lostCount()) {
        Button* again = footer.addEnd(new Button(tr("&Initialise again…"), Button::Look::Secondary));
        connect(again, &QAbstractButton::clicked, this, &ImportPage::initialiseAgain);
    }
    m_startOver = footer.addEnd(new Button(tr("Start &over…"), Button::Look::Secondary));
    m_startOver->hide();
    connect(m_startOver, &QAbstractButton::clicked, this, &ImportPage::startOver);
    m_start = footer.addEnd(new Button({}, Button::Look::Primary));
    footer.setPrimary(m_start);
    connect(m_start, &QAbstractButton::clicked, this,
        [this] { static_cast<void>(ceremony().chooseShareFile(nextFile())); });
}

void ImportPage::back()
{
    if (state().brought)
        static_cast<void>(ceremony().goBack(BackTarget::OldSet));
    else if (state().several)
        static_cast<void>(ceremony().goBack(BackTarget::Device));
}

void ImportPage::lookAgain()
{
    m_checkedFile = 0;
    render();
}

void ImportPage::checkFile()
{
    const int number = nextFile();
    m_checkedFile = number;
    onDone(inBackground(*QThreadPool::globalInstance(),
               [folder = ceremony().shareFileFolder(), made = *state().set(number)->made] {
                   return checkShareFile(folder, made);
               }),
        this, [this, number](const QFuture<Status>& done) {
            if (number == m_checkedFile && state().set(number))
                fileChecked(done.result());
        });
}

void ImportPage::fileChecked(const Status& status)
{
    const bool wasMissing = m_fileState && !*m_fileState;
    m_fileState = status;
    m_chooseFile->setVisible(!status && !state().brought);
    m_typeFile->setVisible(!status && !state().brought); // an old set’s files are looked for, not typed
    m_fileNote->setVisible(!status);
    if (!status) {
        const QString file = ltr(state().set(nextFile())->made->file);
        m_fileNote->setKind(Note::Kind::Danger);
        if (state().brought)
            m_fileNote->setText(
                tr("The share file %1 is not where it was, or is another one now. Put it back and "
                   "press F5, or choose the set again.")
                    .arg(file));
        else
            m_fileNote->setText(status.error().kind == ErrorKind::ShareFileOfAnotherSet
                    ? tr("The share file %1 in the ceremony’s folder is not the one that was recorded. "
                         "Choose a copy of the recorded one, or type it from a sheet.")
                          .arg(file)
                    : tr("The share file %1 cannot be read in the ceremony’s folder. Choose a copy of it, or "
                         "type it from a sheet.")
                          .arg(file));
    }
    render();
    if (!status && m_chooseFile->isVisible())
        m_chooseFile->setFocus(Qt::OtherFocusReason);
    else if (wasMissing && m_start && m_start->isEnabled())
        m_start->setFocus(Qt::OtherFocusReason);
}

void ImportPage::typeFile()
{
    auto* dialog = new Dialog(tr("Type the share file"), ceremony().rehearsal(), this);
    dialog->body()->addWidget(
        new Label(tr("It stands on the sheets in four rows. It is encrypted: everyone may look and help."),
            Type::Body, Token::Muted, dialog));
    auto* typing = new ShareFileTyping(state().set(nextFile())->made->sha256, dialog);
    dialog->body()->addWidget(typing);
    dialog->setMinimumWidth(
        std::max(dialog->minimumWidth(), typing->minimumSizeHint().width() + 2 * space::k24));
    dialog->addReject(tr("&Cancel"));
    Button* save = dialog->addAccept(tr("&Save it into the folder"));
    save->setEnabled(false);
    save->setObjectName(QStringLiteral("saveShareFile"));
    connect(typing, &ShareFileTyping::changed, dialog,
        [typing, save] { save->setEnabled(typing->file().has_value()); });
    connect(dialog, &QDialog::accepted, this, [this, typing] { putBack(*typing->file()); });
    dialog->open();
    typing->setFocus();
}

void ImportPage::putBack(const Bytes& content)
{
    onDone(inBackground(*QThreadPool::globalInstance(),
               [folder = ceremony().folder(), made = *state().set(nextFile())->made, content] {
                   return putBackShareFile(folder, made, content);
               }),
        this, [this](const QFuture<Status>& done) {
            const Status saved = done.result();
            if (saved)
                fileChecked(saved);
            m_fileNote->setKind(saved ? Note::Kind::Ok : Note::Kind::Danger);
            m_fileNote->setText(saved ? tr("The share file is in the folder again: written and read back.")
                                      : describeError(saved.error()).happened);
            m_fileNote->show();
        });
}

void ImportPage::render()
{
    if (m_checkedFile != nextFile())
        checkFile();
    const ShareSet& next = *state().set(nextFile());
    const auto received = static_cast<int>(next.received.size());
    if (state().sets.size() > 1) {
        int imported = 0;
        for (std::size_t i = 0; i < state().sets.size(); ++i) {
            const ShareSet& set = state().sets[i];
            imported += set.imported ? 1 : 0;
            m_files->setCell(static_cast<int>(i), 4,
                !set.imported         ? tr("Waiting")
                    : state().several ? tr("Opened")
                                      : tr("Imported"),
                set.imported ? Token::Ok : Token::Muted);
        }
        m_files->setCurrentRow(nextFile() - 1);
        m_dots->setCount(static_cast<int>(state().sets.size()), imported);
        m_sentence->setText((state().several ? tr("The devices wait for share file %1 of %2.")
                                             : tr("Device waits for share file %1 of %2."))
                                .arg(imported + 1)
                                .arg(state().sets.size()));
    } else if (next.rule.isPassword()) {
        m_dots->hide();
        m_sentence->setText(tr("The holder of the password types it."));
    } else {
        m_dots->setCount(next.needed(), received);
        m_sentence->setText(receivedSentence(next));
    }
    m_dots->setSentence(m_sentence->text());
    judgeSheets(next);
    if (m_start) {
        m_start->setText(next.rule.isPassword() ? tr("&Call the holder of the password")
                : next.spare > 0                ? tr("&Call one more custodian")
                : received > 0                  ? tr("&Call the next custodian")
                                                : tr("&Call the first custodian"));
        m_startOver->setVisible(received > 0);
        m_start->setEnabled(ceremony().work().kind == WorkKind::None && (!m_copies || m_copies->enough())
            && (!m_fileState || *m_fileState));
    }
}

void ImportPage::judgeSheets(const ShareSet& next)
{
    QStringList sentences;
    if (next.ofAnotherFile)
        sentences << tr("The %n sheets handed in are of one set, but not that of this share file. Start over "
                        "with the sheets of this file.",
            nullptr, static_cast<int>(next.received.size()));
    else if (next.spare > 0)
        sentences << tr("The %n sheets handed in do not open the share file: at least one of them is wrong. "
                        "What was typed is kept. With one sheet more, the wrong one can be found.",
            nullptr, static_cast<int>(next.received.size()));
    if (const QString wrong = wrongSheets(state(), nextFile()); !wrong.isEmpty())
        sentences << wrong;
    m_sheets->setText(sentences.join(QLatin1Char('\n')));
    m_sheets->setVisible(!sentences.isEmpty());
}

void ImportPage::chooseFile()
{
    auto* dialog = new QFileDialog(this, tr("Choose the share file or its companion"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("Share files and companions (*.pbe *.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this,
        [this](const QString& path) { static_cast<void>(ceremony().takeShareFile(path)); });
    dialog->open();
}

void ImportPage::pauseForTravel()
{
    ask(this, ceremony().rehearsal(), tr("Pause for travel?"),
        tr("The device goes to another site, with a transport file and a checkpoint code. Shares typed for a "
           "share file that is not imported yet are wiped."),
        tr("&Keep going"), tr("&Pause for travel"),
        [this] { static_cast<void>(ceremony().pauseForTravel()); });
}

void ImportPage::initialiseAgain()
{
    ask(this, ceremony().rehearsal(), tr("Initialise again?"),
        tr("The PINs are typed again, and you confirm with the serial number that the device is erased. Then "
           "all share files are imported again, by all custodians who are needed."),
        tr("&Keep going"), tr("&Initialise again"),
        [this] { static_cast<void>(ceremony().initialiseAgain()); });
}

void ImportPage::startOver()
{
    ask(this, ceremony().rehearsal(), tr("Start over?"),
        tr("The shares typed so far are wiped. Everyone types again. Nothing went to the device."),
        tr("&Keep going"), tr("&Start over"), [this] { static_cast<void>(ceremony().clearReceived()); });
}

} // namespace conclave::ui
