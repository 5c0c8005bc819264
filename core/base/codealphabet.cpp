// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/codealphabet.h"

#include <cassert>

namespace conclave {

int codeCharacterValue(char32_t character)
{
    if (character >= U'a' && character <= U'z')
        character -= U'a' - U'A';
    for (int i = 0; i < 32; ++i) {
        if (character == static_cast<char32_t>(kCodeAlphabet[i]))
            return i;
    }
    return -1;
}

QString encodePublicCode(ByteView bytes, int characters)
{
    assert(bytes.size() * 8 >= static_cast<std::size_t>(characters) * 5);
    QString code;
    unsigned buffer = 0;
    int bits = 0;
    std::size_t next = 0;
    for (int i = 0; i < characters; ++i) {
        if (bits < 5) {
            buffer = (buffer << 8) | bytes[next++];
            bits += 8;
        }
        bits -= 5;
        code += QLatin1Char(kCodeAlphabet[(buffer >> bits) & 0x1F]);
    }
    return code;
}

} // namespace conclave
