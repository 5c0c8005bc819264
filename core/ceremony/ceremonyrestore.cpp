// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/ceremonyprivate.h"

#include "core/base/hex.h"
#include "core/card/smartcardhsm.h"
#include "core/ceremony/background.h"
#include "core/ceremony/backupdevices.h"
#include "core/ceremony/deviceoperations.h"
#include "core/ceremony/keyfiles.h"
#include "core/ceremony/keyproof.h"
#include "core/ceremony/openedbackup.h"
#include "core/ceremony/recorder.h"
#include "core/simulator/simulatedhsm.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace conclave::ceremony {

void Ceremony::Private::openBackup(const QString& path)
{
    begin(WorkKind::OpeningBackup);
    // Not on the file thread: a slow medium must not hold up the transcript.
    onDone(inBackground(*QThreadPool::globalInstance(),
               [path] { return std::make_shared<Result<KeysOnMedium>>(openKeyBackup(path)); }),
        &q, [this, path](const auto& future) {
            Result<KeysOnMedium>& medium = *future.result();
            if (medium)
                opened(std::make_shared<OpenedBackup>(OpenedBackup{ path, std::move(*medium) }));
            else
                openingFailed(medium.error());
        });
}

void Ceremony::Private::opened(std::shared_ptr<OpenedBackup> files)
{
    if (state().restore.plan) { // the files of the plan, found again
        for (const RestoredKeyRecord& each : state().restore.keys) {
            if (each.state == RestoreState::Waiting && !findKey(files->medium, each.key)) {
                openingFailed(Error{ .kind = ErrorKind::WrappedKeyAltered, .detail = each.key.file });
                return;
            }
        }
        openedBackup = std::move(files);
        end();
        if (several)
            several->useBackup(openedBackup);
        else if (restoring)
            continueRestore();
        else if (cloneProof)
            proveClone();
        return;
    }
    if (state().several) { // as each of them will be
        card::DkekStatus dkek{ static_cast<int>(state().sets.size()), 0, {} };
        const Bytes kcv = fromHex(state().expectedKcv).value_or(Bytes{});
        dkek.kcv.emplace();
        if (kcv.size() == dkek.kcv->size())
            std::ranges::copy(kcv, dkek.kcv->begin());
        files->plan = ceremony::planRestore(files->medium, KeysOnDevice{ .dkek = dkek, .keys = {} });
        files->dkek = dkek;
        openedBackup = std::move(files);
        several->useBackup(openedBackup);
        end();
        return;
    }
    onDevice([](card::SmartCardHsm& hsm) { return readKeysOnDevice(hsm); },
        [this, files = std::move(files)](Result<KeysOnDevice> device) {
            if (!device) {
                openingFailed(device.error());
                return;
            }
            files->plan = ceremony::planRestore(files->medium, *device);
            files->dkek = device->dkek;
            files->onDevice = std::move(device->keys);
            openedBackup = files;
            end();
        });
}

void Ceremony::Private::openingFailed(const Error& error)
{
    restoring = false;
    cloneProof.reset();
    if (several)
        several->stopWaiting();
    failWith(WorkKind::OpeningBackup, 0, error);
}

void Ceremony::Private::continueRestore()
{
    const std::optional<int> next = state().restore.next();
    if (!restoring || !next || userPin.empty()) {
        restoring = false;
        end();
        return;
    }
    if (!openedBackup) {
        openBackup(state().restore.plan->path);
        return;
    }
    begin(WorkKind::Restoring, *next);
    record(Intended{ Operation::RestoreKey, state().device->serial, *next, -1, -1 });
}

void Ceremony::Private::restoreKey(int index)
{
    const KeyToRestore& planned = state().restore.keys[static_cast<std::size_t>(index)].key;
    const RestorableKey* key = openedBackup ? findKey(openedBackup->medium, planned) : nullptr;
    if (!key || userPin.empty()) {
        restoring = false;
        workFailed(Operation::RestoreKey, index, Progress::Before, Error{ .kind = ErrorKind::NotAllowedNow });
        return;
    }
    if (work.kind != WorkKind::Restoring) // its intention was written at the second try only
        begin(WorkKind::Restoring, index);
    struct Done {
        LoginResult login;
        RestoredKey key;
    };
    const auto progress = std::make_shared<Progress>();
    onDevice(
        [login = loginOrder(), key = *key, progress](card::SmartCardHsm& hsm) -> Result<Done> {
            const Result<LoginResult> loggedIn = logIn(hsm, login);
            if (!loggedIn)
                return fail(loggedIn.error());
            const Result<RestoredKey> restored = ceremony::restoreKey(hsm, key, *progress);
            if (!restored)
                return fail(restored.error());
            return Done{ *loggedIn, *restored };
        },
        [this, index, progress, publicKey = publicKeyToSave(*key)](const Result<Done>& done) mutable {
            if (!done) {
                restoring = false;
                if (*progress == Progress::Before)
                    forgetRefusedPin(done.error());
                workFailed(Operation::RestoreKey, index, *progress, done.error());
                return;
            }
            // 0 would say that it was not measured.
            const double seconds
                = static_cast<double>(std::max<qint64>(monotonicMs() - work.startedMs, 1)) / 1000.0;
            // After a try that was cut, it may be there by our own doing.
            const bool wasThere
                = done->key.alreadyThere && state().restore.keys[static_cast<std::size_t>(index)].tries == 1;
            record(KeyRestored{
                index, done->key.reference, done->key.proved, seconds, wasThere, std::move(publicKey) });
            if (const auto& dkek = done->login.dkek; state().kcv.isEmpty() && dkek && dkek->kcv)
                record(KeyCheckValueRead{ toHex(*dkek->kcv), true });
        });
}

Status Ceremony::openBackup(const QString& path)
{
    const Stage stage = d->state().stage;
    if ((stage != Stage::ChoosingBackup && stage != Stage::RestoringKeys && stage != Stage::MakingDevices
            && stage != Stage::ProvingClone)
        || d->work.kind != WorkKind::None)
        return notNow();
    d->openBackup(QDir::cleanPath(QFileInfo(path).absoluteFilePath()));
    return {};
}

const OpenedBackup* Ceremony::openedBackup() const
{
    return d->openedBackup.get();
}

Status Ceremony::planRestore(const std::vector<std::size_t>& chosen)
{
    const OpenedBackup* backup = openedBackup();
    if (!backup || d->work.kind != WorkKind::None)
        return notNow();
    RestorePlanned plan{ backup->path, backup->medium.ceremony, backup->medium.device, {}, {}, 0 };
    for (const std::size_t key : chosen) {
        if (key >= backup->medium.keys.size() || !backup->mayBeRestored(key))
            return notNow();
        plan.kcv = toHex(backup->medium.keys[key].about.kcv);
        plan.keys.push_back(describeKey(*backup, key));
    }
    plan.notChosen = static_cast<int>(backup->medium.keys.size() - chosen.size());
    std::vector<Event> events;
    if (auto refused = d->refusedKeys())
        events.push_back(std::move(*refused));
    events.push_back(std::move(plan));
    Status planned = d->recorder.add(std::move(events));
    if (planned && !d->several)
        d->readPinTries();
    return planned;
}

Status Ceremony::restore()
{
    if (d->state().stage != Stage::RestoringKeys || d->state().pending || d->userPin.empty()
        || d->work.kind != WorkKind::None)
        return notNow();
    d->restoring = true;
    d->trouble.reset();
    d->continueRestore();
    return {};
}

Status Ceremony::skipRestore()
{
    const std::optional<int> next = d->state().restore.next();
    if (!next || d->work.kind != WorkKind::None)
        return notNow();
    d->trouble.reset();
    return d->add(RestoreSkipped{ *next });
}

Status Ceremony::finishRestore()
{
    const RestoreRecord& restore = d->state().restore;
    if (d->work.kind != WorkKind::None)
        return notNow();
    if (d->state().stage != Stage::RestoringKeys || d->state().pending || restore.next())
        return d->add(RestoreFinished{});
    d->begin(WorkKind::Saving);
    onDone(inBackground(d->recorder.fileThread(),
               [folder = folder(), restore] { return writePublicKeys(folder, restore); }),
        this, [this](const QFuture<Status>& future) {
            if (const Status written = future.result(); !written) {
                d->failWith(WorkKind::Saving, 0, written.error());
                return;
            }
            d->work = {};
            d->record(RestoreFinished{});
        });
    return {};
}

/// Nothing where a drill has none, or they are on record.
std::optional<Event> Ceremony::Private::refusedKeys() const
{
    if (state().flow() != Flow::Drill || state().stage != Stage::ChoosingBackup || !openedBackup)
        return std::nullopt;
    KeysRefused refused;
    for (std::size_t i = 0; i < openedBackup->medium.keys.size(); ++i) {
        if (openedBackup->mayBeRestored(i))
            continue;
        const BackedUpKey& about = openedBackup->medium.keys[i].about;
        refused.keys.push_back(
            { about.file, about.label, toHex(about.id), openedBackup->plan.keys[i].refused->kind });
    }
    if (refused.keys.empty() || refused.keys == state().drill.refused)
        return std::nullopt;
    return refused;
}

Status Ceremony::endDrill()
{
    if (!d->state().mayEndDrill() || d->work.kind != WorkKind::None)
        return notNow();
    std::vector<Event> events;
    if (auto refused = d->refusedKeys())
        events.push_back(std::move(*refused));
    events.push_back(DrillEnded{});
    Status ended = d->recorder.add(std::move(events));
    if (ended)
        dismissTrouble();
    return ended;
}

Status Ceremony::beginCleaning()
{
    return d->add(CleaningBegan{});
}

Status Ceremony::skipCleaning()
{
    return d->add(CleaningSkipped{});
}

void Ceremony::useBackup(std::shared_ptr<const OpenedBackup> backup)
{
    d->openedBackup = std::move(backup);
}

} // namespace conclave::ceremony
