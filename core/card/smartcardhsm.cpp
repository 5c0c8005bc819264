// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/smartcardhsm.h"

#include "core/base/codealphabet.h"
#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/card/curves.h"
#include "core/card/cvc.h"
#include "core/card/inputrules.h"
#include "core/card/keycertificate.h"
#include "core/card/pkcs15.h"
#include "core/card/statusword.h"
#include "core/card/tlv.h"
#include "core/dkek/passwordsharing.h"
#include "core/dkek/wrappedkey.h"

#include <algorithm>
#include <array>

namespace conclave::card {

namespace {

constexpr std::uint8_t kProprietary = 0x80; ///< class

constexpr std::uint8_t kUserPin = 0x81;
constexpr std::uint8_t kSoPin = 0x88;
constexpr std::size_t kSoPinBytes = 8;

constexpr std::uint16_t kDeviceCertificates = 0x2F02;
constexpr std::uint16_t kTokenInfo = 0x2F03;
constexpr std::uint16_t kLargeInput = 0x2F10;
constexpr std::uint8_t kKeyFile = 0xCC;
constexpr std::uint8_t kDescriptionFile = 0xC4;
constexpr std::uint8_t kCertificateFile = 0xCE;
constexpr std::uint8_t kDeviceKey = 0x00;
constexpr std::uint8_t kProofKey = 0x01; ///< on an erased device any is free
constexpr int kHolderCharacters = 16; ///< most that a CHR has

constexpr std::uint8_t kMechanismRsaRaw = 0x20;
constexpr std::uint8_t kMechanismEcdsa = 0x70;
constexpr std::uint8_t kMechanismCbcEncrypt = 0x10;
constexpr std::uint8_t kMechanismCbcDecrypt = 0x11;
constexpr std::uint8_t kMechanismCmac = 0x18;
/// What an AES key may do: all that the firmware knows, as is its default.
constexpr std::uint8_t kAesMechanisms[]
    = { kMechanismCbcEncrypt, kMechanismCbcDecrypt, kMechanismCmac, 0x99 };
constexpr std::size_t kAesBlockBytes = 16;
constexpr std::size_t kLongestCipherInput = 60 * kAesBlockBytes;
constexpr std::uint8_t kWrap = 0x92; // P2
constexpr std::uint8_t kUnwrap = 0x93; // P2

constexpr std::size_t kReadBytes = 256; ///< most that a short Le asks for
constexpr std::size_t kLongestFile = 16 * 1024;
constexpr std::size_t kMostRandomBytes = 1024;
/// The whole of a command, header included, that each card and reader of smartcard-hsm.md, 8, takes; the
/// MicroSD card excepted.
constexpr std::size_t kLongestCommand = 1014;
constexpr std::size_t kExtendedHeader = 7; ///< CLA INS P1 P2, 00 and Lc in two bytes
constexpr std::size_t kLongestPiece = kLongestCommand - kExtendedHeader - 8; ///< less 54 02 .. 53 82 ..
constexpr std::size_t kSignatureLe = 512;
constexpr std::size_t kAll = 65536;
constexpr int kMostShareFiles = 8;
constexpr std::size_t kLongestId = 32;
constexpr qsizetype kLongestKeyLabel = 64; ///< keeps the description within one short APDU

/// The names OpenSC gives to requests (smartcard-hsm.md, 2.8): its CAR, and the sequence number after the
/// serial.
constexpr std::uint8_t kRequestAuthority[] = { 'U', 'T', 'C', 'A', '0', '0', '0', '0', '1' };

std::uint16_t fileOf(std::uint8_t prefix, std::uint8_t reference)
{
    return static_cast<std::uint16_t>(prefix << 8 | reference);
}

QString nameOf(std::uint16_t file)
{
    return QStringLiteral("EF %1").arg(file, 4, 16, QLatin1Char('0')).toUpper();
}

CommandApdu onFile(std::uint8_t instruction, std::uint16_t file)
{
    return {
        .ins = instruction, .p1 = static_cast<std::uint8_t>(file >> 8), .p2 = static_cast<std::uint8_t>(file)
    };
}

tl::unexpected<Error> unexpectedAnswer(QString detail)
{
    return fail(ErrorKind::UnexpectedAnswer, std::move(detail));
}

bool isNotFound(const Error& error)
{
    return error.kind == ErrorKind::NotFound;
}

/// The 8 bytes that stand for 16 hex digits, which checkSoPin() has passed.
SecretBytes soPinBytes(ByteView hexDigits)
{
    SecretBytes bytes(kSoPinBytes);
    for (std::size_t i = 0; i < kSoPinBytes; ++i) {
        const int high = hexDigitValue(hexDigits[2 * i]);
        const int low = hexDigitValue(hexDigits[2 * i + 1]);
        bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return bytes;
}

/// A PIN that is on the device already may break our rules for new ones, as after pkcs11-tool --init-token.
/// An empty one would turn VERIFY into a query.
Status checkExistingPin(ByteView pin)
{
    if (pin.size() < 6 || pin.size() > 16)
        return fail(ErrorKind::PinRule);
    return {};
}

std::uint8_t optionsFor(PinUnblocking unblocking)
{
    switch (unblocking) {
    case PinUnblocking::Off:
        return 0x00;
    case PinUnblocking::CounterOnly:
        return 0x21;
    case PinUnblocking::NewPin:
        return 0x01;
    }
    Q_UNREACHABLE();
}

Status check(const Initialisation& settings)
{
    if (const Status pin = checkUserPin(settings.userPin); !pin)
        return pin;
    if (const Status soPin = checkSoPin(settings.soPin); !soPin)
        return soPin;
    if (settings.userPinTries < 1 || settings.userPinTries > mostPinTries(settings.userPin.size()))
        return fail(ErrorKind::PinRule);
    if (settings.shareFiles && (*settings.shareFiles < 0 || *settings.shareFiles > kMostShareFiles))
        return fail(ErrorKind::InvalidScheme);
    return {};
}

SecretBytes initialiseData(const Initialisation& settings)
{
    const std::uint8_t options[] = { 0x00, optionsFor(settings.unblocking) };
    const std::uint8_t tries[] = { static_cast<std::uint8_t>(settings.userPinTries) };
    const auto shareFiles = static_cast<std::uint8_t>(settings.shareFiles.value_or(0));
    return SecretBytes::concatenate({ tlv(0x80, options), tlvHeader(0x81, settings.userPin.size()),
        settings.userPin, tlvHeader(0x82, kSoPinBytes), soPinBytes(settings.soPin), tlv(0x91, tries),
        settings.shareFiles ? tlv(0x92, { &shareFiles, 1 }) : Bytes() });
}

Status check(std::uint8_t reference, const KeyRequest& request)
{
    if (reference == kDeviceKey)
        return fail(ErrorKind::WrongParameters);
    if (request.label.toUtf8().size() > kLongestKeyLabel)
        return fail(ErrorKind::LabelRule);
    if (request.id.empty() || request.id.size() > kLongestId)
        return fail(ErrorKind::WrongData, QStringLiteral("key id"));
    return {};
}

Bytes encodeDescription(std::uint8_t reference, const KeyRequest& request)
{
    return KeyDescription::of(request.algorithm, request.label, request.id, reference).encode();
}

/// Also a leftover description or certificate takes a reference: a new key must not inherit another's.
bool isFree(const std::set<std::uint16_t>& present, std::uint8_t reference)
{
    return std::ranges::none_of(std::array{ kKeyFile, kDescriptionFile, kCertificateFile },
        [&](std::uint8_t prefix) { return present.contains(fileOf(prefix, reference)); });
}

/// EMSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 9.2).
Bytes paddedForRsa(const Sha256Digest& digest, std::size_t size)
{
    constexpr std::uint8_t kDigestInfo[] = { 0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65,
        0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20 };
    Bytes block(size, 0xFF);
    block[0] = 0x00;
    block[1] = 0x01;
    auto to = block.end() - static_cast<std::ptrdiff_t>(std::size(kDigestInfo) + digest.size());
    *(to - 1) = 0x00;
    to = std::ranges::copy(kDigestInfo, to).out;
    std::ranges::copy(digest, to);
    return block;
}

/// P2 of GENERATE SYMMETRIC KEY (smartcard-hsm.md, 2.9).
std::uint8_t sizeParameter(KeyAlgorithm algorithm)
{
    constexpr int kSmallest = 128;
    constexpr int kStep = 64;
    return static_cast<std::uint8_t>(0xB0 + (keyBits(algorithm) - kSmallest) / kStep);
}

} // namespace

std::optional<KeyAlgorithm> KeyEntry::algorithm() const
{
    return publicKey ? publicKey->algorithm : aesAlgorithm(aesBits);
}

SmartCardHsm::SmartCardHsm(CardChannel& channel)
    : m_channel(channel)
{
}

Result<ResponseApdu> SmartCardHsm::transmit(const CommandApdu& command)
{
    auto response = m_channel.transmit(command.encode());
    if (!response) {
        m_applet.reset();
        m_serial.reset();
        m_certificates = {};
        m_dkek.reset();
        return fail(response.error());
    }
    return ResponseApdu::split(std::move(*response));
}

Status SmartCardHsm::select()
{
    m_applet.reset();
    const auto response
        = transmit({ .ins = ins::kSelect, .p1 = 0x04, .p2 = 0x00, .data = kAppletId, .le = kReadBytes });
    if (!response)
        return fail(response.error());
    const auto other = [&] {
        return fail(
            { .kind = ErrorKind::NotSmartCardHsm, .code = response->sw, .detail = QStringLiteral("SELECT") });
    };
    if (!response->ok())
        return other();

    // Tag 85: version alone, or option word, applet type and version (smartcard-hsm.md, 1.4).
    const auto control = TlvReader(response->data).next();
    if (!control || (control->tag != 0x6F && control->tag != 0x62))
        return other();
    const auto proprietary = TlvReader(control->value).find(0x85);
    if (!proprietary || proprietary->value.size() < 2)
        return other();
    const ByteView value = proprietary->value;
    const std::size_t size = value.size();
    m_applet = Applet{ .versionMajor = value[size - 2],
        .versionMinor = value[size - 1],
        .options = size >= 4 ? value[size - 4] : std::uint8_t{ 0 } };
    return {};
}

Status SmartCardHsm::ensureSelected()
{
    return m_applet ? Status() : select();
}

Result<SecretBytes> SmartCardHsm::run(const CommandApdu& command)
{
    if (const Status selected = ensureSelected(); !selected)
        return fail(selected.error());
    auto response = transmit(command);
    if (!response)
        return fail(response.error());
    if (!response->ok())
        return fail(errorFromStatusWord(command.ins, response->sw));
    return std::move(response->data);
}

Result<DeviceStatus> SmartCardHsm::status()
{
    if (const Status selected = ensureSelected(); !selected)
        return fail(selected.error());
    const auto number = serial();
    if (!number)
        return fail(number.error());
    DeviceStatus status{ .serial = *number,
        .versionMajor = m_applet->versionMajor,
        .versionMinor = m_applet->versionMinor,
        .options = m_applet->options };

    const auto soPin = soPinStatus();
    if (!soPin)
        return fail(soPin.error());
    status.soPin = *soPin;
    if (soPin->state == PinStatus::State::NotSet) {
        status.userPin.state = PinStatus::State::NotSet;
    } else {
        const auto userPin = userPinStatus();
        if (!userPin)
            return fail(userPin.error());
        status.userPin = *userPin;
    }
    // Firmware before 2.0 tells the SO-PIN's state only through the user PIN's (smartcard-hsm.md, 1.5).
    if (status.soPin.state == PinStatus::State::Unknown && status.userPin.state == PinStatus::State::NotSet)
        status.soPin.state = PinStatus::State::NotSet;

    const auto dkek = dkekStatus();
    if (!dkek)
        return fail(dkek.error());
    status.dkek = *dkek;

    const auto tokenInfo = readFirstObject(kTokenInfo);
    if (tokenInfo)
        status.label = parseTokenInfo(*tokenInfo).value_or(QString()); // any program may have written it
    else if (!isNotFound(tokenInfo.error()) && tokenInfo.error().kind != ErrorKind::UnexpectedAnswer)
        return fail(tokenInfo.error());
    return status;
}

Result<QString> SmartCardHsm::serial()
{
    if (m_serial)
        return *m_serial;
    const auto object = readFirstObject(kDeviceCertificates, m_certificates);
    if (!object)
        return fail(object.error());
    const auto certificate = CvCertificate::parse(*object);
    if (!certificate || certificate->holderWithoutSequence().isEmpty())
        return unexpectedAnswer(QStringLiteral("EF 2F02"));
    m_serial = certificate->holderWithoutSequence();
    return *m_serial;
}

Result<Bytes> SmartCardHsm::deviceCertificates()
{
    while (!m_certificates.whole) {
        if (const Status read = readOn(kDeviceCertificates, m_certificates); !read)
            return fail(read.error());
    }
    return m_certificates.bytes;
}

PinStatus SmartCardHsm::parsePinStatus(std::uint16_t sw) const
{
    if (sw == kStatusOk)
        return PinStatus{ .state = PinStatus::State::Verified };
    const Error error = errorFromStatusWord(ins::kVerify, sw);
    switch (error.kind) {
    case ErrorKind::WrongPin:
        if (error.triesLeft == 0)
            return PinStatus{ .state = PinStatus::State::Blocked };
        return PinStatus{ .state = PinStatus::State::Ready, .triesLeft = error.triesLeft };
    case ErrorKind::PinBlocked:
        return PinStatus{ .state = PinStatus::State::Blocked };
    case ErrorKind::PinNotSet:
        return PinStatus{ .state = PinStatus::State::NotSet };
    case ErrorKind::TransportPinActive: // firmware before 2.0 means "not initialised" with it
        return PinStatus{ .state
            = m_applet->versionMajor >= 2 ? PinStatus::State::TransportPin : PinStatus::State::NotSet };
    default: // public key authentication, for one
        return PinStatus{ .state = PinStatus::State::Unknown };
    }
}

Result<PinStatus> SmartCardHsm::pinStatus(std::uint8_t pinReference)
{
    if (const Status selected = ensureSelected(); !selected)
        return fail(selected.error());
    const auto response = transmit({ .ins = ins::kVerify, .p1 = 0x00, .p2 = pinReference });
    if (!response)
        return fail(response.error());
    return parsePinStatus(response->sw);
}

Result<PinStatus> SmartCardHsm::userPinStatus()
{
    return pinStatus(kUserPin);
}

Result<PinStatus> SmartCardHsm::soPinStatus()
{
    if (const Status selected = ensureSelected(); !selected)
        return fail(selected.error());
    if (m_applet->versionMajor < 2)
        return PinStatus{ .state = PinStatus::State::Unknown };
    return pinStatus(kSoPin);
}

Result<DkekStatus> SmartCardHsm::readDkekAnswer(ByteView answer)
{
    constexpr std::size_t kCounts = 2;
    dkek::CheckValue kcv{};
    if (answer.size() < kCounts + kcv.size() || answer[1] > answer[0])
        return unexpectedAnswer(QStringLiteral("MANAGE KEY DOMAIN"));
    DkekStatus status{ .total = answer[0], .outstanding = answer[1] };
    std::ranges::copy(answer.subspan(kCounts, kcv.size()), kcv.begin());
    const bool shown = std::ranges::any_of(kcv, [](std::uint8_t byte) { return byte != 0; });
    if (shown && status.outstanding == 0)
        status.kcv = kcv;
    m_dkek = status;
    return status;
}

Result<std::optional<DkekStatus>> SmartCardHsm::dkekStatus()
{
    m_dkek.reset();
    const auto answer = run({ .cla = kProprietary, .ins = ins::kManageDkek, .le = kReadBytes });
    if (!answer) {
        if (answer.error().kind == ErrorKind::DkekNotConfigured)
            return std::optional<DkekStatus>();
        return fail(answer.error());
    }
    return readDkekAnswer(*answer).map([](const DkekStatus& status) { return std::optional(status); });
}

Result<std::optional<std::uint32_t>> SmartCardHsm::freeMemory()
{
    if (const Status selected = ensureSelected(); !selected)
        return fail(selected.error());
    if (m_applet->versionMajor < 2 || (m_applet->versionMajor == 2 && m_applet->versionMinor < 4))
        return std::nullopt;
    const auto response = transmit({ .cla = kProprietary, .ins = ins::kInitializeDevice, .le = kReadBytes });
    if (!response)
        return fail(response.error());
    constexpr std::size_t kSize = 7; // free memory in four bytes, 00, version
    if (!response->ok() || response->data.size() != kSize)
        return std::nullopt;
    std::uint32_t bytes = 0;
    for (const std::uint8_t byte : response->data.view().first(4))
        bytes = bytes << 8 | byte;
    return bytes;
}

Result<std::optional<PublicKeyAuthentication>> SmartCardHsm::publicKeyAuthentication()
{
    if (const Status selected = ensureSelected(); !selected)
        return fail(selected.error());
    constexpr std::size_t kSize = 4;
    const auto response
        = transmit({ .cla = kProprietary, .ins = ins::kPublicKeyAuthentication, .le = kSize });
    if (!response)
        return fail(response.error());
    if (!response->ok() || response->data.size() != kSize) // each firmware says in its own way that it is not
        return std::nullopt;
    const ByteView counts = response->data;
    return PublicKeyAuthentication{ .total = counts[0], .missing = counts[1], .required = counts[2] };
}

Result<SecretBytes> SmartCardHsm::random(std::size_t size)
{
    if (size < 1 || size > kMostRandomBytes)
        return fail(ErrorKind::WrongLength, QStringLiteral("GENERATE RANDOM"));
    auto bytes = run({ .ins = ins::kGenerateRandom, .le = size });
    if (bytes && bytes->size() != size)
        return unexpectedAnswer(QStringLiteral("GENERATE RANDOM"));
    return bytes;
}

Status SmartCardHsm::initialise(const Initialisation& settings)
{
    if (const Status checked = checkLabel(settings.label); !checked)
        return checked;
    if (const Status erased = erase(settings); !erased)
        return erased;
    return finishInitialisation(settings);
}

Status SmartCardHsm::erase(const Initialisation& settings)
{
    if (const Status checked = check(settings); !checked)
        return checked;
    const SecretBytes data = initialiseData(settings);
    m_dkek.reset();
    return run({ .cla = kProprietary, .ins = ins::kInitializeDevice, .data = data })
        .map([](const SecretBytes&) {});
}

Status SmartCardHsm::finishInitialisation(const Initialisation& settings)
{
    const Status labelled = writeLabel(settings.userPin, settings.label);
    if (labelled)
        return select(); // logs out, and tells the new options
    if (m_applet) // not when the channel itself failed
        (void)select();
    return labelled;
}

Status SmartCardHsm::writeLabel(ByteView userPin, const QString& label)
{
    if (const Status verified = verifyUserPin(userPin); !verified)
        return verified;
    return writeFile(kTokenInfo, encodeTokenInfo(label));
}

Result<DkekStatus> SmartCardHsm::importShareFile(ByteView share)
{
    if (share.size() != dkek::kDkekBytes)
        return fail(ErrorKind::WrongLength, QStringLiteral("MANAGE KEY DOMAIN"));
    if (!m_dkek || m_dkek->outstanding == 0) { // before refusing, ask: another program may have been here
        const auto known = dkekStatus();
        if (!known)
            return fail(known.error());
        if (!*known)
            return fail(ErrorKind::DkekNotConfigured);
    }
    const DkekStatus before = *m_dkek;
    if (before.outstanding == 0)
        return fail(ErrorKind::ShareFileNotExpected);

    m_dkek.reset(); // unknown until the answer is here
    const auto answer
        = run({ .cla = kProprietary, .ins = ins::kManageDkek, .data = share, .le = kReadBytes });
    if (!answer)
        return fail(answer.error());
    const auto after = readDkekAnswer(*answer);
    if (after && (after->total != before.total || after->outstanding != before.outstanding - 1))
        return fail(ErrorKind::ShareFileNotCounted);
    return after;
}

Status SmartCardHsm::verifyUserPin(ByteView pin)
{
    if (const Status checked = checkExistingPin(pin); !checked)
        return checked;
    return run({ .ins = ins::kVerify, .p2 = kUserPin, .data = pin }).map([](const SecretBytes&) {});
}

Status SmartCardHsm::changeUserPin(ByteView oldPin, ByteView newPin)
{
    if (const Status checked = checkExistingPin(oldPin); !checked)
        return checked;
    if (const Status checked = checkUserPin(newPin); !checked)
        return checked;
    const SecretBytes both = SecretBytes::concatenate({ oldPin, newPin });
    return run({ .ins = ins::kChangeReferenceData, .p2 = kUserPin, .data = both })
        .map([](const SecretBytes&) {});
}

Status SmartCardHsm::changeSoPin(ByteView oldHexDigits, ByteView newHexDigits)
{
    for (const ByteView digits : { oldHexDigits, newHexDigits }) {
        if (const Status checked = checkSoPin(digits); !checked)
            return checked;
    }
    const SecretBytes both = SecretBytes::concatenate({ soPinBytes(oldHexDigits), soPinBytes(newHexDigits) });
    return run({ .ins = ins::kChangeReferenceData, .p2 = kSoPin, .data = both }).map([](const SecretBytes&) {
    });
}

Status SmartCardHsm::unblockUserPin(ByteView soPinHexDigits, std::optional<ByteView> newPin)
{
    if (const Status checked = checkSoPin(soPinHexDigits); !checked)
        return checked;
    if (newPin) {
        if (const Status checked = checkUserPin(*newPin); !checked)
            return checked;
    }
    const std::uint8_t counterOnly = newPin ? 0x00 : 0x01;
    const SecretBytes data
        = SecretBytes::concatenate({ soPinBytes(soPinHexDigits), newPin.value_or(ByteView()) });
    return run({ .ins = ins::kResetRetryCounter, .p1 = counterOnly, .p2 = kUserPin, .data = data })
        .map([](const SecretBytes&) {});
}

Status SmartCardHsm::readOn(std::uint16_t file, Content& content)
{
    if (const Status selected = ensureSelected(); !selected)
        return fail(selected.error());
    if (content.bytes.size() >= kLongestFile)
        return unexpectedAnswer(nameOf(file));
    const std::uint8_t offset[] = { static_cast<std::uint8_t>(content.bytes.size() >> 8),
        static_cast<std::uint8_t>(content.bytes.size()) };
    const Bytes where = tlv(0x54, offset);
    CommandApdu read = onFile(ins::kReadBinary, file);
    read.data = where;
    read.le = kReadBytes;
    const auto response = transmit(read);
    if (!response)
        return fail(response.error());
    if (!response->ok() && response->sw != kStatusEndOfFile) {
        const Error error = errorFromStatusWord(ins::kReadBinary, response->sw);
        // What some firmware says at the end of a file that fills its last piece (smartcard-hsm.md, 2.15).
        content.whole = error.kind == ErrorKind::WrongParameters && !content.bytes.empty();
        return content.whole ? Status() : fail(error);
    }
    const ByteView more = response->data;
    if (more.size() > kReadBytes)
        return unexpectedAnswer(nameOf(file));
    content.bytes.insert(content.bytes.end(), more.begin(), more.end());
    // Not every firmware marks the last block with 6282; a block shorter than asked for is one.
    content.whole = response->sw == kStatusEndOfFile || more.size() < kReadBytes;
    return {};
}

Result<Bytes> SmartCardHsm::readFirstObject(std::uint16_t file, Content& content)
{
    for (;;) {
        if (const auto object = TlvReader(content.bytes).next())
            return toBytes(object->whole);
        if (content.whole)
            return unexpectedAnswer(nameOf(file));
        if (const Status read = readOn(file, content); !read)
            return fail(read.error());
    }
}

Result<Bytes> SmartCardHsm::readFirstObject(std::uint16_t file)
{
    Content content;
    return readFirstObject(file, content);
}

Status SmartCardHsm::writeFile(std::uint16_t file, ByteView content)
{
    std::size_t written = 0;
    do {
        const std::uint8_t offset[]
            = { static_cast<std::uint8_t>(written >> 8), static_cast<std::uint8_t>(written) };
        const ByteView piece = content.subspan(written, std::min(content.size() - written, kLongestPiece));
        const Bytes where = tlv(0x54, offset);
        const Bytes data = tlv(0x53, piece);
        const SecretBytes both = SecretBytes::concatenate({ where, data });
        CommandApdu update = onFile(ins::kUpdateBinary, file);
        update.data = both;
        if (const auto done = run(update); !done)
            return fail(done.error());
        written += piece.size();
    } while (written < content.size());
    return {};
}

Status SmartCardHsm::deleteFile(std::uint16_t file)
{
    const std::uint8_t name[] = { static_cast<std::uint8_t>(file >> 8), static_cast<std::uint8_t>(file) };
    return run({ .ins = ins::kDeleteFile, .p1 = 0x02, .data = name }).map([](const SecretBytes&) {});
}

Result<std::set<std::uint16_t>> SmartCardHsm::files()
{
    const auto list
        = run({ .cla = kProprietary, .ins = ins::kEnumerateObjects, .le = kAll, .extended = true });
    if (!list)
        return fail(list.error());
    if (list->size() % 2 != 0)
        return unexpectedAnswer(QStringLiteral("ENUMERATE OBJECTS"));
    std::set<std::uint16_t> all;
    for (std::size_t i = 0; i < list->size(); i += 2)
        all.insert(fileOf((*list)[i], (*list)[i + 1]));
    return all;
}

Result<std::vector<KeyEntry>> SmartCardHsm::keys()
{
    const auto present = files();
    if (!present)
        return fail(present.error());
    std::vector<KeyEntry> entries;
    for (int number = 1; number <= 0xFF; ++number) {
        const auto reference = static_cast<std::uint8_t>(number);
        if (!present->contains(fileOf(kKeyFile, reference)))
            continue;
        KeyEntry entry{ .reference = reference };

        // Descriptions and certificates may be anybody's: what does not parse leaves its fields empty.
        for (const std::uint8_t prefix : { kDescriptionFile, kCertificateFile }) {
            if (!present->contains(fileOf(prefix, reference)))
                continue;
            const auto object = readFirstObject(fileOf(prefix, reference));
            if (!object) {
                if (isNotFound(object.error()) || object.error().kind == ErrorKind::UnexpectedAnswer)
                    continue;
                return fail(object.error());
            }
            if (prefix == kCertificateFile) {
                if (auto key = publicKeyOfCertificate(*object))
                    entry.publicKey = std::move(*key);
                entry.certificate = *object;
            } else if (const auto description = KeyDescription::parse(*object)) {
                entry.label = description->label;
                entry.id = description->id;
                entry.usage = description->usage;
                if (description->type == KeyDescription::Type::Aes && aesAlgorithm(description->bits))
                    entry.aesBits = description->bits;
            }
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<std::uint8_t> SmartCardHsm::freeKeyReference()
{
    const auto present = files();
    if (!present)
        return fail(present.error());
    for (int number = 1; number <= 0xFF; ++number) {
        const auto reference = static_cast<std::uint8_t>(number);
        if (isFree(*present, reference))
            return reference;
    }
    return fail(ErrorKind::NoFreeKeyReference);
}

Result<GeneratedKey> SmartCardHsm::generate(
    std::uint8_t reference, KeyAlgorithm algorithm, const QString& holder)
{
    const QByteArray name = holder.toLatin1();
    constexpr std::uint8_t kProfile[] = { 0x00 };
    Bytes data;
    for (const Bytes& part : { tlv(0x5F29, kProfile), tlv(0x42, kRequestAuthority),
             encodeKeyTemplate(algorithm), tlv(0x5F20, Bytes(name.begin(), name.end())) })
        data.insert(data.end(), part.begin(), part.end());

    const auto answer
        = run({ .ins = ins::kGenerateKeyPair, .p1 = reference, .data = data, .le = kAll, .extended = true });
    if (!answer)
        return fail(answer.error());
    auto made = CvRequest::parse(*answer);
    if (!made || made->request.publicKey.algorithm != algorithm)
        return unexpectedAnswer(QStringLiteral("GENERATE ASYMMETRIC KEY PAIR"));
    return GeneratedKey{ .publicKey = std::move(made->request.publicKey), .request = toBytes(*answer) };
}

Status SmartCardHsm::checkFree(std::uint8_t reference, const KeyRequest& request)
{
    if (const Status checked = check(reference, request); !checked)
        return checked;
    const auto present = files();
    if (!present)
        return fail(present.error());
    return isFree(*present, reference) ? Status() : fail(ErrorKind::AlreadyExists);
}

Result<GeneratedKey> SmartCardHsm::generateKey(std::uint8_t reference, const KeyRequest& request)
{
    if (const Status free = checkFree(reference, request); !free)
        return fail(free.error());
    if (isAes(request.algorithm))
        return fail(ErrorKind::Unsupported);
    const auto number = serial();
    if (!number)
        return fail(number.error());

    auto made = generate(reference, request.algorithm, *number + QStringLiteral("00001"));
    if (!made)
        return made;
    // The reference was free, so there is no description yet.
    const Status described
        = writeFile(fileOf(kDescriptionFile, reference), encodeDescription(reference, request));
    if (!described)
        return fail(described.error());
    return made;
}

Status SmartCardHsm::generateSecretKey(std::uint8_t reference, const KeyRequest& request)
{
    if (const Status free = checkFree(reference, request); !free)
        return free;
    if (!isAes(request.algorithm))
        return fail(ErrorKind::Unsupported);
    const Bytes mechanisms = tlv(0x91, kAesMechanisms);
    const auto made = run({ .ins = ins::kGenerateSymmetricKey,
        .p1 = reference,
        .p2 = sizeParameter(request.algorithm),
        .data = mechanisms });
    if (!made)
        return fail(made.error());
    return describeKey(reference, request); // some firmware describes a new key by itself
}

Result<DeviceTrust> SmartCardHsm::proveDeviceKey(const QDate& today)
{
    const auto certificates = deviceCertificates();
    if (!certificates)
        return fail(certificates.error());
    const auto random = dkek::opensslRandom()(kHolderCharacters);
    if (!random)
        return fail(random.error());
    const QString holder = encodePublicCode(sha256(*random), kHolderCharacters);

    const auto made = generate(kProofKey, KeyAlgorithm::EcP256, holder);
    if (!made)
        return fail(made.error());
    for (const std::uint8_t prefix : { kKeyFile, kCertificateFile }) {
        if (const Status deleted = deleteFile(fileOf(prefix, kProofKey));
            !deleted && !isNotFound(deleted.error()))
            return fail(deleted.error());
    }
    return withProof(judgeChain(*certificates, today), made->request, holder);
}

Result<PublicKey> SmartCardHsm::readPublicKey(std::uint8_t reference)
{
    const auto object = readFirstObject(fileOf(kCertificateFile, reference));
    if (!object)
        return fail(object.error());
    auto key = publicKeyOfCertificate(*object);
    if (!key)
        return unexpectedAnswer(QStringLiteral("EF CE%1").arg(reference, 2, 16, QLatin1Char('0')));
    return key;
}

Status SmartCardHsm::describeKey(std::uint8_t reference, const KeyRequest& request)
{
    if (const Status checked = check(reference, request); !checked)
        return checked;
    const std::uint16_t file = fileOf(kDescriptionFile, reference);
    if (const Status deleted = deleteFile(file); !deleted && !isNotFound(deleted.error()))
        return deleted;
    return writeFile(file, encodeDescription(reference, request));
}

Result<Bytes> SmartCardHsm::sign(std::uint8_t reference, std::uint8_t mechanism, ByteView input)
{
    return run({ .cla = kProprietary,
                   .ins = ins::kSign,
                   .p1 = reference,
                   .p2 = mechanism,
                   .data = input,
                   .le = kSignatureLe,
                   .extended = true })
        .map([](const SecretBytes& signature) { return toBytes(signature); });
}

Result<Bytes> SmartCardHsm::signSha256(std::uint8_t reference, KeyAlgorithm algorithm, ByteView message)
{
    const Sha256Digest digest = sha256(message);
    const QString name = QStringLiteral("SIGN");
    if (isRsa(algorithm)) {
        const auto size = static_cast<std::size_t>(keyBits(algorithm) / 8);
        auto signature = sign(reference, kMechanismRsaRaw, paddedForRsa(digest, size));
        if (signature && signature->size() != size)
            return unexpectedAnswer(name);
        return signature;
    }
    const auto signature = sign(reference, kMechanismEcdsa, digest);
    if (!signature)
        return fail(signature.error());
    // Real cards put superfluous zeros into the integers, which strict verifiers refuse.
    const auto raw = rawFromDerSignature(*signature, curveOf(algorithm)->order.size());
    if (!raw)
        return unexpectedAnswer(name);
    return derFromRawSignature(*raw);
}

Result<SecretBytes> SmartCardHsm::cipher(std::uint8_t reference, std::uint8_t mechanism, ByteView input)
{
    const bool whole = mechanism == kMechanismCmac || (!input.empty() && input.size() % kAesBlockBytes == 0);
    if (!whole || input.size() > kLongestCipherInput)
        return fail(ErrorKind::WrongLength);
    auto output = run({ .cla = kProprietary,
        .ins = ins::kSymmetricCipher,
        .p1 = reference,
        .p2 = mechanism,
        .data = input,
        .le = kLongestCipherInput,
        .extended = true });
    if (output && output->size() != (mechanism == kMechanismCmac ? kAesBlockBytes : input.size()))
        return unexpectedAnswer(QStringLiteral("SYMMETRIC CIPHER"));
    return output;
}

Result<SecretBytes> SmartCardHsm::encryptBlocks(std::uint8_t reference, ByteView blocks)
{
    return cipher(reference, kMechanismCbcEncrypt, blocks);
}

Result<SecretBytes> SmartCardHsm::decryptBlocks(std::uint8_t reference, ByteView blocks)
{
    return cipher(reference, kMechanismCbcDecrypt, blocks);
}

Result<Bytes> SmartCardHsm::cmac(std::uint8_t reference, ByteView message)
{
    return cipher(reference, kMechanismCmac, message).map([](const SecretBytes& tag) {
        return toBytes(tag);
    });
}

Status SmartCardHsm::deleteKey(std::uint8_t reference)
{
    if (reference == kDeviceKey)
        return fail(ErrorKind::WrongParameters);
    const Status key = deleteFile(fileOf(kKeyFile, reference));
    if (!key && !isNotFound(key.error()))
        return key;
    // Also when the key itself is gone: an earlier deletion may have been cut short.
    for (const std::uint8_t prefix : { kDescriptionFile, kCertificateFile }) {
        if (const Status deleted = deleteFile(fileOf(prefix, reference));
            !deleted && !isNotFound(deleted.error()))
            return deleted;
    }
    return key;
}

Result<Bytes> SmartCardHsm::wrapKey(std::uint8_t reference)
{
    if (reference == kDeviceKey)
        return fail(ErrorKind::WrongParameters);
    const auto blob = run({ .cla = kProprietary,
        .ins = ins::kWrapKey,
        .p1 = reference,
        .p2 = kWrap,
        .le = kAll,
        .extended = true });
    if (!blob)
        return fail(blob.error());
    if (!dkek::inspectWrappedKey(*blob))
        return unexpectedAnswer(QStringLiteral("WRAP KEY"));
    return toBytes(*blob);
}

Status SmartCardHsm::unwrap(std::uint8_t reference, ByteView data)
{
    return run({ .cla = kProprietary,
                   .ins = ins::kUnwrapKey,
                   .p1 = reference,
                   .p2 = kUnwrap,
                   .data = data,
                   .extended = true })
        .map([](const SecretBytes&) {});
}

Status SmartCardHsm::unwrapKey(std::uint8_t reference, ByteView blob)
{
    if (reference == kDeviceKey)
        return fail(ErrorKind::WrongParameters);
    if (blob.empty() || blob.size() > dkek::kLargestWrappedKey)
        return fail(ErrorKind::NotAWrappedKey);
    const auto present = files();
    if (!present)
        return fail(present.error());
    if (present->contains(fileOf(kKeyFile, reference)))
        return fail(ErrorKind::AlreadyExists);
    if (kExtendedHeader + blob.size() <= kLongestCommand)
        return unwrap(reference, blob);

    // Another program may have left something there.
    if (const Status cleared = deleteFile(kLargeInput); !cleared && !isNotFound(cleared.error()))
        return cleared;
    if (const Status written = writeFile(kLargeInput, blob); !written)
        return written;
    const Status unwrapped = unwrap(reference, ByteView());
    // What cannot be cleared is a ciphertext, and does not undo the key.
    if (m_applet)
        (void)deleteFile(kLargeInput);
    return unwrapped;
}

Result<KeyFiles> SmartCardHsm::keyFiles(std::uint8_t reference)
{
    KeyFiles files;
    for (const auto& [prefix, part] : { std::pair(kDescriptionFile, &files.description),
             std::pair(kCertificateFile, &files.certificate) }) {
        auto object = readFirstObject(fileOf(prefix, reference));
        if (object)
            *part = std::move(*object);
        else if (!isNotFound(object.error()) && object.error().kind != ErrorKind::UnexpectedAnswer)
            return fail(object.error());
    }
    return files;
}

Status SmartCardHsm::writeKeyFiles(std::uint8_t reference, const KeyFiles& files)
{
    if (reference == kDeviceKey)
        return fail(ErrorKind::WrongParameters);
    for (const auto& [prefix, part] : { std::pair(kDescriptionFile, &files.description),
             std::pair(kCertificateFile, &files.certificate) }) {
        const std::uint16_t file = fileOf(prefix, reference);
        if (const Status deleted = deleteFile(file); !deleted && !isNotFound(deleted.error()))
            return deleted;
        if (part->empty())
            continue;
        if (const Status written = writeFile(file, *part); !written)
            return written;
    }
    return {};
}

Result<std::vector<std::uint8_t>> SmartCardHsm::referencesWithoutKey()
{
    const auto present = files();
    if (!present)
        return fail(present.error());
    std::vector<std::uint8_t> references;
    for (int number = 1; number <= 0xFF; ++number) {
        const auto reference = static_cast<std::uint8_t>(number);
        if (!present->contains(fileOf(kKeyFile, reference)) && !isFree(*present, reference))
            references.push_back(reference);
    }
    return references;
}

} // namespace conclave::card
