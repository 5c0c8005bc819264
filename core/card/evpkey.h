// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/card/publickey.h"

#include <openssl/evp.h>

#include <memory>

namespace conclave::card {

struct EvpKeyFree {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using EvpKey = std::unique_ptr<EVP_PKEY, EvpKeyFree>;

/// The key for OpenSSL. Unsupported for EC without a known curve, Malformed when it is no key, as a point off
/// its curve.
[[nodiscard]] Result<EvpKey> toEvpKey(const PublicKey& key);
/// The public half of an RSA or EC key; Unsupported for others.
[[nodiscard]] Result<PublicKey> fromEvpKey(const EVP_PKEY* key);
/// The algorithm of an RSA key by the bits of its modulus.
[[nodiscard]] std::optional<KeyAlgorithm> rsaAlgorithm(ByteView modulus);

} // namespace conclave::card
