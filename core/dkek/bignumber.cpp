// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/dkek/bignumber.h"

namespace conclave::dkek {

Bn secureNumber()
{
    return Bn(BN_secure_new());
}

Bn secureNumber(ByteView bytes)
{
    Bn number = secureNumber();
    if (number && !BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), number.get()))
        number.reset();
    return number;
}

BnContext secureContext()
{
    return BnContext(BN_CTX_secure_new());
}

tl::unexpected<Error> numbersFailed()
{
    return fail(ErrorKind::CryptoFailed, QStringLiteral("BIGNUM"));
}

} // namespace conclave::dkek
