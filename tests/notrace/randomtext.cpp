// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/notrace/randomtext.h"

#include "core/dkek/passwordsharing.h"

#include <cstring>

namespace conclave::notrace {

SecretBytes randomText(std::size_t characters, const char* alphabet)
{
    const std::size_t letters = std::strlen(alphabet);
    SecretBytes text = *dkek::opensslRandom()(characters);
    for (std::size_t i = 0; i < characters; ++i)
        text[i] = static_cast<std::uint8_t>(alphabet[text[i] % letters]);
    return text;
}

} // namespace conclave::notrace
