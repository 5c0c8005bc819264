// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/processprotection.h"

#include <openssl/crypto.h>

#include <cstddef>

#ifndef _WIN32
#include <sys/resource.h>
#endif
#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace conclave {

namespace {

constexpr std::size_t kSecureHeapBytes = std::size_t{ 1 } << 21;
constexpr std::size_t kSmallestBlock = 32;

bool turnCoreDumpsOff()
{
#ifdef _WIN32
    return true; // Windows Error Reporting is per machine; the README says how to turn it off
#else
    const rlimit none{ 0, 0 };
    return setrlimit(RLIMIT_CORE, &none) == 0;
#endif
}

bool makeUndumpable()
{
#ifdef __linux__
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
#else
    return true;
#endif
}

} // namespace

ProcessProtection protectProcess()
{
    ProcessProtection protection;
    protection.coreDumpsOff = turnCoreDumpsOff();
    protection.undumpable = makeUndumpable();
    // OpenSSL: 1 is success, 2 means that the heap works but could not be locked or guarded.
    const int heap = CRYPTO_secure_malloc_init(kSecureHeapBytes, kSmallestBlock);
    protection.secureHeap = heap != 0;
    protection.secureHeapLocked = heap == 1;
    return protection;
}

} // namespace conclave
