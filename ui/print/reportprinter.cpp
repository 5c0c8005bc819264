// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/reportprinter.h"

#include "ui/print/paper.h"
#include "ui/print/printing.h"
#include "ui/print/reportdocument.h"

#include <QPainter>
#include <QPrinter>

namespace conclave::ui {

void printReport(const ceremony::Report& report, QWidget* parent)
{
    print({ report.opened.ceremony, true, std::nullopt,
              [report](QPrinter& printer) {
                  useWholePage(printer);
                  QPainter painter;
                  if (!painter.begin(&printer))
                      return false;
                  paintReport(painter, printer, report);
                  return painter.end() && printer.printerState() != QPrinter::Error;
              } },
        parent);
}

} // namespace conclave::ui
