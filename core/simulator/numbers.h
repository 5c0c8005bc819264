// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/secretbytes.h"

#include <openssl/bn.h>
#include <openssl/evp.h>

#include <memory>
#include <optional>

namespace conclave::simulator {

struct NumberFree {
    void operator()(BIGNUM* number) const { BN_clear_free(number); }
};
/// A number that may be secret.
using Number = std::unique_ptr<BIGNUM, NumberFree>;

/// Big endian, on the secure heap; throws std::bad_alloc.
[[nodiscard]] Number number(ByteView bytes);
/// Filled up with zeros in front to `size` bytes; 0: as short as it is. Nothing when the key does not have
/// it, or it is longer.
[[nodiscard]] std::optional<SecretBytes> parameter(const EVP_PKEY& key, const char* name, std::size_t size);
/// RSA's private exponent from the rest. WrongData when it is no key.
[[nodiscard]] Result<Number> exponentOf(
    const BIGNUM& p, const BIGNUM& q, const BIGNUM& modulus, const BIGNUM& exponent);

} // namespace conclave::simulator
