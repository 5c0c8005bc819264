// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/ceremonyprivate.h"

#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/card/smartcardhsm.h"
#include "core/ceremony/authenticity.h"
#include "core/ceremony/background.h"
#include "core/ceremony/backupdevices.h"
#include "core/ceremony/ceremonyfolder.h"
#include "core/ceremony/deviceoperations.h"
#include "core/ceremony/durablefile.h"
#include "core/ceremony/recorder.h"
#include "core/ceremony/transport.h"
#include "core/device/devicedirectory.h"
#include "core/device/deviceworker.h"
#include "core/simulator/simulatedhsm.h"
#include "core/witness/witnessprocess.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <chrono>
#include <map>

namespace conclave::ceremony {

namespace {

/// What comes of this work is dropped, or recorded, when a pause comes in between.
bool mayBeCut(WorkKind kind)
{
    return kind == WorkKind::None || kind == WorkKind::Rebuilding || kind == WorkKind::WrappingKeys
        || kind == WorkKind::ProvingClone || kind == WorkKind::AskingForOpinion;
}

/// Which card is where, as far as is known.
std::map<QString, int> insertions(const device::ReaderSource& source)
{
    std::map<QString, int> cards;
    for (const device::ReaderInfo& reader : source.readers().value_or(std::vector<device::ReaderInfo>{})) {
        if (reader.cardPresent)
            cards[reader.name] = reader.insertion;
    }
    return cards;
}

} // namespace

void Ceremony::Private::carryOut(const Effect& effect)
{
    std::visit(Overloaded{
                   [this](const MakeSets&) { makeSets(); },
                   [this](const VoidSet& order) { voidSet(order); },
                   [this](const RemoveShareFiles& order) { removeShareFiles(order.numbers); },
                   [this](const FinishHandOut&) { finishHandOut(); },
                   [this](const InitialiseDevice&) {
                       initialise(mayBeProved(state().device->authenticity) && !state().proof
                           && !state().drill.cleaning);
                   },
                   [this](const IntendSoPinChange&) { record(soPinChange()); },
                   [this](const ChangeSoPin&) { changeSoPin(); },
                   [this](const KeepSoPin&) { keepSoPin(); },
                   [this](const RebuildShareFile& order) { rebuild(order.number); },
                   [this](const ImportShareFile& order) { import(order.number, order.outstandingBefore); },
                   [this](const GenerateKey& order) { generateKey(order.index, order.keyReference); },
                   [this](const TestKey& order) { testKey(order.index); },
                   [this](const DeleteKey& order) { deleteKey(order.index, order.keyReference); },
                   [this](const ContinueGeneration&) { continueGeneration(); },
                   [this](const ContinueBackup&) { continueBackup(); },
                   [this](const RestoreKey& order) { restoreKey(order.index); },
                   [this](const ContinueRestore&) { continueRestore(); },
                   [this](const WorkOnDevices&) { several->workOnAll(); },
                   [this](const SettleIntention&) { settlePending(); },
                   [this](const WipeSimulator&) {
                       dropSimulator();
                       record(SimulatorWiped{});
                   },
                   [this](const SaveTransport&) { saveTransport(); },
                   [this](const ForgetSecrets&) { forgetSecrets(); },
               },
        effect);
}

/// When what the work has come to is on its way to the record.
void Ceremony::Private::pauseSoon()
{
    if (pauseAsked)
        QMetaObject::invokeMethod(
            &q, [this] { pauseIfIdle(); }, Qt::QueuedConnection);
}

void Ceremony::Private::pauseIfIdle()
{
    if (!pauseAsked || work.kind != WorkKind::None || recorder.writing() || (several && several->working()))
        return;
    pauseAsked = false;
    record(Paused{});
}

void Ceremony::Private::workFailed(Operation operation, int number, Progress progress, const Error& error)
{
    const WorkKind during = work.kind;
    record(WorkFailed{ operation, number, error.kind, static_cast<int>(error.code),
        leavesDeviceUnchanged(operation, progress, error) });
    failWith(during, number, error);
}

void Ceremony::Private::settlePending()
{
    if (!state().pending || work.kind == WorkKind::Settling)
        return;
    if (state().pending->operation == Operation::ChangeSoPin) { // an SO-PIN is never sent to find out
        settled(*state().pending, Settlement{});
        return;
    }
    work = Work{ WorkKind::Settling, monotonicMs(), 0, 0, state().pending->number };
    Q_EMIT q.changed();
    onDevice([snapshot = state()](card::SmartCardHsm& hsm) { return settle(hsm, snapshot); },
        [this, intended = *state().pending, cards = insertions(source())](Result<Settlement> settlement) {
            work = {};
            if (!settlement) {
                if (const auto now = insertions(source()); !now.empty() && now != cards) {
                    settlePending(); // it may have come back too late for this look
                    return;
                }
                // The device is not back yet: the panel stays, and each change of the readers tries again.
                if (!trouble)
                    trouble = Trouble{ WorkKind::Settling, intended.number, settlement.error() };
                Q_EMIT q.changed();
                return;
            }
            settled(intended, *settlement);
        });
}

void Ceremony::Private::settled(const Intended& intended, const Settlement& settlement)
{
    record(Settled{ intended.operation, intended.number, settlement.outcome });
    if (trouble && trouble->during == WorkKind::Settling)
        trouble.reset(); // it was that the device could not be read
    if (settlement.outcome == Outcome::TookEffect) {
        trouble.reset();
        switch (intended.operation) {
        case Operation::ChangeSoPin:
            break;
        case Operation::Initialise:
            record(DeviceInitialised{ intended.serial, settlement.initialised->shareFilesTotal,
                settlement.initialised->shareFilesOutstanding });
            break;
        case Operation::ImportShareFile:
            imported(intended.number, *settlement.dkek);
            break;
        case Operation::GenerateKey: {
            const auto found = keyGenerated(intended.number, intended.keyReference, *settlement.key, 0);
            if (found)
                record(*found);
            break;
        }
        case Operation::DeleteKey:
            record(KeyDeleted{ intended.number });
            break;
        case Operation::RestoreKey:
            // One that can be proved is, when the work goes on.
            if (!state().restore.keys[static_cast<std::size_t>(intended.number)].key.provable())
                record(KeyRestored{ intended.number, settlement.restoredReference, false, 0 });
            break;
        }
    }
    Q_EMIT q.changed();
}

void Ceremony::Private::forgetSecrets()
{
    secrets.clear();
    deviceRandom.clear();
    pins.reset();
    received.clear();
    receivedPassword.clear();
    rebuilt.clear();
    rebuiltNumber = 0;
    dkekSoFar.clear();
    dkekParts = 0;
    if (!state().clearHeld || state().paused) {
        oldClear.clear();
        oldPassword = PasswordReading::Plain;
    }
    if (state().paused)
        savingBackup = false;
    const bool worksOn = state().stage == Stage::GeneratingKeys || state().stage == Stage::RestoringKeys
        || state().stage == Stage::ProvingClone;
    if (!worksOn || state().paused) {
        userPin.clear();
        generating = false;
        restoring = false;
        cloneProof.reset();
    }
    if (state().paused || !state().onSimulator())
        dropSimulator();
    if (state().paused) {
        seekingOpinion = false;
        consultation.reset();
        if (witnessProcess) {
            witnessProcess.reset();
            work = {};
        }
    }
    if (several)
        several->forgetSecrets();
    if (state().paused && worker)
        worker->release(); // and with the connection the login: whoever resumes types the PIN
    endTurn();
}

/// The parts of several devices follow the choice of them.
void Ceremony::Private::joinDevices()
{
    if (!whole)
        return;
    if (!state().several) {
        several.reset();
    } else if (!several) {
        several = std::make_unique<BackupDevices>(environment, *whole);
        QObject::connect(several.get(), &BackupDevices::changed, &q, [this] {
            pauseSoon();
            Q_EMIT q.changed();
        });
    }
    if (several)
        several->keepThoseInNeed();
}

Ceremony::Ceremony(Environment environment, Flow flow, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, std::move(environment), flow))
{
    connect(d->whole, &Recorder::failed, this, [this](const Error& error) {
        const bool loading = d->work.kind == WorkKind::Loading;
        d->failWith(loading ? WorkKind::Loading : WorkKind::Saving, 0, error);
    });
    connect(d->whole, &Recorder::loaded, this, [this] {
        d->joinDevices();
        d->resumePending = d->state().stage != Stage::Closed;
        d->end();
    });
    start();
}

Ceremony::Ceremony(Environment environment, std::unique_ptr<Record> record, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, std::move(environment), Flow::AddBackup, std::move(record)))
{
    d->present = state().stage == Stage::SettingPins; // just chosen
    start();
}

void Ceremony::start()
{
    connect(&d->recorder, &Record::folded, this, [this](const std::vector<Effect>& effects) {
        d->joinDevices();
        for (const Effect& effect : effects)
            d->carryOut(effect);
        // Sets are made one after the other; the next begins when the last one is recorded.
        if (d->work.kind == WorkKind::MakingSets && std::holds_alternative<SetMade>(record().back().event))
            d->makeNextSet();
        if (d->lifting && std::holds_alternative<TurnBegan>(record().back().event))
            d->showTurn();
        if (std::holds_alternative<Paused>(record().back().event))
            d->trouble.reset(); // whoever goes on tries anew
        d->pauseSoon();
        if (std::holds_alternative<Resumed>(record().back().event) && state().stage < Stage::Reviewing
            && !state().pending)
            lookForDevice();
        Q_EMIT changed();
    });
    connect(&d->environment.readers, &device::ReaderSource::changed, this, [this] {
        if (!d->state().device || d->state().onSimulator())
            return;
        const auto readers = d->environment.readers.readers();
        const bool anyCard = readers
            && std::any_of(readers->begin(), readers->end(),
                [](const device::ReaderInfo& reader) { return reader.cardPresent; });
        if (!anyCard)
            d->present = false;
        else if (d->state().pending && d->trouble)
            d->settlePending();
        else if (!awaitsResume())
            lookForDevice();
        Q_EMIT changed();
    });
}

Ceremony::~Ceremony() = default;

void Ceremony::finishWriting()
{
    d->recorder.fileThread().waitForDone();
}

const CeremonyState& Ceremony::state() const
{
    return d->state();
}

const std::vector<RecordedEvent>& Ceremony::record() const
{
    return d->recorder.record();
}

Flow Ceremony::flow() const
{
    if (!state().opened && d->transport)
        return d->transport->pause.flow;
    return state().opened ? state().flow() : d->flow;
}

std::vector<Step> Ceremony::steps() const
{
    if (!state().opened && d->transport) {
        CeremonyState next;
        next.opened.emplace().flow = flow();
        next.before = d->transport->pause;
        return next.steps();
    }
    return state().opened ? state().steps() : stepsOf(d->flow);
}

const Work& Ceremony::work() const
{
    return d->work;
}

const std::optional<Trouble>& Ceremony::trouble() const
{
    return d->trouble;
}

QString Ceremony::folder() const
{
    return d->folder();
}

bool Ceremony::writing() const
{
    return d->recorder.writing();
}

bool Ceremony::rehearsal() const
{
    return d->environment.readers.simulated();
}

qint64 Ceremony::monotonicMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

bool Ceremony::awaitsResume() const
{
    return d->resumePending || d->state().paused;
}

bool Ceremony::awaitsCheckpoint() const
{
    return d->resumePending;
}

QString Ceremony::checkpointCode() const
{
    return record().empty() ? QString() : checkpointCodeOf(record().back().lineSha256);
}

Status Ceremony::prepare(Preparation preparation)
{
    const bool first = !d->state().opened;
    if (awaitsTransport())
        return notNow();
    if (!isCeremonyId(preparation.ceremonyId))
        return fail(ErrorKind::Malformed, QStringLiteral("ceremonyId"));
    const bool accepted = std::any_of(record().begin(), record().end(),
        [](const RecordedEvent& each) { return std::holds_alternative<MemoryFolderAccepted>(each.event); });
    std::optional<QString> inMemory;
    if (!rehearsal() && !accepted)
        inMemory = memoryFileSystemOf(first ? preparation.folder : folder());
    if (inMemory && !preparation.memoryFolderAccepted)
        return fail(ErrorKind::FolderInMemory, *inMemory);
    std::vector<Event> events;
    if (first) {
        events.push_back(Opened{ preparation.ceremonyId, QStringLiteral("Conclave " CONCLAVE_VERSION),
            rehearsal(), d->transport ? d->transport->sha256 : QString(), flow() });
        if (d->transport)
            events.push_back(PartContinued{ QString::fromUtf8(d->transport->line), *d->transportCheckpoint });
        d->whole->begin(QFileInfo(preparation.folder).absoluteFilePath());
    }
    if (inMemory)
        events.push_back(MemoryFolderAccepted{ *inMemory });
    if (!d->state().participants.empty())
        events.push_back(WentBack{ BackTarget::Preparation });
    for (ParticipantNamed& participant : preparation.participants)
        events.push_back(std::move(participant));
    events.push_back(Prepared{
        preparation.purpose, preparation.place, preparation.clockConfirmed, preparation.withoutWitness });
    return d->recorder.add(std::move(events));
}

void Ceremony::load(const QString& folder)
{
    d->begin(WorkKind::Loading);
    d->whole->load(folder);
}

Status Ceremony::confirmResume(std::optional<QString> checkpoint)
{
    if (!awaitsResume())
        return notNow();
    // Said once: later pauses are resumed from memory.
    const Result<CheckpointAnswer> answer = answerTo(checkpointCode(), checkpoint);
    if (!answer)
        return fail(answer.error());
    Status added = d->add(Resumed{ *answer, d->resumePending && d->whole->tornLineDropped() });
    if (added)
        d->resumePending = false;
    return added;
}

Status Ceremony::pause()
{
    if (d->phase == TurnPhase::Reveal || d->phase == TurnPhase::Proof || d->state().printing)
        return notNow();
    if (mayBeCut(d->work.kind) && !devicesWork())
        return d->add(Paused{});
    d->pauseAsked = true;
    if (d->several)
        d->several->stopSoon();
    d->stopRequested = d->stopRequested || d->generating;
    d->restoring = false;
    d->pauseSoon();
    Q_EMIT changed();
    return {};
}

bool Ceremony::pauseAsked() const
{
    return d->pauseAsked;
}

Status Ceremony::noteDeviation(const QString& text, const QString& by)
{
    return d->add(DeviationNoted{ text.trimmed(), by.trimmed() });
}

Status Ceremony::goBack(BackTarget to)
{
    if (devicesWork())
        return notNow();
    return d->add(WentBack{ to });
}

void Ceremony::dismissTrouble()
{
    d->trouble.reset();
    Q_EMIT changed();
}

Status Ceremony::tryAgain()
{
    if (!d->trouble || d->work.kind != WorkKind::None)
        return notNow();
    const Trouble trouble = *d->trouble;
    if (trouble.during == WorkKind::Saving) {
        d->trouble.reset();
        d->whole->tryAgain();
        Q_EMIT changed(); // what was no line of the record is done again from its page
    } else if (d->state().pending) {
        d->settlePending();
    } else if (trouble.during == WorkKind::MakingSets) {
        d->makeSets();
    } else if (trouble.during == WorkKind::Importing && !d->rebuilt.empty()) {
        d->trouble.reset();
        d->intendImport(d->rebuiltNumber);
    } else if (trouble.during == WorkKind::Initialising && d->pins) {
        d->trouble.reset();
        return d->add(d->state().stage == Stage::Initialising
                ? d->soPinChange()
                : Intended{ Operation::Initialise, d->state().device->serial, 0, -1, -1 });
    } else if (trouble.during == WorkKind::RequestingCertificate) {
        dismissTrouble(); // asked for again on its page
    } else if (d->several) {
        dismissTrouble();
    } else if (d->state().stage == Stage::GeneratingKeys && userPinHeld()) {
        return generate();
    } else if (d->state().stage == Stage::BackingUp && (keysWrapped() || userPinHeld())) {
        return saveBackup();
    } else if (trouble.during == WorkKind::OpeningBackup || !d->state().restore.next() || !userPinHeld()) {
        dismissTrouble();
    } else {
        return restore();
    }
    return {};
}

void Ceremony::settleAgain()
{
    d->trouble.reset();
    d->settlePending();
}

void Ceremony::stopSoon()
{
    d->restoring = false;
}

Status Ceremony::explain(int seq, const QString& text)
{
    return d->add(Explained{ seq, text.trimmed() });
}

Status Ceremony::seal()
{
    return d->add(Sealed{});
}

Status Ceremony::saveReport(const QString& fileName, const QByteArray& content)
{
    if (d->state().stage != Stage::Sealed || fileName.contains(QLatin1Char('/')))
        return notNow();
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(content.constData());
    const QString hash = toHex(sha256(ByteView(bytes, static_cast<std::size_t>(content.size()))));
    const QString path = QDir(folder()).filePath(fileName);
    onDone(inBackground(d->recorder.fileThread(),
               [path, content]() -> Status {
                   const auto* data = reinterpret_cast<const std::uint8_t*>(content.constData());
                   return writeDurably(path, ByteView(data, static_cast<std::size_t>(content.size())));
               }),
        this, [this, fileName, hash](const QFuture<Status>& future) {
            if (const Status saved = future.result(); !saved)
                d->failWith(WorkKind::Saving, 0, saved.error());
            else
                d->record(ReportSaved{ fileName, hash });
        });
    return {};
}

Status Ceremony::confirmFingerprintRead(const QString& by, const QString& followedBy)
{
    return d->add(FingerprintRead{ by, followedBy });
}

Status Ceremony::close()
{
    Status closed = d->add(Closed{});
    if (closed && d->worker)
        d->worker->release();
    return closed;
}

} // namespace conclave::ceremony
