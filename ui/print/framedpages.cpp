// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/framedpages.h"

#include "ui/print/paper.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QCoreApplication>
#include <QPainter>
#include <QPdfWriter>
#include <QTextCursor>
#include <QTextDocument>

#include <memory>

namespace conclave::ui {

namespace {

constexpr int kResolution = 600;
constexpr qreal kSide = 180; // tenths of a millimetre, as everything below
constexpr qreal kHeadTop = 165;
constexpr qreal kBodyTop = 310;
constexpr qreal kBodyBottom = 200;

class PageFrame {
    Q_DECLARE_TR_FUNCTIONS(PageFrame)

public:
    PageFrame(const PageWords& words, int pages)
        : m_words(words)
        , m_pages(pages)
    {
    }

    void paint(QPainter& painter, int page) const
    {
        Paper paper(painter);
        const qreal width = paper.width() - 2 * kSide;
        QFont head = Paper::text(9, QFont::Bold);
        head.setLetterSpacing(QFont::PercentageSpacing, 106);
        paper.line(kSide, kHeadTop, width * 0.6, m_words.kind, head);
        paper.line(kSide, kHeadTop + 62, width * 0.62, m_words.subject, Paper::text(14, QFont::DemiBold));
        paper.line(kSide + width * 0.64, kHeadTop, width * 0.36, m_words.id, Paper::mono(9), Qt::AlignRight);
        paper.line(kSide + width * 0.64, kHeadTop + 62, width * 0.36,
            tr("page %1 of %2").arg(page).arg(m_pages), Paper::text(9), Qt::AlignRight);
        paper.rule(kSide, kHeadTop + 92, width, 3);

        const qreal foot = paper.height() - 145;
        paper.line(kSide, foot, width * 0.6, m_words.foot, Paper::mono(8.5));
        paper.line(kSide + width * 0.6, foot, width * 0.4, m_words.program, Paper::text(8.5), Qt::AlignRight,
            Paper::muted());
        if (m_words.rehearsal)
            paper.rehearsalBands();
    }

private:
    const PageWords& m_words;
    int m_pages;
};

} // namespace

void paintPages(
    QPainter& painter, QPagedPaintDevice& device, const PageWords& words, const WriteBody& writeBody)
{
    paintOnePage(painter, device, words, { writeBody });
}

void paintOnePage(QPainter& painter, QPagedPaintDevice& device, const PageWords& words,
    const std::vector<WriteBody>& bodies)
{
    const qreal perUnit = painter.device()->logicalDpiX() / 25.4 / kPerMm;
    const QSizeF body(painter.device()->width() - 2 * kSide * perUnit,
        painter.device()->height() - (kBodyTop + kBodyBottom) * perUnit);
    std::unique_ptr<QTextDocument> laidOut;
    for (const WriteBody& writeBody : bodies) {
        laidOut = std::make_unique<QTextDocument>();
        laidOut->documentLayout()->setPaintDevice(painter.device());
        laidOut->setUndoRedoEnabled(false);
        QTextCursor whole(laidOut.get()); // laid out once, not after each cell
        whole.beginEditBlock();
        writeBody(*laidOut);
        whole.endEditBlock();
        laidOut->setPageSize(body);
        if (laidOut->pageCount() == 1)
            break;
    }
    QTextDocument& document = *laidOut;

    const int pages = document.pageCount();
    const PageFrame frame(words, pages);
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

QByteArray pagesPdf(const PageWords& words, const WriteBody& writeBody)
{
    return onePagePdf(words, { writeBody });
}

QByteArray onePagePdf(const PageWords& words, const std::vector<WriteBody>& bodies)
{
    QBuffer pdf;
    pdf.open(QIODevice::WriteOnly);
    QPdfWriter writer(&pdf);
    writer.setResolution(kResolution);
    writer.setTitle(words.id);
    writer.setCreator(words.program);
    useWholePage(writer);
    QPainter painter(&writer);
    paintOnePage(painter, writer, words, bodies);
    painter.end();
    return pdf.data();
}

} // namespace conclave::ui
