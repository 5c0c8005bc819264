// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/firstdevice.h"

#include "core/base/hex.h"
#include "core/ceremony/ceremonyfolder.h"
#include "core/ceremony/companionfile.h"
#include "core/ceremony/durablefile.h"
#include "core/ceremony/knownceremonies.h"
#include "core/ceremony/recordedsharefile.h"
#include "core/dkek/sharefile.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <map>

namespace conclave::ceremony {

namespace {

constexpr std::size_t kLargestCompanion = 1024 * 1024;

FirstShareFile describe(const ShareFileRule& rule, const SetMade& made)
{
    return { rule.name, rule.site, rule.threshold, rule.total, rule.bits, made.set, made.file, made.sha256,
        made.prime, made.shareCheck };
}

FirstShareFile describe(const dkek::Companion& companion)
{
    FirstShareFile file;
    if (companion.scheme) {
        file.threshold = companion.scheme->threshold;
        file.total = companion.scheme->total;
        file.bits = companion.scheme->bits;
    }
    file.set = companion.set;
    file.file = companion.file;
    file.sha256 = toHex(companion.sha256);
    file.prime = toHex(companion.prime);
    file.shareCheck = toHex(companion.shareCheck);
    return file;
}

Result<FirstDeviceNamed> fromRecord(const QString& folder)
{
    const Result<CeremonyState> state = readCeremony(folder);
    if (!state)
        return fail(state.error());
    FirstDeviceNamed first;
    first.ceremony = state->opened ? state->opened->ceremony : QString();
    first.device = state->device ? state->device->serial : QString();
    first.kcv = state->kcv.isEmpty() ? state->expectedKcv : state->kcv;
    for (const ShareSet& set : state->sets) {
        if (!set.made || !set.imported)
            return fail(ErrorKind::ShareFilesMissing, folder);
        first.shareFiles.push_back(describe(set.rule, *set.made));
    }
    return first;
}

Result<FirstDeviceNamed> fromCompanions(const QString& folder)
{
    const QDir dir(folder);
    std::map<int, dkek::Companion> companions;
    for (const QString& name : dir.entryList({ QStringLiteral("*-share-*.json") }, QDir::Files)) {
        Result<dkek::Companion> companion = readCompanion(dir.filePath(name));
        if (!companion)
            return fail(companion.error());
        companions.emplace(companion->number, std::move(*companion));
    }
    if (companions.empty())
        return fail(ErrorKind::ShareFilesMissing, folder);
    FirstDeviceNamed first;
    const dkek::Companion& any = companions.begin()->second;
    first.ceremony = any.ceremony;
    first.device = any.device;
    if (any.of == 1)
        first.kcv = toHex(any.shareCheck); // a single share file is the DKEK itself
    for (int number = 1; number <= any.of; ++number) {
        const auto found = companions.find(number);
        if (found == companions.end() || found->second.ceremony != any.ceremony || found->second.of != any.of)
            return fail(Error{ .kind = ErrorKind::ShareFilesMissing, .number = number, .detail = folder });
        if (found->second.kcv)
            first.kcv = toHex(*found->second.kcv);
        first.shareFiles.push_back(describe(found->second));
    }
    return first;
}

Status takeShareFile(const SetMade& made, const QString& from, const QString& into)
{
    const Result<Bytes> content = readFromDisk(QDir(from).filePath(made.file), dkek::kShareFileBytes + 1);
    return content ? putBackShareFile(into, made, *content) : fail(content.error());
}

} // namespace

SetMade setOf(const FirstShareFile& file, int number)
{
    SetMade made;
    made.number = number;
    made.set = file.set;
    made.file = file.file;
    made.sha256 = file.sha256;
    made.prime = file.prime;
    made.shareCheck = file.shareCheck;
    return made;
}

ShareFileRule ruleOf(const FirstShareFile& file)
{
    return { file.name, file.site, file.threshold, file.total, file.bits };
}

Result<FirstDeviceNamed> readFirstDevice(const QString& folder)
{
    Result<FirstDeviceNamed> first
        = QFile::exists(transcriptPath(folder)) ? fromRecord(folder) : fromCompanions(folder);
    if (!first)
        return first;
    if (first->shareFiles.empty())
        return fail(ErrorKind::ShareFilesMissing, folder);
    for (std::size_t i = 0; i < first->shareFiles.size(); ++i) {
        const int number = static_cast<int>(i) + 1;
        FirstShareFile& file = first->shareFiles[i];
        if (file.file.contains(QLatin1Char('/')))
            return fail(ErrorKind::NotACompanion, QStringLiteral("file"));
        file.missing = !QFile::exists(QDir(folder).filePath(file.file));
        if (file.missing)
            continue;
        if (const Status whole = checkShareFile(folder, setOf(file, number)); !whole)
            return fail(whole.error());
    }
    return first;
}

Status takeShareFiles(const FirstDeviceNamed& first, const QString& from, const QString& into)
{
    for (std::size_t i = 0; i < first.shareFiles.size(); ++i) {
        const FirstShareFile& file = first.shareFiles[i];
        const SetMade made = setOf(file, static_cast<int>(i) + 1);
        if (Status taken = file.missing ? Status() : takeShareFile(made, from, into); !taken)
            return taken;
        const QString companion = companionOf(file.file);
        if (const Result<Bytes> copy = readFromDisk(QDir(from).filePath(companion), kLargestCompanion);
            copy) {
            if (Status written = writeDurably(QDir(into).filePath(companion), *copy); !written)
                return written;
        }
    }
    return {};
}

} // namespace conclave::ceremony
