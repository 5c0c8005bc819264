// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/card/smartcardhsm.h"
#include "core/ceremony/cmacpair.h"

#include <optional>
#include <variant>
#include <vector>

namespace conclave::ceremony {

// That a device holds a key is shown with something new: by a signature that is checked with a public key
// that did not come from that device; by an AES key, which has no public half, with the CMAC over a challenge
// of which the right answer is known.

/// What is known of a key apart from the device that is to prove it.
using OriginalKey = std::variant<card::PublicKey, CmacPair>;

/// 32 random bytes. RandomFailed.
[[nodiscard]] Result<Bytes> freshChallenge();

/// For the device's worker, with the user logged in: what the AES key under this reference makes of the
/// challenge.
[[nodiscard]] Result<CmacPair> answerChallenge(
    card::SmartCardHsm& hsm, std::uint8_t reference, const Bytes& challenge);
/// For the device's worker, with the user logged in: where the AES key is that makes this pair, among those
/// that keys() told; nothing when it is none of them. Errors of the channel.
[[nodiscard]] Result<std::optional<std::uint8_t>> findAesKey(
    card::SmartCardHsm& hsm, const std::vector<card::KeyEntry>& present, const CmacPair& pair);
/// For the device's worker, with the user logged in: the device encrypts something new with the AES key, and
/// decrypts it. SelfTestFailed when something else comes back, or it came out as it went in.
[[nodiscard]] Status testCipher(card::SmartCardHsm& hsm, std::uint8_t reference);

/// For the device's worker, with the user logged in: signs SHA-256 of a challenge with the key under this
/// reference and checks it; an AES key answers the challenge of its pair, encrypts and decrypts.
/// SelfTestFailed when it is another key, Unsupported for a key that cannot be checked here.
[[nodiscard]] Status proveKey(card::SmartCardHsm& hsm, std::uint8_t reference, const OriginalKey& original);

/// For the worker of each of two devices: looks for this key and signs the challenge; an AES key answers it.
/// NotFound when the device has none.
[[nodiscard]] Result<Bytes> signChallenge(
    card::SmartCardHsm& hsm, const OriginalKey& key, const Bytes& challenge);
/// One challenge, signed on both devices: the second is a clone of the first. SelfTestFailed, number 1 or 2
/// for the signature that does not fit; without a number when two AES keys answer differently.
[[nodiscard]] Status proveClone(
    const OriginalKey& key, ByteView challenge, ByteView firstSignature, ByteView secondSignature);

/// signChallenge() with each of these keys, of which some may not sign: Unsupported or NotAllowed then.
[[nodiscard]] std::vector<Result<Bytes>> signWithEach(
    card::SmartCardHsm& hsm, const std::vector<OriginalKey>& keys, const Bytes& challenge);

} // namespace conclave::ceremony
