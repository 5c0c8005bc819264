// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/sopin.h"

#include "core/dkek/passwordsharing.h"

namespace conclave::ceremony {

namespace {
constexpr std::size_t kSoPinBytes = 8;
constexpr char kDigits[] = "0123456789abcdef";
} // namespace

Result<SecretBytes> makeRandomSoPin()
{
    const Result<SecretBytes> random = dkek::opensslRandom()(kSoPinBytes);
    if (!random)
        return fail(random.error());
    SecretBytes digits(2 * kSoPinBytes);
    for (std::size_t i = 0; i < kSoPinBytes; ++i) {
        digits[2 * i] = static_cast<std::uint8_t>(kDigits[(*random)[i] >> 4U]);
        digits[2 * i + 1] = static_cast<std::uint8_t>(kDigits[(*random)[i] & 0x0FU]);
    }
    return digits;
}

} // namespace conclave::ceremony
