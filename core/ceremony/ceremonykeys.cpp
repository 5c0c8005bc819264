// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/ceremonyprivate.h"

#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/card/inputrules.h"
#include "core/card/smartcardhsm.h"
#include "core/ceremony/background.h"
#include "core/ceremony/backupdevices.h"
#include "core/ceremony/deviceoperations.h"
#include "core/ceremony/keyfiles.h"
#include "core/ceremony/openedbackup.h"
#include "core/ceremony/recorder.h"
#include "core/ceremony/usualtimes.h"
#include "core/device/devicedirectory.h"
#include "core/simulator/simulatedhsm.h"

#include <algorithm>

namespace conclave::ceremony {

namespace {

card::KeyRequest requestOf(const PlannedKey& planned)
{
    return { planned.algorithm, planned.label, fromHex(planned.id).value_or(Bytes{}) };
}

} // namespace

void Ceremony::Private::readPinTries()
{
    onDevice([](card::SmartCardHsm& hsm) { return hsm.userPinStatus(); },
        [this](const Result<card::PinStatus>& pin) {
            if (pin)
                userPinTries = pin->triesLeft;
            Q_EMIT q.changed();
        });
}

void Ceremony::Private::continueGeneration()
{
    const std::optional<int> next = state().nextKey();
    if (!generating || stopRequested || !next || userPin.empty()) {
        generating = false;
        stopRequested = false;
        end();
        return;
    }
    const KeyRecord& key = state().keys[static_cast<std::size_t>(*next)];
    if (key.state == KeyState::Generated) {
        testKey(*next);
        return;
    }
    begin(WorkKind::Generating, *next, usualGenerationMs(key.planned.algorithm));
    struct Found {
        LoginResult login;
        std::uint8_t reference = 0;
    };
    onDevice(
        [login = loginOrder()](card::SmartCardHsm& hsm) -> Result<Found> {
            const Result<LoginResult> loggedIn = logIn(hsm, login);
            if (!loggedIn)
                return fail(loggedIn.error());
            const Result<std::uint8_t> reference = hsm.freeKeyReference();
            if (!reference)
                return fail(reference.error());
            return Found{ *loggedIn, *reference };
        },
        [this, index = *next](Result<Found> found) {
            if (!found) {
                generating = false;
                forgetRefusedPin(found.error());
                failWith(WorkKind::Generating, index, found.error());
                return;
            }
            const std::optional<card::DkekStatus>& dkek = found->login.dkek;
            if (state().kcv.isEmpty() && dkek && dkek->kcv && dkek->outstanding == 0) {
                const QString kcv = toHex(*dkek->kcv);
                if (!state().expectedKcv.isEmpty() && kcv != state().expectedKcv) {
                    generating = false;
                    record(KeyCheckValueDiffered{ kcv, state().expectedKcv });
                    failWith(WorkKind::Generating, index, Error{ .kind = ErrorKind::KeyCheckValueDiffers });
                    return;
                }
                record(KeyCheckValueRead{ kcv, !state().expectedKcv.isEmpty() });
            }
            record(Intended{ Operation::GenerateKey, state().device->serial, index, -1, found->reference });
        });
}

void Ceremony::Private::generateKey(int index, int reference)
{
    const card::KeyRequest request = requestOf(state().keys[static_cast<std::size_t>(index)].planned);
    if (work.kind != WorkKind::Generating) // its intention was written at the second try only
        begin(WorkKind::Generating, index, usualGenerationMs(request.algorithm));
    const auto progress = std::make_shared<Progress>();
    onDevice(
        [login = loginOrder(), request, reference, progress](card::SmartCardHsm& hsm) -> Result<AttestedKey> {
            if (const Result<LoginResult> loggedIn = logIn(hsm, login); !loggedIn)
                return fail(loggedIn.error());
            return ceremony::generateKey(hsm, static_cast<std::uint8_t>(reference), request, *progress);
        },
        [this, index, reference, progress](const Result<AttestedKey>& key) {
            // 0 would say that it was not measured.
            const double seconds
                = static_cast<double>(std::max<qint64>(monotonicMs() - work.startedMs, 1)) / 1000.0;
            const Result<KeyGenerated> generated = key.and_then(
                [&](const AttestedKey& made) { return keyGenerated(index, reference, made, seconds); });
            if (generated) {
                record(*generated);
                return;
            }
            generating = false;
            if (*progress == Progress::Before)
                forgetRefusedPin(generated.error());
            workFailed(Operation::GenerateKey, index, *progress, generated.error());
        });
}

void Ceremony::Private::testKey(int index)
{
    const KeyRecord& key = state().keys[static_cast<std::size_t>(index)];
    if (userPin.empty()) {
        end();
        return;
    }
    begin(WorkKind::Testing, index);
    onDevice(
        [login = loginOrder(), planned = key.planned, generated = *key.generated](
            card::SmartCardHsm& hsm) -> Result<std::optional<CmacPair>> {
            if (const Result<LoginResult> loggedIn = logIn(hsm, login); !loggedIn)
                return fail(loggedIn.error());
            // The interruption may have come after the key and before its description.
            if (generated.seconds == 0) {
                if (const Status described
                    = hsm.describeKey(static_cast<std::uint8_t>(generated.keyReference), requestOf(planned));
                    !described)
                    return fail(described.error());
            }
            return ceremony::testKey(hsm, planned, generated);
        },
        [this, index](const Result<std::optional<CmacPair>>& tested) {
            const double seconds = static_cast<double>(monotonicMs() - work.startedMs) / 1000.0;
            if (tested) {
                const CmacPair pair = tested->value_or(CmacPair());
                record(KeyTested{ index, seconds, toHex(pair.challenge), toHex(pair.cmac) });
                return;
            }
            generating = false;
            forgetRefusedPin(tested.error());
            if (tested.error().kind == ErrorKind::SelfTestFailed)
                record(KeyTestFailed{ index });
            failWith(WorkKind::Testing, index, tested.error());
        });
}

void Ceremony::Private::requestCertificate(int index, const card::RequestSubject& subject)
{
    begin(WorkKind::RequestingCertificate, index);
    const KeyRecord& key = state().keys[static_cast<std::size_t>(index)];
    onDevice(
        [login = loginOrder(), planned = key.planned, generated = *key.generated, subject](
            card::SmartCardHsm& hsm) -> Result<card::CertificateRequest> {
            if (const Result<LoginResult> loggedIn = logIn(hsm, login); !loggedIn)
                return fail(loggedIn.error());
            const auto publicKey = card::PublicKey::parse(fromHex(generated.publicKey).value_or(Bytes{}));
            if (!publicKey)
                return fail(publicKey.error());
            return card::certificateRequest(*publicKey, subject, [&](ByteView message) {
                return hsm.signSha256(
                    static_cast<std::uint8_t>(generated.keyReference), planned.algorithm, message);
            });
        },
        [this, index, planned = key.planned](const Result<card::CertificateRequest>& request) {
            if (!request) {
                forgetRefusedPin(request.error());
                failWith(WorkKind::RequestingCertificate, index, request.error());
                return;
            }
            onDone(inBackground(recorder.fileThread(),
                       [folder = q.folder(), planned, pem = request->pem] {
                           return writeCertificateRequest(folder, planned, pem);
                       }),
                &q, [this, index, request = *request](const QFuture<Result<QString>>& future) {
                    const Result<QString> name = future.result();
                    if (!name) {
                        failWith(WorkKind::RequestingCertificate, index, name.error());
                        return;
                    }
                    end();
                    const Bytes content(request.pem.begin(), request.pem.end());
                    record(CertificateRequested{ index, request.subject, *name, toHex(sha256(content)) });
                });
        });
}

void Ceremony::Private::deleteKey(int index, int reference)
{
    begin(WorkKind::Deleting, index);
    const auto progress = std::make_shared<Progress>();
    onDevice(
        [login = loginOrder(), reference, progress](card::SmartCardHsm& hsm) -> Status {
            if (const Result<LoginResult> loggedIn = logIn(hsm, login); !loggedIn)
                return fail(loggedIn.error());
            *progress = Progress::Asked;
            return hsm.deleteKey(static_cast<std::uint8_t>(reference));
        },
        [this, index, progress](Status deleted) {
            if (!deleted) {
                if (*progress == Progress::Before)
                    forgetRefusedPin(deleted.error());
                workFailed(Operation::DeleteKey, index, *progress, deleted.error());
                return;
            }
            end();
            record(KeyDeleted{ index });
        });
}

/// A PIN that was refused, or is to be confirmed as the last try, is not sent again unless somebody types it
/// again.
void Ceremony::Private::forgetRefusedPin(const Error& error)
{
    if (error.triesLeft)
        userPinTries = error.triesLeft;
    if (refusesPin(error))
        userPin.clear();
}

/// Hex; empty where there is none that a file could be made of. What a drill restores does not stay.
QString Ceremony::Private::publicKeyToSave(const RestorableKey& key) const
{
    const auto isWritten = [](const card::PublicKey& publicKey) { return publicKey.pem().has_value(); };
    return state().flow() != Flow::Drill
            && card::PublicKey::parse(key.about.publicKey).map(isWritten).value_or(false)
        ? toHex(key.about.publicKey)
        : QString();
}

bool Ceremony::userPinHeld() const
{
    if (d->several)
        return d->several->userPinsHeld();
    return !d->userPin.empty();
}

std::optional<int> Ceremony::userPinTriesLeft() const
{
    return d->several ? d->several->userPinTriesLeft() : d->userPinTries;
}

bool Ceremony::stopRequested() const
{
    return d->stopRequested;
}

Status Ceremony::planKeys(std::vector<PlannedKey> keys)
{
    Status planned = d->add(KeysPlanned{ std::move(keys) });
    if (planned)
        d->readPinTries();
    return planned;
}

Status Ceremony::enterUserPin(SecretBytes pin, bool lastTryConfirmed)
{
    if (const Status rule = card::checkUserPin(pin); !rule)
        return rule;
    if (d->several) {
        d->several->enterUserPin(pin, lastTryConfirmed);
    } else {
        d->userPin = std::move(pin);
        d->lastTryConfirmed = lastTryConfirmed;
    }
    Q_EMIT changed();
    return {};
}

Status Ceremony::generate()
{
    if (d->state().stage != Stage::GeneratingKeys || d->state().pending || d->userPin.empty()
        || d->work.kind != WorkKind::None)
        return notNow();
    d->generating = true;
    d->stopRequested = false;
    d->trouble.reset();
    d->continueGeneration();
    return {};
}

void Ceremony::stopAfterThisKey()
{
    d->stopRequested = d->generating;
    Q_EMIT changed();
}

Status Ceremony::skipKey()
{
    const std::optional<int> next = d->state().nextKey();
    if (!next || d->work.kind != WorkKind::None)
        return notNow();
    d->trouble.reset();
    return d->add(KeySkipped{ *next });
}

Status Ceremony::deleteFailedKey(int index)
{
    if (index < 0 || index >= static_cast<int>(d->state().keys.size()) || d->work.kind != WorkKind::None)
        return notNow();
    const KeyRecord& key = d->state().keys[static_cast<std::size_t>(index)];
    if (!key.generated || d->userPin.empty())
        return notNow();
    return d->add(
        Intended{ Operation::DeleteKey, d->state().device->serial, index, -1, key.generated->keyReference });
}

Status Ceremony::requestCertificate(int index, const card::RequestSubject& subject)
{
    if (const Status fits = card::checkSubject(subject); !fits)
        return fits;
    if (d->state().stage != Stage::GeneratingKeys || d->state().pending || d->finishing || d->userPin.empty()
        || d->work.kind != WorkKind::None || index < 0 || index >= static_cast<int>(d->state().keys.size()))
        return notNow();
    const KeyRecord& key = d->state().keys[static_cast<std::size_t>(index)];
    if (key.state != KeyState::Tested || card::isAes(key.planned.algorithm))
        return notNow();
    d->trouble.reset();
    d->requestCertificate(index, subject);
    return {};
}

Status Ceremony::finishGeneration()
{
    if (d->state().stage != Stage::GeneratingKeys || d->state().pending || d->state().nextKey()
        || d->finishing)
        return notNow();
    d->finishing = true;
    onDone(inBackground(d->recorder.fileThread(),
               [folder = folder(), keys = d->state().keys] { return writeKeyFiles(folder, keys); }),
        this, [this](const QFuture<Status>& future) {
            d->finishing = false;
            if (const Status written = future.result(); !written)
                d->failWith(WorkKind::Saving, 0, written.error());
            else
                d->record(GenerationFinished{});
        });
    return {};
}

} // namespace conclave::ceremony
