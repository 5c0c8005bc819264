// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/button.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyle>

namespace conclave::ui {

namespace {

constexpr int kRing = 4; // 2 pixels of ring, 2 of gap
constexpr int kRadius = 5;
constexpr int kHeight = 36;
constexpr int kSmallHeight = 30;
constexpr int kIcon = 18;
constexpr int kKeyPadding = 6;

struct Colours {
    Token fill;
    Token text;
    Token line;
};

Colours coloursOf(Button::Look look, bool enabled)
{
    switch (look) {
    case Button::Look::Primary:
        return enabled ? Colours{ Token::Accent, Token::OnAccent, Token::Accent }
                       : Colours{ Token::DisabledFill, Token::DisabledText, Token::Line };
    case Button::Look::Danger:
        return enabled ? Colours{ Token::DangerButton, Token::OnDangerButton, Token::DangerButton }
                       : Colours{ Token::DisabledFill, Token::DisabledText, Token::Line };
    case Button::Look::OnCurtain:
        return enabled ? Colours{ Token::CurtainAccent, Token::CurtainTop, Token::CurtainAccent }
                       : Colours{ Token::CurtainTop, Token::CurtainAccent, Token::CurtainBottom };
    case Button::Look::CurtainSecondary:
        return { Token::CurtainTop, Token::CurtainText, Token::CurtainAccent };
    case Button::Look::Secondary:
    case Button::Look::Link:
        break;
    }
    return enabled ? Colours{ Token::Base, Token::Text, Token::Field }
                   : Colours{ Token::DisabledFill, Token::DisabledText, Token::Line };
}

} // namespace

Button::Button(const QString& text, Look look, QWidget* parent)
    : QPushButton(text, parent)
    , m_look(look)
{
    setAutoDefault(false);
    setFocusPolicy(Qt::StrongFocus);
    setIconSize({ kIcon, kIcon });
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFont(Theme::instance().font(onCurtain() ? Type::RoleName : Type::Button));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Button::setLook(Look look)
{
    m_look = look;
    updateGeometry();
    update();
}

void Button::setSmall(bool small)
{
    m_small = small;
    updateGeometry();
}

void Button::setShortcutHint(const QString& key)
{
    m_key = key;
    updateGeometry();
}

bool Button::onCurtain() const
{
    return m_look == Look::OnCurtain || m_look == Look::CurtainSecondary;
}

int Button::padding() const
{
    return m_look == Look::Link ? space::k8 : onCurtain() ? space::k24 : m_small ? space::k12 : 18;
}

int Button::textWidth() const
{
    return fontMetrics().size(Qt::TextShowMnemonic, text()).width();
}

int Button::keyWidth() const
{
    return m_key.isEmpty()
        ? 0
        : QFontMetrics(Theme::instance().font(Type::Hint)).horizontalAdvance(m_key) + 2 * kKeyPadding;
}

QSize Button::sizeHint() const
{
    int width = textWidth() + 2 * padding();
    if (!icon().isNull())
        width += kIcon + (text().isEmpty() ? 0 : space::k8);
    if (!m_key.isEmpty())
        width += keyWidth() + space::k12;
    const int height = std::max(m_small ? kSmallHeight : kHeight, fontMetrics().height() + 2 * space::k4);
    return { width + 2 * kRing, std::max(height + 2 * kRing, minimumHeight()) };
}

void Button::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    const Colours colours = coloursOf(m_look, isEnabled());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(kRing + .5, kRing + .5, -kRing - .5, -kRing - .5);
    const bool framed = m_look != Look::Link;
    if (framed) {
        QColor fill = theme.colour(colours.fill);
        if (isDown())
            fill = fill.darker(115);
        else if (underMouse() && isEnabled())
            fill = m_look == Look::Secondary ? theme.colour(Token::AccentSoft) : fill.darker(106);
        painter.setBrush(fill);
        painter.setPen(theme.colour(colours.line));
        painter.drawRoundedRect(frame, kRadius, kRadius);
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.colour(onCurtain() ? Token::CurtainText : Token::Accent), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius + 3, kRadius + 3);
    }

    const QString words = text();
    const int content = textWidth() + (icon().isNull() ? 0 : kIcon + (words.isEmpty() ? 0 : space::k8))
        + (m_key.isEmpty() ? 0 : keyWidth() + space::k12);
    QRect area = rect();
    area.setLeft(framed ? (width() - content) / 2 : kRing + padding());
    const auto place = [this](const QRect& at) { return QStyle::visualRect(layoutDirection(), rect(), at); };
    if (!icon().isNull()) {
        const QRect at(area.left(), (height() - kIcon) / 2, kIcon, kIcon);
        icon().paint(&painter, place(at), Qt::AlignCenter, isEnabled() ? QIcon::Normal : QIcon::Disabled);
        area.setLeft(at.right() + 1 + space::k8);
    }
    const bool underlined = m_look == Look::Link && underMouse() && isEnabled();
    QFont face = font();
    face.setUnderline(underlined);
    painter.setFont(face);
    painter.setPen(theme.colour(
        m_look == Look::Link ? (isEnabled() ? Token::Accent : Token::DisabledText) : colours.text));
    const QRect textArea(area.left(), 0, textWidth(), height());
    painter.drawText(place(textArea), Qt::AlignCenter | Qt::TextShowMnemonic, words);
    if (!m_key.isEmpty()) {
        painter.setFont(theme.font(Type::Hint));
        const QFontMetrics metrics(painter.font());
        const QRect cap(textArea.right() + 1 + space::k12, (height() - metrics.height()) / 2 - 1, keyWidth(),
            metrics.height() + 2);
        painter.setPen(theme.colour(isEnabled() ? Token::Line : Token::DisabledText));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(place(cap)).adjusted(.5, .5, -.5, -.5), 3, 3);
        painter.setPen(theme.colour(isEnabled() ? Token::Muted : Token::DisabledText));
        painter.drawText(place(cap), Qt::AlignCenter, m_key);
    }
}

} // namespace conclave::ui
