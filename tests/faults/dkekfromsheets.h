// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"

#include <QByteArray>

#include <map>

namespace conclave::faults {

/// The password of a set by Lagrange interpolation at zero, with OpenSSL's numbers: shares by id.
[[nodiscard]] SecretBytes passwordOf(ByteView prime, const std::map<int, const SecretBytes*>& shares);
/// The 32 bytes in a share file, with EVP_BytesToKey and AES-256-CBC (smartcard-hsm.md, 6.1); empty when the
/// password is another one.
[[nodiscard]] SecretBytes openedWith(ByteView password, const QByteArray& shareFile, int rounds);

} // namespace conclave::faults
