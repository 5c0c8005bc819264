// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/event.h"
#include "core/ceremony/keyproof.h"
#include "core/ceremony/keyrestore.h"

#include <QString>

#include <optional>
#include <vector>

namespace conclave::ceremony {

/// Wrapped keys that were chosen, and what a look at the device says about each.
struct OpenedBackup {
    QString path{}; ///< the manifest, its folder, or one wrapped key
    KeysOnMedium medium{};
    RestorePlan plan{};
    std::optional<card::DkekStatus> dkek{}; ///< of the device
    std::vector<card::KeyEntry> onDevice{}; ///< its keys; none where several devices are chosen

    /// Of the DKEK that the keys were wrapped with; hex, empty where they differ.
    [[nodiscard]] QString kcv() const;
    /// Nothing speaks against it, as far as is known before the user PIN.
    [[nodiscard]] bool mayBeRestored(std::size_t key) const;
};

struct RestoreRecord;
/// What the backup tells of the keys that were restored, public keys and CMACs: neither device could make
/// them up. NotFound, and errors of PublicKey::parse().
[[nodiscard]] Result<std::vector<OriginalKey>> keysToProve(
    const RestoreRecord& restore, const OpenedBackup& backup);

/// What the transcript has of a key in a backup.
[[nodiscard]] KeyToRestore describeKey(const OpenedBackup& backup, std::size_t key);
/// The key of the medium that the transcript means; null when it is not there, or not whole.
[[nodiscard]] const RestorableKey* findKey(const KeysOnMedium& medium, const KeyToRestore& key);

} // namespace conclave::ceremony
