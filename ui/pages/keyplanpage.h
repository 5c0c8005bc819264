// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

class QComboBox;
class QGridLayout;
class QLineEdit;

namespace conclave::ui {

class Button;
class Note;

/// Step 7 before generation: which keys, with label, id and algorithm.
class KeyPlanPage : public Page {
    Q_OBJECT
public:
    explicit KeyPlanPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    [[nodiscard]] QWidget* initialFocus() override;
    void back() override;
    [[nodiscard]] QString help() const override;

private:
    struct Row {
        QLineEdit* label = nullptr;
        QLineEdit* id = nullptr;
        QComboBox* algorithm = nullptr;
        Button* remove = nullptr;
    };
    void addRow(const QString& label, card::KeyAlgorithm algorithm);
    void removeRow(const QLineEdit* label);
    void layOut();
    void judge();
    [[nodiscard]] std::vector<ceremony::PlannedKey> keys() const;
    [[nodiscard]] QString problem() const;

    QGridLayout* m_grid;
    std::vector<Row> m_rows;
    Note* m_note;
    Button* m_generate = nullptr;
};

} // namespace conclave::ui
