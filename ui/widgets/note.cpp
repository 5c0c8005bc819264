// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/note.h"

#include "ui/theme/icon.h"
#include "ui/widgets/label.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>

namespace conclave::ui {

namespace {

constexpr int kSign = 20;
constexpr int kRadius = 6;

struct Look {
    Icon icon;
    Token sign;
    Token fill;
    Token line;
};

Look lookOf(Note::Kind kind)
{
    switch (kind) {
    case Note::Kind::Warn:
        return { Icon::Warning, Token::Warn, Token::WarnSoft, Token::WarnLine };
    case Note::Kind::Danger:
        return { Icon::Danger, Token::Danger, Token::DangerSoft, Token::DangerLine };
    case Note::Kind::Ok:
        return { Icon::Check, Token::Ok, Token::OkSoft, Token::Ok };
    case Note::Kind::Info:
        break;
    }
    return { Icon::Info, Token::Info, Token::InfoSoft, Token::Line };
}

} // namespace

Note::Note(Kind kind, const QString& text, QWidget* parent)
    : QFrame(parent)
    , m_kind(kind)
    , m_sign(new QLabel(this))
    , m_text(new Label(text, Type::Body, Token::Text, this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::k16, space::k12, space::k16, space::k12);
    layout->setSpacing(space::k12);
    layout->addWidget(m_sign, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    setAccessibleName(text);
    connect(&Theme::instance(), &Theme::changed, this, &Note::showSign);
    showSign();
}

void Note::setKind(Kind kind)
{
    m_kind = kind;
    showSign();
}

void Note::setText(const QString& text)
{
    if (text == m_text->text())
        return;
    m_text->setText(text);
    setAccessibleName(text);
    announce();
}

QString Note::text() const
{
    return m_text->text();
}

void Note::showEvent(QShowEvent* event)
{
    QFrame::showEvent(event);
    announce();
}

void Note::announce()
{
    if (!isVisible() || m_kind == Kind::Info || m_text->text().isEmpty())
        return;
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void Note::showSign()
{
    const Look look = lookOf(m_kind);
    m_sign->setPixmap(iconPixmap(look.icon, kSign, Theme::instance().colour(look.sign), devicePixelRatioF()));
    update();
}

void Note::paintEvent(QPaintEvent*)
{
    const Look look = lookOf(m_kind);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Theme::instance().colour(look.fill));
    painter.setPen(Theme::instance().colour(look.line));
    painter.drawRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), kRadius, kRadius);
}

} // namespace conclave::ui
