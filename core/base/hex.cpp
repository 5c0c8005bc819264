// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"

namespace conclave {

namespace {

constexpr char kLower[] = "0123456789abcdef";
constexpr char kUpper[] = "0123456789ABCDEF";

QString write(ByteView bytes, const char* digits, std::size_t groupBytes, char separator)
{
    QString text;
    text.reserve(static_cast<qsizetype>(bytes.size() * 3));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (groupBytes != 0 && i != 0 && i % groupBytes == 0)
            text += QLatin1Char(separator);
        text += QLatin1Char(digits[bytes[i] >> 4]);
        text += QLatin1Char(digits[bytes[i] & 0x0F]);
    }
    return text;
}

} // namespace

QString toHex(ByteView bytes)
{
    return write(bytes, kLower, 0, ' ');
}

QString toHexPairs(ByteView bytes)
{
    return write(bytes, kLower, 1, ':');
}

QString toHexGroups(ByteView bytes)
{
    return write(bytes, kUpper, 2, ' ');
}

std::optional<Bytes> fromHex(QStringView text)
{
    if (text.size() % 2 != 0)
        return std::nullopt;
    Bytes bytes;
    bytes.reserve(static_cast<std::size_t>(text.size() / 2));
    for (qsizetype i = 0; i < text.size(); i += 2) {
        const int high = hexDigitValue(text[i].unicode());
        const int low = hexDigitValue(text[i + 1].unicode());
        if (high < 0 || low < 0)
            return std::nullopt;
        bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return bytes;
}

int hexDigitValue(char32_t digit)
{
    if (digit >= U'0' && digit <= U'9')
        return static_cast<int>(digit - U'0');
    if (digit >= U'a' && digit <= U'f')
        return static_cast<int>(digit - U'a') + 10;
    if (digit >= U'A' && digit <= U'F')
        return static_cast<int>(digit - U'A') + 10;
    return -1;
}

} // namespace conclave
