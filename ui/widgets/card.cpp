// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/card.h"

#include "ui/theme/icon.h"
#include "ui/widgets/label.h"

#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

namespace conclave::ui {

namespace {

constexpr int kRadius = 8;
constexpr int kSide = 20;
constexpr int kSign = 18;

struct Colours {
    Token line;
    Token head;
    Token text;
};

Colours coloursOf(Card::Tint tint)
{
    switch (tint) {
    case Card::Tint::Accent:
        return { Token::Accent, Token::AccentSoft, Token::Text };
    case Card::Tint::Warn:
        return { Token::WarnLine, Token::WarnSoft, Token::Warn };
    case Card::Tint::Danger:
        return { Token::DangerLine, Token::DangerSoft, Token::Danger };
    case Card::Tint::None:
        break;
    }
    return { Token::Line, Token::Base, Token::Text };
}

} // namespace

Card::Card(const QString& heading, QWidget* parent)
    : QFrame(parent)
    , m_body(new QVBoxLayout)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    if (!heading.isEmpty()) {
        m_head = new QFrame(this);
        m_sign = new QLabel(m_head);
        m_heading = new Label(heading, Type::FieldName, Token::Text, m_head);
        auto* line = new QHBoxLayout(m_head);
        line->setContentsMargins(kSide, space::k12, kSide, space::k12);
        line->setSpacing(space::k12);
        line->addWidget(m_sign, 0, Qt::AlignTop);
        line->addWidget(m_heading, 1);
        layout->addWidget(m_head);
        connect(&Theme::instance(), &Theme::changed, this, &Card::showSign);
    }
    m_body->setContentsMargins(kSide, space::k16, kSide, space::k16);
    m_body->setSpacing(space::k8);
    layout->addLayout(m_body, 1);
    if (m_head)
        showSign();
}

void Card::setTint(Tint tint)
{
    m_tint = tint;
    if (m_head)
        showSign();
    update();
}

void Card::showSign()
{
    const bool signs = m_tint == Tint::Warn || m_tint == Tint::Danger;
    m_sign->setVisible(signs);
    m_heading->setToken(coloursOf(m_tint).text);
    if (signs)
        m_sign->setPixmap(iconPixmap(
            Icon::Warning, kSign, Theme::instance().colour(coloursOf(m_tint).text), devicePixelRatioF()));
}

void Card::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    const Colours colours = coloursOf(m_tint);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), kRadius, kRadius);
    painter.fillPath(outline, theme.colour(Token::Base));
    if (m_head) {
        painter.save();
        painter.setClipPath(outline);
        painter.fillRect(m_head->geometry(), theme.colour(colours.head));
        painter.setPen(theme.colour(m_tint == Tint::None ? Token::Hair : colours.line));
        painter.drawLine(m_head->geometry().bottomLeft(), m_head->geometry().bottomRight());
        painter.restore();
    }
    painter.strokePath(outline, theme.colour(colours.line));
}

} // namespace conclave::ui
