// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/apdu.h"

#include <algorithm>
#include <cassert>

namespace conclave::card {

namespace {

constexpr std::size_t kHeaderBytes = 4;
constexpr std::size_t kShortLc = 255;
constexpr std::size_t kShortLe = 256;
constexpr std::size_t kExtendedLc = 65535;
constexpr std::size_t kExtendedLe = 65536;

std::size_t twoBytes(ByteView bytes, std::size_t at)
{
    return static_cast<std::size_t>(bytes[at]) << 8 | bytes[at + 1];
}

std::size_t extendedLe(ByteView bytes, std::size_t at)
{
    const std::size_t le = twoBytes(bytes, at);
    return le == 0 ? kExtendedLe : le;
}

tl::unexpected<Error> wrongLength()
{
    return fail(ErrorKind::WrongLength, QStringLiteral("APDU"));
}

} // namespace

SecretBytes CommandApdu::encode() const
{
    assert(data.size() <= kExtendedLc && le <= kExtendedLe);
    const bool inLong = extended || data.size() > kShortLc || le > kShortLe;

    // At most: header, 00 and Lc in two bytes, data, Le in two bytes.
    SecretBytes bytes(kHeaderBytes + 3 + data.size() + 2);
    std::size_t size = 0;
    const auto put = [&](std::size_t value) { bytes[size++] = static_cast<std::uint8_t>(value); };

    put(cla);
    put(ins);
    put(p1);
    put(p2);
    if (inLong && (!data.empty() || le != 0))
        put(0);
    if (!data.empty()) {
        if (inLong)
            put(data.size() >> 8);
        put(data.size());
        std::copy(data.begin(), data.end(), bytes.data() + size);
        size += data.size();
    }
    if (le != 0) {
        if (inLong)
            put(le >> 8);
        put(le);
    }
    bytes.shrink(size);
    return bytes;
}

Result<CommandApdu> parseCommand(ByteView command)
{
    if (command.size() < kHeaderBytes)
        return wrongLength();
    CommandApdu apdu{ .cla = command[0], .ins = command[1], .p1 = command[2], .p2 = command[3] };
    const ByteView body = command.subspan(kHeaderBytes);

    if (body.empty()) // case 1
        return apdu;
    if (body.size() == 1) { // case 2S
        apdu.le = body[0] == 0 ? kShortLe : body[0];
        return apdu;
    }
    if (body[0] != 0) { // cases 3S and 4S
        const std::size_t lc = body[0];
        if (body.size() != 1 + lc && body.size() != 1 + lc + 1)
            return wrongLength();
        apdu.data = body.subspan(1, lc);
        if (body.size() > 1 + lc)
            apdu.le = body.back() == 0 ? kShortLe : body.back();
        return apdu;
    }

    apdu.extended = true;
    if (body.size() < 3)
        return wrongLength();
    if (body.size() == 3) { // case 2E
        apdu.le = extendedLe(body, 1);
        return apdu;
    }
    const std::size_t lc = twoBytes(body, 1); // cases 3E and 4E
    if (lc == 0 || (body.size() != 3 + lc && body.size() != 3 + lc + 2))
        return wrongLength();
    apdu.data = body.subspan(3, lc);
    if (body.size() > 3 + lc)
        apdu.le = extendedLe(body, 3 + lc);
    return apdu;
}

Result<ResponseApdu> ResponseApdu::split(SecretBytes response)
{
    if (response.size() < 2)
        return fail(ErrorKind::UnexpectedAnswer);
    const std::size_t size = response.size() - 2;
    const auto sw = static_cast<std::uint16_t>(twoBytes(response, size));
    response.shrink(size);
    return ResponseApdu{ .data = std::move(response), .sw = sw };
}

} // namespace conclave::card
