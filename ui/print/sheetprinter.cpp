// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/sheetprinter.h"

#include "core/ceremony/background.h"
#include "core/ceremony/durablefile.h"
#include "ui/print/paper.h"
#include "ui/print/printing.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QPainter>
#include <QPdfWriter>
#include <QPrinter>

namespace conclave::ui::sheetprinter {

using namespace ceremony;

namespace {

struct SheetWords {
    Q_DECLARE_TR_FUNCTIONS(SheetPrinter)
};

constexpr int kResolution = 600;

bool paintBlank(QPrinter& printer, std::vector<SheetFacts>& sheets)
{
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

QByteArray filledPdf(const SheetFacts& sheet, const SheetSecret& secret)
{
    QBuffer pdf;
    pdf.open(QIODevice::WriteOnly);
    QPdfWriter writer(&pdf);
    writer.setResolution(kResolution);
    writer.setCreator(sheet.program);
    writer.setTitle(SheetWords::tr("%1, sheet %2").arg(sheet.ceremony).arg(sheet.custodian));
    useWholePage(writer);
    QPainter painter(&writer);
    paintSheet(painter, sheet, &secret);
    painter.end();
    return pdf.data();
}

Status saveFile(const QString& folder, int custodian, const QByteArray& pdf)
{
    const QString sheets = QDir(folder).filePath(QStringLiteral("sheets"));
    if (!QDir().mkpath(sheets))
        return fail(ErrorKind::FileUnwritable, sheets);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(pdf.constData());
    return writeDurably(QDir(sheets).filePath(QStringLiteral("custodian-%1.pdf").arg(custodian)),
        ByteView(bytes, static_cast<std::size_t>(pdf.size())));
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
    print(
        { title, false,
            [sheets = std::move(sheets)](QPrinter& printer) mutable { return paintBlank(printer, sheets); } },
        parent);
}

QFuture<Status> saveFilledOfRehearsal(SheetFacts sheet, SheetSecret secret, const QString& folder)
{
    if (!sheet.rehearsal)
        return finished(fail(ErrorKind::NotAllowedNow));
    loadShareFile(sheet);
    return inBackground(*QThreadPool::globalInstance(),
        [folder, custodian = sheet.custodian, pdf = filledPdf(sheet, secret)] {
            return saveFile(folder, custodian, pdf);
        });
}

} // namespace conclave::ui::sheetprinter
