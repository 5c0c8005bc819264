// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/custodyrules.h"

#include <algorithm>

namespace conclave::ceremony {

namespace {

QString person(const ParticipantNamed& participant)
{
    return participant.name.simplified().toCaseFolded();
}

/// The rule of the share file that custodian `number` of the ceremony holds a share of; null: of none.
const ShareFileRule* ruleOf(int number, const SchemeChosen& scheme)
{
    for (const ShareFileRule& rule : scheme.shareFiles) {
        if (number <= rule.people())
            return &rule;
        number -= rule.people();
    }
    return nullptr;
}

} // namespace

std::vector<CustodyRuleOverridden> custodyConflicts(
    const std::vector<ParticipantNamed>& participants, const SchemeChosen& scheme)
{
    const auto officer
        = std::ranges::find_if(participants, [](const auto& each) { return each.role == Role::Officer; });
    std::vector<CustodyRuleOverridden> conflicts;
    for (const ParticipantNamed& each : participants) {
        const ShareFileRule* rule = each.role == Role::Custodian ? ruleOf(each.number, scheme) : nullptr;
        if (!rule || officer == participants.end() || person(*officer).isEmpty()
            || person(each) != person(*officer))
            continue;
        conflicts.push_back({ CustodyRule::SoPinHolderIsCustodian, each.number });
        if (rule->threshold == 2)
            conflicts.push_back({ CustodyRule::OfficerAmongTwo, each.number });
    }
    return conflicts;
}

std::vector<CustodyRuleOverridden> custodyConflicts(
    const CeremonyState& state, const std::vector<SoPinHalf>& halves)
{
    std::vector<CustodyRuleOverridden> conflicts;
    if (!state.scheme || state.drill.cleaning) // no backup, or a device that holds nothing of it any more
        return conflicts;
    for (const SoPinHalf& half : halves) {
        const ParticipantNamed* holder = state.participant(half.role, half.number);
        for (const ParticipantNamed& each : state.participants) {
            if (holder && each.role == Role::Custodian && ruleOf(each.number, *state.scheme)
                && (&each == holder || (!person(each).isEmpty() && person(each) == person(*holder))))
                conflicts.push_back({ CustodyRule::SoPinHalfHolderIsCustodian, each.number });
        }
    }
    return conflicts;
}

} // namespace conclave::ceremony
