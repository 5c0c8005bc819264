// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/event.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLineEdit;
class QSpinBox;
class QVBoxLayout;

namespace conclave::ui {

class Button;

/// The list of share files of a ceremony: name, site and rule of each, two to eight of them.
class ShareFilesEditor : public QWidget {
    Q_OBJECT
public:
    explicit ShareFilesEditor(QWidget* parent = nullptr);

    [[nodiscard]] std::vector<ceremony::ShareFileRule> rules() const;
    /// Every file has a name.
    [[nodiscard]] bool complete() const;

Q_SIGNALS:
    void changed();

private:
    struct Row {
        QWidget* box = nullptr;
        QLineEdit* name = nullptr;
        QLineEdit* site = nullptr;
        QComboBox* rule = nullptr;
        QSpinBox* threshold = nullptr;
        QSpinBox* total = nullptr;
        QWidget* numbers = nullptr;
    };
    void addRow();
    void removeRow();

    std::vector<Row> m_rows;
    QVBoxLayout* m_list;
    Button* m_add;
    Button* m_remove;
};

} // namespace conclave::ui
