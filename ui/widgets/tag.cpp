// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/tag.h"

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyle>

#include <optional>

namespace conclave::ui {

namespace {

constexpr int kSign = 16;
constexpr int kSide = 10;
constexpr int kRadius = 4;

struct Look {
    Token text;
    Token fill;
    std::optional<Icon> sign;
};

Look lookOf(TagKind kind)
{
    switch (kind) {
    case TagKind::Ok:
        return { Token::Ok, Token::OkSoft, Icon::Check };
    case TagKind::Warn:
        return { Token::Warn, Token::WarnSoft, Icon::Warning };
    case TagKind::Danger:
        return { Token::Danger, Token::DangerSoft, Icon::Danger };
    case TagKind::Info:
        return { Token::Info, Token::InfoSoft, std::nullopt };
    case TagKind::Accent:
        return { Token::OnAccent, Token::Accent, std::nullopt };
    case TagKind::Neutral:
        break;
    }
    return { Token::Muted, Token::Rail, std::nullopt };
}

} // namespace

Tag::Tag(TagKind kind, const QString& text, QWidget* parent)
    : QWidget(parent)
    , m_kind(kind)
{
    setFont(Theme::instance().font(Type::TableHead));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
    setText(text);
}

void Tag::setKind(TagKind kind)
{
    m_kind = kind;
    updateGeometry();
    update();
}

void Tag::setText(const QString& text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize Tag::sizeHint() const
{
    const int sign = lookOf(m_kind).sign ? kSign + space::k8 : 0;
    return { fontMetrics().horizontalAdvance(m_text) + sign + 2 * kSide, fontMetrics().height() + 8 };
}

void Tag::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    const Look look = lookOf(m_kind);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour(look.fill));
    painter.drawRoundedRect(rect(), kRadius, kRadius);
    QRect area = rect().adjusted(kSide, 0, -kSide, 0);
    if (look.sign) {
        const QRect at = QStyle::visualRect(
            layoutDirection(), rect(), QRect(area.left(), (height() - kSign) / 2, kSign, kSign));
        painter.drawPixmap(at, iconPixmap(*look.sign, kSign, theme.colour(look.text), devicePixelRatioF()));
        area.setLeft(area.left() + kSign + space::k8);
    }
    painter.setPen(theme.colour(look.text));
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), area), Qt::AlignCenter, m_text);
}

} // namespace conclave::ui
