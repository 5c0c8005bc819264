// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/rolebanner.h"

#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

namespace conclave::ui {

namespace {

constexpr int kHeight = 62;
constexpr int kCompactHeight = 46;
constexpr int kAvatar = 38;
constexpr int kCompactAvatar = 30;
constexpr int kSide = 32;
constexpr int kSign = 20;
constexpr int kSpacerBehindAvatar = 14;

} // namespace

RoleBanner::RoleBanner(QWidget* parent)
    : QWidget(parent)
    , m_acts(new Label(tr("Acts now"), Type::Hint, Token::Muted, this))
    , m_who(new Label({}, Type::RoleName, Token::Text, this))
    , m_othersSign(new QLabel(this))
    , m_others(new QLabel(this))
{
    setFocusPolicy(Qt::ClickFocus); // where "who acts" is read out, not a stop of Tab
    auto* across = new QHBoxLayout(this);
    across->setSpacing(space::k12);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addStretch();
    words->addWidget(m_acts);
    words->addWidget(m_who);
    words->addStretch();
    across->addLayout(words, 1);
    m_others->setTextFormat(Qt::RichText);
    m_others->setWordWrap(true);
    across->addWidget(m_othersSign);
    across->addWidget(m_others, 1);
    connect(&Theme::instance(), &Theme::changed, this, &RoleBanner::show);
    setCompact(false);
}

void RoleBanner::setCompact(bool compact)
{
    m_compact = compact;
    setFixedHeight(compact ? kCompactHeight : kHeight);
    m_acts->setVisible(!compact);
    const int behind = kSide + (compact ? kCompactAvatar : kAvatar) + kSpacerBehindAvatar;
    setContentsMargins({});
    const bool mirrored = isRightToLeft();
    layout()->setContentsMargins(mirrored ? kSide : behind, 0, mirrored ? behind : kSide, 0);
    show();
}

void RoleBanner::setContent(const Content& content)
{
    m_content = content;
    show();
}

void RoleBanner::show()
{
    m_who->setText(m_content.who);
    m_othersSign->setPixmap(
        iconPixmap(m_content.othersIcon, kSign, Theme::instance().colour(Token::Text), devicePixelRatioF()));
    const QString strong = m_content.othersStrong.toHtmlEscaped();
    const QString rest = m_content.others.toHtmlEscaped();
    QStringList sentences;
    if (!strong.isEmpty())
        sentences << QStringLiteral("<b>%1</b>").arg(strong);
    if (!rest.isEmpty())
        sentences << rest;
    m_others->setText(sentences.join(QLatin1Char(' ')));
    m_othersSign->setVisible(!sentences.isEmpty());
    m_others->setVisible(!sentences.isEmpty());
    setAccessibleName(tr("Acts now: %1.").arg(m_content.who));
    setAccessibleDescription(m_content.othersStrong + QLatin1Char(' ') + m_content.others);
    update();
}

QRect RoleBanner::avatar() const
{
    const int size = m_compact ? kCompactAvatar : kAvatar;
    return QStyle::visualRect(layoutDirection(), rect(), QRect(kSide, (height() - size) / 2, size, size));
}

void RoleBanner::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), theme.colour(Token::AccentSoft));
    painter.setPen(theme.colour(Token::Line));
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
    if (m_othersSign->isVisible()) {
        const QRect at = m_othersSign->geometry();
        const int x = isRightToLeft() ? at.right() + space::k12 : at.left() - space::k12;
        painter.drawLine(x, height() / 5, x, height() * 4 / 5);
    }
    const QRect disc = avatar();
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour(Token::Accent));
    painter.drawEllipse(disc);
    if (m_content.number > 0) {
        painter.setPen(theme.colour(Token::OnAccent));
        painter.setFont(theme.font(Type::RoleName));
        painter.drawText(disc, Qt::AlignCenter, locale().toString(m_content.number));
    } else {
        QRect sign(0, 0, kSign, kSign);
        sign.moveCenter(disc.center());
        painter.drawPixmap(
            sign, iconPixmap(m_content.icon, kSign, theme.colour(Token::OnAccent), devicePixelRatioF()));
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.colour(Token::Accent), 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

} // namespace conclave::ui
