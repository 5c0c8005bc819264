// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QString>
#include <QWidget>

#include <optional>

class QLineEdit;

namespace conclave::ui {

class FormField;
class Tick;

/// Where a checkpoint code is typed, or "We have none".
class CheckpointField : public QWidget {
    Q_OBJECT
public:
    explicit CheckpointField(QWidget* parent = nullptr);

    /// Something that could be the code, or "We have none".
    [[nodiscard]] bool complete() const;
    /// Nothing: "We have none".
    [[nodiscard]] std::optional<QString> code() const;
    void showError(const Error& error);
    [[nodiscard]] QWidget* firstField() const;

Q_SIGNALS:
    void changed();

private:
    void judge();

    QLineEdit* m_code;
    FormField* m_field;
    Tick* m_none;
};

} // namespace conclave::ui
