// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"

#include <cstdint>
#include <optional>

namespace conclave::simulator {

/// A PIN and its retry counter (smartcard-hsm.md, 2.2 to 2.4). Answers are status words.
struct PinObject {
    SecretBytes value{}; ///< empty: not set
    std::uint8_t mostTries = 0;
    std::uint8_t triesLeft = 0;
    bool transport = false; ///< must be changed before it opens anything

    [[nodiscard]] bool isSet() const { return !value.empty(); }
    /// What a query is answered with: 63Cx, 6983, 6984 or 6A88.
    [[nodiscard]] std::uint16_t status() const;
    /// 9000 and the counter is full again; else one try less: 63Cx, or 6983 for the last one. 6984 and 6A88
    /// as status(), without a try.
    std::uint16_t verify(ByteView candidate);
    /// As verify(), also for a transport PIN: for the old value before it is changed.
    std::uint16_t compare(ByteView candidate);
    void resetCounter() { triesLeft = mostTries; }
    void set(ByteView newValue);
};

inline constexpr std::size_t kSoPinBytes = 8;
inline constexpr std::uint8_t kSoPinTries = 15;
inline constexpr std::uint8_t kUserPinTries = 3; ///< unless INITIALIZE says otherwise
inline constexpr std::uint8_t kMostUserPinTries = 10;

[[nodiscard]] constexpr bool isUserPinLength(std::size_t size)
{
    return size >= 6 && size <= 16;
}

} // namespace conclave::simulator
