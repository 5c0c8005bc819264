// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMetaType>
#include <QString>

#include <optional>

namespace conclave::card {
Q_NAMESPACE

/// What a device can generate. The names are the ones in transcripts.
enum class KeyAlgorithm {
    Rsa2048,
    Rsa3072,
    Rsa4096,
    EcP256,
    EcP384,
    EcP521,
    EcBrainpoolP256,
    EcBrainpoolP384,
    EcBrainpoolP512,
    EcSecp256k1,
    Aes128,
    Aes192,
    Aes256,
};
Q_ENUM_NS(KeyAlgorithm)

/// Those with a public half.
inline constexpr KeyAlgorithm kKeyPairAlgorithms[]
    = { KeyAlgorithm::Rsa2048, KeyAlgorithm::Rsa3072, KeyAlgorithm::Rsa4096, KeyAlgorithm::EcP256,
          KeyAlgorithm::EcP384, KeyAlgorithm::EcP521, KeyAlgorithm::EcBrainpoolP256,
          KeyAlgorithm::EcBrainpoolP384, KeyAlgorithm::EcBrainpoolP512, KeyAlgorithm::EcSecp256k1 };
inline constexpr KeyAlgorithm kAesAlgorithms[]
    = { KeyAlgorithm::Aes128, KeyAlgorithm::Aes192, KeyAlgorithm::Aes256 };
inline constexpr KeyAlgorithm kAllKeyAlgorithms[] = { KeyAlgorithm::Rsa2048, KeyAlgorithm::Rsa3072,
    KeyAlgorithm::Rsa4096, KeyAlgorithm::EcP256, KeyAlgorithm::EcP384, KeyAlgorithm::EcP521,
    KeyAlgorithm::EcBrainpoolP256, KeyAlgorithm::EcBrainpoolP384, KeyAlgorithm::EcBrainpoolP512,
    KeyAlgorithm::EcSecp256k1, KeyAlgorithm::Aes128, KeyAlgorithm::Aes192, KeyAlgorithm::Aes256 };

[[nodiscard]] constexpr bool isRsa(KeyAlgorithm algorithm)
{
    return algorithm <= KeyAlgorithm::Rsa4096;
}
[[nodiscard]] constexpr bool isAes(KeyAlgorithm algorithm)
{
    return algorithm >= KeyAlgorithm::Aes128;
}
/// Modulus, field or key length: 2048, 256, 521 ...
[[nodiscard]] int keyBits(KeyAlgorithm algorithm);
/// "Rsa2048" and so on; nothing for other text.
[[nodiscard]] std::optional<KeyAlgorithm> keyAlgorithmFromName(QStringView name);
/// AES with keys of so many bits; nothing for other sizes.
[[nodiscard]] std::optional<KeyAlgorithm> aesAlgorithm(int bits);
[[nodiscard]] QString keyAlgorithmName(KeyAlgorithm algorithm);

} // namespace conclave::card
