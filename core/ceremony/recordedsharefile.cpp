// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/recordedsharefile.h"

#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/ceremony/durablefile.h"
#include "core/dkek/sharefile.h"

#include <QDir>

namespace conclave::ceremony {

namespace {

bool isRecorded(const SetMade& made, ByteView content)
{
    return toHex(sha256(content)) == made.sha256;
}

} // namespace

Status checkShareFile(const QString& folder, const SetMade& made)
{
    const QString path = QDir(folder).filePath(made.file);
    const Result<Bytes> content = readFromDisk(path, dkek::kShareFileBytes + 1);
    if (!content)
        return fail(content.error());
    if (!isRecorded(made, *content))
        return fail(ErrorKind::ShareFileOfAnotherSet, path);
    return {};
}

Status putBackShareFile(const QString& folder, const SetMade& made, ByteView content)
{
    const QString path = QDir(folder).filePath(made.file);
    if (!isRecorded(made, content))
        return fail(ErrorKind::ShareFileOfAnotherSet, path);
    if (checkShareFile(folder, made))
        return {};
    if (QFile::exists(path)) {
        const QString aside = path + QStringLiteral(".altered");
        if (QFile::exists(aside))
            return fail(ErrorKind::FileExists, aside);
        if (!QFile::rename(path, aside))
            return fail(ErrorKind::FileUnwritable, aside);
    }
    if (Status written = writeDurably(path, content); !written)
        return written;
    return checkShareFile(folder, made);
}

} // namespace conclave::ceremony
