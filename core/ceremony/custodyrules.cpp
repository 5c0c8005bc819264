// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/custodyrules.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

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

/// What the custodians with these numbers hold if they are one person, and should not. A single share is what
/// everyone holds, also where two restore.
std::optional<CustodyRuleOverridden> heldByOne(const std::vector<int>& numbers, const SchemeChosen& scheme)
{
    std::map<const ShareFileRule*, std::vector<int>> held;
    for (const int number : numbers) {
        if (const ShareFileRule* rule = ruleOf(number, scheme))
            held[rule].push_back(number);
    }
    std::vector<int> tooMany;
    bool alone = false;
    bool others = false;
    for (const auto& [rule, shares] : held) {
        const int missing = (rule->isPassword() ? 1 : rule->threshold) - static_cast<int>(shares.size());
        if (missing > 1)
            continue;
        std::ranges::copy(shares, std::back_inserter(tooMany));
        alone = alone || (missing <= 0 && !rule->isPassword());
        others = others || missing > 0;
    }
    if (tooMany.size() < 2)
        return std::nullopt;
    std::ranges::sort(tooMany);
    CustodyRuleOverridden conflict{ CustodyRule::TooManyShares, tooMany.front() };
    conflict.also.resize(tooMany.size() - 1);
    std::ranges::transform(tooMany.begin() + 1, tooMany.end(), conflict.also.begin(),
        [](int number) { return SameCustodian{ number }; });
    conflict.alone = alone || !others; // one password is what its holder is to have
    return conflict;
}

} // namespace

std::vector<std::vector<int>> samePeople(const std::vector<ParticipantNamed>& participants)
{
    std::map<QString, std::vector<int>> numbers;
    for (const ParticipantNamed& each : participants) {
        if (each.role == Role::Custodian && !person(each).isEmpty())
            numbers[person(each)].push_back(each.number);
    }
    std::vector<std::vector<int>> people;
    for (auto& [name, theirs] : numbers) {
        std::ranges::sort(theirs);
        if (theirs.size() > 1)
            people.push_back(std::move(theirs));
    }
    std::ranges::sort(people);
    return people;
}

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
    for (const std::vector<int>& numbers : samePeople(participants)) {
        if (auto conflict = heldByOne(numbers, scheme))
            conflicts.push_back(std::move(*conflict));
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
