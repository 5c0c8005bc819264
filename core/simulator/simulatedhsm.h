// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/secretbytes.h"
#include "core/simulator/devicedelays.h"
#include "core/simulator/faultplan.h"

#include <QString>

#include <cstdint>
#include <memory>

namespace conclave::simulator {

/// 4 to 11 letters and digits: what makes a CHR together with its sequence number.
[[nodiscard]] bool isSerial(QStringView serial);

/// What tells one simulated device from another.
struct Identity {
    QString serial = QStringLiteral("DENK0299901");
    int versionMajor = 4;
    int versionMinor = 1;
};

/// A SmartCard-HSM 4.x in software: its commands, files, PINs, DKEK and keys (smartcard-hsm.md, 1 to 6). Its
/// device certificate comes from a test root that nobody trusts. Thread-safe.
class SimulatedHsm {
public:
    /// As it leaves the factory: not initialised. The identity's serial must be one: see isSerial().
    explicit SimulatedHsm(Identity identity = {});
    SimulatedHsm(const SimulatedHsm&) = delete;
    SimulatedHsm& operator=(const SimulatedHsm&) = delete;
    ~SimulatedHsm();

    /// Power off and on: login and selection are gone; a card that was pulled is in again. Waits for the end
    /// of a running exchange.
    void reset();
    /// One command APDU, its whole response with SW1 SW2. Takes as long as the delays say. CardRemoved,
    /// CardUnresponsive, and TransportFailed for what is no APDU.
    [[nodiscard]] Result<SecretBytes> exchange(ByteView command);
    /// The card is pulled: an exchange that waits for a delay to end returns CardRemoved now, and so does
    /// every later one until reset(). Does not wait.
    void interrupt();

    /// Commands processed, or lost to a fault, since the object was made.
    [[nodiscard]] int exchanges() const;
    /// Grows with each command that may have changed what save() gives.
    [[nodiscard]] std::uint64_t revision() const;
    [[nodiscard]] Identity identity() const;

    /// Puts other bytes into EF 2F02, as somebody would who replays a real device's certificates: its key
    /// stays what it is.
    void replaceDeviceCertificates(ByteView certificates);

    void setFaults(FaultPlan plan);
    void setDelays(DeviceDelays delays);

    /// All that outlives a power cut: PINs, counters, DKEK, keys, files. Faults, delays and logins do not.
    [[nodiscard]] SecretBytes save() const;
    /// From save(). Malformed for all else.
    [[nodiscard]] static Result<std::shared_ptr<SimulatedHsm>> load(ByteView state);

private:
    struct Private;
    explicit SimulatedHsm(std::unique_ptr<Private> d);

    const std::unique_ptr<Private> m_d;
};

} // namespace conclave::simulator
