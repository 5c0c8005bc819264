// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/sheetprinter.h"

#include "core/ceremony/background.h"
#include "core/ceremony/durablefile.h"
#include "ui/print/paper.h"
#include "ui/print/printing.h"
#include "ui/print/sharesheet.h"

#include <QCoreApplication>
#include <QDir>
#include <QPainter>
#include <QPrinter>

namespace conclave::ui::sheetprinter {

using namespace ceremony;

namespace {

struct SheetWords {
    Q_DECLARE_TR_FUNCTIONS(SheetPrinter)
};

bool paintBlank(QPrinter& printer, std::vector<SheetFacts>& sheets)
{
    useWholePage(printer, sheets.front().paper);
    QPainter painter;
    if (!painter.begin(&printer))
        return false;
    bool sound = true;
    for (std::size_t i = 0; sound && i < sheets.size(); ++i) {
        sound = i == 0 || printer.newPage();
        loadShareFile(sheets[i]);
        paintSheet(painter, sheets[i]);
    }
    return painter.end() && sound && printer.printerState() != QPrinter::Error;
}

Status saveFile(const QString& folder, int custodian, const FilledSheet& sheet)
{
    const QString sheets = QDir(folder).filePath(QStringLiteral("sheets"));
    if (!QDir().mkpath(sheets))
        return fail(ErrorKind::FileUnwritable, sheets);
    Bytes pdf;
    static_cast<void>(sheet.writePdf([&pdf](ByteView piece) {
        pdf.insert(pdf.end(), piece.begin(), piece.end());
        return true;
    }));
    return writeDurably(QDir(sheets).filePath(QStringLiteral("custodian-%1.pdf").arg(custodian)), pdf);
}

QFuture<Status> finished(Status status)
{
    QPromise<Status> promise;
    promise.start();
    promise.addResult(std::move(status));
    promise.finish();
    return promise.future();
}

} // namespace

void printBlank(std::vector<SheetFacts> sheets, QWidget* parent)
{
    if (sheets.empty())
        return;
    const QString title = SheetWords::tr("%1, blank sheets").arg(sheets.front().ceremony);
    const ceremony::PaperSize paper = sheets.front().paper;
    print(
        { title, false, paper,
            [sheets = std::move(sheets)](QPrinter& printer) mutable { return paintBlank(printer, sheets); } },
        parent);
}

QFuture<Status> saveFilledOfRehearsal(SheetFacts sheet, SheetSecret secret, const QString& folder)
{
    if (!sheet.rehearsal)
        return finished(fail(ErrorKind::NotAllowedNow));
    return inBackground(*QThreadPool::globalInstance(),
        [folder, sheet = std::move(sheet), secret = std::move(secret)]() mutable {
            loadShareFile(sheet);
            return saveFile(folder, sheet.custodian, FilledSheet(sheet, secret));
        });
}

} // namespace conclave::ui::sheetprinter
