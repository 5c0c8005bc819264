// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/railitem.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyle>

namespace conclave::ui {

namespace {

constexpr int kSide = 20;
constexpr int kBadge = 24;
constexpr int kRow = 38;
constexpr int kRowWithSubline = 48;
constexpr int kLineRow = 30;
constexpr int kCompactLineRow = 10;
constexpr int kBar = 4;
constexpr int kNameStart = kSide + kBadge + space::k12;

QString stateWord(Rail::State state)
{
    switch (state) {
    case Rail::State::Done:
        return Rail::tr("done");
    case Rail::State::Current:
        return Rail::tr("current");
    case Rail::State::Later:
        break;
    }
    return Rail::tr("later");
}

} // namespace

RailItem::RailItem(const Rail::Item& item, int total, bool compact, QWidget* parent)
    : QWidget(parent)
    , m_item(item)
    , m_compact(compact)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    QString spoken
        = Rail::tr("Step %1 of %2, %3, %4").arg(item.number).arg(total).arg(item.name, stateWord(item.state));
    if (!item.subline.isEmpty())
        spoken = Rail::tr("%1, %2").arg(spoken, item.subline);
    setAccessibleName(spoken);
    if (compact)
        setToolTip(spoken);
}

QSize RailItem::sizeHint() const
{
    return { 60, m_item.subline.isEmpty() || m_compact ? kRow : kRowWithSubline };
}

void RailItem::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    const auto place = [this](const QRect& at) { return QStyle::visualRect(layoutDirection(), rect(), at); };
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool current = m_item.state == Rail::State::Current;
    if (current) {
        painter.fillRect(rect(), theme.colour(Token::Base));
        painter.fillRect(place(QRect(0, 0, kBar, height())), theme.colour(Token::Accent));
    }
    const int badgeStart = m_compact ? (width() - kBadge) / 2 : kSide;
    paintBadge(painter, place(QRect(badgeStart, (height() - kBadge) / 2, kBadge, kBadge)));
    if (m_compact)
        return;
    const Qt::Alignment start = QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft);
    QRect words(kNameStart, 0, width() - kNameStart - space::k8, height());
    painter.setFont(theme.font(current ? Type::Strong : Type::Body));
    painter.setPen(theme.colour(m_item.state == Rail::State::Later ? Token::Muted : Token::Text));
    const int nameHeight = painter.fontMetrics().height();
    if (m_item.subline.isEmpty()) {
        painter.drawText(place(words), static_cast<int>(start | Qt::AlignVCenter),
            painter.fontMetrics().elidedText(m_item.name, Qt::ElideRight, words.width()));
        return;
    }
    const QFontMetrics hint(theme.font(Type::Hint));
    words.setTop((height() - nameHeight - hint.height()) / 2);
    words.setHeight(nameHeight);
    painter.drawText(place(words), static_cast<int>(start | Qt::AlignVCenter),
        painter.fontMetrics().elidedText(m_item.name, Qt::ElideRight, words.width()));
    words.moveTop(words.bottom() + 1);
    words.setHeight(hint.height());
    painter.setFont(theme.font(Type::Hint));
    painter.setPen(theme.colour(Token::Muted));
    painter.drawText(place(words), static_cast<int>(start | Qt::AlignVCenter),
        hint.elidedText(m_item.subline, Qt::ElideRight, words.width()));
}

void RailItem::paintBadge(QPainter& painter, const QRectF& badge) const
{
    const Theme& theme = Theme::instance();
    const bool current = m_item.state == Rail::State::Current;
    const bool done = m_item.state == Rail::State::Done;
    const Token line = done ? Token::Ok : current ? Token::Accent : Token::Field;
    painter.setPen(QPen(theme.colour(line), 1.6));
    painter.setBrush(current ? theme.colour(Token::Accent) : QColor(Qt::transparent));
    painter.drawEllipse(badge.adjusted(1, 1, -1, -1));
    if (done) {
        painter.setPen(QPen(theme.colour(Token::Ok), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(QPolygonF{ badge.center() + QPointF(-4.5, .5),
            badge.center() + QPointF(-1.2, 3.6), badge.center() + QPointF(4.8, -3.4) });
        return;
    }
    painter.setFont(theme.font(Type::TableHead));
    painter.setPen(theme.colour(current ? Token::OnAccent : Token::Muted));
    painter.drawText(badge, Qt::AlignCenter, locale().toString(m_item.number));
}

RailLine::RailLine(const QString& words, int afterStep, bool passed, bool compact, QWidget* parent)
    : QWidget(parent)
    , m_words(words)
    , m_passed(passed)
    , m_compact(compact)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(passed ? words : Rail::tr("Point of no return after step %1").arg(afterStep));
    if (compact)
        setToolTip(accessibleName());
}

QSize RailLine::sizeHint() const
{
    return { 60, m_compact ? kCompactLineRow : kLineRow };
}

void RailLine::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setPen(theme.colour(m_passed ? Token::Muted : Token::Danger));
    int from = kSide;
    if (m_compact) {
        from = space::k12;
    } else {
        painter.setFont(theme.font(Type::Hint));
        const QString shown = painter.fontMetrics().elidedText(m_words, Qt::ElideRight, width() - 2 * kSide);
        const QRect at(kSide, 0, painter.fontMetrics().horizontalAdvance(shown), height());
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), at), Qt::AlignCenter, shown);
        from = at.right() + space::k8;
    }
    painter.setPen(QPen(painter.pen().color(), 1, Qt::DashLine));
    const QRect line = QStyle::visualRect(
        layoutDirection(), rect(), QRect(from, height() / 2, width() - from - space::k16, 1));
    painter.drawLine(line.topLeft(), line.topRight());
}

} // namespace conclave::ui
