// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/pintask.h"

#include "core/card/inputrules.h"
#include "core/card/inspection.h"

namespace conclave::card {

namespace {

using State = PinStatus::State;

/// Of a PIN that has to be entered.
std::optional<PinObstacle> obstacleToEntering(const PinStatus& pin, PinObstacle blocked)
{
    switch (pin.state) {
    case State::Ready:
    case State::Verified:
    case State::TransportPin:
        return std::nullopt;
    case State::Blocked:
        return blocked;
    case State::NotSet:
        return PinObstacle::UserPinNotSet;
    case State::Unknown:
        break;
    }
    return PinObstacle::TriesNotTold;
}

bool setsUserPin(PinTask task)
{
    return task != PinTask::ChangeSoPin && task != PinTask::ResetCounter;
}

Status send(SmartCardHsm& hsm, PinTask task, const PinEntries& entries)
{
    switch (task) {
    case PinTask::ChangeUserPin:
        // The card divides old and new at the length of the stored PIN: a PIN typed with a character too many
        // would be taken, and that character would go to the new one. A login compares the whole.
        if (const Status same = hsm.verifyUserPin(entries.userPin); !same)
            return same;
        return hsm.changeUserPin(entries.userPin, entries.newUserPin);
    case PinTask::ReplaceTransportPin: // opens nothing, so it cannot be compared before
        return hsm.changeUserPin(entries.userPin, entries.newUserPin);
    case PinTask::ChangeSoPin:
        return hsm.changeSoPin(entries.soPin, entries.newSoPin);
    case PinTask::ResetCounter:
        return hsm.unblockUserPin(entries.soPin, std::nullopt);
    case PinTask::SetUserPin:
        return hsm.unblockUserPin(entries.soPin, entries.newUserPin.view());
    }
    Q_UNREACHABLE();
}

/// The device understood the command, and refused it.
bool isRefusal(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::WrongPin:
    case ErrorKind::PinBlocked:
    case ErrorKind::PinNotSet:
    case ErrorKind::TransportPinActive:
    case ErrorKind::NotLoggedIn:
    case ErrorKind::NotAllowed:
    case ErrorKind::WrongLength:
    case ErrorKind::WrongData:
    case ErrorKind::Unsupported:
    case ErrorKind::WrongParameters:
    case ErrorKind::CommandUnsupported:
        return true;
    default:
        return false;
    }
}

/// What the device shows after a task that it answered with success.
bool fits(PinTask task, const DeviceStatus& after)
{
    switch (task) {
    case PinTask::ChangeUserPin:
    case PinTask::ReplaceTransportPin:
        return after.userPin.state == State::Ready;
    case PinTask::ChangeSoPin:
        return after.soPin.state == State::Ready;
    case PinTask::ResetCounter:
    case PinTask::SetUserPin: // whether this ends the transport state is not documented
        return after.userPin.state == State::Ready || after.userPin.state == State::TransportPin;
    }
    Q_UNREACHABLE();
}

} // namespace

bool needsSoPin(PinTask task)
{
    return task == PinTask::ChangeSoPin || task == PinTask::ResetCounter || task == PinTask::SetUserPin;
}

std::optional<PinObstacle> obstacleTo(PinTask task, const DeviceStatus& status)
{
    if (!status.initialised())
        return PinObstacle::NotInitialised;
    const State user = status.userPin.state;
    switch (task) {
    case PinTask::ChangeUserPin:
        if (user == State::TransportPin)
            return PinObstacle::TransportPinActive;
        return obstacleToEntering(status.userPin, PinObstacle::UserPinBlocked);
    case PinTask::ReplaceTransportPin:
        if (user == State::TransportPin)
            return std::nullopt;
        return PinObstacle::NoTransportPin;
    case PinTask::ChangeSoPin:
        break;
    case PinTask::ResetCounter:
    case PinTask::SetUserPin: {
        if (user == State::NotSet)
            return PinObstacle::UserPinNotSet;
        const PinUnblocking allowed = DeviceOptions::of(status.options).unblocking;
        if (allowed == PinUnblocking::Off)
            return PinObstacle::UnblockingOff;
        if (task == PinTask::SetUserPin && allowed == PinUnblocking::CounterOnly)
            return PinObstacle::CounterOnly;
        break;
    }
    }
    return obstacleToEntering(status.soPin, PinObstacle::SoPinBlocked);
}

std::optional<int> triesFor(PinTask task, const DeviceStatus& status)
{
    return needsSoPin(task) ? status.soPin.triesLeft : status.userPin.triesLeft;
}

bool leavesNoTries(const Error& error)
{
    return error.kind == ErrorKind::PinBlocked || (error.kind == ErrorKind::WrongPin && error.triesLeft == 0);
}

Status checkEntries(PinTask task, const PinEntries& entries)
{
    const bool replacesSoPin = task == PinTask::ChangeSoPin;
    for (const Status& rule : { needsSoPin(task) ? checkSoPin(entries.soPin) : Status(),
             needsSoPin(task) ? Status() : checkUserPin(entries.userPin),
             replacesSoPin ? checkSoPin(entries.newSoPin) : Status(),
             setsUserPin(task) ? checkUserPin(entries.newUserPin) : Status() }) {
        if (!rule)
            return rule;
    }
    return {};
}

Result<PinResult> performPinTask(
    SmartCardHsm& hsm, PinTask task, const PinEntries& entries, const DeviceStatus& confirmed)
{
    if (const Status rules = checkEntries(task, entries); !rules)
        return fail(rules.error());
    const auto before = hsm.status();
    if (!before)
        return fail(before.error());
    if (before->userPin != confirmed.userPin || before->soPin != confirmed.soPin
        || before->options != confirmed.options)
        return PinResult{ PinVerdict::NotTried, {}, *before };

    PinResult result;
    Status done = send(hsm, task, entries);
    const bool accepted = done.has_value();
    if (accepted && setsUserPin(task)) {
        const auto now = hsm.userPinStatus();
        if (!now || now->state != State::TransportPin)
            done = hsm.verifyUserPin(entries.newUserPin);
    }
    if (!done)
        result.error = done.error();
    // A login would hide the counters.
    if (hsm.select()) {
        if (const auto after = hsm.status())
            result.after = *after;
    }
    if (done && result.after && fits(task, *result.after))
        result.verdict = PinVerdict::Done;
    else if (!done && !accepted && isRefusal(done.error().kind))
        result.verdict = PinVerdict::NotDone;
    return result;
}

PinVerdict settlePinTask(PinTask task, const DeviceStatus& before, const DeviceStatus& after)
{
    const State was = before.userPin.state;
    const State is = after.userPin.state;
    switch (task) {
    case PinTask::ReplaceTransportPin:
        if (was == State::TransportPin && is == State::Ready)
            return PinVerdict::Done;
        return is == State::TransportPin ? PinVerdict::NotDone : PinVerdict::Unclear;
    case PinTask::ResetCounter:
    case PinTask::SetUserPin:
        if (was == State::Blocked)
            return is == State::Blocked ? PinVerdict::NotDone : PinVerdict::Done;
        break;
    case PinTask::ChangeUserPin:
    case PinTask::ChangeSoPin:
        break; // counters look the same with either PIN
    }
    return PinVerdict::Unclear;
}

} // namespace conclave::card
