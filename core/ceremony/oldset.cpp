// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/oldset.h"

#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/ceremony/companionfile.h"
#include "core/ceremony/durablefile.h"
#include "core/dkek/sharefile.h"

#include <QDir>
#include <QFileInfo>

namespace conclave::ceremony {

namespace {

void describe(SetBrought& set, const dkek::Companion& companion)
{
    set.ceremony = companion.ceremony;
    set.set = companion.set;
    set.shareFile = companion.number;
    set.shareFiles = companion.of;
    if (companion.scheme) {
        set.threshold = companion.scheme->threshold;
        set.total = companion.scheme->total;
        set.bits = companion.scheme->bits;
    }
    set.prime = toHex(companion.prime);
    set.shareCheck = toHex(companion.shareCheck);
    if (companion.kcv)
        set.kcv = toHex(*companion.kcv);
    set.device = companion.device;
}

} // namespace

Result<SetBrought> readOldSet(const QString& path)
{
    const bool byCompanion = path.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive);
    const QString companionPath = byCompanion ? path : companionOf(path);
    SetBrought set;
    QString filePath = path;
    std::optional<dkek::Companion> companion;
    if (byCompanion || QFile::exists(companionPath)) {
        Result<dkek::Companion> read = readCompanion(companionPath);
        if (!read)
            return fail(read.error());
        companion = std::move(*read);
        if (byCompanion)
            filePath = QFileInfo(path).dir().filePath(companion->file);
    }
    const Result<Bytes> content = readFromDisk(filePath, dkek::kShareFileBytes + 1);
    if (!content)
        return fail(content.error());
    if (const auto file = dkek::ShareFile::parse(*content); !file)
        return fail(file.error());
    const Sha256Digest hash = sha256(*content);
    if (companion && toBytes(hash) != companion->sha256)
        return fail(ErrorKind::ShareFileOfAnotherSet, filePath);
    set.folder = QFileInfo(filePath).absolutePath();
    set.file = QFileInfo(filePath).fileName();
    set.sha256 = toHex(hash);
    if (companion)
        describe(set, *companion);
    return set;
}

} // namespace conclave::ceremony
