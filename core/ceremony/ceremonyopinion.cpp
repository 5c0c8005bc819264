// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/ceremonyprivate.h"

#include "core/card/smartcardhsm.h"
#include "core/ceremony/backupdevices.h"
#include "core/ceremony/deviceoperations.h"
#include "core/ceremony/keyproof.h"
#include "core/ceremony/recorder.h"
#include "core/ceremony/secondopinion.h"
#include "core/device/devicedirectory.h"
#include "core/device/deviceworker.h"
#include "core/simulator/simulatedhsm.h"
#include "core/witness/witnessprocess.h"

namespace conclave::ceremony {

/// The device judges the PIN before foreign code sends it: a wrong one costs one try, and is told as ever.
void Ceremony::Private::askForOpinion()
{
    begin(WorkKind::AskingForOpinion);
    auto challenge = freshChallenge();
    if (!challenge) {
        opinionIsOver(challenge.error());
        return;
    }
    consultation->challenge = std::move(*challenge);
    onDevice(
        [login = loginOrder()](
            card::SmartCardHsm& hsm) -> Status { return logIn(hsm, login).map([](const LoginResult&) {}); },
        [this](const Status& loggedIn) {
            if (!consultation) { // paused meanwhile
                end();
                return;
            }
            if (!loggedIn) {
                forgetRefusedPin(loggedIn.error());
                opinionIsOver(loggedIn.error());
                return;
            }
            if (userPin.size() <= std::size_t{ witness::kLongestPin })
                consultation->pin = std::move(userPin);
            userPin.clear();
            // The module could not reach a device that we hold.
            onDone(worker->shutDown(), &q, [this](const QFuture<void>&) {
                worker.reset();
                startWitness();
            });
        });
}

void Ceremony::Private::startWitness()
{
    if (!consultation) {
        end();
        return;
    }
    witnessProcess = std::make_unique<witness::WitnessProcess>();
    QObject::connect(
        witnessProcess.get(), &witness::WitnessProcess::finished, &q, [this] { witnessAnswered(); });
    witnessProcess->start({ environment.witness.program, witnessModule, state().device->serial,
        consultation->challenge, std::move(consultation->pin), patienceMs(keysOnDevice(state()).size()) });
}

void Ceremony::Private::witnessAnswered()
{
    const Result<witness::Testimony> testimony = witnessProcess->answer();
    witnessProcess.release()->deleteLater(); // it is in the middle of telling
    std::optional<Error> error;
    if (!testimony) {
        error = testimony.error();
        record(SecondOpinionFailed{ error->kind, witnessModule, error->detail });
    } else {
        SecondOpinionGiven given = judge(keysOnDevice(state()), *testimony, consultation->challenge);
        given.library = testimony->library;
        given.version = testimony->version;
        given.module = witnessModule;
        record(std::move(given));
    }
    onDevice([](card::SmartCardHsm& hsm) { return hsm.serial(); },
        [this, error](const Result<QString>& serial) {
            opinionIsOver(!error && !serial ? std::optional(serial.error()) : error);
        });
}

void Ceremony::Private::opinionIsOver(std::optional<Error> error)
{
    const bool cut = !consultation;
    consultation.reset();
    userPin.clear();
    if (error && !cut)
        failWith(WorkKind::AskingForOpinion, 0, std::move(*error));
    else
        end();
}

bool Ceremony::opinionOffered() const
{
    return !rehearsal() && state().mayAskForOpinion() && state().stage == Stage::Reviewing
        && !d->environment.witness.program.isEmpty();
}

bool Ceremony::opinionSought() const
{
    return d->seekingOpinion && state().stage == Stage::Reviewing;
}

QString Ceremony::opinionModule() const
{
    return d->witnessModule;
}

Status Ceremony::seekOpinion()
{
    if (!opinionOffered() || d->seekingOpinion)
        return notNow();
    d->seekingOpinion = true;
    d->userPinTries.reset();
    lookForOpinionModule();
    const auto& failed = state().opinion.failed;
    if (opinionModule().isEmpty() && !(failed && failed->error == ErrorKind::ModuleMissing))
        d->record(SecondOpinionFailed{ ErrorKind::ModuleMissing, {}, {} });
    d->readPinTries();
    return {};
}

void Ceremony::lookForOpinionModule()
{
    d->witnessModule = witness::findOpenScModule(d->environment.witness.folders);
    Q_EMIT changed();
}

Status Ceremony::askForOpinion()
{
    if (!opinionOffered() || !d->seekingOpinion || d->userPin.empty() || opinionModule().isEmpty()
        || d->work.kind != WorkKind::None)
        return notNow();
    d->trouble.reset();
    d->consultation.emplace();
    d->askForOpinion();
    return {};
}

Status Ceremony::leaveOpinion()
{
    if (!d->seekingOpinion || d->work.kind != WorkKind::None)
        return notNow();
    d->seekingOpinion = false;
    d->userPin.clear();
    Q_EMIT changed();
    return {};
}

} // namespace conclave::ceremony
