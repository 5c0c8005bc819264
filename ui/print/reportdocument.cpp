// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/reportdocument.h"

#include "ui/print/framedpages.h"
#include "ui/print/reportbody.h"
#include "ui/text/words.h"

#include <QCoreApplication>

namespace conclave::ui {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(ReportDocument)

public:
    static PageWords of(const ceremony::Report& report)
    {
        const QString first = hexGroups(report.fingerprint.left(4));
        const QString last = hexGroups(report.fingerprint.right(4));
        return { tr("KEY CEREMONY REPORT"), report.prepared.purpose, report.opened.ceremony,
            tr("Fingerprint %1 … %2").arg(first, last), report.program.program, report.opened.rehearsal };
    }
};

WriteBody bodyOf(const ceremony::Report& report)
{
    return [&report](QTextDocument& document) { writeReportBody(document, report); };
}

} // namespace

void paintReport(QPainter& painter, QPagedPaintDevice& device, const ceremony::Report& report)
{
    paintPages(painter, device, Words::of(report), bodyOf(report));
}

QByteArray reportPdf(const ceremony::Report& report)
{
    return pagesPdf(Words::of(report), bodyOf(report));
}

} // namespace conclave::ui
