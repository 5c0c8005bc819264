// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/card/keyalgorithm.h"

#include <QDateTime>
#include <QString>

#include <variant>
#include <vector>

namespace conclave::ceremony {
Q_NAMESPACE

/// What a ceremony is for: which stages it passes, and which steps the rail shows.
enum class Flow {
    Establish, ///< a new device: the backup secret is shared out, keys are made
    GenerateMore, ///< keys on a device that is established
    Restore, ///< wrapped keys back onto a device that has their DKEK
    AddBackup, ///< a second device with the DKEK and the keys of a first one
    Drill, ///< a backup is restored onto a spare device or the simulator, to see that it can be
    Reshare ///< the same share file under new custodian shares
};
Q_ENUM_NS(Flow)

/// Who takes part. Custodians are numbered through all share files of a ceremony, from 1.
enum class Role { Officer, Witness, Custodian };
Q_ENUM_NS(Role)

/// See the table "Authenticity of a device" in formats.md.
enum class Authenticity {
    Simulated,
    NotVerified,
    CertificateOnly,
    Genuine,
    GenuineExpired,
    UnknownIssuer,
    Broken
};
Q_ENUM_NS(Authenticity)

/// What changes a device. `number` of an event is the share file's number, or the key's index in its plan.
enum class Operation { Initialise, ChangeSoPin, ImportShareFile, GenerateKey, DeleteKey, RestoreKey };
Q_ENUM_NS(Operation)

enum class Unblocking { Off, CounterOnly, NewPin };
Q_ENUM_NS(Unblocking)

enum class VoidReason { HandOutCut, WentBack, CustodianMissing, ProofFailed };
Q_ENUM_NS(VoidReason)

/// What reading the device told about an intention without outcome. Erased: it is, for the proof of its key,
/// but not initialised as planned.
enum class Outcome { TookEffect, NoEffect, Unclear, Erased };
Q_ENUM_NS(Outcome)

/// Whether the device vouched for a key, in the request that it signed when it generated it. None: there was
/// no such request, or no certificate to verify it with.
enum class Attestation { None, Verified, Unverified };
Q_ENUM_NS(Attestation)

enum class CheckpointAnswer { Matched, None };
Q_ENUM_NS(CheckpointAnswer)

/// The places a ceremony can be sent back to before the point of no return.
/// Cleaning: of a drill's device, from its new PINs.
enum class BackTarget { Preparation, Device, Scheme, Pins, OldSet, Cleaning };
Q_ENUM_NS(BackTarget)

/// Who should not hold what (formats.md leaves it to warn): see custodyrules.h.
enum class CustodyRule {
    OfficerAmongTwo, ///< the officer is one of the custodians of whom two restore
    SoPinHolderIsCustodian, ///< the officer, who sets the SO-PIN, is a custodian
    SoPinHalfHolderIsCustodian, ///< one of the two who enter the SO-PIN in halves is a custodian
    TooManyShares, ///< one person has all but one of the shares that open a share file, or more
};
Q_ENUM_NS(CustodyRule)

/// How the custodians of a set come to their sheets.
enum class SheetMode {
    Blank, ///< printed without the value, which is filled in by hand
    Printed, ///< printed with the value, in the custodian's turn
    None, ///< nothing is printed
};
Q_ENUM_NS(SheetMode)

enum class PaperSize { A4, Letter };
Q_ENUM_NS(PaperSize)

/// How a page comes from this computer to the printer.
enum class PrinterConnection {
    Cable,
    Network,
    File, ///< the queue writes a file instead
    Class, ///< the printing system picks one of several printers
    Other, ///< by another program, or not known
};
Q_ENUM_NS(PrinterConnection)

/// Where the printing system keeps a page while it is printed.
enum class SpoolPlace {
    Memory,
    SwappableMemory, ///< in memory, which may be written to a disk
    Disk,
    Unknown,
};
Q_ENUM_NS(SpoolPlace)

/// What told that a share is not of its set: the companion's verifiers, or that the others agree without it.
enum class WrongShareBy { Verifier, Consistency };
Q_ENUM_NS(WrongShareBy)

/// What the ids from 10 on of a set of another tool mean (smartcard-hsm.md, 7.5). Plain: it has none that
/// could mean two things.
enum class IdReading { Plain, Decimal, Hex };
Q_ENUM_NS(IdReading)

/// The device's SO-PIN after the initialisation.
enum class SoPinInForce {
    Chosen, ///< the one of step 5
    Previous, ///< the one it had before: the change did not come about
    Either, ///< the change was cut: one of the two, and no reading tells which
};
Q_ENUM_NS(SoPinInForce)

/// What a second opinion says of one key.
enum class KeyOpinion {
    Agrees, ///< the same public key, and a signature that was verified with it
    Listed, ///< the same public key; it was not asked to sign, or the key may not
    NamedOtherwise, ///< as these, under another label or ID
    NotSigned, ///< the same public key, and no signature
    WrongSignature, ///< one that does not verify with the recorded public key
    OtherKey, ///< another public key under this ID
    Missing, ///< not shown
    NotVisible, ///< not shown, and not expected to be: it has no public key
    Unexpected, ///< shown, and not in the record
};
Q_ENUM_NS(KeyOpinion)

/// What "Check my sheet" found.
enum class SheetFinding { Right, Wrong, Undecided };
Q_ENUM_NS(SheetFinding)

/// For members that transcripts written before do not have: they keep the value that they begin with.
inline constexpr struct AddedLater {
} kAddedLater;

// Each event's members(visitor, self) names what goes into the transcript, in order. Events hold nothing
// secret: no PIN, password, share value, check code, or hash or length of one (formats.md, Transcript).

struct Opened {
    static constexpr auto kName = u"opened";
    QString ceremony;
    QString program; ///< "Conclave 0.1.0"
    bool rehearsal = false;
    /// Hash of the line with which the part before was paused for travel; empty in the first part.
    QString continues;
    Flow flow = Flow::Establish;
    bool operator==(const Opened&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"ceremony", self.ceremony);
        visit(u"program", self.program);
        visit(u"rehearsal", self.rehearsal);
        visit(u"continues", self.continues);
        visit(u"flow", self.flow, kAddedLater);
    }
};

/// The device came from another computer, and what travelled with it is at hand.
struct PartContinued {
    static constexpr auto kName = u"partContinued";
    QString line; ///< the last one of the part before: its pausedForTravel, as it stands there
    CheckpointAnswer checkpoint = CheckpointAnswer::None;
    bool operator==(const PartContinued&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"line", self.line);
        visit(u"checkpoint", self.checkpoint);
    }
};

struct MemoryFolderAccepted {
    static constexpr auto kName = u"memoryFolderAccepted";
    QString fileSystem;
    bool operator==(const MemoryFolderAccepted&) const = default;
    static void members(auto&& visit, auto& self) { visit(u"fileSystem", self.fileSystem); }
};

struct ParticipantNamed {
    static constexpr auto kName = u"participantNamed";
    Role role = Role::Officer;
    int number = 1;
    QString name;
    QString identityCheckedBy; ///< empty: not checked
    bool operator==(const ParticipantNamed&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"role", self.role);
        visit(u"number", self.number);
        visit(u"name", self.name);
        visit(u"identityCheckedBy", self.identityCheckedBy);
    }
};

struct Prepared {
    static constexpr auto kName = u"prepared";
    QString purpose;
    QString place;
    bool clockConfirmed = false;
    bool withoutWitness = false; ///< confirmed that there is none
    bool operator==(const Prepared&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"purpose", self.purpose);
        visit(u"place", self.place);
        visit(u"clockConfirmed", self.clockConfirmed);
        visit(u"withoutWitness", self.withoutWitness);
    }
};

/// A drill is to use the simulator inside this program, although the backup secret and the keys come into
/// this computer's memory then. The device that is chosen next is it.
struct SimulatorAccepted {
    static constexpr auto kName = u"simulatorAccepted";
    bool operator==(const SimulatorAccepted&) const = default;
    static void members(auto&&, auto&) { }
};

/// A key found on the device when it was chosen.
struct ExistingKey {
    QString label;
    QString id; ///< hex
    QString algorithm; ///< name of a KeyAlgorithm, or empty
    QString fingerprint; ///< hex of SHA-256, or empty
    int reference = 0; ///< on the device; 0: not recorded
    bool operator==(const ExistingKey&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"label", self.label);
        visit(u"id", self.id);
        visit(u"algorithm", self.algorithm);
        visit(u"fingerprint", self.fingerprint);
        visit(u"reference", self.reference, kAddedLater);
    }
};

struct DeviceChosen {
    static constexpr auto kName = u"deviceChosen";
    QString serial;
    QString product;
    QString firmware; ///< "4.1"
    QString reader;
    bool virtualReader = false;
    Authenticity authenticity = Authenticity::NotVerified;
    bool initialised = false; ///< had a SO-PIN already
    int soPinTries = -1; ///< -1: not told
    int userPinTries = -1;
    int shareFilesTotal = -1; ///< -1: no DKEK configured
    int shareFilesOutstanding = -1;
    QString label; ///< the token label it had
    std::vector<ExistingKey> keys;
    bool keysGivenUp = false;
    bool unknownMakerAccepted = false; ///< by typing the serial
    QString kcv{}; ///< hex, of its DKEK; empty when there is none, or it was not told
    bool operator==(const DeviceChosen&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"serial", self.serial);
        visit(u"product", self.product);
        visit(u"firmware", self.firmware);
        visit(u"reader", self.reader);
        visit(u"virtualReader", self.virtualReader);
        visit(u"authenticity", self.authenticity);
        visit(u"initialised", self.initialised);
        visit(u"soPinTries", self.soPinTries);
        visit(u"userPinTries", self.userPinTries);
        visit(u"shareFilesTotal", self.shareFilesTotal);
        visit(u"shareFilesOutstanding", self.shareFilesOutstanding);
        visit(u"label", self.label);
        visit(u"keys", self.keys);
        visit(u"keysGivenUp", self.keysGivenUp);
        visit(u"unknownMakerAccepted", self.unknownMakerAccepted, kAddedLater);
        visit(u"kcv", self.kcv, kAddedLater);
    }
};

/// How one share file is protected. total 0: by a password of one person.
struct ShareFileRule {
    QString name;
    QString site;
    int threshold = 0;
    int total = 0;
    int bits = 0;
    [[nodiscard]] bool isPassword() const { return total == 0; }
    [[nodiscard]] int people() const { return isPassword() ? 1 : total; }
    bool operator==(const ShareFileRule&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"name", self.name);
        visit(u"site", self.site);
        visit(u"threshold", self.threshold);
        visit(u"total", self.total);
        visit(u"bits", self.bits);
    }
};

/// A share file of the first device, which a second one gets, too.
struct FirstShareFile {
    QString name;
    QString site;
    int threshold = 0; ///< these three as in ShareFileRule
    int total = 0;
    int bits = 0;
    QString set; ///< these five as in SetMade
    QString file;
    QString sha256;
    QString prime;
    QString shareCheck;
    bool missing = false; ///< among the records: a copy, or what is typed from a sheet, takes its place
    bool operator==(const FirstShareFile&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"name", self.name);
        visit(u"site", self.site);
        visit(u"threshold", self.threshold);
        visit(u"total", self.total);
        visit(u"bits", self.bits);
        visit(u"set", self.set);
        visit(u"file", self.file);
        visit(u"sha256", self.sha256);
        visit(u"prime", self.prime);
        visit(u"shareCheck", self.shareCheck);
        visit(u"missing", self.missing, kAddedLater);
    }
};

/// Whose secret a second device is to get. The share files that are not missing are in the folder of this
/// ceremony.
struct FirstDeviceNamed {
    static constexpr auto kName = u"firstDeviceNamed";
    QString ceremony; ///< in which it was established; may be empty
    QString device; ///< its serial; may be empty
    QString kcv; ///< hex: what the second device must show
    std::vector<FirstShareFile> shareFiles; ///< in order of their numbers
    bool operator==(const FirstDeviceNamed&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"ceremony", self.ceremony);
        visit(u"device", self.device);
        visit(u"kcv", self.kcv);
        visit(u"shareFiles", self.shareFiles);
    }
};

struct SchemeChosen {
    static constexpr auto kName = u"schemeChosen";
    std::vector<ShareFileRule> shareFiles; ///< empty: no backup possible
    bool operator==(const SchemeChosen&) const = default;
    static void members(auto&& visit, auto& self) { visit(u"shareFiles", self.shareFiles); }
};

/// A set that was made before: its share file, and what its companion or the officer says of it.
struct SetBrought {
    static constexpr auto kName = u"setBrought";
    QString folder; ///< where the share file lies, and its companion
    QString file;
    QString sha256;
    QString ceremony; ///< in which it was made; empty: of another tool, without companion
    QString set; ///< empty: of another tool
    int shareFile = 1; ///< k of the K that make a DKEK
    int shareFiles = 1;
    int threshold = 0;
    int total = 0; ///< 0: not known
    int bits = 0; ///< 0: not known before the prime is typed
    QString prime; ///< hex; empty: its first custodian types it
    QString shareCheck; ///< hex; empty: not known
    QString kcv; ///< hex; empty: not known
    QString device; ///< serial; may be empty
    [[nodiscard]] bool ofAnotherTool() const { return set.isEmpty(); }
    bool operator==(const SetBrought&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"folder", self.folder);
        visit(u"file", self.file);
        visit(u"sha256", self.sha256);
        visit(u"ceremony", self.ceremony);
        visit(u"set", self.set);
        visit(u"shareFile", self.shareFile);
        visit(u"shareFiles", self.shareFiles);
        visit(u"threshold", self.threshold);
        visit(u"total", self.total);
        visit(u"bits", self.bits);
        visit(u"prime", self.prime);
        visit(u"shareCheck", self.shareCheck);
        visit(u"kcv", self.kcv);
        visit(u"device", self.device);
    }
};

/// The prime of a set of another tool, as its first custodian typed it.
struct PrimeEntered {
    static constexpr auto kName = u"primeEntered";
    QString prime; ///< hex
    bool operator==(const PrimeEntered&) const = default;
    static void members(auto&& visit, auto& self) { visit(u"prime", self.prime); }
};

/// The shares that were handed in opened the share file of the set that was brought. How its password was
/// read would tell a part of it.
struct SetOpened {
    static constexpr auto kName = u"setOpened";
    IdReading ids = IdReading::Plain;
    QString shareCheck; ///< hex
    bool operator==(const SetOpened&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"ids", self.ids);
        visit(u"shareCheck", self.shareCheck);
    }
};

/// A sheet of a set that was replaced.
struct OldSheet {
    QString id; ///< as it stands on the sheet
    bool handedIn = false;
    bool operator==(const OldSheet&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"id", self.id);
        visit(u"handedIn", self.handedIn);
    }
};

/// The new set is out; of the old one, these sheets, the share file and all copies of it are to be destroyed.
struct SetReplaced {
    static constexpr auto kName = u"setReplaced";
    QString set; ///< the old one; empty: of another tool
    QString file;
    QString sha256;
    std::vector<OldSheet> sheets;
    bool allListed = false; ///< false: how many sheets there are is not known
    bool operator==(const SetReplaced&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"set", self.set);
        visit(u"file", self.file);
        visit(u"sha256", self.sha256);
        visit(u"sheets", self.sheets);
        visit(u"allListed", self.allListed);
    }
};

/// Another number of a custodian.
struct SameCustodian {
    int custodian = 1;
    bool operator==(const SameCustodian&) const = default;
    static void members(auto&& visit, auto& self) { visit(u"custodian", self.custodian); }
};

/// The officer was warned, and goes on all the same.
struct CustodyRuleOverridden {
    static constexpr auto kName = u"custodyRuleOverridden";
    CustodyRule rule = CustodyRule::SoPinHolderIsCustodian;
    int custodian = 1; ///< the custodian's number in the ceremony
    std::vector<SameCustodian> also{}; ///< TooManyShares: the other numbers of the same person
    bool alone = false; ///< TooManyShares: that person needs nobody else to open a share file
    bool operator==(const CustodyRuleOverridden&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"rule", self.rule);
        visit(u"custodian", self.custodian);
        visit(u"also", self.also, kAddedLater);
        visit(u"alone", self.alone, kAddedLater);
    }
};

/// The share file and its companion are on disk.
struct SetMade {
    static constexpr auto kName = u"setMade";
    int number = 1; ///< of the share file
    QString set;
    QString file;
    QString sha256;
    QString prime; ///< hex; empty for a password
    QString shareCheck;
    bool deviceRandom = true; ///< the device's randomness was mixed in
    int subsetsProven = 0; ///< quorums that gave the password back; 0 for a password, or not recorded
    bool allSubsets = false; ///< there are no others
    bool operator==(const SetMade&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"number", self.number);
        visit(u"set", self.set);
        visit(u"file", self.file);
        visit(u"sha256", self.sha256);
        visit(u"prime", self.prime);
        visit(u"shareCheck", self.shareCheck);
        visit(u"deviceRandom", self.deviceRandom);
        visit(u"subsetsProven", self.subsetsProven, kAddedLater);
        visit(u"allSubsets", self.allSubsets, kAddedLater);
    }
};

struct SetVoided {
    static constexpr auto kName = u"setVoided";
    int number = 1;
    VoidReason reason = VoidReason::HandOutCut;
    bool operator==(const SetVoided&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"number", self.number);
        visit(u"reason", self.reason);
    }
};

/// How the sheets of one share file are made, and for printed ones on which printer. Chosen again, the last
/// one counts.
struct SheetsChosen {
    static constexpr auto kName = u"sheetsChosen";
    int number = 1; ///< of the share file
    SheetMode mode = SheetMode::Blank;
    PaperSize paper = PaperSize::A4;
    bool largePrint = false;
    QString printer{}; ///< the queue's name; empty unless sheets are printed with their values
    PrinterConnection connection = PrinterConnection::Cable;
    SpoolPlace spool = SpoolPlace::Unknown; ///< as it was when this was chosen
    bool overridden = false; ///< the officer was warned of the printer, or of its spool, and goes on
    bool operator==(const SheetsChosen&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"number", self.number);
        visit(u"mode", self.mode);
        visit(u"paper", self.paper);
        visit(u"largePrint", self.largePrint);
        visit(u"printer", self.printer);
        visit(u"connection", self.connection);
        visit(u"spool", self.spool);
        visit(u"overridden", self.overridden);
    }
};

/// The curtain was lifted for this custodian: from here on the share counts as shown.
struct TurnBegan {
    static constexpr auto kName = u"turnBegan";
    int number = 1;
    int id = 1;
    bool operator==(const TurnBegan&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"number", self.number);
        visit(u"id", self.id);
    }
};

struct TurnDeferred {
    static constexpr auto kName = u"turnDeferred";
    int number = 1;
    int id = 1;
    bool operator==(const TurnDeferred&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"number", self.number);
        visit(u"id", self.id);
    }
};

/// Three tries to type the share back went wrong.
struct ProofFailed {
    static constexpr auto kName = u"proofFailed";
    int number = 1;
    int id = 1;
    int tries = 3;
    bool operator==(const ProofFailed&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"number", self.number);
        visit(u"id", self.id);
        visit(u"tries", self.tries);
    }
};

struct ShareProved {
    static constexpr auto kName = u"shareProved";
    int number = 1;
    int id = 1;
    int tries = 1;
    bool readAloud = false; ///< in the turn its custodian had a screen reader say it
    bool operator==(const ShareProved&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"number", self.number);
        visit(u"id", self.id);
        visit(u"tries", self.tries);
        visit(u"readAloud", self.readAloud, kAddedLater);
    }
};

/// Write-ahead: a filled sheet is on its way to the printing system.
struct SheetSent {
    static constexpr auto kName = u"sheetSent";
    int number = 1;
    int id = 1;
    bool operator==(const SheetSent&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"number", self.number);
        visit(u"id", self.id);
    }
};

/// What became of it.
struct SheetPrinted {
    static constexpr auto kName = u"sheetPrinted";
    int number = 1;
    int id = 1;
    bool completed = false; ///< the printing system says that all of it went to the printer
    SpoolPlace spool = SpoolPlace::Unknown; ///< where the page was kept meanwhile
    bool purged = false; ///< the printing system was told to drop the page, and no longer knows the job
    bool operator==(const SheetPrinted&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"number", self.number);
        visit(u"id", self.id);
        visit(u"completed", self.completed);
        visit(u"spool", self.spool);
        visit(u"purged", self.purged);
    }
};

struct HandOutFinished {
    static constexpr auto kName = u"handOutFinished";
    QString kcv; ///< hex; empty when this program did not hold all share files at once
    bool operator==(const HandOutFinished&) const = default;
    static void members(auto&& visit, auto& self) { visit(u"kcv", self.kcv); }
};

/// A participant who entered half of a SO-PIN.
struct SoPinHalf {
    Role role = Role::Officer;
    int number = 1;
    bool operator==(const SoPinHalf&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"role", self.role);
        visit(u"number", self.number);
    }
};

/// PINs are entered and held in memory; only that is said here.
struct SettingsChosen {
    static constexpr auto kName = u"settingsChosen";
    QString label;
    int userPinTries = 3;
    Unblocking unblocking = Unblocking::CounterOnly;
    bool soPinMade = false; ///< made by the program, noted and typed back
    bool soPinReplaced = false; ///< the device has another one, which is changed after the initialisation
    std::vector<SoPinHalf> soPinHalves{}; ///< who entered it, the first half first; empty: one person all
    std::vector<SoPinHalf> currentSoPinHalves{}; ///< the same of the one that the device had
    bool operator==(const SettingsChosen&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"label", self.label);
        visit(u"userPinTries", self.userPinTries);
        visit(u"unblocking", self.unblocking);
        visit(u"soPinMade", self.soPinMade);
        visit(u"soPinReplaced", self.soPinReplaced);
        visit(u"soPinHalves", self.soPinHalves, kAddedLater);
        visit(u"currentSoPinHalves", self.currentSoPinHalves, kAddedLater);
    }
};

/// One of several devices: its serial was typed, so that it may be erased when the shares are in.
struct EraseConfirmed {
    static constexpr auto kName = u"eraseConfirmed";
    bool operator==(const EraseConfirmed&) const = default;
    static void members(auto&&, auto&) { }
};

struct WentBack {
    static constexpr auto kName = u"wentBack";
    BackTarget to = BackTarget::Scheme;
    bool operator==(const WentBack&) const = default;
    static void members(auto&& visit, auto& self) { visit(u"to", self.to); }
};

/// Write-ahead: on disk before the device is asked.
struct Intended {
    static constexpr auto kName = u"intended";
    Operation operation = Operation::Initialise;
    QString serial;
    int number = 0;
    int outstandingBefore = -1; ///< ImportShareFile
    int keyReference = -1; ///< GenerateKey, DeleteKey
    bool operator==(const Intended&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"operation", self.operation);
        visit(u"serial", self.serial);
        visit(u"number", self.number);
        visit(u"outstandingBefore", self.outstandingBefore);
        visit(u"keyReference", self.keyReference);
    }
};

/// The device, or the way to it, said no. `certain`: the device did not change; otherwise it must be read.
struct WorkFailed {
    static constexpr auto kName = u"workFailed";
    Operation operation = Operation::Initialise;
    int number = 0;
    ErrorKind error = ErrorKind::TransportFailed;
    int code = 0;
    bool certain = false;
    bool operator==(const WorkFailed&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"operation", self.operation);
        visit(u"number", self.number);
        visit(u"error", self.error);
        visit(u"code", self.code);
        visit(u"certain", self.certain);
    }
};

/// An intention without outcome was judged by reading the device. Effects that took place have their own
/// event after it.
struct Settled {
    static constexpr auto kName = u"settled";
    Operation operation = Operation::Initialise;
    int number = 0;
    Outcome outcome = Outcome::NoEffect;
    bool operator==(const Settled&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"operation", self.operation);
        visit(u"number", self.number);
        visit(u"outcome", self.outcome);
    }
};

/// Erased without DKEK, the device signed a fresh request with the key of its certificate. It is now to be
/// initialised as planned.
struct AuthenticityProved {
    static constexpr auto kName = u"authenticityProved";
    Authenticity authenticity = Authenticity::Genuine;
    QString holder; ///< "/DESRCACC1/DEDINK04/DENK0404144"
    QString validTo; ///< the first day on which a certificate of the chain ends, "2031-05-27"; or empty
    bool operator==(const AuthenticityProved&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"authenticity", self.authenticity);
        visit(u"holder", self.holder);
        visit(u"validTo", self.validTo);
    }
};

struct DeviceInitialised {
    static constexpr auto kName = u"deviceInitialised";
    QString serial;
    int shareFilesTotal = -1; ///< as the device tells; -1: no DKEK
    int shareFilesOutstanding = -1;
    bool operator==(const DeviceInitialised&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"serial", self.serial);
        visit(u"shareFilesTotal", self.shareFilesTotal);
        visit(u"shareFilesOutstanding", self.shareFilesOutstanding);
    }
};

/// The device took the new SO-PIN.
struct SoPinChanged {
    static constexpr auto kName = u"soPinChanged";
    bool operator==(const SoPinChanged&) const = default;
    static void members(auto&&, auto&) { }
};

struct ShareReceived {
    static constexpr auto kName = u"shareReceived";
    int number = 1;
    int id = 1; ///< of a set of another tool: as on the sheet, read as hex
    QString onSheet{}; ///< the id of a set of another tool as it was typed; else empty
    bool readAloud = false; ///< its custodian had a screen reader say what was typed
    bool operator==(const ShareReceived&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"number", self.number);
        visit(u"id", self.id);
        visit(u"onSheet", self.onSheet, kAddedLater);
        visit(u"readAloud", self.readAloud, kAddedLater);
    }
};

/// The shares received so far are dropped: they do not open the file, or the entry was started over.
struct SharesRejected {
    static constexpr auto kName = u"sharesRejected";
    int number = 1;
    ErrorKind error = ErrorKind::SharesDoNotOpenFile;
    bool operator==(const SharesRejected&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"number", self.number);
        visit(u"error", self.error);
    }
};

/// A share that was handed in is not of the set. It is dropped, the others stay.
struct ShareFoundWrong {
    static constexpr auto kName = u"shareFoundWrong";
    int number = 1;
    int id = 1;
    WrongShareBy toldBy = WrongShareBy::Consistency;
    bool operator==(const ShareFoundWrong&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"number", self.number);
        visit(u"id", self.id);
        visit(u"toldBy", self.toldBy);
    }
};

/// The shares handed in do not open the share file, and nothing tells which of them is wrong. They stay, and
/// one more is taken.
struct SharesNotOpened {
    static constexpr auto kName = u"sharesNotOpened";
    int number = 1;
    bool fitTogether = false; ///< they are of one set, and it is not that of the share file
    bool operator==(const SharesNotOpened&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"number", self.number);
        visit(u"fitTogether", self.fitTogether);
    }
};

struct ShareFileImported {
    static constexpr auto kName = u"shareFileImported";
    int number = 1;
    int outstanding = 0;
    int total = 1;
    QString kcv; ///< as the device tells; empty while files are outstanding or the firmware hides it
    bool kcvCompared = false; ///< with the one computed here
    bool operator==(const ShareFileImported&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"number", self.number);
        visit(u"outstanding", self.outstanding);
        visit(u"total", self.total);
        visit(u"kcv", self.kcv);
        visit(u"kcvCompared", self.kcvCompared);
    }
};

/// Several devices at once: the shares opened the share file, whose clear bytes are held for all of them.
struct ShareFileOpened {
    static constexpr auto kName = u"shareFileOpened";
    int number = 1;
    bool operator==(const ShareFileOpened&) const = default;
    static void members(auto&& visit, auto& self) { visit(u"number", self.number); }
};

/// The device shows another KCV than the one computed here: it must be initialised again.
struct KeyCheckValueDiffered {
    static constexpr auto kName = u"keyCheckValueDiffered";
    QString device;
    QString computed;
    bool operator==(const KeyCheckValueDiffered&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"device", self.device);
        visit(u"computed", self.computed);
    }
};

/// Firmware that hides the KCV until PIN entry told it now.
struct KeyCheckValueRead {
    static constexpr auto kName = u"keyCheckValueRead";
    QString kcv;
    bool compared = false;
    bool operator==(const KeyCheckValueRead&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"kcv", self.kcv);
        visit(u"compared", self.compared);
    }
};

struct KeyCheckValueNoted {
    static constexpr auto kName = u"keyCheckValueNoted";
    bool operator==(const KeyCheckValueNoted&) const = default;
    static void members(auto&&, auto&) { }
};

struct PlannedKey {
    QString label;
    QString id; ///< hex, 1..32 bytes
    card::KeyAlgorithm algorithm = card::KeyAlgorithm::EcP256;
    bool operator==(const PlannedKey&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"label", self.label);
        visit(u"id", self.id);
        visit(u"algorithm", self.algorithm);
    }
};

struct KeysPlanned {
    static constexpr auto kName = u"keysPlanned";
    std::vector<PlannedKey> keys;
    bool operator==(const KeysPlanned&) const = default;
    static void members(auto&& visit, auto& self) { visit(u"keys", self.keys); }
};

struct KeyGenerated {
    static constexpr auto kName = u"keyGenerated";
    int index = 0; ///< in the plan, from 0
    int keyReference = 1;
    QString fingerprint; ///< hex of SHA-256 over the SubjectPublicKeyInfo; empty: AES, which has none
    QString publicKey; ///< hex of the SubjectPublicKeyInfo
    double seconds = 0; ///< 0: not measured, found when an interruption was settled
    Attestation attestation = Attestation::None;
    QString request{}; ///< hex of the authenticated request, tag 67; empty when there was none
    bool operator==(const KeyGenerated&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"index", self.index);
        visit(u"keyReference", self.keyReference);
        visit(u"fingerprint", self.fingerprint);
        visit(u"publicKey", self.publicKey);
        visit(u"seconds", self.seconds);
        visit(u"attestation", self.attestation, kAddedLater);
        visit(u"request", self.request, kAddedLater);
    }
};

struct KeyTested {
    static constexpr auto kName = u"keyTested";
    int index = 0;
    double seconds = 0;
    QString challenge{}; ///< hex, of an AES key: see CmacPair
    QString cmac{};
    bool operator==(const KeyTested&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"index", self.index);
        visit(u"seconds", self.seconds);
        visit(u"challenge", self.challenge, kAddedLater);
        visit(u"cmac", self.cmac, kAddedLater);
    }
};

/// The signature did not verify, or what was decrypted is not what was encrypted: the key is not to be used.
struct KeyTestFailed {
    static constexpr auto kName = u"keyTestFailed";
    int index = 0;
    bool operator==(const KeyTestFailed&) const = default;
    static void members(auto&& visit, auto& self) { visit(u"index", self.index); }
};

struct KeySkipped {
    static constexpr auto kName = u"keySkipped";
    int index = 0;
    bool operator==(const KeySkipped&) const = default;
    static void members(auto&& visit, auto& self) { visit(u"index", self.index); }
};

struct KeyDeleted {
    static constexpr auto kName = u"keyDeleted";
    int index = 0;
    bool operator==(const KeyDeleted&) const = default;
    static void members(auto&& visit, auto& self) { visit(u"index", self.index); }
};

struct GenerationFinished {
    static constexpr auto kName = u"generationFinished";
    bool operator==(const GenerationFinished&) const = default;
    static void members(auto&&, auto&) { }
};

/// A key as a file under the DKEK.
struct WrappedKeyFile {
    int keyReference = 1; ///< on the device
    QString file; ///< its name
    QString sha256;
    int blobBytes = 0; ///< of the key under the DKEK, without what else is in the file; 0: not recorded
    bool operator==(const WrappedKeyFile&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"keyReference", self.keyReference);
        visit(u"file", self.file);
        visit(u"sha256", self.sha256);
        visit(u"blobBytes", self.blobBytes, kAddedLater);
    }
};

/// A key that the device did not hand out.
struct KeyLeftOut {
    int keyReference = 1;
    ErrorKind error = ErrorKind::NotAllowed;
    bool operator==(const KeyLeftOut&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"keyReference", self.keyReference);
        visit(u"error", self.error);
    }
};

/// The keys left the device under the DKEK. Wrapping again gives other files, so a ceremony that was
/// interrupted here may have several of these.
struct KeysWrapped {
    static constexpr auto kName = u"keysWrapped";
    QString kcv; ///< of the DKEK
    QString manifestSha256;
    std::vector<WrappedKeyFile> keys;
    std::vector<KeyLeftOut> leftOut;
    bool operator==(const KeysWrapped&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"kcv", self.kcv);
        visit(u"manifestSha256", self.manifestSha256);
        visit(u"keys", self.keys);
        visit(u"leftOut", self.leftOut);
    }
};

/// The wrapped keys and their manifest are on a medium, and were read back from it.
struct KeysSaved {
    static constexpr auto kName = u"keysSaved";
    int medium = 1;
    QString folder; ///< that holds `keys/`; empty: the ceremony's own
    int wrapping = 1; ///< which of the keysWrapped, from 1
    bool operator==(const KeysSaved&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"medium", self.medium);
        visit(u"folder", self.folder);
        visit(u"wrapping", self.wrapping);
    }
};

struct KeysNotSaved {
    static constexpr auto kName = u"keysNotSaved";
    QString folder; ///< as in keysSaved
    ErrorKind error = ErrorKind::FileUnwritable;
    bool operator==(const KeysNotSaved&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"folder", self.folder);
        visit(u"error", self.error);
    }
};

/// One medium holds the wrapped keys, and no other shall.
struct OneCopyConfirmed {
    static constexpr auto kName = u"oneCopyConfirmed";
    bool operator==(const OneCopyConfirmed&) const = default;
    static void members(auto&&, auto&) { }
};

struct BackupFinished {
    static constexpr auto kName = u"backupFinished";
    bool proved = false; ///< restored on a second device
    bool operator==(const BackupFinished&) const = default;
    static void members(auto&& visit, auto& self) { visit(u"proved", self.proved); }
};

/// The ceremony goes on although no medium holds the keys.
struct BackupSkipped {
    static constexpr auto kName = u"backupSkipped";
    bool operator==(const BackupSkipped&) const = default;
    static void members(auto&&, auto&) { }
};

/// A wrapped key that is to be brought onto the device.
struct KeyToRestore {
    QString file; ///< its name
    QString sha256; ///< of the file
    QString label;
    QString id; ///< hex
    QString type; ///< see keyTypeName()
    QString fingerprint; ///< hex of SHA-256 over the SubjectPublicKeyInfo; empty: no public key is known
    int present = 0; ///< where the device had this very key already; 0: nowhere
    QString challenge{}; ///< hex, of an AES key: see CmacPair; empty: none is known
    QString cmac{};
    /// What is known of it shows whether the device has it.
    [[nodiscard]] bool provable() const { return !fingerprint.isEmpty() || !cmac.isEmpty(); }
    bool operator==(const KeyToRestore&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"file", self.file);
        visit(u"sha256", self.sha256);
        visit(u"label", self.label);
        visit(u"id", self.id);
        visit(u"type", self.type);
        visit(u"fingerprint", self.fingerprint);
        visit(u"present", self.present);
        visit(u"challenge", self.challenge, kAddedLater);
        visit(u"cmac", self.cmac, kAddedLater);
    }
};

/// Which keys of a backup are to be restored.
struct RestorePlanned {
    static constexpr auto kName = u"restorePlanned";
    QString path; ///< of the manifest, its folder, or the one file
    QString ceremony; ///< in which the backup was made; empty when not known
    QString device; ///< serial of the device the keys came from; empty when not known
    QString kcv; ///< hex, of the DKEK they were wrapped with
    std::vector<KeyToRestore> keys;
    int notChosen = 0; ///< keys of the backup that stay where they are
    bool operator==(const RestorePlanned&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"path", self.path);
        visit(u"ceremony", self.ceremony);
        visit(u"device", self.device);
        visit(u"kcv", self.kcv);
        visit(u"keys", self.keys);
        visit(u"notChosen", self.notChosen);
    }
};

struct KeyRestored {
    static constexpr auto kName = u"keyRestored";
    int index = 0; ///< in the plan, from 0
    int keyReference = 1;
    bool proved = false; ///< with the public key or the CMAC of the backup
    double seconds = 0; ///< 0: not measured, found when an interruption was settled
    bool wasThere = false; ///< the device had it before: nothing was written
    QString publicKey{}; ///< SubjectPublicKeyInfo of the backup, hex; empty: none, or of a drill
    bool operator==(const KeyRestored&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"index", self.index);
        visit(u"keyReference", self.keyReference);
        visit(u"proved", self.proved);
        visit(u"seconds", self.seconds);
        visit(u"wasThere", self.wasThere, kAddedLater);
        visit(u"publicKey", self.publicKey, kAddedLater);
    }
};

/// The ceremony goes on without this key.
struct RestoreSkipped {
    static constexpr auto kName = u"restoreSkipped";
    int index = 0;
    bool operator==(const RestoreSkipped&) const = default;
    static void members(auto&& visit, auto& self) { visit(u"index", self.index); }
};

struct RestoreFinished {
    static constexpr auto kName = u"restoreFinished";
    bool operator==(const RestoreFinished&) const = default;
    static void members(auto&&, auto&) { }
};

/// One challenge, signed with each restored key on the first and on the second device; all signatures were
/// verified with the same public keys, and AES keys answered alike.
struct CloneProved {
    static constexpr auto kName = u"cloneProved";
    QString first; ///< serial of the first device
    int keys = 0; ///< that signed on both
    int notSigning = 0; ///< that may not sign
    bool operator==(const CloneProved&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"first", self.first);
        visit(u"keys", self.keys);
        visit(u"notSigning", self.notSigning);
    }
};

/// The two devices do not hold the same key, or the proof did not come about. `device`: 1 or 2, which of them
/// failed; 0: neither alone.
struct CloneProofFailed {
    static constexpr auto kName = u"cloneProofFailed";
    ErrorKind error = ErrorKind::SelfTestFailed;
    int device = 0;
    bool operator==(const CloneProofFailed&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"error", self.error);
        visit(u"device", self.device);
    }
};

/// The first device was not at hand.
struct CloneProofSkipped {
    static constexpr auto kName = u"cloneProofSkipped";
    bool operator==(const CloneProofSkipped&) const = default;
    static void members(auto&&, auto&) { }
};

/// A key of the backup that cannot be restored: its file, or the DKEK, speaks against it.
struct RefusedKey {
    QString file; ///< its name
    QString label;
    QString id; ///< hex
    ErrorKind error = ErrorKind::WrappedKeyAltered;
    bool operator==(const RefusedKey&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"file", self.file);
        visit(u"label", self.label);
        visit(u"id", self.id);
        visit(u"error", self.error);
    }
};

/// What a drill found of the backup before anything was restored from it.
struct KeysRefused {
    static constexpr auto kName = u"keysRefused";
    std::vector<RefusedKey> keys;
    bool operator==(const KeysRefused&) const = default;
    static void members(auto&& visit, auto& self) { visit(u"keys", self.keys); }
};

/// A drill ends before everything was tried.
struct DrillEnded {
    static constexpr auto kName = u"drillEnded";
    bool operator==(const DrillEnded&) const = default;
    static void members(auto&&, auto&) { }
};

/// The drill's device is to be initialised once more, without any share file, so that nothing stays on it.
struct CleaningBegan {
    static constexpr auto kName = u"cleaningBegan";
    bool operator==(const CleaningBegan&) const = default;
    static void members(auto&&, auto&) { }
};

/// The drill's device keeps the backup secret and the keys.
struct CleaningSkipped {
    static constexpr auto kName = u"cleaningSkipped";
    bool operator==(const CleaningSkipped&) const = default;
    static void members(auto&&, auto&) { }
};

/// The simulator of a drill is gone, and with it the backup secret and the keys.
struct SimulatorWiped {
    static constexpr auto kName = u"simulatorWiped";
    bool operator==(const SimulatorWiped&) const = default;
    static void members(auto&&, auto&) { }
};

struct OpinionOnKey {
    QString label;
    QString id; ///< hex
    KeyOpinion opinion = KeyOpinion::Agrees;
    bool operator==(const OpinionOnKey&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"label", self.label);
        visit(u"id", self.id);
        visit(u"opinion", self.opinion);
    }
};

/// What OpenSC's PKCS#11 module shows on the device, beside the keys that are in this record.
struct SecondOpinionGiven {
    static constexpr auto kName = u"secondOpinionGiven";
    QString library; ///< as it calls itself: "OpenSC smartcard framework"
    QString version; ///< "0.23"
    QString module; ///< path of its file
    bool loggedIn = false; ///< else it was asked for a list only
    std::vector<OpinionOnKey> keys; ///< those of the record first, then those that are not in it
    int more = 0; ///< keys that are not in the record, beyond those listed
    bool operator==(const SecondOpinionGiven&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"library", self.library);
        visit(u"version", self.version);
        visit(u"module", self.module);
        visit(u"loggedIn", self.loggedIn);
        visit(u"keys", self.keys);
        visit(u"more", self.more);
    }
};

/// It was asked for, and none came.
struct SecondOpinionFailed {
    static constexpr auto kName = u"secondOpinionFailed";
    ErrorKind error = ErrorKind::ModuleMissing;
    QString module; ///< path of its file; empty when it was not found
    QString detail; ///< what it said, technical
    bool operator==(const SecondOpinionFailed&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"error", self.error);
        visit(u"module", self.module);
        visit(u"detail", self.detail);
    }
};

/// A PKCS#10 request was signed with a key made in this ceremony, and written into its folder.
struct CertificateRequested {
    static constexpr auto kName = u"certificateRequested";
    int index = 0; ///< in the plan, from 0
    QString subject; ///< RFC 2253
    QString file; ///< in the ceremony's folder
    QString sha256; ///< of the file
    bool operator==(const CertificateRequested&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"index", self.index);
        visit(u"subject", self.subject);
        visit(u"file", self.file);
        visit(u"sha256", self.sha256);
    }
};

/// What happens on one of several devices, in the words of a ceremony with one.
using DeviceEvent = std::variant<DeviceChosen, SettingsChosen, EraseConfirmed, Intended, WorkFailed, Settled,
    AuthenticityProved, DeviceInitialised, SoPinChanged, ShareFileImported, KeyCheckValueDiffered,
    KeyCheckValueRead, KeyRestored, RestoreSkipped, RestoreFinished, CloneProved, CloneProofFailed>;

/// An event of the device with this serial. In the transcript: that event, with one member more, `onDevice`.
struct OnDevice {
    QString serial;
    DeviceEvent event;
    bool operator==(const OnDevice&) const = default;
};

/// Several devices are to become backup devices, at once: all those of the `deviceChosen` before.
struct DevicesChosen {
    static constexpr auto kName = u"devicesChosen";
    int devices = 2;
    bool operator==(const DevicesChosen&) const = default;
    static void members(auto&& visit, auto& self) { visit(u"devices", self.devices); }
};

/// The ceremony goes on; devices that are not complete are left out.
struct DevicesFinished {
    static constexpr auto kName = u"devicesFinished";
    int complete = 0;
    int leftOut = 0;
    bool operator==(const DevicesFinished&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"complete", self.complete);
        visit(u"leftOut", self.leftOut);
    }
};

struct DeviationNoted {
    static constexpr auto kName = u"deviationNoted";
    QString text;
    QString by;
    bool operator==(const DeviationNoted&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"text", self.text);
        visit(u"by", self.by);
    }
};

/// The officer's words to an event that needs them; `about` is its seq.
struct Explained {
    static constexpr auto kName = u"explained";
    int about = 0;
    QString text;
    bool operator==(const Explained&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"about", self.about);
        visit(u"text", self.text);
    }
};

struct Paused {
    static constexpr auto kName = u"paused";
    bool operator==(const Paused&) const = default;
    static void members(auto&&, auto&) { }
};

/// A share file of a ceremony that goes on elsewhere.
struct TravellingShareFile {
    QString name;
    QString site;
    int threshold = 0; ///< these three as in ShareFileRule
    int total = 0;
    int bits = 0;
    QString set; ///< these five as in SetMade
    QString file;
    QString sha256;
    QString prime;
    QString shareCheck;
    bool imported = false;
    bool operator==(const TravellingShareFile&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"name", self.name);
        visit(u"site", self.site);
        visit(u"threshold", self.threshold);
        visit(u"total", self.total);
        visit(u"bits", self.bits);
        visit(u"set", self.set);
        visit(u"file", self.file);
        visit(u"sha256", self.sha256);
        visit(u"prime", self.prime);
        visit(u"shareCheck", self.shareCheck);
        visit(u"imported", self.imported);
    }
};

/// Who holds a share of a share file that is still to come.
struct TravellingCustodian {
    int number = 1; ///< through all share files
    QString name;
    bool operator==(const TravellingCustodian&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"number", self.number);
        visit(u"name", self.name);
    }
};

/// Who entered half of a SO-PIN; by name, as at the next site others take part.
struct NamedHalf {
    Role role = Role::Officer;
    int number = 1;
    QString name;
    bool operator==(const NamedHalf&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"role", self.role);
        visit(u"number", self.number);
        visit(u"name", self.name);
    }
};

/// A part of a ceremony that came before this one.
struct EarlierPart {
    int part = 1;
    QString place;
    QString paused; ///< when: as `time` of its last line
    QString sha256; ///< of its last line
    bool operator==(const EarlierPart&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"part", self.part);
        visit(u"place", self.place);
        visit(u"paused", self.paused);
        visit(u"sha256", self.sha256);
    }
};

/// Paused, and the device goes elsewhere. The line says all that the next part must know, so it is the file
/// that travels, byte by byte: see transport.h.
struct PausedForTravel {
    static constexpr auto kName = u"pausedForTravel";
    QString format; ///< "conclave-transport-1"
    QString ceremony;
    bool rehearsal = false;
    Flow flow = Flow::Establish;
    int part = 1; ///< of the ceremony: the one that ends with this line
    QString purpose;
    QString place;
    QString device; ///< its serial
    QString erased; ///< when it was initialised, as `time`
    int outstanding = 0; ///< of shareFiles, as the device counts them
    int unsettled = 0; ///< the share file whose import was intended, its outcome unknown; 0: none
    QString kcv; ///< hex, that it is to show in the end; empty: not known
    QString label; ///< these five as in SettingsChosen
    int userPinTries = 3;
    Unblocking unblocking = Unblocking::CounterOnly;
    bool soPinMade = false;
    bool soPinReplaced = false;
    SoPinInForce soPin = SoPinInForce::Chosen;
    QString firstCeremony; ///< these two as in FirstDeviceNamed; empty unless the device is a second one
    QString firstDevice;
    std::vector<TravellingShareFile> shareFiles; ///< in order of their numbers
    std::vector<TravellingCustodian> custodians;
    std::vector<EarlierPart> parts; ///< before this one
    std::vector<NamedHalf> soPinHalves{}; ///< these two as in SettingsChosen
    std::vector<NamedHalf> currentSoPinHalves{};
    bool operator==(const PausedForTravel&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"format", self.format);
        visit(u"ceremony", self.ceremony);
        visit(u"rehearsal", self.rehearsal);
        visit(u"flow", self.flow);
        visit(u"part", self.part);
        visit(u"purpose", self.purpose);
        visit(u"place", self.place);
        visit(u"device", self.device);
        visit(u"erased", self.erased);
        visit(u"outstanding", self.outstanding);
        visit(u"unsettled", self.unsettled);
        visit(u"kcv", self.kcv);
        visit(u"label", self.label);
        visit(u"userPinTries", self.userPinTries);
        visit(u"unblocking", self.unblocking);
        visit(u"soPinMade", self.soPinMade);
        visit(u"soPinReplaced", self.soPinReplaced);
        visit(u"soPin", self.soPin);
        visit(u"firstCeremony", self.firstCeremony);
        visit(u"firstDevice", self.firstDevice);
        visit(u"shareFiles", self.shareFiles);
        visit(u"custodians", self.custodians);
        visit(u"parts", self.parts);
        visit(u"soPinHalves", self.soPinHalves, kAddedLater);
        visit(u"currentSoPinHalves", self.currentSoPinHalves, kAddedLater);
    }
};

struct Resumed {
    static constexpr auto kName = u"resumed";
    CheckpointAnswer checkpoint = CheckpointAnswer::None;
    bool tornLineDropped = false;
    bool operator==(const Resumed&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"checkpoint", self.checkpoint);
        visit(u"tornLineDropped", self.tornLineDropped);
    }
};

/// A part that was paused for travel is closed by itself: the ceremony goes on elsewhere.
struct PartEnded {
    static constexpr auto kName = u"partEnded";
    CheckpointAnswer checkpoint = CheckpointAnswer::None;
    bool tornLineDropped = false;
    bool operator==(const PartEnded&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"checkpoint", self.checkpoint);
        visit(u"tornLineDropped", self.tornLineDropped);
    }
};

/// The last event that a report renders; SHA-256 of its line is the fingerprint.
struct Sealed {
    static constexpr auto kName = u"sealed";
    bool operator==(const Sealed&) const = default;
    static void members(auto&&, auto&) { }
};

struct ReportSaved {
    static constexpr auto kName = u"reportSaved";
    QString file;
    QString sha256;
    bool operator==(const ReportSaved&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"file", self.file);
        visit(u"sha256", self.sha256);
    }
};

struct FingerprintRead {
    static constexpr auto kName = u"fingerprintRead";
    QString by;
    QString followedBy;
    bool operator==(const FingerprintRead&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"by", self.by);
        visit(u"followedBy", self.followedBy);
    }
};

/// After the ceremony, a custodian alone typed a sheet of one of its sets and saw whether it is right.
struct SheetChecked {
    static constexpr auto kName = u"sheetChecked";
    QString set;
    int id = 1;
    SheetFinding finding = SheetFinding::Undecided;
    bool operator==(const SheetChecked&) const = default;
    static void members(auto&& visit, auto& self)
    {
        visit(u"set", self.set);
        visit(u"id", self.id);
        visit(u"finding", self.finding);
    }
};

struct Closed {
    static constexpr auto kName = u"closed";
    bool operator==(const Closed&) const = default;
    static void members(auto&&, auto&) { }
};

using Event = std::variant<Opened, PartContinued, MemoryFolderAccepted, ParticipantNamed, Prepared,
    FirstDeviceNamed, SimulatorAccepted, DeviceChosen, SetBrought, PrimeEntered, SetOpened, SetReplaced,
    CustodyRuleOverridden, SchemeChosen, SetMade, SetVoided, SheetsChosen, TurnBegan, TurnDeferred,
    ProofFailed, ShareProved, SheetSent, SheetPrinted, HandOutFinished, SettingsChosen, WentBack, Intended,
    WorkFailed, Settled, AuthenticityProved, DeviceInitialised, SoPinChanged, ShareReceived, SharesRejected,
    ShareFoundWrong, SharesNotOpened, ShareFileImported, ShareFileOpened, KeyCheckValueDiffered,
    KeyCheckValueRead, KeyCheckValueNoted, KeysPlanned, KeyGenerated, KeyTested, KeyTestFailed, KeySkipped,
    KeyDeleted, CertificateRequested, GenerationFinished, KeysWrapped, KeysSaved, KeysNotSaved,
    OneCopyConfirmed, BackupFinished, BackupSkipped, RestorePlanned, KeyRestored, RestoreSkipped,
    RestoreFinished, CloneProved, CloneProofFailed, CloneProofSkipped, OnDevice, DevicesChosen,
    DevicesFinished, KeysRefused, DrillEnded, CleaningBegan, CleaningSkipped, SimulatorWiped,
    SecondOpinionGiven, SecondOpinionFailed, DeviationNoted, Explained, Paused, PausedForTravel, Resumed,
    PartEnded, Sealed, ReportSaved, FingerprintRead, SheetChecked, Closed>;

/// The name in the transcript: "turnBegan". Of an event on one of several devices: that event's.
[[nodiscard]] QString eventName(const Event& event);

} // namespace conclave::ceremony
