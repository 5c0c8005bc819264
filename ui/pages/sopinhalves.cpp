// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/sopinhalves.h"

#include "core/ceremony/custodyrules.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/tick.h"

#include <QComboBox>
#include <QVBoxLayout>

namespace conclave::ui {

using namespace ceremony;

namespace {

// What each choice has in its data.
constexpr int kCurrent = 1;
constexpr int kNew = 2;

} // namespace

SoPinHalves::SoPinHalves(const CeremonyState& state, bool withCurrent, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_how(new QComboBox(this))
    , m_who(new QWidget(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k12);
    m_how->setObjectName(QStringLiteral("soPinHalves"));
    m_how->addItem(tr("By one officer"), 0);
    if (withCurrent) {
        m_how->addItem(tr("The new one in two halves, by two officers"), kNew);
        m_how->addItem(tr("The current one in two halves, by two officers"), kCurrent);
        m_how->addItem(tr("Both in two halves, by two officers"), kCurrent | kNew);
    } else {
        m_how->addItem(tr("In two halves, by two officers"), kNew);
    }
    layout->addWidget(new FormField(tr("&How the SO-PIN is entered"), m_how, this));

    auto* who = new QHBoxLayout(m_who);
    who->setContentsMargins(0, 0, 0, 0);
    who->setSpacing(space::k16);
    for (QComboBox*& person : m_people) {
        person = new QComboBox(m_who);
        person->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        for (const ParticipantNamed& participant : state.participants)
            person->addItem(actorName(state, participant.role, participant.number));
    }
    for (const ParticipantNamed& participant : state.participants)
        m_participants.push_back({ participant.role, participant.number });
    m_people[0]->setObjectName(QStringLiteral("firstHalf"));
    m_people[1]->setObjectName(QStringLiteral("secondHalf"));
    m_people[1]->setCurrentIndex(m_participants.size() > 1 ? 1 : 0);
    who->addWidget(new FormField(tr("&First half by"), m_people[0], m_who), 1);
    m_secondField = new FormField(tr("Secon&d half by"), m_people[1], m_who);
    who->addWidget(m_secondField, 1);
    auto* enter = new QVBoxLayout;
    enter->addStretch(1);
    m_enter = new Button(tr("E&nter the halves"), Button::Look::Secondary, m_who);
    enter->addWidget(m_enter);
    who->addLayout(enter);
    layout->addWidget(m_who);
    m_conflict = new Note(Note::Kind::Warn, {}, this);
    layout->addWidget(m_conflict);
    m_conflictAccepted = new Tick(tr("Go on all the same. It goes on record."), this);
    layout->addWidget(m_conflictAccepted);
    m_stands = new Label({}, Type::Body, Token::Muted, this);
    layout->addWidget(m_stands);
    for (QComboBox* box : { m_how, m_people[0], m_people[1] })
        connect(box, &QComboBox::currentIndexChanged, this, &SoPinHalves::change);
    connect(m_conflictAccepted, &QAbstractButton::toggled, this, [this] {
        render();
        Q_EMIT edited();
    });
    connect(m_enter, &QAbstractButton::clicked, this, [this] {
        wipe();
        Q_EMIT enterRequested();
    });
    render();
}

InHalves SoPinHalves::chosen() const
{
    const int choice = m_how->currentData().toInt();
    return { (choice & kCurrent) != 0, (choice & kNew) != 0 };
}

bool SoPinHalves::namesTwo() const
{
    return m_people[0]->currentIndex() >= 0 && m_people[1]->currentIndex() >= 0
        && m_people[0]->currentIndex() != m_people[1]->currentIndex();
}

std::vector<SoPinHalf> SoPinHalves::people() const
{
    return { m_participants.at(static_cast<std::size_t>(m_people[0]->currentIndex())),
        m_participants.at(static_cast<std::size_t>(m_people[1]->currentIndex())) };
}

bool SoPinHalves::complete() const
{
    return !chosen().any() || (mayEnter() && !turn());
}

bool SoPinHalves::conflictsAccepted() const
{
    return m_conflictAccepted->isChecked();
}

bool SoPinHalves::mayEnter() const
{
    return namesTwo() && (m_conflict->text().isEmpty() || m_conflictAccepted->isChecked());
}

std::optional<PinTurn> SoPinHalves::turn() const
{
    const auto turns = halfTurns(chosen());
    return m_turn < turns.size() ? std::optional(turns[m_turn]) : std::nullopt;
}

void SoPinHalves::take(SecretEntries& typed)
{
    collect(*turn(), typed, m_entries);
    ++m_turn;
    render();
}

void SoPinHalves::wipe()
{
    m_entries = {};
    m_turn = 0;
    render();
}

/// What was handed in was so under another choice, or by somebody else.
void SoPinHalves::change()
{
    m_conflictAccepted->setChecked(false); // others were accepted
    wipe();
    Q_EMIT edited();
}

void SoPinHalves::render()
{
    const bool any = chosen().any();
    QStringList conflicts;
    if (chosen().newSoPin && namesTwo()) {
        for (const CustodyRuleOverridden& conflict : custodyConflicts(m_state, people()))
            conflicts << custodyWarning(conflict);
    }
    m_conflict->setText(conflicts.join(QLatin1Char('\n')));
    m_conflict->setVisible(!conflicts.isEmpty());
    m_conflictAccepted->setVisible(!conflicts.isEmpty());
    m_who->setVisible(any);
    m_stands->setVisible(any);
    m_enter->setEnabled(mayEnter());
    m_secondField->setError(namesTwo() ? QString() : tr("Name two different people."));
    const bool entered = any && complete();
    m_stands->setToken(entered ? Token::Ok : Token::Muted);
    m_stands->setText(entered
            ? tr("Both halves are entered. Neither of the two has seen the other’s.")
            : tr("Each steps up alone, and types 8 of the 16 digits. The record says who, and no digit."));
}

} // namespace conclave::ui
