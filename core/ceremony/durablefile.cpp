// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/durablefile.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#ifdef _WIN32
#include <io.h>
#else
#include <fcntl.h>
#include <unistd.h>
#endif

namespace conclave::ceremony {

namespace {

Status writeNewFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return fail(file.exists() ? ErrorKind::FileExists : ErrorKind::FileUnwritable, path);
    if (file.write(content) != content.size() || !syncFile(file)) {
        file.remove();
        return fail(ErrorKind::FileUnwritable, path);
    }
    return {};
}

} // namespace

Status writeDurably(const QString& path, ByteView content)
{
    QSaveFile file(path);
    const auto size = static_cast<qint64>(content.size());
    // QSaveFile syncs before it renames.
    if (!file.open(QIODevice::WriteOnly)
        || file.write(reinterpret_cast<const char*>(content.data()), size) != size || !file.commit())
        return fail(ErrorKind::FileUnwritable, path);
    return syncFolder(QFileInfo(path).absolutePath());
}

Status writeNewFiles(const QString& folder, const std::vector<NewFile>& files)
{
    for (const NewFile& file : files) {
        if (const QString path = QDir(folder).filePath(file.name); QFile::exists(path))
            return fail(ErrorKind::FileExists, path);
    }
    QStringList written;
    for (const NewFile& file : files) {
        if (const Status done = writeNewFile(QDir(folder).filePath(file.name), file.content); !done) {
            for (const QString& path : written)
                QFile::remove(path);
            return done;
        }
        written << QDir(folder).filePath(file.name);
    }
    return syncFolder(folder);
}

Status syncFile(QFile& file)
{
#ifdef _WIN32
    const bool synced = file.flush() && _commit(file.handle()) == 0;
#else
    const bool synced = file.flush() && ::fsync(file.handle()) == 0;
#endif
    if (!synced)
        return fail(ErrorKind::FileUnwritable, file.fileName());
    return {};
}

Result<Bytes> readFromDisk(const QString& path, std::size_t limit)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return fail(ErrorKind::FileUnreadable, path);
#ifdef POSIX_FADV_DONTNEED
    (void)::posix_fadvise(file.handle(), 0, 0, POSIX_FADV_DONTNEED); // a wish: reading works without
#endif
    const QByteArray content = file.read(static_cast<qint64>(limit));
    if (file.error() != QFileDevice::NoError)
        return fail(ErrorKind::FileUnreadable, path);
    return Bytes(content.begin(), content.end());
}

Status syncFolder(const QString& folder)
{
#ifndef _WIN32 // NTFS keeps its own journal of folder entries
    const int handle = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = handle >= 0 && ::fsync(handle) == 0;
    if (handle >= 0)
        ::close(handle);
    if (!synced)
        return fail(ErrorKind::FileUnwritable, folder);
#else
    Q_UNUSED(folder)
#endif
    return {};
}

} // namespace conclave::ceremony
