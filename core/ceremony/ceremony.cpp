// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/ceremony.h"

#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/card/inputrules.h"
#include "core/card/smartcardhsm.h"
#include "core/ceremony/authenticity.h"
#include "core/ceremony/background.h"
#include "core/ceremony/backupdevices.h"
#include "core/ceremony/ceremonyfolder.h"
#include "core/ceremony/custodyrules.h"
#include "core/ceremony/devicechoice.h"
#include "core/ceremony/deviceoperations.h"
#include "core/ceremony/durablefile.h"
#include "core/ceremony/firstdevice.h"
#include "core/ceremony/keybackup.h"
#include "core/ceremony/keyfiles.h"
#include "core/ceremony/keyproof.h"
#include "core/ceremony/keysaving.h"
#include "core/ceremony/openedbackup.h"
#include "core/ceremony/recorder.h"
#include "core/ceremony/secondopinion.h"
#include "core/ceremony/setmaker.h"
#include "core/ceremony/setopening.h"
#include "core/ceremony/transport.h"
#include "core/ceremony/usualtimes.h"
#include "core/device/devicedirectory.h"
#include "core/device/deviceworker.h"
#include "core/device/simulatedreaders.h"
#include "core/simulator/simulatedhsm.h"
#include "core/witness/witnessprocess.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <chrono>
#include <map>

namespace conclave::ceremony {

namespace {

constexpr std::size_t kDeviceRandomBytes = 64;
constexpr int kProofTriesBeforeEvent = 3;
constexpr int kHex = 16;
constexpr int kSimulatorMajor = 4;
constexpr int kSimulatorMinor = 1;
constexpr qsizetype kLongestId = 2; // of a sheet of another tool

template <typename... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <typename... F>
Overloaded(F...) -> Overloaded<F...>;

tl::unexpected<Error> notNow()
{
    return fail(ErrorKind::NotAllowedNow);
}

card::PinUnblocking unblockingOf(Unblocking unblocking)
{
    switch (unblocking) {
    case Unblocking::Off:
        return card::PinUnblocking::Off;
    case Unblocking::CounterOnly:
        return card::PinUnblocking::CounterOnly;
    case Unblocking::NewPin:
        return card::PinUnblocking::NewPin;
    }
    return card::PinUnblocking::Off;
}

card::KeyRequest requestOf(const PlannedKey& planned)
{
    return { planned.algorithm, planned.label, fromHex(planned.id).value_or(Bytes{}) };
}

IdReading idReading(dkek::Readings readings)
{
    if (readings.testFlag(dkek::Reading::IdsDecimal))
        return IdReading::Decimal;
    return readings.testFlag(dkek::Reading::IdsHex) ? IdReading::Hex : IdReading::Plain;
}

PasswordReading passwordReading(dkek::Readings readings)
{
    if (readings.testFlag(dkek::Reading::PaddedZero))
        return PasswordReading::ZerosKept;
    return readings.testFlag(dkek::Reading::MinimalPassword) ? PasswordReading::ZerosDropped
                                                             : PasswordReading::Plain;
}

/// Nobody takes it for the serial number of a device.
QString simulatorSerial()
{
    return QStringLiteral("SIMULATOR01");
}

/// Whether the code that was typed is the one expected: nothing typed, "we have none". CheckpointDiffers.
Result<CheckpointAnswer> answerTo(QString expected, const std::optional<QString>& typed)
{
    if (!typed)
        return CheckpointAnswer::None;
    QString code = typed->toUpper();
    if (code.remove(QLatin1Char(' ')) != expected.remove(QLatin1Char(' ')))
        return fail(ErrorKind::CheckpointDiffers);
    return CheckpointAnswer::Matched;
}

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

/// The device must have a status.
DeviceChosen chosenDevice(const DeviceChoice& choice)
{
    DeviceChosen chosen = describeDevice(*choice.device);
    chosen.keysGivenUp = choice.keysGivenUp;
    chosen.unknownMakerAccepted
        = chosen.authenticity == Authenticity::UnknownIssuer && choice.typedSerial == chosen.serial;
    return chosen;
}

Result<KeyGenerated> keyGenerated(int index, int reference, const AttestedKey& key, double seconds)
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

void Ceremony::Private::initialise(bool withProof)
{
    begin(WorkKind::Initialising, 0, kUsualInitialisationMs);
    if (!pins) {
        workFailed(Operation::Initialise, 0, Progress::Before, Error{ .kind = ErrorKind::NotAllowedNow });
        return;
    }
    if (withProof)
        prove();
    else
        initialiseAsPlanned();
}

void Ceremony::Private::prove()
{
    const SecretBytes& soPin = pins->currentSoPin.empty() ? pins->newSoPin : pins->currentSoPin;
    ProofOrder order{ soPin.clone(), state().device->authenticity, environment.clock().date() };
    const auto progress = std::make_shared<Progress>();
    onDevice([order = std::move(order), progress](
                 card::SmartCardHsm& hsm) { return proveDevice(hsm, order, *progress); },
        [this, progress](const Result<std::optional<card::DeviceTrust>>& proved) {
            if (!proved) {
                workFailed(Operation::Initialise, 0, *progress, proved.error());
            } else if (!*proved) {
                initialise(false); // it has nothing to prove
            } else {
                const card::DeviceTrust& trust = **proved;
                const Authenticity authenticity = state().device->authenticity == Authenticity::Simulated
                    ? Authenticity::Simulated
                    : authenticityOf(trust.trust);
                record(AuthenticityProved{ authenticity, trust.holderPath,
                    trust.chainValidTo ? trust.chainValidTo->toString(Qt::ISODate) : QString() });
            }
        });
}

void Ceremony::Private::initialiseAsPlanned()
{
    card::Initialisation settings;
    settings.userPin = pins->userPin.clone();
    settings.soPin = pins->newSoPin.clone();
    settings.userPinTries = pins->userPinTries;
    settings.unblocking = unblockingOf(pins->unblocking);
    settings.label = pins->label;
    if (const int planned = state().shareFilesPlanned(); planned > 0)
        settings.shareFiles = planned;
    // A device that had an SO-PIN keeps it: INITIALIZE proves it, and it is changed afterwards where a new
    // one is wanted.
    if (!pins->currentSoPin.empty())
        settings.soPin = pins->currentSoPin.clone();
    const auto progress = std::make_shared<Progress>();
    onDevice([settings = std::move(settings), progress](
                 card::SmartCardHsm& hsm) { return initialiseDevice(hsm, settings, *progress); },
        [this, progress](Result<InitialisedDevice> result) {
            if (!result) {
                workFailed(Operation::Initialise, 0, *progress, result.error());
                return;
            }
            end();
            record(DeviceInitialised{
                state().device->serial, result->shareFilesTotal, result->shareFilesOutstanding });
        });
}

Intended Ceremony::Private::soPinChange() const
{
    return Intended{ Operation::ChangeSoPin, state().device->serial, 0, -1, -1 };
}

void Ceremony::Private::changeSoPin()
{
    begin(WorkKind::Initialising);
    if (!pins) {
        workFailed(Operation::ChangeSoPin, 0, Progress::Before, Error{ .kind = ErrorKind::NotAllowedNow });
        keepSoPin();
        return;
    }
    const auto progress = std::make_shared<Progress>();
    onDevice(
        [current = pins->currentSoPin.clone(), chosen = pins->newSoPin.clone(), progress](
            card::SmartCardHsm& hsm) -> Status {
            *progress = Progress::Asked;
            return hsm.changeSoPin(current, chosen);
        },
        [this, progress](const Status& changed) {
            if (changed) {
                end();
                record(SoPinChanged{});
                return;
            }
            workFailed(Operation::ChangeSoPin, 0, *progress, changed.error());
            // Refused: the same would be refused again, and may cost a try.
            if (*progress == Progress::Asked
                && leavesDeviceUnchanged(Operation::ChangeSoPin, *progress, changed.error()))
                keepSoPin();
        });
}

void Ceremony::Private::keepSoPin()
{
    record(Settled{ Operation::ChangeSoPin, 0, Outcome::NoEffect });
}

void Ceremony::Private::rebuild(int number)
{
    begin(WorkKind::Rebuilding, number, kUsualDerivationMs);
    endTurn();
    const ShareSet& set = *state().set(number);
    auto order
        = std::make_shared<OpeningOrder>(OpeningOrder{ q.shareFileFolder(), *set.made, std::move(received),
            std::move(receivedPassword), environment.rounds, set.rule.threshold, set.ofAnotherTool });
    received.clear();
    onDone(inBackground(*QThreadPool::globalInstance(),
               [order] {
                   if (!order->shares.empty())
                       return openSet(*order);
                   return openShareFile(*order).map(
                       [](SecretBytes clear) { return OpenedSet{ .clear = std::move(clear) }; });
               }),
        &q, [this, number, order](QFuture<Result<OpenedSet>> future) {
            Result<OpenedSet> opened = future.takeResult();
            const ShareSet* asked = state().set(number);
            if (state().paused || !asked || static_cast<int>(asked->received.size()) < asked->needed()) {
                end(); // paused meanwhile: all is typed again
                return;
            }
            if (opened && !order->shares.empty())
                received = std::move(order->shares); // none that was typed is lost
            if (!opened) {
                record(SharesRejected{ number, opened.error().kind });
                failWith(WorkKind::Rebuilding, number, opened.error());
            } else {
                rebuiltFrom(number, std::move(*opened));
            }
        });
}

void Ceremony::Private::rebuiltFrom(int number, OpenedSet opened)
{
    for (const int id : opened.wrong) {
        std::erase_if(received, [id](const dkek::CustodianShare& share) { return share.id == id; });
        record(ShareFoundWrong{ number, id, *opened.wrongBy });
    }
    if (!opened.clear.empty() && state().flow() == Flow::Reshare) {
        received.clear();
        const QString check = toHex(dkek::checkValue(opened.clear));
        oldClear = std::move(opened.clear);
        end();
        oldPassword = passwordReading(opened.readings);
        record(SetOpened{ idReading(opened.readings), check });
        return;
    }
    if (!opened.clear.empty() && state().several) {
        received.clear();
        end();
        const std::optional<QString> kcv
            = several->takeShareFile(number, std::move(opened.clear), state().sets.size());
        if (kcv && *kcv != state().expectedKcv) {
            several->forgetShareFiles();
            record(KeyCheckValueDiffered{ QString(), *kcv });
            failWith(WorkKind::Rebuilding, number, Error{ .kind = ErrorKind::KeyCheckValueDiffers });
            return;
        }
        record(ShareFileOpened{ number });
        return;
    }
    if (!opened.clear.empty()) {
        received.clear();
        rebuilt = std::move(opened.clear);
        rebuiltNumber = number;
        intendImport(number);
        return;
    }
    Error error{ .kind = ErrorKind::SharesDoNotOpenFile };
    if (!opened.wrong.empty()) {
        error.number = opened.wrong.front();
    } else if (state().set(number)->moreToCome()) {
        record(SharesNotOpened{ number, opened.fitTogether });
    } else {
        received.clear();
        record(SharesRejected{ number, error.kind });
    }
    failWith(WorkKind::Rebuilding, number, error);
}

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

/// 0: none.
int Ceremony::Private::setBeingReceived() const
{
    const std::vector<ShareSet>& sets = state().sets;
    const auto found = std::find_if(
        sets.begin(), sets.end(), [](const ShareSet& set) { return !set.received.empty() && !set.imported; });
    return found == sets.end() ? 0 : static_cast<int>(found - sets.begin()) + 1;
}

void Ceremony::Private::intendImport(int number)
{
    record(Intended{
        Operation::ImportShareFile, state().device->serial, number, state().shareFilesOutstanding, -1 });
}

void Ceremony::Private::import(int number, int outstandingBefore)
{
    begin(WorkKind::Importing, number);
    if (rebuilt.empty() || rebuiltNumber != number) {
        workFailed(
            Operation::ImportShareFile, number, Progress::Before, Error{ .kind = ErrorKind::NotAllowedNow });
        return;
    }
    const auto progress = std::make_shared<Progress>();
    onDevice(
        [share = rebuilt.clone(), outstandingBefore, progress](
            card::SmartCardHsm& hsm) { return importShareFile(hsm, share, outstandingBefore, *progress); },
        [this, number, progress](Result<card::DkekStatus> result) {
            if (result)
                imported(number, *result);
            else
                workFailed(Operation::ImportShareFile, number, *progress, result.error());
        });
}

void Ceremony::Private::imported(int number, const card::DkekStatus& dkek)
{
    if (!rebuilt.empty() && rebuiltNumber == number) {
        if (dkekSoFar.empty())
            dkekSoFar = SecretBytes(dkek::kDkekBytes);
        for (std::size_t i = 0; i < dkek::kDkekBytes; ++i)
            dkekSoFar[i] ^= rebuilt[i];
        ++dkekParts;
    }
    rebuilt.clear();
    rebuiltNumber = 0;
    ShareFileImported event{ number, dkek.outstanding, dkek.total, dkek.kcv ? toHex(*dkek.kcv) : QString(),
        false };
    QString computed = state().expectedKcv;
    if (!state().first && dkekParts == static_cast<int>(state().sets.size()))
        computed = toHex(dkek::checkValue(dkekSoFar));
    end();
    if (dkek.outstanding == 0 && !event.kcv.isEmpty() && !computed.isEmpty()) {
        if (event.kcv != computed) {
            record(KeyCheckValueDiffered{ event.kcv, computed });
            failWith(WorkKind::Importing, number, Error{ .kind = ErrorKind::KeyCheckValueDiffers });
            return;
        }
        event.kcvCompared = true;
    }
    record(event);
}

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

/// The device judges the PIN before foreign code sends it: a wrong one costs one try, and is told as ever.
void Ceremony::Private::askForOpinion()
{
    begin(WorkKind::AskingForOpinion);
    auto challenge = freshChallenge();
    if (!challenge) {
        opinionIsOver(challenge.error());
        return;
    }
    consultation->challenge = std::move(*challenge);
    onDevice(
        [login = loginOrder()](
            card::SmartCardHsm& hsm) -> Status { return logIn(hsm, login).map([](const LoginResult&) {}); },
        [this](const Status& loggedIn) {
            if (!consultation) { // paused meanwhile
                end();
                return;
            }
            if (!loggedIn) {
                forgetRefusedPin(loggedIn.error());
                opinionIsOver(loggedIn.error());
                return;
            }
            if (userPin.size() <= std::size_t{ witness::kLongestPin })
                consultation->pin = std::move(userPin);
            userPin.clear();
            // The module could not reach a device that we hold.
            onDone(worker->shutDown(), &q, [this](const QFuture<void>&) {
                worker.reset();
                startWitness();
            });
        });
}

void Ceremony::Private::startWitness()
{
    if (!consultation) {
        end();
        return;
    }
    witnessProcess = std::make_unique<witness::WitnessProcess>();
    QObject::connect(
        witnessProcess.get(), &witness::WitnessProcess::finished, &q, [this] { witnessAnswered(); });
    witnessProcess->start({ environment.witness.program, witnessModule, state().device->serial,
        consultation->challenge, std::move(consultation->pin), patienceMs(keysOnDevice(state()).size()) });
}

void Ceremony::Private::witnessAnswered()
{
    const Result<witness::Testimony> testimony = witnessProcess->answer();
    witnessProcess.release()->deleteLater(); // it is in the middle of telling
    std::optional<Error> error;
    if (!testimony) {
        error = testimony.error();
        record(SecondOpinionFailed{ error->kind, witnessModule, error->detail });
    } else {
        SecondOpinionGiven given = judge(keysOnDevice(state()), *testimony, consultation->challenge);
        given.library = testimony->library;
        given.version = testimony->version;
        given.module = witnessModule;
        record(std::move(given));
    }
    onDevice([](card::SmartCardHsm& hsm) { return hsm.serial(); },
        [this, error](const Result<QString>& serial) {
            opinionIsOver(!error && !serial ? std::optional(serial.error()) : error);
        });
}

void Ceremony::Private::opinionIsOver(std::optional<Error> error)
{
    const bool cut = !consultation;
    consultation.reset();
    userPin.clear();
    if (error && !cut)
        failWith(WorkKind::AskingForOpinion, 0, std::move(*error));
    else
        end();
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

/// Hex; empty where there is none that a file could be made of. What a drill restores does not stay.
QString Ceremony::Private::publicKeyToSave(const RestorableKey& key) const
{
    const auto isWritten = [](const card::PublicKey& publicKey) { return publicKey.pem().has_value(); };
    return state().flow() != Flow::Drill
            && card::PublicKey::parse(key.about.publicKey).map(isWritten).value_or(false)
        ? toHex(key.about.publicKey)
        : QString();
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

Status Ceremony::takeShareFile(const QString& path)
{
    if (d->state().stage != Stage::Importing || d->work.kind != WorkKind::None || d->state().brought)
        return notNow();
    d->begin(WorkKind::ReadingShareFiles);
    onDone(inBackground(*QThreadPool::globalInstance(),
               [path, into = folder(), sets = d->state().sets] {
                   return ceremony::takeShareFile(path, into, sets);
               }),
        this, [this](const QFuture<Result<int>>& future) {
            const Result<int> taken = future.result();
            if (taken)
                d->end();
            else
                d->failWith(WorkKind::ReadingShareFiles, taken.error().number.value_or(0), taken.error());
        });
    return {};
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

QString Ceremony::shareFileFolder() const
{
    const bool brought = state().brought && state().stage == Stage::Importing;
    return brought ? state().brought->folder : folder();
}

Status Ceremony::chooseOldSet(const SetBrought& set)
{
    return d->add(set);
}

PasswordReading Ceremony::oldPassword() const
{
    return d->oldPassword;
}

Status Ceremony::enterPrime(ByteView prime)
{
    if (d->phase != TurnPhase::Entry)
        return notNow();
    if (const Status fits = dkek::checkPrime(prime); !fits)
        return fits;
    return d->add(PrimeEntered{ toHex(prime) });
}

Status Ceremony::enterSheet(dkek::TypedShare sheet)
{
    const ShareSet* set = d->state().set(d->turnSet);
    if (d->phase != TurnPhase::Entry || !set || !set->ofAnotherTool || set->made->prime.isEmpty())
        return notNow();
    const int id = std::ranges::all_of(sheet.id, [](QChar c) { return hexDigitValue(c.unicode()) >= 0; })
        ? sheet.id.toInt(nullptr, kHex)
        : 0;
    if (id < 1 || sheet.id.size() > kLongestId)
        return fail(ErrorKind::ShareIdOutOfRange);
    const Bytes prime = fromHex(set->made->prime).value_or(Bytes{});
    dkek::CustodianShare share{ 1, std::move(sheet.value) }; // whatever number the id means
    if (const Status fits = dkek::checkShare(prime, share); !fits)
        return fits;
    share.id = id;
    if (set->received.contains(id))
        return fail(Error{ .kind = ErrorKind::DuplicateShare, .detail = sheet.id }); // a number in no base
    Status added = d->add(ShareReceived{ d->turnSet, id, sheet.id, d->readAloud });
    if (added) {
        d->received.push_back(std::move(share));
        d->phase = TurnPhase::Curtain;
        Q_EMIT changed();
    }
    return added;
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

Status Ceremony::setPins(PinSettings settings)
{
    if (d->several)
        return d->several->setPins(settings);
    const bool hadSoPin = d->state().device && (d->state().device->initialised || d->state().erasedAt);
    for (const Status& rule : { card::checkUserPin(settings.userPin), card::checkSoPin(settings.newSoPin),
             hadSoPin ? card::checkSoPin(settings.currentSoPin) : Status{},
             card::checkLabel(settings.label) }) {
        if (!rule)
            return rule;
    }
    if (settings.userPinTries < 1 || settings.userPinTries > card::mostPinTries(settings.userPin.size()))
        return fail(ErrorKind::PinRule);
    const auto conflicts = custodyConflicts(d->state(), settings.soPinHalves);
    if (!conflicts.empty() && !settings.conflictsAccepted)
        return notNow();
    const bool replaced = !settings.currentSoPin.empty() && !(settings.currentSoPin == settings.newSoPin);
    std::vector<Event> events(conflicts.begin(), conflicts.end());
    events.emplace_back(SettingsChosen{ settings.label, settings.userPinTries, settings.unblocking,
        settings.soPinMade, replaced, settings.soPinHalves, settings.currentSoPinHalves });
    Status added = d->recorder.add(std::move(events));
    if (added)
        d->pins = std::move(settings);
    return added;
}

Status Ceremony::confirmErase(const QString& typedSerial)
{
    if (d->several) {
        const CeremonyState* next = d->state().nextToConfirm();
        return next && next->device->serial == typedSerial ? d->add(OnDevice{ typedSerial, EraseConfirmed{} })
                                                           : notNow();
    }
    if (!d->state().device || typedSerial != d->state().device->serial || !d->pins)
        return notNow();
    return d->add(Intended{ Operation::Initialise, typedSerial, 0, -1, -1 });
}

Status Ceremony::chooseShareFile(int number)
{
    const ShareSet* set = d->state().set(number);
    if (d->state().stage != Stage::Importing || !set || set->imported || d->work.kind != WorkKind::None)
        return notNow();
    if (static_cast<int>(set->received.size()) >= set->needed()) {
        // The shares opened the file, and the device could not take it.
        if (d->rebuilt.empty() || d->rebuiltNumber != number || d->state().pending)
            return notNow();
        d->trouble.reset();
        d->intendImport(number);
        return {};
    }
    if (const int begun = d->setBeingReceived(); begun != 0 && begun != number) {
        if (const Status cleared = clearReceived(); !cleared)
            return cleared;
    }
    d->turnSet = number;
    d->turnId = 0;
    d->phase = TurnPhase::Curtain;
    Q_EMIT changed();
    return {};
}

Status Ceremony::enterShare(dkek::CustodianShare share, SecretBytes checkCode)
{
    const ShareSet* set = d->state().set(d->turnSet);
    if (d->phase != TurnPhase::Entry || !set || !set->made || set->rule.isPassword() || set->ofAnotherTool)
        return notNow();
    const Bytes prime = fromHex(set->made->prime).value_or(Bytes{});
    if (const Status fits = dkek::checkShare(prime, share); !fits)
        return fits;
    if (share.id > set->rule.total)
        return fail(Error{ .kind = ErrorKind::ShareIdOutOfRange, .number = share.id });
    if (set->received.contains(share.id))
        return fail(Error{ .kind = ErrorKind::DuplicateShare, .number = share.id });
    if (!checkCode.empty() && !(checkCode == dkek::checkCode(prime, share)))
        return fail(
            Error{ .kind = ErrorKind::CheckCodeDiffers, .number = share.id, .detail = set->made->set });
    const int id = share.id;
    Status added = d->add(ShareReceived{ d->turnSet, id, {}, d->readAloud });
    if (added) {
        d->received.push_back(std::move(share));
        d->phase = TurnPhase::Curtain;
        Q_EMIT changed();
    }
    return added;
}

QFuture<Result<dkek::VerifierAnswer>> Ceremony::askCompanion(dkek::CustodianShare share) const
{
    const ShareSet* set = d->state().set(d->turnSet);
    std::optional<SetMade> made;
    if (d->phase == TurnPhase::Entry && set && set->made && !set->ofAnotherTool)
        made = *set->made;
    return inBackground(*QThreadPool::globalInstance(),
        [folder = shareFileFolder(), made, share = std::move(share)]() -> Result<dkek::VerifierAnswer> {
            if (!made)
                return fail(ErrorKind::NotAllowedNow);
            return ceremony::askCompanion(folder, *made, share);
        });
}

Status Ceremony::enterPassword(SecretBytes password)
{
    const ShareSet* set = d->state().set(d->turnSet);
    if (d->phase != TurnPhase::Entry || !set || !set->rule.isPassword() || password.empty())
        return notNow();
    Status added = d->add(ShareReceived{ d->turnSet, 1 });
    if (added) {
        d->receivedPassword = std::move(password);
        d->phase = TurnPhase::Curtain;
    }
    return added;
}

Status Ceremony::clearReceived()
{
    Status rejected = d->add(SharesRejected{ d->setBeingReceived(), ErrorKind::TooFewShares });
    if (rejected)
        d->received.clear();
    return rejected;
}

Status Ceremony::noteKeyCheckValue()
{
    return d->add(KeyCheckValueNoted{});
}

Status Ceremony::initialiseAgain()
{
    return d->add(WentBack{ BackTarget::Pins });
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

bool Ceremony::opinionOffered() const
{
    return !rehearsal() && state().mayAskForOpinion() && state().stage == Stage::Reviewing
        && !d->environment.witness.program.isEmpty();
}

bool Ceremony::opinionSought() const
{
    return d->seekingOpinion && state().stage == Stage::Reviewing;
}

QString Ceremony::opinionModule() const
{
    return d->witnessModule;
}

Status Ceremony::seekOpinion()
{
    if (!opinionOffered() || d->seekingOpinion)
        return notNow();
    d->seekingOpinion = true;
    d->userPinTries.reset();
    lookForOpinionModule();
    const auto& failed = state().opinion.failed;
    if (opinionModule().isEmpty() && !(failed && failed->error == ErrorKind::ModuleMissing))
        d->record(SecondOpinionFailed{ ErrorKind::ModuleMissing, {}, {} });
    d->readPinTries();
    return {};
}

void Ceremony::lookForOpinionModule()
{
    d->witnessModule = witness::findOpenScModule(d->environment.witness.folders);
    Q_EMIT changed();
}

Status Ceremony::askForOpinion()
{
    if (!opinionOffered() || !d->seekingOpinion || d->userPin.empty() || opinionModule().isEmpty()
        || d->work.kind != WorkKind::None)
        return notNow();
    d->trouble.reset();
    d->consultation.emplace();
    d->askForOpinion();
    return {};
}

Status Ceremony::leaveOpinion()
{
    if (!d->seekingOpinion || d->work.kind != WorkKind::None)
        return notNow();
    d->seekingOpinion = false;
    d->userPin.clear();
    Q_EMIT changed();
    return {};
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

Status Ceremony::importClear(int number, SecretBytes clear)
{
    d->rebuilt = std::move(clear);
    d->rebuiltNumber = number;
    return d->add(Intended{
        Operation::ImportShareFile, state().device->serial, number, state().shareFilesOutstanding, -1 });
}

void Ceremony::useBackup(std::shared_ptr<const OpenedBackup> backup)
{
    d->openedBackup = std::move(backup);
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

void Ceremony::settleAgain()
{
    d->trouble.reset();
    d->settlePending();
}

void Ceremony::stopSoon()
{
    d->restoring = false;
}

void Ceremony::releaseDevice()
{
    if (d->worker)
        d->worker->release();
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
