// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/dialog.h"

class QLineEdit;
class QPlainTextEdit;

namespace conclave::ui {

/// Takes down what went other than planned, and who says it.
class DeviationDialog : public Dialog {
    Q_OBJECT
public:
    DeviationDialog(bool rehearsal, QWidget* parent);
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString by() const;

private:
    QPlainTextEdit* m_text;
    QLineEdit* m_by;
};

} // namespace conclave::ui
