// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/ceremonyprivate.h"

#include "core/base/hex.h"
#include "core/card/smartcardhsm.h"
#include "core/ceremony/background.h"
#include "core/ceremony/backupdevices.h"
#include "core/ceremony/custodyrules.h"
#include "core/ceremony/devicechoice.h"
#include "core/ceremony/firstdevice.h"
#include "core/ceremony/recorder.h"
#include "core/device/devicedirectory.h"
#include "core/device/deviceworker.h"
#include "core/device/simulatedreaders.h"
#include "core/simulator/simulatedhsm.h"

#include <algorithm>

namespace conclave::ceremony {

namespace {

constexpr int kSimulatorMajor = 4;

constexpr int kSimulatorMinor = 1;

/// Nobody takes it for the serial number of a device.
QString simulatorSerial()
{
    return QStringLiteral("SIMULATOR01");
}

/// The device must have a status.
DeviceChosen chosenDevice(const DeviceChoice& choice)
{
    DeviceChosen chosen = describeDevice(*choice.device);
    chosen.keysGivenUp = choice.keysGivenUp;
    chosen.unknownMakerAccepted
        = chosen.authenticity == Authenticity::UnknownIssuer && choice.typedSerial == chosen.serial;
    return chosen;
}

} // namespace

void Ceremony::Private::notePresence(const std::optional<Error>& error)
{
    present = true;
    if (!error)
        return;
    switch (error->kind) {
    case ErrorKind::CardRemoved:
    case ErrorKind::NoCard:
    case ErrorKind::NoReader:
    case ErrorKind::ReaderGone:
    case ErrorKind::WrongDevice:
    case ErrorKind::CardUnresponsive:
    case ErrorKind::ServiceNotRunning:
    case ErrorKind::ServiceNotPermitted:
    case ErrorKind::TransportFailed:
        present = false;
        break;
    default:
        break;
    }
}

void Ceremony::Private::dropSimulator()
{
    if (!simulator)
        return;
    worker.reset(); // nothing is slow in a simulator without delays
    workerSerial.clear();
    simulator.reset();
    openedBackup.reset(); // with what a look at it told
    present = false;
}

void Ceremony::letGoOfDevice()
{
    const auto letGo = [](std::unique_ptr<device::DeviceWorker>& worker) {
        if (worker && worker->atWork())
            device::DeviceWorker::letGo(std::move(worker));
    };
    letGo(d->worker);
    if (d->cloneProof)
        letGo(d->cloneProof->first);
    if (d->several)
        d->several->letGoOfDevices();
}

bool Ceremony::devicePresent() const
{
    if (d->several)
        return d->several->allPresent();
    return d->present;
}

void Ceremony::lookForDevice()
{
    if (d->state().device && !d->present && d->work.kind == WorkKind::None)
        d->onDevice([](card::SmartCardHsm& hsm) { return hsm.serial(); },
            [this](const Result<QString>&) { Q_EMIT changed(); });
}

Status Ceremony::readFirstDevice(const QString& folder)
{
    if (d->state().stage != Stage::ChoosingFirst || d->work.kind != WorkKind::None)
        return notNow();
    d->begin(WorkKind::ReadingShareFiles);
    onDone(
        inBackground(*QThreadPool::globalInstance(), [folder] { return ceremony::readFirstDevice(folder); }),
        this, [this, folder](const QFuture<Result<FirstDeviceNamed>>& future) {
            const Result<FirstDeviceNamed> first = future.result();
            if (!first) {
                d->failWith(WorkKind::ReadingShareFiles, 0, first.error());
                return;
            }
            d->firstDevice = *first;
            d->firstFolder = folder;
            d->end();
        });
    return {};
}

const FirstDeviceNamed* Ceremony::firstDevice() const
{
    return d->firstDevice ? &*d->firstDevice : nullptr;
}

std::vector<CustodyRuleOverridden> Ceremony::firstDeviceConflicts() const
{
    if (!d->firstDevice || d->state().flow() == Flow::Drill)
        return {};
    SchemeChosen scheme;
    for (const FirstShareFile& file : d->firstDevice->shareFiles)
        scheme.shareFiles.push_back(ruleOf(file));
    return custodyConflicts(d->state().participants, scheme);
}

Status Ceremony::confirmFirstDevice(const QString& typedKcv, bool conflictsAccepted)
{
    const auto conflicts = firstDeviceConflicts();
    if (d->state().stage != Stage::ChoosingFirst || !d->firstDevice || d->work.kind != WorkKind::None
        || (!conflicts.empty() && !conflictsAccepted))
        return notNow();
    FirstDeviceNamed first = *d->firstDevice;
    if (first.kcv.isEmpty()) {
        const auto typed
            = fromHex(QString(typedKcv).remove(QLatin1Char(' ')).remove(QLatin1Char(':')).toLower());
        if (!typed || typed->size() != std::tuple_size_v<dkek::CheckValue>)
            return fail(ErrorKind::Malformed, QStringLiteral("kcv"));
        first.kcv = toHex(*typed);
    }
    d->begin(WorkKind::ReadingShareFiles);
    onDone(inBackground(d->recorder.fileThread(),
               [first, from = d->firstFolder, into = folder()] { return takeShareFiles(first, from, into); }),
        this, [this, first, conflicts](const QFuture<Status>& future) {
            if (const Status taken = future.result(); !taken) {
                d->failWith(WorkKind::ReadingShareFiles, 0, taken.error());
                return;
            }
            d->end();
            std::vector<Event> events(conflicts.begin(), conflicts.end());
            events.emplace_back(first);
            if (const Status added = d->recorder.add(std::move(events)); !added)
                d->failWith(WorkKind::None, 0, added.error());
        });
    return {};
}

Status Ceremony::chooseDevice(
    const device::DetectedDevice& device, bool keysGivenUp, const QString& typedSerial)
{
    if (!device.status)
        return notNow();
    Status chosen = d->add(chosenDevice({ &device, keysGivenUp, typedSerial }));
    if (chosen)
        d->present = true;
    return chosen;
}

Status Ceremony::chooseSimulator()
{
    if (flow() != Flow::Drill || d->state().stage != Stage::ChoosingDevice || rehearsal())
        return notNow();
    auto readers = std::make_unique<device::SimulatedReaders>();
    readers->insert(simulatorSerial(),
        std::make_shared<simulator::SimulatedHsm>(simulator::Identity{
            .serial = simulatorSerial(), .versionMajor = kSimulatorMajor, .versionMinor = kSimulatorMinor }));
    DeviceChosen chosen;
    chosen.serial = simulatorSerial();
    chosen.firmware = QStringLiteral("%1.%2").arg(kSimulatorMajor).arg(kSimulatorMinor);
    chosen.reader = simulatorSerial();
    chosen.authenticity = Authenticity::Simulated;
    std::vector<Event> events;
    events.push_back(SimulatorAccepted{});
    events.push_back(std::move(chosen));
    Status added = d->recorder.add(std::move(events));
    if (added) {
        d->worker.reset();
        d->workerSerial.clear();
        d->simulator = std::move(readers);
        d->present = true;
    }
    return added;
}

Status Ceremony::chooseDevices(const std::vector<DeviceChoice>& devices)
{
    if (devices.size() == 1)
        return chooseDevice(
            *devices.front().device, devices.front().keysGivenUp, devices.front().typedSerial);
    std::vector<Event> events;
    for (const DeviceChoice& choice : devices) {
        if (!choice.device->status)
            return notNow();
        DeviceChosen chosen = chosenDevice(choice);
        QString serial = chosen.serial;
        events.push_back(OnDevice{ std::move(serial), std::move(chosen) });
    }
    events.push_back(DevicesChosen{ static_cast<int>(devices.size()) });
    return d->recorder.add(std::move(events));
}

const Ceremony* Ceremony::onDevice(const QString& serial) const
{
    return d->several ? d->several->on(serial) : nullptr;
}

WorkTimes Ceremony::workTimes(const QString& serial) const
{
    return d->several ? d->several->times(serial) : WorkTimes{};
}

bool Ceremony::devicesWork() const
{
    return d->several && d->several->working();
}

Status Ceremony::makeDevices()
{
    if (d->state().stage != Stage::MakingDevices || d->work.kind != WorkKind::None)
        return notNow();
    if (d->state().restore.plan && !openedBackup()) {
        d->trouble.reset();
        d->several->workWhenOpened();
        d->openBackup(d->state().restore.plan->path);
        return {};
    }
    d->several->workOnAll();
    return {};
}

Status Ceremony::tryDevice(const QString& serial)
{
    if (d->state().stage != Stage::MakingDevices || d->work.kind != WorkKind::None
        || !d->state().onDevice(serial) || (d->state().restore.plan && !openedBackup()))
        return notNow();
    d->several->workOn(serial);
    return {};
}

Status Ceremony::finishDevices()
{
    if (devicesWork() || d->work.kind != WorkKind::None)
        return notNow();
    const auto& devices = d->state().devices;
    const auto complete = static_cast<int>(std::ranges::count_if(devices, &CeremonyState::complete));
    return d->add(DevicesFinished{ complete, static_cast<int>(devices.size()) - complete });
}

void Ceremony::releaseDevice()
{
    if (d->worker)
        d->worker->release();
}

} // namespace conclave::ceremony
