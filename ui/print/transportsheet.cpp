// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/transportsheet.h"

#include "core/ceremony/companionfile.h"
#include "core/ceremony/transcript.h"
#include "core/ceremony/transport.h"
#include "ui/print/framedpages.h"
#include "ui/print/paper.h"
#include "ui/print/printing.h"
#include "ui/print/textpages.h"
#include "ui/text/words.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPrinter>

namespace conclave::ui {

using namespace ceremony;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TransportSheet)
};

using Face = TextPages::Face;
using Cell = TextPages::Cell;

Cell mono(const QString& text)
{
    return { text, Face::Mono };
}

PageWords framesOf(const TransportSheet& sheet)
{
    return { Words::tr("TRANSPORT SHEET"), sheet.pause.purpose, sheet.pause.ceremony,
        checkpointCodeOf(sheet.sha256), QStringLiteral("Conclave " CONCLAVE_VERSION), sheet.pause.rehearsal };
}

void writeMissing(TextPages& pages, const PausedForTravel& pause)
{
    pages.heading(Words::tr("Share files that are still missing"));
    std::vector<TextPages::Row> rows;
    for (std::size_t i = 0; i < pause.shareFiles.size(); ++i) {
        const TravellingShareFile& file = pause.shareFiles[i];
        const ShareFileRule rule{ file.name, file.site, file.threshold, file.total, file.bits };
        if (!file.imported)
            rows.push_back({ { QString::number(i + 1) }, { file.name }, { file.site }, { ruleName(rule) },
                mono(companionOf(file.file)), mono(hexGroups(file.shareCheck)) });
    }
    pages.table({ { Words::tr("No."), 6 }, { Words::tr("Name"), 14 }, { Words::tr("Site"), 14 },
                    { Words::tr("Rule"), 18 }, { Words::tr("Companion file"), 26 },
                    { Words::tr("Share check"), 22 } },
        rows);
}

void writeSheet(QTextDocument& document, const TransportSheet& sheet)
{
    const PausedForTravel& pause = sheet.pause;
    TextPages pages(document);
    pages.paragraph(Words::tr("This sheet goes with the device and its transport file. It holds no secret."));
    pages.heading(Words::tr("Checkpoint code"));
    pages.readAloud({ { QString(), checkpointCodeOf(sheet.sha256) } });
    pages.paragraph(
        Words::tr("Whoever continues the ceremony types it. It fits only the transport file as it "
                  "was saved at the pause."));
    pages.heading(Words::tr("Device"));
    pages.facts({
        { Words::tr("Serial number"), mono(pause.device) },
        { Words::tr("It waits for"),
            { Words::tr("%1 of %2 share files").arg(pause.outstanding).arg(pause.shareFiles.size()) } },
        { Words::tr("Key check value at the end"),
            pause.kcv.isEmpty() ? Cell{ Words::tr("Not known") } : mono(hexGroups(pause.kcv)) },
        { Words::tr("Seal number"), { QStringLiteral("____________________") } },
    });
    pages.heading(Words::tr("Ceremony"));
    pages.facts({
        { Words::tr("Part that ended"), { QString::number(pause.part) } },
        { Words::tr("Place"), { pause.place } },
        { Words::tr("Paused"), { sheet.paused.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss t")) } },
        { Words::tr("Transport file"), mono(transportName(pause.ceremony, pause.part)) },
        { Words::tr("SHA-256 of its line"), mono(hexGroups(sheet.sha256)) },
    });
    writeMissing(pages, pause);
    pages.heading(Words::tr("At the next site"));
    pages.paragraph(Words::tr("Choose “Continue a paused ceremony”, and open the transport file. Have the "
                              "device, the share file of that site with its companion, and its custodians "
                              "at hand."));
    pages.signatures({ { Words::tr("Device"), 30 }, { Words::tr("Name and signature"), 45 },
                         { Words::tr("Date and time"), 25 } },
        { Words::tr("Handed over by"), Words::tr("Received by") });
}

} // namespace

QByteArray transportPdf(const TransportSheet& sheet)
{
    return pagesPdf(framesOf(sheet), [&sheet](QTextDocument& document) { writeSheet(document, sheet); });
}

void printTransportSheet(const TransportSheet& sheet, QWidget* parent)
{
    print({ sheet.pause.ceremony, true, std::nullopt,
              [sheet](QPrinter& printer) {
                  useWholePage(printer);
                  QPainter painter;
                  if (!painter.begin(&printer))
                      return false;
                  paintPages(painter, printer, framesOf(sheet),
                      [&sheet](QTextDocument& document) { writeSheet(document, sheet); });
                  return painter.end() && printer.printerState() != QPrinter::Error;
              } },
        parent);
}

} // namespace conclave::ui
