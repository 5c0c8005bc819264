// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/keyalgorithm.h"
#include "core/dkek/sharefile.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace conclave::card {

/// A PIN's counter as the device tells it without being shown a PIN (smartcard-hsm.md, 1.5 and 2.2).
struct PinStatus {
    enum class State { NotSet, Ready, Blocked, TransportPin, Verified, Unknown };
    State state = State::Unknown;
    std::optional<int> triesLeft{}; ///< in Ready only
    bool operator==(const PinStatus&) const = default;
};

/// The device's count of DKEK share files (smartcard-hsm.md, 2.7).
struct DkekStatus {
    int total = 0; ///< 0: random DKEK made on the card
    int outstanding = 0;
    /// Nothing while files are outstanding, or when the firmware hides it until PIN entry.
    std::optional<dkek::CheckValue> kcv{};
    bool operator==(const DkekStatus&) const = default;
};

struct DeviceStatus {
    QString serial{}; ///< from the device certificate in EF 2F02, without the sequence number
    int versionMajor = 0;
    int versionMinor = 0;
    std::uint8_t options = 0; ///< low byte of the option word
    PinStatus soPin{};
    PinStatus userPin{};
    std::optional<DkekStatus> dkek{}; ///< nothing: no DKEK configured
    QString label{}; ///< token label of EF 2F03; empty when there is none

    [[nodiscard]] bool initialised() const { return soPin.state != PinStatus::State::NotSet; }
    /// RSA 3072, 4096 and AES need firmware 3; weak keys are not wanted.
    [[nodiscard]] bool makes(KeyAlgorithm algorithm) const;
    /// AES keys made by firmware 3.1 and 3.2 are not random enough (smartcard-hsm.md, 2.9).
    [[nodiscard]] bool makesWeakAesKeys() const;
};

} // namespace conclave::card
