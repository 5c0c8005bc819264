// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/dkekdomain.h"

#include <openssl/rand.h>

#include <algorithm>
#include <new>

namespace conclave::simulator {

DkekDomain DkekDomain::awaiting(std::uint8_t shareFiles)
{
    return { .total = shareFiles, .outstanding = shareFiles, .key = SecretBytes(dkek::kDkekBytes) };
}

DkekDomain DkekDomain::random()
{
    DkekDomain domain{ .key = SecretBytes(dkek::kDkekBytes) };
    if (RAND_priv_bytes(domain.key.data(), static_cast<int>(domain.key.size())) != 1)
        throw std::bad_alloc(); // OpenSSL without a random generator: nothing can go on
    return domain;
}

void DkekDomain::import(ByteView share)
{
    for (std::size_t i = 0; i < key.size(); ++i)
        key[i] ^= share[i];
    --outstanding;
}

Bytes DkekDomain::status() const
{
    const dkek::CheckValue kcv = complete() ? dkek::checkValue(key) : dkek::CheckValue{};
    Bytes bytes(2 + kcv.size());
    bytes[0] = total;
    bytes[1] = outstanding;
    std::copy(kcv.begin(), kcv.end(), bytes.begin() + 2);
    return bytes;
}

} // namespace conclave::simulator
