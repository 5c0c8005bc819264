// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/card/smartcardhsm.h"
#include "core/ceremony/keymanifest.h"

#include <QString>

#include <map>
#include <vector>

namespace conclave::ceremony {

/// All keys of a device, wrapped, on their way to media. Nothing in it is secret without the DKEK.
struct KeyBackup {
    /// A key that the device does not hand out.
    struct LeftOut {
        std::uint8_t reference = 0;
        QString label{};
        Error error{};
    };
    KeyManifest manifest{};
    std::vector<Bytes> files{}; ///< as sc-hsm-tool writes them, in the manifest's order
    std::vector<LeftOut> leftOut{};
};

/// For the device's worker, with the user logged in. `ceremonyId` may be empty: then the files are named by
/// the device's serial. `pairs`: of AES keys that were tested before, by reference; a key that does not make
/// its pair any more is left out, others get one. What concerns one key alone leaves that key out;
/// NotLoggedIn, DkekNotConfigured, DkekIncomplete and errors of the channel end it. With a random DKEK (no
/// share files at all) only this very device could ever read the backup: to be told to people before.
[[nodiscard]] Result<KeyBackup> takeKeyBackup(
    card::SmartCardHsm& hsm, const QString& ceremonyId, const std::map<int, CmacPair>& pairs = {});

/// The folder of wrapped keys in a ceremony's folder, or on a medium.
[[nodiscard]] QString keysFolder(const QString& target);
[[nodiscard]] QString manifestName();

// Blocking calls for the file thread; media are independent of each other, so one call for each.

/// Writes the backup into `keys/` in the target folder, which is made where it is missing, and reads it back
/// from the medium. `keys/` appears with its last file: what an interrupted try left lies in
/// `keys.incomplete/` and is replaced. FileExists when there is a `keys` already, FileUnwritable,
/// FileUnreadable; WrappedKeyAltered when the medium gives back other bytes.
[[nodiscard]] Status writeKeyBackup(const KeyBackup& backup, const QString& target);
/// That the medium holds this backup, whole and unchanged: FileUnreadable, WrappedKeyAltered.
[[nodiscard]] Status checkKeyBackup(const KeyBackup& backup, const QString& target);

} // namespace conclave::ceremony
