// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/secretview.h"

#include "ui/theme/theme.h"
#include "ui/widgets/glyphs.h"
#include "ui/widgets/valuepainter.h"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace conclave::ui {

namespace {

constexpr int kPadX = 20, kPadY = 12;
constexpr std::size_t kGroup = 4, kGroupsInRow = 4;

const GlyphFace& face()
{
    return GlyphFace::mono(true, GlyphFace::pixelSize(Type::SecretValue));
}

} // namespace

SecretView::SecretView(QWidget* parent)
    : QWidget(parent)
{
    setContextMenuPolicy(Qt::PreventContextMenu);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void SecretView::show(SecretBytes ascii)
{
    m_ascii = std::move(ascii);
    updateGeometry();
    update();
}

void SecretView::clear()
{
    m_ascii.clear();
    updateGeometry();
    update();
}

QString SecretView::spokenName() const
{
    return tr("%1, hidden from screen readers")
        .arg(accessibleName().isEmpty() ? tr("Secret") : accessibleName());
}

QSize SecretView::sizeHint() const
{
    const std::size_t groups = (m_ascii.size() + kGroup - 1) / kGroup;
    const std::size_t rows = std::max<std::size_t>(1, (groups + kGroupsInRow - 1) / kGroupsInRow);
    constexpr std::size_t kCharacters = kGroupsInRow * (kGroup + 1) - 1;
    return { qCeil(face().advance() * kCharacters) + 2 * kPadX,
        static_cast<int>(rows) * ValuePainter(face()).lineHeight() + 2 * kPadY };
}

void SecretView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Theme::instance().colour(Token::AccentSoft));
    painter.setPen(QPen(Theme::instance().colour(Token::Line), 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    const ValuePainter values(face());
    for (std::size_t group = 0; group * kGroup < m_ascii.size(); ++group) {
        const ByteView characters
            = m_ascii.view().subspan(group * kGroup, std::min(kGroup, m_ascii.size() - group * kGroup));
        const qreal x = kPadX + face().advance() * static_cast<qreal>(group % kGroupsInRow * (kGroup + 1));
        const qreal y = kPadY + values.lineHeight() * static_cast<qreal>(group / kGroupsInRow);
        values.paintAscii(painter, { x, y }, characters, 0);
    }
}

} // namespace conclave::ui
