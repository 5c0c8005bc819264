// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/keyattestation.h"
#include "core/card/smartcardhsm.h"

#include <QByteArray>
#include <QDateTime>

#include <optional>
#include <vector>

namespace conclave::card {

/// The low byte of the option word, bit by bit (smartcard-hsm.md, 2.6).
struct DeviceOptions {
    PinUnblocking unblocking = PinUnblocking::Off;
    bool transportPin = false; ///< the user PIN must be changed before it can be used
    bool sessionPin = false; ///< a login ends with a reset or an explicit command only
    bool combinedAuthentication = false; ///< user PIN and public key

    [[nodiscard]] static DeviceOptions of(std::uint8_t options);
    bool operator==(const DeviceOptions&) const = default;
};

/// What this generation of firmware can do beyond signing (smartcard-hsm.md, 8): all from version 3.0 on.
struct FirmwareFeatures {
    bool rsa4096 = false; ///< and 3072
    bool aes = false;
    bool keyDomains = false;
    bool useCounters = false; ///< and lists of a key's algorithms
    bool transportPin = false; ///< from version 2.0 on
    bool publicKeyAuthentication = false; ///< from version 2.0 on

    [[nodiscard]] static FirmwareFeatures of(int versionMajor);
    bool operator==(const FirmwareFeatures&) const = default;
};

/// Known faults of firmware versions (smartcard-hsm.md, 2.9 and 6.5).
enum class FirmwareFault {
    WeakSymmetricKeys, ///< 3.1, 3.2: AES keys made on the device are not random enough
    WrongAesIdentifier, ///< 3.0 to 3.2: wrapped AES keys name their algorithm wrongly
};
[[nodiscard]] std::vector<FirmwareFault> faultsOfFirmware(int versionMajor, int versionMinor);

/// What a certificate's key may be used for (RFC 5280, 4.2.1.3), in the order of its bits.
enum class CertificateUse {
    DigitalSignature,
    NonRepudiation,
    KeyEncipherment,
    DataEncipherment,
    KeyAgreement,
    KeyCertSign,
    CrlSign,
    EncipherOnly,
    DecipherOnly,
};

/// An X.509 certificate on the device, of a key or of a CA.
struct InspectedCertificate {
    QString file{}; ///< "CE01", "CA00"
    QString subject{}; ///< RFC 2253; empty when it does not parse
    QString issuer{};
    std::optional<QDate> validFrom{};
    std::optional<QDate> validTo{};
    std::optional<std::vector<CertificateUse>> uses{}; ///< nothing where it does not limit them
    Sha256Digest fingerprint{}; ///< over the whole certificate
};

struct InspectedKey {
    KeyEntry entry{};
    KeyAttestation attestation = KeyAttestation::NoRequest;
};

/// All that a device tells without a PIN. Public.
struct Inspection {
    DeviceStatus status{};
    DeviceTrust trust{};
    std::vector<InspectedKey> keys{};
    std::vector<InspectedCertificate> certificates{};
    std::vector<std::uint16_t> files{}; ///< as ENUMERATE lists them
    std::optional<std::uint32_t> freeBytes{};
    /// Where public keys are registered for authentication.
    std::optional<PublicKeyAuthentication> publicKeyAuthentication{};
};

/// Reads only; no PIN try is used. A device that was never initialised has no keys and no files.
[[nodiscard]] Result<Inspection> inspect(SmartCardHsm& hsm, const QDate& today);

/// When and with what a device was inspected.
struct InspectionOccasion {
    QDateTime time{};
    QString program{}; ///< "Conclave 1.0.0"
    QString reader{};
    bool simulated = false; ///< no device at all
};

/// "conclave-inspection-1": UTF-8, indented, members in alphabetical order; what the device does not tell is
/// left out.
[[nodiscard]] QByteArray inspectionJson(const Inspection& inspection, const InspectionOccasion& occasion);

} // namespace conclave::card
