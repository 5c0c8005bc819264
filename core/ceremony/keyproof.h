// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/card/smartcardhsm.h"

#include <vector>

namespace conclave::ceremony {

// That a device holds a key is shown by a signature over something new, checked with a public key that did
// not come from that device.

/// 32 random bytes. RandomFailed.
[[nodiscard]] Result<Bytes> freshChallenge();

/// For the device's worker, with the user logged in: signs SHA-256 of the challenge with the key under this
/// reference and checks it. SelfTestFailed when it is another key, Unsupported for a key that cannot be
/// checked here.
[[nodiscard]] Status proveKey(
    card::SmartCardHsm& hsm, std::uint8_t reference, const card::PublicKey& original);

/// For the worker of each of two devices: looks for the key with this public key and signs the challenge.
/// NotFound when the device has none.
[[nodiscard]] Result<Bytes> signChallenge(
    card::SmartCardHsm& hsm, const card::PublicKey& key, ByteView challenge);
/// One challenge, signed on both devices: the second is a clone of the first. SelfTestFailed, number 1 or 2
/// for the signature that does not fit.
[[nodiscard]] Status proveClone(
    const card::PublicKey& key, ByteView challenge, ByteView firstSignature, ByteView secondSignature);

/// signChallenge() with each of these keys, of which some may not sign: Unsupported or NotAllowed then.
[[nodiscard]] std::vector<Result<Bytes>> signWithEach(
    card::SmartCardHsm& hsm, const std::vector<card::PublicKey>& keys, ByteView challenge);

} // namespace conclave::ceremony
