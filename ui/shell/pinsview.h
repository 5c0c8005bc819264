// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/pintask.h"
#include "ui/pages/pinturn.h"
#include "ui/shell/deviceerrand.h"

#include <optional>
#include <vector>

class QVBoxLayout;

namespace conclave::ui {

class ChoiceCard;
class CurtainRules;
class PinConfirm;
class Facts;

/// "PINs of a device", outside any ceremony: the PINs of one device are changed, unblocked, or taken over.
/// Each person types behind a curtain; what was typed is wiped once the device has answered. Nothing is
/// recorded.
class PinsView : public DeviceErrand {
    Q_OBJECT

public:
    enum class Phase { Tasks, Confirm, Curtain, Entry, Result };

    PinsView(device::ReaderSource& source, device::DeviceDirectory& directory, QWidget* parent = nullptr);

    /// Of the errand's own screens.
    [[nodiscard]] Phase phase() const { return m_phase; }
    /// Wipes what is being typed, and drops the curtain. What was handed in before stays.
    void cover() override;
    void lookAgain() override;
    void goBack() override;
    void showHelp() override;

protected:
    [[nodiscard]] QString chooseButton(const QString& serial) const override;
    [[nodiscard]] Words words() const override;
    void start() override;
    void fillOwnFooter() override;
    [[nodiscard]] QWidget* ownFocus() override;

private:
    /// A task that the device did not answer: settled by what it shows when it is read again.
    struct Unsettled {
        card::PinTask task;
        card::DeviceStatus before;
    };

    void wasRead(const card::DeviceStatus& status);
    void showTasks(const QString& warning = {});
    void choose(card::PinTask task);
    void beginTurns(InHalves halves);
    void showCurtain();
    void lift();
    void handIn();
    void perform();
    void answered(Result<card::PinResult> result, const card::DeviceStatus& confirmed);
    void showResult();
    /// Ends the task, and wipes what was typed for it.
    void forget();
    void enter(Phase phase);
    [[nodiscard]] Facts* facts();
    [[nodiscard]] std::optional<int> triesLeft() const;
    [[nodiscard]] const PinTurn& turn() const { return m_turns[m_turn]; }
    [[nodiscard]] bool lastTurn() const { return m_turn + 1 == m_turns.size(); }
    [[nodiscard]] QString nextButton() const;

    CurtainRules* m_rules;
    QVBoxLayout* m_layout;
    Phase m_phase = Phase::Tasks;
    card::DeviceStatus m_status; ///< as people were shown it
    std::optional<int> m_transportTries; ///< as the last wrong one was answered; the device hides them
    card::PinTask m_task = card::PinTask::ChangeUserPin;
    std::optional<Unsettled> m_unsettled;
    std::vector<PinTurn> m_turns;
    std::size_t m_turn = 0;
    card::PinEntries m_entries; ///< handed in
    std::vector<ChoiceCard*> m_choices;
    PinConfirm* m_confirm = nullptr;
    TurnCurtain* m_curtain = nullptr;
    SecretEntries* m_typed = nullptr;
    Button* m_back = nullptr;
    Button* m_next = nullptr;
};

} // namespace conclave::ui
