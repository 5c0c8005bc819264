// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/ceremony/state.h"

namespace conclave::ceremony {

/// What an auditor would do first with the folder of a closed ceremony: the chain of the transcript holds and
/// ends in "closed", each share file has the recorded SHA-256, its companion tells the same, the wrapped
/// keys in this folder are those that were recorded, and the reports are there. The state that the transcript
/// folds to. Malformed or WrappedKeyAltered with the file that does not fit, FileUnreadable,
/// TranscriptBroken.
[[nodiscard]] Result<CeremonyState> checkRecords(const QString& folder);

} // namespace conclave::ceremony
