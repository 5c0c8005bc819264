// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/sharesheet.h"

#include "core/base/hex.h"
#include "core/dkek/checkpairs.h"
#include "core/dkek/sharefilerows.h"
#include "ui/print/paper.h"
#include "ui/text/words.h"
#include "ui/widgets/glyphs.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <array>

namespace conclave::ui {

namespace {

constexpr qreal kMargin = 150;
constexpr std::size_t kPairsInRow = dkek::kPairsInRow;
constexpr qreal kValuePoints = 20;
constexpr qreal kColonPoints = 14;
constexpr qreal kBoxesLeft = kMargin + 265;
constexpr qreal kBoxWidth = 104;
constexpr qreal kPairPitch = 134;
constexpr qreal kCheckGap = 26; // before the check pairs
constexpr qreal kCodeBoxWidth = 104;
constexpr qreal kCodePitch = 124;
constexpr int kCodeCharacters = 4;
constexpr char kHexDigits[] = "0123456789abcdef";

/// What fits the inside of the fold, by the rows of a value: 1, 2 or 3.
struct Heights {
    qreal box;
    qreal gap; ///< between two rows of boxes
    qreal part; ///< above and below a rule
};
constexpr std::array kHeights{ Heights{ 90, 0, 40 }, Heights{ 80, 12, 24 }, Heights{ 72, 6, 14 } };

QFont valueFont()
{
    return Paper::mono(kValuePoints, true);
}

/// Paints one sheet, part by part.
class SheetPainter {
    Q_DECLARE_TR_FUNCTIONS(SheetPainter)

public:
    SheetPainter(QPainter& painter, const SheetFacts& sheet, const SheetSecret* secret)
        : m_paper(painter)
        , m_sheet(sheet)
        , m_secret(secret)
        , m_rows((sheet.prime.size() + kPairsInRow - 1) / kPairsInRow)
        , m_heights(kHeights[std::clamp<std::size_t>(m_rows, 1, kHeights.size()) - 1])
        , m_width(m_paper.width() - 2 * kMargin)
        , m_fold1(m_paper.height() / 3)
        , m_fold2(m_paper.height() * 2 / 3)
    {
    }

    void paint()
    {
        outside();
        inside();
        instructions();
        footer();
        fold(m_fold1, tr("Fold 1: fold the bottom up to here, then the top over it"));
        fold(m_fold2, tr("Fold 2"));
        if (m_sheet.rehearsal)
            m_paper.rehearsalBands();
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
        QFont head = Paper::text(10, QFont::Bold);
        head.setLetterSpacing(QFont::PercentageSpacing, 106);
        qreal y = m_fold1 + 62;
        m_paper.line(kMargin, y, m_width * 0.45, tr("SECRET: INSIDE OF THE FOLD"), head);
        m_paper.line(kMargin + m_width * 0.45, y, m_width * 0.55,
            tr("A zero has a stroke: 0. Only 0–9 and a–f in the pairs."), Paper::text(9), Qt::AlignRight);
        y += 14;
        y = prime(y) + m_heights.part;
        m_paper.rule(kMargin, y, m_width, 1.5);
        y = idAndCode(y + m_heights.part) + m_heights.part;
        m_paper.rule(kMargin, y, m_width, 1.5);
        y = value(y + 4) + m_heights.part;
        m_paper.rule(kMargin, y, m_width, 3);
        if (!m_sheet.shareFileBytes.empty())
            shareFile(y + 10);
    }

    /// Rows of numbered boxes for as many bytes as the prime has; returns where they end.
    qreal prime(qreal y)
    {
        y = numbers(y);
        names(y, tr("Prime"), tr("same for everyone"));
        for (std::size_t i = 0; i < m_sheet.prime.size(); ++i) {
            const QRectF box = pairBox(y, i / kPairsInRow, i % kPairsInRow, false);
            m_paper.line(box.left(), baseline(box), box.width(), toHex(ByteView(m_sheet.prime).subspan(i, 1)),
                valueFont(), Qt::AlignHCenter);
        }
        return rowsEnd(y);
    }

    /// The same for the value, each row with its check pairs.
    qreal value(qreal y)
    {
        const qreal checks = pairLeft(0, true);
        m_paper.line(checks, y + 34, 2 * kPairPitch + kBoxWidth, tr("check", "over the check pairs of a row"),
            Paper::text(8), Qt::AlignHCenter, Paper::muted());
        y = numbers(y);
        names(y, tr("Share value"), tr("yours alone, secret"));
        const SecretBytes sheet = m_secret ? dkek::sheetRows(m_sheet.id, m_secret->value) : SecretBytes();
        std::size_t at = 0;
        for (std::size_t row = 0; row < m_rows; ++row) {
            const std::size_t pairs = std::min(kPairsInRow, m_sheet.prime.size() - row * kPairsInRow);
            for (std::size_t i = 0; i < pairs + dkek::kCheckPairs; ++i, ++at) {
                const QRectF box = pairBox(y, row, i < pairs ? i : i - pairs, i >= pairs);
                if (at < sheet.size())
                    secretPair(box, sheet[at]);
            }
        }
        return rowsEnd(y);
    }

    qreal numbers(qreal y)
    {
        for (std::size_t i = 0; i < std::min(kPairsInRow, m_sheet.prime.size()); ++i)
            m_paper.line(pairLeft(i, false), y + 34, kBoxWidth, QString::number(i + 1), Paper::text(8),
                Qt::AlignHCenter, Paper::muted());
        return y + 46;
    }

    [[nodiscard]] static qreal pairLeft(std::size_t pair, bool check)
    {
        const auto column = static_cast<qreal>(check ? kPairsInRow + pair : pair);
        return kBoxesLeft + column * kPairPitch + (check ? kCheckGap : 0);
    }

    /// Draws the box of a pair, and the colon before it.
    QRectF pairBox(qreal y, std::size_t row, std::size_t pair, bool check)
    {
        const QRectF box(pairLeft(pair, check), y + static_cast<qreal>(row) * (m_heights.box + m_heights.gap),
            kBoxWidth, m_heights.box);
        m_paper.box(box, 4, 8);
        if (pair > 0)
            m_paper.line(box.left() - (kPairPitch - kBoxWidth), baseline(box), kPairPitch - kBoxWidth,
                QStringLiteral(":"), Paper::mono(kColonPoints, true), Qt::AlignHCenter);
        return box;
    }

    [[nodiscard]] qreal rowsEnd(qreal y) const
    {
        return y + static_cast<qreal>(m_rows) * (m_heights.box + m_heights.gap) - m_heights.gap;
    }

    qreal idAndCode(qreal y)
    {
        names(y, tr("Share ID"), {});
        const QRectF id(kBoxesLeft, y, kBoxWidth, m_heights.box);
        m_paper.box(id, 4, 8);
        m_paper.line(
            id.left(), baseline(id), id.width(), QString::number(m_sheet.id), valueFont(), Qt::AlignHCenter);
        if (m_sheet.id >= 10)
            m_paper.line(id.right() + 20, baseline(id), 300,
                tr("in hex: %1").arg(toHex(std::array{ static_cast<std::uint8_t>(m_sheet.id) })),
                Paper::text(9));

        const qreal first
            = pairLeft(2, true) + kBoxWidth - (kCodeCharacters - 1) * kCodePitch - kCodeBoxWidth;
        const QFont name = Paper::text(12, QFont::DemiBold);
        const qreal labels = first - 300;
        m_paper.line(labels, y + m_heights.box / 2 - 2, 280, tr("Check code"), name);
        m_paper.line(labels, y + m_heights.box / 2 + 36, 280, tr("finds typing errors"), Paper::text(9),
            Qt::AlignLeft, Paper::muted());
        for (int i = 0; i < kCodeCharacters; ++i) {
            const QRectF box(first + i * kCodePitch, y, kCodeBoxWidth, m_heights.box);
            m_paper.box(box, 4, 8);
            if (m_secret && static_cast<std::size_t>(i) < m_secret->checkCode.size())
                secretCharacter(box, m_secret->checkCode[static_cast<std::size_t>(i)]);
        }
        return y + m_heights.box;
    }

    void names(qreal y, const QString& name, const QString& hint)
    {
        const qreal width = kBoxesLeft - kMargin - 20;
        const qreal middle = y + m_heights.box / 2;
        m_paper.line(kMargin, hint.isEmpty() ? middle + 15 : middle - 2, width, name,
            Paper::text(12, QFont::DemiBold));
        m_paper.line(kMargin, middle + 36, width, hint, Paper::text(9), Qt::AlignLeft, Paper::muted());
    }

    static qreal baseline(const QRectF& box)
    {
        return box.center().y() + QFontMetricsF(valueFont()).capHeight() / 2;
    }

    void secretPair(const QRectF& box, std::uint8_t byte)
    {
        const GlyphFace& face = GlyphFace::mono(true, valueFont().pixelSize());
        const QPointF at(box.center().x() - face.advance(), baseline(box));
        m_paper.painter().setPen(Qt::black);
        face.draw(m_paper.painter(), at, static_cast<std::uint8_t>(kHexDigits[byte >> 4]));
        face.draw(m_paper.painter(), at + QPointF(face.advance(), 0),
            static_cast<std::uint8_t>(kHexDigits[byte & 0x0f]));
    }

    void secretCharacter(const QRectF& box, std::uint8_t ascii)
    {
        const GlyphFace& face = GlyphFace::mono(true, valueFont().pixelSize());
        m_paper.painter().setPen(Qt::black);
        face.draw(m_paper.painter(), { box.center().x() - face.advance() / 2, baseline(box) }, ascii);
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
        const QString text = tr(
            "Without this program OpenSC’s tool takes the values. Save the 64 bytes above as %1, run this "
            "command, and type prime, share IDs and share values of %2 custodians: of each row the pairs 1 "
            "to 8, no check pairs, no check code.")
                                 .arg(m_sheet.shareFileName)
                                 .arg(m_sheet.threshold);
        y += m_paper.paragraph(x, y, width, text, Paper::text(8)) + 34;
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
    const SheetSecret* m_secret;
    std::size_t m_rows;
    Heights m_heights;
    qreal m_width;
    qreal m_fold1;
    qreal m_fold2;
};

} // namespace

void paintSheet(QPainter& painter, const SheetFacts& sheet, const SheetSecret* secret)
{
    SheetPainter(painter, sheet, secret).paint();
}

} // namespace conclave::ui
