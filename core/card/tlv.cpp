// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/tlv.h"

namespace conclave::card {

namespace {

constexpr unsigned kMoreTagBytes = 0x1F;
constexpr std::size_t kMostLengthBytes = 3;

tl::unexpected<Error> malformed()
{
    return fail(ErrorKind::Malformed, QStringLiteral("TLV"));
}

} // namespace

Result<Tlv> TlvReader::next()
{
    std::size_t at = 0;
    const auto left = [&] { return m_rest.size() - at; };

    if (left() == 0)
        return malformed();
    std::uint32_t tag = m_rest[at++];
    if ((tag & kMoreTagBytes) == kMoreTagBytes) {
        if (left() == 0 || (m_rest[at] & 0x80U) != 0)
            return malformed();
        tag = tag << 8 | m_rest[at++];
    }

    if (left() == 0)
        return malformed();
    std::size_t length = m_rest[at++];
    if (length >= 0x80) {
        const std::size_t lengthBytes = length & 0x7F;
        if (lengthBytes == 0 || lengthBytes > kMostLengthBytes || lengthBytes > left())
            return malformed();
        length = 0;
        for (std::size_t i = 0; i < lengthBytes; ++i)
            length = length << 8 | m_rest[at++];
    }
    if (length > left())
        return malformed();

    const Tlv object{ .tag = tag, .value = m_rest.subspan(at, length), .whole = m_rest.first(at + length) };
    m_rest = m_rest.subspan(at + length);
    return object;
}

Result<Tlv> TlvReader::expect(std::uint32_t tag)
{
    auto object = next();
    if (object && object->tag != tag)
        return malformed();
    return object;
}

Result<Tlv> TlvReader::find(std::uint32_t tag)
{
    while (!atEnd()) {
        auto object = next();
        if (!object || object->tag == tag)
            return object;
    }
    return fail(ErrorKind::NotFound, QStringLiteral("TLV"));
}

Bytes tlvHeader(std::uint32_t tag, std::size_t valueSize)
{
    Bytes header;
    if (tag > 0xFF)
        header.push_back(static_cast<std::uint8_t>(tag >> 8));
    header.push_back(static_cast<std::uint8_t>(tag));

    std::size_t lengthBytes = 0;
    if (valueSize >= 0x80) {
        for (std::size_t rest = valueSize; rest != 0; rest >>= 8)
            ++lengthBytes;
        header.push_back(static_cast<std::uint8_t>(0x80 | lengthBytes));
    } else {
        lengthBytes = 1;
    }
    for (std::size_t i = lengthBytes; i-- > 0;)
        header.push_back(static_cast<std::uint8_t>(valueSize >> 8 * i));
    return header;
}

Bytes tlv(std::uint32_t tag, ByteView value)
{
    return tlv(tag, { value });
}

Bytes tlv(std::uint32_t tag, std::initializer_list<ByteView> parts)
{
    std::size_t size = 0;
    for (const ByteView part : parts)
        size += part.size();
    Bytes object = tlvHeader(tag, size);
    object.reserve(object.size() + size);
    for (const ByteView part : parts)
        object.insert(object.end(), part.begin(), part.end());
    return object;
}

} // namespace conclave::card
