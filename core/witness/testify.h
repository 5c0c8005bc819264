// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/base/secretbytes.h"
#include "core/witness/testimony.h"

#include <QString>

namespace conclave::witness {

struct TestimonyOrder {
    QString module{}; ///< path of the PKCS#11 module
    QString serial{}; ///< of the device: the token that is meant
    Bytes challenge{}; ///< each key signs its SHA-256
    SecretBytes pin{}; ///< of the user; empty: without login, and so without signatures
};

/// Loads the module, finds the token, lists its keys, and has each sign. Blocks as long as the module does.
/// ModuleUnusable, TokenNotFound, ModuleFailed.
[[nodiscard]] Result<Testimony> testify(const TestimonyOrder& order);

} // namespace conclave::witness
