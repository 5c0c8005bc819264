// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/ceremony/state.h"

#include <vector>

namespace conclave::ceremony {

/// Folds the transcript of a folder without continuing it. FileUnreadable, NotATranscript, TranscriptBroken.
[[nodiscard]] Result<CeremonyState> readCeremony(const QString& folder);

/// A ceremony that somebody began and nobody closed.
struct OpenCeremony {
    QString folder;
    CeremonyState state;
};

/// Those whose folders lie in `recordsFolder`, the last one begun first. Other folders are left out.
[[nodiscard]] std::vector<OpenCeremony> openCeremonies(const QString& recordsFolder);

} // namespace conclave::ceremony
