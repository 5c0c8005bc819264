// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <openssl/types.h>

namespace conclave::card {

/// RFC 2253, with characters beyond ASCII as they are; empty when it cannot be told.
[[nodiscard]] QString textOf(const X509_NAME* name);

} // namespace conclave::card
