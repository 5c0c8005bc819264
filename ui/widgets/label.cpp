// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/label.h"

namespace conclave::ui {

namespace {
constexpr int kLineWidth = 720;
}

Label::Label(const QString& text, Type type, Token colour, QWidget* parent)
    : QLabel(text, parent)
    , m_type(type)
    , m_colour(colour)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setForegroundRole(QPalette::WindowText); // on buttons, too
    connect(&Theme::instance(), &Theme::changed, this, &Label::apply);
    apply();
}

void Label::setType(Type type)
{
    m_type = type;
    apply();
}

void Label::setToken(Token colour)
{
    m_colour = colour;
    apply();
}

int Label::heightForWidth(int width) const
{
    if (!wordWrap())
        return QLabel::heightForWidth(width);
    const int flags = Qt::TextWordWrap | (buddy() ? Qt::TextShowMnemonic : 0);
    return fontMetrics()
        .boundingRect(QRect(0, 0, std::min(width, kLineWidth), 10000), flags, text())
        .height();
}

void Label::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    const int spare = std::max(0, width() - kLineWidth);
    setContentsMargins(isRightToLeft() ? spare : 0, 0, isRightToLeft() ? 0 : spare, 0);
}

void Label::apply()
{
    const Theme& theme = Theme::instance();
    setFont(theme.font(m_type));
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, theme.colour(m_colour));
    colours.setColor(QPalette::Disabled, QPalette::WindowText, theme.colour(Token::DisabledText));
    setPalette(colours);
}

} // namespace conclave::ui
