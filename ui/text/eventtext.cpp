// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/text/eventtext.h"

#include "ui/text/errortext.h"
#include "ui/text/words.h"

#include <QCoreApplication>
#include <QLocale>

#include <variant>

namespace conclave::ui {

using namespace ceremony;

namespace {

/// The context of the translations, and one overload for each kind of event. There is none that takes any:
/// an event without words does not compile.
struct EventWords {
    Q_DECLARE_TR_FUNCTIONS(EventWords)

public:
    QString operator()(const Opened& e) const
    {
        if (!e.continues.isEmpty())
            return tr("Ceremony %1 continued by %2. The last line of the part before has the SHA-256 %3.")
                .arg(e.ceremony, e.program, shortHex(e.continues));
        const QString opened = e.rehearsal ? tr("Rehearsal %1 opened by %2.").arg(e.ceremony, e.program)
                                           : tr("Ceremony %1 opened by %2.").arg(e.ceremony, e.program);
        return e.flow == Flow::Establish ? opened
                                         : inARow({ opened, tr("Purpose: %1.").arg(flowName(e.flow)) });
    }

    QString operator()(const PartContinued& e) const
    {
        if (e.checkpoint == CheckpointAnswer::Matched)
            return tr("What travelled with the device was read, and has the right checkpoint code.");
        return tr("What travelled with the device was read, without a checkpoint code.");
    }

    QString operator()(const MemoryFolderAccepted& e) const
    {
        return tr("The folder lies in memory (%1) and is lost when the computer is switched off. This was "
                  "accepted.")
            .arg(e.fileSystem);
    }

    QString operator()(const ParticipantNamed& e) const
    {
        const QString role = roleName(e.role, e.number);
        if (e.name.isEmpty())
            return tr("%1 takes part, not named.").arg(role);
        if (e.identityCheckedBy.isEmpty())
            return tr("%1 is %2, identity not checked.").arg(role, e.name);
        return tr("%1 is %2, identity checked by %3.").arg(role, e.name, e.identityCheckedBy);
    }

    QString operator()(const Prepared& e) const
    {
        if (e.clockConfirmed && e.withoutWitness)
            return tr("Preparation finished. The clock was confirmed. There is no witness.");
        if (e.clockConfirmed)
            return tr("Preparation finished. The clock was confirmed.");
        if (e.withoutWitness)
            return tr("Preparation finished. The clock was not confirmed. There is no witness.");
        return tr("Preparation finished. The clock was not confirmed.");
    }

    QString operator()(const FirstDeviceNamed& e) const
    {
        const auto files = static_cast<int>(e.shareFiles.size());
        return tr("The device is to get the %n share file(s) of %1, key check value %2.", nullptr, files)
            .arg(ltr(e.device.isEmpty() ? e.ceremony : e.device), ltr(hexGroups(e.kcv)));
    }

    QString operator()(const SimulatorAccepted&) const
    {
        return tr("The drill uses the simulator inside the program: the backup secret and the keys come into "
                  "this computer’s memory. This was accepted.");
    }

    QString operator()(const DeviceChosen& e) const
    {
        const QString serial = ltr(e.serial);
        const QString authenticity = authenticityName(e.authenticity);
        if (e.keys.empty())
            return tr("Device %1 chosen: %2, no keys on it.").arg(serial, authenticity);
        const auto keys = static_cast<int>(e.keys.size());
        if (!e.keysGivenUp)
            return tr("Device %1 chosen: %2, %n key(s) on it.", nullptr, keys).arg(serial, authenticity);
        return tr("Device %1 chosen: %2, %n key(s) on it given up.", nullptr, keys).arg(serial, authenticity);
    }

    QString operator()(const SetBrought& e) const
    {
        if (e.ofAnotherTool())
            return tr(
                "Share file %1 chosen, of a set of another tool; %n sheets open it.", nullptr, e.threshold)
                .arg(ltr(e.file));
        return tr("Share file %1 chosen: set %2 of ceremony %3, %4 of %5 custodians.")
            .arg(ltr(e.file), ltr(e.set), ltr(e.ceremony))
            .arg(e.threshold)
            .arg(e.total);
    }

    QString operator()(const PrimeEntered&) const
    {
        return tr("The prime of the old set was typed by its first custodian.");
    }

    QString operator()(const SetOpened& e) const
    {
        const QString opened = tr("The old set’s share file was opened.");
        const QString readings = readingSentence(e.ids);
        return readings.isEmpty() ? opened : inARow({ opened, readings });
    }

    QString operator()(const SetReplaced& e) const
    {
        return inARow({ tr("The old set is replaced."), toBeDestroyed(e) });
    }

    QString operator()(const CustodyRuleOverridden& e) const { return custodyWarning(e); }

    QString operator()(const SchemeChosen& e) const { return tr("Scheme chosen: %1.").arg(schemeName(e)); }

    QString operator()(const SetMade& e) const
    {
        const QString made = e.deviceRandom
            ? tr("Share file %1 made as set %2, with random numbers of the device and of this computer.")
                  .arg(e.number)
                  .arg(ltr(e.set))
            : tr("Share file %1 made as set %2, with random numbers of this computer alone.")
                  .arg(e.number)
                  .arg(ltr(e.set));
        const QString proof = setProof(e);
        return proof.isEmpty() ? made : inARow({ made, proof });
    }

    QString operator()(const SetVoided& e) const
    {
        switch (e.reason) {
        case VoidReason::HandOutCut:
            return tr("The set of share file %1 became void: its hand-out was cut off.").arg(e.number);
        case VoidReason::WentBack:
            return tr("The set of share file %1 became void: the officer went back.").arg(e.number);
        case VoidReason::CustodianMissing:
            return tr("The set of share file %1 became void: a custodian did not come.").arg(e.number);
        case VoidReason::ProofFailed:
            return tr("The set of share file %1 became void: a share could not be typed back.").arg(e.number);
        }
        return {};
    }

    QString operator()(const SheetsChosen& e) const
    {
        const QString sheets = e.largePrint
            ? tr("Sheets of share file %1: %2, %3, large print.")
                  .arg(QString::number(e.number), sheetModeName(e.mode), paperName(e.paper))
            : tr("Sheets of share file %1: %2, %3.")
                  .arg(QString::number(e.number), sheetModeName(e.mode), paperName(e.paper));
        if (e.mode != SheetMode::Printed)
            return sheets;
        QStringList all{ sheets, tr("Printer %1.").arg(e.printer), connectionSentence(e.connection),
            spoolSentence(e.spool) };
        if (e.overridden)
            all << tr("This was accepted.");
        return inARow(all);
    }

    QString operator()(const TurnBegan& e) const
    {
        return tr("The turn for share %1 of share file %2 began.").arg(e.id).arg(e.number);
    }

    QString operator()(const TurnDeferred& e) const
    {
        return tr("The custodian of share %1 of share file %2 was not here; the turn comes later.")
            .arg(e.id)
            .arg(e.number);
    }

    QString operator()(const ProofFailed& e) const
    {
        return tr("Share %1 of share file %2 was typed back wrongly %n time(s).", nullptr, e.tries)
            .arg(e.id)
            .arg(e.number);
    }

    QString operator()(const ShareProved& e) const
    {
        if (e.readAloud)
            return tr(
                "Share %1 of share file %2 was read aloud by a screen reader in its custodian’s turn, and "
                "typed back correctly after %n tries.",
                nullptr, e.tries)
                .arg(e.id)
                .arg(e.number);
        if (e.tries == 1)
            return tr("Share %1 of share file %2 was typed back correctly.").arg(e.id).arg(e.number);
        return tr("Share %1 of share file %2 was typed back correctly after %n tries.", nullptr, e.tries)
            .arg(e.id)
            .arg(e.number);
    }

    QString operator()(const SheetSent& e) const
    {
        return tr("Share %1 of share file %2 goes to the printer.").arg(e.id).arg(e.number);
    }

    QString operator()(const SheetPrinted& e) const
    {
        const QString printed = e.completed
            ? tr("Share %1 of share file %2 was printed.").arg(e.id).arg(e.number)
            : tr("Share %1 of share file %2 was not printed, or not whole.").arg(e.id).arg(e.number);
        const QString left = e.purged ? tr("The printing system no longer knows the page.")
                                      : tr("The printing system may still have the page.");
        return inARow({ printed, spoolSentence(e.spool), left });
    }

    QString operator()(const HandOutFinished& e) const
    {
        if (e.kcv.isEmpty())
            return tr("All shares are handed out.");
        return tr("All shares are handed out. The key check value will be %1.").arg(ltr(hexGroups(e.kcv)));
    }

    QString operator()(const SettingsChosen& e) const
    {
        const QString unblocking = unblockingName(e.unblocking);
        QStringList sentences{ e.soPinMade
                ? tr("PINs set for label “%1”, SO-PIN made by this program, %n tries for the user PIN. "
                     "Unblocking: %2.",
                    nullptr, e.userPinTries)
                      .arg(e.label, unblocking)
                : tr("PINs set for label “%1”, %n tries for the user PIN. Unblocking: %2.", nullptr,
                    e.userPinTries)
                      .arg(e.label, unblocking) };
        if (e.currentSoPinHalves.size() == 2)
            sentences << tr("The SO-PIN that the device had was entered in two halves, by %1 and %2.")
                             .arg(whoEntered(e.currentSoPinHalves[0]), whoEntered(e.currentSoPinHalves[1]));
        if (e.soPinHalves.size() == 2)
            sentences << tr("The new SO-PIN was entered in two halves, by %1 and %2.")
                             .arg(whoEntered(e.soPinHalves[0]), whoEntered(e.soPinHalves[1]));
        return sentences.join(QLatin1Char(' '));
    }

    static QString whoEntered(const SoPinHalf& half) { return roleName(half.role, half.number); }

    QString operator()(const WentBack& e) const
    {
        switch (e.to) {
        case BackTarget::Preparation:
            return tr("The officer went back to the preparation.");
        case BackTarget::Device:
            return tr("The officer went back to the choice of the device.");
        case BackTarget::Scheme:
            return tr("The officer went back to the key-sharing scheme.");
        case BackTarget::Pins:
            return tr("The officer went back to the PINs.");
        case BackTarget::OldSet:
            return tr("The officer went back to the choice of the old set.");
        case BackTarget::Cleaning:
            return tr("The officer went back to the question whether the drill’s device is to be cleaned.");
        }
        return {};
    }

    QString operator()(const Intended& e) const
    {
        const QString serial = ltr(e.serial);
        switch (e.operation) {
        case Operation::Initialise:
            return tr("About to erase and initialise device %1.").arg(serial);
        case Operation::ChangeSoPin:
            return tr("About to change the SO-PIN of device %1.").arg(serial);
        case Operation::ImportShareFile:
            return tr("About to import share file %1 into device %2.").arg(e.number).arg(serial);
        case Operation::GenerateKey:
            return tr("About to generate key %1 in device %2.").arg(e.number + 1).arg(serial);
        case Operation::DeleteKey:
            return tr("About to delete key %1 from device %2.").arg(e.number + 1).arg(serial);
        case Operation::RestoreKey:
            return tr("About to restore wrapped key %1 in device %2.").arg(e.number + 1).arg(serial);
        }
        return {};
    }

    QString operator()(const WorkFailed& e) const
    {
        const QString error = errorSentence(Error{ .kind = e.error });
        switch (e.operation) {
        case Operation::Initialise:
            return tr("Initialising did not work: %1.").arg(error);
        case Operation::ChangeSoPin:
            return tr("Changing the SO-PIN did not work: %1.").arg(error);
        case Operation::ImportShareFile:
            return tr("Importing share file %1 did not work: %2.").arg(e.number).arg(error);
        case Operation::GenerateKey:
            return tr("Generating key %1 did not work: %2.").arg(e.number + 1).arg(error);
        case Operation::DeleteKey:
            return tr("Deleting key %1 did not work: %2.").arg(e.number + 1).arg(error);
        case Operation::RestoreKey:
            return tr("Restoring wrapped key %1 did not work: %2.").arg(e.number + 1).arg(error);
        }
        return {};
    }

    QString operator()(const Settled& e) const
    {
        switch (e.outcome) {
        case Outcome::TookEffect:
            return tookEffect(e);
        case Outcome::NoEffect:
            return hadNoEffect(e);
        case Outcome::Unclear:
            return isUnclear(e);
        case Outcome::Erased:
            return tr(
                "The device was read after an interruption: it is erased, but not initialised as planned.");
        }
        return {};
    }

    QString operator()(const AuthenticityProved& e) const
    {
        const QString authenticity = authenticityName(e.authenticity);
        if (e.validTo.isEmpty())
            return tr("The device proved that it holds the key of its certificate, %1: %2.")
                .arg(ltr(e.holder), authenticity);
        return tr("The device proved that it holds the key of its certificate, %1, valid until %2: %3.")
            .arg(ltr(e.holder), e.validTo, authenticity);
    }

    QString operator()(const DeviceInitialised& e) const
    {
        if (e.shareFilesTotal < 0)
            return tr("Device %1 initialised without share files. All earlier keys are gone.")
                .arg(ltr(e.serial));
        return tr("Device %1 initialised for %n share file(s). All earlier keys are gone.", nullptr,
            e.shareFilesTotal)
            .arg(ltr(e.serial));
    }

    QString operator()(const SoPinChanged&) const { return tr("The device took the new SO-PIN."); }

    QString operator()(const ShareReceived& e) const
    {
        if (!e.onSheet.isEmpty())
            return e.readAloud
                ? tr("The sheet with share ID “%1” was handed in. A screen reader said its value "
                     "while it was typed.")
                      .arg(e.onSheet)
                : tr("The sheet with share ID “%1” was handed in.").arg(e.onSheet);
        if (e.readAloud)
            return tr("Share %1 of share file %2 was handed in. A screen reader said its value while it was "
                      "typed.")
                .arg(e.id)
                .arg(e.number);
        return tr("Share %1 of share file %2 was handed in.").arg(e.id).arg(e.number);
    }

    QString operator()(const SharesRejected& e) const
    {
        return tr("The shares handed in for share file %1 were dropped: %2.")
            .arg(e.number)
            .arg(errorSentence(Error{ .kind = e.error }));
    }

    QString operator()(const ShareFoundWrong& e) const
    {
        return e.toldBy == WrongShareBy::Verifier
            ? tr("Share %1 of share file %2 was found wrong and dropped: the set’s companion file does not "
                 "know it.")
                  .arg(e.id)
                  .arg(e.number)
            : tr("Share %1 of share file %2 was found wrong and dropped: the other shares fit together "
                 "without it and open the share file.")
                  .arg(e.id)
                  .arg(e.number);
    }

    QString operator()(const SharesNotOpened& e) const
    {
        return e.fitTogether
            ? tr("The shares handed in for share file %1 fit together, but do not open it.").arg(e.number)
            : tr("The shares handed in for share file %1 do not open it. One more was asked for, to find the "
                 "wrong one.")
                  .arg(e.number);
    }

    QString operator()(const ShareFileImported& e) const
    {
        if (e.outstanding > 0)
            return tr("Share file %1 of %2 imported, %n outstanding.", nullptr, e.outstanding)
                .arg(e.number)
                .arg(e.total);
        if (e.kcv.isEmpty())
            return tr("Share file %1 of %2 imported, none outstanding. The device tells no key check value "
                      "yet.")
                .arg(e.number)
                .arg(e.total);
        const QString kcv = ltr(hexGroups(e.kcv));
        if (e.kcvCompared)
            return tr("Share file %1 of %2 imported, none outstanding. Key check value %3, as computed here.")
                .arg(e.number)
                .arg(e.total)
                .arg(kcv);
        return tr("Share file %1 of %2 imported, none outstanding. Key check value %3, not compared.")
            .arg(e.number)
            .arg(e.total)
            .arg(kcv);
    }

    QString operator()(const KeyCheckValueDiffered& e) const
    {
        if (e.device.isEmpty())
            return tr(
                "The share files that were opened give the key check value %1, not that of the first device.")
                .arg(ltr(hexGroups(e.computed)));
        return tr("The key check value of the device is %1, but %2 was computed here.")
            .arg(ltr(hexGroups(e.device)), ltr(hexGroups(e.computed)));
    }

    QString operator()(const KeyCheckValueRead& e) const
    {
        const QString kcv = ltr(hexGroups(e.kcv));
        return e.compared ? tr("The device told its key check value: %1, as computed here.").arg(kcv)
                          : tr("The device told its key check value: %1, not compared.").arg(kcv);
    }

    QString operator()(const KeyCheckValueNoted&) const { return tr("The key check value was noted."); }

    QString operator()(const KeysPlanned& e) const
    {
        return tr("%n key(s) planned.", nullptr, static_cast<int>(e.keys.size()));
    }

    QString operator()(const KeyGenerated& e) const
    {
        if (e.publicKey.isEmpty() && e.seconds <= 0)
            return tr("Key %1, an AES key, found on the device.").arg(e.index + 1);
        if (e.publicKey.isEmpty())
            return tr("Key %1, an AES key, generated in %2 s.").arg(e.index + 1).arg(e.seconds, 0, 'f', 1);
        if (e.attestation == Attestation::Unverified)
            return tr("Key %1 generated, fingerprint %2. The device did not vouch for it.")
                .arg(e.index + 1)
                .arg(shortHex(e.fingerprint));
        if (e.seconds <= 0)
            return tr("Key %1 found on the device, fingerprint %2.")
                .arg(e.index + 1)
                .arg(shortHex(e.fingerprint));
        return tr("Key %1 generated in %2 s, fingerprint %3.")
            .arg(e.index + 1)
            .arg(e.seconds, 0, 'f', 1)
            .arg(shortHex(e.fingerprint));
    }

    QString operator()(const KeyTested& e) const
    {
        if (!e.cmac.isEmpty())
            return tr("Key %1 encrypted and decrypted. Its answer to a challenge is %2.")
                .arg(e.index + 1)
                .arg(shortHex(e.cmac));
        return tr("Key %1 signed, and the signature was verified.").arg(e.index + 1);
    }

    QString operator()(const KeyTestFailed& e) const
    {
        return tr("Key %1 was used, and the result was wrong. The key is not to be used.").arg(e.index + 1);
    }

    QString operator()(const KeySkipped& e) const { return tr("Key %1 was skipped.").arg(e.index + 1); }

    QString operator()(const KeyDeleted& e) const { return tr("Key %1 was deleted.").arg(e.index + 1); }

    QString operator()(const CertificateRequested& e) const
    {
        return tr("Certificate request for key %1 (%2) saved as %3, SHA-256 %4.")
            .arg(QString::number(e.index + 1), e.subject, ltr(e.file), shortHex(e.sha256));
    }

    QString operator()(const GenerationFinished&) const { return tr("Generation of keys finished."); }

    QString operator()(const KeysWrapped& e) const
    {
        const auto wrapped = static_cast<int>(e.keys.size());
        const auto leftOut = static_cast<int>(e.leftOut.size());
        if (leftOut == 0)
            return tr("%n key(s) wrapped by the device, key check value %1.", nullptr, wrapped)
                .arg(ltr(hexGroups(e.kcv)));
        if (wrapped == 0)
            return tr("The device wrapped no key. It did not hand out %n key(s).", nullptr, leftOut);
        return tr("%n key(s) wrapped by the device, key check value %1.", nullptr, wrapped)
                   .arg(ltr(hexGroups(e.kcv)))
            + QLatin1Char(' ') + tr("It did not hand out %n key(s).", nullptr, leftOut);
    }

    QString operator()(const KeysSaved& e) const
    {
        if (e.folder.isEmpty())
            return tr("The wrapped keys were saved beside this record and read back (medium %1).")
                .arg(e.medium);
        return tr("The wrapped keys were saved to medium %1 and read back: %2.")
            .arg(e.medium)
            .arg(ltr(e.folder));
    }

    QString operator()(const KeysNotSaved& e) const
    {
        const QString error = mediumSentence(e.error);
        if (e.folder.isEmpty())
            return tr("The wrapped keys were not saved beside this record: %1.").arg(error);
        return tr("The wrapped keys were not saved to %1: %2.").arg(ltr(e.folder), error);
    }

    QString operator()(const OneCopyConfirmed&) const
    {
        return tr("Only one copy of the wrapped keys was made. This was confirmed.");
    }

    QString operator()(const BackupFinished& e) const
    {
        return e.proved ? tr("Backup finished and proved.")
                        : tr("Backup finished. Nobody has shown yet that it works.");
    }

    QString operator()(const BackupSkipped&) const { return tr("The ceremony went on without a backup."); }

    QString operator()(const RestorePlanned& e) const
    {
        const auto keys = static_cast<int>(e.keys.size());
        return tr("%n wrapped key(s) chosen from %1, key check value %2.", nullptr, keys)
            .arg(ltr(e.path), ltr(hexGroups(e.kcv)));
    }

    QString operator()(const KeyRestored& e) const
    {
        if (e.proved && e.wasThere)
            return tr("Key %1 was on the device already, and is proved to be the original.").arg(e.index + 1);
        if (e.proved)
            return tr("Key %1 is on the device, and proved to be the original.").arg(e.index + 1);
        if (e.wasThere)
            return tr("Key %1 was on the device already, not proved to be the original.").arg(e.index + 1);
        return tr("Key %1 is on the device, not proved to be the original.").arg(e.index + 1);
    }

    QString operator()(const RestoreSkipped& e) const
    {
        return tr("Wrapped key %1 was skipped: it was not restored.").arg(e.index + 1);
    }

    QString operator()(const RestoreFinished&) const { return tr("Restoring of keys finished."); }

    QString operator()(const CloneProved& e) const
    {
        return tr(
            "%1 and the second device answered one challenge with %n key(s); all answers were verified.",
            nullptr, e.keys)
            .arg(ltr(e.first));
    }

    QString operator()(const CloneProofFailed& e) const
    {
        const QString error = errorSentence(Error{ .kind = e.error });
        if (e.device == 1)
            return tr("The proof on both devices failed at the first device: %1.").arg(error);
        if (e.device == 2)
            return tr("The proof on both devices failed at the second device: %1.").arg(error);
        return tr("The proof on both devices failed: %1.").arg(error);
    }

    QString operator()(const CloneProofSkipped&) const
    {
        return tr("The first device was not at hand, so there was no proof on both devices.");
    }

    QString operator()(const KeysRefused& e) const
    {
        QStringList keys;
        for (const RefusedKey& key : e.keys)
            keys << tr("%1: %2", "key and what is wrong with its file")
                        .arg(key.label.isEmpty() ? key.file : key.label,
                            errorSentence(Error{ .kind = key.error }));
        return tr("%n key(s) of the backup cannot be restored. %1", nullptr, static_cast<int>(e.keys.size()))
            .arg(keys.join(QStringLiteral("; ")));
    }

    QString operator()(const DrillEnded&) const
    {
        return tr("The drill was ended before everything was tried.");
    }

    QString operator()(const CleaningBegan&) const
    {
        return tr("The drill’s device is to be initialised again, without any share file.");
    }

    QString operator()(const CleaningSkipped&) const
    {
        return tr("The drill’s device was not cleaned: it holds the backup secret and the restored keys.");
    }

    QString operator()(const SimulatorWiped&) const
    {
        return tr("The simulator was wiped from memory, with the backup secret and the keys.");
    }

    QString operator()(const SecondOpinionGiven& e) const
    {
        return tr("Second opinion: %1").arg(opinionSentence(e));
    }

    QString operator()(const SecondOpinionFailed& e) const
    {
        return tr("Second opinion: %1").arg(opinionSentence(e));
    }

    QString operator()(const OnDevice& e) const
    {
        return tr("%1: %2", "serial of a device, and a sentence about it")
            .arg(ltr(e.serial), std::visit(*this, e.event));
    }

    QString operator()(const EraseConfirmed&) const
    {
        return tr("The serial number was typed: the device may be erased.");
    }

    QString operator()(const DevicesChosen& e) const
    {
        return tr("%n device(s) are to become backup devices at the same time.", nullptr, e.devices);
    }

    QString operator()(const DevicesFinished& e) const
    {
        const QString complete = tr("%n device(s) are complete.", nullptr, e.complete);
        return e.leftOut == 0
            ? complete
            : tr("%1 Left out: %2.", "a sentence, and a number").arg(complete, QLocale().toString(e.leftOut));
    }

    QString operator()(const ShareFileOpened& e) const
    {
        return tr("Share file %1 opened. It is held in memory for all devices.").arg(e.number);
    }

    QString operator()(const DeviationNoted& e) const
    {
        return e.by.isEmpty() ? tr("Deviation noted: %1").arg(e.text)
                              : tr("Deviation noted by %1: %2").arg(e.by, e.text);
    }

    QString operator()(const Explained& e) const
    {
        return tr("Event %1 explained: %2").arg(e.about).arg(e.text);
    }

    QString operator()(const Paused&) const { return tr("Ceremony paused."); }

    QString operator()(const PausedForTravel& e) const
    {
        return tr("Part %1 paused for travel. Device %2 waits for %n share file(s).", nullptr, e.outstanding)
            .arg(e.part)
            .arg(ltr(e.device));
    }

    QString operator()(const PartEnded& e) const
    {
        const bool matched = e.checkpoint == CheckpointAnswer::Matched;
        if (matched && !e.tornLineDropped)
            return tr("This part was ended. The ceremony goes on elsewhere.");
        if (matched)
            return tr("This part was ended. The ceremony goes on elsewhere. An incomplete last line was "
                      "dropped.");
        if (e.tornLineDropped)
            return tr("This part was ended without a checkpoint code. The ceremony goes on elsewhere. An "
                      "incomplete last line was dropped.");
        return tr("This part was ended without a checkpoint code. The ceremony goes on elsewhere.");
    }

    QString operator()(const Resumed& e) const
    {
        const bool matched = e.checkpoint == CheckpointAnswer::Matched;
        if (matched && e.tornLineDropped)
            return tr(
                "Ceremony resumed with the right checkpoint code. An incomplete last line was dropped.");
        if (matched)
            return tr("Ceremony resumed with the right checkpoint code.");
        if (e.tornLineDropped)
            return tr("Ceremony resumed without a checkpoint code. An incomplete last line was dropped.");
        return tr("Ceremony resumed without a checkpoint code.");
    }

    QString operator()(const Sealed&) const { return tr("Record sealed."); }

    QString operator()(const ReportSaved& e) const
    {
        return tr("%1 saved, SHA-256 starts %2.").arg(ltr(e.file), shortHex(e.sha256));
    }

    QString operator()(const FingerprintRead& e) const
    {
        return tr("Fingerprint read aloud by %1, followed by %2.").arg(e.by, e.followedBy);
    }

    QString operator()(const SheetChecked& e) const
    {
        switch (e.finding) {
        case SheetFinding::Right:
            return tr("The sheet with share ID %1 of set %2 was checked by itself and is right.")
                .arg(e.id)
                .arg(ltr(e.set));
        case SheetFinding::Wrong:
            return tr("The sheet with share ID %1 of set %2 was checked by itself and was found wrong.")
                .arg(e.id)
                .arg(ltr(e.set));
        case SheetFinding::Undecided:
            return tr("The sheet with share ID %1 of set %2 was checked by itself; nothing on it could tell "
                      "whether it is right.")
                .arg(e.id)
                .arg(ltr(e.set));
        }
        return {};
    }

    QString operator()(const Closed&) const { return tr("Ceremony closed."); }

private:
    /// The first 8 bytes are enough to find the rest.
    static QString shortHex(const QString& hex) { return ltr(hexGroups(hex.left(16))); }

    static QString tookEffect(const Settled& e)
    {
        switch (e.operation) {
        case Operation::Initialise:
            return tr("The device was read: it had been initialised.");
        case Operation::ChangeSoPin:
            return tr("The SO-PIN had been changed.");
        case Operation::ImportShareFile:
            return tr("The device was read: share file %1 had been imported.").arg(e.number);
        case Operation::GenerateKey:
            return tr("The device was read: key %1 had been generated.").arg(e.number + 1);
        case Operation::DeleteKey:
            return tr("The device was read: key %1 had been deleted.").arg(e.number + 1);
        case Operation::RestoreKey:
            return tr("The device was read: wrapped key %1 had been restored.").arg(e.number + 1);
        }
        return {};
    }

    static QString hadNoEffect(const Settled& e)
    {
        switch (e.operation) {
        case Operation::Initialise:
            return tr("The device was read: it had not been initialised.");
        case Operation::ChangeSoPin:
            return tr("The SO-PIN was not changed: the device keeps the one that it had before.");
        case Operation::ImportShareFile:
            return tr("The device was read: share file %1 had not been imported.").arg(e.number);
        case Operation::GenerateKey:
            return tr("The device was read: key %1 had not been generated.").arg(e.number + 1);
        case Operation::DeleteKey:
            return tr("The device was read: key %1 had not been deleted.").arg(e.number + 1);
        case Operation::RestoreKey:
            return tr("The device was read: wrapped key %1 had not been restored.").arg(e.number + 1);
        }
        return {};
    }

    static QString isUnclear(const Settled& e)
    {
        switch (e.operation) {
        case Operation::Initialise:
            return tr("The device was read: whether it had been initialised is unclear.");
        case Operation::ChangeSoPin:
            return tr("The SO-PIN is in doubt: the device has the one that it had before, or the new one. "
                      "Neither was tried.");
        case Operation::ImportShareFile:
            return tr("The device was read: whether share file %1 had been imported is unclear.")
                .arg(e.number);
        case Operation::GenerateKey:
            return tr("The device was read: whether key %1 had been generated is unclear.").arg(e.number + 1);
        case Operation::DeleteKey:
            return tr("The device was read: whether key %1 had been deleted is unclear.").arg(e.number + 1);
        case Operation::RestoreKey:
            return tr("The device was read: whether wrapped key %1 had been restored is unclear.")
                .arg(e.number + 1);
        }
        return {};
    }
};

} // namespace

QString eventText(const Event& event)
{
    return std::visit(EventWords{}, event);
}

} // namespace conclave::ui
