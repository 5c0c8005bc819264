// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/card/keyalgorithm.h"

#include <QString>

#include <optional>

namespace conclave::card {

/// A key's description in EF C4xx (smartcard-hsm.md, 4.1 and 4.2).
struct KeyDescription {
    enum class Type { Rsa, Ec, Aes };
    /// Usage bits as OpenSC sets them by default; the first byte of the bit string is the high one.
    static constexpr std::uint16_t kRsaUsage = 0x7000; ///< decrypt, sign, signRecover
    static constexpr std::uint16_t kEcUsage = 0x3080; ///< sign, signRecover, derive
    static constexpr std::uint16_t kAesUsage = 0xC000; ///< encrypt, decrypt

    Type type = Type::Ec;
    QString label{}; ///< may be empty
    Bytes id{}; ///< CKA_ID
    std::uint16_t usage = kEcUsage;
    std::optional<std::uint8_t> keyReference{};
    int bits = 0; ///< modulus, field or AES key length; 0 where it is not said

    /// With the default usage.
    [[nodiscard]] static KeyDescription of(
        KeyAlgorithm algorithm, QString label, Bytes id, std::uint8_t keyReference);
    /// PRKD as OpenSC 0.23 writes it; SKD, which that does not know, as sc-hsm-embedded does: without flags,
    /// PIN and key reference.
    [[nodiscard]] Bytes encode() const;
    /// PRKD or SKD, whatever optional members it has. Malformed.
    [[nodiscard]] static Result<KeyDescription> parse(ByteView bytes);
    bool operator==(const KeyDescription&) const = default;
};

/// The description with another key reference in it and nothing else changed; as it is where it names none.
/// Malformed.
[[nodiscard]] Result<Bytes> describedUnder(ByteView description, std::uint8_t reference);

/// EF 2F03 (smartcard-hsm.md, 4.5).
[[nodiscard]] Bytes encodeTokenInfo(const QString& label);
/// The label; empty when there is none in it. Malformed.
[[nodiscard]] Result<QString> parseTokenInfo(ByteView bytes);

} // namespace conclave::card
