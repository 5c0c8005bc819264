// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

class QComboBox;
class QLineEdit;
class QSpinBox;
class QStackedLayout;

namespace conclave::ui {

class Button;
class FooterBar;
class FormField;
class HexEntry;
class Label;
class Note;
class SecretField;
class SecretView;
class SoPinTries;
class TurnCurtain;

/// Step 5a: the officer's turn with the PINs, behind a curtain of its own. A SO-PIN made by the program is
/// shown once and typed back.
class PinsPage : public Page {
    Q_OBJECT
public:
    explicit PinsPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    void leave() override;
    [[nodiscard]] QWidget* initialFocus() override;
    [[nodiscard]] bool coversAll() const override { return m_phase == Phase::Curtain; }
    [[nodiscard]] bool insideTurn() const override { return m_phase != Phase::Curtain; }
    void cover() override;
    void back() override;
    [[nodiscard]] QString help() const override;

private:
    enum class Phase { Curtain, Form, ShowSoPin, ProveSoPin };

    void go(Phase phase);
    QWidget* makeCurtain();
    QWidget* makeForm();
    QWidget* makeSoPinView();
    QWidget* makeSoPinProof();
    void judge();
    void makeSoPin();
    void submit();
    void askForCurrentSoPin(const ceremony::CeremonyState& device, QWidget* form);
    [[nodiscard]] bool warned(const CurrentSoPin& current) const;
    [[nodiscard]] std::vector<SecretField*> secretFields() const;

    Phase m_phase = Phase::Curtain;
    QStackedLayout* m_phases;
    TurnCurtain* m_curtain = nullptr;
    struct CurrentSoPin {
        QString serial;
        int tries = -1; ///< left; -1: not told
        SecretField* field = nullptr;
        QLineEdit* triesTyped = nullptr; ///< what the officer types when few are left
    };
    std::vector<CurrentSoPin> m_currentSoPins; ///< of each device that has one
    SecretField* m_newSoPin = nullptr;
    SecretField* m_newSoPinAgain = nullptr;
    FormField* m_newSoPinAgainField = nullptr;
    Label* m_madeSoPin = nullptr;
    SecretField* m_userPin = nullptr;
    SecretField* m_userPinAgain = nullptr;
    FormField* m_userPinField = nullptr;
    FormField* m_userPinAgainField = nullptr;
    QSpinBox* m_tries = nullptr;
    QLineEdit* m_label = nullptr;
    FormField* m_labelField = nullptr;
    QComboBox* m_unblocking = nullptr;
    Label* m_unblockingWords = nullptr;
    Note* m_error = nullptr;
    SecretView* m_soPinView = nullptr;
    SecretField* m_soPinProof = nullptr;
    Note* m_proofNote = nullptr;
    SecretBytes m_made; ///< the SO-PIN made by the program, until it is set
    bool m_madeProven = false;
    FooterBar* m_footer = nullptr;
    Button* m_next = nullptr;
};

} // namespace conclave::ui
