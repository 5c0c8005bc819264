// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/tile.h"

#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/tag.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

namespace conclave::ui {

namespace {
constexpr int kRadius = 8;
constexpr int kIconBox = 36;
constexpr int kMainIconBox = 60;
constexpr int kRing = 3; // room for the focus ring round the frame
constexpr int kStripes = 14;
constexpr int kLeastWidth = 220;
} // namespace

Tile::Tile(Look look, Icon icon, const QString& title, const QString& text, QWidget* parent)
    : QAbstractButton(parent)
    , m_look(look)
    , m_icon(icon)
    , m_iconLabel(new QLabel(this))
    , m_title(new Label(title, look == Look::Main ? Type::RoleName : Type::Strong, Token::Text, this))
    , m_text(new Label(text, Type::Body, Token::Muted, this))
    , m_state(new Tag(TagKind::Info, {}, this))
    , m_words(new QVBoxLayout)
{
    const int box = look == Look::Main ? kMainIconBox : kIconBox;
    m_iconLabel->setFixedSize(box, box);
    m_iconLabel->setAlignment(Qt::AlignCenter);
    m_state->hide();
    auto* across = new QHBoxLayout(this);
    const int side = look == Look::Main ? space::k24 : space::k16;
    across->setContentsMargins(side + (look == Look::Rehearsal ? kStripes : 0), space::k16, side, space::k16);
    across->setSpacing(look == Look::Main ? 20 : space::k12);
    across->addWidget(m_iconLabel, 0, look == Look::Main ? Qt::AlignVCenter : Qt::AlignTop);
    m_words->setSpacing(space::k4);
    if (look == Look::Main)
        m_words->addStretch();
    m_words->addWidget(m_title);
    m_words->addWidget(m_text);
    m_words->addWidget(m_state, 0, Qt::AlignLeft);
    m_words->addStretch();
    across->addLayout(m_words, 1);
    for (QWidget* part : { static_cast<QWidget*>(m_iconLabel), static_cast<QWidget*>(m_title),
             static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_state) })
        part->setAttribute(Qt::WA_TransparentForMouseEvents);

    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    setAccessibleName(title);
    setAccessibleDescription(text);
    connect(&Theme::instance(), &Theme::changed, this, &Tile::showIcon);
    showIcon();
}

void Tile::setText(const QString& text)
{
    m_text->setText(text);
    setAccessibleDescription(text);
}

void Tile::setState(const QString& state)
{
    m_state->setText(state);
    m_state->setVisible(!state.isEmpty());
}

void Tile::setPadding(int padding)
{
    QMargins margins = layout()->contentsMargins();
    margins.setTop(padding);
    margins.setBottom(padding);
    layout()->setContentsMargins(margins);
    m_words->setSpacing(padding > space::k4 ? space::k4 : 0);
    updateGeometry();
}

void Tile::showIcon()
{
    const Token colour = m_look == Look::Main ? Token::OnAccent
        : m_look == Look::Rehearsal           ? Token::Warn
                                              : Token::Accent;
    const int size = m_look == Look::Main ? 32 : 20;
    m_iconLabel->setPixmap(iconPixmap(m_icon, size, Theme::instance().colour(colour), devicePixelRatioF()));
    update();
}

QSize Tile::sizeHint() const
{
    const QSize hint = layout()->sizeHint();
    return { std::max(hint.width(), kLeastWidth), heightForWidth(std::max(hint.width(), kLeastWidth)) };
}

QSize Tile::minimumSizeHint() const
{
    return { kLeastWidth, layout()->minimumSize().height() };
}

int Tile::heightForWidth(int width) const
{
    return layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width)
                                         : layout()->sizeHint().height();
}

void Tile::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(kRing + .5, kRing + .5, -kRing - .5, -kRing - .5);
    QPainterPath path;
    path.addRoundedRect(frame, kRadius, kRadius);
    const bool hover = underMouse() && isEnabled();
    painter.fillPath(path, theme.colour(isDown() ? Token::AccentSoft : Token::Base));
    if (m_look == Look::Rehearsal) {
        painter.save();
        painter.setClipPath(path);
        const QRectF band(frame.left(), frame.top(), kStripes, frame.height());
        painter.fillRect(band, theme.colour(Token::RibbonA));
        painter.setClipRect(band, Qt::IntersectClip);
        painter.setPen(QPen(theme.colour(Token::RibbonText), 5));
        for (qreal y = band.top() - kStripes; y < band.bottom() + 2 * kStripes; y += kStripes)
            painter.drawLine(QPointF(band.left() - 4, y + kStripes), QPointF(band.right() + 4, y - 4));
        painter.restore();
    }
    const Token line = m_look == Look::Rehearsal ? Token::WarnLine : hover ? Token::Accent : Token::Line;
    painter.setPen(QPen(theme.colour(line), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    QPainterPath box;
    box.addRoundedRect(QRectF(m_iconLabel->geometry()), 5, 5);
    painter.fillPath(box,
        theme.colour(m_look == Look::Main   ? Token::Accent
                : m_look == Look::Rehearsal ? Token::WarnSoft
                                            : Token::AccentSoft));
    if (hasFocus()) {
        painter.setPen(QPen(theme.colour(Token::Accent), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius + 2, kRadius + 2);
    }
}

void Tile::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void Tile::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void Tile::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace conclave::ui
