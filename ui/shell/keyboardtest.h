// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/dialog.h"

class QLineEdit;

namespace conclave::ui {

class Note;

/// "Type this": whether the keyboard types what its keys say, before a password is chosen with it. Characters
/// that move between layouts, and nothing secret.
class KeyboardTest : public Dialog {
    Q_OBJECT

public:
    KeyboardTest(bool rehearsal, QWidget* parent);

private:
    void judge();

    QLineEdit* m_typed;
    Note* m_verdict;
};

} // namespace conclave::ui
