// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/simulator/cardstate.h"

namespace conclave::simulator {

/// A card's memory as bytes, secrets in clear: a magic, then the members of CardState in order, each number
/// big endian, each string of bytes with its length before it.
[[nodiscard]] SecretBytes encodeState(const CardState& state);
/// Malformed for anything that encodeState() does not write.
[[nodiscard]] Result<CardState> decodeState(ByteView bytes);

} // namespace conclave::simulator
