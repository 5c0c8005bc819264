// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

class QBoxLayout;
class QButtonGroup;
class QSpinBox;
class QComboBox;

namespace conclave::ui {

class Button;
class ChoiceCard;
class Label;
class LossTable;
class Note;
class SeatRing;
class ShareFilesEditor;
class Tick;

/// Step 3: who can restore the keys.
class SchemePage : public Page {
    Q_OBJECT
public:
    explicit SchemePage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    void render() override;
    [[nodiscard]] QWidget* initialFocus() override;
    void back() override;
    [[nodiscard]] QString help() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum Choice { NoBackup, OnePassword, Custodians, Several };

    /// The old set is opened and gets new custodians: no other way of sharing is open.
    [[nodiscard]] bool resharing() const { return ceremony().flow() == ceremony::Flow::Reshare; }
    [[nodiscard]] Choice choice() const;
    [[nodiscard]] ceremony::SchemeChosen scheme() const;
    void showChoice();
    void use();
    void confirmNoBackup();
    void compare();

    QButtonGroup* m_choices;
    ChoiceCard* m_cards[4];
    QSpinBox* m_threshold;
    QSpinBox* m_total;
    QComboBox* m_bits;
    ShareFilesEditor* m_shareFiles;
    QBoxLayout* m_columns;
    SeatRing* m_ring;
    Label* m_sentence;
    Label* m_consequence;
    Label* m_lossHead;
    LossTable* m_losses;
    Note* m_warning;
    Note* m_opened; ///< re-share: how the old set was opened
    Note* m_conflict;
    Tick* m_conflictAccepted;
    Label* m_always;
    Button* m_use = nullptr;
};

} // namespace conclave::ui
