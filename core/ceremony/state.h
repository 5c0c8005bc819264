// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/event.h"

#include <optional>
#include <set>
#include <vector>

namespace conclave::ceremony {

/// Where the ceremony stands. The page that is shown follows from it.
enum class Stage {
    Preparing,
    ChoosingOldSet, ///< re-share: which set gets new custodians
    ChoosingFirst, ///< of a second device: whose secret it is to get
    ChoosingDevice,
    ChoosingScheme,
    HandingOut, ///< sets are made, then one turn after the other
    SettingPins,
    ConfirmingErase,
    Initialising, ///< an initialisation is intended, its outcome open; or done, and its SO-PIN to be changed
    Importing,
    NotingKeyCheckValue, ///< the device holds the DKEK; the KCV is on screen
    DkekMismatch, ///< the device holds another DKEK than ours: initialise again
    PlanningKeys,
    GeneratingKeys,
    BackingUp, ///< the keys are wrapped and saved to media
    ChoosingBackup, ///< wrapped keys are looked at, and chosen
    RestoringKeys, ///< one after the other
    MakingDevices, ///< several at once: each is erased, gets the shares and the keys
    ProvingClone, ///< on the first and the second device
    CleaningDevice, ///< of a drill: what was restored is to leave the device again
    Reviewing, ///< events to explain, then seal
    Sealed,
    Closed,
};

/// The steps of the rail. Without backup HandOut, Import and BackUp drop out, without keys BackUp.
enum class Step {
    Prepare,
    OldSet,
    Detect,
    Scheme,
    HandOut,
    Initialise,
    Import,
    Generate,
    BackUp,
    Restore,
    Clean,
    Report
};

/// All that a ceremony of this flow may have, in order.
[[nodiscard]] std::vector<Step> stepsOf(Flow flow);

struct Holder {
    int id = 1; ///< share id within its set, 1..N
    bool begun = false; ///< the share was shown
    bool proved = false;
    int tries = 0; ///< until proved
    std::optional<SheetPrinted> print{}; ///< of the filled sheet, the last try
};

/// One share file and the hand-out of its custodian shares.
struct ShareSet {
    ShareFileRule rule;
    std::optional<SetMade> made;
    bool ofAnotherTool = false; ///< ids as on the sheets, read as hex; how many there are is not known
    bool lost = false; ///< its secrets left the memory before the hand-out was complete: to be voided
    std::vector<Holder> holders;
    std::vector<int> queue; ///< ids still to come, in turn order
    std::vector<QString> voided; ///< ids of earlier sets of this share file
    SheetsChosen sheets{ .number = 0 }; ///< blank ones; number 0: not chosen yet
    std::set<int> received; ///< ids handed in for the import under way
    int spare = 0; ///< shares asked for beyond the threshold, to find a wrong one
    bool ofAnotherFile = false; ///< more than enough fit together, and do not open the file
    std::set<int> wrong; ///< ids of shares that were found wrong
    bool imported = false;

    [[nodiscard]] bool handedOut() const { return made && queue.empty(); }
    [[nodiscard]] int needed() const { return rule.isPassword() ? 1 : rule.threshold + spare; }
    /// Somebody is left who could hand in another share.
    [[nodiscard]] bool moreToCome() const { return static_cast<int>(received.size()) < rule.people(); }
};

/// Threshold, number and size are within the bounds.
[[nodiscard]] bool isSound(const ShareFileRule& rule);

enum class KeyState { Waiting, Generated, Tested, TestFailed, Skipped, Deleted };

struct KeyRecord {
    PlannedKey planned;
    KeyState state = KeyState::Waiting;
    std::optional<KeyGenerated> generated;
    double testSeconds = 0;
    int failures = 0;
    QString challenge{}; ///< hex, of an AES key that was tested: see CmacPair
    QString cmac{};
    std::vector<CertificateRequested> requests{};
    [[nodiscard]] bool done() const { return state != KeyState::Waiting && state != KeyState::Generated; }
};

/// The label of the key under this reference of the device: one that was made in this ceremony, or one that
/// was there and stayed. Empty when there is none.
[[nodiscard]] QString labelOf(
    const std::vector<KeyRecord>& made, const std::vector<ExistingKey>& kept, int reference);

/// What became of the keys' backup.
struct BackupRecord {
    std::vector<KeysWrapped>
        wrappings; ///< all of them: media written before an interruption have earlier ones
    std::vector<KeysSaved> media; ///< by their numbers
    std::vector<KeysNotSaved> failed; ///< the last try of each folder that has no copy yet
    bool oneCopyConfirmed = false;
    bool proved = false;
    bool skipped = false;

    /// Two media at least, or one that was confirmed.
    [[nodiscard]] bool enough() const;
};

enum class RestoreState { Waiting, Restored, Skipped };

struct RestoredKeyRecord {
    KeyToRestore key;
    RestoreState state = RestoreState::Waiting;
    std::optional<KeyRestored> restored;
    int failures = 0;
    int tries = 0; ///< that may have brought it to the device
    /// Before this ceremony touched the device.
    [[nodiscard]] bool wasThere() const { return key.present != 0 || (restored && restored->wasThere); }
};

/// What became of the keys that were to be restored.
struct RestoreRecord {
    std::optional<RestorePlanned> plan;
    std::vector<RestoredKeyRecord> keys; ///< by the plan's order
    std::optional<CloneProved> cloneProof;

    /// Index of the key to be restored next, nothing when all are done.
    [[nodiscard]] std::optional<int> next() const;
    [[nodiscard]] int restored() const;
    [[nodiscard]] int proved() const;
    /// Restored keys that can be proved: see KeyToRestore::provable().
    [[nodiscard]] int provable() const;
};

/// What became of the device of a drill.
enum class DrillDevice {
    InUse,
    Untouched, ///< no part of the secret came onto it
    Cleaned, ///< initialised again
    Kept, ///< it still holds what was restored
    Wiped ///< the simulator
};

/// How a drill went, beside what was opened and restored.
struct DrillRecord {
    bool ended = false; ///< before everything was tried
    std::vector<RefusedKey> refused; ///< as last looked at
    bool cleaning = false; ///< the PINs and the initialisation are those that clean the device
    QString labelBefore; ///< of the device, while it is cleaned
    DrillDevice device = DrillDevice::InUse;
};

/// What became of the second opinion: the last answer, or why there is none.
struct OpinionRecord {
    std::optional<SecondOpinionGiven> given;
    std::optional<SecondOpinionFailed> failed; ///< when it was asked last

    /// How many of the keys do not look as the record says.
    [[nodiscard]] int differences() const;
    /// How many of the record's keys it shows just as the record says.
    [[nodiscard]] int agreements() const;
};

/// A difference is what an auditor has to be told.
[[nodiscard]] bool isDifference(KeyOpinion opinion);

/// Something a report must explain.
struct ToExplain {
    int seq = 0;
    Event event;
    QString explanation;
};

/// A fold over the events, and nothing else.
struct CeremonyState {
    Stage stage = Stage::Preparing;
    int events = 0; ///< how many were folded; the next one's seq
    QDateTime startedAt;
    std::optional<Opened> opened;
    std::optional<PausedForTravel> before; ///< how the part before was paused
    std::vector<EarlierPart> parts; ///< all before this one
    std::vector<ParticipantNamed> participants;
    std::optional<Prepared> prepared;
    std::optional<FirstDeviceNamed> first; ///< AddBackup, Drill
    bool simulatorAccepted = false; ///< Drill
    std::optional<DeviceChosen> device;
    std::vector<CeremonyState> devices; ///< several at once: each as if it were the only one
    bool several = false; ///< it is they, and not `device`
    bool withoutKeys = false; ///< several: they get the DKEK only
    bool eraseConfirmed = false; ///< one of several: its serial was typed
    std::optional<SetBrought> brought; ///< re-share: the old set, which is in `sets` until it is opened
    std::optional<SetOpened> broughtOpened;
    std::optional<ShareSet> oldSet; ///< once it is opened
    std::optional<SetReplaced> replaced;
    std::vector<QString> voidedSets; ///< re-share: ids of new sets that became void
    bool clearHeld = false; ///< the clear bytes of the old set's share file are in memory
    std::optional<SchemeChosen> scheme;
    std::vector<ShareSet> sets; ///< one a share file, in order of their numbers
    std::optional<SheetSent> printing; ///< a sheet was sent, what became of it is not known
    QString expectedKcv; ///< hex, computed on the host at hand-out, or the first device's; empty: unknown
    std::optional<SettingsChosen> settings;
    std::vector<NamedHalf> soPinHalves; ///< of the settings, also where an earlier part chose them
    std::vector<NamedHalf> currentSoPinHalves;
    bool pinsHeld = false; ///< the PINs of `settings` are in memory
    std::optional<QDateTime> erasedAt; ///< the point of no return, passed
    bool erasedOnly = false; ///< for the proof of its key: not initialised as planned yet, or not any more
    std::optional<AuthenticityProved> proof; ///< of the last initialisation that was intended
    SoPinInForce soPin = SoPinInForce::Chosen; ///< from erasedAt on
    int shareFilesOutstanding = -1;
    QString kcv; ///< hex, as the device told; empty until it does
    bool kcvCompared = false;
    std::vector<KeyRecord> keys;
    BackupRecord backup;
    RestoreRecord restore;
    DrillRecord drill;
    OpinionRecord opinion;
    std::optional<Intended> pending; ///< intended, outcome not known
    std::optional<WorkFailed> failure; ///< the last try failed; gone with the next one
    std::vector<ToExplain> toExplain;
    bool paused = false;
    std::optional<PausedForTravel> travel; ///< the last pause was one for travel
    bool partEnded = false; ///< closed by itself, the ceremony goes on elsewhere
    QString fingerprint; ///< hex; set with Sealed
    std::vector<ReportSaved> reports;
    std::optional<FingerprintRead> fingerprintRead;

    [[nodiscard]] Flow flow() const { return opened ? opened->flow : Flow::Establish; }
    [[nodiscard]] int part() const { return static_cast<int>(parts.size()) + 1; }
    [[nodiscard]] bool rehearsal() const { return opened && opened->rehearsal; }
    /// The device is the simulator inside this program, and this is no rehearsal.
    [[nodiscard]] bool onSimulator() const
    {
        return device && device->authenticity == Authenticity::Simulated && !rehearsal();
    }
    /// Another program can look at the device and its keys: a real one, and not that of a drill, which is
    /// cleaned.
    [[nodiscard]] bool mayAskForOpinion() const { return device && !rehearsal() && flow() != Flow::Drill; }
    /// A part of the backup secret is on the drill's device, or may be.
    [[nodiscard]] bool holdsSecret() const;
    [[nodiscard]] bool mayEndDrill() const;
    /// Share files that the next initialisation is for; -1: none, and no DKEK.
    [[nodiscard]] int shareFilesPlanned() const;
    /// The keys that were on the device when it was chosen, where the flow does not erase it.
    [[nodiscard]] std::vector<ExistingKey> keptKeys() const;
    [[nodiscard]] QString labelOf(int reference) const;
    /// The device has share files, or will have: its keys can be wrapped and restored elsewhere.
    [[nodiscard]] bool withBackup() const;
    /// There is a key to back up and a way to do it, or may be later on.
    [[nodiscard]] bool hasKeysToBackUp() const;
    /// No share is handed out: each share file has a password.
    [[nodiscard]] bool passwordsOnly() const;
    /// The device waits for another number of share files than it should: what it holds cannot be known.
    [[nodiscard]] bool lostCount() const
    {
        return stage == Stage::Importing && failure && failure->error == ErrorKind::ShareFileCountDiffers;
    }
    [[nodiscard]] bool pastNoReturn() const;
    /// The one of several with this serial; null: none.
    [[nodiscard]] const CeremonyState* onDevice(const QString& serial) const;
    /// One of several: it has all that it was to get.
    [[nodiscard]] bool complete() const { return stage == Stage::ProvingClone || stage == Stage::Reviewing; }
    /// One of several: whatever is tried, it cannot become a backup device in this ceremony.
    [[nodiscard]] bool refused() const { return device && device->authenticity == Authenticity::Broken; }
    /// The next one whose serial is to be typed; null: none.
    [[nodiscard]] const CeremonyState* nextToConfirm() const;
    /// Of several devices those that are not complete may be left out: some were changed already.
    [[nodiscard]] bool mayFinishDevices() const;
    [[nodiscard]] const ParticipantNamed* participant(Role role, int number) const;
    /// The ceremony-wide number of the holder of share `id` of share file `number`.
    [[nodiscard]] int custodianNumber(int number, int id) const;
    /// Their name, empty when nobody was named.
    [[nodiscard]] QString custodianName(int number, int id) const;
    /// The share file whose hand-out is under way, nothing when all are out or not all sets are made.
    [[nodiscard]] const ShareSet* handingOut(int* number = nullptr) const;
    [[nodiscard]] const ShareSet* set(int number) const;
    /// The steps of this ceremony in order, numbered without gaps, and the one it stands at.
    [[nodiscard]] std::vector<Step> steps() const;
    [[nodiscard]] Step step() const;
    /// In the names of its files: k of the K share files that make the DKEK.
    [[nodiscard]] int fileNumber(int number) const { return brought ? brought->shareFile : number; }
    [[nodiscard]] int fileCount() const
    {
        return brought ? brought->shareFiles : static_cast<int>(sets.size());
    }
    /// The sheets of the old set, and which were handed in, for SetReplaced.
    [[nodiscard]] SetReplaced oldSheets() const;
    /// Index of the key to be made or tested next, nothing when all are done.
    [[nodiscard]] std::optional<int> nextKey() const;
};

} // namespace conclave::ceremony
