// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/inspection.h"

#include "core/base/hex.h"
#include "core/base/jsonarray.h"
#include "core/card/x509name.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>

namespace conclave::card {

namespace {

constexpr std::uint8_t kCaCertificate = 0xCA;
constexpr std::uint8_t kCertificateTag = 0x30;

struct CertificateFree {
    void operator()(X509* certificate) const { X509_free(certificate); }
};

QString nameOf(std::uint16_t file)
{
    return QStringLiteral("%1").arg(file, 4, 16, QLatin1Char('0')).toUpper();
}

std::optional<QDate> dateOf(const ASN1_TIME* time)
{
    tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return std::nullopt;
    return QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

std::optional<std::vector<CertificateUse>> usesOf(X509* certificate)
{
    constexpr std::pair<std::uint32_t, CertificateUse> kUses[] = { { KU_DIGITAL_SIGNATURE,
                                                                       CertificateUse::DigitalSignature },
        { KU_NON_REPUDIATION, CertificateUse::NonRepudiation },
        { KU_KEY_ENCIPHERMENT, CertificateUse::KeyEncipherment },
        { KU_DATA_ENCIPHERMENT, CertificateUse::DataEncipherment },
        { KU_KEY_AGREEMENT, CertificateUse::KeyAgreement }, { KU_KEY_CERT_SIGN, CertificateUse::KeyCertSign },
        { KU_CRL_SIGN, CertificateUse::CrlSign }, { KU_ENCIPHER_ONLY, CertificateUse::EncipherOnly },
        { KU_DECIPHER_ONLY, CertificateUse::DecipherOnly } };
    if ((X509_get_extension_flags(certificate) & EXFLAG_KUSAGE) == 0)
        return std::nullopt;
    std::vector<CertificateUse> uses;
    for (const auto& [bit, use] : kUses) {
        if ((X509_get_key_usage(certificate) & bit) != 0)
            uses.push_back(use);
    }
    return uses;
}

InspectedCertificate certificateIn(std::uint16_t file, ByteView der)
{
    InspectedCertificate found{ .file = nameOf(file), .fingerprint = sha256(der) };
    const std::uint8_t* at = der.data();
    const std::unique_ptr<X509, CertificateFree> certificate(
        d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!certificate)
        return found;
    found.subject = textOf(X509_get_subject_name(certificate.get()));
    found.issuer = textOf(X509_get_issuer_name(certificate.get()));
    found.validFrom = dateOf(X509_get0_notBefore(certificate.get()));
    found.validTo = dateOf(X509_get0_notAfter(certificate.get()));
    found.uses = usesOf(certificate.get());
    return found;
}

bool isCertificate(const Bytes& content)
{
    return !content.empty() && content.front() == kCertificateTag;
}

QString unblockingName(PinUnblocking unblocking)
{
    switch (unblocking) {
    case PinUnblocking::Off:
        return QStringLiteral("off");
    case PinUnblocking::CounterOnly:
        return QStringLiteral("counterOnly");
    case PinUnblocking::NewPin:
        return QStringLiteral("newPin");
    }
    Q_UNREACHABLE();
}

QString trustName(Trust trust)
{
    switch (trust) {
    case Trust::NotChecked:
        return QStringLiteral("notVerified");
    case Trust::CertificateOnly:
        return QStringLiteral("certificateOnly");
    case Trust::Genuine:
        return QStringLiteral("genuine");
    case Trust::GenuineExpired:
        return QStringLiteral("genuineExpired");
    case Trust::UnknownIssuer:
        return QStringLiteral("unknownIssuer");
    case Trust::Broken:
        return QStringLiteral("broken");
    }
    Q_UNREACHABLE();
}

QString attestationName(KeyAttestation attestation)
{
    switch (attestation) {
    case KeyAttestation::Verified:
        return QStringLiteral("verified");
    case KeyAttestation::NoRequest:
        return QStringLiteral("none");
    case KeyAttestation::OtherDevice:
    case KeyAttestation::NotPossessed:
    case KeyAttestation::NotSigned:
        return QStringLiteral("unverified");
    }
    Q_UNREACHABLE();
}

QString stateName(PinStatus::State state)
{
    switch (state) {
    case PinStatus::State::NotSet:
        return QStringLiteral("notSet");
    case PinStatus::State::Ready:
        return QStringLiteral("ready");
    case PinStatus::State::Blocked:
        return QStringLiteral("blocked");
    case PinStatus::State::TransportPin:
        return QStringLiteral("transportPin");
    case PinStatus::State::Verified:
        return QStringLiteral("verified");
    case PinStatus::State::Unknown:
        return QStringLiteral("unknown");
    }
    Q_UNREACHABLE();
}

QString faultName(FirmwareFault fault)
{
    switch (fault) {
    case FirmwareFault::WeakSymmetricKeys:
        return QStringLiteral("weakSymmetricKeys");
    case FirmwareFault::WrongAesIdentifier:
        return QStringLiteral("wrongAesIdentifier");
    }
    Q_UNREACHABLE();
}

QJsonArray usageNames(std::uint16_t usage)
{
    constexpr std::pair<std::uint16_t, const char*> kNames[]
        = { { 0x8000, "encrypt" }, { 0x4000, "decrypt" }, { 0x2000, "sign" }, { 0x1000, "signRecover" },
              { 0x0800, "wrap" }, { 0x0400, "unwrap" }, { 0x0200, "verify" }, { 0x0100, "verifyRecover" },
              { 0x0080, "derive" }, { 0x0040, "nonRepudiation" } };
    QJsonArray names;
    for (const auto& [bit, name] : kNames) {
        if ((usage & bit) != 0)
            names.append(QLatin1String(name));
    }
    return names;
}

QJsonObject pinJson(const PinStatus& pin)
{
    QJsonObject json{ { QStringLiteral("state"), stateName(pin.state) } };
    if (pin.triesLeft)
        json.insert(QStringLiteral("triesLeft"), *pin.triesLeft);
    return json;
}

QJsonObject keyJson(const InspectedKey& key)
{
    const KeyEntry& entry = key.entry;
    QJsonObject json{ { QStringLiteral("reference"), entry.reference },
        { QStringLiteral("label"), entry.label }, { QStringLiteral("id"), toHex(entry.id) },
        { QStringLiteral("usage"), usageNames(entry.usage) },
        { QStringLiteral("attestation"), attestationName(key.attestation) } };
    if (const auto algorithm = entry.algorithm())
        json.insert(QStringLiteral("algorithm"), keyAlgorithmName(*algorithm));
    if (!entry.publicKey)
        return json;
    if (const auto info = entry.publicKey->subjectPublicKeyInfo()) {
        json.insert(QStringLiteral("publicKey"), toHex(*info));
        json.insert(QStringLiteral("fingerprint"), toHex(sha256(*info)));
    }
    return json;
}

/// As RFC 5280 names it.
QString useName(CertificateUse use)
{
    switch (use) {
    case CertificateUse::DigitalSignature:
        return QStringLiteral("digitalSignature");
    case CertificateUse::NonRepudiation:
        return QStringLiteral("nonRepudiation");
    case CertificateUse::KeyEncipherment:
        return QStringLiteral("keyEncipherment");
    case CertificateUse::DataEncipherment:
        return QStringLiteral("dataEncipherment");
    case CertificateUse::KeyAgreement:
        return QStringLiteral("keyAgreement");
    case CertificateUse::KeyCertSign:
        return QStringLiteral("keyCertSign");
    case CertificateUse::CrlSign:
        return QStringLiteral("cRLSign");
    case CertificateUse::EncipherOnly:
        return QStringLiteral("encipherOnly");
    case CertificateUse::DecipherOnly:
        return QStringLiteral("decipherOnly");
    }
    Q_UNREACHABLE();
}

QJsonObject certificateJson(const InspectedCertificate& certificate)
{
    QJsonObject json{ { QStringLiteral("file"), certificate.file },
        { QStringLiteral("subject"), certificate.subject }, { QStringLiteral("issuer"), certificate.issuer },
        { QStringLiteral("fingerprint"), toHex(certificate.fingerprint) } };
    if (certificate.validFrom)
        json.insert(QStringLiteral("validFrom"), certificate.validFrom->toString(Qt::ISODate));
    if (certificate.validTo)
        json.insert(QStringLiteral("validTo"), certificate.validTo->toString(Qt::ISODate));
    if (certificate.uses)
        json.insert(QStringLiteral("keyUsage"), arrayOf(*certificate.uses, useName));
    return json;
}

QJsonObject trustJson(const DeviceTrust& trust)
{
    QJsonObject json{ { QStringLiteral("authenticity"), trustName(trust.trust) },
        { QStringLiteral("holder"), trust.holderPath }, { QStringLiteral("expired"), trust.expired },
        { QStringLiteral("notYetValid"), trust.notYetValid } };
    if (trust.fingerprint)
        json.insert(QStringLiteral("fingerprint"), toHex(*trust.fingerprint));
    if (trust.validFrom)
        json.insert(QStringLiteral("validFrom"), trust.validFrom->toString(Qt::ISODate));
    if (trust.validTo)
        json.insert(QStringLiteral("validTo"), trust.validTo->toString(Qt::ISODate));
    return json;
}

QJsonObject optionsJson(std::uint8_t byte)
{
    const DeviceOptions options = DeviceOptions::of(byte);
    return { { QStringLiteral("byte"), byte },
        { QStringLiteral("unblocking"), unblockingName(options.unblocking) },
        { QStringLiteral("transportPin"), options.transportPin },
        { QStringLiteral("sessionPin"), options.sessionPin },
        { QStringLiteral("combinedAuthentication"), options.combinedAuthentication } };
}

QJsonObject firmwareJson(const DeviceStatus& status)
{
    const FirmwareFeatures features = FirmwareFeatures::of(status.versionMajor);
    QJsonArray faults;
    for (const FirmwareFault fault : faultsOfFirmware(status.versionMajor, status.versionMinor))
        faults.append(faultName(fault));
    return { { QStringLiteral("version"),
                 QStringLiteral("%1.%2").arg(status.versionMajor).arg(status.versionMinor) },
        { QStringLiteral("features"),
            QJsonObject{ { QStringLiteral("rsa4096"), features.rsa4096 },
                { QStringLiteral("aes"), features.aes },
                { QStringLiteral("keyDomains"), features.keyDomains },
                { QStringLiteral("useCounters"), features.useCounters },
                { QStringLiteral("transportPin"), features.transportPin },
                { QStringLiteral("publicKeyAuthentication"), features.publicKeyAuthentication } } },
        { QStringLiteral("faults"), faults } };
}

} // namespace

DeviceOptions DeviceOptions::of(std::uint8_t options)
{
    const auto has = [options](int bit) { return (options & bit) != 0; };
    return { .unblocking = !has(0x01) ? PinUnblocking::Off
            : has(0x20)               ? PinUnblocking::CounterOnly
                                      : PinUnblocking::NewPin,
        .transportPin = has(0x02),
        .sessionPin = has(0x04),
        .combinedAuthentication = has(0x10) };
}

FirmwareFeatures FirmwareFeatures::of(int versionMajor)
{
    const bool third = versionMajor >= 3;
    return { .rsa4096 = third,
        .aes = third,
        .keyDomains = third,
        .useCounters = third,
        .transportPin = versionMajor >= 2,
        .publicKeyAuthentication = versionMajor >= 2 };
}

std::vector<FirmwareFault> faultsOfFirmware(int versionMajor, int versionMinor)
{
    std::vector<FirmwareFault> faults;
    if (DeviceStatus{ .versionMajor = versionMajor, .versionMinor = versionMinor }.makesWeakAesKeys())
        faults.push_back(FirmwareFault::WeakSymmetricKeys);
    if (versionMajor == 3 && versionMinor <= 2)
        faults.push_back(FirmwareFault::WrongAesIdentifier);
    return faults;
}

Result<Inspection> inspect(SmartCardHsm& hsm, const QDate& today)
{
    Inspection found;
    auto status = hsm.status();
    if (!status)
        return fail(status.error());
    found.status = std::move(*status);
    const auto certificates = hsm.deviceCertificates();
    if (!certificates)
        return fail(certificates.error());
    found.trust = judgeChain(*certificates, today);
    const auto freeBytes = hsm.freeMemory();
    if (!freeBytes)
        return fail(freeBytes.error());
    found.freeBytes = *freeBytes;
    if (!found.status.initialised())
        return found;

    const auto registered = hsm.publicKeyAuthentication();
    if (!registered)
        return fail(registered.error());
    found.publicKeyAuthentication = *registered;
    auto keys = hsm.keys();
    if (!keys)
        return fail(keys.error());
    for (KeyEntry& key : *keys) {
        if (isCertificate(key.certificate))
            found.certificates.push_back(
                certificateIn(static_cast<std::uint16_t>(0xCE00 | key.reference), key.certificate));
        const KeyAttestation attestation = attestKey(key.certificate, found.trust);
        found.keys.push_back({ .entry = std::move(key), .attestation = attestation });
    }
    const auto files = hsm.files();
    if (!files)
        return fail(files.error());
    found.files.assign(files->begin(), files->end());
    for (const std::uint16_t file : found.files) {
        if (file >> 8 != kCaCertificate)
            continue;
        const auto content = hsm.readPublicObject(file);
        if (content && isCertificate(*content))
            found.certificates.push_back(certificateIn(file, *content));
        else if (!content && content.error().kind != ErrorKind::NotFound
            && content.error().kind != ErrorKind::UnexpectedAnswer)
            return fail(content.error());
    }
    return found;
}

QByteArray inspectionJson(const Inspection& inspection, const InspectionOccasion& occasion)
{
    const DeviceStatus& status = inspection.status;
    QJsonObject json{ { QStringLiteral("format"), QStringLiteral("conclave-inspection-1") },
        { QStringLiteral("time"), occasion.time.toString(Qt::ISODateWithMs) },
        { QStringLiteral("program"), occasion.program }, { QStringLiteral("reader"), occasion.reader },
        { QStringLiteral("simulated"), occasion.simulated }, { QStringLiteral("serial"), status.serial },
        { QStringLiteral("label"), status.label }, { QStringLiteral("initialised"), status.initialised() },
        { QStringLiteral("firmware"), firmwareJson(status) },
        { QStringLiteral("options"), optionsJson(status.options) },
        { QStringLiteral("soPin"), pinJson(status.soPin) },
        { QStringLiteral("userPin"), pinJson(status.userPin) },
        { QStringLiteral("trust"), trustJson(inspection.trust) },
        { QStringLiteral("keys"), arrayOf(inspection.keys, keyJson) },
        { QStringLiteral("certificates"), arrayOf(inspection.certificates, certificateJson) },
        { QStringLiteral("files"), arrayOf(inspection.files, nameOf) } };
    if (status.dkek) {
        QJsonObject dkek{ { QStringLiteral("shareFiles"), status.dkek->total },
            { QStringLiteral("outstanding"), status.dkek->outstanding } };
        if (status.dkek->kcv)
            dkek.insert(QStringLiteral("kcv"), toHex(*status.dkek->kcv));
        json.insert(QStringLiteral("dkek"), dkek);
    }
    if (inspection.freeBytes)
        json.insert(QStringLiteral("freeBytes"), static_cast<qint64>(*inspection.freeBytes));
    if (const auto& registered = inspection.publicKeyAuthentication)
        json.insert(QStringLiteral("publicKeyAuthentication"),
            QJsonObject{ { QStringLiteral("total"), registered->total },
                { QStringLiteral("missing"), registered->missing },
                { QStringLiteral("required"), registered->required } });
    return QJsonDocument(json).toJson(QJsonDocument::Indented);
}

} // namespace conclave::card
