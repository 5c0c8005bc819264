// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/smartcardhsm.h"
#include "core/dkek/wrapfile.h"
#include "core/dkek/wrappedkey.h"

namespace conclave::card {

/// What a wrap file tells of its key without device and DKEK. Only the blob is authenticated, and that only
/// where the DKEK is.
struct TransportedKey {
    dkek::CheckValue kcv{}; ///< of the DKEK that it needs
    dkek::WrappedKeyType type = dkek::WrappedKeyType::Ec;
    QString label{}; ///< of the description; empty when there is none
    Bytes id{};
    int bits = 0; ///< as the description says; 0: it does not
    std::optional<PublicKey> publicKey{}; ///< none for AES, nor without a certificate
};

/// NotAWrappedKey for a blob that is none; WrappedKeyAltered when blob, description and certificate
/// contradict one another, or a request is not signed by its key.
[[nodiscard]] Result<TransportedKey> inspectWrapFile(const dkek::WrapFile& file);

/// Whether a device can open what was wrapped with this DKEK. DkekNotConfigured, DkekIncomplete,
/// WrappedKeyOfAnotherDkek; NotLoggedIn where the firmware hides the check value until then.
[[nodiscard]] Status checkDkek(const dkek::CheckValue& wrappedWith, const std::optional<DkekStatus>& device);

/// Needs a login, as below. A description or certificate that is none is left out, as inspectWrapFile() would
/// refuse the file. Errors of wrapKey().
[[nodiscard]] Result<dkek::WrapFile> exportKey(SmartCardHsm& hsm, std::uint8_t reference);

struct ImportedKey {
    std::uint8_t reference = 0;
    bool alreadyThere = false; ///< the device had this very key: nothing was unwrapped
};
/// Brings the key under a free reference, never over another; `present` is what keys() told on this
/// connection, and `known` the reference there of this very key, where somebody found it. The names are
/// written before the key is unwrapped: a key is never there without them, and what an interrupted import
/// left is found again and completed, also where the stock tool was interrupted. Unlike the stock tool it
/// puts the new reference into the description. Errors of inspectWrapFile(), checkDkek() and unwrapKey(),
/// NoFreeKeyReference.
[[nodiscard]] Result<ImportedKey> importKey(SmartCardHsm& hsm, const dkek::WrapFile& file,
    const std::vector<KeyEntry>& present, std::optional<std::uint8_t> known = {});

} // namespace conclave::card
