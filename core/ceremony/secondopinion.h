// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"
#include "core/ceremony/state.h"
#include "core/witness/testimony.h"

#include <QString>

#include <vector>

namespace conclave::ceremony {

/// A key that is on the device, by the record of a ceremony.
struct RecordedKey {
    QString label{};
    QString id{}; ///< hex
    QString fingerprint{}; ///< hex of SHA-256 over the SubjectPublicKeyInfo; empty: it has no public key
    Bytes publicKey{}; ///< SubjectPublicKeyInfo; empty when the record has the fingerprint alone
};
/// Those that were there and stayed, were made, or were restored.
[[nodiscard]] std::vector<RecordedKey> keysOnDevice(const CeremonyState& state);

/// What a module said, compared with the record; signatures are verified with OpenSSL and the recorded public
/// key. Without library, version and module.
[[nodiscard]] SecondOpinionGiven judge(
    const std::vector<RecordedKey>& recorded, const witness::Testimony& testimony, ByteView challenge);

/// For so many keys a module may take so long, in milliseconds: the reader's search and the slowest
/// signatures, several times over.
[[nodiscard]] int patienceMs(std::size_t keys);

} // namespace conclave::ceremony
