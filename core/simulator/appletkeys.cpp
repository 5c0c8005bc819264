// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/applet.h"

#include "core/card/cvc.h"
#include "core/card/tlv.h"
#include "core/simulator/devicechain.h"

#include <openssl/rand.h>

#include <algorithm>
#include <array>

namespace conclave::simulator {

namespace {

constexpr std::uint8_t kDeviceKey = 0x00; ///< its number
constexpr std::size_t kLongestReference = 16;

std::optional<QString> reference(ByteView bytes)
{
    if (bytes.empty() || bytes.size() > kLongestReference)
        return std::nullopt;
    return QString::fromLatin1(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
}

Result<dkek::ClearKey> exported(const CardKey& key)
{
    if (const auto* secret = std::get_if<SecretKey>(&key))
        return secret->clear();
    return std::get<PrivateKey>(key).clearForExport();
}

/// P2 of GENERATE SYMMETRIC KEY (smartcard-hsm.md, 2.9).
std::optional<card::KeyAlgorithm> aesAlgorithmOf(std::uint8_t parameter)
{
    switch (parameter) {
    case 0xB0:
        return card::KeyAlgorithm::Aes128;
    case 0xB1:
        return card::KeyAlgorithm::Aes192;
    case 0xB2:
        return card::KeyAlgorithm::Aes256;
    default:
        return std::nullopt;
    }
}

/// 9000 when GENERATE SYMMETRIC KEY asks for nothing but what a key may do by default: a shorter list, use
/// counters and key domains are not simulated.
std::uint16_t judgeSecretOrder(ByteView data)
{
    constexpr std::uint8_t kMechanisms[] = { 0x10, 0x11, 0x18, 0x99 };
    card::TlvReader reader(data);
    while (!reader.atEnd()) {
        const auto member = reader.next();
        if (!member)
            return sw::kWrongData;
        if (member->tag != 0x91 || !std::ranges::equal(member->value, kMechanisms))
            return member->tag >= 0x90 && member->tag <= 0x93 ? sw::kNotSupported : sw::kWrongData;
    }
    return sw::kOk;
}

} // namespace

/// What GENERATE is to make (smartcard-hsm.md, 2.8).
struct Applet::KeyOrder {
    card::KeyAlgorithm algorithm = card::KeyAlgorithm::EcP256;
    QString authority{}; ///< CAR in the request
    QString holder{}; ///< CHR in the request
};

Result<Applet::KeyOrder> Applet::keyOrder(ByteView data) const
{
    const auto wrong = [] { return fail(ErrorKind::WrongData, QStringLiteral("GENERATE")); };
    KeyOrder order{ .authority = deviceReference(m_state.identity.serial) };
    std::optional<card::KeyAlgorithm> algorithm;
    card::TlvReader reader(data);
    while (!reader.atEnd()) {
        const auto member = reader.next();
        if (!member)
            return wrong();
        switch (member->tag) {
        case 0x5F29: // profile identifier
        case 0x45: // outer CAR: the device's own is used
            break;
        case 0x42:
        case 0x5F20: {
            const auto name = reference(member->value);
            if (!name)
                return wrong();
            (member->tag == 0x42 ? order.authority : order.holder) = *name;
            break;
        }
        case 0x7F49: {
            const auto asked = card::parseKeyTemplate(member->whole);
            if (!asked)
                return fail(asked.error());
            algorithm = *asked;
            break;
        }
        case 0x90: // use counter, list of algorithms, key domain, wrapping key
        case 0x91:
        case 0x92:
        case 0x93:
            return fail(ErrorKind::Unsupported, QStringLiteral("GENERATE"));
        default:
            return wrong();
        }
    }
    if (!algorithm || order.holder.isEmpty())
        return wrong();
    order.algorithm = *algorithm;
    return order;
}

std::uint16_t Applet::mayMakeKey(std::uint8_t number) const
{
    if (!m_userVerified)
        return sw::kNotLoggedIn;
    if (number == kDeviceKey)
        return sw::kWrongParameters;
    if (m_state.keys.contains(number))
        return sw::kExists;
    return m_state.dkek && !m_state.dkek->complete() ? sw::kConditionsNotSatisfied : sw::kOk;
}

std::optional<card::KeyAlgorithm> Applet::toBeGenerated(const Command& command) const
{
    if (!m_selected || command.cla != 0x00 || mayMakeKey(command.p1) != sw::kOk)
        return std::nullopt;
    if (command.ins == card::ins::kGenerateSymmetricKey)
        return aesAlgorithmOf(command.p2);
    if (command.ins != card::ins::kGenerateKeyPair)
        return std::nullopt;
    const auto order = keyOrder(command.data);
    return order ? std::optional(order->algorithm) : std::nullopt;
}

Applet::Response Applet::generate(const Command& command)
{
    if (const std::uint16_t word = mayMakeKey(command.p1); word != sw::kOk)
        return answer(word);
    if (command.p2 != kDeviceKey)
        return answer(sw::kWrongParameters);
    const auto order = keyOrder(command.data);
    if (!order)
        return answer(sw::of(order.error().kind));
    if (!m_state.hasRoomFor(2 * CardState::roomOf(order->algorithm))) // the key, and its request
        return answer(sw::kMemoryFull);

    auto key = PrivateKey::generate(order->algorithm);
    if (!key)
        return answer(sw::kExecutionError);
    const auto request = card::buildCvCertificate({ .authorityReference = order->authority,
                                                      .holderReference = order->holder,
                                                      .publicKey = key->publicKey() },
        [&](ByteView bytes) { return key->signCertificate(bytes); });
    if (!request)
        return answer(sw::kExecutionError);
    auto authenticated = card::buildCvRequest(*request, deviceReference(m_state.identity.serial),
        [&](ByteView bytes) { return m_state.deviceKey.signCertificate(bytes); });
    if (!authenticated)
        return answer(sw::kExecutionError);

    m_state.keys.insert_or_assign(command.p1, std::move(*key));
    Bytes& certificate = m_state.files.open(file::id(file::kKeyCertificate, command.p1));
    certificate = std::move(*authenticated);
    return answer(certificate);
}

Applet::Response Applet::generateSecret(const Command& command)
{
    if (const std::uint16_t word = mayMakeKey(command.p1); word != sw::kOk)
        return answer(word);
    const auto algorithm = aesAlgorithmOf(command.p2);
    if (!algorithm)
        return answer(sw::kWrongParameters);
    if (const std::uint16_t word = judgeSecretOrder(command.data); word != sw::kOk)
        return answer(word);
    if (!m_state.hasRoomFor(CardState::roomOf(*algorithm)))
        return answer(sw::kMemoryFull);
    auto key = SecretKey::generate(*algorithm);
    if (!key)
        return answer(sw::kExecutionError);
    m_state.keys.insert_or_assign(command.p1, std::move(*key));
    return answer(sw::kOk);
}

Applet::Response Applet::wrap(const Command& command)
{
    constexpr std::uint8_t kWrap = 0x92; // P2
    if (command.p2 != kWrap)
        return answer(sw::kWrongParameters);
    if (!m_userVerified)
        return answer(sw::kNotLoggedIn);
    if (!m_state.dkek)
        return answer(sw::kInstructionUnknown);
    if (!m_state.dkek->complete())
        return answer(sw::kReferencedDataNotFound);
    const auto key = m_state.keys.find(command.p1);
    if (key == m_state.keys.end())
        return answer(sw::kNotFound);
    std::array<std::uint8_t, 8> random{};
    const auto clear = exported(key->second);
    if (!clear || RAND_bytes(random.data(), static_cast<int>(random.size())) != 1)
        return answer(sw::kExecutionError);
    const auto blob = dkek::wrapKey(m_state.dkek->key, *clear, random);
    return blob ? answer(*blob) : answer(sw::kExecutionError);
}

Applet::Response Applet::unwrap(const Command& command)
{
    constexpr std::uint8_t kUnwrap = 0x93; // P2
    if (command.p2 != kUnwrap)
        return answer(sw::kWrongParameters);
    if (!m_userVerified)
        return answer(sw::kNotLoggedIn);
    if (!m_state.dkek)
        return answer(sw::kInstructionUnknown);
    if (const std::uint16_t word = mayMakeKey(command.p1); word != sw::kOk)
        return answer(word == sw::kConditionsNotSatisfied ? sw::kReferencedDataNotFound : word);
    // A blob too long for a command lies in a file.
    const Bytes* largeInput = m_state.files.find(file::kLargeInput);
    if (command.data.empty() && !largeInput)
        return answer(sw::kWrongLength);
    const auto clear
        = dkek::unwrapKey(m_state.dkek->key, command.data.empty() ? ByteView(*largeInput) : command.data);
    if (!clear)
        return answer(sw::of(clear.error().kind));
    auto key = cardKeyFromClear(*clear);
    if (!key)
        return answer(sw::of(key.error().kind));
    if (!m_state.hasRoomFor(CardState::roomOf(algorithmOf(*key))))
        return answer(sw::kMemoryFull);
    m_state.keys.insert_or_assign(command.p1, std::move(*key));
    return answer(sw::kOk);
}

Applet::Response Applet::sign(const Command& command)
{
    if (!m_userVerified)
        return answer(sw::kNotLoggedIn);
    const auto key = m_state.keys.find(command.p1);
    if (key == m_state.keys.end())
        return answer(sw::kNotFound);
    const auto mechanism = SignMechanism::of(command.p2);
    const auto* privateKey = std::get_if<PrivateKey>(&key->second);
    if (!mechanism || !privateKey)
        return answer(sw::kNotSupported);
    const auto signature = privateKey->sign(*mechanism, command.data);
    return signature ? answer(*signature) : answer(sw::of(signature.error().kind));
}

Applet::Response Applet::decipher(const Command& command)
{
    constexpr std::uint8_t kRsaRaw = 0x21; // P2
    constexpr std::uint8_t kEcdh = 0x80; // P2
    if (!m_userVerified)
        return answer(sw::kNotLoggedIn);
    const auto key = m_state.keys.find(command.p1);
    if (key == m_state.keys.end())
        return answer(sw::kNotFound);
    const auto* privateKey = std::get_if<PrivateKey>(&key->second);
    if (!privateKey || (command.p2 != kRsaRaw && command.p2 != kEcdh))
        return answer(sw::kNotSupported);
    auto clear = command.p2 == kRsaRaw ? privateKey->decipher(command.data) : privateKey->agree(command.data);
    if (!clear)
        return answer(sw::of(clear.error().kind));
    return { .data = std::move(*clear), .sw = sw::kOk };
}

Applet::Response Applet::cipher(const Command& command)
{
    if (!m_userVerified)
        return answer(sw::kNotLoggedIn);
    const auto key = m_state.keys.find(command.p1);
    if (key == m_state.keys.end())
        return answer(sw::kNotFound);
    const auto* secret = std::get_if<SecretKey>(&key->second);
    if (!secret)
        return answer(sw::kNotSupported);
    auto output = secret->cipher(command.p2, command.data);
    if (!output)
        return answer(sw::of(output.error().kind));
    return { .data = std::move(*output), .sw = sw::kOk };
}

} // namespace conclave::simulator
