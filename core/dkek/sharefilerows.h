// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"

#include <QString>

namespace conclave::dkek {

// A share file on paper: four rows of 16 bytes, each with two characters of its own, and the start of the
// file's SHA-256. Encrypted, so nothing of it is secret.

inline constexpr std::size_t kFileRowBytes = 16;
inline constexpr int kFileRows = 4;
inline constexpr qsizetype kHashStartDigits = 16;

/// Row 1 to 4 of the 64 bytes of a share file.
[[nodiscard]] ByteView fileRow(ByteView file, int row);
/// The first 10 bits of the row's SHA-256 as two characters of the code alphabet.
[[nodiscard]] QString fileRowCheck(ByteView row);

enum class FileRowVerdict {
    Fits, ///< a wrong row does, once in 1024
    WrongLength, ///< not 16 bytes
    CheckDiffers,
    OtherRow, ///< right as it stands, but row 1 alone begins with "Salted__"
};
/// `check` in either case.
[[nodiscard]] FileRowVerdict judgeFileRow(int row, ByteView typed, QStringView check);

/// Whether the SHA-256 of the file begins with what was typed: at least kHashStartDigits hex digits of either
/// case, with any spaces.
[[nodiscard]] bool hashStartFits(ByteView file, QStringView typed);

} // namespace conclave::dkek
