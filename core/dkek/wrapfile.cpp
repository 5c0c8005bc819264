// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/dkek/wrapfile.h"

#include "core/dkek/wrappedkey.h"

#include <optional>

namespace conclave::dkek {

namespace {

constexpr std::uint8_t kSequence = 0x30;
constexpr std::uint8_t kOctetString = 0x04;
constexpr std::uint8_t kBitString = 0x03;
constexpr std::uint8_t kRequest = 0x67;

/// An object with a tag of one byte, as all outer ones in a wrap file are.
struct Element {
    std::uint8_t tag = 0;
    ByteView value{};
    ByteView whole{};
};

/// Takes the first object off the bytes; nothing when it is cut, or its length has another form than DER's.
std::optional<Element> takeElement(ByteView& bytes)
{
    if (bytes.size() < 2)
        return std::nullopt;
    std::size_t header = 2;
    std::size_t size = bytes[1];
    if (size >= 0x80) {
        const std::size_t lengthBytes = size & 0x7F;
        if (lengthBytes < 1 || lengthBytes > 2 || bytes.size() < header + lengthBytes)
            return std::nullopt;
        size = 0;
        for (std::size_t i = 0; i < lengthBytes; ++i)
            size = size << 8 | bytes[header + i];
        header += lengthBytes;
    }
    if (bytes.size() - header < size)
        return std::nullopt;
    const Element element{ bytes[0], bytes.subspan(header, size), bytes.first(header + size) };
    bytes = bytes.subspan(header + size);
    return element;
}

/// A description of RSA keys has the tag of an X.509 certificate, but no signature as its third member.
bool isCertificate(const Element& element)
{
    if (element.tag != kSequence)
        return element.tag == kRequest;
    ByteView rest = element.value;
    std::optional<Element> member;
    for (int i = 0; i < 3; ++i)
        member = takeElement(rest);
    return member && member->tag == kBitString;
}

void appendElement(Bytes& to, std::uint8_t tag, ByteView value)
{
    const std::size_t size = value.size();
    to.push_back(tag);
    if (size > 0xFF)
        to.push_back(0x82);
    else if (size > 0x7F)
        to.push_back(0x81);
    if (size > 0xFF)
        to.push_back(static_cast<std::uint8_t>(size >> 8));
    to.push_back(static_cast<std::uint8_t>(size));
    to.insert(to.end(), value.begin(), value.end());
}

} // namespace

Result<WrapFile> WrapFile::parse(ByteView file)
{
    const auto wrong = [] { return fail(ErrorKind::NotAWrappedKey); };
    if (file.size() > kLargestWrapFile)
        return wrong();
    ByteView rest = file;
    const auto outer = takeElement(rest);
    if (!outer || outer->tag != kSequence || !rest.empty())
        return wrong();
    rest = outer->value;
    const auto blob = takeElement(rest);
    if (!blob || blob->tag != kOctetString || blob->value.empty() || blob->value.size() > kLargestWrappedKey)
        return wrong();

    WrapFile parsed{ .blob = toBytes(blob->value), .description = {}, .certificate = {} };
    while (!rest.empty()) {
        const auto element = takeElement(rest);
        if (!element)
            return wrong();
        // The certificate comes last; a description that is missing leaves no gap.
        if (!parsed.certificate.empty())
            return wrong();
        Bytes& part = isCertificate(*element) ? parsed.certificate : parsed.description;
        if (!part.empty())
            return wrong();
        part = toBytes(element->whole);
    }
    return parsed;
}

Bytes WrapFile::serialise() const
{
    Bytes content;
    appendElement(content, kOctetString, blob);
    content.insert(content.end(), description.begin(), description.end());
    content.insert(content.end(), certificate.begin(), certificate.end());
    Bytes file;
    appendElement(file, kSequence, content);
    return file;
}

} // namespace conclave::dkek
