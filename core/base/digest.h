// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"

#include <array>
#include <initializer_list>

namespace conclave {

using Sha256Digest = std::array<std::uint8_t, 32>;

/// SHA-256 over the parts one after another (FIPS 180-4). Copies nothing.
[[nodiscard]] Sha256Digest sha256(std::initializer_list<ByteView> parts);
[[nodiscard]] inline Sha256Digest sha256(ByteView bytes)
{
    return sha256({ bytes });
}

} // namespace conclave
