// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/witness/openscmodule.h"

#include <QDir>
#include <QFileInfo>

namespace conclave::witness {

QStringList openScFolders()
{
#ifdef Q_OS_MACOS
    return { QStringLiteral("/Library/OpenSC/lib"), QStringLiteral("/opt/homebrew/lib"),
        QStringLiteral("/usr/local/lib") };
#else
    const QString architecture = QStringLiteral(CONCLAVE_LIBRARY_ARCHITECTURE);
    QStringList folders;
    if (!architecture.isEmpty())
        folders << QStringLiteral("/usr/lib/") + architecture
                << QStringLiteral("/usr/lib/%1/pkcs11").arg(architecture)
                << QStringLiteral("/usr/local/lib/") + architecture;
    return folders << QStringList{ QStringLiteral("/usr/lib64"), QStringLiteral("/usr/lib64/pkcs11"),
        QStringLiteral("/usr/lib"), QStringLiteral("/usr/lib/pkcs11"), QStringLiteral("/usr/local/lib64"),
        QStringLiteral("/usr/local/lib") };
#endif
}

QString findOpenScModule(const QStringList& folders)
{
    for (const QString& folder : folders) {
        const QFileInfo file(QDir(folder).filePath(QStringLiteral("opensc-pkcs11.so")));
        if (file.isFile())
            return file.absoluteFilePath();
    }
    return {};
}

} // namespace conclave::witness
