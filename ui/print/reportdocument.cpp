// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/reportdocument.h"

#include "ui/print/paper.h"
#include "ui/print/reportbody.h"
#include "ui/text/words.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QCoreApplication>
#include <QPainter>
#include <QPdfWriter>
#include <QTextDocument>

namespace conclave::ui {

using namespace ceremony;

namespace {

constexpr int kResolution = 600;
constexpr qreal kSide = 180; // tenths of a millimetre, as everything below
constexpr qreal kHeadTop = 165;
constexpr qreal kBodyTop = 310;
constexpr qreal kBodyBottom = 200;

/// Head and foot of one page.
class PageFrame {
    Q_DECLARE_TR_FUNCTIONS(ReportPageFrame)

public:
    PageFrame(const Report& report, int pages)
        : m_report(report)
        , m_pages(pages)
    {
    }

    void paint(QPainter& painter, int page) const
    {
        Paper paper(painter);
        const qreal width = paper.width() - 2 * kSide;
        QFont head = Paper::text(9, QFont::Bold);
        head.setLetterSpacing(QFont::PercentageSpacing, 106);
        paper.line(kSide, kHeadTop, width * 0.6, tr("KEY CEREMONY REPORT"), head);
        paper.line(
            kSide, kHeadTop + 62, width * 0.62, m_report.prepared.purpose, Paper::text(14, QFont::DemiBold));
        paper.line(kSide + width * 0.64, kHeadTop, width * 0.36, m_report.opened.ceremony, Paper::mono(9),
            Qt::AlignRight);
        paper.line(kSide + width * 0.64, kHeadTop + 62, width * 0.36,
            tr("page %1 of %2").arg(page).arg(m_pages), Paper::text(9), Qt::AlignRight);
        paper.rule(kSide, kHeadTop + 92, width, 3);

        const qreal foot = paper.height() - 145;
        const QString first = hexGroups(m_report.fingerprint.left(4));
        const QString last = hexGroups(m_report.fingerprint.right(4));
        paper.line(kSide, foot, width * 0.6, tr("Fingerprint %1 … %2").arg(first, last), Paper::mono(8.5));
        paper.line(kSide + width * 0.6, foot, width * 0.4, m_report.program.program, Paper::text(8.5),
            Qt::AlignRight, Paper::muted());
        if (m_report.opened.rehearsal)
            paper.rehearsalBands();
    }

private:
    const Report& m_report;
    int m_pages;
};

} // namespace

void paintReport(QPainter& painter, QPagedPaintDevice& device, const Report& report)
{
    const qreal perUnit = painter.device()->logicalDpiX() / 25.4 / kPerMm;
    const QSizeF body(painter.device()->width() - 2 * kSide * perUnit,
        painter.device()->height() - (kBodyTop + kBodyBottom) * perUnit);
    QTextDocument document;
    document.documentLayout()->setPaintDevice(painter.device());
    writeReportBody(document, report);
    document.setPageSize(body);

    const int pages = document.pageCount();
    const PageFrame frame(report, pages);
    for (int page = 0; page < pages; ++page) {
        if (page > 0)
            device.newPage();
        frame.paint(painter, page + 1);
        painter.save();
        painter.translate(kSide * perUnit, kBodyTop * perUnit - page * body.height());
        document.drawContents(&painter, QRectF(0, page * body.height(), body.width(), body.height()));
        painter.restore();
    }
}

QByteArray reportPdf(const Report& report)
{
    QBuffer pdf;
    pdf.open(QIODevice::WriteOnly);
    QPdfWriter writer(&pdf);
    writer.setResolution(kResolution);
    writer.setTitle(report.opened.ceremony);
    writer.setCreator(report.program.program);
    useWholePage(writer);
    QPainter painter(&writer);
    paintReport(painter, writer, report);
    painter.end();
    return pdf.data();
}

} // namespace conclave::ui
