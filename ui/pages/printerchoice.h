// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/print/printqueues.h"

#include <QWidget>

class QComboBox;

namespace conclave::ui {

class Button;
class FormField;
class Note;
class Tick;

/// The printer for sheets with their values: what is known of the way to it and of the printing system's
/// spool, and the officer's word where a value may stay behind.
class PrinterChoice : public QWidget {
    Q_OBJECT

public:
    explicit PrinterChoice(QWidget* parent = nullptr);

    /// Asks the printing system, off the UI thread.
    void look();
    /// A printer is chosen, and what is to be accepted is accepted.
    [[nodiscard]] bool complete() const;
    /// Fills in printer, connection, spool and overridden.
    void tell(ceremony::SheetsChosen& sheets) const;

Q_SIGNALS:
    void changed();

private:
    void show(const std::optional<PrintingSystem>& system);
    void judge();
    [[nodiscard]] const PrintQueue* queue() const;
    [[nodiscard]] bool safePlace() const;

    std::optional<PrintingSystem> m_system;
    bool m_looking = false;
    QComboBox* m_queues;
    FormField* m_queueField;
    Note* m_none;
    Note* m_connection;
    Tick* m_connectionAccepted;
    Note* m_spool;
    Tick* m_spoolAccepted;
};

} // namespace conclave::ui
