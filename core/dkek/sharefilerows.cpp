// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/dkek/sharefilerows.h"

#include "core/base/codealphabet.h"
#include "core/base/digest.h"
#include "core/base/hex.h"

#include <algorithm>

namespace conclave::dkek {

namespace {

constexpr int kRowCheckCharacters = 2;
constexpr std::uint8_t kMagic[] = { 'S', 'a', 'l', 't', 'e', 'd', '_', '_' };

} // namespace

ByteView fileRow(ByteView file, int row)
{
    return file.subspan(static_cast<std::size_t>(row - 1) * kFileRowBytes, kFileRowBytes);
}

QString fileRowCheck(ByteView row)
{
    return encodePublicCode(sha256(row), kRowCheckCharacters);
}

FileRowVerdict judgeFileRow(int row, ByteView typed, QStringView check)
{
    if (typed.size() != kFileRowBytes)
        return FileRowVerdict::WrongLength;
    if (check.compare(fileRowCheck(typed), Qt::CaseInsensitive) != 0)
        return FileRowVerdict::CheckDiffers;
    const bool begins = std::ranges::equal(typed.first(sizeof kMagic), kMagic);
    return begins == (row == 1) ? FileRowVerdict::Fits : FileRowVerdict::OtherRow;
}

bool hashStartFits(ByteView file, QStringView typed)
{
    const QString digits = typed.toString().remove(QLatin1Char(' '));
    return digits.size() >= kHashStartDigits && toHex(sha256(file)).startsWith(digits, Qt::CaseInsensitive);
}

} // namespace conclave::dkek
