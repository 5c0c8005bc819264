// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dkek/shareverifier.h"

#include <optional>

namespace conclave::dkek {

/// One sheet by itself, as it was typed. Its rows have been judged while they were typed.
struct TypedSheet {
    Bytes prime; ///< public; full size
    std::optional<ShareVerifiers> verifiers; ///< of the companion
    CustodianShare share;
    bool rowsFit = false; ///< it has check pairs, and every row fits them
    SecretBytes checkCode; ///< 4 characters; empty when the sheet has none
};

enum class SheetVerdict {
    Right, ///< it is of this set: check code or verifier say so, and neither denies it
    Wrong, ///< one of them denies it
    Undecided, ///< neither is there; check pairs know the id, but not the set
};

/// What each of the checks says of a sheet.
struct SheetJudgement {
    bool rowsFit = false; ///< false: it has no check pairs
    std::optional<bool> checkCodeFits; ///< nothing: it has none
    VerifierAnswer verifier = VerifierAnswer::NoVerifier;

    [[nodiscard]] SheetVerdict verdict() const;
};

/// Nothing is combined, nothing is kept. Errors as checkShare(), CryptoFailed. Slow: for the thread pool.
[[nodiscard]] Result<SheetJudgement> judgeSheet(const TypedSheet& sheet);

} // namespace conclave::dkek
