// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"
#include "core/card/keyalgorithm.h"

#include <optional>

namespace conclave::card {

/// Domain parameters, big endian, each with the exact length of the field (smartcard-hsm.md, appendix A).
/// The cofactor is 1 for all.
struct Curve {
    KeyAlgorithm algorithm = KeyAlgorithm::EcP256;
    const char* opensslName = nullptr;
    Bytes p{};
    Bytes a{};
    Bytes b{};
    Bytes generator{}; ///< 04 X Y
    Bytes order{}; ///< as long as the field in all curves supported

    [[nodiscard]] std::size_t fieldBytes() const { return p.size(); }
};

/// The curve of an EC algorithm; null for RSA and AES. Lives as long as the program.
[[nodiscard]] const Curve* curveOf(KeyAlgorithm algorithm);
/// The curve whose field prime this is; null for others. Leading zero bytes do not count.
[[nodiscard]] const Curve* curveByPrime(ByteView p);

} // namespace conclave::card
