// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"

#include <QString>

namespace conclave::support {

/// A set of shares as sc-hsm-tool makes it, 3 of as many as are asked for, of 64 bits: made with OpenSSL
/// alone.
struct OtherToolsSet {
    QString password; ///< hex of its 8 bytes
    std::uint32_t rounds = 1000; ///< of MD5; the tool has 10^7

    [[nodiscard]] static QString prime(); ///< hex
    [[nodiscard]] static QString clear(); ///< hex: what the share file holds
    [[nodiscard]] SecretBytes valueAt(int x) const; ///< full size
    [[nodiscard]] Bytes file() const;
};

} // namespace conclave::support
