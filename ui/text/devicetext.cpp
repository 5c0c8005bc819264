// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/text/devicetext.h"

#include "core/ceremony/ceremony.h"
#include "ui/text/errortext.h"
#include "ui/text/words.h"

#include <QCoreApplication>

namespace conclave::ui {

using namespace ceremony;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DeviceWords)
};

QString atWork(const Work& work, const CeremonyState& device)
{
    switch (work.kind) {
    case WorkKind::Initialising:
        return Words::tr("Being erased and initialised");
    case WorkKind::Importing:
        return Words::tr("Takes share file %1 of %2").arg(work.number).arg(device.sets.size());
    case WorkKind::Restoring:
        return Words::tr("Takes key %1 of %2").arg(work.number + 1).arg(device.restore.keys.size());
    case WorkKind::Settling:
        return Words::tr("Is asked where it stands");
    case WorkKind::ProvingClone:
        return Words::tr("Signs");
    default:
        return Words::tr("At work");
    }
}

/// Where it is not at work and nothing went wrong.
QString atRest(const CeremonyState& device)
{
    switch (device.stage) {
    case Stage::SettingPins:
        return Words::tr("Waits for its PINs");
    case Stage::Importing:
        return Words::tr("Erased, waits for the shares");
    case Stage::RestoringKeys:
        return Words::tr("Has the backup secret, %1 of %2 keys are on it")
            .arg(device.restore.restored())
            .arg(device.restore.keys.size());
    case Stage::DkekMismatch:
        return Words::tr("Holds another backup secret, and is to be erased again");
    default:
        return Words::tr("Waits");
    }
}

} // namespace

DeviceText deviceText(const Ceremony& ceremony, const CeremonyState& device)
{
    const Ceremony* part = ceremony.onDevice(device.device->serial);
    if (part && part->work().kind != WorkKind::None)
        return { atWork(part->work(), device), DeviceStanding::AtWork, false };
    if (device.refused())
        return { Words::tr("Set aside: it is not genuine. Unplug it, and mark it."), DeviceStanding::SetAside,
            false };
    if (part && part->trouble()) {
        const Error& error = part->trouble()->error;
        const bool away = isDisconnection(error.kind) || error.kind == ErrorKind::WrongDevice;
        const bool known = device.stage != Stage::SettingPins && device.stage != Stage::DkekMismatch;
        return { away
                ? Words::tr("Set aside: no reader holds it. Plug it in again.")
                : Words::tr("Set aside: %1", "a sentence about what went wrong").arg(errorSentence(error)),
            DeviceStanding::SetAside, known && !device.complete() };
    }
    if (device.restore.cloneProof)
        return { Words::tr("✓ Proved: it signs as the first device does"), DeviceStanding::Done, false };
    if (device.complete())
        return { device.restore.plan ? Words::tr("✓ Complete: %n key(s)", nullptr, device.restore.restored())
                                     : Words::tr("✓ Complete: the backup secret, no keys"),
            DeviceStanding::Done, false };
    return { atRest(device), DeviceStanding::Waiting, false };
}

QString deviceResult(const CeremonyState& device)
{
    if (device.refused())
        return Words::tr("Left out: it is not genuine.");
    if (device.restore.cloneProof)
        return Words::tr("Backup device: %n key(s), proved by signatures of both devices.", nullptr,
            device.restore.restored());
    if (device.complete() && !device.restore.plan)
        return Words::tr("Has the backup secret, and none of the keys.");
    if (device.complete())
        return Words::tr(
            "Backup device: %n key(s), checked with the public keys in the backup, not proved beside the "
            "first device.",
            nullptr, device.restore.restored());
    if (device.pending)
        return Words::tr("Left out. Its work was cut, and it was not asked afterwards where it stands.");
    if (!device.erasedAt)
        return Words::tr("Left out. It is as it was.");
    if (device.stage == Stage::DkekMismatch)
        return Words::tr("Left out. It holds another backup secret, or it is not known which one.");
    if (device.shareFilesOutstanding > 0)
        return Words::tr("Left out. It was erased and has no backup secret.");
    return Words::tr("Left out. It has the backup secret, and %1 of %2 keys.")
        .arg(device.restore.restored())
        .arg(device.restore.keys.size());
}

} // namespace conclave::ui
