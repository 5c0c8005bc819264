// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/inputrules.h"

#include "core/base/hex.h"

#include <algorithm>

namespace conclave::card {

Status checkUserPin(ByteView pin)
{
    const bool ascii = std::ranges::all_of(pin, [](std::uint8_t c) { return c >= 0x20 && c < 0x7F; });
    if (pin.size() < 6 || pin.size() > 16 || !ascii)
        return fail(ErrorKind::PinRule);
    return {};
}

Status checkSoPin(ByteView hexDigits)
{
    const bool hex = std::ranges::all_of(hexDigits, [](std::uint8_t c) { return hexDigitValue(c) >= 0; });
    if (hexDigits.size() != 16 || !hex)
        return fail(ErrorKind::SoPinRule);
    return {};
}

int mostPinTries(std::size_t pinLength)
{
    if (pinLength >= 8)
        return 10;
    return pinLength == 7 ? 5 : 3;
}

std::size_t shortestUserPin(int tries)
{
    std::size_t length = 6;
    while (length < 8 && mostPinTries(length) < tries)
        ++length;
    return length;
}

Status checkLabel(const QString& label)
{
    const qsizetype size = label.toUtf8().size();
    if (size < 1 || size > 32)
        return fail(ErrorKind::LabelRule);
    return {};
}

} // namespace conclave::card
