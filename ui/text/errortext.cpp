// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/text/errortext.h"

#include "core/ceremony/devicechoice.h"
#include "ui/text/words.h"

#include <QCoreApplication>
#include <QMetaEnum>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {

/// The context of the translations.
struct ErrorWords {
    Q_DECLARE_TR_FUNCTIONS(ErrorWords)
};

QString technicalDetails(const Error& error)
{
    const char* kind = QMetaEnum::fromType<ErrorKind>().valueToKey(static_cast<int>(error.kind));
    QStringList parts{ QString::fromLatin1(kind) };
    if (error.code != 0)
        parts << QStringLiteral("0x") + QString::number(error.code, 16).toUpper();
    if (!error.detail.isEmpty())
        parts << error.detail;
    return parts.join(QStringLiteral(", "));
}

QStringList plugInAgain()
{
    return { ErrorWords::tr("Plug the same device in again, into the same port if you can.") };
}

QString triesLeftSentence(const Error& error)
{
    return error.triesLeft ? ErrorWords::tr("%n tries are left.", nullptr, *error.triesLeft)
                           : ErrorWords::tr("The number of tries left is not known.");
}

// One function a family keeps the table readable; every kind of its family has a case.

ErrorText serviceError(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::ServiceNotRunning:
        return { ErrorWords::tr("The smart card service is not running"),
            ErrorWords::tr("This program reaches devices through the system’s smart card service (pcscd), "
                           "and it does not answer."),
            ErrorWords::tr("Nothing was sent to any device."),
            { ErrorWords::tr("Start the service, for example with: sudo systemctl start pcscd.socket"),
                ErrorWords::tr("This page goes on by itself when the service answers.") },
            {}, true };
    case ErrorKind::ServiceNotPermitted:
        return { ErrorWords::tr("The smart card service does not admit you"),
            ErrorWords::tr("The system’s rules (polkit) do not allow this user to use smart cards."),
            ErrorWords::tr("Nothing was sent to any device."),
            { ErrorWords::tr("Run the program in a local desktop session, not over a remote login."),
                ErrorWords::tr(
                    "Or allow the actions org.debian.pcsc-lite.access_pcsc and access_card for this user.") },
            {}, true };
    case ErrorKind::NoReader:
        return { ErrorWords::tr("No device is connected"),
            ErrorWords::tr("The smart card service sees no reader and no device."),
            ErrorWords::tr("Nothing was lost."), plugInAgain(), {}, true };
    case ErrorKind::ReaderGone:
        return { ErrorWords::tr("The reader was disconnected"),
            ErrorWords::tr("The reader went away while it was in use."),
            ErrorWords::tr("What was recorded before stays valid."), plugInAgain(), {}, true };
    case ErrorKind::NoCard:
        return { ErrorWords::tr("The reader is empty"), ErrorWords::tr("There is no device in the reader."),
            ErrorWords::tr("Nothing was lost."), plugInAgain(), {}, true };
    case ErrorKind::CardRemoved:
        return { ErrorWords::tr("The device was disconnected"),
            ErrorWords::tr("The connection to the device ended during work."),
            ErrorWords::tr("What was recorded before stays valid."), plugInAgain(), {}, true };
    case ErrorKind::DeviceBusy:
        return { ErrorWords::tr("Another program uses the device"),
            ErrorWords::tr("The device in “%1” is held by another program, so it cannot be used exclusively.")
                .arg(error.detail),
            ErrorWords::tr("Nothing was sent to the device."),
            { ErrorWords::tr("Close programs that may use it: GnuPG (gpgconf --kill scdaemon), a browser or "
                             "mail program, a PKCS#11 application."),
                ErrorWords::tr("Then try again.") },
            {}, true };
    case ErrorKind::CardUnresponsive:
        return { ErrorWords::tr("The device does not answer"),
            ErrorWords::tr("The reader has power on the device, but the device stays silent."),
            ErrorWords::tr("What was recorded before stays valid."),
            { ErrorWords::tr("Unplug the device, wait five seconds, and plug it in again.") }, {}, true };
    default:
        return { ErrorWords::tr("The connection to the device failed"),
            ErrorWords::tr("The smart card service reported a failure of the transport."),
            ErrorWords::tr("What was recorded before stays valid."),
            { ErrorWords::tr("Unplug the device, and plug it in again."),
                ErrorWords::tr("Try again. Use another port if it happens again.") },
            {}, true };
    }
}

ErrorText pinError(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::WrongPin:
        return { ErrorWords::tr("The PIN is wrong"), triesLeftSentence(error),
            ErrorWords::tr("The keys on the device are not affected."),
            { ErrorWords::tr("Check keyboard layout and Caps Lock."),
                ErrorWords::tr("Type the PIN again only if you are sure of it.") },
            {} };
    case ErrorKind::PinBlocked:
        return { ErrorWords::tr("The PIN is blocked"), ErrorWords::tr("No tries are left for this PIN."),
            ErrorWords::tr("The keys on the device are not affected."),
            { ErrorWords::tr("A blocked user PIN can be unblocked with the SO-PIN, if step 5 allowed it."),
                ErrorWords::tr(
                    "A blocked SO-PIN stays blocked: the device can never be initialised again.") },
            {} };
    case ErrorKind::PinNotSet:
        return { ErrorWords::tr("The device has no PIN yet"),
            ErrorWords::tr("The device was not initialised, or lost power while it was."),
            ErrorWords::tr("There is nothing on it that could be lost."),
            { ErrorWords::tr("Initialise the device again.") }, {} };
    case ErrorKind::TransportPinActive:
        return { ErrorWords::tr("The device still has its transport PIN"),
            ErrorWords::tr("The transport PIN must be changed before keys can be used."),
            ErrorWords::tr("Nothing on the device was changed."),
            { ErrorWords::tr("Change the transport PIN first, or initialise the device.") }, {} };
    case ErrorKind::NotLoggedIn:
        return { ErrorWords::tr("The device asks for the user PIN"),
            ErrorWords::tr("The login ended, perhaps since the device lost power."),
            ErrorWords::tr("Nothing on the device was changed."),
            { ErrorWords::tr("Enter the user PIN again.") }, {} };
    default:
        return { ErrorWords::tr("The device does not allow this"),
            ErrorWords::tr("The device’s options forbid what was asked of it."),
            ErrorWords::tr("Nothing on the device was changed."),
            { ErrorWords::tr("Compare the settings of step 5 with what you need.") }, {} };
    }
}

ErrorText answerError(const Error& error)
{
    const QString unchanged = ErrorWords::tr("What was recorded before stays valid.");
    const QStringList again{ ErrorWords::tr("Unplug the device, and plug it in again."),
        ErrorWords::tr("If it happens again, note the details and use another device.") };
    switch (error.kind) {
    case ErrorKind::NotSmartCardHsm:
        return { ErrorWords::tr("This is not a SmartCard-HSM"),
            ErrorWords::tr("The card in the reader does not hold the SmartCard-HSM application."),
            ErrorWords::tr("Nothing on the card was changed."),
            { ErrorWords::tr("Use a Nitrokey HSM 2 or a SmartCard-HSM.") }, {} };
    case ErrorKind::UnexpectedAnswer:
        return { ErrorWords::tr("The device gave an answer that makes no sense"),
            ErrorWords::tr("An answer of the device could not be read."), unchanged, again, {} };
    case ErrorKind::WrongLength:
        return { ErrorWords::tr("The device did not accept the length of a command"),
            ErrorWords::tr("The command and the device’s firmware do not fit together."), unchanged, again,
            {} };
    case ErrorKind::WrongData:
        return { ErrorWords::tr("The device did not accept the data"),
            ErrorWords::tr("The device refused the content of a command."), unchanged, again, {} };
    case ErrorKind::Unsupported:
        return { ErrorWords::tr("The device cannot do this"),
            ErrorWords::tr("The firmware of this device does not offer the function or the algorithm."),
            unchanged, { ErrorWords::tr("Choose another algorithm, or another device.") }, {} };
    case ErrorKind::NotFound:
        return { ErrorWords::tr("The device does not have what was looked for"),
            ErrorWords::tr("A file or key that should be there is not."), unchanged, again, {} };
    case ErrorKind::DeviceFull:
        return { ErrorWords::tr("The device is full"), ErrorWords::tr("There is no room for another key."),
            ErrorWords::tr("Finished keys are on the device and not affected."),
            { ErrorWords::tr("Skip the keys that are left, or delete keys that are not needed.") }, {} };
    case ErrorKind::AlreadyExists:
        return { ErrorWords::tr("Label or ID is already used"),
            ErrorWords::tr("There is something under this name on the device already."),
            ErrorWords::tr("It was not overwritten."), { ErrorWords::tr("Choose another label or ID.") },
            {} };
    case ErrorKind::WrongParameters:
        return { ErrorWords::tr("The device did not accept the parameters"),
            ErrorWords::tr("The device refused the parameters of a command."), unchanged, again, {} };
    case ErrorKind::CommandUnsupported:
        return { ErrorWords::tr("The device does not know this command"),
            ErrorWords::tr("The firmware of this device lacks the command."), unchanged,
            { ErrorWords::tr("Use a device with newer firmware.") }, {} };
    case ErrorKind::ExecutionFailed:
        return { ErrorWords::tr("The device failed to do it"),
            ErrorWords::tr("The device reported an internal failure."), unchanged, again, {} };
    case ErrorKind::MemoryFailure:
        return { ErrorWords::tr("The device’s memory failed"),
            ErrorWords::tr("The device could not write its memory."), unchanged,
            { ErrorWords::tr("Do not use this device any more.") }, {} };
    case ErrorKind::UseCounterExhausted:
        return { ErrorWords::tr("This key must not be used any more"),
            ErrorWords::tr("The key’s use counter is at its end."), unchanged,
            { ErrorWords::tr("Make a new key.") }, {} };
    default:
        return { ErrorWords::tr("The device reported an error"),
            ErrorWords::tr("The device answered with a status that has no meaning here."), unchanged, again,
            {} };
    }
}

ErrorText dkekDeviceError(const Error& error)
{
    const QString filesSafe = ErrorWords::tr("The share files and the custodian shares are not affected.");
    switch (error.kind) {
    case ErrorKind::WrongDevice:
        return { ErrorWords::tr("This is not the device chosen in step 2"),
            ErrorWords::tr("Another device is plugged in: %1.").arg(ltr(error.detail)),
            ErrorWords::tr("Nothing was sent to it."),
            { ErrorWords::tr("Unplug it, and plug in the chosen device.") }, {}, true };
    case ErrorKind::DeviceNotGenuine:
        return { ErrorWords::tr("This device is not genuine"),
            ErrorWords::tr("It could not prove that it holds the key of its certificate, or the certificate "
                           "is not one of the maker’s."),
            ErrorWords::tr("No share file was sent to it."),
            { ErrorWords::tr("Unplug the device, mark it, and keep it for its maker to look at."),
                ErrorWords::tr("Go back to step 2, and choose another device.") },
            {} };
    case ErrorKind::DkekNotConfigured:
        return { ErrorWords::tr("The device was initialised without backup"),
            ErrorWords::tr("It does not accept share files."), filesSafe,
            { ErrorWords::tr("Initialise the device again, with share files.") }, {} };
    case ErrorKind::DkekIncomplete:
        return { ErrorWords::tr("The device still waits for share files"),
            ErrorWords::tr("It can make keys once all share files are in."), filesSafe,
            { ErrorWords::tr("Import the share files that are missing.") }, {} };
    case ErrorKind::ShareFileNotExpected:
        return { ErrorWords::tr("The device expects no more share files"),
            ErrorWords::tr("It has all the share files it was initialised for."), filesSafe,
            { ErrorWords::tr("Compare the key check value with the one expected.") }, {} };
    case ErrorKind::ShareFileCountDiffers:
        return { ErrorWords::tr("The device waits for another number of share files"),
            ErrorWords::tr("It says that %n share file(s) are missing. The record says otherwise, so "
                           "something happened to it that is not on record.",
                nullptr, error.number.value_or(0)),
            ErrorWords::tr("This share file did not go to it. The share files and the shares stay valid."),
            { ErrorWords::tr("Find out where the device was, and note it as a deviation."),
                ErrorWords::tr("Initialise it again, and import all share files again.") },
            {} };
    case ErrorKind::ShareFileNotCounted:
        return { ErrorWords::tr("The device did not count the share file"),
            ErrorWords::tr(
                "It accepted the command, but its count of missing share files did not go down by one."),
            filesSafe, { ErrorWords::tr("Initialise the device again, and import all share files again.") },
            {} };
    case ErrorKind::KeyCheckValueDiffers:
        return { ErrorWords::tr("The key check values differ"),
            ErrorWords::tr("The device holds another secret than the one that was made here."), filesSafe,
            { ErrorWords::tr("Do not make keys on the device as it is."),
                ErrorWords::tr("Initialise it again, and import all share files again.") },
            {} };
    case ErrorKind::NoFreeKeyReference:
        return { ErrorWords::tr("The device has no free place for a key"),
            ErrorWords::tr("All of its key references are taken."),
            ErrorWords::tr("Finished keys are on the device and not affected."),
            { ErrorWords::tr("Skip the keys that are left.") }, {} };
    default:
        return { ErrorWords::tr("The self-test failed"),
            ErrorWords::tr("The device signed, but the signature does not fit the public key. This key must "
                           "not be used."),
            ErrorWords::tr("The other keys are not affected."),
            { ErrorWords::tr("Delete the key."),
                ErrorWords::tr("Make it again, on another device if it fails again.") },
            {} };
    }
}

ErrorText shareError(const Error& error)
{
    const QString noTryLost = ErrorWords::tr("Nothing went to the device. No try was lost.");
    switch (error.kind) {
    case ErrorKind::NotAShareFile:
        return { ErrorWords::tr("This is not a share file"),
            ErrorWords::tr("A share file has 64 bytes and begins with “Salted__”; this one is different."),
            noTryLost, { ErrorWords::tr("Choose the file that was saved in step 4.") }, {} };
    case ErrorKind::SharesDoNotOpenFile:
        if (error.number)
            return { ErrorWords::tr("Share %1 is not a share of this set").arg(*error.number),
                ErrorWords::tr(
                    "The set’s companion file knows the shares of the set without holding them, and "
                    "does not know this one."),
                ErrorWords::tr("Nothing went to the device. What the others typed is kept."),
                { ErrorWords::tr("Compare sheet %1 with the ceremony and set printed on it, and pair by pair "
                                 "with what was typed.")
                        .arg(*error.number),
                    ErrorWords::tr("Let its custodian type it again, or another custodian step up.") },
                {} };
        return { ErrorWords::tr("These shares do not fit together"),
            ErrorWords::tr("The password that they give does not open the share file."), noTryLost,
            { ErrorWords::tr("Compare every sheet with the ceremony and set printed on it: most likely one "
                             "is of another ceremony."),
                ErrorWords::tr("Type the shares again.") },
            {} };
    case ErrorKind::ShareFileOfAnotherSet:
        return { ErrorWords::tr("This share file belongs to another set"),
            ErrorWords::tr("Its content is not what was recorded when it was made."), noTryLost,
            { ErrorWords::tr(
                "Put the share file that was saved in step 4 back into the ceremony’s folder.") },
            {} };
    case ErrorKind::ShareFileAlreadyImported:
        return { ErrorWords::tr("The device holds this share file already"),
            ErrorWords::tr("It is share file %1. The same one twice would cancel itself out, and the device "
                           "would not notice.")
                .arg(error.number.value_or(0)),
            noTryLost, { ErrorWords::tr("Choose a share file that is still missing.") }, {} };
    case ErrorKind::WrongShareLength:
        return { ErrorWords::tr("The share has the wrong length"),
            ErrorWords::tr("The value has another number of pairs than this set’s shares."), noTryLost,
            { ErrorWords::tr("Type all pairs, leading zeros included.") }, {} };
    case ErrorKind::NotAPrime:
        return { ErrorWords::tr("This is not the prime of a set"),
            ErrorWords::tr("The number typed as prime is not a prime number of a known size."), noTryLost,
            { ErrorWords::tr("Compare it with the sheet pair by pair.") }, {} };
    case ErrorKind::ValueNotBelowPrime:
        return { ErrorWords::tr("The value is larger than the prime"),
            ErrorWords::tr("A share value is always smaller than the prime of its set."), noTryLost,
            { ErrorWords::tr("Compare the first pairs with the sheet."),
                ErrorWords::tr("Make sure that the sheet is of this set.") },
            {} };
    case ErrorKind::ShareIdOutOfRange:
        return { ErrorWords::tr("There is no share with this number"),
            ErrorWords::tr("The share ID is not one of this set."), noTryLost,
            { ErrorWords::tr("Read the share ID on the sheet again. It is decimal.") }, {} };
    case ErrorKind::DuplicateShare:
        return { ErrorWords::tr("This share was already handed in"),
            ErrorWords::tr("Share %1 is among those received.")
                .arg(error.number ? QString::number(*error.number) : ltr(error.detail)),
            noTryLost, { ErrorWords::tr("Ask another custodian to step up.") }, {} };
    case ErrorKind::TooFewShares:
        return { ErrorWords::tr("More shares are needed"),
            ErrorWords::tr("Fewer shares were handed in than the set asks for."), noTryLost,
            { ErrorWords::tr("Go on with the next custodian.") }, {} };
    case ErrorKind::CheckCodeDiffers:
        return { ErrorWords::tr("The check code does not fit"),
            error.detail.isEmpty()
                ? ErrorWords::tr("Share ID, value and check code do not belong together.")
                : ErrorWords::tr(
                    "Share ID, value and check code do not belong together, or this sheet is of another set "
                    "than %1.")
                      .arg(ltr(error.detail)),
            noTryLost, { ErrorWords::tr("Compare pair by pair. What you typed is still there.") }, {} };
    case ErrorKind::InvalidScheme:
        return { ErrorWords::tr("This rule is not possible"),
            ErrorWords::tr("At least two custodians must agree, and not more than there are."), noTryLost,
            { ErrorWords::tr("Choose other numbers.") }, {} };
    case ErrorKind::SetNotProven:
        return { ErrorWords::tr("The new shares failed their proof"),
            ErrorWords::tr(
                "Before anyone sees a share, every new set is tried out on this computer. This one did "
                "not open its share file again."),
            ErrorWords::tr("Nothing was shown or saved, and the device was not changed."),
            { ErrorWords::tr("Let the set be made again."),
                ErrorWords::tr(
                    "If it fails again, do not use this computer: its memory or its processor makes "
                    "mistakes.") },
            {} };
    case ErrorKind::NotAWrappedKey:
        return { ErrorWords::tr("This is not a wrapped key"),
            ErrorWords::tr("The file does not hold a key wrapped by a device, or it was altered."), noTryLost,
            { ErrorWords::tr("Choose another file.") }, {} };
    case ErrorKind::WrappedKeyAltered:
        return { ErrorWords::tr("This key file is not as it was saved"),
            ErrorWords::tr("Its content does not fit what was recorded about it."), noTryLost,
            { ErrorWords::tr("Use the copy on another medium.") }, {} };
    case ErrorKind::WrappedKeyRefused:
        return { ErrorWords::tr("The device does not accept this wrapped key"),
            ErrorWords::tr("Its key check value is right, but the device finds it altered."),
            ErrorWords::tr("No key was made and none was changed."),
            { ErrorWords::tr("Use the copy on another medium.") }, {} };
    default:
        return { ErrorWords::tr("This key was wrapped with another secret"),
            ErrorWords::tr("Its key check value is not the one of this device."), noTryLost,
            { ErrorWords::tr("Use a device with the same key check value.") }, {} };
    }
}

ErrorText inputError(const Error& error)
{
    const QString nothing = ErrorWords::tr("Nothing was sent to the device.");
    switch (error.kind) {
    case ErrorKind::PinRule:
        return { ErrorWords::tr("A user PIN has 6 to 16 characters"),
            ErrorWords::tr("The PIN, or its number of tries, is outside the rules."), nothing,
            { ErrorWords::tr("Choose 6 to 16 characters; a short PIN allows fewer tries.") }, {} };
    case ErrorKind::SoPinRule:
        return { ErrorWords::tr("An SO-PIN has 16 hex digits"),
            ErrorWords::tr("Only the digits 0–9 and a–f are possible, and exactly 16 of them."), nothing,
            { ErrorWords::tr("Type 16 digits, or let the program make one.") }, {} };
    case ErrorKind::PasswordRule:
        return { ErrorWords::tr("The password is too weak"),
            ErrorWords::tr("It needs 12 characters or 5 words at least."), nothing,
            { ErrorWords::tr("Choose a longer one.") }, {} };
    default:
        return { ErrorWords::tr("A label has 1 to 32 characters"),
            ErrorWords::tr("The label is empty or too long for the device."), nothing,
            { ErrorWords::tr("Choose a shorter label. Letters outside ASCII count double or more.") }, {} };
    }
}

ErrorText fileError(const Error& error)
{
    const QString deviceSafe = ErrorWords::tr("The device was not touched.");
    switch (error.kind) {
    case ErrorKind::FileUnreadable:
        return { ErrorWords::tr("A file cannot be read"),
            ErrorWords::tr("Reading failed: %1").arg(error.detail), deviceSafe,
            { ErrorWords::tr("Check that the medium is plugged in and that you may read it.") }, {} };
    case ErrorKind::FileUnwritable:
        return { ErrorWords::tr("A file cannot be written"),
            ErrorWords::tr("Writing failed: %1").arg(error.detail),
            ErrorWords::tr("What is in the record stays valid. Nothing goes on before it is on the disk."),
            { ErrorWords::tr("Check that the medium is plugged in, not full, and that you may write to it."),
                ErrorWords::tr("Then try again.") },
            {} };
    case ErrorKind::FileExists:
        return { ErrorWords::tr("A file of that name is there already"),
            ErrorWords::tr("There is a file that must not be overwritten: %1").arg(error.detail), deviceSafe,
            { ErrorWords::tr("Choose another folder."),
                ErrorWords::tr(
                    "For a ceremony: choose another ceremony ID, or continue the ceremony in that folder.") },
            {} };
    case ErrorKind::MediumRemoved:
        return { ErrorWords::tr("The medium was removed"),
            ErrorWords::tr("This folder is not there, or not any more: %1").arg(error.detail), deviceSafe,
            { ErrorWords::tr("Plug the medium in again, and try again."),
                ErrorWords::tr("Or go back to the page, and choose another medium.") },
            {} };
    case ErrorKind::SameMedium:
        return { ErrorWords::tr("This medium holds a copy already"),
            ErrorWords::tr("This folder lies on the same medium as another copy: %1").arg(error.detail),
            deviceSafe,
            { ErrorWords::tr("Check that the medium you mean is still plugged in."),
                ErrorWords::tr("Go back to the page, and choose another medium.") },
            {} };
    case ErrorKind::FolderInMemory:
        return { ErrorWords::tr("This folder would vanish when the computer is switched off"),
            ErrorWords::tr("It lies on a file system in memory (%1).").arg(error.detail), deviceSafe,
            { ErrorWords::tr("Choose a folder on a disk or on a USB medium.") }, {} };
    case ErrorKind::CeremonyInUse:
        return { ErrorWords::tr("Another program works on this ceremony"),
            ErrorWords::tr("The record in this folder is open in another window or process."), deviceSafe,
            { ErrorWords::tr("Close the other one first.") }, {} };
    case ErrorKind::ShareFilesMissing:
        return { ErrorWords::tr("The share files of a device are not all here"),
            ErrorWords::tr("This folder does not hold them all, with their companions: %1").arg(error.detail),
            deviceSafe,
            { ErrorWords::tr("Choose the folder of the ceremony in which the first device was established."),
                ErrorWords::tr(
                    "Or put all its share files and companions into one folder, and choose that.") },
            {} };
    case ErrorKind::NotACompanion:
        return { ErrorWords::tr("This is not the companion of a share file"),
            ErrorWords::tr("The file beside the share file cannot be read as its companion."), deviceSafe,
            { ErrorWords::tr("Choose the file that was saved in step 4.") }, {} };
    case ErrorKind::NotAKeyManifest:
        return { ErrorWords::tr("This is not the list of a key backup"),
            ErrorWords::tr("The file beside the wrapped keys cannot be read as their list."), deviceSafe,
            { ErrorWords::tr("Choose the manifest.json in the folder of the keys, or one wrapped key.") },
            {} };
    case ErrorKind::TranscriptBroken:
        return { ErrorWords::tr("The record was altered"),
            ErrorWords::tr("A link of the chain does not fit, at line %1.").arg(error.number.value_or(0)),
            deviceSafe,
            { ErrorWords::tr("Do not go on with this record. Keep it as evidence."),
                ErrorWords::tr("Use a copy that is whole, if there is one.") },
            {} };
    case ErrorKind::NotATranscript:
        return { ErrorWords::tr("This folder does not hold a ceremony"),
            ErrorWords::tr("The file transcript.jsonl is missing or is something else."), deviceSafe,
            { ErrorWords::tr("Choose the folder named by the ceremony ID.") }, {} };
    case ErrorKind::NotATransport:
        if (error.detail == QStringLiteral("rehearsal"))
            return { ErrorWords::tr("A rehearsal and a ceremony do not mix"),
                ErrorWords::tr("This transport file is of the other kind."), deviceSafe,
                { ErrorWords::tr("Choose the transport file of this ceremony.") }, {} };
        return { ErrorWords::tr("This is not a transport file"),
            ErrorWords::tr("It was altered or cut, or it is something else."), deviceSafe,
            { ErrorWords::tr("Choose the file that was saved at the pause, such as "
                             "EX-2026-0417-transport-1.json."),
                ErrorWords::tr("Or save it once more at the computer where the ceremony was paused.") },
            {} };
    default:
        return { ErrorWords::tr("The checkpoint code does not fit"),
            ErrorWords::tr("The record ends elsewhere than at the pause that was written down."), deviceSafe,
            { ErrorWords::tr("Compare the code with the note, character by character."),
                ErrorWords::tr("If it is right, the record was cut or is another part: use the right one.") },
            {} };
    }
}

ErrorText opinionError(const Error& error)
{
    const QString safe
        = ErrorWords::tr("The keys on the device and the record are not affected. No try of a PIN was lost.");
    const QString without = ErrorWords::tr("Or go back to the record: the ceremony can do without it.");
    switch (error.kind) {
    case ErrorKind::ModuleMissing:
        return { ErrorWords::tr("OpenSC is not installed"),
            ErrorWords::tr("OpenSC’s PKCS#11 module (opensc-pkcs11.so) is not on this computer."), safe,
            { ErrorWords::tr("Install the package opensc-pkcs11, and ask again."), without }, {} };
    case ErrorKind::ModuleUnusable:
        return { ErrorWords::tr("OpenSC’s module cannot be loaded"),
            ErrorWords::tr("The file is there, but it is not a PKCS#11 module for this computer."), safe,
            { ErrorWords::tr("Install the package opensc-pkcs11 for this computer’s architecture."),
                without },
            {} };
    case ErrorKind::TokenNotFound:
        return { ErrorWords::tr("OpenSC does not see the device"),
            ErrorWords::tr("It shows no token with this serial number."), safe,
            { ErrorWords::tr("Close other programs that may use the device, and ask again."), without }, {} };
    case ErrorKind::ModuleTooSlow:
        return { ErrorWords::tr("OpenSC did not answer in time"),
            ErrorWords::tr("Its process was stopped, and the device was taken back."),
            ErrorWords::tr("The keys on the device and the record are not affected."),
            { ErrorWords::tr("Unplug the device, plug it in again, and ask again."), without }, {} };
    default:
        return { ErrorWords::tr("OpenSC failed"),
            ErrorWords::tr("Its module reported a failure, or ended without an answer."),
            ErrorWords::tr("The keys on the device and the record are not affected."),
            { ErrorWords::tr("Ask again. The details name the failure for a technician."), without }, {} };
    }
}

ErrorText processError(const Error& error)
{
    const QString recorded = ErrorWords::tr("What was recorded before stays valid.");
    switch (error.kind) {
    case ErrorKind::NotAllowedNow:
        return { ErrorWords::tr("This is not possible at this point"),
            ErrorWords::tr("The ceremony stands at another step."), recorded,
            { ErrorWords::tr("Go on with what the page offers.") }, {} };
    case ErrorKind::CryptoFailed:
        return { ErrorWords::tr("A calculation failed"), ErrorWords::tr("OpenSSL reported a failure."),
            recorded, { ErrorWords::tr("Pause the ceremony, restart the computer, and continue.") }, {} };
    case ErrorKind::RandomFailed:
        return { ErrorWords::tr("No random numbers"),
            ErrorWords::tr("The computer’s random generator failed, so nothing was made."), recorded,
            { ErrorWords::tr("Pause the ceremony, restart the computer, and continue.") }, {} };
    case ErrorKind::OutOfSecureMemory:
        return { ErrorWords::tr("The protected memory is full"),
            ErrorWords::tr("Secrets are kept in protected memory only, and there is no room left."), recorded,
            { ErrorWords::tr("Pause the ceremony, restart the program, and continue.") }, {} };
    default:
        return { ErrorWords::tr("This input cannot be read"),
            ErrorWords::tr("It does not have the form that is needed here."), recorded,
            { ErrorWords::tr("Check what was entered.") }, {} };
    }
}

ErrorText byFamily(const Error& error)
{
    const auto upTo = [&](ErrorKind last) { return error.kind <= last; };
    if (upTo(ErrorKind::TransportFailed))
        return serviceError(error);
    if (error.kind >= ErrorKind::WrongPin && upTo(ErrorKind::NotAllowed))
        return pinError(error);
    if (upTo(ErrorKind::OtherStatusWord))
        return answerError(error);
    if (upTo(ErrorKind::SelfTestFailed))
        return dkekDeviceError(error);
    if (upTo(ErrorKind::WrappedKeyOfAnotherDkek))
        return shareError(error);
    if (upTo(ErrorKind::LabelRule))
        return inputError(error);
    if (upTo(ErrorKind::CheckpointDiffers))
        return fileError(error);
    if (error.kind >= ErrorKind::ModuleMissing && upTo(ErrorKind::ModuleTooSlow))
        return opinionError(error);
    return processError(error);
}

QString safeNow(const CeremonyState& state)
{
    if (!erasesDevice(state.flow())) {
        return state.pending ? ErrorWords::tr("Nothing is erased: the keys that were on the device stay. The "
                                              "program reads the device before it goes on.")
                             : ErrorWords::tr("Nothing is erased: the keys that were on the device stay.");
    }
    if (!state.pastNoReturn()) {
        return state.pending ? ErrorWords::tr(
                   "The custodians’ shares are valid. The program reads the device before it goes on.")
                             : ErrorWords::tr("The device is unchanged.");
    }
    if (state.erasedOnly)
        return ErrorWords::tr("The device is erased. The share files and the custodians’ shares are valid.");
    if (const QString doubt = soPinWarning(state.soPin); !doubt.isEmpty() && state.keys.empty())
        return inARow({ ErrorWords::tr("The device is initialised."), doubt });
    const auto finished = static_cast<int>(std::count_if(state.keys.begin(), state.keys.end(),
        [](const KeyRecord& key) { return key.state == KeyState::Tested; }));
    if (state.stage == Stage::GeneratingKeys || state.stage == Stage::BackingUp)
        return ErrorWords::tr(
            "%n finished keys are on the device and self-tested. The custodians’ shares are not affected.",
            nullptr, finished);
    return ErrorWords::tr("The share files and the custodians’ shares are valid.");
}

/// One more sheet is asked for: with it, the wrong one can be told.
void askForOneMore(ErrorText& text, const ShareSet& set)
{
    text.safe = ErrorWords::tr("Nothing went to the device. What was typed is kept.");
    if (set.ofAnotherFile) {
        text.head = ErrorWords::tr("These sheets are not of this share file");
        text.happened
            = ErrorWords::tr("They fit together, so none was typed wrongly, but they do not open the file.");
        text.next = { ErrorWords::tr("Compare the ceremony and set on the sheets with those of the file."),
            ErrorWords::tr("Start over with the sheets of this file.") };
        return;
    }
    text.head = ErrorWords::tr("These shares do not open the share file");
    text.happened = ErrorWords::tr("At least one of them is wrong, or of another set. As few as these, they "
                                   "do not tell which.");
    text.next = { ErrorWords::tr("Call one more custodian: with one sheet more, the wrong one can be found."),
        ErrorWords::tr("If nobody else can come, start over: everyone types again, and compares pair by "
                       "pair.") };
}

void sayPasswordIsWrong(ErrorText& text)
{
    text.head = ErrorWords::tr("This password does not open the share file");
    text.happened = ErrorWords::tr("It is not the one with which this share file was made.");
    text.next = { ErrorWords::tr("Check keyboard layout and Caps Lock."),
        ErrorWords::tr("Compare the name of the share file with the note of the password."),
        ErrorWords::tr("Type the password again.") };
}

} // namespace

ErrorText describeError(const Error& error)
{
    ErrorText text = byFamily(error);
    text.details = technicalDetails(error);
    return text;
}

QString mediumSentence(ErrorKind error)
{
    switch (error) {
    case ErrorKind::WrappedKeyAltered:
        return ErrorWords::tr("Read back differs from what was written");
    case ErrorKind::FileExists:
        return ErrorWords::tr("Other wrapped keys are there already");
    default:
        return errorSentence(Error{ .kind = error });
    }
}

bool isDisconnection(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::CardRemoved:
    case ErrorKind::NoCard:
    case ErrorKind::NoReader:
    case ErrorKind::ReaderGone:
        return true;
    default:
        return false;
    }
}

ErrorText describeTrouble(const CeremonyState& state, const Trouble& trouble)
{
    ErrorText text = describeError(trouble.error);
    const bool device = trouble.error.kind <= ErrorKind::SelfTestFailed;
    if (device && state.device && trouble.error.kind != ErrorKind::DeviceNotGenuine)
        text.safe = safeNow(state);
    if (state.device && isDisconnection(trouble.error.kind)) {
        const QString serial = ltr(state.device->serial);
        text.happened = ErrorWords::tr("The connection to %1 ended.").arg(serial);
        text.next << ErrorWords::tr("The program finds it by its serial number and goes on.");
        if (trouble.during == WorkKind::Generating || trouble.during == WorkKind::Testing)
            text.head = ErrorWords::tr("The device was disconnected while key %1 was being made")
                            .arg(trouble.number + 1);
        else if (trouble.during == WorkKind::Initialising)
            text.head = ErrorWords::tr("The device stopped answering during initialisation");
        else if (trouble.during == WorkKind::Importing)
            text.head = ErrorWords::tr("The device was disconnected during the import");
        else if (trouble.during == WorkKind::Restoring)
            text.head = ErrorWords::tr("The device was disconnected while key %1 was being restored")
                            .arg(trouble.number + 1);
        else if (trouble.during == WorkKind::WrappingKeys)
            text.head = ErrorWords::tr("The device was disconnected while it wrapped its keys");
    }
    if (state.several && trouble.error.kind == ErrorKind::KeyCheckValueDiffers) {
        text.head = ErrorWords::tr("The share files are not those of the first device");
        text.happened = ErrorWords::tr("What they open has another key check value.");
        text.safe = ErrorWords::tr("No device got anything of it.");
        text.next = { ErrorWords::tr("Check that the folder is that of the first device’s ceremony."),
            ErrorWords::tr("Go back to the page. All shares are typed again.") };
    }
    if (const ShareSet* set = state.set(trouble.number);
        trouble.during == WorkKind::Rebuilding && set && set->spare > 0)
        askForOneMore(text, *set);
    else if (trouble.error.kind == ErrorKind::SharesDoNotOpenFile && set && set->rule.isPassword())
        sayPasswordIsWrong(text);
    if (trouble.during == WorkKind::ProvingClone && trouble.number != 0 && state.first) {
        const bool first = trouble.number == 1;
        const QString serial = ltr(first ? state.first->device : state.device->serial);
        if (isDisconnection(trouble.error.kind) || trouble.error.kind == ErrorKind::WrongDevice) {
            text.head = first ? ErrorWords::tr("The first device is not connected")
                              : ErrorWords::tr("The second device is not connected");
            text.happened = ErrorWords::tr("No reader holds %1.").arg(serial);
            text.next = { ErrorWords::tr("Connect %1, and leave both devices plugged in.").arg(serial),
                ErrorWords::tr("Go back to the page, and try again, or go on without the first device.") };
        } else {
            text.head = first ? ErrorWords::tr("First device: %1").arg(text.head)
                              : ErrorWords::tr("Second device: %1").arg(text.head);
        }
    }
    if (trouble.during == WorkKind::RequestingCertificate && isDisconnection(trouble.error.kind))
        text.head = ErrorWords::tr("The device was disconnected while it signed a certificate request");
    if (trouble.during == WorkKind::SavingKeys) {
        text.head = mediumSentence(trouble.error.kind);
        text.safe = ErrorWords::tr("The keys are on the device. Copies on other media are not affected.");
        if (trouble.error.kind == ErrorKind::WrappedKeyAltered) {
            text.happened = ErrorWords::tr("This file came back from the medium with other content: %1")
                                .arg(trouble.error.detail);
            text.next = { ErrorWords::tr("Do not trust this medium."),
                ErrorWords::tr("Go back to the page, and choose another medium.") };
        } else if (trouble.error.kind == ErrorKind::FileExists) {
            text.happened
                = ErrorWords::tr("This folder is not of this ceremony, and it was not overwritten: %1")
                      .arg(trouble.error.detail);
            text.next = { ErrorWords::tr("Go back to the page, and choose another folder.") };
        }
    }
    if (trouble.during == WorkKind::WrappingKeys && trouble.error.kind == ErrorKind::KeyCheckValueDiffers)
        text.next = { ErrorWords::tr("Compare the serial number of the device."),
            ErrorWords::tr("Without the right secret in the device its keys cannot be backed up.") };
    // Asked for again; a change of the SO-PIN, which comes after the initialisation, is not.
    if (trouble.during == WorkKind::Initialising && state.stage == Stage::SettingPins
        && (trouble.error.kind == ErrorKind::WrongPin || trouble.error.kind == ErrorKind::PinBlocked)) {
        text.head = trouble.error.triesLeft
            ? ErrorWords::tr(
                "The current SO-PIN is wrong. %n of 15 tries are left.", nullptr, *trouble.error.triesLeft)
            : ErrorWords::tr("The current SO-PIN is wrong");
        text.happened = ErrorWords::tr(
            "The device refused to be initialised, since the SO-PIN it was given is not the one it knows.");
        text.next = { ErrorWords::tr("Find the SO-PIN that this device was given."),
            ErrorWords::tr("Type it in step 5 only if you are sure of it.") };
    }
    if (trouble.error.kind == ErrorKind::NotAllowedNow && trouble.error.triesLeft == 1) {
        text.head = ErrorWords::tr("One try is left for the user PIN");
        text.happened = ErrorWords::tr("If the next PIN is wrong, the user PIN is blocked.");
        text.next = { ErrorWords::tr("Enter the user PIN, and confirm that this is the last try.") };
    }
    return text;
}

QString errorSentence(const Error& error)
{
    return describeError(error).head;
}

} // namespace conclave::ui
