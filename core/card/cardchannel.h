// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/secretbytes.h"

namespace conclave::card {

/// Bytes to a card and back; the edge between the protocol and the reader, or the simulator.
class CardChannel {
public:
    CardChannel() = default;
    CardChannel(const CardChannel&) = delete;
    CardChannel& operator=(const CardChannel&) = delete;
    virtual ~CardChannel() = default;

    /// One command APDU, its whole response with SW1 SW2 (at least 2 bytes). Blocks, perhaps for minutes.
    /// Errors are of the PC/SC kinds only. What a card answers may be secret (random numbers).
    [[nodiscard]] virtual Result<SecretBytes> transmit(ByteView command) = 0;
};

} // namespace conclave::card
