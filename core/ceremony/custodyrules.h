// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/state.h"

#include <vector>

namespace conclave::ceremony {

/// The custodians who are one person each, by their numbers: people are told apart by their names, whatever
/// their case. In order of the first number; nobody who has one number only.
[[nodiscard]] std::vector<std::vector<int>> samePeople(const std::vector<ParticipantNamed>& participants);

/// What one person would hold together and should not, if the custodians of `scheme` are those among
/// `participants`. One entry a rule and custodian; of TooManyShares one a person, over all share files.
[[nodiscard]] std::vector<CustodyRuleOverridden> custodyConflicts(
    const std::vector<ParticipantNamed>& participants, const SchemeChosen& scheme);
/// The same of those who are to enter the halves of the device's new SO-PIN, when the shares are out.
[[nodiscard]] std::vector<CustodyRuleOverridden> custodyConflicts(
    const CeremonyState& state, const std::vector<SoPinHalf>& halves);

} // namespace conclave::ceremony
