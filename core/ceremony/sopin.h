// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/secretbytes.h"

namespace conclave::ceremony {

/// A SO-PIN for the officer to note: 16 random hex digits in lower case, 64 bits. RandomFailed.
[[nodiscard]] Result<SecretBytes> makeRandomSoPin();

} // namespace conclave::ceremony
