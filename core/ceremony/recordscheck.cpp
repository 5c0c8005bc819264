// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/recordscheck.h"

#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/ceremony/ceremonyfolder.h"
#include "core/ceremony/knownceremonies.h"
#include "core/dkek/companion.h"

#include <QDir>
#include <QFile>

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
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::FileUnreadable, path);
    const Result<dkek::Companion> companion = dkek::Companion::parse(file.read(kLargestRecord));
    if (!companion || toHex(companion->sha256) != made.sha256 || companion->set != made.set)
        return fail(ErrorKind::Malformed, path);
    return {};
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
        if (!made)
            return fail(ErrorKind::Malformed, transcriptPath(folder));
        const int number = static_cast<int>(i) + 1;
        const QString companion = companionName(state->opened->ceremony, number);
        if (const Status file = checkFile(files.filePath(made->file), made->sha256); !file)
            return fail(file.error());
        if (const Status fits = checkCompanion(files.filePath(companion), *made); !fits)
            return fail(fits.error());
    }
    for (const ReportSaved& report : state->reports) {
        if (const Status file = checkFile(files.filePath(report.file), report.sha256); !file)
            return fail(file.error());
    }
    return state;
}

} // namespace conclave::ceremony
