// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/checksheetview.h"

#include "core/ceremony/background.h"
#include "core/ceremony/sheetcheck.h"
#include "core/device/ondone.h"
#include "ui/pages/setchoice.h"
#include "ui/pages/sheetanswer.h"
#include "ui/pages/sheetentry.h"
#include "ui/pages/turncurtain.h"
#include "ui/shell/curtainrules.h"
#include "ui/shell/screenframe.h"
#include "ui/text/errortext.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/rolebanner.h"
#include "ui/widgets/tick.h"

#include <QVBoxLayout>

namespace conclave::ui {

namespace {

constexpr int kMostShares = 99; ///< where no companion says how many there are

} // namespace

CheckSheetView::CheckSheetView(const QString& recordsFolder, bool rehearsal, QWidget* parent)
    : Errand(rehearsal, parent)
    , m_rules(new CurtainRules(this))
{
    buildContent(recordsFolder);
    buildCurtain();
    connect(m_rules, &CurtainRules::peopleMayHaveChanged, this, &CheckSheetView::cover);
    connect(m_rules, &CurtainRules::nobodyActs, this, &CheckSheetView::cover);
    show(Phase::Set);
}

void CheckSheetView::buildContent(const QString& recordsFolder)
{
    QWidget* content = frame().content();
    m_set = new SetChoice(recordsFolder, content);
    m_entrySlot = new QVBoxLayout;
    m_answer = new SheetAnswer(content);
    m_note = new Note(Note::Kind::Warn, {}, content);
    m_note->hide();
    QVBoxLayout* body = frame().body();
    m_record = new Tick({}, content);
    m_record->setObjectName(QStringLiteral("noteInRecord"));
    m_record->hide();
    body->addWidget(m_set);
    body->addSpacing(space::k12);
    body->addWidget(m_record);
    body->addLayout(m_entrySlot);
    body->addWidget(m_answer);
    body->addSpacing(space::k12);
    body->addWidget(m_note);
    body->addStretch(1);
    connect(m_set, &SetChoice::changed, this, [this] {
        if (m_phase != Phase::Set || !m_next)
            return;
        m_next->setEnabled(m_set->chosen().has_value());
        lookForRecord();
        if (m_set->chosen() && m_set->chosen()->scheme)
            takeFocus(); // the prime may still be typed on
    });
}

void CheckSheetView::buildCurtain()
{
    TurnCurtain::Words words;
    words.about = tr("Check my sheet · nothing secret is on this screen");
    words.who = tr("One custodian, alone");
    words.others = tr("Everyone else, step back. Nobody needs to help.");
    words.checks = { tr("The projector is off or blanked."), tr("No camera or person can see the screen."),
        tr("My sheet is in front of me.") };
    words.lift = tr("I am alone. &Type my sheet");
    words.below = tr("What you type is combined with nothing and kept nowhere. It is wiped when the curtain "
                     "drops: when you leave, press Esc, use another window, or type nothing for a minute.");
    m_curtain = new TurnCurtain(words, true, this);
    setCurtain(m_curtain);
    connect(m_curtain, &TurnCurtain::lifted, this, &CheckSheetView::lift);
    connect(m_curtain, &TurnCurtain::backRequested, this, &CheckSheetView::goBack);
}

void CheckSheetView::show(Phase phase)
{
    m_phase = phase;
    if (phase == Phase::Curtain)
        m_curtain->untick();
    m_set->setVisible(phase == Phase::Set);
    m_record->setVisible(phase == Phase::Set && !m_recordFolder.isEmpty());
    if (m_sheet)
        m_sheet->setVisible(phase == Phase::Entry);
    m_answer->setVisible(phase == Phase::Judging || phase == Phase::Answer);
    m_note->hide();
    m_note->setKind(Note::Kind::Warn);
    showWords();
    fillFooter();
    m_rules->restart();
    present(phase == Phase::Curtain);
}

void CheckSheetView::showWords()
{
    RoleBanner::Content banner;
    banner.who = tr("A custodian");
    if (m_phase == Phase::Set) {
        frame().title()->setText(tr("Check my sheet"));
        frame().lead()->setText(
            tr("Type one sheet and see whether it is right. Nothing is combined, nothing is kept, "
               "and no device is needed."));
        banner.others = tr("No secret is entered yet.");
    } else {
        frame().title()->setText(
            m_phase == Phase::Answer ? tr("What your sheet says") : tr("Type your sheet"));
        frame().lead()->setText(m_phase == Phase::Answer
                ? tr("Only the share ID is on this screen, no value.")
                : tr("Read it from your sheet, pair by pair. Colons are added for you."));
        banner.othersIcon = Icon::EyeOff;
        banner.othersStrong = tr("Everyone else: look away.");
        banner.others = tr("Nothing is handed in.");
    }
    frame().banner()->setContent(banner);
}

void CheckSheetView::fillFooter()
{
    footer().clear();
    m_conceal = nullptr;
    m_next = nullptr;
    switch (m_phase) {
    case Phase::Set: {
        Button* help = footer().addStart(new Button(tr("&Help"), Button::Look::Link));
        help->setShortcutHint(QStringLiteral("F1"));
        connect(help, &QAbstractButton::clicked, this, &CheckSheetView::showHelp);
        Button* back = footer().addEnd(new Button(tr("&Back"), Button::Look::Secondary));
        connect(back, &QAbstractButton::clicked, this, &CheckSheetView::goBack);
        m_next = footer().addEnd(new Button(tr("&Go on"), Button::Look::Primary));
        m_next->setEnabled(m_set->chosen().has_value());
        connect(m_next, &QAbstractButton::clicked, this, [this] { show(Phase::Curtain); });
        break;
    }
    case Phase::Curtain:
        break;
    case Phase::Entry: {
        Button* coverNow = footer().addStart(new Button(tr("Co&ver now"), Button::Look::Secondary));
        coverNow->setIcon(icon(Icon::EyeOff));
        coverNow->setShortcutHint(tr("Esc"));
        connect(coverNow, &QAbstractButton::clicked, this, &CheckSheetView::cover);
        m_conceal = footer().addStart(new Button({}, Button::Look::Link));
        connect(m_conceal, &QAbstractButton::clicked, this, [this] { setConcealed(!m_concealed); });
        setConcealed(m_concealed);
        Button* clear = footer().addEnd(new Button(tr("&Clear"), Button::Look::Secondary));
        connect(clear, &QAbstractButton::clicked, this, [this] {
            m_sheet->clear();
            m_note->hide();
        });
        m_next = footer().addEnd(new Button(tr("Chec&k this sheet"), Button::Look::Primary));
        m_next->setEnabled(m_sheet->complete());
        connect(m_next, &QAbstractButton::clicked, this, &CheckSheetView::check);
        break;
    }
    case Phase::Judging: {
        Button* stop = footer().addEnd(new Button(tr("&Stop"), Button::Look::Secondary));
        connect(stop, &QAbstractButton::clicked, this, &CheckSheetView::cover);
        break;
    }
    case Phase::Answer: {
        if (!m_right) {
            Button* again = footer().addEnd(new Button(tr("&Back to what I typed"), Button::Look::Secondary));
            connect(again, &QAbstractButton::clicked, this, [this] { show(Phase::Entry); });
        }
        m_next = footer().addEnd(new Button(tr("&Done"), Button::Look::Primary));
        connect(m_next, &QAbstractButton::clicked, this, [this] {
            wipe();
            Q_EMIT leaveRequested();
        });
        break;
    }
    }
    footer().setPrimary(m_next);
}

QWidget* CheckSheetView::initialFocus()
{
    switch (m_phase) {
    case Phase::Set:
        return m_next && m_next->isEnabled() ? static_cast<QWidget*>(m_next) : m_set->firstField();
    case Phase::Curtain:
        return m_curtain->initialFocus();
    case Phase::Entry:
        return m_sheet->firstField();
    case Phase::Judging:
    case Phase::Answer:
        break;
    }
    return nullptr;
}

/// A companion chosen in the folder of its ceremony brings the record along.
void CheckSheetView::lookForRecord()
{
    m_recordFolder.clear();
    m_record->setChecked(false);
    m_record->hide();
    const QString folder = m_set->folder();
    if (folder.isEmpty())
        return;
    const QString set = m_set->chosen()->set;
    onDone(ceremony::inBackground(*QThreadPool::globalInstance(),
               [folder, set] { return ceremony::ceremonyThatNotes(folder, set); }),
        this, [this, folder, set](const QFuture<std::optional<QString>>& done) {
            const std::optional<QString> id = done.result();
            if (!id || m_set->folder() != folder || m_set->chosen()->set != set)
                return;
            m_recordFolder = folder;
            m_record->setText(
                tr("&Note the check in the record of ceremony %1: share ID and result, no value")
                    .arg(ltr(*id)));
            m_record->setVisible(m_phase == Phase::Set);
        });
}

void CheckSheetView::noteInRecord(dkek::SheetVerdict verdict)
{
    using ceremony::SheetFinding;
    const SheetFinding finding = verdict == dkek::SheetVerdict::Right ? SheetFinding::Right
        : verdict == dkek::SheetVerdict::Wrong                        ? SheetFinding::Wrong
                                                                      : SheetFinding::Undecided;
    const ceremony::SheetChecked event{ m_set->chosen()->set, m_sheet->id(), finding };
    const int check = m_check;
    onDone(ceremony::inBackground(*QThreadPool::globalInstance(),
               [folder = m_recordFolder, event] {
                   return ceremony::noteSheetCheck(folder, event, systemClock());
               }),
        this, [this, check](const QFuture<Status>& done) {
            if (check != m_check)
                return; // covered meanwhile
            const Status noted = done.result();
            m_note->setKind(noted ? Note::Kind::Ok : Note::Kind::Warn);
            say(noted ? tr("The check is noted in the record of the ceremony.")
                      : tr("The check could not be noted in the record: %1.")
                            .arg(errorSentence(noted.error())));
        });
}

void CheckSheetView::lift()
{
    const dkek::Companion& set = *m_set->chosen();
    m_sheet = new SheetEntry(set.prime, set.scheme ? tr("From the companion") : tr("As you typed it"),
        set.scheme ? set.scheme->total : kMostShares, frame().content());
    m_entrySlot->addWidget(m_sheet);
    connect(m_sheet, &SheetEntry::changed, this, [this] {
        if (m_phase == Phase::Entry && m_next)
            m_next->setEnabled(m_sheet->complete());
    });
    m_concealed = false;
    show(Phase::Entry);
}

void CheckSheetView::wipe()
{
    ++m_check;
    m_right = false;
    m_answer->clear();
    m_note->hide();
    if (!m_sheet)
        return;
    m_sheet->disconnect(this);
    m_sheet->clear();
    m_sheet->hide();
    m_sheet->deleteLater(); // it may be in the middle of a call
    m_sheet = nullptr;
}

void CheckSheetView::cover()
{
    if (m_phase == Phase::Set || m_phase == Phase::Curtain)
        return;
    wipe();
    show(Phase::Curtain);
}

void CheckSheetView::goBack()
{
    switch (m_phase) {
    case Phase::Set:
        Q_EMIT leaveRequested();
        break;
    case Phase::Curtain:
        show(Phase::Set);
        break;
    case Phase::Entry:
    case Phase::Judging:
    case Phase::Answer:
        cover();
        break;
    }
}

void CheckSheetView::setConcealed(bool concealed)
{
    m_concealed = concealed;
    m_sheet->setConcealed(concealed);
    m_conceal->setText(concealed ? tr("Sh&ow what I type") : tr("H&ide what I type"));
}

void CheckSheetView::check()
{
    const dkek::Companion& set = *m_set->chosen();
    dkek::TypedSheet typed{ .prime = set.prime,
        .verifiers = set.verifiers,
        .share = m_sheet->share(),
        .rowsFit = m_sheet->hasCheckPairs(),
        .checkCode = m_sheet->checkCode() };
    m_answer->showProgress();
    show(Phase::Judging);
    const int check = ++m_check;
    onDone(ceremony::inBackground(*QThreadPool::globalInstance(),
               [typed = std::move(typed)] { return dkek::judgeSheet(typed); }),
        this, [this, check](const QFuture<Result<dkek::SheetJudgement>>& done) {
            if (check == m_check)
                judged(done.result());
        });
}

void CheckSheetView::judged(const Result<dkek::SheetJudgement>& judgement)
{
    if (!judgement) {
        show(Phase::Entry);
        const ErrorText text = describeError(judgement.error());
        say(QStringList{ text.head, text.next.front() }.join(QLatin1Char('\n')));
        return;
    }
    m_right = judgement->verdict() == dkek::SheetVerdict::Right;
    m_answer->show(*m_set->chosen(), m_sheet->id(), *judgement);
    if (m_record->isChecked())
        noteInRecord(judgement->verdict());
    if (m_right)
        m_sheet->clear();
    show(Phase::Answer);
}

void CheckSheetView::say(const QString& text)
{
    m_note->setText(text);
    m_note->show();
}

void CheckSheetView::showHelp()
{
    showHelpTexts(tr("Check my sheet"),
        { tr("The check pairs judge each row as soon as it is typed. The check code judges the whole sheet "
             "for this set. For sets of 128 and 160 bits the companion file also has a verifier for each "
             "share."),
            tr("A row that does not fit its check pairs is shown at once. If it stands on the sheet like "
               "that, say that the sheet has no check pairs: the check code then judges the value alone."),
            tr("A companion file is not protected against changes. Whoever can alter it can make a right "
               "sheet look wrong, but cannot make a wrong check code fit.") });
}

} // namespace conclave::ui
