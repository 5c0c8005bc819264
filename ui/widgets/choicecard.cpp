// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/choicecard.h"

#include "ui/widgets/label.h"
#include "ui/widgets/radiomark.h"

#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace conclave::ui {

namespace {

constexpr int kRing = 4;
constexpr int kRadius = 8;
constexpr int kText = 46; // where the words begin

} // namespace

ChoiceCard::ChoiceCard(const QString& title, const QString& text, QWidget* parent)
    : QRadioButton(parent)
    , m_box(new QWidget(this))
    , m_body(new QVBoxLayout(m_box))
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred); // as high as its words need at its width
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kText, space::k16 + kRing, space::k16, space::k16 + kRing);
    layout->setSpacing(space::k4);
    auto* heading = new Label(title, Type::FieldName, Token::Text, this);
    heading->setBuddy(this); // the mnemonic is shown, and presses this
    auto* words = new Label(text, Type::Body, Token::Muted, this);
    for (Label* label : { heading, words })
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
    layout->addWidget(heading);
    layout->addWidget(words);
    m_body->setContentsMargins(0, space::k8, 0, 0);
    m_body->setSpacing(space::k8);
    layout->addWidget(m_box);
    m_box->hide();
    QString spoken = title;
    setAccessibleName(spoken.remove(QLatin1Char('&')));
    setAccessibleDescription(text);
    connect(this, &QAbstractButton::toggled, this,
        [this](bool chosen) { m_box->setVisible(chosen && m_body->count() > 0); });
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize ChoiceCard::sizeHint() const
{
    return layout()->sizeHint();
}

QSize ChoiceCard::minimumSizeHint() const
{
    return layout()->minimumSize();
}

int ChoiceCard::heightForWidth(int width) const
{
    return layout()->totalHeightForWidth(width);
}

bool ChoiceCard::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return QRadioButton::event(event);
}

void ChoiceCard::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal line = isChecked() ? 2 : 1;
    const qreal inset = kRing + line / 2;
    painter.setBrush(theme.colour(underMouse() && !isChecked() ? Token::AccentSoft : Token::Base));
    painter.setPen(QPen(theme.colour(isChecked() ? Token::Accent : Token::Line), line));
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), kRadius, kRadius);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.colour(Token::Accent), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius + 3, kRadius + 3);
    }
    paintRadioMark(painter, *this, kRing + space::k16, space::k16 + kRing);
}

} // namespace conclave::ui
