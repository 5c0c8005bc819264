// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/sharecard.h"

#include "ui/theme/theme.h"
#include "ui/widgets/glyphs.h"
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
constexpr int kPairsInRow = 8;
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
    enum class As { Pairs, Digits, Spaced } as;
    bool tinted = false;

    [[nodiscard]] int rows() const
    {
        const int pairs = static_cast<int>(value.size());
        return as == As::Pairs ? std::max(1, (pairs + kPairsInRow - 1) / kPairsInRow) : 1;
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
    m_prime = prime.clone();
    m_value = value.clone();
    m_checkCode = checkCode.clone();
    m_id = SecretBytes(id < 10 ? 1 : 2);
    for (std::size_t i = m_id.size(); i > 0; id /= 10)
        m_id[--i] = static_cast<std::uint8_t>('0' + id % 10);
    updateGeometry();
    update();
}

void ShareCard::showOnlyValueRow(int row)
{
    m_onlyRow = row;
    updateGeometry();
    update();
}

void ShareCard::clear()
{
    m_prime.clear();
    m_value.clear();
    m_id.clear();
    m_checkCode.clear();
    updateGeometry();
    update();
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
    const int pairs = qCeil(ValuePainter(smallestFace()).pairsWidth(kPairsInRow));
    return { 3 * kSide + nameWidth() + pairs, contentHeight() };
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
        { tr("Share value"), tr("Yours alone. Keep secret"), m_value.view(), As::Pairs, true },
        { tr("Check code"), tr("Finds typing errors"), m_checkCode.view(), As::Spaced },
    };
}

std::vector<ShareCard::Section> ShareCard::shownSections() const
{
    std::vector<Section> sections = allSections();
    const int rows = (static_cast<int>(m_value.size()) + kPairsInRow - 1) / kPairsInRow;
    if (m_onlyRow >= 0 && m_onlyRow < rows) {
        const auto from = static_cast<std::size_t>(m_onlyRow) * kPairsInRow;
        Section row = sections[kValueSection];
        row.hint = tr("Row %1 of %2").arg(m_onlyRow + 1).arg(rows);
        row.value = row.value.subspan(from, std::min<std::size_t>(kPairsInRow, m_value.size() - from));
        return { row };
    }
    if (m_checkCode.empty())
        sections.pop_back();
    return sections;
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
    return GlyphFace::mono(true, GlyphFace::pixelSize(Type::SecretValue) * 2 / 3);
}

const GlyphFace& ShareCard::face() const
{
    const int wanted = GlyphFace::pixelSize(Type::SecretValue);
    const int room = width() - 3 * kSide - nameWidth();
    for (int size = wanted; size > wanted * 2 / 3; size -= 2) {
        const GlyphFace& face = GlyphFace::mono(true, size);
        if (ValuePainter(face).pairsWidth(kPairsInRow) <= room)
            return face;
    }
    return smallestFace();
}

int ShareCard::sectionHeight(const Section& section) const
{
    const ValuePainter painter(face());
    const int numbers = section.as == Section::As::Pairs ? ValuePainter::numberLineHeight() : kPad / 2;
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

    const qreal pairs = values.pairsWidth(kPairsInRow);
    const qreal left = layoutDirection() == Qt::RightToLeft ? area.right() - 2 * kSide - nameWidth() - pairs
                                                            : 2.0 * kSide + nameWidth();
    qreal top = area.top() + kPad;
    if (section.as != Section::As::Pairs) {
        const QPointF at(left, area.center().y() - values.lineHeight() / 2.0);
        values.paintAscii(painter, at, section.value, section.as == Section::As::Spaced ? 1 : 0);
        return;
    }
    values.paintNumbers(painter, { left, top }, kPairsInRow);
    top += ValuePainter::numberLineHeight();
    for (std::size_t from = 0; from < section.value.size(); from += kPairsInRow) {
        const std::size_t size = std::min<std::size_t>(kPairsInRow, section.value.size() - from);
        values.paintPairs(painter, { left, top }, section.value.subspan(from, size));
        top += values.lineHeight();
    }
}

} // namespace conclave::ui
