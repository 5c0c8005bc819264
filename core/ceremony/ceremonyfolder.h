// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace conclave::ceremony {

/// Characters A-Z 0-9 -, 1 to 40 of them, not beginning with a dash (formats.md, Files of a ceremony).
[[nodiscard]] bool isCeremonyId(const QString& text);
/// The type of the file system when the folder, or the nearest one above it that exists, lies in memory.
[[nodiscard]] std::optional<QString> memoryFileSystemOf(const QString& folder);

/// "EX-2026-0417-part-2", of a part that goes on elsewhere.
[[nodiscard]] QString partFolderName(const QString& ceremonyId, int part);
[[nodiscard]] QString transcriptPath(const QString& folder);
[[nodiscard]] QString shareFileName(const QString& ceremonyId, int number);
[[nodiscard]] QString companionName(const QString& ceremonyId, int number);

} // namespace conclave::ceremony
