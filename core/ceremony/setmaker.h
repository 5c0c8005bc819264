// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/secretbytes.h"
#include "core/ceremony/event.h"
#include "core/dkek/companion.h"
#include "core/dkek/keyderivation.h"
#include "core/dkek/passwordsharing.h"
#include "core/dkek/shareverifier.h"

namespace conclave::ceremony {

/// What a set needs to be made; `password` for a password rule only.
struct SetOrder {
    ShareFileRule rule;
    int number = 1;
    int of = 1;
    QString ceremonyId;
    QString deviceSerial;
    SecretBytes deviceRandom;
    SecretBytes password;
    dkek::KdfRounds rounds;
    dkek::ScryptCost verifierCost{};
    /// The 32 bytes to protect; empty: fresh random ones. Those of an old set give the same share check: a
    /// device keeps its DKEK and needs no change, and the old set stays as good as it was until it is
    /// destroyed.
    SecretBytes clearShare{};
};

/// A set that is not on disk yet.
struct FreshSet {
    SetMade made;
    Bytes file; ///< the .pbe
    QByteArray companion;
    SecretBytes clearShare; ///< the 32 bytes of the share file
    SecretBytes password;
    std::vector<dkek::CustodianShare> shares; ///< of an M-of-N rule
};

/// Makes a set and proves it: its quorums give the password back, and the password opens the share file.
/// SetNotProven. Slow: derives the key of the share file twice, and
/// a verifier for each share. For the thread pool.
[[nodiscard]] Result<FreshSet> makeSet(const SetOrder& order);
/// Writes the share file and its companion into the folder. For the file thread.
[[nodiscard]] Status saveSet(const QString& folder, const FreshSet& set);
/// Removes what saveSet() wrote, after the set became void.
void removeSet(const QString& folder, const QString& ceremonyId, int number);

} // namespace conclave::ceremony
