// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/ceremonyprivate.h"

#include "core/card/inputrules.h"
#include "core/card/smartcardhsm.h"
#include "core/ceremony/authenticity.h"
#include "core/ceremony/backupdevices.h"
#include "core/ceremony/custodyrules.h"
#include "core/ceremony/deviceoperations.h"
#include "core/ceremony/recorder.h"
#include "core/ceremony/usualtimes.h"
#include "core/device/devicedirectory.h"
#include "core/simulator/simulatedhsm.h"

namespace conclave::ceremony {

namespace {

card::PinUnblocking unblockingOf(Unblocking unblocking)
{
    switch (unblocking) {
    case Unblocking::Off:
        return card::PinUnblocking::Off;
    case Unblocking::CounterOnly:
        return card::PinUnblocking::CounterOnly;
    case Unblocking::NewPin:
        return card::PinUnblocking::NewPin;
    }
    return card::PinUnblocking::Off;
}

} // namespace

void Ceremony::Private::initialise(bool withProof)
{
    begin(WorkKind::Initialising, 0, kUsualInitialisationMs);
    if (!pins) {
        workFailed(Operation::Initialise, 0, Progress::Before, Error{ .kind = ErrorKind::NotAllowedNow });
        return;
    }
    if (withProof)
        prove();
    else
        initialiseAsPlanned();
}

void Ceremony::Private::prove()
{
    const SecretBytes& soPin = pins->currentSoPin.empty() ? pins->newSoPin : pins->currentSoPin;
    ProofOrder order{ soPin.clone(), state().device->authenticity, environment.clock().date() };
    const auto progress = std::make_shared<Progress>();
    onDevice([order = std::move(order), progress](
                 card::SmartCardHsm& hsm) { return proveDevice(hsm, order, *progress); },
        [this, progress](const Result<std::optional<card::DeviceTrust>>& proved) {
            if (!proved) {
                workFailed(Operation::Initialise, 0, *progress, proved.error());
            } else if (!*proved) {
                initialise(false); // it has nothing to prove
            } else {
                const card::DeviceTrust& trust = **proved;
                const Authenticity authenticity = state().device->authenticity == Authenticity::Simulated
                    ? Authenticity::Simulated
                    : authenticityOf(trust.trust);
                record(AuthenticityProved{ authenticity, trust.holderPath,
                    trust.chainValidTo ? trust.chainValidTo->toString(Qt::ISODate) : QString() });
            }
        });
}

void Ceremony::Private::initialiseAsPlanned()
{
    card::Initialisation settings;
    settings.userPin = pins->userPin.clone();
    settings.soPin = pins->newSoPin.clone();
    settings.userPinTries = pins->userPinTries;
    settings.unblocking = unblockingOf(pins->unblocking);
    settings.label = pins->label;
    if (const int planned = state().shareFilesPlanned(); planned > 0)
        settings.shareFiles = planned;
    // A device that had an SO-PIN keeps it: INITIALIZE proves it, and it is changed afterwards where a new
    // one is wanted.
    if (!pins->currentSoPin.empty())
        settings.soPin = pins->currentSoPin.clone();
    const auto progress = std::make_shared<Progress>();
    onDevice([settings = std::move(settings), progress](
                 card::SmartCardHsm& hsm) { return initialiseDevice(hsm, settings, *progress); },
        [this, progress](Result<InitialisedDevice> result) {
            if (!result) {
                workFailed(Operation::Initialise, 0, *progress, result.error());
                return;
            }
            end();
            record(DeviceInitialised{
                state().device->serial, result->shareFilesTotal, result->shareFilesOutstanding });
        });
}

Intended Ceremony::Private::soPinChange() const
{
    return Intended{ Operation::ChangeSoPin, state().device->serial, 0, -1, -1 };
}

void Ceremony::Private::changeSoPin()
{
    begin(WorkKind::Initialising);
    if (!pins) {
        workFailed(Operation::ChangeSoPin, 0, Progress::Before, Error{ .kind = ErrorKind::NotAllowedNow });
        keepSoPin();
        return;
    }
    const auto progress = std::make_shared<Progress>();
    onDevice(
        [current = pins->currentSoPin.clone(), chosen = pins->newSoPin.clone(), progress](
            card::SmartCardHsm& hsm) -> Status {
            *progress = Progress::Asked;
            return hsm.changeSoPin(current, chosen);
        },
        [this, progress](const Status& changed) {
            if (changed) {
                end();
                record(SoPinChanged{});
                return;
            }
            workFailed(Operation::ChangeSoPin, 0, *progress, changed.error());
            // Refused: the same would be refused again, and may cost a try.
            if (*progress == Progress::Asked
                && leavesDeviceUnchanged(Operation::ChangeSoPin, *progress, changed.error()))
                keepSoPin();
        });
}

void Ceremony::Private::keepSoPin()
{
    record(Settled{ Operation::ChangeSoPin, 0, Outcome::NoEffect });
}

Status Ceremony::setPins(PinSettings settings)
{
    if (d->several)
        return d->several->setPins(settings);
    const bool hadSoPin = d->state().device && (d->state().device->initialised || d->state().erasedAt);
    for (const Status& rule : { card::checkUserPin(settings.userPin), card::checkSoPin(settings.newSoPin),
             hadSoPin ? card::checkSoPin(settings.currentSoPin) : Status{},
             card::checkLabel(settings.label) }) {
        if (!rule)
            return rule;
    }
    if (settings.userPinTries < 1 || settings.userPinTries > card::mostPinTries(settings.userPin.size()))
        return fail(ErrorKind::PinRule);
    const auto conflicts = custodyConflicts(d->state(), settings.soPinHalves);
    if (!conflicts.empty() && !settings.conflictsAccepted)
        return notNow();
    const bool replaced = !settings.currentSoPin.empty() && !(settings.currentSoPin == settings.newSoPin);
    std::vector<Event> events(conflicts.begin(), conflicts.end());
    events.emplace_back(SettingsChosen{ settings.label, settings.userPinTries, settings.unblocking,
        settings.soPinMade, replaced, settings.soPinHalves, settings.currentSoPinHalves });
    Status added = d->recorder.add(std::move(events));
    if (added)
        d->pins = std::move(settings);
    return added;
}

Status Ceremony::confirmErase(const QString& typedSerial)
{
    if (d->several) {
        const CeremonyState* next = d->state().nextToConfirm();
        return next && next->device->serial == typedSerial ? d->add(OnDevice{ typedSerial, EraseConfirmed{} })
                                                           : notNow();
    }
    if (!d->state().device || typedSerial != d->state().device->serial || !d->pins)
        return notNow();
    return d->add(Intended{ Operation::Initialise, typedSerial, 0, -1, -1 });
}

Status Ceremony::initialiseAgain()
{
    return d->add(WentBack{ BackTarget::Pins });
}

} // namespace conclave::ceremony
