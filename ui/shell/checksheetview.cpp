// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/checksheetview.h"

#include "core/ceremony/background.h"
#include "core/device/ondone.h"
#include "ui/pages/setchoice.h"
#include "ui/pages/sheetanswer.h"
#include "ui/pages/sheetentry.h"
#include "ui/pages/ticklist.h"
#include "ui/shell/curtainrules.h"
#include "ui/shell/dialog.h"
#include "ui/shell/onlookerline.h"
#include "ui/text/errortext.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/buttonrow.h"
#include "ui/widgets/curtainview.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/rolebanner.h"
#include "ui/widgets/tick.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

namespace {

constexpr int kCompactWidth = 1000;
constexpr int kCompactHeight = 640;
constexpr int kContentWidth = 800;
constexpr int kSidePadding = 32;
constexpr int kTopPadding = 22;
constexpr int kCurtainButtonHeight = 52;
constexpr int kMostShares = 99; ///< where no companion says how many there are

} // namespace

CheckSheetView::CheckSheetView(const QString& recordsFolder, bool rehearsal, QWidget* parent)
    : QWidget(parent)
    , m_rehearsal(rehearsal)
    , m_rules(new CurtainRules(this))
{
    m_layers = new QStackedLayout(this);
    m_frame = new QWidget(this);
    m_curtain = new CurtainView(this);
    m_layers->addWidget(m_frame);
    m_layers->addWidget(m_curtain);
    buildFrame(recordsFolder);
    buildCurtain();
    connect(m_rules, &CurtainRules::peopleMayHaveChanged, this, &CheckSheetView::cover);
    connect(m_rules, &CurtainRules::nobodyActs, this, &CheckSheetView::cover);
    show(Phase::Set);
}

void CheckSheetView::buildFrame(const QString& recordsFolder)
{
    m_banner = new RoleBanner(m_frame);
    m_footer = new FooterBar(m_frame);
    m_scroll = new QScrollArea(m_frame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto* canvas = new QWidget(m_scroll);
    auto* sides = new QHBoxLayout(canvas);
    sides->setContentsMargins(kSidePadding, kTopPadding, kSidePadding, kTopPadding);
    auto* content = new QWidget(canvas);
    content->setMaximumWidth(kContentWidth);
    sides->addStretch(1);
    sides->addWidget(content, kContentWidth);
    sides->addStretch(1);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_title = new Label({}, Type::Title, Token::Text, content);
    m_lead = new Label({}, Type::Lead, Token::Muted, content);
    m_set = new SetChoice(recordsFolder, content);
    m_entrySlot = new QVBoxLayout;
    m_answer = new SheetAnswer(content);
    m_note = new Note(Note::Kind::Warn, {}, content);
    m_note->hide();
    column->addWidget(m_title);
    column->addSpacing(space::k4);
    column->addWidget(m_lead);
    column->addSpacing(space::k16);
    column->addWidget(m_set);
    column->addLayout(m_entrySlot);
    column->addWidget(m_answer);
    column->addSpacing(space::k12);
    column->addWidget(m_note);
    column->addStretch(1);
    m_scroll->setWidget(canvas);
    auto* down = new QVBoxLayout(m_frame);
    down->setContentsMargins(0, 0, 0, 0);
    down->setSpacing(0);
    down->addWidget(m_banner);
    down->addWidget(m_scroll, 1);
    down->addWidget(m_footer);
    connect(m_set, &SetChoice::changed, this, [this] {
        if (m_phase != Phase::Set || !m_next)
            return;
        m_next->setEnabled(m_set->chosen().has_value());
        if (m_set->chosen() && m_set->chosen()->scheme)
            takeFocus(); // the prime may still be typed on
    });
}

void CheckSheetView::buildCurtain()
{
    auto* words = new QVBoxLayout;
    words->setSpacing(space::k4);
    words->addWidget(new Label(
        tr("Check my sheet · nothing secret is on this screen"), Type::Body, Token::CurtainText, m_curtain));
    words->addWidget(new Label(tr("One custodian, alone"), Type::CurtainName, Token::CurtainText, m_curtain));
    words->addWidget(new Label(tr("Everyone else, step back. Nobody needs to help."), Type::RoleName,
        Token::CurtainText, m_curtain));
    m_curtain->body()->addLayout(words);
    auto* list
        = new TickList({ tr("The projector is off or blanked."),
                           tr("No camera or person can see the screen."), tr("My sheet is in front of me.") },
            m_curtain);
    m_ticks = list->ticks();
    m_curtain->body()->addWidget(list);
    m_curtain->body()->addWidget(new OnlookerLine(m_curtain));
    m_lift = new Button(tr("I am alone. &Type my sheet"), Button::Look::OnCurtain, m_curtain);
    m_lift->setIcon(icon(Icon::Eye, Token::CurtainTop));
    m_lift->setMinimumHeight(kCurtainButtonHeight);
    auto* other = new Button(tr("&Back"), Button::Look::CurtainSecondary, m_curtain);
    other->setMinimumHeight(kCurtainButtonHeight);
    auto* buttons = new ButtonRow(m_curtain);
    buttons->add(m_lift);
    buttons->add(other);
    m_curtain->body()->addWidget(buttons);
    m_curtain->body()->addWidget(
        new Label(tr("What you type is combined with nothing and kept nowhere. It is wiped when the curtain "
                     "drops: when you leave, press Esc, use another window, or type nothing for a minute."),
            Type::Body, Token::CurtainText, m_curtain));
    connect(m_lift, &QAbstractButton::clicked, this, &CheckSheetView::lift);
    connect(other, &QAbstractButton::clicked, this, &CheckSheetView::goBack);
    for (Tick* tick : m_ticks)
        connect(tick, &QAbstractButton::toggled, this, &CheckSheetView::judgeTicks);
    judgeTicks();
}

void CheckSheetView::enter()
{
    takeFocus();
}

void CheckSheetView::show(Phase phase)
{
    m_phase = phase;
    if (phase == Phase::Curtain) {
        for (Tick* tick : m_ticks)
            tick->setChecked(false);
    }
    m_layers->setCurrentWidget(phase == Phase::Curtain ? static_cast<QWidget*>(m_curtain) : m_frame);
    m_set->setVisible(phase == Phase::Set);
    if (m_sheet)
        m_sheet->setVisible(phase == Phase::Entry);
    m_answer->setVisible(phase == Phase::Judging || phase == Phase::Answer);
    m_note->hide();
    showWords();
    fillFooter();
    m_scroll->verticalScrollBar()->setValue(0);
    m_rules->restart();
    takeFocus();
    QAccessibleEvent announced(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&announced);
}

void CheckSheetView::showWords()
{
    RoleBanner::Content banner;
    banner.who = tr("A custodian");
    if (m_phase == Phase::Set) {
        m_title->setText(tr("Check my sheet"));
        m_lead->setText(
            tr("Type one sheet and see whether it is right. Nothing is combined, nothing is kept, "
               "and no device is needed."));
        banner.others = tr("No secret is entered yet.");
    } else {
        m_title->setText(m_phase == Phase::Answer ? tr("What your sheet says") : tr("Type your sheet"));
        m_lead->setText(m_phase == Phase::Answer
                ? tr("Only the share ID is on this screen, no value.")
                : tr("Read it from your sheet, pair by pair. Colons are added for you."));
        banner.othersIcon = Icon::EyeOff;
        banner.othersStrong = tr("Everyone else: look away.");
        banner.others = tr("Nothing is handed in.");
    }
    m_banner->setContent(banner);
    setAccessibleName(m_title->text());
    setAccessibleDescription(m_lead->text());
}

void CheckSheetView::fillFooter()
{
    m_footer->clear();
    m_conceal = nullptr;
    m_next = nullptr;
    switch (m_phase) {
    case Phase::Set: {
        Button* help = m_footer->addStart(new Button(tr("&Help"), Button::Look::Link));
        help->setShortcutHint(QStringLiteral("F1"));
        connect(help, &QAbstractButton::clicked, this, &CheckSheetView::showHelp);
        Button* back = m_footer->addEnd(new Button(tr("&Back"), Button::Look::Secondary));
        connect(back, &QAbstractButton::clicked, this, &CheckSheetView::goBack);
        m_next = m_footer->addEnd(new Button(tr("&Go on"), Button::Look::Primary));
        m_next->setEnabled(m_set->chosen().has_value());
        connect(m_next, &QAbstractButton::clicked, this, [this] { show(Phase::Curtain); });
        break;
    }
    case Phase::Curtain:
        break;
    case Phase::Entry: {
        Button* coverNow = m_footer->addStart(new Button(tr("Co&ver now"), Button::Look::Secondary));
        coverNow->setIcon(icon(Icon::EyeOff));
        coverNow->setShortcutHint(tr("Esc"));
        connect(coverNow, &QAbstractButton::clicked, this, &CheckSheetView::cover);
        m_conceal = m_footer->addStart(new Button({}, Button::Look::Link));
        connect(m_conceal, &QAbstractButton::clicked, this, [this] { setConcealed(!m_concealed); });
        setConcealed(m_concealed);
        Button* clear = m_footer->addEnd(new Button(tr("&Clear"), Button::Look::Secondary));
        connect(clear, &QAbstractButton::clicked, this, [this] {
            m_sheet->clear();
            m_note->hide();
        });
        m_next = m_footer->addEnd(new Button(tr("Chec&k this sheet"), Button::Look::Primary));
        m_next->setEnabled(m_sheet->complete());
        connect(m_next, &QAbstractButton::clicked, this, &CheckSheetView::check);
        break;
    }
    case Phase::Judging: {
        Button* stop = m_footer->addEnd(new Button(tr("&Stop"), Button::Look::Secondary));
        connect(stop, &QAbstractButton::clicked, this, &CheckSheetView::cover);
        break;
    }
    case Phase::Answer: {
        if (!m_right) {
            Button* again
                = m_footer->addEnd(new Button(tr("&Back to what I typed"), Button::Look::Secondary));
            connect(again, &QAbstractButton::clicked, this, [this] { show(Phase::Entry); });
        }
        m_next = m_footer->addEnd(new Button(tr("&Done"), Button::Look::Primary));
        connect(m_next, &QAbstractButton::clicked, this, [this] {
            wipe();
            Q_EMIT leaveRequested();
        });
        break;
    }
    }
    m_footer->setPrimary(m_next);
}

void CheckSheetView::takeFocus()
{
    QWidget* focus = m_next && m_next->isEnabled() ? m_next : nullptr;
    switch (m_phase) {
    case Phase::Set:
        if (!focus)
            focus = m_set->firstField();
        break;
    case Phase::Curtain: {
        const auto open = std::ranges::find_if(m_ticks, [](const Tick* tick) { return !tick->isChecked(); });
        focus = open == m_ticks.end() ? static_cast<QWidget*>(m_lift) : *open;
        break;
    }
    case Phase::Entry:
        focus = m_sheet->firstField();
        break;
    case Phase::Judging:
    case Phase::Answer:
        break;
    }
    if (focus)
        focus->setFocus(Qt::OtherFocusReason);
}

void CheckSheetView::judgeTicks()
{
    m_lift->setEnabled(std::ranges::all_of(m_ticks, [](const Tick* tick) { return tick->isChecked(); }));
}

void CheckSheetView::lift()
{
    const dkek::Companion& set = *m_set->chosen();
    m_sheet = new SheetEntry(set.prime, set.scheme ? tr("From the companion") : tr("As you typed it"),
        set.scheme ? set.scheme->total : kMostShares, m_frame);
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
        say(tr("%1. %2").arg(text.head, text.next.front()));
        return;
    }
    m_right = judgement->verdict() == dkek::SheetVerdict::Right;
    m_answer->show(*m_set->chosen(), m_sheet->id(), *judgement);
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
    auto* dialog = new Dialog(tr("Check my sheet"), m_rehearsal, this);
    dialog->body()->addWidget(new Label(
        tr("The check pairs judge each row as soon as it is typed. The check code judges the whole sheet for "
           "this set. For sets of 128 and 160 bits the companion file also has a verifier for each share."),
        Type::Body, Token::Text, dialog));
    dialog->body()->addWidget(new Label(
        tr("A row that does not fit its check pairs is shown at once. If it stands on the sheet like that, "
           "say that the sheet has no check pairs: the check code then judges the value alone."),
        Type::Body, Token::Text, dialog));
    dialog->body()->addWidget(new Label(
        tr("A companion file is not protected against changes. Whoever can alter it can make a right "
           "sheet look wrong, but cannot make a wrong check code fit."),
        Type::Body, Token::Muted, dialog));
    dialog->addReject(tr("&Close"));
    dialog->open();
}

void CheckSheetView::keyPressEvent(QKeyEvent* event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_phase != Phase::Curtain
        && m_next && m_next->isEnabled()) {
        m_next->click();
        return;
    }
    QWidget::keyPressEvent(event);
}

void CheckSheetView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool compact = width() < kCompactWidth || height() < kCompactHeight;
    m_banner->setCompact(compact);
    m_footer->setCompact(compact);
    m_title->setType(compact ? Type::CompactTitle : Type::Title);
}

} // namespace conclave::ui
