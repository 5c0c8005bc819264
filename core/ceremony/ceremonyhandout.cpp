// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/ceremonyprivate.h"

#include "core/base/hex.h"
#include "core/card/smartcardhsm.h"
#include "core/ceremony/background.h"
#include "core/ceremony/backupdevices.h"
#include "core/ceremony/custodyrules.h"
#include "core/ceremony/recorder.h"
#include "core/ceremony/setmaker.h"
#include "core/ceremony/usualtimes.h"
#include "core/device/devicedirectory.h"
#include "core/simulator/simulatedhsm.h"
#include "core/witness/witnessprocess.h"

#include <algorithm>

namespace conclave::ceremony {

namespace {

constexpr std::size_t kDeviceRandomBytes = 64;

constexpr int kProofTriesBeforeEvent = 3;

} // namespace

void Ceremony::Private::makeSets()
{
    if (work.kind == WorkKind::MakingSets)
        return; // under way; makeNextSet() looks again after each set
    begin(WorkKind::MakingSets, 0, kUsualSetMs);
    if (state().flow() == Flow::Reshare) { // no device takes part
        makeNextSet();
        return;
    }
    onDevice([](card::SmartCardHsm& hsm) { return hsm.random(kDeviceRandomBytes); },
        [this](Result<SecretBytes> random) {
            if (!random) {
                failWith(WorkKind::MakingSets, 0, random.error());
                return;
            }
            deviceRandom = std::move(*random);
            makeNextSet();
        });
}

/// Their making failed, and nobody is at it.
bool Ceremony::Private::setsAreMissing() const
{
    const std::vector<ShareSet>& sets = state().sets;
    return state().stage == Stage::HandingOut && work.kind == WorkKind::None && !recorder.writing()
        && std::none_of(sets.begin(), sets.end(), [](const ShareSet& set) { return set.lost; })
        && std::any_of(sets.begin(), sets.end(),
            [](const ShareSet& set) { return !set.made && !set.rule.isPassword(); });
}

void Ceremony::Private::makeNextSet()
{
    const std::vector<ShareSet>& sets = state().sets;
    const auto next = std::find_if(sets.begin(), sets.end(),
        [](const ShareSet& set) { return !set.made && !set.rule.isPassword() && !set.lost; });
    if (state().stage != Stage::HandingOut || next == sets.end()) {
        end();
        return;
    }
    const int number = static_cast<int>(next - sets.begin()) + 1;
    SetOrder order{ next->rule, state().fileNumber(number), state().fileCount(), state().opened->ceremony,
        state().device ? state().device->serial : state().brought->device, deviceRandom.clone(), {},
        environment.rounds, environment.verifierCost, oldClear.clone() };
    onDone(inBackground(*QThreadPool::globalInstance(),
               [order = std::move(order)] { return std::make_shared<Result<FreshSet>>(makeSet(order)); }),
        &q, [this, number](const auto& future) {
            std::shared_ptr<Result<FreshSet>> set = future.result();
            if (!*set) {
                failWith(WorkKind::MakingSets, 0, set->error());
                return;
            }
            (*set)->made.number = number;
            saveAndRecord(std::shared_ptr<FreshSet>(set, &**set));
        });
}

void Ceremony::Private::saveAndRecord(std::shared_ptr<FreshSet> set)
{
    if (state().stage != Stage::HandingOut) { // sent back meanwhile: nothing of it was shown or saved
        end();
        return;
    }
    onDone(inBackground(recorder.fileThread(), [set, folder = folder()] { return saveSet(folder, *set); }),
        &q, [this, set](const QFuture<Status>& future) {
            if (const Status saved = future.result(); !saved) {
                failWith(WorkKind::MakingSets, set->made.number, saved.error());
                return;
            }
            secrets[set->made.number]
                = SetSecrets{ std::move(set->clearShare), std::move(set->password), std::move(set->shares) };
            if (const Status added = add(set->made); !added) {
                secrets.erase(set->made.number);
                failWith(WorkKind::MakingSets, set->made.number, added.error());
            }
        });
}

/// On the thread that writes them, so that none is removed that a later order saves.
void Ceremony::Private::removeShareFiles(const std::vector<int>& numbers)
{
    recorder.fileThread().start([numbers, folder = folder(), ceremony = state().opened->ceremony] {
        for (const int number : numbers)
            removeSet(folder, ceremony, number);
    });
}

void Ceremony::Private::voidSet(const VoidSet& order)
{
    secrets.erase(order.number);
    removeShareFiles({ state().fileNumber(order.number) });
    endTurn();
    record(SetVoided{ order.number, order.reason });
}

/// Nobody sees a share before it stands in the transcript that it was shown.
void Ceremony::Private::showTurn()
{
    const ShareSet* set = state().handingOut();
    lifting = false;
    if (phase != TurnPhase::Curtain || !set)
        return;
    if (set->rule.isPassword()) {
        phase = set->made ? TurnPhase::Proof : TurnPhase::Password;
    } else {
        const dkek::CustodianShare& share = secrets[turnSet].shares[static_cast<std::size_t>(turnId - 1)];
        checkCode = dkek::checkCode(*fromHex(set->made->prime), share);
        phase = proofTries > 0 ? TurnPhase::Proof : TurnPhase::Reveal;
    }
    Q_EMIT q.changed();
}

void Ceremony::Private::endTurn()
{
    phase = TurnPhase::None;
    turnSet = 0;
    turnId = 0;
    proofTries = 0;
    readAloud = false;
    lifting = false;
    checkCode.clear();
}

void Ceremony::Private::finishHandOut()
{
    HandOutFinished finished;
    std::vector<SecretBytes> clear;
    for (auto& [number, secret] : secrets) {
        if (!secret.clearShare.empty())
            clear.push_back(std::move(secret.clearShare));
    }
    if (static_cast<int>(clear.size()) == state().fileCount())
        finished.kcv = toHex(dkek::checkValue(dkek::combineShareFiles(clear)));
    secrets.clear();
    deviceRandom.clear();
    if (state().flow() == Flow::Reshare && !state().replaced)
        record(state().oldSheets());
    record(finished);
}

TurnPhase Ceremony::turnPhase() const
{
    return d->phase;
}

int Ceremony::turnSet() const
{
    return d->turnSet;
}

int Ceremony::turnId() const
{
    return d->turnId;
}

const dkek::CustodianShare* Ceremony::shareOnShow() const
{
    if (d->phase != TurnPhase::Reveal && d->phase != TurnPhase::Proof)
        return nullptr;
    const Private::SetSecrets* secrets = d->secretsOfTurn();
    if (!secrets || d->turnId < 1 || d->turnId > static_cast<int>(secrets->shares.size()))
        return nullptr;
    return &secrets->shares[static_cast<std::size_t>(d->turnId - 1)];
}

const SecretBytes* Ceremony::checkCodeOnShow() const
{
    return shareOnShow() && !d->checkCode.empty() ? &d->checkCode : nullptr;
}

Status Ceremony::chooseScheme(const SchemeChosen& scheme, bool conflictsAccepted)
{
    const auto conflicts = custodyConflicts(d->state().participants, scheme);
    if (!conflicts.empty() && !conflictsAccepted)
        return notNow();
    std::vector<Event> events(conflicts.begin(), conflicts.end());
    events.push_back(scheme);
    return d->recorder.add(std::move(events));
}

Status Ceremony::startHandOut()
{
    int number = 0;
    const ShareSet* set = d->state().handingOut(&number);
    if (d->setsAreMissing()) {
        d->makeSets();
        return {};
    }
    if (!set || d->phase != TurnPhase::None || d->work.kind != WorkKind::None)
        return notNow();
    d->phase = TurnPhase::Curtain;
    d->turnSet = number;
    d->turnId = set->queue.front();
    d->proofTries = 0;
    Q_EMIT changed();
    return {};
}

Status Ceremony::chooseSheets(const std::vector<SheetsChosen>& sheets)
{
    return d->recorder.add(std::vector<Event>(sheets.begin(), sheets.end()));
}

Status Ceremony::liftCurtain()
{
    if (d->phase != TurnPhase::Curtain || d->work.kind != WorkKind::None)
        return notNow();
    if (d->state().stage == Stage::Importing) {
        d->phase = TurnPhase::Entry;
        d->readAloud = false;
        Q_EMIT changed();
        return {};
    }
    const ShareSet* set = d->state().handingOut();
    if (!set)
        return notNow();
    if (set->holders[static_cast<std::size_t>(d->turnId - 1)].begun) {
        d->showTurn();
        return {};
    }
    Status begun = d->add(TurnBegan{ d->turnSet, d->turnId });
    d->lifting = begun.has_value();
    return begun;
}

Status Ceremony::dropCurtain()
{
    d->lifting = false;
    if (d->phase == TurnPhase::None || d->phase == TurnPhase::Curtain)
        return notNow();
    d->phase = TurnPhase::Curtain;
    Q_EMIT changed();
    return {};
}

Status Ceremony::beginProof()
{
    if (d->phase != TurnPhase::Reveal)
        return notNow();
    d->phase = TurnPhase::Proof;
    Q_EMIT changed();
    return {};
}

Status Ceremony::showAgain()
{
    if (d->phase != TurnPhase::Proof || !shareOnShow())
        return notNow();
    d->phase = TurnPhase::Reveal;
    Q_EMIT changed();
    return {};
}

Status Ceremony::sendSheet()
{
    if (d->phase != TurnPhase::Reveal)
        return notNow();
    return d->add(SheetSent{ d->turnSet, d->turnId });
}

Status Ceremony::recordSheetPrinted(const SheetPrinted& printed)
{
    return d->add(printed);
}

Result<bool> Ceremony::proveShare(ByteView typedValue)
{
    const dkek::CustodianShare* share = d->phase == TurnPhase::Proof ? shareOnShow() : nullptr;
    if (!share)
        return notNow();
    if (!(share->value == SecretBytes(typedValue))) {
        if (const Status counted = countFailedProof(); !counted)
            return fail(counted.error());
        return false;
    }
    if (const Status proved = d->add(ShareProved{ d->turnSet, d->turnId, d->proofTries + 1, d->readAloud });
        !proved)
        return fail(proved.error());
    // After the turn nothing is ever shown again, so nothing is kept.
    d->secrets[d->turnSet].shares[static_cast<std::size_t>(d->turnId - 1)].value.clear();
    d->endTurn();
    return true;
}

Status Ceremony::countFailedProof()
{
    if (d->phase != TurnPhase::Proof)
        return notNow();
    ++d->proofTries;
    Q_EMIT changed();
    if (d->proofTries == kProofTriesBeforeEvent)
        return d->add(ProofFailed{ d->turnSet, d->turnId, d->proofTries });
    return {};
}

int Ceremony::proofTries() const
{
    return d->proofTries;
}

void Ceremony::noteReadAloud()
{
    d->readAloud = true;
}

Status Ceremony::deferTurn()
{
    if (d->phase != TurnPhase::Curtain)
        return notNow();
    Status deferred = d->add(TurnDeferred{ d->turnSet, d->turnId });
    if (deferred)
        d->endTurn();
    return deferred;
}

Status Ceremony::choosePassword(SecretBytes password)
{
    if (d->phase != TurnPhase::Password || password.empty())
        return notNow();
    const ShareSet* set = d->state().set(d->turnSet);
    SetOrder order{ set->rule, d->turnSet, static_cast<int>(d->state().sets.size()),
        d->state().opened->ceremony, d->state().device->serial, d->deviceRandom.clone(), std::move(password),
        d->environment.rounds, d->environment.verifierCost };
    d->phase = TurnPhase::Curtain;
    d->begin(WorkKind::MakingSets, d->turnSet, kUsualSetMs);
    onDone(inBackground(*QThreadPool::globalInstance(),
               [order = std::move(order)] { return std::make_shared<Result<FreshSet>>(makeSet(order)); }),
        this, [this](const auto& future) {
            std::shared_ptr<Result<FreshSet>> made = future.result();
            if (!*made) {
                d->failWith(WorkKind::MakingSets, d->turnSet, made->error());
                return;
            }
            d->saveAndRecord(std::shared_ptr<FreshSet>(made, &**made));
        });
    return {};
}

Result<bool> Ceremony::provePassword(ByteView typed)
{
    const Private::SetSecrets* secrets = d->phase == TurnPhase::Proof ? d->secretsOfTurn() : nullptr;
    if (!secrets || secrets->password.empty())
        return notNow();
    if (!(secrets->password == SecretBytes(typed))) {
        if (const Status counted = countFailedProof(); !counted)
            return fail(counted.error());
        return false;
    }
    if (const Status proved = d->add(ShareProved{ d->turnSet, d->turnId, d->proofTries + 1, d->readAloud });
        !proved)
        return fail(proved.error());
    d->secrets[d->turnSet].password.clear();
    d->endTurn();
    return true;
}

Status Ceremony::abandonSet(VoidReason reason)
{
    int number = 0;
    if (!d->state().handingOut(&number))
        return notNow();
    Status voided = d->add(SetVoided{ number, reason });
    if (voided) {
        d->secrets.erase(number);
        d->endTurn();
    }
    return voided;
}

} // namespace conclave::ceremony
