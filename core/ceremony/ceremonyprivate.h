// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/ceremony.h"

#include "core/base/hex.h"
#include "core/card/smartcardhsm.h"
#include "core/ceremony/background.h"
#include "core/ceremony/backupdevices.h"
#include "core/ceremony/deviceoperations.h"
#include "core/ceremony/keybackup.h"
#include "core/ceremony/keyproof.h"
#include "core/ceremony/openedbackup.h"
#include "core/ceremony/recorder.h"
#include "core/ceremony/setmaker.h"
#include "core/ceremony/setopening.h"
#include "core/ceremony/transport.h"
#include "core/device/devicedirectory.h"
#include "core/device/deviceworker.h"
#include "core/device/simulatedreaders.h"
#include "core/simulator/simulatedhsm.h"
#include "core/witness/witnessprocess.h"

#include <map>

namespace conclave::ceremony {

template <typename... F>
struct Overloaded : F... {
    using F::operator()...;
};

template <typename... F>
Overloaded(F...) -> Overloaded<F...>;

inline tl::unexpected<Error> notNow()
{
    return fail(ErrorKind::NotAllowedNow);
}

/// Whether the code that was typed is the one expected: nothing typed, "we have none". CheckpointDiffers.
inline Result<CheckpointAnswer> answerTo(QString expected, const std::optional<QString>& typed)
{
    if (!typed)
        return CheckpointAnswer::None;
    QString code = typed->toUpper();
    if (code.remove(QLatin1Char(' ')) != expected.remove(QLatin1Char(' ')))
        return fail(ErrorKind::CheckpointDiffers);
    return CheckpointAnswer::Matched;
}

inline Result<KeyGenerated> keyGenerated(int index, int reference, const AttestedKey& key, double seconds)
{
    if (!key.publicKey)
        return KeyGenerated{ index, reference, {}, {}, seconds, Attestation::None, {} };
    const auto info = key.publicKey->subjectPublicKeyInfo();
    const auto fingerprint = key.publicKey->fingerprint();
    if (!info || !fingerprint)
        return fail(ErrorKind::UnexpectedAnswer);
    return KeyGenerated{ index, reference, toHex(*fingerprint), toHex(*info), seconds, key.attestation,
        toHex(key.request) };
}

/// What lives in memory only, beside the folded state: secrets, and the work under way.
class Ceremony::Private {
public:
    Private(Ceremony& owner, Environment from, Flow chosenFlow)
        : Private(owner, std::move(from), chosenFlow, nullptr)
    {
    }
    /// `ofDevice`: the part of a ceremony that one of several devices is in.
    Private(Ceremony& owner, Environment from, Flow chosenFlow, std::unique_ptr<Record> ofDevice)
        : q(owner)
        , environment(std::move(from))
        , whole(ofDevice ? nullptr : new Recorder(environment.clock))
        , ownRecord(whole ? std::unique_ptr<Record>(whole) : std::move(ofDevice))
        , recorder(*ownRecord)
        , flow(chosenFlow)
    {
    }

    /// Secrets of one set between its making and the end of its hand-out.
    struct SetSecrets {
        SecretBytes clearShare;
        SecretBytes password;
        std::vector<dkek::CustodianShare> shares;
    };

    [[nodiscard]] const CeremonyState& state() const { return recorder.state(); }
    void begin(WorkKind kind, int number = 0, std::pair<int, int> usual = { 0, 0 })
    {
        work = Work{ kind, monotonicMs(), usual.first, usual.second, number };
        trouble.reset();
        Q_EMIT q.changed();
    }
    void end()
    {
        work = {};
        pauseSoon();
        Q_EMIT q.changed();
    }
    void failWith(WorkKind during, int number, Error error)
    {
        work = {};
        lifting = false; // who is called to the screen now is not the custodian
        pauseAsked = false; // it can be asked for again when it is known what went wrong
        trouble = Trouble{ during, number, std::move(error) };
        Q_EMIT q.changed();
    }
    Status add(Event event)
    {
        std::vector<Event> events;
        events.push_back(std::move(event));
        return recorder.add(std::move(events));
    }
    /// For outcomes: they always fit, unless the state moved on meanwhile.
    void record(Event event)
    {
        if (const Status added = add(std::move(event)); !added)
            failWith(work.kind, work.number, added.error());
    }

    /// Where the ceremony's own device is.
    device::ReaderSource& source()
    {
        return simulator && state().onSimulator() ? *simulator : environment.readers;
    }
    void dropSimulator();
    [[nodiscard]] std::optional<Event> refusedKeys() const;
    device::DeviceWorker& device()
    {
        if (!worker || workerSerial != state().device->serial) {
            workerSerial = state().device->serial;
            worker = std::make_unique<device::DeviceWorker>(source(), workerSerial);
        }
        return *worker;
    }
    /// Posts to the device and hands the result to `then`, with presence updated.
    template <typename Op, typename Then>
    void onDevice(Op op, Then then)
    {
        auto future = device().post(std::move(op));
        onDone(future, &q, [this, then = std::move(then)](auto done) mutable {
            if (done.isCanceled())
                return;
            auto result = done.takeResult();
            notePresence(result ? std::nullopt : std::optional<Error>(result.error()));
            then(std::move(result));
        });
    }
    void notePresence(const std::optional<Error>& error);

    void carryOut(const Effect& effect);
    void makeSets();
    [[nodiscard]] bool setsAreMissing() const;
    void makeNextSet();
    void saveAndRecord(std::shared_ptr<FreshSet> set);
    void pauseSoon();
    void pauseIfIdle();
    void removeShareFiles(const std::vector<int>& numbers);
    void voidSet(const VoidSet& order);
    void finishHandOut();
    void initialise(bool withProof);
    void prove();
    void initialiseAsPlanned();
    [[nodiscard]] Intended soPinChange() const;
    void changeSoPin();
    void keepSoPin();
    void rebuild(int number);
    void rebuiltFrom(int number, OpenedSet opened);
    [[nodiscard]] int setBeingReceived() const;
    void intendImport(int number);
    void import(int number, int outstandingBefore);
    void imported(int number, const card::DkekStatus& dkek);
    void readPinTries();
    void continueGeneration();
    void generateKey(int index, int reference);
    void testKey(int index);
    void requestCertificate(int index, const card::RequestSubject& subject);
    void deleteKey(int index, int reference);
    void continueBackup();
    void wrapKeys();
    void saveTo(const QString& target);
    /// As the transcript names it.
    [[nodiscard]] QString recordedName(const QString& target) const
    {
        return target == folder() ? QString() : target;
    }
    [[nodiscard]] QStringList savedTargets() const;
    void openBackup(const QString& path);
    void opened(std::shared_ptr<OpenedBackup> files);
    void proveClone();
    void signOnSecond();
    void signOnFirst();
    void joinDevices();
    void cloneSigned(const std::vector<Result<Bytes>>& onFirst);
    void cloneFailed(Error error, int device); // by value: mostly a part of the proof that ends
    void askForOpinion();
    void startWitness();
    void witnessAnswered();
    void opinionIsOver(std::optional<Error> error);
    void openingFailed(const Error& error);
    void continueRestore();
    [[nodiscard]] QString publicKeyToSave(const RestorableKey& key) const;
    void restoreKey(int index);
    void settlePending();
    void settled(const Intended& intended, const Settlement& settlement);
    void workFailed(Operation operation, int number, Progress progress, const Error& error);
    void saveTransport();
    void forgetRefusedPin(const Error& error);
    void forgetSecrets();
    void showTurn();
    void endTurn();
    [[nodiscard]] LoginOrder loginOrder() const
    {
        return LoginOrder{ userPin.clone(), lastTryConfirmed,
            state().settings ? state().settings->label : state().device->label,
            !state().kcv.isEmpty() || !state().withBackup() };
    }
    [[nodiscard]] SetSecrets* secretsOfTurn()
    {
        const auto found = secrets.find(turnSet);
        return found == secrets.end() ? nullptr : &found->second;
    }
    [[nodiscard]] QString folder() const { return recorder.folder(); }

    Ceremony& q;
    Environment environment;
    Recorder* whole; ///< null in the part of one of several devices
    std::unique_ptr<Record> ownRecord;
    Record& recorder;
    const Flow flow; ///< as asked for; a transcript that is loaded has its own
    std::unique_ptr<device::SimulatedReaders> simulator; ///< of a drill
    std::unique_ptr<device::DeviceWorker> worker;
    QString workerSerial;
    Work work;
    std::optional<Trouble> trouble;
    bool resumePending = false;
    std::optional<Transport> transport; ///< opened, and not in the record yet
    std::optional<CheckpointAnswer> transportCheckpoint; ///< what was said of it
    bool present = false;

    TurnPhase phase = TurnPhase::None;
    int turnSet = 0;
    int turnId = 0;
    int proofTries = 0;
    bool readAloud = false; ///< in this turn
    bool lifting = false; ///< the curtain lifts when it is on the disk that the turn began
    SecretBytes checkCode;

    SecretBytes deviceRandom;
    std::map<int, SetSecrets> secrets;
    std::optional<PinSettings> pins;
    std::vector<dkek::CustodianShare> received;
    SecretBytes receivedPassword;
    SecretBytes oldClear; ///< re-share: clear bytes of the old set's share file, as long as clearHeld
    PasswordReading oldPassword = PasswordReading::Plain;
    SecretBytes rebuilt; ///< clear bytes of the share file about to be imported
    int rebuiltNumber = 0;
    SecretBytes dkekSoFar; ///< XOR of the share files imported in this run
    int dkekParts = 0;

    SecretBytes userPin;
    bool lastTryConfirmed = false;
    std::optional<int> userPinTries;
    bool generating = false;
    bool stopRequested = false;
    bool finishing = false; ///< the keys' files are being written

    std::shared_ptr<const KeyBackup> backup; ///< the last wrapping
    QStringList moreTargets; ///< beside the ceremony's own folder
    bool ownFolderDropped = false;
    bool savingBackup = false;
    bool pauseAsked = false; ///< it comes when the work under way is over

    std::optional<FirstDeviceNamed> firstDevice; ///< as read, before it is recorded
    QString firstFolder;
    std::shared_ptr<const OpenedBackup> openedBackup;
    bool restoring = false;

    /// One proof on two devices, while it runs.
    struct CloneProof {
        std::optional<std::vector<Result<Bytes>>> onFirst; ///< it signed already, for several devices
        SecretBytes firstPin;
        Bytes challenge;
        std::vector<OriginalKey> keys;
        std::vector<Result<Bytes>> onSecond;
        std::unique_ptr<device::DeviceWorker> first;
    };
    std::optional<CloneProof> cloneProof;

    bool seekingOpinion = false;
    QString witnessModule;
    /// One second opinion, while it is asked for.
    struct Consultation {
        SecretBytes pin;
        Bytes challenge;
    };
    std::optional<Consultation> consultation;
    std::unique_ptr<witness::WitnessProcess> witnessProcess; ///< is stopped when it goes

    std::unique_ptr<BackupDevices> several; ///< what goes on on each of them
};

} // namespace conclave::ceremony
