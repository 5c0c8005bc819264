// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/ceremony.h"
#include "ui/pages/pinturn.h"

#include <QWidget>

#include <array>
#include <optional>
#include <vector>

class QComboBox;

namespace conclave::ui {

class Button;
class FormField;
class Label;
class Note;
class Tick;

/// Whether SO-PINs of a ceremony are entered in two halves, by whom, and what they entered. The turns
/// themselves are the page's.
class SoPinHalves : public QWidget {
    Q_OBJECT
public:
    /// `withCurrent`: the device has a SO-PIN already.
    SoPinHalves(const ceremony::CeremonyState& state, bool withCurrent, QWidget* parent = nullptr);

    [[nodiscard]] InHalves chosen() const;
    /// Two different people were named.
    [[nodiscard]] bool namesTwo() const;
    /// The participants, the first half first.
    [[nodiscard]] std::vector<ceremony::SoPinHalf> people() const;
    /// Both handed theirs in, or nothing is entered in halves.
    [[nodiscard]] bool complete() const;
    /// The officer goes on although one of the two is a custodian.
    [[nodiscard]] bool conflictsAccepted() const;

    /// The turn that is next; nothing after the last.
    [[nodiscard]] std::optional<PinTurn> turn() const;
    [[nodiscard]] ceremony::SoPinHalf actor() const { return people().at(m_turn); }
    void take(SecretEntries& typed);
    /// 16 digits; empty where they are not entered in halves.
    [[nodiscard]] ByteView soPin() const { return m_entries.soPin; }
    [[nodiscard]] ByteView newSoPin() const { return m_entries.newSoPin; }
    /// Wipes what was handed in.
    void wipe();

Q_SIGNALS:
    void edited();
    /// The first of the two should step up.
    void enterRequested();

private:
    void change();
    void render();
    [[nodiscard]] bool mayEnter() const;

    const ceremony::CeremonyState& m_state;
    QComboBox* m_how;
    QWidget* m_who;
    std::array<QComboBox*, 2> m_people{};
    FormField* m_secondField;
    Note* m_conflict;
    Tick* m_conflictAccepted;
    Button* m_enter;
    Label* m_stands;
    std::vector<ceremony::SoPinHalf> m_participants;
    std::size_t m_turn = 0;
    card::PinEntries m_entries;
};

} // namespace conclave::ui
