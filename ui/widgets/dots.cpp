// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/dots.h"

#include "ui/theme/theme.h"

#include <QLocale>
#include <QPainter>
#include <QStyle>

namespace conclave::ui {

namespace {
constexpr int kDot = 24;
}

Dots::Dots(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Dots::setCount(int total, int done)
{
    m_total = total;
    m_done = done;
    updateGeometry();
    update();
}

void Dots::setSentence(const QString& sentence)
{
    setAccessibleName(sentence);
}

QSize Dots::sizeHint() const
{
    return { m_total * kDot + std::max(0, m_total - 1) * space::k8, kDot };
}

void Dots::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font(Type::TableHead));
    for (int i = 0; i < m_total; ++i) {
        const QRectF dot(
            QStyle::visualRect(layoutDirection(), rect(), QRect(i * (kDot + space::k8), 0, kDot, kDot)));
        const bool done = i < m_done;
        const bool next = i == m_done;
        const Token line = done ? Token::Ok : next ? Token::Accent : Token::Field;
        painter.setBrush(theme.colour(done ? Token::Ok : Token::Base));
        painter.setPen(QPen(theme.colour(line), next ? 2 : 1.2));
        painter.drawEllipse(dot.adjusted(1, 1, -1, -1));
        if (done) {
            painter.setPen(QPen(theme.colour(Token::Base), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            painter.drawPolyline(QPolygonF{ dot.center() + QPointF(-4.5, .5), dot.center() + QPointF(-1, 3.5),
                dot.center() + QPointF(5, -3.5) });
        } else {
            painter.setPen(theme.colour(next ? Token::Accent : Token::Muted));
            painter.drawText(dot, Qt::AlignCenter, locale().toString(i + 1));
        }
    }
}

} // namespace conclave::ui
