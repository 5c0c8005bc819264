// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/pkcs15.h"

#include "core/card/tlv.h"

#include <bit>

namespace conclave::card {

namespace {

constexpr std::uint32_t kSequence = 0x30;
constexpr std::uint32_t kInteger = 0x02;
constexpr std::uint32_t kBitString = 0x03;
constexpr std::uint32_t kOctetString = 0x04;
constexpr std::uint32_t kUtf8String = 0x0C;
constexpr std::uint32_t kRsaKey = kSequence;
constexpr std::uint32_t kEcKey = 0xA0;
constexpr std::uint32_t kSecretKey = 0xA8;
constexpr std::uint32_t kSubclassAttributes = 0xA0;
constexpr std::uint32_t kTypeAttributes = 0xA1;
constexpr std::uint32_t kTokenLabel = 0x80;

constexpr std::uint8_t kPrivateModifiable[] = { 0x06, 0xC0 };
constexpr std::uint8_t kUserPinId[] = { 0x01 };
constexpr std::uint8_t kTokenInfoVersion[] = { 0x00 };
constexpr std::uint8_t kHasRandomGenerator[] = { 0x05, 0x20 };

tl::unexpected<Error> malformed()
{
    return fail(ErrorKind::Malformed, QStringLiteral("PKCS#15 description"));
}

Bytes utf8(const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    return Bytes(bytes.begin(), bytes.end());
}

QString fromUtf8(ByteView bytes)
{
    return QString::fromUtf8(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
}

Bytes integer(unsigned value)
{
    Bytes bytes;
    do {
        bytes.insert(bytes.begin(), static_cast<std::uint8_t>(value));
        value >>= 8;
    } while (value != 0);
    if ((bytes.front() & 0x80) != 0)
        bytes.insert(bytes.begin(), 0x00);
    return tlv(kInteger, bytes);
}

/// Taken as unsigned, as some writers leave the leading zero out.
std::optional<std::uint32_t> unsignedInteger(ByteView value)
{
    while (value.size() > 1 && value.front() == 0)
        value = value.subspan(1);
    if (value.empty() || value.size() > 3)
        return std::nullopt;
    std::uint32_t number = 0;
    for (const std::uint8_t byte : value)
        number = number << 8 | byte;
    return number;
}

Bytes usageBits(std::uint16_t usage)
{
    if (usage == 0)
        return tlv(kBitString, Bytes{ 0x00 });
    const auto trailingZeros = static_cast<unsigned>(std::countr_zero(usage));
    Bytes bits{ static_cast<std::uint8_t>(trailingZeros % 8), static_cast<std::uint8_t>(usage >> 8) };
    if (trailingZeros < 8)
        bits.push_back(static_cast<std::uint8_t>(usage));
    return tlv(kBitString, bits);
}

std::uint16_t readUsage(ByteView bitString)
{
    std::uint16_t usage = 0;
    if (bitString.size() > 1)
        usage = static_cast<std::uint16_t>(bitString[1] << 8);
    if (bitString.size() > 2)
        usage = static_cast<std::uint16_t>(usage | bitString[2]);
    return usage;
}

Status readCommonObjectAttributes(ByteView value, KeyDescription& key)
{
    TlvReader reader(value);
    while (!reader.atEnd()) {
        const auto object = reader.next();
        if (!object)
            return malformed();
        if (object->tag == kUtf8String)
            key.label = fromUtf8(object->value);
    }
    return {};
}

Status readCommonKeyAttributes(ByteView value, KeyDescription& key)
{
    TlvReader reader(value);
    const auto id = reader.expect(kOctetString);
    if (!id)
        return malformed();
    key.id = toBytes(id->value);
    bool usageRead = false; // a second bit string is accessFlags
    while (!reader.atEnd()) {
        const auto object = reader.next();
        if (!object)
            return malformed();
        if (object->tag == kBitString && !usageRead) {
            key.usage = readUsage(object->value);
            usageRead = true;
        } else if (object->tag == kInteger) {
            const auto number = unsignedInteger(object->value);
            if (!number || *number > 0xFF)
                return malformed();
            key.keyReference = static_cast<std::uint8_t>(*number);
        }
    }
    return {};
}

/// A sequence with the size in bits as its last integer: A1 of PRKD, A0 of SKD.
Status readSize(ByteView attributes, KeyDescription& key)
{
    TlvReader outer(attributes);
    const auto sequence = outer.expect(kSequence);
    if (!sequence)
        return malformed();
    TlvReader reader(sequence->value);
    while (!reader.atEnd()) {
        const auto object = reader.next();
        if (!object)
            return malformed();
        if (object->tag != kInteger)
            continue;
        const auto number = unsignedInteger(object->value);
        if (!number)
            return malformed();
        key.bits = static_cast<int>(*number);
    }
    return {};
}

} // namespace

KeyDescription KeyDescription::of(KeyAlgorithm algorithm, QString label, Bytes id, std::uint8_t keyReference)
{
    if (isAes(algorithm))
        return { .type = Type::Aes,
            .label = std::move(label),
            .id = std::move(id),
            .usage = kAesUsage,
            .keyReference = std::nullopt,
            .bits = keyBits(algorithm) };
    return { .type = isRsa(algorithm) ? Type::Rsa : Type::Ec,
        .label = std::move(label),
        .id = std::move(id),
        .usage = isRsa(algorithm) ? kRsaUsage : kEcUsage,
        .keyReference = keyReference,
        .bits = keyBits(algorithm) };
}

Bytes KeyDescription::encode() const
{
    const Bytes name = label.isEmpty() ? Bytes() : tlv(kUtf8String, utf8(label));
    if (type == Type::Aes) {
        const std::uint8_t uses[]
            = { 0x06, static_cast<std::uint8_t>(usage >> 8), static_cast<std::uint8_t>(usage) };
        return tlv(kSecretKey,
            { tlv(kSequence, name), tlv(kSequence, { tlv(kOctetString, id), tlv(kBitString, uses) }),
                tlv(kSubclassAttributes, tlv(kSequence, integer(static_cast<unsigned>(bits)))) });
    }
    const Bytes object
        = tlv(kSequence, { name, tlv(kBitString, kPrivateModifiable), tlv(kOctetString, kUserPinId) });
    const Bytes attributes = tlv(kSequence,
        { tlv(kOctetString, id), usageBits(usage), keyReference ? integer(*keyReference) : Bytes() });
    const Bytes emptyPath = tlv(kSequence, tlv(kOctetString, ByteView()));
    const Bytes size = tlv(kSequence, { emptyPath, integer(static_cast<unsigned>(bits)) });
    return tlv(type == Type::Rsa ? kRsaKey : kEcKey, { object, attributes, tlv(kTypeAttributes, size) });
}

Result<KeyDescription> KeyDescription::parse(ByteView bytes)
{
    const auto outer = TlvReader(bytes).next();
    if (!outer)
        return malformed();
    KeyDescription key{ .usage = 0 };
    if (outer->tag == kRsaKey)
        key.type = Type::Rsa;
    else if (outer->tag == kEcKey)
        key.type = Type::Ec;
    else if (outer->tag == kSecretKey)
        key.type = Type::Aes;
    else
        return malformed();

    TlvReader reader(outer->value);
    const auto object = reader.expect(kSequence);
    const auto attributes = reader.expect(kSequence);
    if (!object || !attributes || !readCommonObjectAttributes(object->value, key)
        || !readCommonKeyAttributes(attributes->value, key))
        return malformed();
    const std::uint32_t sizeTag = key.type == Type::Aes ? kSubclassAttributes : kTypeAttributes;
    while (!reader.atEnd()) {
        const auto more = reader.next();
        if (!more || (more->tag == sizeTag && !readSize(more->value, key)))
            return malformed();
    }
    return key;
}

Result<Bytes> describedUnder(ByteView description, std::uint8_t reference)
{
    const auto outer = TlvReader(description).next();
    if (!outer || !KeyDescription::parse(outer->whole))
        return malformed();
    TlvReader reader(outer->value);
    const auto object = reader.expect(kSequence);
    const auto attributes = reader.expect(kSequence);
    if (!object || !attributes)
        return malformed();
    Bytes changed;
    TlvReader members(attributes->value);
    while (!members.atEnd()) {
        const auto member = members.next();
        if (!member)
            return malformed();
        const Bytes one = member->tag == kInteger ? integer(reference) : toBytes(member->whole);
        changed.insert(changed.end(), one.begin(), one.end());
    }
    return tlv(outer->tag, { object->whole, tlv(kSequence, changed), reader.rest() });
}

Bytes encodeTokenInfo(const QString& label)
{
    return tlv(kSequence,
        { tlv(kInteger, kTokenInfoVersion), tlv(kTokenLabel, utf8(label)),
            tlv(kBitString, kHasRandomGenerator) });
}

Result<QString> parseTokenInfo(ByteView bytes)
{
    const auto outer = TlvReader(bytes).expect(kSequence);
    if (!outer)
        return malformed();
    const auto label = TlvReader(outer->value).find(kTokenLabel);
    if (label)
        return fromUtf8(label->value);
    if (label.error().kind == ErrorKind::NotFound)
        return QString();
    return malformed();
}

} // namespace conclave::card
