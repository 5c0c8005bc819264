// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/threadstate.h"

#include <openssl/crypto.h>

namespace conclave {

void dropThreadState()
{
    OPENSSL_thread_stop();
}

} // namespace conclave
