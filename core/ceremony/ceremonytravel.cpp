// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/ceremonyprivate.h"

#include "core/base/digest.h"
#include "core/ceremony/background.h"
#include "core/ceremony/backupdevices.h"
#include "core/ceremony/recorder.h"
#include "core/ceremony/transport.h"
#include "core/device/devicedirectory.h"
#include "core/simulator/simulatedhsm.h"

namespace conclave::ceremony {

void Ceremony::Private::saveTransport()
{
    const QString name = transportName(state().opened->ceremony, state().part());
    onDone(inBackground(recorder.fileThread(),
               [folder = folder(), name, hash = q.record().back().lineSha256] {
                   return ceremony::saveTransport(folder, folder, name, hash);
               }),
        &q, [this](const QFuture<Status>& future) {
            if (const Status saved = future.result(); !saved)
                failWith(WorkKind::Saving, 0, saved.error());
            else
                Q_EMIT q.changed();
        });
}

Status Ceremony::pauseForTravel()
{
    if (d->work.kind != WorkKind::None || d->state().stage != Stage::Importing || d->state().several
        || d->state().flow() == Flow::Reshare || d->state().flow() == Flow::Drill)
        return notNow();
    return d->add(travelOf(d->state()));
}

Status Ceremony::endPart(const std::optional<QString>& checkpoint)
{
    if (!awaitsResume() || !d->state().travel)
        return notNow();
    const Result<CheckpointAnswer> answer = answerTo(checkpointCode(), checkpoint);
    if (!answer)
        return fail(answer.error());
    Status added = d->add(PartEnded{ *answer, d->resumePending && d->whole->tornLineDropped() });
    if (added)
        d->resumePending = false;
    return added;
}

void Ceremony::openTransport(const QString& path)
{
    d->begin(WorkKind::Loading);
    onDone(inBackground(*QThreadPool::globalInstance(),
               [path] { return std::make_shared<Result<Transport>>(readTransport(path)); }),
        this, [this, path](const QFuture<std::shared_ptr<Result<Transport>>>& future) {
            Result<Transport>& transport = *future.result();
            if (transport && transport->pause.rehearsal != rehearsal())
                transport = fail(ErrorKind::NotATransport, QStringLiteral("rehearsal"));
            if (!transport) {
                d->failWith(WorkKind::Loading, 0, transport.error());
                return;
            }
            d->transport = std::move(*transport);
            d->end();
        });
}

const Transport* Ceremony::transport() const
{
    return d->transport ? &*d->transport : nullptr;
}

const PausedForTravel* Ceremony::partBefore() const
{
    if (d->transport)
        return &d->transport->pause;
    return state().before ? &*state().before : nullptr;
}

bool Ceremony::awaitsTransport() const
{
    return d->transport && !d->transportCheckpoint;
}

Status Ceremony::confirmTransport(const std::optional<QString>& checkpoint)
{
    if (!awaitsTransport())
        return notNow();
    const Result<CheckpointAnswer> answer = answerTo(checkpointCodeOf(d->transport->sha256), checkpoint);
    if (!answer)
        return fail(answer.error());
    d->transportCheckpoint = *answer;
    Q_EMIT changed();
    return {};
}

} // namespace conclave::ceremony
