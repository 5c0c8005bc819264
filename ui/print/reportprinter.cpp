// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/reportprinter.h"

#include "ui/print/drillcertificate.h"
#include "ui/print/paper.h"
#include "ui/print/printing.h"
#include "ui/print/reportdocument.h"

#include <QPainter>
#include <QPrinter>

namespace conclave::ui {

namespace {

using Paint = void (*)(QPainter&, QPagedPaintDevice&, const ceremony::Report&);

void printWith(Paint paint, const ceremony::Report& report, QWidget* parent)
{
    print({ report.opened.ceremony, true, std::nullopt,
              [paint, report](QPrinter& printer) {
                  useWholePage(printer);
                  QPainter painter;
                  if (!painter.begin(&printer))
                      return false;
                  paint(painter, printer, report);
                  return painter.end() && printer.printerState() != QPrinter::Error;
              } },
        parent);
}

} // namespace

void printReport(const ceremony::Report& report, QWidget* parent)
{
    printWith(&paintReport, report, parent);
}

void printDrillCertificate(const ceremony::Report& report, QWidget* parent)
{
    printWith(&paintDrillCertificate, report, parent);
}

} // namespace conclave::ui
