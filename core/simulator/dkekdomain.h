// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"
#include "core/dkek/sharefile.h"

#include <cstdint>

namespace conclave::simulator {

/// The DKEK while and after its share files come in (smartcard-hsm.md, 2.7).
struct DkekDomain {
    std::uint8_t total = 0; ///< share files; 0: made at random on the card
    std::uint8_t outstanding = 0;
    SecretBytes key{}; ///< XOR of the share files so far, 32 bytes

    [[nodiscard]] static DkekDomain awaiting(std::uint8_t shareFiles);
    [[nodiscard]] static DkekDomain random();

    [[nodiscard]] bool complete() const { return outstanding == 0; }
    /// `share`: 32 bytes, while one is outstanding.
    void import(ByteView share);
    /// Total, outstanding and check value, which is zero until the DKEK is complete.
    [[nodiscard]] Bytes status() const;
};

} // namespace conclave::simulator
