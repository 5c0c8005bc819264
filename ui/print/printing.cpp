// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/printing.h"

#include "core/ceremony/background.h"
#include "core/device/ondone.h"
#include "ui/print/paper.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPrintDialog>
#include <QPrinter>

#include <memory>

namespace conclave::ui {

namespace {

struct PrintingWords {
    Q_DECLARE_TR_FUNCTIONS(Printing)
};

void tellFailure(QWidget* parent)
{
    auto* box = new QMessageBox(QMessageBox::Warning, PrintingWords::tr("Printing"),
        PrintingWords::tr("Printing did not work. Check the printer, then print again."), QMessageBox::Ok,
        parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace

void print(PrintOrder order, QWidget* parent)
{
    // Shared: the dialog sets the printer up, and the job that outlives it prints.
    auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    printer->setDocName(order.title);
    printer->setCreator(QStringLiteral("Conclave"));
    if (order.paper)
        printer->setPageSize(pageSize(*order.paper));
    auto* dialog = new QPrintDialog(printer.get(), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QAbstractPrintDialog::PrintToFile, order.toFile);
    QObject::connect(dialog, &QDialog::accepted, parent, [printer, order = std::move(order), parent] {
        onDone(ceremony::inBackground(*QThreadPool::globalInstance(),
                   [printer, paint = order.paint] { return paint(*printer); }),
            parent, [parent](const QFuture<bool>& done) {
                if (!done.result())
                    tellFailure(parent);
            });
    });
    dialog->open();
}

} // namespace conclave::ui
