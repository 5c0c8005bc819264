// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/simulator/cardkey.h"
#include "core/simulator/dkekdomain.h"
#include "core/simulator/filestore.h"
#include "core/simulator/pinobject.h"
#include "core/simulator/simulatedhsm.h"

#include <cstdint>
#include <map>
#include <optional>

namespace conclave::simulator {

/// INITIALIZE's option bits, low byte (smartcard-hsm.md, 2.6).
namespace option {
inline constexpr std::uint16_t kResetRetryCounter = 0x0001;
inline constexpr std::uint16_t kTransportPin = 0x0002;
inline constexpr std::uint16_t kCounterOnly = 0x0020;
} // namespace option

/// How many registered public keys could log in, and how many would be needed; none can be registered here.
struct PublicKeyAuthentication {
    std::uint8_t total = 0;
    std::uint8_t required = 0;
};

/// All that outlives a power cut.
struct CardState {
    Identity identity{};
    std::uint16_t options = 0;
    PinObject userPin{};
    PinObject soPin{};
    std::optional<DkekDomain> dkek{}; ///< nothing: no DKEK configured
    std::optional<PublicKeyAuthentication> publicKeyAuthentication{};
    PrivateKey deviceKey; ///< CC00
    FileStore files{};
    std::map<std::uint8_t, CardKey> keys{}; ///< CC01..CCFF

    /// As it leaves the factory, with a new device key and its certificate.
    [[nodiscard]] static Result<CardState> manufacture(Identity identity);
    /// Room for `more` bytes (smartcard-hsm.md, 8: 76 KB).
    [[nodiscard]] bool hasRoomFor(std::size_t more) const;
    /// What a key takes: the figures of section 8 come to about a byte a bit.
    [[nodiscard]] static std::size_t roomOf(card::KeyAlgorithm algorithm);
};

} // namespace conclave::simulator
