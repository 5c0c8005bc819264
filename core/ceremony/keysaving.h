// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/ceremony/keybackup.h"
#include "core/ceremony/state.h"

#include <QStringList>

#include <memory>
#include <vector>

namespace conclave::ceremony {

/// What a ceremony records of a backup. A tested key that the backup does not know of is left out: NotFound.
[[nodiscard]] KeysWrapped recordOf(const KeyBackup& backup, const std::vector<KeyRecord>& keys);

struct SavingOrder {
    std::shared_ptr<const KeyBackup> backup; ///< the last of the wrappings
    QString target; ///< the folder that gets `keys/`; must exist
    QStringList saved; ///< folders that hold a copy already
    std::vector<KeysWrapped> wrappings;
};
/// Writes the backup and reads it back. A folder that holds one of the wrappings already, from before an
/// interruption, stays as it is. Returns the number of the wrapping that is there now. MediumRemoved when the
/// folder is not there or no longer, SameMedium when another copy lies on the same medium; errors of
/// writeKeyBackup(). Blocking, for a thread of its own.
[[nodiscard]] Result<int> saveKeys(const SavingOrder& order);

/// That the folder holds the files of this wrapping, unchanged: FileUnreadable, WrappedKeyAltered.
[[nodiscard]] Status checkSavedKeys(const KeysWrapped& wrapping, const QString& target);

} // namespace conclave::ceremony
