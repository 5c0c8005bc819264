// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/statusword.h"

#include "core/card/apdu.h"

namespace conclave::card {

namespace {

bool usesPin(std::uint8_t instruction)
{
    switch (instruction) {
    case ins::kVerify:
    case ins::kChangeReferenceData:
    case ins::kResetRetryCounter:
    case ins::kInitializeDevice:
        return true;
    default:
        return false;
    }
}

bool usesKey(std::uint8_t instruction)
{
    switch (instruction) {
    case ins::kSign:
    case ins::kDecipher:
    case ins::kSymmetricCipher:
    case ins::kDeriveKey:
    case ins::kWrapKey:
        return true;
    default:
        return false;
    }
}

bool wrapsKey(std::uint8_t instruction)
{
    return instruction == ins::kWrapKey || instruction == ins::kUnwrapKey;
}

bool generatesKey(std::uint8_t instruction)
{
    return instruction == ins::kGenerateKeyPair || instruction == ins::kGenerateSymmetricKey;
}

/// 6985: conditions of use not satisfied.
ErrorKind conditionsNotSatisfied(std::uint8_t instruction)
{
    if (instruction == ins::kInitializeDevice)
        return ErrorKind::WrongPin; // some firmware says a wrong SO-PIN like this (2.6)
    if (instruction == ins::kManageDkek)
        return ErrorKind::ShareFileNotExpected;
    if (generatesKey(instruction) || instruction == ins::kUnwrapKey)
        return ErrorKind::DkekIncomplete; // no keys are made while share files are outstanding (2.7)
    return ErrorKind::NotAllowed;
}

/// 6986: command not allowed.
ErrorKind commandNotAllowed(std::uint8_t instruction)
{
    if (instruction == ins::kInitializeDevice)
        return ErrorKind::WrongPin;
    if (instruction == ins::kManageDkek)
        return ErrorKind::ShareFileNotExpected;
    return ErrorKind::NotAllowed;
}

/// 6984: three meanings (2.0).
ErrorKind notUsable(std::uint8_t instruction)
{
    if (usesPin(instruction))
        return ErrorKind::TransportPinActive;
    return usesKey(instruction) ? ErrorKind::UseCounterExhausted : ErrorKind::NotAllowed;
}

/// 6A88: the PIN, the key domain or the DKEK is not there.
ErrorKind referencedDataNotFound(std::uint8_t instruction)
{
    if (usesPin(instruction))
        return ErrorKind::PinNotSet;
    if (instruction == ins::kManageDkek)
        return ErrorKind::DkekNotConfigured;
    if (wrapsKey(instruction) || generatesKey(instruction))
        return ErrorKind::DkekIncomplete;
    return ErrorKind::NotFound;
}

/// What says "this blob is not mine", as OpenSC reads it, and one word of another implementation (2.10).
bool refusesBlob(std::uint8_t instruction, std::uint16_t sw)
{
    if (instruction != ins::kUnwrapKey)
        return false;
    switch (sw) {
    case 0x6400:
    case 0x6A80:
    case 0x6A85:
    case 0x6A86:
    case 0x6A87:
    case 0x6B00:
        return true;
    default:
        return false;
    }
}

ErrorKind kindOf(std::uint8_t instruction, std::uint16_t sw)
{
    if (refusesBlob(instruction, sw))
        return ErrorKind::WrappedKeyRefused;
    switch (sw) {
    case 0x6300:
        return ErrorKind::NotLoggedIn;
    case 0x6400:
        return ErrorKind::ExecutionFailed;
    case 0x6581:
        return ErrorKind::MemoryFailure;
    case 0x6700:
        return ErrorKind::WrongLength;
    case 0x6900: // before the applet is selected
    case 0x6E00:
        return ErrorKind::CommandUnsupported;
    case 0x6982:
        return ErrorKind::NotLoggedIn;
    case 0x6983:
        return ErrorKind::PinBlocked;
    case 0x6984:
        return notUsable(instruction);
    case 0x6985:
        return conditionsNotSatisfied(instruction);
    case 0x6986:
        return commandNotAllowed(instruction);
    case 0x6A80:
        return ErrorKind::WrongData;
    case 0x6A81:
        return ErrorKind::Unsupported;
    case 0x6A82:
        return ErrorKind::NotFound;
    case 0x6A84:
        return ErrorKind::DeviceFull;
    case 0x6A85:
    case 0x6A86:
    case 0x6A87:
    case 0x6B00:
        return ErrorKind::WrongParameters;
    case 0x6A88:
        return referencedDataNotFound(instruction);
    case 0x6A89:
        return ErrorKind::AlreadyExists;
    case 0x6D00:
        return instruction == ins::kManageDkek || wrapsKey(instruction) ? ErrorKind::DkekNotConfigured
                                                                        : ErrorKind::CommandUnsupported;
    default:
        break;
    }
    if ((sw & 0xFFF0) == 0x63C0)
        return ErrorKind::WrongPin;
    if ((sw & 0xFF00) == 0x6600)
        return ErrorKind::ExecutionFailed;
    if ((sw & 0xFF00) == 0x6C00)
        return ErrorKind::WrongLength;
    return ErrorKind::OtherStatusWord;
}

QString commandName(std::uint8_t instruction)
{
    switch (instruction) {
    case ins::kVerify:
        return QStringLiteral("VERIFY");
    case ins::kManageSecurityEnvironment:
        return QStringLiteral("MANAGE SECURITY ENVIRONMENT");
    case ins::kChangeReferenceData:
        return QStringLiteral("CHANGE REFERENCE DATA");
    case ins::kResetRetryCounter:
        return QStringLiteral("RESET RETRY COUNTER");
    case ins::kGenerateKeyPair:
        return QStringLiteral("GENERATE ASYMMETRIC KEY PAIR");
    case ins::kGenerateSymmetricKey:
        return QStringLiteral("GENERATE SYMMETRIC KEY");
    case ins::kInitializeDevice:
        return QStringLiteral("INITIALIZE DEVICE");
    case ins::kManageDkek:
        return QStringLiteral("MANAGE KEY DOMAIN");
    case ins::kEnumerateObjects:
        return QStringLiteral("ENUMERATE OBJECTS");
    case ins::kDecipher:
        return QStringLiteral("DECIPHER");
    case ins::kSign:
        return QStringLiteral("SIGN");
    case ins::kWrapKey:
        return QStringLiteral("WRAP KEY");
    case ins::kUnwrapKey:
        return QStringLiteral("UNWRAP KEY");
    case ins::kDeriveKey:
        return QStringLiteral("DERIVE KEY");
    case ins::kSymmetricCipher:
        return QStringLiteral("SYMMETRIC CIPHER");
    case ins::kGenerateRandom:
        return QStringLiteral("GENERATE RANDOM");
    case ins::kSelect:
        return QStringLiteral("SELECT");
    case ins::kReadBinary:
        return QStringLiteral("READ BINARY");
    case ins::kUpdateBinary:
        return QStringLiteral("UPDATE BINARY");
    case ins::kDeleteFile:
        return QStringLiteral("DELETE FILE");
    default:
        return QStringLiteral("INS %1").arg(instruction, 2, 16, QLatin1Char('0'));
    }
}

} // namespace

Error errorFromStatusWord(std::uint8_t instruction, std::uint16_t sw)
{
    Error error{ .kind = kindOf(instruction, sw), .code = sw, .detail = commandName(instruction) };
    if ((sw & 0xFFF0) == 0x63C0)
        error.triesLeft = sw & 0x000F;
    else if (sw == 0x6983)
        error.triesLeft = 0;
    return error;
}

} // namespace conclave::card
