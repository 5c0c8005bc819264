// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/ceremony/event.h"

namespace conclave::ceremony {

// What a second device needs of the first: its share files, and the key check value that it must show.
// Blocking calls, for the thread pool.

/// From the folder of the ceremony in which the first device was established, or from a folder with its share
/// files and their companions; then the key check value is empty where no companion knows it. Each share file
/// is compared with its recorded hash; one that is not there is named as missing. ShareFilesMissing where
/// nothing tells what it was, TranscriptBroken, NotACompanion, ShareFileOfAnotherSet, FileUnreadable.
[[nodiscard]] Result<FirstDeviceNamed> readFirstDevice(const QString& folder);
/// Copies the share files that are not missing, and the companions, each read back. FileExists,
/// FileUnwritable.
[[nodiscard]] Status takeShareFiles(const FirstDeviceNamed& first, const QString& from, const QString& into);
/// As openShareFile() and checkShareFile() want it.
[[nodiscard]] SetMade setOf(const FirstShareFile& file, int number);
[[nodiscard]] ShareFileRule ruleOf(const FirstShareFile& file);

} // namespace conclave::ceremony
