// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/keysaving.h"

#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/ceremony/durablefile.h"
#include "core/dkek/wrapfile.h"

#include <QDir>
#include <QFileInfo>
#include <QStorageInfo>

#include <algorithm>

namespace conclave::ceremony {

namespace {

constexpr std::size_t kLargestFile = 4 * 1024 * 1024; // of a manifest

QString hashOf(const QByteArray& content)
{
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(content.constData());
    return toHex(sha256(ByteView(bytes, static_cast<std::size_t>(content.size()))));
}

Status checkHash(const QString& path, const QString& expected)
{
    const auto content = readFromDisk(path, kLargestFile + 1);
    if (!content)
        return fail(content.error());
    if (toHex(sha256(*content)) != expected)
        return fail(ErrorKind::WrappedKeyAltered, path);
    return {};
}

/// File systems in memory all have the same device name.
bool onSameMedium(const QString& one, const QString& other)
{
    const QStorageInfo first(one);
    const QStorageInfo second(other);
    return first.rootPath() == second.rootPath()
        || (first.device().startsWith('/') && first.device() == second.device());
}

Result<int> recognise(const SavingOrder& order)
{
    for (std::size_t i = order.wrappings.size(); i > 0; --i) {
        if (checkSavedKeys(order.wrappings[i - 1], order.target))
            return static_cast<int>(i);
    }
    return fail(ErrorKind::FileExists, keysFolder(order.target));
}

} // namespace

KeysWrapped recordOf(const KeyBackup& backup, const std::vector<KeyRecord>& keys)
{
    KeysWrapped wrapped;
    wrapped.manifestSha256 = hashOf(backup.manifest.toJson());
    for (std::size_t i = 0; i < backup.manifest.keys.size(); ++i) {
        const BackedUpKey& key = backup.manifest.keys[i];
        const auto file = dkek::WrapFile::parse(backup.files[i]);
        wrapped.kcv = toHex(key.kcv);
        wrapped.keys.push_back(
            { key.reference, key.file, toHex(key.sha256), file ? static_cast<int>(file->blob.size()) : 0 });
    }
    for (const KeyBackup::LeftOut& key : backup.leftOut)
        wrapped.leftOut.push_back({ key.reference, key.error.kind });
    for (const KeyRecord& key : keys) {
        if (key.state != KeyState::Tested)
            continue;
        const auto isThis
            = [&](const auto& other) { return other.keyReference == key.generated->keyReference; };
        if (std::ranges::none_of(wrapped.keys, isThis) && std::ranges::none_of(wrapped.leftOut, isThis))
            wrapped.leftOut.push_back({ key.generated->keyReference, ErrorKind::NotFound });
    }
    return wrapped;
}

Result<int> saveKeys(const SavingOrder& order)
{
    if (!QFileInfo(order.target).isDir())
        return fail(ErrorKind::MediumRemoved, order.target);
    for (const QString& other : order.saved) {
        if (onSameMedium(order.target, other))
            return fail(ErrorKind::SameMedium, order.target);
    }
    const Status written = writeKeyBackup(*order.backup, order.target);
    if (written)
        return static_cast<int>(order.wrappings.size());
    if (written.error().kind == ErrorKind::FileExists)
        return recognise(order);
    if (!QFileInfo(order.target).isDir())
        return fail(ErrorKind::MediumRemoved, order.target);
    return fail(written.error());
}

Status checkSavedKeys(const KeysWrapped& wrapping, const QString& target)
{
    const QDir folder(keysFolder(target));
    for (const WrappedKeyFile& key : wrapping.keys) {
        if (const Status same = checkHash(folder.filePath(key.file), key.sha256); !same)
            return same;
    }
    return checkHash(folder.filePath(manifestName()), wrapping.manifestSha256);
}

} // namespace conclave::ceremony
