// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMetaType>
#include <QString>

#include <cstdint>
#include <optional>

namespace conclave {
Q_NAMESPACE

/// What went wrong. The ui turns each kind into words, in one table that a test walks.
enum class ErrorKind {
    // PC/SC
    ServiceNotRunning, ///< pcscd is not there
    ServiceNotPermitted, ///< pcscd refuses this user (polkit)
    NoReader,
    ReaderGone,
    NoCard,
    CardRemoved,
    DeviceBusy, ///< another program holds the card; detail: the reader's name
    CardUnresponsive,
    TransportFailed,
    // Card
    NotSmartCardHsm,
    UnexpectedAnswer, ///< an answer that does not parse
    WrongPin, ///< triesLeft says how many are left
    PinBlocked,
    PinNotSet,
    TransportPinActive,
    NotLoggedIn,
    NotAllowed,
    WrongLength,
    WrongData,
    Unsupported,
    NotFound,
    DeviceFull,
    AlreadyExists,
    WrongParameters,
    CommandUnsupported,
    ExecutionFailed,
    MemoryFailure,
    UseCounterExhausted,
    OtherStatusWord,
    WrongDevice, ///< another serial than the ceremony's
    DeviceNotGenuine, ///< it does not hold the key of its certificate, or that one is not good
    DkekNotConfigured,
    DkekIncomplete,
    ShareFileNotExpected, ///< the device has all its share files
    ShareFileCountDiffers, ///< the device waits for another number of them; number: how many
    ShareFileNotCounted, ///< accepted, but the count of missing share files did not go down by one
    KeyCheckValueDiffers,
    NoFreeKeyReference,
    SelfTestFailed,
    // DKEK
    NotAShareFile,
    SharesDoNotOpenFile,
    ShareFileOfAnotherSet,
    ShareFileAlreadyImported, ///< the device holds it; number: which
    WrongShareLength,
    NotAPrime,
    ValueNotBelowPrime,
    ShareIdOutOfRange,
    DuplicateShare,
    TooFewShares,
    CheckCodeDiffers,
    InvalidScheme,
    SetNotProven, ///< a fresh set did not give its password or its share file back
    NotAWrappedKey,
    WrappedKeyAltered, ///< not the file that was saved, or its parts contradict one another; detail: path
    WrappedKeyRefused, ///< the device could not open the blob although the check value fits
    WrappedKeyOfAnotherDkek,
    // Input rules
    PinRule,
    SoPinRule,
    PasswordRule,
    LabelRule,
    // Files
    FileUnreadable,
    FileUnwritable,
    FileExists,
    MediumRemoved, ///< detail: the folder that is no longer there
    SameMedium, ///< two copies would lie on one medium; detail: the folder
    FolderInMemory,
    CeremonyInUse, ///< another process works on the same folder
    ShareFilesMissing, ///< not all share files of a device are in the folder; number: the first that is not
    NotACompanion,
    NotAKeyManifest, ///< detail: the member that is wrong
    TranscriptBroken, ///< a link of the chain does not fit; number: the line
    NotATranscript,
    NotATransport, ///< not what a part of a ceremony was paused with; detail: the member that is wrong
    CheckpointDiffers,
    // Ceremony
    NotAllowedNow, ///< the event does not fit the state
    // Second opinion, of a PKCS#11 module
    ModuleMissing, ///< OpenSC's is not installed
    ModuleUnusable, ///< what is there cannot be loaded, or is none; detail: why
    TokenNotFound, ///< it shows no token with the device's serial
    ModuleFailed, ///< detail: the function; code: what it returned, 0 when what it answered makes no sense
    ModuleTooSlow, ///< it was stopped
    // Process
    CryptoFailed,
    RandomFailed,
    OutOfSecureMemory,
    Malformed, ///< input that does not parse, where no kind above says more
};
Q_ENUM_NS(ErrorKind)

/// A failure as a value. Never holds a secret; sentences for people are made in ui.
struct Error {
    ErrorKind kind = ErrorKind::Malformed;
    std::uint32_t code = 0; ///< status word or PC/SC code, 0 where there is none
    std::optional<int> triesLeft{}; ///< for PIN errors
    std::optional<int> number{}; ///< line, share id, share file: see the kind
    QString detail{}; ///< reader, path, serial or command: technical, public

    bool operator==(const Error&) const = default;
};

} // namespace conclave
