// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"

#include <QByteArray>
#include <QFile>
#include <QString>

/// Test files, and bytes on their way between Qt's type and the core's.
namespace conclave::interop {

[[nodiscard]] inline ByteView bytesOf(const QByteArray& array)
{
    return { reinterpret_cast<const std::uint8_t*>(array.data()), static_cast<std::size_t>(array.size()) };
}

[[nodiscard]] inline QByteArray arrayOf(ByteView bytes)
{
    return { reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()) };
}

/// Empty when there is no such file.
[[nodiscard]] inline QByteArray contentOf(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

[[nodiscard]] inline bool writeFile(const QString& name, const QByteArray& content)
{
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace conclave::interop
