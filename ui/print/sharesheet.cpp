// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/sharesheet.h"

#include "core/base/hex.h"
#include "core/dkek/checkpairs.h"
#include "core/dkek/sharefilerows.h"
#include "ui/print/paper.h"
#include "ui/text/words.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <array>

namespace conclave::ui {

namespace {

constexpr qreal kInchesOfMetre = 1000 / 25.4;
constexpr qreal kMargin = 150;
constexpr qreal kNames = 265; // the room for names at the left of boxes
constexpr std::size_t kPairsInRow = dkek::kPairsInRow;
constexpr std::size_t kMostRows = 3;
constexpr int kCodeCharacters = 4;

/// The boxes inside the fold: sizes, and where they stand.
struct Boxes {
    qreal points; ///< of the characters
    qreal colonPoints;
    qreal left; ///< of the value's rows
    qreal width;
    qreal pitch; ///< from one pair to the next
    qreal checkGap; ///< before the check pairs
    qreal codePitch; ///< from one character of the check code to the next
    qreal height;
    qreal gap; ///< between two rows
    qreal part; ///< above and below a rule
};

Boxes boxesOf(bool largePrint, std::size_t rows)
{
    struct Heights {
        qreal box, gap, part;
    };
    // What fits the inside of the fold, by the rows of a value.
    static constexpr std::array<Heights, kMostRows> kNormal{ { { 90, 0, 40 }, { 80, 12, 24 },
        { 72, 6, 14 } } };
    static constexpr std::array<Heights, kMostRows> kLarge{ { { 150, 0, 30 }, { 130, 14, 24 },
        { 112, 10, 16 } } };
    const Heights& heights = (largePrint ? kLarge : kNormal)[std::clamp<std::size_t>(rows, 1, kMostRows) - 1];
    return largePrint
        ? Boxes{ 30, 9, kMargin, 136, 157, 24, 157, heights.box, heights.gap, heights.part }
        : Boxes{ 20, 14, kMargin + kNames, 104, 134, 26, 124, heights.box, heights.gap, heights.part };
}

/// Paints one sheet, part by part.
class SheetPainter {
    Q_DECLARE_TR_FUNCTIONS(SheetPainter)

public:
    SheetPainter(QPainter& painter, const SheetFacts& sheet)
        : m_paper(painter)
        , m_sheet(sheet)
        , m_rows((sheet.prime.size() + kPairsInRow - 1) / kPairsInRow)
        , m_boxes(boxesOf(sheet.largePrint, m_rows))
        , m_font(Paper::mono(m_boxes.points, true))
        , m_advance(QFontMetricsF(m_font).horizontalAdvance(QLatin1Char('0')))
        , m_width(m_paper.width() - 2 * kMargin)
        , m_fold1(m_paper.height() / 3)
        , m_fold2(m_paper.height() * 2 / 3)
    {
    }

    SheetCells paint()
    {
        m_cells.pixelSize = m_font.pixelSize() * m_paper.painter().deviceTransform().m22();
        outside();
        if (m_sheet.largePrint)
            insideInLargePrint();
        else
            inside();
        instructions();
        footer();
        fold(m_fold1, tr("Fold 1: fold the bottom up to here, then the top over it"));
        fold(m_fold2, tr("Fold 2"));
        if (m_sheet.rehearsal)
            m_paper.rehearsalBands();
        return std::move(m_cells);
    }

private:
    // --- the third that stays outside: no secret

    void outside()
    {
        const QString who = roleName(ceremony::Role::Custodian, m_sheet.custodian);
        const qreal nameWidth = m_width - 420;
        QFont head = Paper::text(10, QFont::Bold);
        head.setLetterSpacing(QFont::PercentageSpacing, 106);
        m_paper.line(kMargin, 162, nameWidth, tr("KEY SHARE SHEET"), head);
        m_paper.line(kMargin, 260, nameWidth, who, Paper::text(26, QFont::Bold));
        m_paper.line(kMargin, 328, nameWidth, m_sheet.name, Paper::text(13));
        shareBox(QRectF(right() - 355, 128, 355, 226));
        m_paper.rule(kMargin, 398, m_width, 3);

        const qreal second = kMargin + m_width * 0.41;
        const qreal third = kMargin + m_width * 0.725;
        fact(kMargin, second - kMargin - 30, tr("Ceremony"), m_sheet.purpose, m_sheet.ceremony, true);
        fact(second, third - second - 30, tr("Date and place"), m_sheet.date.toString(Qt::ISODate),
            m_sheet.place, false);
        deviceFact(third, right() - third);

        const qreal half = m_width * 0.6;
        qreal y = 585;
        y += m_paper.paragraph(kMargin, y, half,
            tr("Keep this sheet sealed, alone, and away from the other sheets."),
            Paper::text(10.5, QFont::DemiBold));
        m_paper.paragraph(kMargin, y + 10, half,
            tr("Tell the security officer at once if it is lost, opened or copied."), Paper::text(10.5));
        const qreal seal = right() - m_width * 0.34;
        m_paper.line(seal, 620, m_width * 0.34, tr("Envelope seal number"), Paper::text(9), Qt::AlignLeft,
            Paper::muted());
        m_paper.rule(seal, 720, right() - seal, 3);
        m_paper.line(kMargin, m_fold1 - 80, m_width, tr("This third is the outside. It holds no secret."),
            Paper::text(9), Qt::AlignLeft, Paper::muted());
    }

    void shareBox(const QRectF& area)
    {
        m_paper.box(area, 6, 12);
        const qreal x = area.left() + 20;
        const qreal width = area.width() - 40;
        m_paper.line(
            x, area.top() + 52, width, tr("Share", "a custodian share"), Paper::text(10), Qt::AlignHCenter);
        m_paper.line(x, area.top() + 142, width, QString::number(m_sheet.id), Paper::text(26, QFont::Bold),
            Qt::AlignHCenter);
        m_paper.line(x, area.top() + 196, width,
            tr("of %1, any %2 restore").arg(m_sheet.total).arg(m_sheet.threshold), Paper::text(10),
            Qt::AlignHCenter);
    }

    void fact(qreal x, qreal width, const QString& name, const QString& value, const QString& more, bool isId)
    {
        m_paper.line(x, 450, width, name, Paper::text(9), Qt::AlignLeft, Paper::muted());
        m_paper.line(x, 496, width, value, Paper::text(11, isId ? QFont::DemiBold : QFont::Normal));
        m_paper.line(x, 542, width, more, isId ? Paper::mono(10.5) : Paper::text(11));
    }

    void deviceFact(qreal x, qreal width)
    {
        m_paper.line(x, 450, width, tr("Device"), Paper::text(9), Qt::AlignLeft, Paper::muted());
        m_paper.line(x, 496, width, m_sheet.device, Paper::mono(10.5));
        m_paper.line(x, 542, width, tr("Share file %1 of %2").arg(m_sheet.shareFile).arg(m_sheet.shareFiles),
            Paper::text(11));
    }

    // --- the third inside the fold: the secret

    void inside()
    {
        qreal y = insideHead();
        y = prime(y) + m_boxes.part;
        m_paper.rule(kMargin, y, m_width, 1.5);
        y = idAndCode(y + m_boxes.part) + m_boxes.part;
        m_paper.rule(kMargin, y, m_width, 1.5);
        const qreal checks = pairLeft(0, true);
        m_paper.line(checks, y + 38, 2 * m_boxes.pitch + m_boxes.width,
            tr("check", "over the check pairs of a row"), Paper::text(8), Qt::AlignHCenter, Paper::muted());
        y = numbers(y + 4);
        names(y, tr("Share value"), tr("yours alone, secret"));
        y = value(y) + m_boxes.part;
        m_paper.rule(kMargin, y, m_width, 3);
        if (!m_sheet.shareFileBytes.empty())
            shareFile(y + 10);
    }

    /// Without the share file, and the prime, which is not typed as long as the companion file is there, in
    /// small print.
    void insideInLargePrint()
    {
        qreal y = idAndCode(insideHead() + m_boxes.part) + m_boxes.part;
        m_paper.rule(kMargin, y, m_width, 1.5);
        y += 46;
        m_paper.line(kMargin, y, m_width * 0.6, tr("Share value: yours alone, secret"),
            Paper::text(12, QFont::DemiBold));
        const qreal checks = pairLeft(0, true);
        m_paper.line(checks, y, 2 * m_boxes.pitch + m_boxes.width,
            tr("check", "over the check pairs of a row"), Paper::text(12, QFont::DemiBold), Qt::AlignHCenter);
        y = value(numbers(y)) + m_boxes.part;
        m_paper.rule(kMargin, y, m_width, 3);
        y += 50;
        m_paper.line(kMargin, y, m_width * 0.4, tr("Prime, same for everyone"), Paper::text(11));
        for (std::size_t row = 0; row < m_rows; ++row, y += 52)
            m_paper.line(kMargin + m_width * 0.4, y, m_width * 0.6,
                toHexPairs(ByteView(m_sheet.prime)
                               .subspan(row * kPairsInRow,
                                   std::min(kPairsInRow, m_sheet.prime.size() - row * kPairsInRow))),
                Paper::mono(14, true));
        if (!m_sheet.shareFileSha256.isEmpty())
            m_paper.line(kMargin, y, m_width,
                tr("Share file: SHA-256 starts %1, share check %2")
                    .arg(hexGroups(m_sheet.shareFileSha256.left(dkek::kHashStartDigits)),
                        hexGroups(m_sheet.shareCheck)),
                Paper::text(11));
    }

    qreal insideHead()
    {
        QFont head = Paper::text(10, QFont::Bold);
        head.setLetterSpacing(QFont::PercentageSpacing, 106);
        const qreal y = m_fold1 + 62;
        m_paper.line(kMargin, y, m_width * 0.45, tr("SECRET: INSIDE OF THE FOLD"), head);
        m_paper.line(kMargin + m_width * 0.45, y, m_width * 0.55,
            tr("A zero has a stroke: 0. Only 0–9 and a–f in the pairs."), Paper::text(9), Qt::AlignRight);
        return y + 14;
    }

    /// Rows of numbered boxes for as many bytes as the prime has; returns where they end.
    qreal prime(qreal y)
    {
        y = numbers(y);
        names(y, tr("Prime"), tr("same for everyone"));
        for (std::size_t i = 0; i < m_sheet.prime.size(); ++i) {
            const QRectF box = pairBox(y, i / kPairsInRow, i % kPairsInRow, false);
            m_paper.line(box.left(), baseline(box), box.width(), toHex(ByteView(m_sheet.prime).subspan(i, 1)),
                m_font, Qt::AlignHCenter);
        }
        return rowsEnd(y);
    }

    /// The same for the value, each row with its check pairs; all of them empty.
    qreal value(qreal y)
    {
        for (std::size_t row = 0; row < m_rows; ++row) {
            const std::size_t pairs = std::min(kPairsInRow, m_sheet.prime.size() - row * kPairsInRow);
            for (std::size_t i = 0; i < pairs + dkek::kCheckPairs; ++i) {
                const QRectF box = pairBox(y, row, i < pairs ? i : i - pairs, i >= pairs);
                m_cells.value.push_back(cell(box, -m_advance));
                m_cells.value.push_back(cell(box, 0));
            }
        }
        return rowsEnd(y);
    }

    qreal numbers(qreal y)
    {
        for (std::size_t i = 0; i < std::min(kPairsInRow, m_sheet.prime.size()); ++i)
            m_paper.line(pairLeft(i, false), y + 34, m_boxes.width, QString::number(i + 1), Paper::text(8),
                Qt::AlignHCenter, Paper::muted());
        return y + 46;
    }

    [[nodiscard]] qreal pairLeft(std::size_t pair, bool check) const
    {
        const auto column = static_cast<qreal>(check ? kPairsInRow + pair : pair);
        return m_boxes.left + column * m_boxes.pitch + (check ? m_boxes.checkGap : 0);
    }

    /// Draws the box of a pair, and the colon before it.
    QRectF pairBox(qreal y, std::size_t row, std::size_t pair, bool check)
    {
        const QRectF box(pairLeft(pair, check), y + static_cast<qreal>(row) * (m_boxes.height + m_boxes.gap),
            m_boxes.width, m_boxes.height);
        m_paper.box(box, 4, 8);
        const qreal between = m_boxes.pitch - m_boxes.width;
        if (pair > 0)
            m_paper.line(box.left() - between, baseline(box), between, QStringLiteral(":"),
                Paper::mono(m_boxes.colonPoints, true), Qt::AlignHCenter);
        return box;
    }

    [[nodiscard]] qreal rowsEnd(qreal y) const
    {
        return y + static_cast<qreal>(m_rows) * (m_boxes.height + m_boxes.gap) - m_boxes.gap;
    }

    qreal idAndCode(qreal y)
    {
        names(y, tr("Share ID"), {});
        const QRectF id(kMargin + kNames, y, m_boxes.width, m_boxes.height);
        m_paper.box(id, 4, 8);
        m_paper.line(
            id.left(), baseline(id), id.width(), QString::number(m_sheet.id), m_font, Qt::AlignHCenter);
        if (m_sheet.id >= 10)
            m_paper.line(id.right() + 20, baseline(id), 300,
                tr("in hex: %1").arg(toHex(std::array{ static_cast<std::uint8_t>(m_sheet.id) })),
                Paper::text(9));

        const qreal first = pairLeft(dkek::kCheckPairs - 1, true) - (kCodeCharacters - 1) * m_boxes.codePitch;
        const QFont name = Paper::text(12, QFont::DemiBold);
        const qreal labels = first - 300;
        m_paper.line(labels, y + m_boxes.height / 2 - 2, 280, tr("Check code"), name);
        m_paper.line(labels, y + m_boxes.height / 2 + 36, 280, tr("finds typing errors"), Paper::text(9),
            Qt::AlignLeft, Paper::muted());
        for (int i = 0; i < kCodeCharacters; ++i) {
            const QRectF box(first + i * m_boxes.codePitch, y, m_boxes.width, m_boxes.height);
            m_paper.box(box, 4, 8);
            m_cells.code.push_back(cell(box, -m_advance / 2));
        }
        return y + m_boxes.height;
    }

    void names(qreal y, const QString& name, const QString& hint)
    {
        const qreal width = kNames - 20;
        const qreal middle = y + m_boxes.height / 2;
        m_paper.line(kMargin, hint.isEmpty() ? middle + 15 : middle - 2, width, name,
            Paper::text(12, QFont::DemiBold));
        m_paper.line(kMargin, middle + 36, width, hint, Paper::text(9), Qt::AlignLeft, Paper::muted());
    }

    [[nodiscard]] qreal baseline(const QRectF& box) const
    {
        return box.center().y() + QFontMetricsF(m_font).capHeight() / 2;
    }

    /// Of a character that begins so far from the middle of its box.
    [[nodiscard]] QPoint cell(const QRectF& box, qreal fromCentre)
    {
        return m_paper.painter()
            .deviceTransform()
            .map(QPointF(box.center().x() + fromCentre, baseline(box)))
            .toPoint();
    }

    /// The encrypted share file in rows of 16 bytes, each with the first 10 bits of its SHA-256.
    void shareFile(qreal y)
    {
        const qreal room = m_fold2 - 30 - y;
        const qreal pitch = std::min<qreal>(62, room / dkek::kFileRows);
        const QFont digits = Paper::mono(10.5);
        const QFont code = Paper::mono(10.5, true);
        const qreal half = m_width * 0.6;
        for (int row = 1; row <= dkek::kFileRows; ++row) {
            const ByteView bytes = dkek::fileRow(m_sheet.shareFileBytes, row);
            const qreal base = y + (row - 1) * pitch + pitch * 0.72;
            m_paper.line(kMargin, base, 30, QString::number(row), digits, Qt::AlignLeft, Paper::muted());
            m_paper.line(kMargin + 50, base, half - 160, toHexGroups(bytes).toLower(), digits);
            const QRectF box(kMargin + half - 100, base - 36, 76, 46);
            m_paper.box(box, 2, 6);
            m_paper.line(box.left(), base, box.width(), dkek::fileRowCheck(bytes), code, Qt::AlignHCenter);
        }
        const qreal x = kMargin + half + 20;
        const qreal width = right() - x;
        qreal top = y + 12;
        top += m_paper.paragraph(x, top, width, tr("Encrypted share file"), Paper::text(9, QFont::Bold)) + 2;
        top += m_paper.paragraph(x, top, width,
                   tr("%1, 64 bytes. Same on every sheet of set %2. Useless without %3 shares.")
                       .arg(m_sheet.shareFileName, m_sheet.set)
                       .arg(m_sheet.threshold),
                   Paper::text(8.5))
            + 4;
        top += m_paper.paragraph(x, top, width,
            tr("SHA-256 starts %1").arg(hexGroups(m_sheet.shareFileSha256.left(dkek::kHashStartDigits))),
            Paper::text(8.5));
        m_paper.paragraph(
            x, top, width, tr("Share check %1").arg(hexGroups(m_sheet.shareCheck)), Paper::text(8.5));
    }

    // --- the third folded up first: what to do

    void instructions()
    {
        const qreal top = m_fold2 + 84;
        const qreal list = m_width * 0.62;
        const qreal checks = kMargin + m_width * 0.67;
        const QFont head = Paper::text(12, QFont::DemiBold);
        const QFont text = Paper::text(10.5);
        m_paper.line(kMargin, top, list, tr("When you are called for a restore"), head);
        const QStringList steps{
            tr("Bring this sheet, sealed. %1 custodians are needed in all.").arg(m_sheet.threshold),
            tr("Check that the seal number above is the one on the envelope."),
            tr("Step up alone when the screen names you. Others look away."),
            tr("Type share ID, value, check pairs, check code. No photos."),
            tr("Seal the sheet again in a new envelope. Note the new number."),
        };
        for (int i = 0; i < steps.size(); ++i) {
            const qreal y = top + 58 + i * 54;
            m_paper.line(kMargin, y, 40, tr("%1.", "number of a step").arg(i + 1), text);
            m_paper.line(kMargin + 48, y, list - 48, steps.at(i), text);
        }
        m_paper.line(checks, top, right() - checks, tr("Checked on the day"), head);
        const QStringList ticks{ tr("Typed back, matched"), tr("Sealed by me"),
            tr("Seal number in the report") };
        for (int i = 0; i < ticks.size(); ++i) {
            const qreal y = top + 62 + i * 62;
            m_paper.box(QRectF(checks, y - 32, 38, 38), 3, 0);
            m_paper.line(checks + 60, y, right() - checks - 60, ticks.at(i), text);
        }
        signatures();
        withoutProgram();
    }

    void signatures()
    {
        const qreal y = m_paper.height() - 480;
        const qreal gap = 70;
        const qreal wide = (m_width - 2 * gap) * 0.39;
        const qreal narrow = m_width - 2 * gap - 2 * wide;
        const QString who = roleName(ceremony::Role::Custodian, m_sheet.custodian);
        signature(kMargin, y, wide, tr("%1: signature").arg(who));
        signature(kMargin + wide + gap, y, wide, tr("Witness: signature"));
        signature(kMargin + 2 * (wide + gap), y, narrow, tr("Date"));
    }

    void signature(qreal x, qreal y, qreal width, const QString& name)
    {
        m_paper.rule(x, y, width, 3);
        m_paper.line(x, y + 44, width, name, Paper::text(9), Qt::AlignLeft, Paper::muted());
    }

    void withoutProgram()
    {
        const QRectF area(kMargin, m_paper.height() - 390, m_width, 172);
        m_paper.box(area, 2, 12);
        const qreal x = area.left() + 30;
        const qreal width = area.width() - 60;
        qreal y = area.top() + 14;
        const QString text = m_sheet.shareFileBytes.empty() || m_sheet.largePrint
            ? tr("Without this program OpenSC’s tool takes the values. Bring the share file %1, run this "
                 "command, and type prime, share IDs and share values of %2 custodians: of each row the "
                 "pairs 1 "
                 "to 8, no check pairs, no check code.")
            : tr("Without this program OpenSC’s tool takes the values. Save the 64 bytes above as %1, run "
                 "this "
                 "command, and type prime, share IDs and share values of %2 custodians: of each row the "
                 "pairs 1 "
                 "to 8, no check pairs, no check code.");
        y += m_paper.paragraph(
                 x, y, width, text.arg(m_sheet.shareFileName).arg(m_sheet.threshold), Paper::text(8))
            + 34;
        m_paper.line(x, y, width,
            QStringLiteral("sc-hsm-tool --import-dkek-share %1 --pwd-shares-total %2")
                .arg(m_sheet.shareFileName)
                .arg(m_sheet.threshold),
            Paper::mono(9));
    }

    void footer()
    {
        const qreal y = m_paper.height() - 152;
        m_paper.line(kMargin, y, m_width / 2,
            tr("Sheet %1 of %2 · set %3").arg(m_sheet.id).arg(m_sheet.total).arg(m_sheet.set),
            Paper::text(8.5), Qt::AlignLeft, Paper::muted());
        m_paper.line(kMargin + m_width / 2, y, m_width / 2, m_sheet.program, Paper::text(8.5), Qt::AlignRight,
            Paper::muted());
    }

    void fold(qreal y, const QString& text)
    {
        const QFont font = Paper::text(8);
        const qreal width = QFontMetricsF(font).horizontalAdvance(text);
        const qreal from = right() - width;
        QPen dashes(Paper::muted(), 2);
        dashes.setDashPattern({ 6, 5 });
        m_paper.painter().setPen(dashes);
        m_paper.painter().drawLine(QPointF(0, y), QPointF(from - 20, y));
        m_paper.painter().drawLine(QPointF(right() + 20, y), QPointF(m_paper.width(), y));
        m_paper.line(from, y + 10, width, text, font, Qt::AlignLeft, Paper::muted());
    }

    [[nodiscard]] qreal right() const { return m_paper.width() - kMargin; }

    Paper m_paper;
    const SheetFacts& m_sheet;
    SheetCells m_cells;
    std::size_t m_rows;
    Boxes m_boxes;
    QFont m_font; ///< of the boxes
    qreal m_advance; ///< of each of its characters
    qreal m_width;
    qreal m_fold1;
    qreal m_fold2;
};

} // namespace

SheetCells paintSheet(QPainter& painter, const SheetFacts& sheet)
{
    return SheetPainter(painter, sheet).paint();
}

QImage pictureOfSheet(const SheetFacts& sheet, int dotsPerInch, SheetCells& cells)
{
    QImage page(pageSize(sheet.paper).sizePixels(dotsPerInch), QImage::Format_Grayscale8);
    const int dotsPerMetre = qRound(dotsPerInch * kInchesOfMetre);
    page.setDotsPerMeterX(dotsPerMetre);
    page.setDotsPerMeterY(dotsPerMetre);
    page.fill(Qt::white);
    QPainter painter(&page);
    cells = paintSheet(painter, sheet);
    return page;
}

QImage previewOfSheet(const SheetFacts& sheet, int dotsPerInch)
{
    SheetCells cells;
    QImage page = pictureOfSheet(sheet, dotsPerInch, cells);
    QFont font = Paper::mono(1, true);
    font.setPixelSize(qRound(cells.pixelSize));
    QPainter painter(&page);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font);
    for (const QPoint cell : cells.value)
        painter.drawText(cell, QStringLiteral("x"));
    for (const QPoint cell : cells.code)
        painter.drawText(cell, QStringLiteral("X"));
    return page;
}

} // namespace conclave::ui
