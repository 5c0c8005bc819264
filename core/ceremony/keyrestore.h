// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/card/smartcardhsm.h"
#include "core/ceremony/keymanifest.h"
#include "core/dkek/wrapfile.h"

#include <QString>

#include <optional>
#include <vector>

namespace conclave::ceremony {

/// A wrapped key as found on a medium: usable, or with the reason why not.
struct RestorableKey {
    BackedUpKey about{};
    /// NotAWrappedKey, WrappedKeyAltered, FileUnreadable.
    Result<dkek::WrapFile> file{};
};

struct KeysOnMedium {
    QString ceremony{}; ///< empty when not known
    QString device{}; ///< serial of the device they came from; empty when not known
    std::vector<RestorableKey> keys{};
};
/// From a manifest, the folder with one, or a single wrap file of whatever program. Each file is compared
/// with its SHA-256 and with what the manifest says of it, as far as that goes without the DKEK. Blocking,
/// for the file thread. NotAKeyManifest, FileUnreadable; NotAWrappedKey or WrappedKeyAltered for a single
/// file.
[[nodiscard]] Result<KeysOnMedium> openKeyBackup(const QString& path);

/// What a restore depends on.
struct KeysOnDevice {
    std::optional<card::DkekStatus> dkek{};
    std::vector<card::KeyEntry> keys{};
};
/// For the device's worker. The check value may need a login before.
[[nodiscard]] Result<KeysOnDevice> readKeysOnDevice(card::SmartCardHsm& hsm);

/// What a restore of one key would meet. A free reference is always chosen, so that references never collide.
struct PlannedRestore {
    std::optional<Error> refused{}; ///< by the file, or the DKEK; the device is not asked then
    /// Where the device has this very key already; not told of an AES key, which takes a login.
    std::optional<std::uint8_t> present{};
    /// Where the device has an AES key of this size under this id and label. Whether it is this one is found
    /// out when it is restored, where the manifest has its CMAC; otherwise never.
    std::optional<std::uint8_t> lookalike{};
    std::vector<std::uint8_t> sameId{}; ///< other keys with this id: programs may confuse them
    std::vector<std::uint8_t> sameLabel{}; ///< other keys with this label
    bool provable = false; ///< whether it can be proved afterwards
};
struct RestorePlan {
    std::vector<PlannedRestore> keys{}; ///< in the order of KeysOnMedium
    std::vector<std::uint8_t> unnamed{}; ///< keys on the device without any name, as of a failed import
};
[[nodiscard]] RestorePlan planRestore(const KeysOnMedium& medium, const KeysOnDevice& device);

struct RestoredKey {
    std::uint8_t reference = 0;
    bool alreadyThere = false;
    bool proved = false; ///< false when nothing is known to prove it by, or the key may not sign
};
/// For the device's worker, with the user logged in. Brings each key under a free reference, never over
/// another, and proves it by what the backup knows of it: see proveKey().
/// A key that turns out to be another one is removed again: SelfTestFailed. One outcome for each key, in
/// order; when the device goes, or wants a login, the rest has that error. To be called again then: what is
/// there already is recognised, if it can be proved.
[[nodiscard]] Result<std::vector<Result<RestoredKey>>> restoreKeys(
    card::SmartCardHsm& hsm, const std::vector<RestorableKey>& keys);

} // namespace conclave::ceremony
