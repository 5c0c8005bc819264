// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/rail.h"

#include "ui/theme/icon.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/railitem.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace conclave::ui {

namespace {

constexpr int kWidth = 236;
constexpr int kCompactWidth = 60;
constexpr int kSide = 20;
constexpr int kSign = 18;
constexpr std::chrono::seconds kTick{ 10 };

/// The surface of the safety note.
class Plate : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Theme::instance().colour(Token::Base));
        painter.setPen(Theme::instance().colour(Token::Line));
        painter.drawRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), 6, 6);
    }
};

} // namespace

Rail::Rail(QWidget* parent)
    : QWidget(parent)
    , m_name(new Label({}, Type::RoleName, Token::Text, this))
    , m_id(new Label({}, Type::Hint, Token::Muted, this))
    , m_list(new QVBoxLayout)
    , m_safety(new Plate(this))
    , m_safetySign(new QLabel(m_safety))
    , m_safetyText(new Label({}, Type::Hint, Token::Text, m_safety))
    , m_clockSign(new QLabel(this))
    , m_clock(new Label({}, Type::Body, Token::Muted, this))
    , m_pause(new Button({}, Button::Look::Secondary, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::k16, 0, space::k12);
    layout->setSpacing(space::k8);
    auto* heading = new QVBoxLayout;
    heading->setContentsMargins(kSide, 0, space::k12, 0);
    heading->setSpacing(space::k4);
    heading->addWidget(m_name);
    heading->addWidget(m_id);
    layout->addLayout(heading);
    m_list->setSpacing(0);
    layout->addLayout(m_list);
    layout->addStretch();

    auto* below = new QVBoxLayout;
    below->setContentsMargins(space::k12, 0, space::k12, 0);
    below->setSpacing(space::k8);
    auto* safety = new QHBoxLayout(m_safety);
    safety->setContentsMargins(space::k8, space::k8, space::k8, space::k8);
    safety->setSpacing(space::k8);
    safety->addWidget(m_safetySign, 0, Qt::AlignTop);
    safety->addWidget(m_safetyText, 1);
    below->addWidget(m_safety);
    auto* last = new QHBoxLayout;
    last->setSpacing(space::k8);
    last->addWidget(m_clockSign);
    last->addWidget(m_clock, 1);
    last->addWidget(m_pause);
    below->addLayout(last);
    layout->addLayout(below);

    m_pause->setAccessibleName(tr("Pause"));
    m_timer.setInterval(kTick);
    connect(&m_timer, &QTimer::timeout, this, &Rail::showTime);
    m_timer.start();
    connect(&Theme::instance(), &Theme::changed, this, &Rail::build);
    build();
}

void Rail::setItems(std::vector<Item> items, int lineAfter, const QString& line)
{
    if (items == m_items && lineAfter == m_lineAfter && line == m_line)
        return;
    m_items = std::move(items);
    m_lineAfter = lineAfter;
    m_line = line;
    build();
}

void Rail::setCeremony(const QString& name, const QString& id)
{
    m_name->setText(name);
    m_id->setText(id);
    m_id->setVisible(!id.isEmpty() && !m_compact);
}

void Rail::setSafetyNote(const QString& text)
{
    m_safetyText->setText(text);
    m_safety->setAccessibleName(text);
    m_safety->setToolTip(m_compact ? text : QString());
}

void Rail::setStartedAt(const QDateTime& start)
{
    m_start = start;
    showTime();
}

void Rail::setCompact(bool compact)
{
    if (compact == m_compact)
        return;
    m_compact = compact;
    build();
}

void Rail::build()
{
    setFixedWidth(m_compact ? kCompactWidth : kWidth);
    while (QLayoutItem* old = m_list->takeAt(0)) {
        old->widget()->hide();
        old->widget()->deleteLater();
        delete old;
    }
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        m_list->addWidget(new RailItem(m_items[i], static_cast<int>(m_items.size()), m_compact, this));
        if (static_cast<int>(i) == m_lineAfter) {
            const bool passed = i + 1 < m_items.size() && m_items[i + 1].state == State::Done;
            m_list->addWidget(new RailLine(m_line, m_items[i].number, passed, m_compact, this));
        }
    }
    m_name->setVisible(!m_compact);
    m_id->setVisible(!m_compact && !m_id->text().isEmpty());
    m_safetyText->setVisible(!m_compact);
    m_safety->setToolTip(m_compact ? m_safetyText->text() : QString());
    m_clock->setVisible(!m_compact);
    m_clockSign->setVisible(!m_compact);
    const Theme& theme = Theme::instance();
    m_safetySign->setPixmap(iconPixmap(Icon::Lock, kSign, theme.colour(Token::Accent), devicePixelRatioF()));
    m_clockSign->setPixmap(iconPixmap(Icon::Clock, kSign, theme.colour(Token::Muted), devicePixelRatioF()));
    m_pause->setIcon(icon(Icon::Pause));
    m_pause->setText(m_compact ? QString() : tr("Paus&e…"));
    m_pause->setToolTip(m_compact ? tr("Pause…") : QString());
    m_pause->setSmall(true);
    showTime();
}

void Rail::showTime()
{
    if (!m_start.isValid()) {
        m_clock->setText(QStringLiteral("0:00"));
        return;
    }
    const qint64 minutes = std::max<qint64>(0, m_start.secsTo(QDateTime::currentDateTime()) / 60);
    m_clock->setText(QStringLiteral("%1:%2").arg(minutes / 60).arg(minutes % 60, 2, 10, QLatin1Char('0')));
    m_clock->setAccessibleName(tr("%n minute(s) since the beginning", nullptr, static_cast<int>(minutes)));
}

void Rail::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::instance().colour(Token::Rail));
    painter.setPen(Theme::instance().colour(Token::Line));
    const int edge = isRightToLeft() ? 0 : width() - 1;
    painter.drawLine(edge, 0, edge, height());
}

} // namespace conclave::ui
