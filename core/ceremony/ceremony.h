// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/secretbytes.h"
#include "core/card/certificaterequest.h"
#include "core/ceremony/advance.h"
#include "core/ceremony/keyproof.h"
#include "core/ceremony/transcript.h"
#include "core/dkek/foreignset.h"
#include "core/dkek/keyderivation.h"
#include "core/dkek/passwordsharing.h"
#include "core/dkek/shareverifier.h"
#include "core/witness/openscmodule.h"

#include <QFuture>
#include <QObject>
#include <QStringList>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace conclave::device {
class ReaderSource;
struct DetectedDevice;
} // namespace conclave::device

namespace conclave::ceremony {

class Record;
struct OpenedBackup;
struct Transport;

/// Where the second opinion comes from.
struct WitnessPlace {
    QString program{}; ///< conclave-witness; empty: none is offered
    QStringList folders = witness::openScFolders(); ///< where its module may be
};

struct Environment {
    device::ReaderSource& readers;
    Clock clock = systemClock();
    dkek::KdfRounds rounds{}; ///< lowered by tests only
    dkek::ScryptCost verifierCost{}; ///< lowered by tests only
    WitnessPlace witness{}; ///< for real devices only
};

/// Everything step 1 asks for.
struct Preparation {
    QString folder; ///< the ceremony's own folder; created, must not hold a transcript
    QString ceremonyId; ///< characters A-Z 0-9 -
    QString purpose;
    QString place;
    bool clockConfirmed = false;
    bool withoutWitness = false;
    bool memoryFolderAccepted = false;
    std::vector<ParticipantNamed> participants;
};

struct PinSettings {
    SecretBytes currentSoPin; ///< 16 hex digits; empty when the device never had one
    SecretBytes newSoPin; ///< 16 hex digits
    SecretBytes userPin;
    bool soPinMade = false;
    std::vector<SoPinHalf> soPinHalves{}; ///< as in SettingsChosen
    std::vector<SoPinHalf> currentSoPinHalves{};
    bool conflictsAccepted = false; ///< the officer goes on with what custodyConflicts() says of the halves
    int userPinTries = 3;
    Unblocking unblocking = Unblocking::CounterOnly;
    QString label;
    std::map<QString, SecretBytes> currentSoPins{}; ///< several devices: by serial, of those that have one
};

/// One of several devices, and what the officer said of it; see chooseDevice().
struct DeviceChoice {
    const device::DetectedDevice* device = nullptr;
    bool keysGivenUp = false;
    QString typedSerial{};
};

/// When the last run of work on one of several devices began and ended, see Ceremony::monotonicMs(); -1: it
/// did not.
struct WorkTimes {
    qint64 begunMs = -1;
    qint64 endedMs = -1;
};

/// Where one custodian's turn stands; part of the session, not of the transcript.
enum class TurnPhase {
    None, ///< no turn: before the first one, or between steps
    Curtain, ///< waits for the custodian named by turnSet() and turnId()
    Reveal, ///< the share is on screen (hand-out)
    Password, ///< the holder of a password chooses it (hand-out)
    Proof, ///< typed back (hand-out)
    Entry, ///< share or password is typed (import)
};

/// What runs right now; the UI shows it with the elapsed time.
enum class WorkKind {
    None,
    Loading,
    MakingSets,
    Initialising,
    Rebuilding,
    Importing,
    Generating,
    Testing,
    Deleting,
    RequestingCertificate, ///< `number` is the key's index
    Settling,
    WrappingKeys,
    SavingKeys, ///< to a medium; `number` is the one it will have
    ReadingShareFiles, ///< of a first device
    OpeningBackup,
    Restoring,
    ProvingClone,
    AskingForOpinion, ///< for a second opinion
    Saving
};

/// How the password of a set of another tool was read where it begins with a zero byte. Plain: it does not.
enum class PasswordReading { Plain, ZerosKept, ZerosDropped };

struct Work {
    WorkKind kind = WorkKind::None;
    qint64 startedMs = 0; ///< of a monotonic clock, see Ceremony::monotonicMs()
    int usualLowMs = 0; ///< 10th percentile, 0: not known
    int usualHighMs = 0; ///< 95th percentile
    int number = 0; ///< share file number or key index
};

/// What went wrong and in which work. Shown until the next try or dismissTrouble().
struct Trouble {
    WorkKind during = WorkKind::None;
    int number = 0;
    Error error;
};

/// Runs a ceremony: records intents as events, folds them, carries out the effects, and feeds the outcomes
/// back. Lives on the UI thread and never blocks it: files, device and derivation work elsewhere. Intents
/// return at once; NotAllowedNow or an input error comes as the return value, everything later through
/// changed() with trouble(). Destroying it at any moment is safe; the transcript is loaded and goes on.
class Ceremony final : public QObject {
    Q_OBJECT

public:
    /// What is to be opened; a ceremony that is loaded goes on with its own flow.
    explicit Ceremony(Environment environment, Flow flow = Flow::Establish, QObject* parent = nullptr);
    ~Ceremony() override;

    /// Before it is destroyed while the device is at work: destroying it would wait for that.
    void letGoOfDevice();
    /// Blocks until what was recorded is on the disk; for the end of the program.
    void finishWriting();

    // --- what the views render
    [[nodiscard]] const CeremonyState& state() const;
    [[nodiscard]] const std::vector<RecordedEvent>& record() const;
    [[nodiscard]] Flow flow() const;
    /// The steps of the rail, also before anything is recorded.
    [[nodiscard]] std::vector<Step> steps() const;
    [[nodiscard]] const Work& work() const;
    [[nodiscard]] const std::optional<Trouble>& trouble() const;
    [[nodiscard]] QString folder() const;
    /// Where the share file lies whose shares are handed in: the ceremony's own folder, or that of a set that
    /// was brought.
    [[nodiscard]] QString shareFileFolder() const;
    /// Events are on their way to the disk: what was asked for is accepted, but not in state() yet.
    [[nodiscard]] bool writing() const;
    /// The readers are simulated ones.
    [[nodiscard]] bool rehearsal() const;
    [[nodiscard]] static qint64 monotonicMs();
    /// The chosen device is plugged in right now, as far as the readers tell.
    [[nodiscard]] bool devicePresent() const;
    /// Finds out whether it is, unless it is known to be there or work is under way.
    void lookForDevice();
    /// A transcript was loaded and waits for confirmResume().
    [[nodiscard]] bool awaitsResume() const;
    /// The record was loaded, so its end may have been cut off: confirmResume() is to be asked for the code.
    [[nodiscard]] bool awaitsCheckpoint() const;
    /// First 40 bits of the last line's hash, two groups of four (formats.md, Checkpoint). Shown when paused.
    [[nodiscard]] QString checkpointCode() const;
    [[nodiscard]] TurnPhase turnPhase() const;
    [[nodiscard]] int turnSet() const; ///< share file number of the turn, 0: none
    [[nodiscard]] int turnId() const; ///< share id of the turn, 0: not known (import)
    /// The share of the turn, in Reveal and Proof of an M-of-N set only; else null.
    [[nodiscard]] const dkek::CustodianShare* shareOnShow() const;
    /// Its check code, as long as shareOnShow().
    [[nodiscard]] const SecretBytes* checkCodeOnShow() const;
    [[nodiscard]] bool userPinHeld() const;
    /// Tries left as last read; nothing when not known.
    [[nodiscard]] std::optional<int> userPinTriesLeft() const;
    [[nodiscard]] bool stopRequested() const;
    /// The wrapped keys are in memory; else saveBackup() asks the device for them.
    [[nodiscard]] bool keysWrapped() const;
    /// Folders that were chosen for the backup and do not hold it yet, the ceremony's own first.
    [[nodiscard]] QStringList backupTargets() const;
    /// A second opinion can be asked for: of a real device, before the record is sealed.
    [[nodiscard]] bool opinionOffered() const;
    /// Somebody is about to ask for it, or reads what came of it; part of the session, not of the transcript.
    [[nodiscard]] bool opinionSought() const;
    /// The module that gives it; empty when it is not there.
    [[nodiscard]] QString opinionModule() const;

    // --- beginning
    Status prepare(Preparation preparation);
    /// Loads the transcript of a folder; then awaitsResume() or trouble().
    void load(const QString& folder);
    /// `checkpoint` as typed; nothing: "we have none". CheckpointDiffers.
    Status confirmResume(std::optional<QString> checkpoint);
    /// The device goes elsewhere: as pause(), and what it needs there is saved as a file, see transport.h.
    Status pauseForTravel();
    /// Paused for travel: this part is closed by itself. As confirmResume().
    Status endPart(const std::optional<QString>& checkpoint);
    /// Reads what travelled; then awaitsTransport() or trouble(). prepare() begins the next part.
    void openTransport(const QString& path);
    /// Null unless one was opened.
    [[nodiscard]] const Transport* transport() const;
    /// How the part before this one was paused; null in a ceremony's first part.
    [[nodiscard]] const PausedForTravel* partBefore() const;
    [[nodiscard]] bool awaitsTransport() const; ///< confirmTransport() is to be asked for the code
    /// As confirmResume().
    Status confirmTransport(const std::optional<QString>& checkpoint);
    /// At once, or when the work under way is over: see pauseAsked(). A key that is being made is finished
    /// first.
    Status pause();
    [[nodiscard]] bool pauseAsked() const;
    Status noteDeviation(const QString& text, const QString& by);
    /// Before the point of no return only; voids sets already made.
    Status goBack(BackTarget to);
    void dismissTrouble();
    /// Tries the failed work again, or settles a pending intention, after the officer asked for it.
    Status tryAgain();

    // --- re-share: the old set
    Status chooseOldSet(const SetBrought& set); ///< see readOldSet()
    /// Of the old set, as long as its clear bytes are held; for the screen, not for the record.
    [[nodiscard]] PasswordReading oldPassword() const;
    /// Of a set of another tool, by its first custodian. NotAPrime.
    Status enterPrime(ByteView prime);
    /// A sheet of another tool: value in the prime's full size. Errors as of enterShare().
    Status enterSheet(dkek::TypedShare sheet);
    // --- a second device
    /// Reads the records of the first one, see readFirstDevice(); then firstDevice().
    Status readFirstDevice(const QString& folder);
    /// Null until they were read.
    [[nodiscard]] const FirstDeviceNamed* firstDevice() const;
    /// custodyConflicts() of the people here with its share files; none in a drill, after which nothing of
    /// the backup stays on the device.
    [[nodiscard]] std::vector<CustodyRuleOverridden> firstDeviceConflicts() const;
    /// Takes its share files into the folder. `typedKcv`: 16 hex digits where the records do not know it;
    /// Malformed. NotAllowedNow while there are conflicts that are not accepted.
    Status confirmFirstDevice(const QString& typedKcv, bool conflictsAccepted = false);

    // --- steps 2 and 3
    /// A device of an unknown maker only with its serial typed; one that is not genuine never.
    Status chooseDevice(
        const device::DetectedDevice& device, bool keysGivenUp, const QString& typedSerial = {});
    /// NotAllowedNow while custodyConflicts() has something to say and the officer does not go on all the
    /// same.
    Status chooseScheme(const SchemeChosen& scheme, bool conflictsAccepted = false);
    /// For a drill without a spare device: a new simulator in this program's memory. It holds the backup
    /// secret and the keys until the drill is over, is paused, or the ceremony is destroyed.
    Status chooseSimulator();

    // --- step 4
    Status startHandOut(); ///< None -> Curtain of the first custodian; makes sets whose making failed
    /// Before the first turn of the set; see SheetsChosen.
    Status chooseSheets(const std::vector<SheetsChosen>& sheets);
    Status liftCurtain(); ///< Curtain -> Reveal, Password, Proof or Entry, once that is on the disk
    Status dropCurtain(); ///< any -> Curtain, within the same turn
    Status beginProof(); ///< Reveal -> Proof
    Status showAgain(); ///< Proof -> Reveal
    /// In Reveal of a set with printed sheets: the sheet may be sent as soon as state().printing says so.
    Status sendSheet();
    /// What became of it, in whatever phase.
    Status recordSheetPrinted(const SheetPrinted& printed);
    /// True and ends the turn when it is the share on show; counts a try.
    [[nodiscard]] Result<bool> proveShare(ByteView typedValue);
    /// A row that did not fit counts as a try, too.
    Status countFailedProof();
    [[nodiscard]] int proofTries() const;
    /// In a turn: from now on a screen reader is told the share or what is typed of it. Goes on record with
    /// what ends the turn.
    void noteReadAloud();
    Status deferTurn(); ///< not here: to the end of the queue
    Status choosePassword(SecretBytes password); ///< Password -> (made and saved) -> Curtain -> Proof
    [[nodiscard]] Result<bool> provePassword(ByteView typed);
    Status abandonSet(VoidReason reason); ///< the set is void; a new one is made

    // --- step 5
    /// PinRule, SoPinRule, LabelRule; NotAllowedNow while there are conflicts that are not accepted.
    Status setPins(PinSettings settings);
    Status confirmErase(const QString& typedSerial);

    // --- step 6
    Status chooseShareFile(int number); ///< which file is imported next; again, when it could not be
    /// `checkCode` is empty when the sheet has none.
    Status enterShare(dkek::CustodianShare share, SecretBytes checkCode);
    /// Before enterShare() without a check code: whether the companion of the turn's set knows the share.
    /// NotAllowedNow outside of a turn; errors as askVerifier().
    [[nodiscard]] QFuture<Result<dkek::VerifierAnswer>> askCompanion(dkek::CustodianShare share) const;
    Status enterPassword(SecretBytes password);
    /// Into the ceremony's folder: a share file that is imported here, or its companion, with the other.
    Status takeShareFile(const QString& path);
    Status clearReceived();
    Status noteKeyCheckValue();
    /// After DkekMismatch, or state().lostCount(): back to the PINs and a new initialisation.
    Status initialiseAgain();

    // --- step 7
    Status planKeys(std::vector<PlannedKey> keys);
    /// Verified on the device with the next key; the rule of the last try: `lastTryConfirmed`.
    Status enterUserPin(SecretBytes pin, bool lastTryConfirmed = false);
    Status generate(); ///< starts or goes on
    void stopAfterThisKey();
    Status skipKey();
    Status deleteFailedKey(int index);
    /// Signs a PKCS#10 request with a tested RSA or EC key, checks it, and writes it into the folder: see
    /// writeCertificateRequest(). While no key is being made, with the user PIN held. Errors of
    /// checkSubject().
    Status requestCertificate(int index, const card::RequestSubject& subject);
    /// Writes the public keys and their requests into the folder first: see writeKeyFiles().
    Status finishGeneration();

    // --- step 8
    /// FileExists when the folder was chosen before.
    Status addBackupTarget(const QString& folder);
    Status dropBackupTarget(const QString& folder);
    /// Wraps the keys, where that is still to be done and with the user PIN, and saves them to each target,
    /// one after the other, up to the first that fails.
    Status saveBackup();
    Status confirmOneCopy();
    /// Without proof; needs two media, or one that was confirmed.
    Status finishBackup();
    Status skipBackup(); ///< as long as no medium holds the keys

    // --- restoring wrapped keys
    /// Reads a manifest, its folder or one wrapped key, and looks at the device; then openedBackup(). Also to
    /// find the files of a plan again.
    Status openBackup(const QString& path);
    /// Null until files were chosen.
    [[nodiscard]] const OpenedBackup* openedBackup() const;
    /// The keys of openedBackup() with these indices, in this order.
    Status planRestore(const std::vector<std::size_t>& chosen);
    Status restore(); ///< starts or goes on, with the user PIN
    Status skipRestore(); ///< the next key
    /// Writes the public keys into the folder first, but not those of a drill: see writePublicKeys().
    Status finishRestore();

    /// On the first device, too, which is in another reader: its user PIN. Not with its last try.
    Status proveClone(SecretBytes firstPin);
    Status skipCloneProof();

    // --- a drill
    /// Before everything was tried; also with an intention that cannot be settled.
    Status endDrill();
    /// The device is initialised again: with new PINs, and its serial typed.
    Status beginCleaning();
    Status skipCleaning();

    // --- several backup devices at once
    /// Two or more; all of them or none. With one it is chooseDevice().
    Status chooseDevices(const std::vector<DeviceChoice>& devices);
    /// The part of the ceremony that one of them is in, with its work and its trouble. Null: there is none.
    [[nodiscard]] const Ceremony* onDevice(const QString& serial) const;
    [[nodiscard]] WorkTimes workTimes(const QString& serial) const;
    /// Work on one of them goes on.
    [[nodiscard]] bool devicesWork() const;
    /// Goes on with each that is not complete, beside each other; with the user PIN after a pause.
    Status makeDevices();
    /// Tries one of them again, beside those that are at work.
    Status tryDevice(const QString& serial);
    /// Those that are not complete are left out.
    Status finishDevices();

    // --- step 9
    /// opinionSought() from now on; finds out how many tries the user PIN has.
    Status seekOpinion();
    /// Looks for the module again.
    void lookForOpinionModule();
    /// With the user PIN, which the device is asked about first, and which is forgotten afterwards. Of
    /// witness::kLongestPin characters at most; with a longer one the keys are listed only. The device is let
    /// go meanwhile, and looked for afterwards.
    Status askForOpinion();
    Status leaveOpinion();
    Status explain(int seq, const QString& text);
    Status seal();
    /// Writes a rendering into the folder (atomically, flushed) and records it.
    Status saveReport(const QString& fileName, const QByteArray& content);
    Status confirmFingerprintRead(const QString& by, const QString& followedBy);
    Status close();

Q_SIGNALS:
    /// Anything of the above changed.
    void changed();

private:
    friend class BackupDevices;
    /// The part that one of several devices is in.
    Ceremony(Environment environment, std::unique_ptr<Record> record, QObject* parent);
    Status importClear(int number, SecretBytes clear);
    void useBackup(std::shared_ptr<const OpenedBackup> backup);
    /// cloneProved or cloneProofFailed follows.
    Status proveAgainst(const std::vector<OriginalKey>& keys, const Bytes& challenge,
        const std::vector<Result<Bytes>>& onFirst);
    void cloneProofFailed(const Error& error, int device);
    void settleAgain();
    void stopSoon(); ///< after the operation in hand
    void releaseDevice();
    void start();

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace conclave::ceremony
