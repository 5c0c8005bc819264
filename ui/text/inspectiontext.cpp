// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/text/inspectiontext.h"

#include "core/base/hex.h"
#include "core/ceremony/authenticity.h"
#include "core/device/productname.h"
#include "ui/text/words.h"

#include <QCoreApplication>
#include <QLocale>

namespace conclave::ui {

namespace {

using Section = InspectionSection;
using Value = InspectionSection::Value;

constexpr int kSoPinTries = 15;
constexpr int kFewSoPinTries = 5;

/// The sections in the order in which people ask.
class Sections {
    Q_DECLARE_TR_FUNCTIONS(InspectionText)

public:
    Sections(const card::Inspection& inspection, const card::InspectionOccasion& occasion)
        : m_inspection(inspection)
        , m_status(inspection.status)
        , m_occasion(occasion)
    {
    }

    [[nodiscard]] std::vector<Section> all() const
    {
        return { device(), authenticity(), pins(), backup(), firmware(), keys(), certificates() };
    }

private:
    [[nodiscard]] Section device() const
    {
        Section section{ .heading = tr("Device") };
        section.facts = {
            { tr("Product"), { device::productName(m_status.serial) } },
            { tr("Serial number"), code(m_status.serial) },
            { tr("Reader"), { m_occasion.reader } },
            { tr("Firmware"), { version() } },
            { tr("State"), { m_status.initialised() ? tr("Initialised") : tr("New, never initialised") } },
        };
        if (!m_status.label.isEmpty())
            section.facts.push_back({ tr("Label"), { m_status.label } });
        section.facts.push_back({ tr("Free memory"),
            { m_inspection.freeBytes ? tr("%1 bytes").arg(QLocale().toString(*m_inspection.freeBytes))
                                     : tr("Not told by this firmware") } });
        section.facts.push_back({ tr("Files"), { QString::number(m_inspection.files.size()) } });
        return section;
    }

    [[nodiscard]] Section authenticity() const
    {
        const card::DeviceTrust& trust = m_inspection.trust;
        const ceremony::Authenticity found = m_occasion.simulated ? ceremony::Authenticity::Simulated
                                                                  : ceremony::authenticityOf(trust.trust);
        Section section{ .heading = tr("Authenticity") };
        section.facts = { { tr("Result"), { authenticityName(found) } } };
        if (!trust.holderPath.isEmpty())
            section.facts.push_back({ tr("Chain of certificates"), code(trust.holderPath) });
        if (trust.fingerprint)
            section.facts.push_back({ tr("Fingerprint of the certificate (SHA-256)"),
                code(hexGroups(toHex(*trust.fingerprint))) });
        if (trust.validFrom && trust.validTo)
            section.facts.push_back({ tr("Certificate valid"),
                { tr("%1 to %2").arg(date(*trust.validFrom), date(*trust.validTo)) } });
        if (const QString fault = faultSentence(trust.fault); !fault.isEmpty() && !m_occasion.simulated)
            section.facts.push_back({ tr("Why"), { fault } });
        if (trust.trust == card::Trust::Broken)
            section.warnings << tr("This device is not genuine. Nothing that it tells is worth anything.");
        if (trust.expired)
            section.warnings << tr("A certificate of the chain is past its date.");
        if (trust.notYetValid)
            section.warnings << tr(
                "A certificate of the chain is not valid yet. The computer’s clock may be wrong.");
        if (trust.trust == card::Trust::CertificateOnly)
            section.remark = tr(
                "A certificate can be copied. That the device holds its key is proved in a ceremony, after "
                "the device is erased.");
        return section;
    }

    [[nodiscard]] Section pins() const
    {
        const card::DeviceOptions options = card::DeviceOptions::of(m_status.options);
        Section section{ .heading = tr("PINs") };
        section.facts = {
            { tr("SO-PIN tries left"), { pinTries(m_status.soPin, kSoPinTries) } },
            { tr("User PIN tries left"), { pinTries(m_status.userPin) } },
        };
        if (m_status.initialised()) {
            section.facts.push_back({ tr("If the PIN is blocked"), { unblockingName(options.unblocking) } });
            section.facts.push_back({ tr("Transport PIN"),
                { options.transportPin ? tr("The user PIN must be changed before it can be used")
                                       : tr("No") } });
            section.facts.push_back({ tr("A login ends"),
                { options.sessionPin ? tr("With a reset or a command only")
                                     : tr("When the application is selected") } });
            if (options.combinedAuthentication)
                section.facts.push_back({ tr("Login"), { tr("User PIN and public key together") } });
            if (const auto& registered = m_inspection.publicKeyAuthentication)
                section.facts.push_back({ tr("Public key authentication"),
                    { tr("%1 of %2 keys are needed, %3 not registered yet")
                            .arg(registered->required)
                            .arg(registered->total)
                            .arg(registered->missing) } });
        }
        if (m_status.soPin.triesLeft.value_or(kSoPinTries) <= kFewSoPinTries)
            section.warnings << tr(
                "Only %n SO-PIN tries are left. At 0 the device can never be initialised again.", nullptr,
                *m_status.soPin.triesLeft);
        return section;
    }

    [[nodiscard]] Section backup() const
    {
        Section section{ .heading = tr("Backup secret (DKEK)") };
        if (!m_status.dkek) {
            section.remark = tr("None. Keys on this device cannot be backed up.");
            return section;
        }
        const card::DkekStatus& dkek = *m_status.dkek;
        section.facts = { { tr("Share files"),
            { dkek.total == 0
                    ? tr("None: made at random on the device")
                    : tr("%1 of %2 imported").arg(dkek.total - dkek.outstanding).arg(dkek.total) } } };
        section.facts.push_back({ tr("Key check value"),
            dkek.kcv ? code(hexGroups(toHex(*dkek.kcv))) : Value{ tr("Not told") } });
        return section;
    }

    [[nodiscard]] Section firmware() const
    {
        const card::FirmwareFeatures features = card::FirmwareFeatures::of(m_status.versionMajor);
        const auto can = [](bool able) { return Value{ able ? tr("Yes") : tr("No") }; };
        Section section{ .heading = tr("What firmware %1 can do").arg(version()) };
        section.facts = {
            { tr("RSA 3072 and 4096"), can(features.rsa4096) },
            { tr("AES keys"), can(features.aes) },
            { tr("Key domains"), can(features.keyDomains) },
            { tr("Use counters"), can(features.useCounters) },
            { tr("Transport PIN"), can(features.transportPin) },
            { tr("Public key authentication"), can(features.publicKeyAuthentication) },
        };
        for (const card::FirmwareFault fault :
            card::faultsOfFirmware(m_status.versionMajor, m_status.versionMinor)) {
            switch (fault) {
            case card::FirmwareFault::WeakSymmetricKeys:
                section.warnings << tr(
                    "This firmware has a known weakness in its random numbers. Do not make keys on it.");
                break;
            case card::FirmwareFault::WrongAesIdentifier:
                section.warnings << tr(
                    "This firmware names the algorithm of AES keys wrongly when it wraps them.");
                break;
            }
        }
        if (section.warnings.isEmpty())
            section.remark = tr("No fault of this firmware is known to this program.");
        return section;
    }

    [[nodiscard]] Section keys() const
    {
        Section section{ .heading = tr("Keys") };
        if (m_inspection.keys.empty()) {
            section.remark = tr("There are no keys on this device.");
            return section;
        }
        section.columns = { { tr("Label"), 18 }, { tr("ID"), 10 }, { tr("Algorithm"), 13 }, { tr("Use"), 15 },
            { tr("Fingerprint (SHA-256)"), 28 }, { tr("Made on the device"), 16 } };
        for (const card::InspectedKey& key : m_inspection.keys) {
            const card::KeyEntry& entry = key.entry;
            const QString label = entry.label.isEmpty() ? tr("No label") : entry.label;
            Value algorithm{ tr("Not known") };
            Value fingerprint{ tr("None") };
            if (const auto told = entry.algorithm())
                algorithm = { algorithmName(*told) };
            if (entry.publicKey) {
                if (const auto hash = entry.publicKey->fingerprint())
                    fingerprint = fingerprintValue(toHex(*hash));
            }
            section.rows.push_back({ { tr("%1 (key %2)").arg(label).arg(entry.reference), false, label },
                code(toHex(entry.id)), algorithm, { usageWords(entry.usage) }, fingerprint,
                { attestationWords(key.attestation) } });
        }
        if (card::FirmwareFeatures::of(m_status.versionMajor).useCounters)
            section.remark = tr("Not told: whether a key belongs to a key domain, and how often it may still "
                                "be used. How the device keeps this is not public.");
        return section;
    }

    [[nodiscard]] Section certificates() const
    {
        Section section{ .heading = tr("Certificates") };
        if (m_inspection.certificates.empty()) {
            section.remark = tr("There are no X.509 certificates on this device.");
            return section;
        }
        section.columns = { { tr("File"), 8 }, { tr("Subject"), 18 }, { tr("Issuer"), 18 },
            { tr("Valid"), 14 }, { tr("Key usage"), 14 }, { tr("Fingerprint (SHA-256)"), 28 } };
        for (const card::InspectedCertificate& certificate : m_inspection.certificates)
            section.rows.push_back({ code(certificate.file),
                { certificate.subject.isEmpty() ? tr("Not readable") : certificate.subject },
                { certificate.issuer }, { validity(certificate) }, { certificateUses(certificate) },
                fingerprintValue(toHex(certificate.fingerprint)) });
        return section;
    }

    [[nodiscard]] QString version() const
    {
        return QStringLiteral("%1.%2").arg(m_status.versionMajor).arg(m_status.versionMinor);
    }

    static Value code(const QString& text) { return { text, true }; }

    static Value fingerprintValue(const QString& hex)
    {
        return { hexGroups(hex), true, shortFingerprint(hex) };
    }

    static QString date(const QDate& day) { return QLocale().toString(day, QLocale::ShortFormat); }

    static QString unblockingName(card::PinUnblocking unblocking)
    {
        switch (unblocking) {
        case card::PinUnblocking::Off:
            return ui::unblockingName(ceremony::Unblocking::Off);
        case card::PinUnblocking::CounterOnly:
            return ui::unblockingName(ceremony::Unblocking::CounterOnly);
        case card::PinUnblocking::NewPin:
            return ui::unblockingName(ceremony::Unblocking::NewPin);
        }
        return {};
    }

    static QString usageWords(std::uint16_t usage)
    {
        const std::pair<std::uint16_t, QString> words[]
            = { { 0x8000, tr("encrypt") }, { 0x4000, tr("decrypt") }, { 0x2000, tr("sign") },
                  { 0x1000, tr("sign with recovery") }, { 0x0800, tr("wrap") }, { 0x0400, tr("unwrap") },
                  { 0x0200, tr("verify") }, { 0x0100, tr("verify with recovery") }, { 0x0080, tr("derive") },
                  { 0x0040, tr("non-repudiation") } };
        QStringList found;
        for (const auto& [bit, word] : words) {
            if ((usage & bit) != 0)
                found << word;
        }
        return found.isEmpty() ? tr("Not told") : found.join(QStringLiteral(", "));
    }

    static QString validity(const card::InspectedCertificate& certificate)
    {
        return certificate.validFrom && certificate.validTo
            ? tr("%1 to %2").arg(date(*certificate.validFrom), date(*certificate.validTo))
            : tr("Not readable");
    }

    static QString useWord(card::CertificateUse use)
    {
        using card::CertificateUse;
        switch (use) {
        case CertificateUse::DigitalSignature:
            return tr("sign");
        case CertificateUse::NonRepudiation:
            return tr("non-repudiation");
        case CertificateUse::KeyEncipherment:
            return tr("encrypt keys");
        case CertificateUse::DataEncipherment:
            return tr("encrypt data");
        case CertificateUse::KeyAgreement:
            return tr("key agreement");
        case CertificateUse::KeyCertSign:
            return tr("sign certificates");
        case CertificateUse::CrlSign:
            return tr("sign revocation lists");
        case CertificateUse::EncipherOnly:
            return tr("agree for encryption only");
        case CertificateUse::DecipherOnly:
            return tr("agree for decryption only");
        }
        return {};
    }

    static QString certificateUses(const card::InspectedCertificate& certificate)
    {
        if (certificate.subject.isEmpty())
            return tr("Not readable");
        if (!certificate.uses)
            return tr("Not limited");
        QStringList words;
        for (const card::CertificateUse use : *certificate.uses)
            words << useWord(use);
        return words.isEmpty() ? tr("None") : words.join(QStringLiteral(", "));
    }

    static QString attestationWords(card::KeyAttestation attestation)
    {
        switch (attestation) {
        case card::KeyAttestation::Verified:
            return tr("Yes, the device vouches for it");
        case card::KeyAttestation::NoRequest:
            return tr("Not told");
        case card::KeyAttestation::OtherDevice:
            return tr("No, another device vouches for it");
        case card::KeyAttestation::NotPossessed:
        case card::KeyAttestation::NotSigned:
            return tr("A signature does not verify");
        }
        return {};
    }

    static QString faultSentence(card::TrustFault fault)
    {
        using card::TrustFault;
        switch (fault) {
        case TrustFault::None:
            return {};
        case TrustFault::Unreadable:
            return tr("No certificate of the device could be read.");
        case TrustFault::ForeignRoot:
            return tr("The chain ends in another root than the maker’s.");
        case TrustFault::IssuerMissing:
            return tr("The certificate of the device’s issuer is missing.");
        case TrustFault::IssuerRole:
            return tr("The issuer’s certificate is not one of a device issuer.");
        case TrustFault::IssuerSignature:
            return tr("The signature of the issuer’s certificate does not verify.");
        case TrustFault::DeviceRole:
            return tr("The device’s certificate is not one of a device.");
        case TrustFault::DeviceSignature:
            return tr("The signature of the device’s certificate does not verify.");
        case TrustFault::DeviceName:
            return tr("The names in the chain and on the device do not match.");
        case TrustFault::OtherCertificate:
            return tr("The device has shown another certificate before.");
        case TrustFault::KeyNotProved:
            return tr("The device does not hold the key of its certificate.");
        }
        return {};
    }

    const card::Inspection& m_inspection;
    const card::DeviceStatus& m_status;
    const card::InspectionOccasion& m_occasion;
};

} // namespace

std::vector<InspectionSection> describeInspection(
    const card::Inspection& inspection, const card::InspectionOccasion& occasion)
{
    return Sections(inspection, occasion).all();
}

} // namespace conclave::ui
