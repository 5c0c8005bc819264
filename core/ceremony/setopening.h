// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/secretbytes.h"
#include "core/ceremony/event.h"
#include "core/dkek/foreignset.h"
#include "core/dkek/keyderivation.h"
#include "core/dkek/passwordsharing.h"
#include "core/dkek/shareverifier.h"

#include <optional>
#include <vector>

namespace conclave::ceremony {

/// What the companion beside the share file in this folder says of one share alone; NoVerifier where there is
/// no companion of this set. Errors as askVerifier(). Slow.
[[nodiscard]] Result<dkek::VerifierAnswer> askCompanion(
    const QString& folder, const SetMade& made, const dkek::CustodianShare& share);

/// Opens a share file with the shares or the password that were handed in. Slow. NotAShareFile,
/// FileUnreadable, ShareFileOfAnotherSet when the file is not the one of `made`, SharesDoNotOpenFile with the
/// id of a wrong share where the companion can tell.
struct OpeningOrder {
    QString folder;
    SetMade made;
    /// Of a set of another tool: an id as on the sheet, read as hex.
    std::vector<dkek::CustodianShare> shares;
    SecretBytes password;
    dkek::KdfRounds rounds;
    int threshold = 0; ///< of an M-of-N set; for openSet() only
    bool otherTool = false; ///< of sc-hsm-tool: see foreignset.h
};
[[nodiscard]] Result<SecretBytes> openShareFile(const OpeningOrder& order);

struct OpenedSet {
    SecretBytes clear{}; ///< the 32 bytes of the share file; empty: it did not open
    dkek::Readings readings{}; ///< that opened a set of another tool
    std::vector<int> wrong{}; ///< ids of shares that are not of the set, ascending; none: not known, or none
    std::optional<WrongShareBy> wrongBy{}; ///< what told it
    bool fitTogether
        = false; ///< not opened: all of more than M shares are of one set, and it is not the file's
};
/// The same, and where it does not open, what can be told of the shares. A verifier knows each by itself.
/// With more than M the wrong ones are those that do not lie on the polynomial of the others: of M+2 with one
/// wrong that can be computed, of M+1 the share file is tried with each M of them. Errors as of
/// openShareFile(), but for SharesDoNotOpenFile. Slow: derives a key for each try.
[[nodiscard]] Result<OpenedSet> openSet(const OpeningOrder& order);

} // namespace conclave::ceremony
