// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/report.h"

#include <vector>

namespace conclave::ceremony {

/// What a restore drill has shown of a backup.
enum class DrillVerdict {
    Proved, ///< every share file opened, every key of the backup restored, each proved by a signature
    ProvedInPart, ///< at least one key was proved
    NotProved
};

/// A sheet, or the password of a share file, that was brought to the drill.
struct DrillSheet {
    enum class Finding {
        Opened, ///< it took part in opening the share file
        Wrong, ///< it was found not to be of this set
        NotOpened ///< it was handed in, and did not open the share file
    };
    int custodian = 1; ///< number through all share files
    QString name; ///< empty when nobody was named
    int id = 1; ///< share id within the set
    Finding finding = Finding::NotOpened;
};

struct DrillShareFile {
    FirstShareFile file;
    bool opened = false; ///< and its part of the DKEK was taken by the device
    std::vector<DrillSheet> sheets; ///< by id
    int notBrought = 0; ///< sheets of which this drill shows nothing
};

struct DrillResult {
    DrillVerdict verdict = DrillVerdict::NotProved;
    std::vector<DrillShareFile> shareFiles;
    bool kcvAgrees = false; ///< the drill's device told the key check value of the backup
    bool kcvDiffers = false; ///< it told another one
    bool ended = false; ///< before everything was tried
    QString whyEnded; ///< the officer's words; may be empty
    int notChosen = 0; ///< usable keys of the backup that were not to be restored
    int notRestored = 0;
    int notProvable = 0; ///< restored, without a public key or not allowed to sign
    std::vector<RefusedKey> refused;
};

/// From the report of a drill; empty for other flows. What was tried on a simulator that a pause wiped counts
/// for the sheets, and not for the keys.
[[nodiscard]] DrillResult drillResult(const Report& report);

} // namespace conclave::ceremony
