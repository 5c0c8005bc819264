// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/losstable.h"

#include "ui/theme/icon.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

namespace conclave::ui {

namespace {

constexpr int kRadius = 5;
constexpr int kRowPadding = 8;
constexpr int kSign = 18;
constexpr int kLostWidth = 72;

} // namespace

LossTable::LossTable(QWidget* parent)
    : QFrame(parent)
    , m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        const int threshold = std::exchange(m_threshold, 0);
        setScheme(threshold, m_total);
    });
}

void LossTable::setScheme(int threshold, int total)
{
    if (threshold == m_threshold && total == m_total)
        return;
    m_threshold = threshold;
    m_total = total;
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (int lost = 0; lost <= total - threshold + 1; ++lost)
        addRow(lost, total - threshold - lost);
}

void LossTable::addRow(int lost, int reserve)
{
    auto* row = new QWidget(this);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(space::k12, kRowPadding, space::k12, kRowPadding);
    line->setSpacing(space::k12);
    auto* count = new Label(tr("%n lost", nullptr, lost), Type::Strong, Token::Text, row);
    count->setMinimumWidth(kLostWidth);
    count->setWordWrap(false);
    line->addWidget(count);
    const Token colour = reserve > 0 ? Token::Ok : reserve == 0 ? Token::Warn : Token::Danger;
    auto* sign = new QLabel(row);
    sign->setPixmap(iconPixmap(reserve > 0 ? Icon::Check
            : reserve == 0                 ? Icon::Warning
                                           : Icon::Cross,
        kSign, Theme::instance().colour(colour), devicePixelRatioF()));
    line->addWidget(sign);
    const QString words = reserve > 0 ? tr("Restore works. %n in reserve.", nullptr, reserve)
        : reserve == 0                ? tr("Restore works. No reserve left.")
                                      : tr("The backup can never be restored.");
    line->addWidget(new Label(words, reserve > 0 ? Type::Body : Type::Strong, Token::Text, row), 1);
    m_rows->addWidget(row);
}

void LossTable::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), kRadius, kRadius);
    painter.setClipPath(outline);
    for (int i = 0; i < m_rows->count(); ++i) {
        const QRect row = m_rows->itemAt(i)->geometry();
        const int reserve = m_total - m_threshold - i;
        if (reserve <= 0)
            painter.fillRect(row, theme.colour(reserve == 0 ? Token::WarnSoft : Token::DangerSoft));
        if (i > 0) {
            painter.setPen(theme.colour(Token::Hair));
            painter.drawLine(row.topLeft(), row.topRight());
        }
    }
    painter.setClipping(false);
    painter.strokePath(outline, theme.colour(Token::Line));
}

} // namespace conclave::ui
