// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/recordscheck.h"

#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/ceremony/ceremonyfolder.h"
#include "core/ceremony/companionfile.h"
#include "core/ceremony/keyrestore.h"
#include "core/ceremony/keysaving.h"
#include "core/ceremony/knownceremonies.h"

#include <QDir>
#include <QFile>

#include <algorithm>

namespace conclave::ceremony {

namespace {

constexpr qint64 kLargestRecord = 64LL * 1024 * 1024;

Status checkFile(const QString& path, const QString& recordedSha256)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::FileUnreadable, path);
    const QByteArray content = file.read(kLargestRecord);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(content.constData());
    if (toHex(sha256(ByteView(bytes, static_cast<std::size_t>(content.size())))) != recordedSha256)
        return fail(ErrorKind::Malformed, path);
    return {};
}

Status checkCompanion(const QString& path, const SetMade& made)
{
    const Result<dkek::Companion> companion = readCompanion(path);
    if (!companion && companion.error().kind == ErrorKind::FileUnreadable)
        return fail(ErrorKind::FileUnreadable, path);
    if (!companion || toHex(companion->sha256) != made.sha256 || companion->set != made.set)
        return fail(ErrorKind::Malformed, path);
    return {};
}

/// The hashes are those of the transcript, and the manifest leads to the same files.
Status checkWrappedKeys(const KeysWrapped& wrapping, const QString& folder, const QString& serial)
{
    if (const Status same = checkSavedKeys(wrapping, folder); !same)
        return same;
    const QString path = QDir(keysFolder(folder)).filePath(manifestName());
    const Result<KeysOnMedium> keys = openKeyBackup(path);
    if (!keys)
        return fail(keys.error());
    const bool fits = keys->device == serial && keys->keys.size() == wrapping.keys.size()
        && std::ranges::equal(
            keys->keys, wrapping.keys, [](const RestorableKey& key, const WrappedKeyFile& recorded) {
                return key.file && key.about.file == recorded.file
                    && key.about.reference == recorded.keyReference;
            });
    return fits ? Status() : fail(ErrorKind::Malformed, path);
}

} // namespace

Result<CeremonyState> checkRecords(const QString& folder)
{
    Result<CeremonyState> state = readCeremony(folder);
    if (!state)
        return state;
    if (!state->opened || state->stage != Stage::Closed)
        return fail(ErrorKind::Malformed, transcriptPath(folder));
    const QDir files(folder);
    for (std::size_t i = 0; i < state->sets.size(); ++i) {
        const std::optional<SetMade>& made = state->sets[i].made;
        // Of a ceremony that travels, the files of other sites stay there.
        if (state->before && (!state->sets[i].imported || state->before->shareFiles[i].imported))
            continue;
        if (!made)
            return fail(ErrorKind::Malformed, transcriptPath(folder));
        if (const Status file = checkFile(files.filePath(made->file), made->sha256); !file)
            return fail(file.error());
        if (const Status fits = checkCompanion(files.filePath(companionOf(made->file)), *made); !fits)
            return fail(fits.error());
    }
    for (const KeysSaved& saved : state->backup.media) {
        if (!saved.folder.isEmpty())
            continue; // on a medium of its own
        const KeysWrapped& wrapping = state->backup.wrappings[static_cast<std::size_t>(saved.wrapping - 1)];
        if (const Status keys = checkWrappedKeys(wrapping, folder, state->device->serial); !keys)
            return fail(keys.error());
    }
    for (const ReportSaved& report : state->reports) {
        if (const Status file = checkFile(files.filePath(report.file), report.sha256); !file)
            return fail(file.error());
    }
    return state;
}

} // namespace conclave::ceremony
