// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QFile>
#include <QString>

#include <vector>

namespace conclave::ceremony {

// Blocking calls for the file thread. Errors: FileUnwritable with the path, where nothing else is said.

/// Replaces the file atomically and returns when content and folder entry are on the disk.
[[nodiscard]] Status writeDurably(const QString& path, ByteView content);
struct NewFile {
    QString name;
    QByteArray content;
};
/// Writes them into the folder, none over an existing file: FileExists with the path. All or none: what was
/// written before one that could not be written whole is removed again.
[[nodiscard]] Status writeNewFiles(const QString& folder, const std::vector<NewFile>& files);
/// Returns when what was written to the open file is on the disk.
[[nodiscard]] Status syncFile(QFile& file);
/// At most `limit` bytes, from the medium itself where the system lets its cache be passed over.
/// FileUnreadable.
[[nodiscard]] Result<Bytes> readFromDisk(const QString& path, std::size_t limit);
/// Returns when the folder's entries are on the disk.
[[nodiscard]] Status syncFolder(const QString& folder);

} // namespace conclave::ceremony
