// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace conclave::ui {

class Button;
class ErrorPanel;
class Note;
class ProgressPanel;
class SheetPrinting;

/// How the printing of the turn's sheet goes, and what became of it.
class SheetPrintPanel : public QWidget {
    Q_OBJECT

public:
    SheetPrintPanel(SheetPrinting& printing, int custodian, QWidget* parent = nullptr);

private:
    void render();
    void scrollHere();

    SheetPrinting& m_printing;
    int m_custodian;
    ProgressPanel* m_progress;
    Button* m_stop;
    Note* m_done;
    ErrorPanel* m_failed;
};

} // namespace conclave::ui
