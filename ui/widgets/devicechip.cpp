// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/devicechip.h"

#include "ui/widgets/label.h"
#include "ui/widgets/radiomark.h"
#include "ui/widgets/tickmark.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

namespace conclave::ui {

namespace {

constexpr int kRing = 4;
constexpr int kRadius = 8;
constexpr int kText = 52;

} // namespace

DeviceChip::DeviceChip(QWidget* parent)
    : QRadioButton(parent)
    , m_product(new Label({}, Type::RoleName, Token::Text, this))
    , m_serial(new Label({}, Type::ValueBold, Token::Text, this))
    , m_reader(new Label({}, Type::Hint, Token::Muted, this))
    , m_authenticity(new Tag(TagKind::Neutral, {}, this))
    , m_state(new Tag(TagKind::Neutral, {}, this))
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kText, space::k16 + kRing, space::k16 + kRing, space::k16 + kRing);
    layout->setSpacing(space::k4);
    auto* line = new QHBoxLayout;
    line->setSpacing(space::k16);
    m_product->setWordWrap(false);
    m_serial->setWordWrap(false);
    m_serial->setLayoutDirection(Qt::LeftToRight);
    line->addWidget(m_product);
    line->addWidget(m_serial);
    line->addStretch();
    line->addWidget(m_authenticity);
    line->addWidget(m_state);
    layout->addLayout(line);
    layout->addWidget(m_reader);
    for (QWidget* part :
        std::initializer_list<QWidget*>{ m_product, m_serial, m_reader, m_authenticity, m_state })
        part->setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void DeviceChip::setContent(const Content& content)
{
    m_product->setText(content.product);
    m_serial->setText(content.serial);
    m_serial->setVisible(!content.serial.isEmpty());
    m_reader->setText(content.reader);
    m_authenticity->setKind(content.authenticityKind);
    m_authenticity->setText(content.authenticity);
    m_authenticity->setVisible(!content.authenticity.isEmpty());
    m_state->setKind(content.stateKind);
    m_state->setText(content.state);
    m_state->setVisible(!content.state.isEmpty());
    setAccessibleName(content.accessible);
}

void DeviceChip::setOneOfSeveral()
{
    setAutoExclusive(false); // which is also what screen readers call it a tick by
    update();
}

QSize DeviceChip::sizeHint() const
{
    return layout()->sizeHint();
}

QSize DeviceChip::minimumSizeHint() const
{
    return layout()->minimumSize();
}

int DeviceChip::heightForWidth(int width) const
{
    return layout()->totalHeightForWidth(width);
}

void DeviceChip::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal line = isChecked() ? 2 : 1;
    const qreal inset = kRing + line / 2;
    painter.setBrush(theme.colour(isEnabled() ? Token::Base : Token::Window));
    painter.setPen(QPen(theme.colour(isChecked() ? Token::Accent : Token::Line), line,
        isEnabled() ? Qt::SolidLine : Qt::DashLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), kRadius, kRadius);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.colour(Token::Accent), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius + 3, kRadius + 3);
    }
    const QPoint mark(kRing + space::k16, space::k16 + kRing + 2);
    if (autoExclusive())
        paintRadioMark(painter, *this, mark.x(), mark.y());
    else
        paintTickMark(painter,
            QRectF(QStyle::visualRect(layoutDirection(), rect(), QRect(mark, QSize(kTickMark, kTickMark)))),
            isChecked(), tickColours(isChecked(), isEnabled()));
}

} // namespace conclave::ui
