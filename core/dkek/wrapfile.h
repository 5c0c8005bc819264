// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace conclave::dkek {

inline constexpr std::size_t kLargestWrapFile = 32 * 1024; ///< bytes
/// The largest blob for which `sc-hsm-tool --unwrap-key` of OpenSC 0.23 has room (smartcard-hsm.md, 6.6).
/// An RSA key of 4096 bits with its prime factors is larger.
inline constexpr int kLargestToolBlob = 1500; // bytes

/// The file of `sc-hsm-tool --wrap-key` (smartcard-hsm.md, 6.6): a key under the DKEK, and what the device
/// says about it. Nothing in it is secret without the DKEK.
struct WrapFile {
    Bytes blob; ///< see wrappedkey.h
    Bytes description; ///< PRKD or SKD, as it was in EF C4xx; empty where there was none
    Bytes certificate; ///< request or X.509, as it was in EF CExx; empty where there was none

    /// The parts by their outer form only. NotAWrappedKey, also for a file that is cut or has more at its
    /// end.
    [[nodiscard]] static Result<WrapFile> parse(ByteView file);
    /// Byte for byte what the stock tool writes.
    [[nodiscard]] Bytes serialise() const;
    bool operator==(const WrapFile&) const = default;
};

} // namespace conclave::dkek
