// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/printqueues.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {

constexpr qint64 kMostConfiguration = 1 << 20;

bool hasSwapSpace()
{
    QFile swaps(QStringLiteral("/proc/swaps"));
    if (!swaps.open(QIODevice::ReadOnly))
        return true;
    const QList<QByteArray> lines = swaps.readAll().split('\n');
    // After the heading; zram is memory, too.
    return std::any_of(lines.begin() + 1, lines.end(),
        [](const QByteArray& line) { return !line.isEmpty() && !line.startsWith("/dev/zram"); });
}

SpoolPlace placeOf(const QString& folder)
{
    if (!QDir::isAbsolutePath(folder))
        return SpoolPlace::Unknown;
    QString path = QDir::cleanPath(folder);
    while (!QFileInfo::exists(path) && QFileInfo(path).path() != path)
        path = QFileInfo(path).path(); // what may not be looked into is mostly on the file system around it
    const QByteArray type = QStorageInfo(path).fileSystemType();
    if (type == "ramfs")
        return SpoolPlace::Memory;
    if (type == "tmpfs")
        return hasSwapSpace() ? SpoolPlace::SwappableMemory : SpoolPlace::Memory;
    if (type.isEmpty() || type == "overlay" || type == "aufs")
        return SpoolPlace::Unknown; // of a live system in memory, of others on a disk
    return SpoolPlace::Disk;
}

} // namespace

PrinterConnection connectionOf(const QString& deviceUri, bool isClass, bool remote)
{
    if (isClass)
        return PrinterConnection::Class;
    if (remote)
        return PrinterConnection::Network;
    const QString scheme = deviceUri.section(QLatin1Char(':'), 0, 0).toLower();
    static const QStringList files{ QStringLiteral("file"), QStringLiteral("cups-pdf"),
        QStringLiteral("pdf") };
    static const QStringList networks{ QStringLiteral("ipp"), QStringLiteral("ipps"), QStringLiteral("http"),
        QStringLiteral("https"), QStringLiteral("socket"), QStringLiteral("lpd"), QStringLiteral("smb"),
        QStringLiteral("dnssd"), QStringLiteral("mdns"), QStringLiteral("bluetooth"),
        QStringLiteral("implicitclass") };
    if (scheme == QStringLiteral("usb") || scheme == QStringLiteral("parallel")
        || scheme == QStringLiteral("serial") || deviceUri.startsWith(QStringLiteral("hp:/usb/")))
        return PrinterConnection::Cable;
    if (files.contains(scheme))
        return PrinterConnection::File;
    return networks.contains(scheme) ? PrinterConnection::Network : PrinterConnection::Other;
}

Spool spoolOf(const QString& serverRoot)
{
    const QString path = QDir(serverRoot).filePath(QStringLiteral("cups-files.conf"));
    QFile file(path);
    if (!QFileInfo(serverRoot).isDir() || (QFileInfo::exists(path) && !file.open(QIODevice::ReadOnly)))
        return {};
    QString spool = QStringLiteral("/var/spool/cups");
    QString temporary;
    const QList<QByteArray> lines
        = file.isOpen() ? file.read(kMostConfiguration).split('\n') : QList<QByteArray>();
    for (const QByteArray& line : lines) {
        const QString text = QString::fromUtf8(line).simplified();
        const QString name = text.section(QLatin1Char(' '), 0, 0).toLower();
        if (name == QStringLiteral("requestroot"))
            spool = text.section(QLatin1Char(' '), 1);
        else if (name == QStringLiteral("tempdir"))
            temporary = text.section(QLatin1Char(' '), 1);
    }
    if (temporary.isEmpty())
        temporary = spool + QStringLiteral("/tmp");
    return { std::max(placeOf(spool), placeOf(temporary)), spool };
}

} // namespace conclave::ui
