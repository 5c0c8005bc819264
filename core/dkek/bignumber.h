// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <openssl/bn.h>

#include <memory>

namespace conclave::dkek {

struct FreeBn {
    void operator()(BIGNUM* number) const { BN_clear_free(number); }
};
struct FreeBnContext {
    void operator()(BN_CTX* context) const { BN_CTX_free(context); }
};
using Bn = std::unique_ptr<BIGNUM, FreeBn>;
using BnContext = std::unique_ptr<BN_CTX, FreeBnContext>;

// Secret numbers, and what is computed on the way to them, lie on the secure heap. Each may come back null.
[[nodiscard]] Bn secureNumber();
[[nodiscard]] Bn secureNumber(ByteView bytes);
[[nodiscard]] BnContext secureContext();

/// CryptoFailed.
[[nodiscard]] tl::unexpected<Error> numbersFailed();

} // namespace conclave::dkek
