// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/tick.h"

#include "ui/theme/theme.h"
#include "ui/widgets/tickmark.h"

#include <QPainter>
#include <QStyle>

namespace conclave::ui {

namespace {

constexpr int kBox = kTickMark;
constexpr int kRing = 4;
constexpr int kGap = 12;
constexpr int kLeastText = 160;
constexpr int kMostText = 640;
constexpr int kFlags = Qt::TextWordWrap | Qt::TextShowMnemonic | Qt::AlignLeft | Qt::AlignTop;

} // namespace

Tick::Tick(const QString& text, QWidget* parent)
    : Tick(text, Look::Normal, parent)
{
}

Tick::Tick(const QString& text, Look look, QWidget* parent)
    : QCheckBox(text, parent)
    , m_look(look)
{
    setFocusPolicy(Qt::StrongFocus);
    setFont(Theme::instance().font(look == Look::OnCurtain ? Type::RoleName : Type::Body));
    if (look == Look::OnCurtain) {
        QFont face = font();
        face.setWeight(QFont::Normal);
        setFont(face);
    }
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QRect Tick::textRect(int width) const
{
    const int left = kBox + 2 * kRing + kGap - kRing;
    return fontMetrics().boundingRect(
        QRect(left, 0, std::max(width - left - kRing, 1), 10000), kFlags, text());
}

QSize Tick::sizeHint() const
{
    const int left = kBox + kRing + kGap;
    const int words = fontMetrics().size(Qt::TextShowMnemonic, text()).width();
    const int width = left + std::min(words, kMostText) + kRing + 1;
    return { width, heightForWidth(width) };
}

QSize Tick::minimumSizeHint() const
{
    const int width = std::min(sizeHint().width(), kBox + kRing + kGap + kLeastText);
    return { width, kBox + 2 * kRing };
}

int Tick::heightForWidth(int width) const
{
    return std::max(textRect(width).height(), kBox) + 2 * kRing;
}

void Tick::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    const bool curtain = m_look == Look::OnCurtain;
    const auto place = [this](const QRect& at) { return QStyle::visualRect(layoutDirection(), rect(), at); };
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);

    const QRect words = textRect(width());
    const int line = fontMetrics().height();
    const QRectF box(place(QRect(kRing, kRing + std::max(0, (line - kBox) / 2), kBox, kBox)));
    const TickColours onCurtain{ isChecked() ? Token::CurtainAccent : Token::CurtainTop, Token::CurtainAccent,
        Token::CurtainTop };
    paintTickMark(painter, box, isChecked(), curtain ? onCurtain : tickColours(isChecked(), isEnabled()));
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.colour(curtain ? Token::CurtainText : Token::Accent), 2));
        painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 6, 6);
    }
    painter.setPen(theme.colour(curtain ? Token::CurtainText
            : isEnabled()               ? Token::Text
                                        : Token::DisabledText));
    QRect area = words;
    area.setWidth(std::max(words.width(), width() - words.left() - kRing));
    area.moveTop(kRing + std::max(0, (kBox - line) / 2));
    painter.drawText(place(area),
        Qt::TextWordWrap | Qt::TextShowMnemonic
            | static_cast<int>(Qt::AlignTop | QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft)),
        text());
}

} // namespace conclave::ui
