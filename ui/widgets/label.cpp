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
    setMaximumWidth(kLineWidth);
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
