// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/pintask.h"
#include "ui/pages/secretentries.h"
#include "ui/pages/turncurtain.h"

#include <vector>

namespace conclave::ui {

/// One person's part of a task with PINs: what that person types, alone.
struct PinTurn {
    enum class Actor {
        Officer, ///< who has the SO-PIN
        FirstOfficer, ///< who has the first half of it
        SecondOfficer,
        Holder, ///< who has the user PIN
        NewHolder, ///< who takes the device over
    };
    enum class Value { UserPin, TransportPin, NewUserPin, SoPin, NewSoPin, SoPinHalf, NewSoPinHalf };

    Actor actor = Actor::Officer;
    std::vector<Value> values{};

    bool operator==(const PinTurn&) const = default;
};

/// Which SO-PINs are entered in two halves by two officers, neither of whom sees the other's.
struct InHalves {
    bool soPin = false;
    bool newSoPin = false;

    [[nodiscard]] bool any() const { return soPin || newSoPin; }
};

/// In the order in which people step up.
[[nodiscard]] std::vector<PinTurn> pinTurns(card::PinTask task, InHalves halves);
/// The turns of the two officers with what is entered in halves, and nothing else.
[[nodiscard]] std::vector<PinTurn> halfTurns(InHalves halves);
[[nodiscard]] QString actorName(PinTurn::Actor actor);
/// The curtain before a turn with this device.
[[nodiscard]] TurnCurtain::Words curtainWords(PinTurn::Actor actor, const QString& serial);
/// `shortestUserPin`: of a new one.
[[nodiscard]] std::vector<SecretEntries::Entry> entriesOf(const PinTurn& turn, std::size_t shortestUserPin);
/// Moves what was typed to where the task expects it; a second half to the end of the first.
void collect(const PinTurn& turn, SecretEntries& typed, card::PinEntries& into);

} // namespace conclave::ui
