// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/keyalgorithm.h"

#include <QMetaEnum>

namespace conclave::card {

int keyBits(KeyAlgorithm algorithm)
{
    switch (algorithm) {
    case KeyAlgorithm::Rsa2048:
        return 2048;
    case KeyAlgorithm::Rsa3072:
        return 3072;
    case KeyAlgorithm::Rsa4096:
        return 4096;
    case KeyAlgorithm::EcP256:
    case KeyAlgorithm::EcBrainpoolP256:
    case KeyAlgorithm::EcSecp256k1:
        return 256;
    case KeyAlgorithm::EcP384:
    case KeyAlgorithm::EcBrainpoolP384:
        return 384;
    case KeyAlgorithm::EcP521:
        return 521;
    case KeyAlgorithm::EcBrainpoolP512:
        return 512;
    case KeyAlgorithm::Aes128:
        return 128;
    case KeyAlgorithm::Aes192:
        return 192;
    case KeyAlgorithm::Aes256:
        return 256;
    }
    Q_UNREACHABLE();
}

std::optional<KeyAlgorithm> keyAlgorithmFromName(QStringView name)
{
    for (const KeyAlgorithm algorithm : kAllKeyAlgorithms) {
        if (keyAlgorithmName(algorithm) == name)
            return algorithm;
    }
    return std::nullopt;
}

std::optional<KeyAlgorithm> aesAlgorithm(int bits)
{
    for (const KeyAlgorithm algorithm : kAesAlgorithms) {
        if (keyBits(algorithm) == bits)
            return algorithm;
    }
    return std::nullopt;
}

QString keyAlgorithmName(KeyAlgorithm algorithm)
{
    return QString::fromLatin1(QMetaEnum::fromType<KeyAlgorithm>().valueToKey(static_cast<int>(algorithm)));
}

} // namespace conclave::card
