// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/seatring.h"

#include "ui/theme/theme.h"

#include <QLocale>
#include <QPainter>
#include <QtMath>

namespace conclave::ui {

namespace {

constexpr int kSize = 150;
constexpr int kCurtainSize = 190;
constexpr int kMostNumbered = 9; // more seats than this are dots
constexpr qreal kSeat = .1; // a seat's radius, of the whole
constexpr qreal kDot = .055;
constexpr qreal kTable = .26;

} // namespace

SeatRing::SeatRing(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SeatRing::setSeats(int total, int filled)
{
    m_total = total;
    m_filled = filled;
    m_centre = tr("%1 of %2").arg(filled).arg(total);
    update();
}

void SeatRing::setDone(std::set<int> done)
{
    m_done = std::move(done);
    update();
}

void SeatRing::setCurrent(int seat)
{
    m_current = seat;
    update();
}

void SeatRing::setCentre(const QString& text)
{
    m_centre = text;
    update();
}

void SeatRing::setOnCurtain(bool on)
{
    m_onCurtain = on;
    updateGeometry();
    update();
}

void SeatRing::setSentence(const QString& sentence)
{
    setAccessibleName(sentence);
}

QSize SeatRing::sizeHint() const
{
    return m_onCurtain ? QSize(kCurtainSize, kCurtainSize) : QSize(kSize, kSize);
}

void SeatRing::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal side = std::min(width(), height());
    const QPointF middle = QRectF(rect()).center();
    const qreal seat = (m_total > kMostNumbered ? kDot : kSeat) * side;

    QColor table = theme.colour(m_onCurtain ? Token::CurtainText : Token::AccentSoft);
    if (m_onCurtain)
        table.setAlphaF(.14F);
    painter.setBrush(table);
    painter.setPen(QPen(theme.colour(m_onCurtain ? Token::CurtainAccent : Token::Accent), .8));
    painter.drawEllipse(middle, kTable * side, kTable * side);
    QFont face = theme.font(Type::RoleName);
    face.setPixelSize(static_cast<int>(side * .115));
    painter.setFont(face);
    painter.setPen(theme.colour(m_onCurtain ? Token::CurtainText : Token::Text));
    painter.drawText(rect(), Qt::AlignCenter, m_centre);

    const qreal orbit = side / 2 - seat - 3;
    for (int i = 0; i < m_total; ++i) {
        const qreal angle = 2 * M_PI * i / m_total - M_PI / 2;
        paintSeat(painter, i + 1, middle + orbit * QPointF(std::cos(angle), std::sin(angle)), seat);
    }
}

void SeatRing::paintSeat(QPainter& painter, int seat, QPointF centre, qreal radius) const
{
    const Theme& theme = Theme::instance();
    const bool done = m_done && m_done->contains(seat);
    const bool current = seat == m_current;
    const bool filled = done || current || (!m_done && seat <= m_filled);
    const QColor line = theme.colour(m_onCurtain ? Token::CurtainAccent : Token::Accent);
    const QColor empty = theme.colour(m_onCurtain ? Token::CurtainTop : Token::Base);
    painter.setPen(QPen(line, 1.4));
    painter.setBrush(filled ? line : empty);
    painter.drawEllipse(centre, radius, radius);
    if (current) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(line, 1.6));
        painter.drawEllipse(centre, radius + 3, radius + 3);
    }
    if (m_total > kMostNumbered)
        return;
    const QColor sign = filled ? theme.colour(m_onCurtain ? Token::CurtainTop : Token::OnAccent) : line;
    if (done) {
        painter.setPen(QPen(sign, radius * .2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(QPolygonF{ centre + radius * QPointF(-.42, .04),
            centre + radius * QPointF(-.12, .34), centre + radius * QPointF(.44, -.32) });
        return;
    }
    QFont face = theme.font(Type::Strong);
    face.setPixelSize(static_cast<int>(radius));
    painter.setFont(face);
    painter.setPen(sign);
    painter.drawText(QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius),
        Qt::AlignCenter, locale().toString(seat));
}

} // namespace conclave::ui
