// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/usualtimes.h"

namespace conclave::ceremony {

std::pair<int, int> usualGenerationMs(card::KeyAlgorithm algorithm)
{
    switch (algorithm) {
    case card::KeyAlgorithm::Rsa2048:
        return { 10'000, 75'000 };
    case card::KeyAlgorithm::Rsa3072:
        return { 25'000, 150'000 };
    case card::KeyAlgorithm::Rsa4096:
        return { 40'000, 240'000 };
    case card::KeyAlgorithm::EcP256:
    case card::KeyAlgorithm::EcP384:
    case card::KeyAlgorithm::EcP521:
    case card::KeyAlgorithm::EcBrainpoolP256:
    case card::KeyAlgorithm::EcBrainpoolP384:
    case card::KeyAlgorithm::EcBrainpoolP512:
    case card::KeyAlgorithm::EcSecp256k1:
        return { 700, 3000 };
    case card::KeyAlgorithm::Aes128:
    case card::KeyAlgorithm::Aes192:
    case card::KeyAlgorithm::Aes256:
        return { 100, 1500 };
    }
    return { 0, 0 };
}

} // namespace conclave::ceremony
