// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace conclave {

/// Public bytes: certificates, serials, ciphertexts. Secrets live in SecretBytes.
using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline Bytes toBytes(ByteView view)
{
    return Bytes(view.begin(), view.end());
}

} // namespace conclave
