// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/event.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QGridLayout;
class QLineEdit;

namespace conclave::ui {

class Button;
class Label;

/// Role, name, and who checked the identity, one row a person: one officer, then witnesses, then custodians.
class ParticipantsTable : public QWidget {
    Q_OBJECT
public:
    explicit ParticipantsTable(QWidget* parent = nullptr);

    /// Those with a name.
    [[nodiscard]] std::vector<ceremony::ParticipantNamed> participants() const;
    /// `fixed`: custodians keep their numbers, whoever of them is not here; they cannot be removed.
    void setParticipants(const std::vector<ceremony::ParticipantNamed>& participants, bool fixed = false);
    /// "1 officer, 2 witnesses, 5 custodians"
    [[nodiscard]] QString summary() const;
    void addWitness() { add(ceremony::Role::Witness); }
    void addCustodian() { add(ceremony::Role::Custodian); }

Q_SIGNALS:
    void changed();

private:
    struct Row {
        ceremony::Role role = ceremony::Role::Officer;
        Label* roleLabel = nullptr;
        QLineEdit* name = nullptr;
        QComboBox* checkedBy = nullptr;
        Button* remove = nullptr;
        int fixed = 0; ///< its number; 0: by its place
    };

    void add(ceremony::Role role, const QString& name = {}, const QString& checkedBy = {}, int fixed = 0);
    [[nodiscard]] std::vector<int> numbers() const;
    void remove(const Row& row);
    void number();
    void layOut();
    [[nodiscard]] int rows() const { return static_cast<int>(m_rows.size()); }

    QGridLayout* m_grid;
    std::vector<Row> m_rows;
};

} // namespace conclave::ui
