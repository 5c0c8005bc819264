// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/passwordrule.h"

namespace conclave::ui {

namespace {
constexpr int kFewestCharacters = 12;
constexpr int kFewestWords = 5;
} // namespace

bool isStrongPassword(ByteView utf8)
{
    int characters = 0;
    int words = 0;
    bool inWord = false;
    for (const std::uint8_t byte : utf8) {
        const bool continues = (byte & 0xC0U) == 0x80U;
        if (!continues)
            ++characters;
        const bool space = byte == ' ';
        if (!space && !inWord)
            ++words;
        inWord = !space;
    }
    return characters >= kFewestCharacters || words >= kFewestWords;
}

} // namespace conclave::ui
