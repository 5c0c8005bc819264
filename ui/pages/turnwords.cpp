// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/turnwords.h"

#include "core/ceremony/ceremony.h"
#include "ui/text/words.h"

#include <QCoreApplication>

namespace conclave::ui {

using namespace ceremony;

namespace {
struct TurnWords {
    Q_DECLARE_TR_FUNCTIONS(TurnWords)
};
} // namespace

RoleBanner::Content turnBanner(const Ceremony& ceremony, const QString& why)
{
    const CeremonyState& state = ceremony.state();
    RoleBanner::Content content;
    if (ceremony.turnId() > 0) {
        content.number = state.custodianNumber(ceremony.turnSet(), ceremony.turnId());
        content.who = actorName(state, Role::Custodian, content.number);
    } else {
        const ShareSet* set = state.set(ceremony.turnSet());
        content.icon = Icon::Person;
        content.who = set && set->rule.isPassword() ? TurnWords::tr("Holder of the password")
                                                    : TurnWords::tr("A custodian");
    }
    content.othersIcon = Icon::EyeOff;
    content.othersStrong = TurnWords::tr("Everyone else: look away.");
    content.others = why;
    return content;
}

QString receivedSentence(const ShareSet& set)
{
    const auto received = static_cast<int>(set.received.size());
    if (set.ofAnotherTool)
        return TurnWords::tr("%1 of %2 received. Any other sheet of the set will do.")
            .arg(received)
            .arg(set.needed());
    if (set.spare > 0)
        return TurnWords::tr("%1 of %2 received. Any other custodian will do.")
            .arg(received)
            .arg(set.needed());
    return TurnWords::tr("%1 of %2 received. Any %2 of the %3 custodians will do.")
        .arg(received)
        .arg(set.needed())
        .arg(set.rule.total);
}

QString turnSubline(const Ceremony& ceremony)
{
    const CeremonyState& state = ceremony.state();
    const ShareSet* set = state.set(ceremony.turnSet());
    if (!set)
        return {};
    if (state.stage == Stage::Importing && set->rule.isPassword())
        return TurnWords::tr("Share file %1 of %2").arg(ceremony.turnSet()).arg(state.sets.size());
    if (state.stage == Stage::Importing)
        return TurnWords::tr("Share %1 of %2").arg(set->received.size() + 1).arg(set->needed());
    int people = 0;
    for (const ShareSet& each : state.sets)
        people += each.rule.people();
    return TurnWords::tr("Custodian %1 of %2")
        .arg(state.custodianNumber(ceremony.turnSet(), ceremony.turnId()))
        .arg(people);
}

} // namespace conclave::ui
