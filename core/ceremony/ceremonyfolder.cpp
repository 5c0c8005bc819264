// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/ceremonyfolder.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStorageInfo>

namespace conclave::ceremony {

bool isCeremonyId(const QString& text)
{
    static const QRegularExpression rule(QStringLiteral("\\A[A-Z0-9][A-Z0-9-]{0,39}\\z"));
    return rule.match(text).hasMatch();
}

std::optional<QString> memoryFileSystemOf(const QString& folder)
{
    QString path = QFileInfo(folder).absoluteFilePath();
    while (!QFileInfo::exists(path) && QFileInfo(path).absolutePath() != path)
        path = QFileInfo(path).absolutePath();
    const QString type = QString::fromLatin1(QStorageInfo(path).fileSystemType());
    static const QStringList inMemory{ QStringLiteral("tmpfs"), QStringLiteral("ramfs"),
        QStringLiteral("overlay"), QStringLiteral("aufs") };
    if (inMemory.contains(type))
        return type;
    return std::nullopt;
}

QString partFolderName(const QString& ceremonyId, int part)
{
    return QStringLiteral("%1-part-%2").arg(ceremonyId).arg(part);
}

QString transcriptPath(const QString& folder)
{
    return QDir(folder).filePath(QStringLiteral("transcript.jsonl"));
}

QString shareFileName(const QString& ceremonyId, int number)
{
    return QStringLiteral("%1-share-%2.pbe").arg(ceremonyId).arg(number);
}

QString companionName(const QString& ceremonyId, int number)
{
    return QStringLiteral("%1-share-%2.json").arg(ceremonyId).arg(number);
}

} // namespace conclave::ceremony
