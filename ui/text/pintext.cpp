// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/text/pintext.h"

#include "core/card/inspection.h"

#include <QCoreApplication>

namespace conclave::ui {

using card::PinObstacle;
using card::PinTask;

namespace {

struct PinWords {
    Q_DECLARE_TR_FUNCTIONS(PinText)
};

ErrorText userPinWrong(PinTask task, const Error& error)
{
    ErrorText text;
    text.head = task == PinTask::ReplaceTransportPin ? PinWords::tr("The transport PIN is wrong")
                                                     : PinWords::tr("The old user PIN is wrong");
    text.happened = PinWords::tr(
        "The device counted a wrong PIN. %n tries are left.", nullptr, error.triesLeft.value_or(0));
    text.safe = PinWords::tr("The keys on the device are not affected. The PIN is what it was.");
    text.next = { PinWords::tr("Check keyboard layout and Caps Lock."),
        PinWords::tr("Try again only if you are sure of the PIN. The right one gives all tries back.") };
    return text;
}

ErrorText userPinBlocked(std::uint8_t options)
{
    ErrorText text;
    text.head = PinWords::tr("The user PIN is blocked");
    text.happened = PinWords::tr("The PIN was wrong, and no tries are left for it.");
    text.safe = PinWords::tr("The keys are still on the device, but nobody can use them now.");
    switch (card::DeviceOptions::of(options).unblocking) {
    case card::PinUnblocking::Off:
        text.next
            = { PinWords::tr("This device allows no unblocking. Restore its keys from a backup, on this "
                             "device or another one.") };
        break;
    case card::PinUnblocking::CounterOnly:
        text.next = { PinWords::tr("Find out what the user PIN is: the SO-PIN cannot replace it."),
            PinWords::tr("Then give it new tries with the SO-PIN.") };
        break;
    case card::PinUnblocking::NewPin:
        text.next = { PinWords::tr("Set a new user PIN with the SO-PIN.") };
        break;
    }
    return text;
}

ErrorText soPinWrong(const Error& error)
{
    ErrorText text;
    text.head = PinWords::tr("The SO-PIN is wrong");
    text.happened = PinWords::tr(
        "The device counted a wrong SO-PIN. %n of 15 tries are left.", nullptr, error.triesLeft.value_or(0));
    text.safe = PinWords::tr("Nothing else on the device has changed. Its keys can be used as before.");
    text.next = { PinWords::tr("Find the SO-PIN that this device was given."),
        PinWords::tr("Try again only if you are sure of it. At 0 tries the device can never be initialised "
                     "again, and its user PIN never be unblocked.") };
    return text;
}

ErrorText soPinBlocked()
{
    ErrorText text;
    text.head = PinWords::tr("The SO-PIN is blocked for good");
    text.happened = PinWords::tr("No tries are left for it, and nothing gives them back.");
    text.safe = PinWords::tr("The keys can be used as long as the user PIN is known and not blocked.");
    text.next = { PinWords::tr("Make sure that there is a backup of the keys."),
        PinWords::tr("Plan for another device: this one can never be initialised again.") };
    return text;
}

} // namespace

QString pinTaskChoice(PinTask task)
{
    switch (task) {
    case PinTask::ChangeUserPin:
        return PinWords::tr("Change the &user PIN");
    case PinTask::ReplaceTransportPin:
        return PinWords::tr("&Take the device over");
    case PinTask::ChangeSoPin:
        return PinWords::tr("Change the &SO-PIN");
    case PinTask::ResetCounter:
        return PinWords::tr("Give the user PIN new t&ries");
    case PinTask::SetUserPin:
        return PinWords::tr("Set a &new user PIN");
    }
    return {};
}

QString pinTaskName(PinTask task)
{
    return pinTaskChoice(task).remove(QLatin1Char('&'));
}

QString pinTaskSentence(PinTask task)
{
    switch (task) {
    case PinTask::ChangeUserPin:
        return PinWords::tr("Needs the old user PIN.");
    case PinTask::ReplaceTransportPin:
        return PinWords::tr(
            "The new holder replaces the transport PIN with a PIN that nobody else knows. Until then the "
            "device does nothing with its keys.");
    case PinTask::ChangeSoPin:
        return PinWords::tr("Needs the current SO-PIN. The user PIN stays what it is.");
    case PinTask::ResetCounter:
        return PinWords::tr("Needs the SO-PIN. The user PIN stays what it is.");
    case PinTask::SetUserPin:
        return PinWords::tr("Needs the SO-PIN, and not the old user PIN.");
    }
    return {};
}

QString pinObstacleSentence(PinObstacle obstacle)
{
    switch (obstacle) {
    case PinObstacle::NotInitialised:
        return PinWords::tr("This device was never initialised, so it has no PINs.");
    case PinObstacle::UserPinNotSet:
        return PinWords::tr("This device has no user PIN: public keys log in.");
    case PinObstacle::UserPinBlocked:
        return PinWords::tr("The user PIN is blocked. Only the SO-PIN can help, where the device allows it.");
    case PinObstacle::TransportPinActive:
        return PinWords::tr("The user PIN is still the transport PIN.");
    case PinObstacle::NoTransportPin:
        return PinWords::tr("The user PIN is no transport PIN.");
    case PinObstacle::SoPinBlocked:
        return PinWords::tr("The SO-PIN is blocked, and nothing gives its tries back.");
    case PinObstacle::TriesNotTold:
        return PinWords::tr(
            "This device does not tell how many tries are left, and no PIN is tried blind here.");
    case PinObstacle::UnblockingOff:
        return PinWords::tr(
            "Not on this device: it was initialised so that nobody can unblock the user PIN.");
    case PinObstacle::CounterOnly:
        return PinWords::tr(
            "Not on this device: it was initialised so that the SO-PIN gives new tries, but no new PIN.");
    }
    return {};
}

QString pinDoneSentence(PinTask task)
{
    switch (task) {
    case PinTask::ChangeUserPin:
        return PinWords::tr("The user PIN is changed. The device was logged in with the new one.");
    case PinTask::ReplaceTransportPin:
        return PinWords::tr("The device is taken over. It was logged in with the new holder’s PIN.");
    case PinTask::ChangeSoPin:
        return PinWords::tr("The SO-PIN is changed. The device says so; it was not tried to test it.");
    case PinTask::ResetCounter:
        return PinWords::tr("The user PIN has its tries back. It is the same PIN as before.");
    case PinTask::SetUserPin:
        return PinWords::tr("The new user PIN is set.");
    }
    return {};
}

QString pinDoneNext(PinTask task)
{
    switch (task) {
    case PinTask::ChangeUserPin:
    case PinTask::SetUserPin:
        return PinWords::tr("Destroy notes of the old user PIN.");
    case PinTask::ReplaceTransportPin:
        return PinWords::tr("The transport PIN opens nothing any more. Its letter can be thrown away.");
    case PinTask::ChangeSoPin:
        return PinWords::tr(
            "Keep the note of the new SO-PIN where the old one was, and destroy the old one.");
    case PinTask::ResetCounter:
        return PinWords::tr("Whoever knows the user PIN can use the device again.");
    }
    return {};
}

QString pinNotDoneSentence(PinTask task)
{
    switch (task) {
    case PinTask::ReplaceTransportPin:
        return PinWords::tr(
            "The device shows that nothing was changed: the transport PIN is still in force.");
    case PinTask::ResetCounter:
    case PinTask::SetUserPin:
        return PinWords::tr("The device shows that nothing was changed: the user PIN is still blocked.");
    case PinTask::ChangeUserPin:
    case PinTask::ChangeSoPin:
        break;
    }
    return PinWords::tr("The device shows that nothing was changed.");
}

QString pinUnclearSentence(PinTask task)
{
    switch (task) {
    case PinTask::ChangeUserPin:
    case PinTask::SetUserPin:
        return PinWords::tr(
            "The device does not show whether the old or the new user PIN is in force. Keep both, and try "
            "the "
            "new one first. A wrong one costs a try, and the right one gives all tries back.");
    case PinTask::ReplaceTransportPin:
        return PinWords::tr(
            "The device does not show which user PIN is in force. If the transport PIN was typed with more "
            "characters than it has, these stand before the new PIN now.");
    case PinTask::ChangeSoPin:
        return PinWords::tr(
            "The device does not show whether the old or the new SO-PIN is in force. Keep both, and try the "
            "new one first. A wrong one costs a try, and the right one gives all tries back.");
    case PinTask::ResetCounter:
        return PinWords::tr("The device shows how many tries are left. The user PIN is what it was.");
    }
    return {};
}

ErrorText describePinRefusal(PinTask task, const Error& error, std::uint8_t options)
{
    const ErrorText common = describeError(error);
    ErrorText text = common;
    if (card::leavesNoTries(error))
        text = card::needsSoPin(task) ? soPinBlocked() : userPinBlocked(options);
    else if (error.kind == ErrorKind::WrongPin)
        text = card::needsSoPin(task) ? soPinWrong(error) : userPinWrong(task, error);
    else
        text.safe = PinWords::tr("The device refused, and nothing on it was changed.");
    text.details = common.details;
    return text;
}

ErrorText describePinDoubt(PinTask task, const std::optional<Error>& error)
{
    ErrorText text;
    text.head = PinWords::tr("It is not known whether this took effect");
    text.happened = error ? describeError(*error).happened
                          : PinWords::tr("What the device shows does not fit what it answered.");
    text.details = error ? describeError(*error).details : QString();
    switch (task) {
    case PinTask::ChangeUserPin:
    case PinTask::SetUserPin:
        text.safe = PinWords::tr(
            "The keys on the device are not affected. The old or the new user PIN is in force: keep both.");
        break;
    case PinTask::ReplaceTransportPin:
        text.safe = PinWords::tr("The keys on the device are not affected. The transport PIN or the new PIN "
                                 "is in force: keep both.");
        break;
    case PinTask::ChangeSoPin:
        text.safe = PinWords::tr(
            "The keys on the device are not affected. The old or the new SO-PIN is in force: keep both.");
        break;
    case PinTask::ResetCounter:
        text.safe = PinWords::tr("The keys on the device are not affected. The user PIN is what it was.");
        break;
    }
    text.next = { PinWords::tr("Plug the device in, if it is not."),
        PinWords::tr("Then try again: this reads what the device shows of its PINs, and sends none.") };
    return text;
}

} // namespace conclave::ui
