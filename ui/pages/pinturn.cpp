// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/pinturn.h"

#include "ui/text/words.h"

#include <QCoreApplication>

namespace conclave::ui {

using card::PinTask;
using Actor = PinTurn::Actor;
using Value = PinTurn::Value;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PinTurnWords)
};

constexpr std::size_t kLongestPin = 16;
constexpr std::size_t kShortestPin = 6;
constexpr std::size_t kSoPinDigits = 16;
constexpr std::size_t kHalfDigits = kSoPinDigits / 2;

SecretEntries::Entry userPin(const QString& label, std::size_t shortest)
{
    SecretEntries::Entry entry;
    entry.label = label;
    entry.hint = Words::tr("%1 to %2 characters").arg(shortest).arg(kLongestPin);
    entry.accept = SecretField::Accept::Ascii;
    entry.shortest = shortest;
    entry.longest = kLongestPin;
    return entry;
}

SecretEntries::Entry soPin(const QString& label)
{
    SecretEntries::Entry entry;
    entry.label = label;
    entry.hint = Words::tr("16 hex digits");
    entry.shortest = kSoPinDigits;
    entry.longest = kSoPinDigits;
    return entry;
}

SecretEntries::Entry soPinHalf(const QString& label, Actor actor)
{
    SecretEntries::Entry entry = soPin(label);
    entry.hint = actor == Actor::FirstOfficer ? Words::tr("The first 8 of the 16 hex digits")
                                              : Words::tr("The last 8 of the 16 hex digits");
    entry.shortest = kHalfDigits;
    entry.longest = kHalfDigits;
    return entry;
}

SecretEntries::Entry entryOf(Value value, Actor actor, std::size_t shortestUserPin)
{
    switch (value) {
    case Value::UserPin:
        return userPin(Words::tr("&Old user PIN"), kShortestPin);
    case Value::TransportPin: {
        SecretEntries::Entry entry = userPin(Words::tr("Transport &PIN"), kShortestPin);
        entry.hint = Words::tr("All its characters and no more: the device cannot tell where it ends.");
        return entry;
    }
    case Value::NewUserPin: {
        SecretEntries::Entry entry = userPin(Words::tr("&New user PIN"), shortestUserPin);
        entry.again = Words::tr("Type it &again");
        entry.longestHint = Words::tr("Some programs accept only 15.");
        return entry;
    }
    case Value::SoPin:
        return soPin(Words::tr("C&urrent SO-PIN"));
    case Value::SoPinHalf:
        return soPinHalf(Words::tr("C&urrent SO-PIN, your half"), actor);
    case Value::NewSoPinHalf: {
        SecretEntries::Entry entry = soPinHalf(Words::tr("New &SO-PIN, your half"), actor);
        entry.again = Words::tr("Type it &again");
        return entry;
    }
    case Value::NewSoPin: {
        SecretEntries::Entry entry = soPin(Words::tr("New &SO-PIN"));
        entry.again = Words::tr("Type it &again");
        return entry;
    }
    }
    Q_UNREACHABLE();
}

SecretBytes& placeOf(Value value, card::PinEntries& entries)
{
    switch (value) {
    case Value::UserPin:
    case Value::TransportPin:
        return entries.userPin;
    case Value::NewUserPin:
        return entries.newUserPin;
    case Value::SoPin:
    case Value::SoPinHalf:
        return entries.soPin;
    case Value::NewSoPin:
    case Value::NewSoPinHalf:
        return entries.newSoPin;
    }
    Q_UNREACHABLE();
}

QString liftWords(Actor actor)
{
    switch (actor) {
    case Actor::Officer:
        return Words::tr("I am the Security officer. &Type it");
    case Actor::FirstOfficer:
        return Words::tr("I am the first officer. &Type my half");
    case Actor::SecondOfficer:
        return Words::tr("I am the second officer. &Type my half");
    case Actor::Holder:
        return Words::tr("I am the holder of the user PIN. &Type it");
    case Actor::NewHolder:
        return Words::tr("I am the new holder. &Type it");
    }
    return {};
}

} // namespace

std::vector<PinTurn> halfTurns(InHalves halves)
{
    std::vector<Value> values;
    if (halves.soPin)
        values.push_back(Value::SoPinHalf);
    if (halves.newSoPin)
        values.push_back(Value::NewSoPinHalf);
    return { { Actor::FirstOfficer, values }, { Actor::SecondOfficer, values } };
}

std::vector<PinTurn> pinTurns(PinTask task, InHalves halves)
{
    std::vector<PinTurn> turns;
    switch (task) {
    case PinTask::ChangeUserPin:
        return { { Actor::Holder, { Value::UserPin, Value::NewUserPin } } };
    case PinTask::ReplaceTransportPin:
        return { { Actor::NewHolder, { Value::TransportPin, Value::NewUserPin } } };
    case PinTask::ChangeSoPin:
    case PinTask::ResetCounter:
    case PinTask::SetUserPin:
        break;
    }
    const bool changes = task == PinTask::ChangeSoPin;
    if (!halves.any()) {
        turns = { { Actor::Officer, { Value::SoPin } } };
        if (changes)
            turns.front().values.push_back(Value::NewSoPin);
    } else {
        turns = halfTurns(halves);
        // What one officer has whole comes with the first half of the other.
        if (!halves.soPin)
            turns.front().values.insert(turns.front().values.begin(), Value::SoPin);
        if (changes && !halves.newSoPin)
            turns.front().values.push_back(Value::NewSoPin);
    }
    if (task == PinTask::SetUserPin) // the officers need not know the new one
        turns.push_back({ Actor::Holder, { Value::NewUserPin } });
    return turns;
}

QString actorName(Actor actor)
{
    switch (actor) {
    case Actor::Officer:
        return roleName(ceremony::Role::Officer, 1);
    case Actor::FirstOfficer:
        return Words::tr("First officer");
    case Actor::SecondOfficer:
        return Words::tr("Second officer");
    case Actor::Holder:
        return Words::tr("Holder of the user PIN");
    case Actor::NewHolder:
        return Words::tr("New holder of the device");
    }
    return {};
}

TurnCurtain::Words curtainWords(Actor actor, const QString& serial)
{
    TurnCurtain::Words words;
    words.about = Words::tr("PINs of %1 · nothing secret is on this screen").arg(ltr(serial));
    words.who = actorName(actor);
    words.others = Words::tr("Please step up to the laptop. Everyone else, step back.");
    words.checks = { Words::tr("The projector is off or blanked."),
        Words::tr("No camera or person can see the screen.") };
    if (actor == Actor::FirstOfficer || actor == Actor::SecondOfficer)
        words.checks << Words::tr("The other officer has stepped back, too.");
    words.lift = liftWords(actor);
    words.liftIcon = Icon::Lock;
    words.below
        = Words::tr("What you type goes to the device and is kept nowhere. It is wiped when the curtain "
                    "drops before you hand it in: when you press Esc, use another window, or type "
                    "nothing for a minute.");
    return words;
}

std::vector<SecretEntries::Entry> entriesOf(const PinTurn& turn, std::size_t shortestUserPin)
{
    std::vector<SecretEntries::Entry> entries;
    for (const Value value : turn.values)
        entries.push_back(entryOf(value, turn.actor, shortestUserPin));
    return entries;
}

void collect(const PinTurn& turn, SecretEntries& typed, card::PinEntries& into)
{
    for (std::size_t i = 0; i < turn.values.size(); ++i) {
        SecretBytes& place = placeOf(turn.values[i], into);
        place = SecretBytes::concatenate({ place, typed.take(i) });
    }
}

} // namespace conclave::ui
