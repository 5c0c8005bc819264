// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/ticklist.h"

#include "ui/theme/theme.h"
#include "ui/widgets/tick.h"

#include <QPainter>
#include <QVBoxLayout>

namespace conclave::ui {

namespace {
constexpr int kRadius = 8;
}

TickList::TickList(const QStringList& texts, QWidget* parent)
    : QFrame(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::k24, space::k16, space::k24, space::k16);
    layout->setSpacing(space::k12);
    for (const QString& text : texts) {
        auto* tick = new Tick(text, Tick::Look::OnCurtain, this);
        layout->addWidget(tick);
        m_ticks.push_back(tick);
    }
}

void TickList::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Theme::instance().colour(Token::CurtainBottom));
    painter.setBrush(Theme::instance().colour(Token::CurtainTop));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
}

} // namespace conclave::ui
