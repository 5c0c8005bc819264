// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/card/evpkey.h"
#include "core/card/publickey.h"
#include "core/dkek/wrappedkey.h"

#include <optional>

namespace conclave::simulator {

/// How SIGN works: the algorithm byte (smartcard-hsm.md, 2.11).
struct SignMechanism {
    enum class Padding { RsaNone, RsaPkcs1, RsaPss, Ecdsa };
    Padding padding = Padding::Ecdsa;
    /// The hash that the card makes of its input; null: the input is a digest, DigestInfo or padded block.
    const EVP_MD* hash = nullptr;

    /// Nothing for bytes that stand for no mechanism.
    [[nodiscard]] static std::optional<SignMechanism> of(std::uint8_t algorithm);
};

/// An RSA or EC private key on the card.
class PrivateKey {
public:
    /// CryptoFailed. Not for AES: see SecretKey.
    [[nodiscard]] static Result<PrivateKey> generate(card::KeyAlgorithm algorithm);
    /// The EC key with this scalar, big endian. WrongData when it is none of the curve.
    [[nodiscard]] static Result<PrivateKey> fromScalar(card::KeyAlgorithm algorithm, ByteView scalar);
    /// Unsupported for AES and for other sizes and curves; WrongData when the components are no key.
    [[nodiscard]] static Result<PrivateKey> fromClear(const dkek::ClearKey& key);

    /// All that is known of it: RSA with its prime factors, where it has them.
    [[nodiscard]] Result<dkek::ClearKey> clear() const;
    /// As the device exports it: RSA 4096 without prime factors, so that the blob fits into what the stock
    /// tools take (smartcard-hsm.md, 6.5).
    [[nodiscard]] Result<dkek::ClearKey> clearForExport() const;

    [[nodiscard]] const card::PublicKey& publicKey() const { return m_public; }
    [[nodiscard]] card::KeyAlgorithm algorithm() const { return *m_public.algorithm; }

    /// RSA: as long as the modulus; ECDSA: DER. Unsupported for a mechanism of the other kind of key,
    /// WrongLength, WrongData.
    [[nodiscard]] Result<Bytes> sign(const SignMechanism& mechanism, ByteView input) const;
    /// SHA-256 of the bytes, as CV certificates are signed: EC r and s raw, RSA PKCS#1 v1.5.
    [[nodiscard]] Result<Bytes> signCertificate(ByteView toBeSigned) const;
    /// RSA on a block as long as the modulus, nothing removed. Unsupported, WrongLength, WrongData.
    [[nodiscard]] Result<SecretBytes> decipher(ByteView block) const;
    /// ECDH: the shared point, 04 X Y. Unsupported, WrongData.
    [[nodiscard]] Result<SecretBytes> agree(ByteView point) const;

private:
    explicit PrivateKey(card::EvpKey key, card::PublicKey publicKey);
    [[nodiscard]] static Result<PrivateKey> from(card::EvpKey key);
    [[nodiscard]] Result<dkek::ClearKey> clear(bool withFactors) const;

    card::EvpKey m_key;
    card::PublicKey m_public; ///< has an algorithm
};

} // namespace conclave::simulator
