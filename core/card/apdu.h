// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/secretbytes.h"

namespace conclave::card {

/// Instruction bytes (smartcard-hsm.md, 2).
namespace ins {
inline constexpr std::uint8_t kVerify = 0x20;
inline constexpr std::uint8_t kManageSecurityEnvironment = 0x22;
inline constexpr std::uint8_t kChangeReferenceData = 0x24;
inline constexpr std::uint8_t kResetRetryCounter = 0x2C;
inline constexpr std::uint8_t kGenerateKeyPair = 0x46;
inline constexpr std::uint8_t kGenerateSymmetricKey = 0x48;
inline constexpr std::uint8_t kInitializeDevice = 0x50; ///< class 80
inline constexpr std::uint8_t kManageDkek = 0x52; ///< class 80
inline constexpr std::uint8_t kPublicKeyAuthentication = 0x54; ///< class 80
inline constexpr std::uint8_t kEnumerateObjects = 0x58; ///< class 80
inline constexpr std::uint8_t kDecipher = 0x62; ///< class 80
inline constexpr std::uint8_t kSign = 0x68; ///< class 80
inline constexpr std::uint8_t kWrapKey = 0x72; ///< class 80
inline constexpr std::uint8_t kUnwrapKey = 0x74; ///< class 80
inline constexpr std::uint8_t kDeriveKey = 0x76; ///< class 80
inline constexpr std::uint8_t kSymmetricCipher = 0x78; ///< class 80
inline constexpr std::uint8_t kGenerateRandom = 0x84;
inline constexpr std::uint8_t kSelect = 0xA4;
inline constexpr std::uint8_t kReadBinary = 0xB1;
inline constexpr std::uint8_t kUpdateBinary = 0xD7;
inline constexpr std::uint8_t kDeleteFile = 0xE4;
} // namespace ins

inline constexpr std::uint16_t kStatusOk = 0x9000;
inline constexpr std::uint16_t kStatusEndOfFile = 0x6282;

/// E8 2B 06 01 04 01 81 C3 1F 02 01 (smartcard-hsm.md, 1.3).
inline constexpr std::uint8_t kAppletId[]
    = { 0xE8, 0x2B, 0x06, 0x01, 0x04, 0x01, 0x81, 0xC3, 0x1F, 0x02, 0x01 };

/// A command about to be sent, or one that came in. `data` is the caller's, who may hold a secret there.
struct CommandApdu {
    std::uint8_t cla = 0x00;
    std::uint8_t ins = 0x00;
    std::uint8_t p1 = 0x00;
    std::uint8_t p2 = 0x00;
    ByteView data{}; ///< up to 65535 bytes
    std::size_t le = 0; ///< most bytes wanted back: 0 for no Le field, up to 65536
    bool extended = false; ///< extended lengths even where short ones would do

    /// Short when data and le allow it (255 and 256) and `extended` does not forbid it.
    [[nodiscard]] SecretBytes encode() const;
};

/// Every case of ISO 7816-4, 5.1: 1, 2S, 3S, 4S, 2E, 3E, 4E. Le of zeros becomes 256 or 65536. WrongLength
/// when the lengths do not fit the bytes. The result's data points into `command`.
[[nodiscard]] Result<CommandApdu> parseCommand(ByteView command);

/// What a card answered. The data may be secret.
struct ResponseApdu {
    SecretBytes data{};
    std::uint16_t sw = 0; ///< SW1 SW2

    [[nodiscard]] bool ok() const { return sw == kStatusOk; }
    /// UnexpectedAnswer for less than two bytes.
    [[nodiscard]] static Result<ResponseApdu> split(SecretBytes response);
};

} // namespace conclave::card
