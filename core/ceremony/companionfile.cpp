// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/companionfile.h"

#include "core/ceremony/durablefile.h"

#include <QFileInfo>

namespace conclave::ceremony {

namespace {
constexpr std::size_t kLargestFile = 1 << 16; // a companion of 99 shares has a few thousand bytes
}

QString companionOf(const QString& shareFile)
{
    const qsizetype suffix = QFileInfo(shareFile).suffix().size();
    return shareFile.chopped(suffix == 0 ? 0 : suffix + 1) + QStringLiteral(".json");
}

Result<dkek::Companion> readCompanion(const QString& path)
{
    const Result<Bytes> content = readFromDisk(path, kLargestFile);
    if (!content)
        return fail(content.error());
    return dkek::Companion::parse(
        QByteArray(reinterpret_cast<const char*>(content->data()), static_cast<qsizetype>(content->size())));
}

} // namespace conclave::ceremony
