// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/sharecard.h"

#include "core/dkek/checkpairs.h"
#include "ui/theme/theme.h"
#include "ui/widgets/glyphs.h"
#include "ui/widgets/readaloud.h"
#include "ui/widgets/valuepainter.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include <algorithm>
#include <array>

namespace conclave::ui {

namespace {

constexpr int kSide = 24; // from the card's edge to names and values
constexpr int kPad = 12;
constexpr int kPairsInRow = dkek::kPairsInRow;
constexpr std::size_t kSheetRow = dkek::kPairsInRow + dkek::kCheckPairs;
constexpr int kCheckGap = 16; // before the check pairs
constexpr std::size_t kValueSection = 2;

QFont nameFont()
{
    QFont font = Theme::instance().font(Type::Body);
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

struct ShareCard::Section {
    QString name;
    QString hint;
    ByteView value; ///< bytes of a number in rows of pairs, or ASCII
    enum class As { Pairs, CheckedPairs, Digits, Spaced } as;
    bool tinted = false;

    [[nodiscard]] bool inRows() const { return as == As::Pairs || as == As::CheckedPairs; }
    [[nodiscard]] std::size_t rowSize() const { return as == As::CheckedPairs ? kSheetRow : kPairsInRow; }
    [[nodiscard]] int rows() const
    {
        return inRows() ? std::max(1, static_cast<int>((value.size() + rowSize() - 1) / rowSize())) : 1;
    }
};

ShareCard::ShareCard(QWidget* parent)
    : QWidget(parent)
{
    setContextMenuPolicy(Qt::PreventContextMenu);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void ShareCard::show(const SecretBytes& prime, int id, const SecretBytes& value, const SecretBytes& checkCode)
{
    m_rowName.clear();
    m_firstRow = 0;
    m_prime = prime.clone();
    m_value = value.empty() ? SecretBytes() : dkek::sheetRows(id, value);
    m_checkCode = checkCode.clone();
    m_id = SecretBytes(id < 10 ? 1 : 2);
    for (std::size_t i = m_id.size(); i > 0; id /= 10)
        m_id[--i] = static_cast<std::uint8_t>('0' + id % 10);
    updateGeometry();
    update();
}

void ShareCard::showRow(int row, int rows, ByteView pairs)
{
    clear();
    m_value = SecretBytes(pairs);
    m_rowName = tr("Row %1 of %2").arg(row + 1).arg(rows);
    m_firstRow = row;
    updateGeometry();
    update();
}

void ShareCard::clear()
{
    m_prime.clear();
    m_value.clear();
    m_id.clear();
    m_checkCode.clear();
    m_rowName.clear();
    m_firstRow = 0;
    updateGeometry();
    update();
}

std::vector<ReadAloudLine> ShareCard::lines() const
{
    std::vector<ReadAloudLine> lines;
    for (const Section& section : shownSections()) {
        if (!section.inRows()) {
            lines.push_back({ section.name, SecretBytes(section.value), true });
            continue;
        }
        const bool numbered = section.rows() > 1 || !m_rowName.isEmpty();
        for (int row = 0; row < section.rows(); ++row) {
            const std::size_t from = static_cast<std::size_t>(row) * section.rowSize();
            lines.push_back({ numbered ? tr("%1, row %2").arg(section.name).arg(m_firstRow + row + 1)
                                       : section.name,
                SecretBytes(
                    section.value.subspan(from, std::min(section.rowSize(), section.value.size() - from))),
                false, section.as == Section::As::CheckedPairs ? static_cast<int>(dkek::kCheckPairs) : 0 });
        }
    }
    return lines;
}

QString ShareCard::spokenName() const
{
    return tr("Share value, hidden from screen readers");
}

QSize ShareCard::sizeHint() const
{
    return { 724, contentHeight() };
}

QSize ShareCard::minimumSizeHint() const
{
    return { 3 * kSide + nameWidth() + qCeil(rowWidth(smallestFace())), contentHeight() };
}

void ShareCard::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // The face follows the width, and the height the face.
    updateGeometry();
}

std::vector<ShareCard::Section> ShareCard::allSections() const
{
    using As = Section::As;
    return {
        { tr("Prime"), tr("Same for everyone"), m_prime.view(), As::Pairs },
        { tr("Share ID"), tr("Yours alone"), m_id.view(), As::Digits },
        { tr("Share value"), tr("Yours alone. Keep secret"), m_value.view(), As::CheckedPairs, true },
        { tr("Check code"), tr("Finds typing errors"), m_checkCode.view(), As::Spaced },
    };
}

std::vector<ShareCard::Section> ShareCard::shownSections() const
{
    std::vector<Section> sections = allSections();
    if (!m_rowName.isEmpty()) {
        Section row = sections[kValueSection];
        row.hint = m_rowName;
        return { row };
    }
    if (m_checkCode.empty())
        sections.pop_back();
    return sections;
}

qreal ShareCard::rowWidth(const GlyphFace& face)
{
    const ValuePainter values(face);
    return values.pairsWidth(kPairsInRow) + kCheckGap + values.pairsWidth(dkek::kCheckPairs);
}

int ShareCard::nameWidth() const
{
    const QFontMetrics name(nameFont());
    const QFontMetrics hint(Theme::instance().font(Type::Hint));
    int width = 0;
    for (const Section& section : allSections())
        width
            = std::max({ width, name.horizontalAdvance(section.name), hint.horizontalAdvance(section.hint) });
    return width;
}

const GlyphFace& ShareCard::smallestFace() const
{
    return GlyphFace::mono(true, GlyphFace::pixelSize(Type::SecretValue) * 3 / 5);
}

const GlyphFace& ShareCard::face() const
{
    const int wanted = GlyphFace::pixelSize(Type::SecretValue);
    const int room = width() - 3 * kSide - nameWidth();
    for (int size = wanted; size > wanted * 3 / 5; size -= 2) {
        const GlyphFace& face = GlyphFace::mono(true, size);
        if (rowWidth(face) <= room)
            return face;
    }
    return smallestFace();
}

int ShareCard::sectionHeight(const Section& section) const
{
    const ValuePainter painter(face());
    const int numbers = section.inRows() ? ValuePainter::numberLineHeight() : kPad / 2;
    return 2 * kPad + numbers + section.rows() * painter.lineHeight();
}

int ShareCard::contentHeight() const
{
    int height = 0;
    for (const Section& section : shownSections())
        height += sectionHeight(section);
    return height;
}

void ShareCard::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF card = QRectF(0, 0, width(), contentHeight()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath outline;
    outline.addRoundedRect(card, 8, 8);
    painter.fillPath(outline, theme.colour(Token::Base));
    painter.setClipPath(outline);
    int top = 0;
    bool hair = false;
    for (const Section& section : shownSections()) {
        const QRect area(0, top, width(), sectionHeight(section));
        if (section.tinted)
            painter.fillRect(area, theme.colour(Token::AccentSoft));
        else if (hair)
            painter.fillRect(area.adjusted(kSide, 0, -kSide, 1 - area.height()), theme.colour(Token::Hair));
        paintSection(painter, section, area);
        hair = !section.tinted;
        top += area.height();
    }
    painter.setClipping(false);
    painter.setPen(QPen(theme.colour(Token::Line), 1));
    painter.drawPath(outline);
}

void ShareCard::paintSection(QPainter& painter, const Section& section, const QRect& area) const
{
    const Theme& theme = Theme::instance();
    const ValuePainter values(face());
    const QFontMetrics name(nameFont());
    const QFontMetrics hint(theme.font(Type::Hint));
    const auto start
        = static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter);
    const int labelHeight = name.height() + 2 + hint.height();
    const QRect label(kSide, area.center().y() - labelHeight / 2, nameWidth() + kSide / 2, labelHeight);
    const QRect visual = QStyle::visualRect(layoutDirection(), area, label);
    painter.setFont(nameFont());
    painter.setPen(theme.colour(Token::Text));
    painter.drawText(visual.adjusted(0, 0, 0, -hint.height() - 2), start, section.name);
    painter.setFont(theme.font(Type::Hint));
    painter.setPen(theme.colour(Token::Muted));
    painter.drawText(visual.adjusted(0, name.height() + 2, 0, 0), start, section.hint);

    const qreal left = layoutDirection() == Qt::RightToLeft
        ? area.right() - 2 * kSide - nameWidth() - rowWidth(face())
        : 2.0 * kSide + nameWidth();
    qreal top = area.top() + kPad;
    if (!section.inRows()) {
        const QPointF at(left, area.center().y() - values.lineHeight() / 2.0);
        values.paintAscii(painter, at, section.value, section.as == Section::As::Spaced ? 1 : 0);
        return;
    }
    const qreal checks = left + values.pairsWidth(kPairsInRow) + kCheckGap;
    values.paintNumbers(painter, { left, top }, kPairsInRow);
    if (section.as == Section::As::CheckedPairs) {
        painter.setFont(theme.font(Type::Hint));
        painter.setPen(theme.colour(Token::Muted));
        painter.drawText(
            QRectF(checks, top, values.pairsWidth(dkek::kCheckPairs), ValuePainter::numberLineHeight()),
            Qt::AlignCenter, tr("check", "over the check pairs of a row"));
    }
    top += ValuePainter::numberLineHeight();
    for (std::size_t from = 0; from < section.value.size(); from += section.rowSize()) {
        const ByteView row
            = section.value.subspan(from, std::min(section.rowSize(), section.value.size() - from));
        const std::size_t ends = section.as == Section::As::CheckedPairs ? dkek::kCheckPairs : 0;
        values.paintPairs(painter, { left, top }, row.first(row.size() - ends));
        values.paintPairs(painter, { checks, top }, row.last(ends));
        top += values.lineHeight();
    }
}

} // namespace conclave::ui
