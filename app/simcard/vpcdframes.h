// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"

#include <optional>

namespace conclave::simcard {

/// What the virtual reader asks for with a frame of one byte (smartcard-hsm.md, 9.1).
enum class Control : std::uint8_t { PowerOff = 0, PowerOn = 1, Reset = 2, AnswerToReset = 4 };

/// Cuts the stream from the virtual reader into frames: two bytes of length, big endian, then the payload.
/// What comes may be a PIN.
class FrameReader {
public:
    void append(ByteView bytes);
    /// The payload of the next whole frame, if there is one.
    [[nodiscard]] std::optional<SecretBytes> next();
    void clear() { m_pending.clear(); }

private:
    SecretBytes m_pending;
};

/// A frame with this payload of at most 65535 bytes.
[[nodiscard]] SecretBytes frame(ByteView payload);

} // namespace conclave::simcard
