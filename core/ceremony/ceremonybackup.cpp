// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/ceremonyprivate.h"

#include "core/base/hex.h"
#include "core/card/smartcardhsm.h"
#include "core/ceremony/background.h"
#include "core/ceremony/backupdevices.h"
#include "core/ceremony/deviceoperations.h"
#include "core/ceremony/keybackup.h"
#include "core/ceremony/keysaving.h"
#include "core/ceremony/recorder.h"
#include "core/device/devicedirectory.h"
#include "core/simulator/simulatedhsm.h"

#include <QDir>
#include <QFileInfo>

#include <map>

namespace conclave::ceremony {

namespace {

/// Of the AES keys that stand their test, by reference.
std::map<int, CmacPair> pairsOf(const std::vector<KeyRecord>& keys)
{
    std::map<int, CmacPair> pairs;
    for (const KeyRecord& key : keys) {
        if (key.state == KeyState::Tested && !key.cmac.isEmpty())
            pairs[key.generated->keyReference]
                = { fromHex(key.challenge).value_or(Bytes()), fromHex(key.cmac).value_or(Bytes()) };
    }
    return pairs;
}

} // namespace

void Ceremony::Private::continueBackup()
{
    const QStringList targets = q.backupTargets();
    const bool nothingToSave = backup && backup->files.empty();
    if (!savingBackup || state().paused || targets.isEmpty() || nothingToSave) {
        savingBackup = false;
        end();
    } else if (backup) {
        saveTo(targets.front());
    } else {
        wrapKeys();
    }
}

void Ceremony::Private::wrapKeys()
{
    begin(WorkKind::WrappingKeys);
    onDevice(
        [login = loginOrder(), id = state().opened->ceremony, pairs = pairsOf(state().keys)](
            card::SmartCardHsm& hsm) -> Result<KeyBackup> {
            if (const Result<LoginResult> loggedIn = logIn(hsm, login); !loggedIn)
                return fail(loggedIn.error());
            return takeKeyBackup(hsm, id, pairs);
        },
        [this](Result<KeyBackup> taken) {
            if (!taken) {
                savingBackup = false;
                forgetRefusedPin(taken.error());
                failWith(WorkKind::WrappingKeys, 0, taken.error());
                return;
            }
            const KeysWrapped wrapped = recordOf(*taken, state().keys);
            if (!wrapped.keys.empty() && !state().kcv.isEmpty() && wrapped.kcv != state().kcv) {
                savingBackup = false;
                failWith(WorkKind::WrappingKeys, 0, Error{ .kind = ErrorKind::KeyCheckValueDiffers });
                return;
            }
            backup = std::make_shared<const KeyBackup>(std::move(*taken));
            if (!add(wrapped)) { // paused meanwhile
                backup.reset();
                savingBackup = false;
                end();
            }
        });
}

void Ceremony::Private::saveTo(const QString& target)
{
    begin(WorkKind::SavingKeys, static_cast<int>(state().backup.media.size()) + 1);
    SavingOrder order{ backup, target, savedTargets(), state().backup.wrappings };
    // Not on the file thread: a slow medium must not hold up the transcript.
    onDone(
        inBackground(*QThreadPool::globalInstance(), [order = std::move(order)] { return saveKeys(order); }),
        &q, [this, target](const QFuture<Result<int>>& future) {
            const Result<int> wrapping = future.result();
            if (!wrapping) {
                savingBackup = false;
                record(KeysNotSaved{ recordedName(target), wrapping.error().kind });
                failWith(WorkKind::SavingKeys, work.number, wrapping.error());
                return;
            }
            const auto medium = static_cast<int>(state().backup.media.size()) + 1;
            if (!add(KeysSaved{ medium, recordedName(target), *wrapping })) {
                savingBackup = false; // paused meanwhile: the copy is found again
                end();
                return;
            }
            moreTargets.removeOne(target);
        });
}

QStringList Ceremony::Private::savedTargets() const
{
    QStringList targets;
    for (const KeysSaved& saved : state().backup.media)
        targets << (saved.folder.isEmpty() ? folder() : saved.folder);
    return targets;
}

bool Ceremony::keysWrapped() const
{
    return d->backup != nullptr;
}

QStringList Ceremony::backupTargets() const
{
    QStringList targets = d->moreTargets;
    if (!d->ownFolderDropped && !d->savedTargets().contains(folder()))
        targets.prepend(folder());
    return targets;
}

Status Ceremony::addBackupTarget(const QString& folder)
{
    const QString path = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    if (d->state().stage != Stage::BackingUp || d->work.kind != WorkKind::None)
        return notNow();
    if (backupTargets().contains(path) || d->savedTargets().contains(path))
        return fail(ErrorKind::FileExists, path);
    if (path == this->folder())
        d->ownFolderDropped = false;
    else
        d->moreTargets.append(path);
    Q_EMIT changed();
    return {};
}

Status Ceremony::dropBackupTarget(const QString& folder)
{
    if (d->work.kind != WorkKind::None || !backupTargets().contains(folder))
        return notNow();
    if (folder == this->folder())
        d->ownFolderDropped = true;
    d->moreTargets.removeAll(folder);
    Q_EMIT changed();
    return {};
}

Status Ceremony::saveBackup()
{
    if (d->state().stage != Stage::BackingUp || d->work.kind != WorkKind::None
        || (!d->backup && d->userPin.empty()))
        return notNow();
    d->trouble.reset();
    d->savingBackup = true;
    d->continueBackup();
    return {};
}

Status Ceremony::confirmOneCopy()
{
    return d->add(OneCopyConfirmed{});
}

Status Ceremony::finishBackup()
{
    if (d->work.kind != WorkKind::None)
        return notNow();
    return d->add(BackupFinished{ false });
}

Status Ceremony::skipBackup()
{
    if (d->work.kind != WorkKind::None)
        return notNow();
    return d->add(BackupSkipped{});
}

} // namespace conclave::ceremony
