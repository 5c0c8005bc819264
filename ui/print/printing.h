// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/event.h"

#include <QString>

#include <functional>
#include <optional>

class QPrinter;
class QWidget;

namespace conclave::ui {

struct PrintOrder {
    QString title; ///< of the job, as the printer's queue shows it
    bool toFile = false; ///< offer a PDF instead of a printer
    std::optional<ceremony::PaperSize> paper; ///< what the dialog begins with; else the printer's own
    /// Sets the page up and paints everything; called off the UI thread. False: it did not work.
    std::function<bool(QPrinter&)> paint;
};

/// Asks for the printer, then prints in the background. A failure is told over `parent`.
void print(PrintOrder order, QWidget* parent);

} // namespace conclave::ui
