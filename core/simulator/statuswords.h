// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <cstdint>

namespace conclave::simulator {

/// What the device answers with (smartcard-hsm.md, 2.0).
namespace sw {
inline constexpr std::uint16_t kOk = 0x9000;
inline constexpr std::uint16_t kEndOfFile = 0x6282;
inline constexpr std::uint16_t kExecutionError = 0x6400;
inline constexpr std::uint16_t kWrongLength = 0x6700;
inline constexpr std::uint16_t kNotLoggedIn = 0x6982;
inline constexpr std::uint16_t kBlocked = 0x6983;
inline constexpr std::uint16_t kReferencedDataNotUsable = 0x6984; ///< transport PIN
inline constexpr std::uint16_t kConditionsNotSatisfied = 0x6985;
inline constexpr std::uint16_t kNotAllowed = 0x6986;
inline constexpr std::uint16_t kWrongData = 0x6A80;
inline constexpr std::uint16_t kNotSupported = 0x6A81;
inline constexpr std::uint16_t kNotFound = 0x6A82;
inline constexpr std::uint16_t kMemoryFull = 0x6A84;
inline constexpr std::uint16_t kWrongParameters = 0x6A86;
inline constexpr std::uint16_t kReferencedDataNotFound = 0x6A88;
inline constexpr std::uint16_t kExists = 0x6A89;
inline constexpr std::uint16_t kWrongOffset = 0x6B00;
inline constexpr std::uint16_t kInstructionUnknown = 0x6D00;
inline constexpr std::uint16_t kClassUnknown = 0x6E00;

[[nodiscard]] constexpr std::uint16_t triesLeft(std::uint8_t tries)
{
    return static_cast<std::uint16_t>(0x63C0 | (tries & 0x0F));
}

/// The word for what an operation on a key said.
[[nodiscard]] constexpr std::uint16_t of(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::WrongLength:
        return kWrongLength;
    case ErrorKind::Unsupported:
        return kNotSupported;
    case ErrorKind::WrongData:
    case ErrorKind::Malformed:
    case ErrorKind::NotAWrappedKey:
    case ErrorKind::WrappedKeyOfAnotherDkek:
        return kWrongData;
    default:
        return kExecutionError;
    }
}
} // namespace sw

} // namespace conclave::simulator
