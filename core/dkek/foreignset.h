// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dkek/keyderivation.h"
#include "core/dkek/passwordsharing.h"
#include "core/dkek/sharefile.h"

#include <QFlags>
#include <QString>

#include <optional>
#include <vector>

namespace conclave::dkek {

/// A share as it stands on a sheet of another tool.
struct TypedShare {
    QString id; ///< "3", "10", "0a": at most two hex digits
    SecretBytes value; ///< sc-hsm-tool leaves leading zero bytes out
};

/// Where a set can be read in two ways (smartcard-hsm.md, 7.5), the way that is meant. A set that can be read
/// in one way only has none of them.
enum class Reading {
    PaddedZero
    = 1, ///< the password's leading zero bytes count: sc-hsm-tool made it, and cannot open it itself
    MinimalPassword = 2, ///< they do not
    IdsDecimal = 4, ///< "10" is ten, as sc-hsm-tool prints it; it reads sixteen
    IdsHex = 8, ///< "10" is sixteen
};
Q_DECLARE_FLAGS(Readings, Reading)

struct PasswordCandidate {
    SecretBytes password;
    Readings readings;
};
/// One to four, the likeliest first. NotAPrime; ShareIdOutOfRange for an id that is none; where no reading of
/// the ids gives shares that can be joined, the first one's error, as of joinPassword().
[[nodiscard]] Result<std::vector<PasswordCandidate>> passwordCandidates(
    ByteView prime, std::span<const TypedShare> shares);

struct ForeignOpening {
    SecretBytes clear; ///< the 32 bytes of the share file
    Readings readings; ///< that opened it
};
/// Tries the candidates in turn until the whole padding is right, and the share check where it is known.
/// SharesDoNotOpenFile. Slow: derives a key for each.
[[nodiscard]] Result<ForeignOpening> openForeignSet(const ShareFile& file,
    std::span<const PasswordCandidate> candidates, const std::optional<CheckValue>& shareCheck,
    KdfRounds rounds);

} // namespace conclave::dkek

Q_DECLARE_OPERATORS_FOR_FLAGS(conclave::dkek::Readings)
