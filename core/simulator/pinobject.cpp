// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/pinobject.h"

#include "core/simulator/statuswords.h"

#include <openssl/crypto.h>

namespace conclave::simulator {

std::uint16_t PinObject::status() const
{
    if (!isSet())
        return sw::kReferencedDataNotFound;
    if (triesLeft == 0)
        return sw::kBlocked;
    return transport ? sw::kReferencedDataNotUsable : sw::triesLeft(triesLeft);
}

std::uint16_t PinObject::verify(ByteView candidate)
{
    return isSet() && transport ? status() : compare(candidate);
}

std::uint16_t PinObject::compare(ByteView candidate)
{
    if (!isSet())
        return sw::kReferencedDataNotFound;
    if (triesLeft == 0)
        return sw::kBlocked;
    if (candidate.size() == value.size()
        && CRYPTO_memcmp(candidate.data(), value.data(), value.size()) == 0) {
        resetCounter();
        return sw::kOk;
    }
    --triesLeft;
    return triesLeft == 0 ? sw::kBlocked : sw::triesLeft(triesLeft);
}

void PinObject::set(ByteView newValue)
{
    value = SecretBytes(newValue);
    resetCounter();
}

} // namespace conclave::simulator
