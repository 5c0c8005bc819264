// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QHBoxLayout;

namespace conclave::ui {

class Label;

/// A label above its field, and under it what is wrong with it. The label's mnemonic goes to the field, its
/// words name the field for screen readers.
class FormField : public QWidget {
    Q_OBJECT
public:
    FormField(const QString& label, QWidget* field, QWidget* parent = nullptr);

    /// Empty: nothing is wrong.
    void setError(const QString& error);
    /// A muted line under the field.
    void setHint(const QString& hint);
    /// Puts a button or the like at the field's end.
    void addBeside(QWidget* widget);

private:
    QHBoxLayout* m_line;
    Label* m_error;
    Label* m_hint;
};

} // namespace conclave::ui
