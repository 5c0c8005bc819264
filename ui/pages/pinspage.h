// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

#include <vector>

class QComboBox;
class QLineEdit;
class QSpinBox;
class QStackedLayout;
class QVBoxLayout;

namespace conclave::ui {

class Button;
class FooterBar;
class FormField;
class HexEntry;
class Label;
class Note;
class SecretEntries;
class SecretField;
class SecretView;
class SoPinHalves;
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
    [[nodiscard]] bool coversAll() const override
    {
        return m_phase == Phase::Curtain || m_phase == Phase::HalfCurtain;
    }
    [[nodiscard]] bool insideTurn() const override { return !coversAll(); }
    void cover() override;
    void back() override;
    [[nodiscard]] QString help() const override;

private:
    /// The halves are turns of two others within the officer's.
    enum class Phase { Curtain, Form, ShowSoPin, ProveSoPin, HalfCurtain, HalfEntry };

    void go(Phase phase);
    QWidget* makeCurtain();
    QWidget* makeForm();
    QWidget* makeSoPinView();
    QWidget* makeSoPinProof();
    QWidget* makePlace(QVBoxLayout*& layout);
    void judge();
    void makeSoPin();
    void nextHalf();
    void liftHalf();
    void handInHalf();
    [[nodiscard]] QString halfActor() const;
    void submit();
    void askForCurrentSoPin(const ceremony::CeremonyState& device, QWidget* form);
    [[nodiscard]] std::vector<SecretField*> secretFields() const;

    Phase m_phase = Phase::Curtain;
    QStackedLayout* m_phases;
    TurnCurtain* m_curtain = nullptr;
    struct CurrentSoPin {
        QString serial;
        SecretField* field = nullptr;
        FormField* labelled = nullptr;
        SoPinTries* tries = nullptr;
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
    SoPinHalves* m_halves = nullptr;
    QVBoxLayout* m_halfCurtainPlace = nullptr;
    TurnCurtain* m_halfCurtain = nullptr;
    QVBoxLayout* m_halfPlace = nullptr;
    SecretEntries* m_half = nullptr; ///< from lifting its curtain to handing it in
    QWidget* m_wholeSoPin = nullptr; ///< what one officer fills in for the new one
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
