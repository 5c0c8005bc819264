// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/openedbackup.h"

#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/ceremony/state.h"

#include <algorithm>

namespace conclave::ceremony {

namespace {

/// NotFound, and errors of PublicKey::parse().
Result<OriginalKey> originalOf(const RestorableKey* key)
{
    if (!key)
        return fail(ErrorKind::NotFound);
    if (key->about.pair)
        return *key->about.pair;
    return card::PublicKey::parse(key->about.publicKey).map([](card::PublicKey publicKey) {
        return OriginalKey(std::move(publicKey));
    });
}

} // namespace

QString OpenedBackup::kcv() const
{
    const auto whole = [](const RestorableKey& key) { return key.file.has_value(); };
    const auto first = std::ranges::find_if(medium.keys, whole);
    if (first == medium.keys.end())
        return {};
    const bool same = std::ranges::all_of(medium.keys,
        [&](const RestorableKey& key) { return !key.file || key.about.kcv == first->about.kcv; });
    return same ? toHex(first->about.kcv) : QString();
}

bool OpenedBackup::mayBeRestored(std::size_t key) const
{
    const std::optional<Error>& refused = plan.keys[key].refused;
    return !refused || refused->kind == ErrorKind::NotLoggedIn;
}

KeyToRestore describeKey(const OpenedBackup& backup, std::size_t key)
{
    const BackedUpKey& about = backup.medium.keys[key].about;
    const CmacPair pair = about.pair.value_or(CmacPair());
    return { about.file, toHex(about.sha256), about.label, toHex(about.id), about.type,
        about.publicKey.empty() ? QString() : toHex(sha256(about.publicKey)),
        backup.plan.keys[key].present.value_or(0), toHex(pair.challenge), toHex(pair.cmac) };
}

Result<std::vector<OriginalKey>> keysToProve(const RestoreRecord& restore, const OpenedBackup& backup)
{
    std::vector<OriginalKey> keys;
    for (const RestoredKeyRecord& each : restore.keys) {
        if (!each.restored || !each.key.provable())
            continue;
        auto original = originalOf(findKey(backup.medium, each.key));
        if (!original)
            return fail(original.error());
        keys.push_back(std::move(*original));
    }
    return keys;
}

const RestorableKey* findKey(const KeysOnMedium& medium, const KeyToRestore& key)
{
    const auto found = std::ranges::find_if(medium.keys,
        [&](const RestorableKey& each) { return each.file && toHex(each.about.sha256) == key.sha256; });
    return found == medium.keys.end() ? nullptr : &*found;
}

} // namespace conclave::ceremony
