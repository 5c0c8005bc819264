// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/pinsview.h"

#include "core/card/inputrules.h"
#include "core/card/inspection.h"
#include "ui/pages/clearlayout.h"
#include "ui/pages/pinconfirm.h"
#include "ui/shell/curtainrules.h"
#include "ui/shell/screenframe.h"
#include "ui/text/pintext.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choicecard.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"

#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using card::PinObstacle;
using card::PinTask;
using card::PinVerdict;

namespace {

constexpr int kSoPinTries = 15;

/// The one of the two that this device could ever do is offered; the other says nothing to people.
bool isOffered(PinTask task, const card::DeviceStatus& status)
{
    const auto obstacle = card::obstacleTo(task, status);
    return obstacle != PinObstacle::TransportPinActive && obstacle != PinObstacle::NoTransportPin
        && (task != PinTask::ReplaceTransportPin || obstacle != PinObstacle::NotInitialised);
}

/// A device that is certainly not what it says is told no PIN.
Result<card::DeviceStatus> readGenuine(card::SmartCardHsm& hsm)
{
    const auto certificates = hsm.deviceCertificates();
    if (!certificates)
        return fail(certificates.error());
    if (card::judgeChain(*certificates, QDate::currentDate()).trust == card::Trust::Broken)
        return fail(ErrorKind::DeviceNotGenuine);
    return hsm.status();
}

} // namespace

PinsView::PinsView(device::ReaderSource& source, device::DeviceDirectory& directory, QWidget* parent)
    : DeviceErrand(source, directory, parent)
    , m_rules(new CurtainRules(this))
    , m_layout(new QVBoxLayout(own()))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::k12);
    connect(m_rules, &CurtainRules::peopleMayHaveChanged, this, &PinsView::cover);
    connect(m_rules, &CurtainRules::nobodyActs, this, &PinsView::cover);
    show(Stage::Choose);
}

QString PinsView::chooseButton(const QString& serial) const
{
    return serial.isEmpty() ? tr("&Use it") : tr("&Use %1").arg(serial);
}

DeviceErrand::Words PinsView::words() const
{
    Words shown;
    shown.others = tr("No PIN is entered yet.");
    if (m_phase == Phase::Result && (stage() == Stage::Working || stage() == Stage::Trouble)) {
        shown.title = pinTaskName(m_task);
        shown.lead = tr("This is no ceremony: nothing is recorded, and no PIN is kept.");
        shown.others = tr("No PIN is on this screen.");
        return shown;
    }
    if (stage() != Stage::Own) {
        shown.title = tr("PINs of a device");
        shown.lead = tr("Change a PIN, unblock the user PIN, take a device over. Keys stay as they are.");
        return shown;
    }
    switch (m_phase) {
    case Phase::Tasks:
        shown.title = tr("PINs of %1").arg(ltr(m_status.serial));
        shown.lead = tr("This is no ceremony: nothing is recorded, and no PIN is kept.");
        break;
    case Phase::Confirm:
    case Phase::Curtain:
        shown.title = pinTaskName(m_task);
        shown.lead = pinTaskSentence(m_task);
        break;
    case Phase::Entry:
        shown.title = pinTaskName(m_task);
        shown.lead = lastTurn() ? tr("Nothing is sent to the device before you press the button.")
                                : tr("Nothing is sent to the device before the next one has typed, too.");
        shown.who = actorName(turn().actor);
        shown.othersIcon = Icon::EyeOff;
        shown.othersStrong = tr("Everyone else: look away.");
        shown.others = tr("Only the PINs are typed now.");
        break;
    case Phase::Result:
        shown.title = pinTaskName(m_task);
        shown.lead = tr("As %1 shows it now. Nothing was recorded, and the program has forgotten the PINs.")
                         .arg(ltr(m_status.serial));
        shown.others = tr("No PIN is on this screen.");
        break;
    }
    return shown;
}

void PinsView::start()
{
    forget();
    work(tr("Reading the device"), &readGenuine, [this](const Result<card::DeviceStatus>& status) {
        if (status)
            wasRead(*status);
        else
            showTrouble(status.error(), tr("No PIN was sent to the device."), [this] { start(); });
    });
}

void PinsView::wasRead(const card::DeviceStatus& status)
{
    if (status.serial != m_status.serial || status.userPin.state != card::PinStatus::State::TransportPin)
        m_transportTries.reset();
    m_status = status;
    const std::optional<Unsettled> unsettled = std::exchange(m_unsettled, {});
    if (!unsettled || unsettled->before.serial != status.serial) {
        showTasks();
        return;
    }
    switch (card::settlePinTask(unsettled->task, unsettled->before, status)) {
    case PinVerdict::Done:
        m_task = unsettled->task;
        showResult();
        break;
    case PinVerdict::NotDone:
        showTasks(pinNotDoneSentence(unsettled->task));
        break;
    case PinVerdict::NotTried:
    case PinVerdict::Unclear:
        showTasks(pinUnclearSentence(unsettled->task));
        break;
    }
}

Facts* PinsView::facts()
{
    auto* facts = new Facts(own());
    facts->add(tr("Serial number"), ltr(m_status.serial), Type::Value);
    if (!m_status.label.isEmpty())
        facts->add(tr("Label"), m_status.label);
    facts->add(tr("SO-PIN tries left"), pinTries(m_status.soPin, kSoPinTries));
    facts->add(tr("User PIN tries left"), pinTries(m_status.userPin));
    return facts;
}

void PinsView::showTasks(const QString& warning)
{
    forget();
    enter(Phase::Tasks);
    if (!warning.isEmpty())
        m_layout->addWidget(new Note(Note::Kind::Warn, warning, own()));
    auto* card = new Card({}, own());
    card->body()->addWidget(facts());
    m_layout->addWidget(card);
    auto* group = new QWidget(own());
    auto* choices = new QVBoxLayout(group);
    choices->setContentsMargins(0, 0, 0, 0);
    choices->setSpacing(0); // the cards bring room for their focus ring
    m_layout->addWidget(group);
    for (const PinTask task : card::kAllPinTasks) {
        if (!isOffered(task, m_status))
            continue;
        const auto obstacle = card::obstacleTo(task, m_status);
        auto* choice = new ChoiceCard(
            pinTaskChoice(task), obstacle ? pinObstacleSentence(*obstacle) : pinTaskSentence(task), group);
        choice->setEnabled(!obstacle);
        choice->setProperty("task", static_cast<int>(task));
        connect(choice, &QAbstractButton::toggled, this, [this](bool chosen) {
            if (chosen && m_next)
                m_next->setEnabled(true);
        });
        m_choices.push_back(choice);
        choices->addWidget(choice);
    }
    show(Stage::Own);
}

void PinsView::choose(PinTask task)
{
    m_task = task;
    auto* confirm = new PinConfirm(task, m_status, triesLeft(), own());
    if (!confirm->needed()) {
        delete confirm;
        beginTurns({});
        return;
    }
    enter(Phase::Confirm);
    m_confirm = confirm;
    auto* card = new Card({}, own());
    card->body()->addWidget(facts());
    m_layout->addWidget(card);
    m_layout->addWidget(m_confirm);
    connect(m_confirm, &PinConfirm::edited, this, [this] {
        if (m_next)
            m_next->setEnabled(m_confirm->confirmed());
    });
    show(Stage::Own);
}

void PinsView::beginTurns(InHalves halves)
{
    m_entries = {};
    m_turns = pinTurns(m_task, halves);
    m_turn = 0;
    showCurtain();
}

void PinsView::showCurtain()
{
    enter(Phase::Curtain);
    m_curtain = new TurnCurtain(curtainWords(turn().actor, m_status.serial), true, this);
    connect(m_curtain, &TurnCurtain::lifted, this, &PinsView::lift);
    connect(m_curtain, &TurnCurtain::backRequested, this, &PinsView::goBack);
    setCurtain(m_curtain);
    show(Stage::Own, true);
}

void PinsView::lift()
{
    enter(Phase::Entry);
    m_typed = new SecretEntries(
        entriesOf(turn(), card::shortestUserPin(m_status.userPin.triesLeft.value_or(0))), own());
    m_layout->addWidget(m_typed);
    connect(m_typed, &SecretEntries::edited, this, [this] {
        if (m_next && m_typed)
            m_next->setEnabled(m_typed->complete());
    });
    m_rules->restart();
    show(Stage::Own);
}

void PinsView::handIn()
{
    collect(turn(), *m_typed, m_entries);
    if (lastTurn()) {
        perform();
        return;
    }
    ++m_turn;
    showCurtain();
}

void PinsView::perform()
{
    enter(Phase::Result);
    work(
        tr("The device compares the PIN"),
        [task = m_task, entries = std::exchange(m_entries, {}), confirmed = m_status](
            card::SmartCardHsm& hsm) { return card::performPinTask(hsm, task, entries, confirmed); },
        [this, confirmed = m_status](
            Result<card::PinResult> result) { answered(std::move(result), confirmed); });
}

void PinsView::answered(Result<card::PinResult> result, const card::DeviceStatus& confirmed)
{
    if (!result) {
        showTrouble(result.error(), tr("No PIN was sent to the device."), [this] { start(); });
        return;
    }
    if (result->after)
        m_status = *result->after;
    switch (result->verdict) {
    case PinVerdict::Done:
        showResult();
        break;
    case PinVerdict::NotDone:
        if (m_task == PinTask::ReplaceTransportPin)
            m_transportTries = result->error->triesLeft;
        if (const ErrorText text = describePinRefusal(m_task, *result->error, confirmed.options);
            card::leavesNoTries(*result->error))
            showEnd(text, [this] { start(); }); // to what the device allows now
        else
            showTrouble(text, [this] { start(); });
        break;
    case PinVerdict::NotTried:
        showTasks(tr("Meanwhile the device was used otherwise: its tries or options are no longer what was "
                     "shown. No PIN was sent. Look at them again."));
        break;
    case PinVerdict::Unclear:
        m_unsettled = Unsettled{ m_task, confirmed };
        showTrouble(describePinDoubt(m_task, result->error), [this] { start(); });
        break;
    }
}

void PinsView::showResult()
{
    enter(Phase::Result);
    m_layout->addWidget(new Note(Note::Kind::Ok, pinDoneSentence(m_task), own()));
    auto* card = new Card({}, own());
    card->body()->addWidget(facts());
    m_layout->addWidget(card);
    m_layout->addWidget(new Label(pinDoneNext(m_task), Type::Body, Token::Text, own()));
    show(Stage::Own);
}

void PinsView::forget()
{
    m_entries = {};
    m_turns.clear();
    m_turn = 0;
    if (m_typed)
        m_typed->clear();
}

/// Takes the screen before away.
void PinsView::enter(Phase phase)
{
    if (m_typed) {
        m_typed->disconnect(this);
        m_typed->clear();
    }
    m_typed = nullptr;
    m_choices.clear();
    m_confirm = nullptr;
    m_next = nullptr;
    m_phase = phase;
    clearLayout(*m_layout);
}

std::optional<int> PinsView::triesLeft() const
{
    return m_task == PinTask::ReplaceTransportPin ? m_transportTries : card::triesFor(m_task, m_status);
}

QString PinsView::nextButton() const
{
    if (!lastTurn())
        return tr("&Hand it in");
    switch (m_task) {
    case PinTask::ChangeUserPin:
    case PinTask::ChangeSoPin:
        return tr("&Change it");
    case PinTask::ReplaceTransportPin:
        return tr("Ta&ke it over");
    case PinTask::ResetCounter:
        return tr("&Give new tries");
    case PinTask::SetUserPin:
        return tr("S&et it");
    }
    return {};
}

void PinsView::fillOwnFooter()
{
    m_next = nullptr;
    if (m_phase == Phase::Curtain)
        return;
    if (m_phase == Phase::Entry) {
        Button* coverNow = footer().addStart(new Button(tr("Co&ver now"), Button::Look::Secondary));
        coverNow->setIcon(icon(Icon::EyeOff));
        coverNow->setShortcutHint(tr("Esc"));
        connect(coverNow, &QAbstractButton::clicked, this, &PinsView::cover);
        m_next = footer().addEnd(new Button(nextButton(), Button::Look::Primary));
        m_next->setEnabled(m_typed->complete());
        connect(m_next, &QAbstractButton::clicked, this, &PinsView::handIn);
        footer().setPrimary(m_next);
        return;
    }
    Button* help = footer().addStart(new Button(tr("&Help"), Button::Look::Link));
    help->setShortcutHint(QStringLiteral("F1"));
    connect(help, &QAbstractButton::clicked, this, &PinsView::showHelp);
    if (m_phase == Phase::Tasks) {
        Button* again = footer().addStart(new Button(tr("Loo&k again"), Button::Look::Secondary));
        again->setIcon(icon(Icon::Refresh));
        again->setShortcutHint(QStringLiteral("F5"));
        connect(again, &QAbstractButton::clicked, this, &PinsView::lookAgain);
    }
    m_back = footer().addEnd(
        new Button(m_phase == Phase::Result ? tr("&Something else") : tr("&Back"), Button::Look::Secondary));
    connect(m_back, &QAbstractButton::clicked, this, &PinsView::goBack);
    if (m_phase == Phase::Result) {
        m_next = footer().addEnd(new Button(tr("&Done"), Button::Look::Primary));
        connect(m_next, &QAbstractButton::clicked, this, &PinsView::leaveRequested);
    } else if (m_phase == Phase::Confirm) {
        m_next = footer().addEnd(new Button(tr("&Go on"), Button::Look::Primary));
        m_next->setEnabled(m_confirm->confirmed());
        connect(m_next, &QAbstractButton::clicked, this, [this] { beginTurns(m_confirm->halves()); });
    } else {
        m_next = footer().addEnd(new Button(tr("&Go on"), Button::Look::Primary));
        m_next->setEnabled(false);
        connect(m_next, &QAbstractButton::clicked, this, [this] {
            const auto chosen = std::ranges::find_if(
                m_choices, [](const ChoiceCard* choice) { return choice->isChecked(); });
            if (chosen != m_choices.end())
                choose(static_cast<PinTask>((*chosen)->property("task").toInt()));
        });
    }
    footer().setPrimary(m_next);
}

QWidget* PinsView::ownFocus()
{
    switch (m_phase) {
    case Phase::Tasks: {
        const auto open
            = std::ranges::find_if(m_choices, [](const ChoiceCard* choice) { return choice->isEnabled(); });
        return open == m_choices.end() ? static_cast<QWidget*>(m_back) : *open;
    }
    case Phase::Confirm:
        return m_confirm->firstField();
    case Phase::Curtain:
        return m_curtain->initialFocus();
    case Phase::Entry:
        return m_typed->firstField();
    case Phase::Result:
        break;
    }
    return nullptr;
}

void PinsView::cover()
{
    if (stage() == Stage::Own && m_phase == Phase::Entry)
        showCurtain();
}

void PinsView::lookAgain()
{
    if (stage() == Stage::Own && m_phase == Phase::Tasks)
        start();
    else
        DeviceErrand::lookAgain();
}

void PinsView::goBack()
{
    if (stage() != Stage::Own) {
        DeviceErrand::goBack();
        return;
    }
    switch (m_phase) {
    case Phase::Tasks:
        DeviceErrand::goBack();
        break;
    case Phase::Entry:
        cover();
        break;
    case Phase::Confirm:
    case Phase::Curtain:
    case Phase::Result:
        showTasks();
        break;
    }
}

void PinsView::showHelp()
{
    showHelpTexts(tr("PINs of a device"),
        { tr("The user PIN opens the keys. The SO-PIN initialises the device and, where the device allows "
             "it, "
             "unblocks the user PIN. What it allows was decided when it was initialised."),
            tr("A transport PIN is a user PIN that opens nothing until its holder has replaced it. Whoever "
               "prepares a device for somebody else initialises it so (option bit 02), and sends the "
               "transport PIN in a letter. Conclave does not initialise devices with one: a ceremony makes "
               "keys, and needs the user PIN for that. OpenSC’s sc-hsm-tool does not either; the maker’s "
               "Smart Card Shell does."),
            tr("No PIN is sent to the device unless the number of tries left was shown before. A new user "
               "PIN is tested by a login, a SO-PIN is never sent merely to test it.") });
}

} // namespace conclave::ui
