// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <cstdint>

namespace conclave::pcsc {

/// A PC/SC return code in its 32 bits, whatever width and sign the platform gives it.
using Code = std::uint32_t;

/// The codes that this program tells apart (PC/SC part 5; the same numbers on every platform).
namespace code {
inline constexpr Code kSuccess = 0;
inline constexpr Code kCancelled = 0x80100002;
inline constexpr Code kInvalidHandle = 0x80100003;
inline constexpr Code kInvalidParameter = 0x80100004;
inline constexpr Code kInsufficientBuffer = 0x80100008;
inline constexpr Code kUnknownReader = 0x80100009;
inline constexpr Code kTimeout = 0x8010000A;
inline constexpr Code kSharingViolation = 0x8010000B;
inline constexpr Code kNoSmartCard = 0x8010000C;
inline constexpr Code kProtocolMismatch = 0x8010000F;
inline constexpr Code kNotReady = 0x80100010;
inline constexpr Code kCommunicationError = 0x80100013;
inline constexpr Code kReaderUnavailable = 0x80100017;
inline constexpr Code kShutdown = 0x80100018;
inline constexpr Code kNoService = 0x8010001D;
inline constexpr Code kServiceStopped = 0x8010001E;
inline constexpr Code kNoAccess = 0x80100027;
inline constexpr Code kNoReadersAvailable = 0x8010002E;
inline constexpr Code kUnsupportedCard = 0x80100065;
inline constexpr Code kUnresponsiveCard = 0x80100066;
inline constexpr Code kUnpoweredCard = 0x80100067;
inline constexpr Code kResetCard = 0x80100068;
inline constexpr Code kRemovedCard = 0x80100069;
inline constexpr Code kSecurityViolation = 0x8010006A;
} // namespace code

/// The one conversion of PC/SC codes. Codes without a kind of their own become TransportFailed; the number is
/// kept in Error::code always. `reader` becomes the detail.
[[nodiscard]] Error toError(Code code, const QString& reader = {});

} // namespace conclave::pcsc
