// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/pinspage.h"

#include "core/card/inputrules.h"
#include "core/ceremony/sopin.h"
#include "ui/pages/clearlayout.h"
#include "ui/pages/leaveout.h"
#include "ui/pages/secretentries.h"
#include "ui/pages/sopinhalves.h"
#include "ui/pages/sopintries.h"
#include "ui/pages/turncurtain.h"
#include "ui/shell/dialog.h"
#include "ui/text/errortext.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/secretfield.h"
#include "ui/widgets/secretview.h"
#include "ui/widgets/showbutton.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSpinBox>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {

constexpr int kSoPinDigits = 16;
constexpr int kLongestPin = 16;
constexpr int kShortestPin = 6;
constexpr int kUsualTries = 3;
constexpr int kSoPinTries = 15;
constexpr int kWithShow
    = 5; // shares of the width: a field with a button beside it holds as much as one without
constexpr int kWithoutShow = 4;

bool same(const SecretField& a, const SecretField& b)
{
    return SecretBytes(a.view()) == SecretBytes(b.view());
}

} // namespace

PinsPage::PinsPage(Ceremony& ceremony)
    : Page(ceremony)
    , m_phases(new QStackedLayout(this))
{
    m_phases->addWidget(makeCurtain());
    m_phases->addWidget(makeForm());
    m_phases->addWidget(makeSoPinView());
    m_phases->addWidget(makeSoPinProof());
    m_phases->addWidget(makePlace(m_halfCurtainPlace));
    m_phases->addWidget(makePlace(m_halfPlace));
}

QWidget* PinsPage::makePlace(QVBoxLayout*& layout)
{
    auto* place = new QWidget(this);
    layout = new QVBoxLayout(place);
    layout->setContentsMargins(0, 0, 0, 0);
    return place;
}

QWidget* PinsPage::makeCurtain()
{
    TurnCurtain::Words words;
    words.about = tr("Set the PINs · nothing secret is on this screen");
    words.who = roleName(Role::Officer, 1);
    words.others = tr("Please step up to the laptop. Everyone else, step back.");
    words.checks = { tr("The projector is off or blanked."), tr("No camera or person can see the screen.") };
    words.lift = tr("I am the Security officer. &Set the PINs");
    words.liftIcon = Icon::Lock;
    if (state().withBackup() && !state().pastNoReturn() && !state().first) {
        int people = 0;
        for (const ShareSet& set : state().sets)
            people += set.rule.people();
        words.below = state().passwordsOnly()
            ? tr("All %n password(s) are chosen and checked.", nullptr, people)
            : tr("All %n share(s) are out and checked.", nullptr, people);
    }
    m_curtain = new TurnCurtain(words, !state().pastNoReturn() || state().drill.cleaning, this);
    connect(m_curtain, &TurnCurtain::lifted, this, [this] { go(Phase::Form); });
    connect(m_curtain, &TurnCurtain::backRequested, this, &PinsPage::back);
    return m_curtain;
}

QWidget* PinsPage::makeForm()
{
    auto* form = new QWidget(this);
    auto* layout = new QVBoxLayout(form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k12);

    if (state().several) {
        for (const CeremonyState& device : state().devices) {
            if (device.stage == Stage::SettingPins && !device.refused())
                askForCurrentSoPin(device, form);
        }
    } else {
        askForCurrentSoPin(state(), form);
    }
    m_newSoPin = new SecretField(SecretField::Accept::Hex, kSoPinDigits, form);
    m_newSoPinAgain = new SecretField(SecretField::Accept::Hex, kSoPinDigits, form);
    m_wholeSoPin = new QWidget(form);
    auto* whole = new QVBoxLayout(m_wholeSoPin);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(space::k12);
    auto* soPins = new QHBoxLayout;
    soPins->setSpacing(space::k16);
    FormField* newSoPinField = secretFormField(tr("New &SO-PIN"), m_newSoPin, form);
    newSoPinField->setHint(tr("16 hex digits"));
    m_newSoPinAgainField = new FormField(tr("Type it &again"), m_newSoPinAgain, form);
    soPins->addWidget(newSoPinField, kWithShow);
    soPins->addWidget(m_newSoPinAgainField, kWithoutShow);
    whole->addLayout(soPins);
    auto* make = new QHBoxLayout;
    auto* makeButton = new Button(tr("&Make one for me"), Button::Look::Secondary, form);
    makeButton->setSmall(true);
    m_madeSoPin = new Label({}, Type::Body, Token::Ok, form);
    make->addWidget(makeButton);
    make->addWidget(m_madeSoPin, 1);
    whole->addLayout(make);
    layout->addWidget(m_wholeSoPin);
    m_halves = new SoPinHalves(state(), !m_currentSoPins.empty(), form);
    m_halves->setVisible(!state().several);
    layout->addWidget(m_halves);

    m_userPin = new SecretField(SecretField::Accept::Ascii, kLongestPin, form);
    m_userPinAgain = new SecretField(SecretField::Accept::Ascii, kLongestPin, form);
    m_userPinField = secretFormField(tr("User &PIN"), m_userPin, form);
    m_userPinField->setHint(tr("6 to 16 characters"));
    m_userPinAgainField = new FormField(tr("T&ype it again"), m_userPinAgain, form);
    auto* userPins = new QHBoxLayout;
    userPins->setSpacing(space::k16);
    userPins->addWidget(m_userPinField, kWithShow);
    userPins->addWidget(m_userPinAgainField, kWithoutShow);
    layout->addLayout(userPins);

    m_tries = new QSpinBox(form);
    m_tries->setRange(1, kUsualTries);
    m_tries->setValue(kUsualTries);
    m_label = new QLineEdit(state().settings ? state().settings->label : state().prepared->purpose, form);
    m_labelField = new FormField(tr("&Label"), m_label, form);
    auto* third = new QHBoxLayout;
    third->setSpacing(space::k16);
    third->addWidget(m_labelField, 1);
    third->addWidget(new FormField(tr("User PIN &retries"), m_tries, form), 1);
    layout->addLayout(third);
    m_unblocking = new QComboBox(form);
    for (const Unblocking choice : { Unblocking::Off, Unblocking::CounterOnly, Unblocking::NewPin })
        m_unblocking->addItem(unblockingName(choice), static_cast<int>(choice));
    m_unblocking->setCurrentIndex(static_cast<int>(Unblocking::CounterOnly));
    auto* unblockingField = new FormField(tr("&If the PIN is blocked"), m_unblocking, form);
    layout->addWidget(unblockingField);
    m_unblockingWords = new Label({}, Type::Hint, Token::Muted, form);
    layout->addWidget(m_unblockingWords);
    m_error = new Note(Note::Kind::Warn, {}, form);
    m_error->hide();
    layout->addWidget(m_error);
    layout->addStretch(1);

    // The device's label is shorter than a purpose may be.
    while (!card::checkLabel(m_label->text()) && !m_label->text().isEmpty())
        m_label->setText(m_label->text().chopped(1).trimmed());

    for (SecretField* field : secretFields()) {
        connect(field, &SecretField::changed, this, &PinsPage::judge);
        connect(field, &SecretField::refused, this, [this](const QString& reason) {
            m_error->setText(reason);
            m_error->show();
        });
    }
    connect(m_newSoPin, &SecretField::changed, this, [this] {
        if (!m_newSoPin->isEmpty())
            m_made.clear(); // typed after all
    });
    connect(m_label, &QLineEdit::textChanged, this, &PinsPage::judge);
    connect(m_unblocking, &QComboBox::currentIndexChanged, this, &PinsPage::judge);
    connect(makeButton, &QAbstractButton::clicked, this, &PinsPage::makeSoPin);
    connect(m_halves, &SoPinHalves::edited, this, &PinsPage::judge);
    connect(m_halves, &SoPinHalves::enterRequested, this, &PinsPage::nextHalf);
    judge();
    return form;
}

void PinsPage::askForCurrentSoPin(const CeremonyState& device, QWidget* form)
{
    if (!device.device->initialised && !device.erasedAt)
        return;
    const QString serial = device.device->serial;
    const int tries = device.device->soPinTries;
    auto* field = new SecretField(SecretField::Accept::Hex, kSoPinDigits, form);
    FormField* labelled = secretFormField(
        state().several ? tr("Current SO-PIN of %1").arg(ltr(serial)) : tr("C&urrent SO-PIN"), field, form);
    if (tries >= 0)
        labelled->setHint(
            tr("%n of %1 tries left. A wrong one costs a try.", nullptr, tries).arg(kSoPinTries));
    form->layout()->addWidget(labelled);
    if (const QString warning = soPinWarning(device.soPin); !warning.isEmpty())
        form->layout()->addWidget(new Note(Note::Kind::Warn, warning, form));
    auto* soPinTries = new SoPinTries(tries >= 0 ? std::optional(tries) : std::nullopt, form);
    form->layout()->addWidget(soPinTries);
    connect(soPinTries, &SoPinTries::edited, this, &PinsPage::judge);
    m_currentSoPins.push_back({ serial, field, labelled, soPinTries });
}

std::vector<SecretField*> PinsPage::secretFields() const
{
    std::vector<SecretField*> fields{ m_newSoPin, m_newSoPinAgain, m_userPin, m_userPinAgain };
    for (const CurrentSoPin& current : m_currentSoPins)
        fields.push_back(current.field);
    return fields;
}

QWidget* PinsPage::makeSoPinView()
{
    auto* view = new QWidget(this);
    auto* layout = new QVBoxLayout(view);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    auto* card = new Card(tr("New SO-PIN"), view);
    m_soPinView = new SecretView(card);
    card->body()->addWidget(m_soPinView);
    layout->addWidget(card);
    layout->addWidget(
        new Label(tr("Pairs use only 0–9 and a–f. A zero has a stroke: 0. The letter O is never used."),
            Type::Hint, Token::Muted, view));
    layout->addStretch(1);
    return view;
}

QWidget* PinsPage::makeSoPinProof()
{
    auto* proof = new QWidget(this);
    auto* layout = new QVBoxLayout(proof);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    m_soPinProof = new SecretField(SecretField::Accept::Hex, kSoPinDigits, proof);
    layout->addWidget(secretFormField(tr("New &SO-PIN"), m_soPinProof, proof));
    m_proofNote = new Note(Note::Kind::Warn, {}, proof);
    m_proofNote->hide();
    layout->addWidget(m_proofNote);
    layout->addStretch(1);
    connect(m_soPinProof, &SecretField::changed, this, &PinsPage::judge);
    return proof;
}

QString PinsPage::title() const
{
    switch (m_phase) {
    case Phase::ShowSoPin:
        return tr("Write down the SO-PIN");
    case Phase::ProveSoPin:
        return tr("Type the SO-PIN back");
    case Phase::HalfCurtain:
    case Phase::HalfEntry:
        return tr("Type your half of the SO-PIN");
    default:
        return tr("Set the PINs");
    }
}

QString PinsPage::lead() const
{
    switch (m_phase) {
    case Phase::ShowSoPin:
        return tr("Copy it onto paper. On the next screen you type it back from the paper.");
    case Phase::ProveSoPin:
        return tr("Read it from your note, not from memory.");
    case Phase::HalfCurtain:
    case Phase::HalfEntry:
        return tr("The other half is never shown to you, nor yours to anybody.");
    default:
        if (state().several && state().pastNoReturn())
            return tr("These are for the devices that are not complete. Take the user PIN that the others "
                      "have. Neither PIN is ever shown or recorded.");
        if (state().several)
            return tr(
                "All devices of this ceremony get the same SO-PIN, user PIN and label. Neither PIN is ever "
                "shown or recorded.");
        return tr("The SO-PIN initialises the device, the user PIN uses its keys. Neither is ever shown or "
                  "recorded.");
    }
}

RoleBanner::Content PinsPage::banner() const
{
    RoleBanner::Content content = officerActs(tr("Only the PINs are typed now."));
    if (m_phase == Phase::HalfEntry)
        content.who = halfActor();
    content.othersIcon = Icon::EyeOff;
    content.othersStrong = tr("Everyone else: look away.");
    return content;
}

QString PinsPage::railSubline() const
{
    return tr("PINs and label");
}

QString PinsPage::help() const
{
    return tr("Nothing is sent to the device on this page. The PINs are kept in protected memory until the "
              "device is "
              "initialised, and typed again after a pause.");
}

void PinsPage::fillFooter(FooterBar& footer)
{
    m_footer = &footer;
    if (coversAll())
        return;
    Button* coverNow = footer.addStart(new Button(tr("&Cover now"), Button::Look::Secondary));
    coverNow->setIcon(icon(Icon::EyeOff));
    coverNow->setShortcutHint(tr("Esc"));
    connect(coverNow, &QAbstractButton::clicked, this, &PinsPage::cover);
    switch (m_phase) {
    case Phase::Curtain:
    case Phase::HalfCurtain:
        break;
    case Phase::HalfEntry:
        m_next = footer.addEnd(new Button(tr("&Hand it in"), Button::Look::Primary));
        connect(m_next, &QAbstractButton::clicked, this, &PinsPage::handInHalf);
        break;
    case Phase::Form:
        if (state().mayFinishDevices())
            footer.addStart(leaveOutButton(this, ceremony()));
        m_next = footer.addEnd(new Button(tr("C&ontinue"), Button::Look::Primary));
        connect(m_next, &QAbstractButton::clicked, this, &PinsPage::submit);
        break;
    case Phase::ShowSoPin:
        m_next = footer.addEnd(new Button(tr("I have noted it. C&heck it"), Button::Look::Primary));
        connect(m_next, &QAbstractButton::clicked, this, [this] { go(Phase::ProveSoPin); });
        break;
    case Phase::ProveSoPin: {
        Button* again = footer.addStart(new Button(tr("Sho&w it again"), Button::Look::Secondary));
        connect(again, &QAbstractButton::clicked, this, [this] { go(Phase::ShowSoPin); });
        m_next = footer.addEnd(new Button(tr("Co&nfirm"), Button::Look::Primary));
        connect(m_next, &QAbstractButton::clicked, this, [this] {
            m_madeProven = SecretBytes(m_soPinProof->view()) == m_made;
            m_soPinProof->clear();
            m_proofNote->setText(tr("This is not the SO-PIN that was shown. Look at your note."));
            m_proofNote->setVisible(!m_madeProven);
            if (m_madeProven)
                go(Phase::Form);
        });
        break;
    }
    }
    footer.setPrimary(m_next);
    judge();
}

void PinsPage::go(Phase phase)
{
    m_phase = phase;
    m_soPinView->clear();
    m_soPinProof->clear();
    if (m_half && phase != Phase::HalfEntry) {
        m_half->disconnect(this);
        m_half->clear();
        m_half = nullptr;
        clearLayout(*m_halfPlace);
    }
    if (phase == Phase::ShowSoPin)
        m_soPinView->show(m_made.clone());
    m_next = nullptr;
    m_phases->setCurrentIndex(static_cast<int>(phase));
    Q_EMIT phaseChanged();
}

void PinsPage::leave()
{
    for (SecretField* field : secretFields())
        field->clear();
    m_soPinProof->clear();
    m_soPinView->clear();
    m_made.clear();
    m_madeProven = false;
    m_halves->wipe();
    if (m_half)
        m_half->clear();
}

QWidget* PinsPage::initialFocus()
{
    switch (m_phase) {
    case Phase::Curtain:
        return m_curtain->initialFocus();
    case Phase::HalfCurtain:
        return m_halfCurtain->initialFocus();
    case Phase::HalfEntry:
        return m_half->firstField();
    case Phase::Form:
        if (!m_currentSoPins.empty() && !m_halves->chosen().soPin && !m_madeProven)
            return m_currentSoPins.front().field;
        return m_madeProven || m_halves->chosen().newSoPin ? m_userPin : m_newSoPin;
    case Phase::ShowSoPin:
        return nullptr;
    case Phase::ProveSoPin:
        return m_soPinProof;
    }
    return nullptr;
}

void PinsPage::cover()
{
    if (coversAll())
        return;
    if (m_phase == Phase::HalfEntry) {
        nextHalf(); // the same person's again
        return;
    }
    // What was typed stays in its fields, dotted and behind the curtain; what was shown is gone.
    m_curtain->untick();
    if (!m_madeProven)
        m_made.clear();
    go(Phase::Curtain);
}

void PinsPage::back()
{
    if (state().drill.cleaning) {
        static_cast<void>(ceremony().goBack(BackTarget::Cleaning));
    } else if (state().first) {
        if (!state().pastNoReturn())
            static_cast<void>(ceremony().goBack(BackTarget::Device));
    } else if (!state().pastNoReturn())
        ask(this, ceremony().rehearsal(), tr("Choose the scheme again?"),
            state().withBackup()
                ? tr("All shares of this round become void. Destroy the sheets already written.")
                : tr("Nothing on the device has changed."),
            tr("&Keep going"), tr("&Go back"),
            [this] { static_cast<void>(ceremony().goBack(BackTarget::Scheme)); });
}

void PinsPage::makeSoPin()
{
    Result<SecretBytes> made = makeRandomSoPin();
    if (!made) {
        m_error->setText(errorSentence(made.error()));
        m_error->show();
        return;
    }
    m_newSoPin->clear();
    m_newSoPinAgain->clear();
    m_made = std::move(*made);
    m_madeProven = false;
    go(Phase::ShowSoPin);
}

QString PinsPage::halfActor() const
{
    const SoPinHalf actor = m_halves->actor();
    return actorName(state(), actor.role, actor.number);
}

/// The curtain of whose half is next; after the second the officer's.
void PinsPage::nextHalf()
{
    m_curtain->untick();
    const std::optional<PinTurn> turn = m_halves->turn();
    if (!turn) {
        go(Phase::Curtain);
        return;
    }
    TurnCurtain::Words words = curtainWords(turn->actor, state().device->serial);
    words.who = halfActor();
    words.lift = tr("I am %1. &Type my half").arg(words.who);
    clearLayout(*m_halfCurtainPlace);
    m_halfCurtain = new TurnCurtain(words, true, this);
    m_halfCurtainPlace->addWidget(m_halfCurtain);
    connect(m_halfCurtain, &TurnCurtain::lifted, this, &PinsPage::liftHalf);
    connect(m_halfCurtain, &TurnCurtain::backRequested, this, [this] {
        m_halves->wipe();
        go(Phase::Curtain);
    });
    go(Phase::HalfCurtain);
}

void PinsPage::liftHalf()
{
    m_half = new SecretEntries(entriesOf(*m_halves->turn(), kShortestPin), this);
    m_halfPlace->addWidget(m_half);
    m_halfPlace->addStretch(1);
    connect(m_half, &SecretEntries::edited, this, &PinsPage::judge);
    go(Phase::HalfEntry);
}

void PinsPage::handInHalf()
{
    m_halves->take(*m_half);
    nextHalf();
}

void PinsPage::judge()
{
    const auto digits = static_cast<std::size_t>(kSoPinDigits);
    const bool made = !m_made.empty() && m_madeProven;
    const InHalves halves = m_halves->chosen();
    m_wholeSoPin->setVisible(!halves.newSoPin);
    for (const CurrentSoPin& current : m_currentSoPins)
        current.labelled->setVisible(!halves.soPin);
    m_newSoPinAgainField->setVisible(!made);
    m_madeSoPin->setText(made ? tr("Made, noted and typed back.") : QString());
    const bool soPinDiffers = m_newSoPinAgain->length() == digits && !same(*m_newSoPin, *m_newSoPinAgain);
    m_newSoPinAgainField->setError(soPinDiffers ? tr("The two differ.") : QString());

    const std::size_t length = m_userPin->length();
    m_tries->setMaximum(length < kShortestPin ? kUsualTries : card::mostPinTries(length));
    m_userPinField->setHint(length == kLongestPin ? tr("Some programs accept only 15.")
                                                  : tr("6 to 16 characters · %1 typed").arg(length));
    const bool userPinDiffers
        = m_userPinAgain->length() >= length && length > 0 && !same(*m_userPin, *m_userPinAgain);
    m_userPinAgainField->setError(userPinDiffers ? tr("The two differ.") : QString());

    m_labelField->setError(card::checkLabel(m_label->text().trimmed())
            ? QString()
            : tr("1 to 32 characters; letters outside ASCII count more."));
    switch (static_cast<Unblocking>(m_unblocking->currentData().toInt())) {
    case Unblocking::Off:
        m_unblockingWords->setText(
            tr("A blocked user PIN stays blocked; the keys can then be used only after a restore."));
        break;
    case Unblocking::CounterOnly:
        m_unblockingWords->setText(
            tr("The SO-PIN gives new tries, but cannot learn or replace the user PIN."));
        break;
    case Unblocking::NewPin:
        m_unblockingWords->setText(tr("Whoever has the SO-PIN can set a new user PIN and so use the keys."));
        break;
    }
    if (!m_next)
        return;
    switch (m_phase) {
    case Phase::Curtain:
    case Phase::HalfCurtain:
    case Phase::ShowSoPin:
        break;
    case Phase::HalfEntry:
        m_next->setEnabled(m_half && m_half->complete());
        break;
    case Phase::ProveSoPin:
        m_next->setEnabled(m_soPinProof->length() == digits);
        break;
    case Phase::Form: {
        const bool current = std::ranges::all_of(m_currentSoPins, [&](const CurrentSoPin& each) {
            return each.tries->confirmed() && (halves.soPin || each.field->length() == digits);
        });
        const bool fresh = halves.newSoPin || made
            || (m_newSoPin->length() == digits && same(*m_newSoPin, *m_newSoPinAgain));
        m_next->setEnabled(fresh && current && m_halves->complete() && length >= kShortestPin
            && same(*m_userPin, *m_userPinAgain) && card::checkLabel(m_label->text().trimmed()).has_value());
        break;
    }
    }
}

void PinsPage::submit()
{
    PinSettings settings;
    const InHalves halves = m_halves->chosen();
    if (halves.soPin) {
        settings.currentSoPin = SecretBytes(m_halves->soPin());
        settings.currentSoPinHalves = m_halves->people();
    } else {
        for (const CurrentSoPin& current : m_currentSoPins) {
            if (state().several)
                settings.currentSoPins[current.serial] = SecretBytes(current.field->view());
            else
                settings.currentSoPin = SecretBytes(current.field->view());
        }
    }
    if (halves.newSoPin) {
        settings.newSoPin = SecretBytes(m_halves->newSoPin());
        settings.soPinHalves = m_halves->people();
        settings.conflictsAccepted = m_halves->conflictsAccepted();
    } else {
        settings.soPinMade = !m_made.empty() && m_madeProven;
        settings.newSoPin = settings.soPinMade ? m_made.clone() : SecretBytes(m_newSoPin->view());
    }
    settings.userPin = SecretBytes(m_userPin->view());
    settings.userPinTries = m_tries->value();
    settings.unblocking = static_cast<Unblocking>(m_unblocking->currentData().toInt());
    settings.label = m_label->text().trimmed();
    if (const Status set = ceremony().setPins(std::move(settings)); !set) {
        m_error->setText(errorSentence(set.error()));
        m_error->show();
    }
}

} // namespace conclave::ui
