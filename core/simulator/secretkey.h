// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/card/keyalgorithm.h"
#include "core/dkek/wrappedkey.h"

namespace conclave::simulator {

/// An AES key on the card.
class SecretKey {
public:
    /// CryptoFailed.
    [[nodiscard]] static Result<SecretKey> generate(card::KeyAlgorithm algorithm);
    /// Unsupported when it is no AES key.
    [[nodiscard]] static Result<SecretKey> fromClear(const dkek::ClearKey& key);

    [[nodiscard]] dkek::ClearKey clear() const;
    [[nodiscard]] card::KeyAlgorithm algorithm() const;

    /// SYMMETRIC CIPHER by its algorithm byte (smartcard-hsm.md, 2.13): CBC with an IV of zeros, CMAC.
    /// Unsupported for others, key derivation among them; WrongLength.
    [[nodiscard]] Result<SecretBytes> cipher(std::uint8_t mechanism, ByteView input) const;

private:
    explicit SecretKey(SecretBytes key);

    SecretBytes m_key;
};

} // namespace conclave::simulator
