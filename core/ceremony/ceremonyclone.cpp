// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/ceremonyprivate.h"

#include "core/card/inputrules.h"
#include "core/card/smartcardhsm.h"
#include "core/ceremony/backupdevices.h"
#include "core/ceremony/deviceoperations.h"
#include "core/ceremony/keyproof.h"
#include "core/ceremony/openedbackup.h"
#include "core/ceremony/recorder.h"
#include "core/device/deviceworker.h"
#include "core/simulator/simulatedhsm.h"

namespace conclave::ceremony {

void Ceremony::Private::proveClone()
{
    if (!openedBackup) {
        openBackup(state().restore.plan->path);
        return;
    }
    begin(WorkKind::ProvingClone);
    auto keys = keysToProve(state().restore, *openedBackup);
    if (!keys) {
        cloneFailed(keys.error(), 0);
        return;
    }
    cloneProof->keys = std::move(*keys);
    auto challenge = freshChallenge();
    if (!challenge) {
        cloneFailed(challenge.error(), 0);
        return;
    }
    cloneProof->challenge = std::move(*challenge);
    signOnSecond();
}

void Ceremony::Private::signOnSecond()
{
    using Signatures = std::vector<Result<Bytes>>;
    onDevice(
        [login = loginOrder(), keys = cloneProof->keys, challenge = cloneProof->challenge](
            card::SmartCardHsm& hsm) -> Result<Signatures> {
            if (const Result<LoginResult> loggedIn = logIn(hsm, login); !loggedIn)
                return fail(loggedIn.error());
            return signWithEach(hsm, keys, challenge);
        },
        [this](Result<Signatures> signatures) {
            if (!cloneProof) { // paused meanwhile
                end();
                return;
            }
            if (!signatures) {
                forgetRefusedPin(signatures.error());
                cloneFailed(signatures.error(), 2);
                return;
            }
            cloneProof->onSecond = std::move(*signatures);
            if (cloneProof->onFirst) {
                cloneSigned(*cloneProof->onFirst);
                return;
            }
            // Held by us, the second device would look like one that another program holds.
            onDone(worker->shutDown(), &q, [this](const QFuture<void>&) {
                worker.reset();
                signOnFirst();
            });
        });
}

void Ceremony::Private::signOnFirst()
{
    if (!cloneProof) { // paused meanwhile
        end();
        return;
    }
    cloneProof->first = std::make_unique<device::DeviceWorker>(environment.readers, state().first->device);
    using Signatures = std::vector<Result<Bytes>>;
    auto future = cloneProof->first->post(
        [pin = cloneProof->firstPin.clone(), keys = cloneProof->keys, challenge = cloneProof->challenge](
            card::SmartCardHsm& hsm) { return ceremony::signOnFirst(hsm, pin, keys, challenge); });
    onDone(future, &q, [this](auto done) {
        if (!cloneProof) {
            end();
            return;
        }
        const Result<Signatures> signatures = done.takeResult();
        if (signatures)
            cloneSigned(*signatures);
        else
            cloneFailed(signatures.error(), 1);
    });
}

void Ceremony::Private::cloneSigned(const std::vector<Result<Bytes>>& onFirst)
{
    const auto maySignNothing = [](const Result<Bytes>& signature) {
        return !signature
            && (signature.error().kind == ErrorKind::Unsupported
                || signature.error().kind == ErrorKind::NotAllowed);
    };
    CloneProved proved{ state().first->device, 0, 0 };
    for (std::size_t i = 0; i < cloneProof->keys.size(); ++i) {
        const Result<Bytes>& first = onFirst[i];
        const Result<Bytes>& second = cloneProof->onSecond[i];
        if (maySignNothing(first) && maySignNothing(second)) {
            ++proved.notSigning;
            continue;
        }
        if (!first || !second) {
            cloneFailed(first ? second.error() : first.error(), first ? 2 : 1);
            return;
        }
        const Status same = ceremony::proveClone(cloneProof->keys[i], cloneProof->challenge, *first, *second);
        if (!same) {
            cloneFailed(same.error(), same.error().number.value_or(0));
            return;
        }
        ++proved.keys;
    }
    if (proved.keys == 0) {
        cloneFailed(Error{ .kind = ErrorKind::Unsupported }, 0);
        return;
    }
    cloneProof.reset();
    end();
    record(proved);
}

void Ceremony::Private::cloneFailed(Error error, int device)
{
    cloneProof.reset();
    record(CloneProofFailed{ error.kind, device });
    failWith(WorkKind::ProvingClone, device, error);
}

Status Ceremony::proveClone(SecretBytes firstPin)
{
    if (const Status rule = card::checkUserPin(firstPin); !rule)
        return rule;
    if (d->state().stage != Stage::ProvingClone || !userPinHeld() || d->work.kind != WorkKind::None)
        return notNow();
    d->trouble.reset();
    if (d->several) {
        const Status begun = d->several->prove(std::move(firstPin));
        if (begun && !d->openedBackup)
            d->openBackup(d->state().restore.plan->path);
        return begun;
    }
    d->cloneProof.emplace();
    d->cloneProof->firstPin = std::move(firstPin);
    d->proveClone();
    return {};
}

Status Ceremony::skipCloneProof()
{
    if (d->work.kind != WorkKind::None)
        return notNow();
    return d->add(CloneProofSkipped{});
}

Status Ceremony::proveAgainst(
    const std::vector<OriginalKey>& keys, const Bytes& challenge, const std::vector<Result<Bytes>>& onFirst)
{
    if (state().stage != Stage::ProvingClone || d->userPin.empty() || d->work.kind != WorkKind::None)
        return notNow();
    d->begin(WorkKind::ProvingClone);
    d->cloneProof.emplace();
    d->cloneProof->keys = keys;
    d->cloneProof->challenge = challenge;
    d->cloneProof->onFirst = onFirst;
    d->signOnSecond();
    return {};
}

void Ceremony::cloneProofFailed(const Error& error, int device)
{
    d->begin(WorkKind::ProvingClone);
    d->cloneFailed(error, device);
}

} // namespace conclave::ceremony
