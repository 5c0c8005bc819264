// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/event.h"

#include <vector>

namespace conclave::ceremony {

/// What one person would hold together and should not, if the custodians of `scheme` are those among
/// `participants`: people are told apart by their names, whatever their case. One entry a rule and custodian.
[[nodiscard]] std::vector<CustodyRuleOverridden> custodyConflicts(
    const std::vector<ParticipantNamed>& participants, const SchemeChosen& scheme);

} // namespace conclave::ceremony
