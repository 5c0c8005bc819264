// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/secretfield.h"

#include "core/base/hex.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/glyphs.h"
#include "ui/widgets/secretkeys.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <array>

namespace conclave::ui {

namespace {

constexpr int kRing = 4; // the focus ring and its gap, around the field
constexpr int kPadding = 10;
constexpr std::size_t kUtf8Bytes = 4;

bool continues(std::uint8_t byte)
{
    return (byte & 0xc0) == 0x80;
}

std::size_t toUtf8(char32_t character, std::array<std::uint8_t, kUtf8Bytes>& to)
{
    const auto tail
        = [character](int shift) { return static_cast<std::uint8_t>(0x80 | ((character >> shift) & 0x3f)); };
    if (character < 0x80) {
        to[0] = static_cast<std::uint8_t>(character);
        return 1;
    }
    if (character < 0x800) {
        to[0] = static_cast<std::uint8_t>(0xc0 | (character >> 6));
        to[1] = tail(0);
        return 2;
    }
    if (character < 0x10000) {
        to[0] = static_cast<std::uint8_t>(0xe0 | (character >> 12));
        to[1] = tail(6);
        to[2] = tail(0);
        return 3;
    }
    to[0] = static_cast<std::uint8_t>(0xf0 | (character >> 18));
    to[1] = tail(12);
    to[2] = tail(6);
    to[3] = tail(0);
    return 4;
}

char32_t fromUtf8(ByteView bytes)
{
    const std::uint8_t lead = bytes[0];
    char32_t character = lead < 0x80 ? lead
        : lead < 0xe0                ? lead & 0x1f
        : lead < 0xf0                ? lead & 0x0f
                                     : lead & 0x07;
    for (const std::uint8_t byte : bytes.subspan(1))
        character = character << 6 | (byte & 0x3f);
    return character;
}

} // namespace

SecretField::SecretField(Accept accept, int maxLength, QWidget* parent)
    : QWidget(parent)
    , m_accept(accept)
    , m_maxLength(static_cast<std::size_t>(maxLength))
    , m_bytes(m_maxLength * (accept == Accept::Any ? kUtf8Bytes : 1))
    , m_counterShown(accept == Accept::Digits || accept == Accept::Hex)
{
    admitKeysOnly(*this);
    setCursor(Qt::IBeamCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

SecretBytes SecretField::take()
{
    SecretBytes value(view());
    clear();
    return value;
}

std::size_t SecretField::length() const
{
    return charactersBefore(m_used);
}

void SecretField::clear()
{
    m_allSelected = false;
    if (m_used > 0)
        remove(0, m_used);
}

void SecretField::setRevealed(bool revealed)
{
    m_revealed = revealed;
    update();
}

void SecretField::setCounterShown(bool shown)
{
    m_counterShown = shown;
    update();
}

QString SecretField::spokenState() const
{
    return isEmpty() ? tr("empty") : tr("%n characters", nullptr, static_cast<int>(length()));
}

QSize SecretField::sizeHint() const
{
    const int note = isCapsLockNoted() ? noteRect().height() : 0;
    return { 320, fieldRect().bottom() + 1 + kRing + note };
}

QSize SecretField::minimumSizeHint() const
{
    return { 180, sizeHint().height() };
}

bool SecretField::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && isEditingKey(static_cast<const QKeyEvent&>(*event))) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::WindowDeactivate)
        setRevealed(false);
    return QWidget::event(event);
}

void SecretField::keyPressEvent(QKeyEvent* event)
{
    if (isTransfer(*event))
        return;
    if (event->matches(QKeySequence::SelectAll)) {
        m_allSelected = !isEmpty();
        update();
        return;
    }
    if (const char32_t character = typedCharacter(*event)) {
        noteCapsLock(*event, character);
        if (accepts(character))
            insert(m_accept == Accept::Hex ? QChar::toLower(character) : character);
        else
            Q_EMIT refused(reason());
        return;
    }
    const bool editing = isEditingKey(*event);
    switch (event->key()) {
    case Qt::Key_CapsLock:
        if (m_capsLock)
            setCapsLock(!*m_capsLock);
        event->ignore();
        return;
    default:
        if (!editing) {
            QWidget::keyPressEvent(event);
            return;
        }
    }
    switch (event->key()) {
    case Qt::Key_Backspace:
        m_allSelected ? clear() : remove(previous(m_caret), m_caret);
        return;
    case Qt::Key_Delete:
        m_allSelected ? clear() : remove(m_caret, next(m_caret));
        return;
    case Qt::Key_Left:
        moveCaret(previous(m_caret));
        return;
    case Qt::Key_Right:
        moveCaret(next(m_caret));
        return;
    case Qt::Key_Home:
        moveCaret(0);
        return;
    default:
        moveCaret(m_used);
    }
}

void SecretField::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const auto characters = static_cast<long>(
        std::max(0.0, (event->position().x() - textRect().left() + m_scroll) / pitch() + 0.5));
    std::size_t offset = 0;
    for (long i = 0; i < characters && offset < m_used; ++i)
        offset = next(offset);
    moveCaret(offset);
}

void SecretField::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void SecretField::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    m_allSelected = false;
    // It may change while other windows have the keyboard.
    setCapsLock({});
    update();
}

void SecretField::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    setRevealed(false);
}

void SecretField::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    scrollToCaret();
}

bool SecretField::accepts(char32_t character) const
{
    switch (m_accept) {
    case Accept::Digits:
        return character >= U'0' && character <= U'9';
    case Accept::Hex:
        return hexDigitValue(character) >= 0;
    case Accept::Ascii:
        return character >= 0x20 && character <= 0x7e;
    case Accept::Any:
        break;
    }
    return true;
}

QString SecretField::reason() const
{
    switch (m_accept) {
    case Accept::Digits:
        return tr("Only the digits 0–9.");
    case Accept::Hex:
        return tr("Only 0–9 and a–f.");
    case Accept::Ascii:
    case Accept::Any:
        break;
    }
    return tr("Only letters without accents, digits and the common signs.");
}

QString SecretField::counter() const
{
    const bool digits = m_accept == Accept::Digits || m_accept == Accept::Hex;
    return (digits ? tr("%1 of %2 digits") : tr("%1 of %2 characters")).arg(length()).arg(m_maxLength);
}

std::size_t SecretField::charactersBefore(std::size_t offset) const
{
    const ByteView before = m_bytes.view().first(offset);
    return offset - static_cast<std::size_t>(std::count_if(before.begin(), before.end(), continues));
}

std::size_t SecretField::previous(std::size_t offset) const
{
    if (offset == 0)
        return 0;
    --offset;
    while (offset > 0 && continues(m_bytes.view()[offset]))
        --offset;
    return offset;
}

std::size_t SecretField::next(std::size_t offset) const
{
    if (offset == m_used)
        return m_used;
    ++offset;
    while (offset < m_used && continues(m_bytes.view()[offset]))
        ++offset;
    return offset;
}

QRect SecretField::fieldRect() const
{
    const int height = std::max(36, QFontMetrics(Theme::instance().font(Type::Body)).height() + 18);
    return { kRing, kRing, width() - 2 * kRing, height };
}

QRect SecretField::noteRect() const
{
    const int height = QFontMetrics(Theme::instance().font(Type::Hint)).height() + 6;
    return { kRing, fieldRect().bottom() + 1 + kRing, width() - 2 * kRing, height };
}

QRect SecretField::textRect() const
{
    QRect rect = fieldRect().adjusted(kPadding, 0, -kPadding, 0);
    if (m_counterShown) {
        const QFontMetrics metrics(Theme::instance().font(Type::Hint));
        rect.setWidth(rect.width() - metrics.horizontalAdvance(counter()) - kPadding);
    }
    return QStyle::visualRect(layoutDirection(), fieldRect(), rect);
}

qreal SecretField::pitch() const
{
    return GlyphFace::mono(false, GlyphFace::pixelSize(Type::Value)).advance() + 2;
}

void SecretField::insert(char32_t character)
{
    if (m_allSelected)
        clear();
    if (length() == m_maxLength) {
        Q_EMIT refused(tr("There is room for %n characters.", nullptr, static_cast<int>(m_maxLength)));
        return;
    }
    std::array<std::uint8_t, kUtf8Bytes> utf8{};
    const std::size_t size = toUtf8(character, utf8);
    std::uint8_t* at = m_bytes.data() + m_caret;
    std::copy_backward(at, m_bytes.data() + m_used, m_bytes.data() + m_used + size);
    std::copy_n(utf8.begin(), size, at);
    m_used += size;
    m_caret += size;
    valueChanged();
}

void SecretField::remove(std::size_t from, std::size_t to)
{
    if (from == to)
        return;
    std::uint8_t* bytes = m_bytes.data();
    std::uint8_t* end = std::copy(bytes + to, bytes + m_used, bytes + from);
    std::fill(end, bytes + m_used, std::uint8_t{ 0 });
    m_used -= to - from;
    m_caret = from;
    valueChanged();
}

void SecretField::moveCaret(std::size_t offset)
{
    m_allSelected = false;
    m_caret = offset;
    scrollToCaret();
    update();
}

void SecretField::noteCapsLock(const QKeyEvent& event, char32_t character)
{
    const bool readsCase = m_accept == Accept::Any || m_accept == Accept::Ascii;
    if (!readsCase || QChar::toLower(character) == QChar::toUpper(character))
        return;
    setCapsLock(QChar::isUpper(character) != event.modifiers().testFlag(Qt::ShiftModifier));
}

void SecretField::setCapsLock(std::optional<bool> on)
{
    const bool noted = isCapsLockNoted();
    m_capsLock = on;
    if (noted == isCapsLockNoted())
        return;
    setAccessibleDescription(isCapsLockNoted() ? tr("Caps Lock is on.") : QString());
    updateGeometry();
    update();
}

void SecretField::valueChanged()
{
    m_allSelected = false;
    scrollToCaret();
    update();
    stateChanged(this);
    Q_EMIT changed();
}

void SecretField::scrollToCaret()
{
    const qreal caret = static_cast<qreal>(charactersBefore(m_caret)) * pitch();
    const qreal all = static_cast<qreal>(length()) * pitch();
    const qreal room = textRect().width() - 2;
    m_scroll = std::clamp(m_scroll, std::max(0.0, caret - room), caret);
    m_scroll = std::min(m_scroll, std::max(0.0, all - room));
}

void SecretField::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF field = fieldRect();
    painter.setBrush(theme.colour(isEnabled() ? Token::Base : Token::DisabledFill));
    painter.setPen(QPen(theme.colour(hasFocus() ? Token::Accent : Token::Field), 1));
    painter.drawRoundedRect(field.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    painter.setBrush(Qt::NoBrush);
    if (hasFocus()) {
        painter.setPen(QPen(theme.colour(Token::Accent), 2));
        painter.drawRoundedRect(field.adjusted(-3, -3, 3, 3), 8, 8);
    }
    if (m_counterShown) {
        painter.setFont(theme.font(Type::Hint));
        painter.setPen(theme.colour(isEnabled() ? Token::Muted : Token::DisabledText));
        painter.drawText(fieldRect().adjusted(kPadding, 0, -kPadding, 0),
            static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignRight) | Qt::AlignVCenter),
            counter());
    }
    paintValue(painter);
    if (isCapsLockNoted())
        paintCapsLockNote(painter);
}

void SecretField::paintValue(QPainter& painter) const
{
    const Theme& theme = Theme::instance();
    const GlyphFace& face = GlyphFace::mono(false, GlyphFace::pixelSize(Type::Value));
    const QRectF area = textRect();
    painter.save();
    painter.setClipRect(area.adjusted(-1, 0, 1, 0));
    qreal x = area.left() - m_scroll;
    const QPointF middle = area.center();
    if (m_allSelected) {
        const qreal width = static_cast<qreal>(length()) * pitch();
        painter.fillRect(QRectF(x, area.top() + 6, width, area.height() - 12), theme.colour(Token::Accent));
    }
    const QColor colour = theme.colour(!isEnabled() ? Token::DisabledText
            : m_allSelected                         ? Token::OnAccent
                                                    : Token::Text);
    painter.setPen(colour);
    painter.setBrush(colour);
    for (std::size_t from = 0; from < m_used; x += pitch()) {
        const std::size_t to = next(from);
        if (m_revealed) {
            face.drawCharacter(painter, { x + 1, middle.y() + face.capHeight() / 2 },
                fromUtf8(view().subspan(from, to - from)));
        } else {
            const qreal radius = pitch() * 0.32;
            painter.setPen(Qt::NoPen);
            painter.drawEllipse(QPointF(x + pitch() / 2, middle.y()), radius, radius);
        }
        from = to;
    }
    if (hasFocus() && !m_allSelected) {
        const qreal caret = area.left() - m_scroll + static_cast<qreal>(charactersBefore(m_caret)) * pitch();
        painter.fillRect(QRectF(caret, area.top() + 8, 1.5, area.height() - 16), theme.colour(Token::Text));
    }
    painter.restore();
}

void SecretField::paintCapsLockNote(QPainter& painter) const
{
    const Theme& theme = Theme::instance();
    const QRect area = noteRect();
    const int side = area.height() - 6;
    const QRect icon(area.left(), area.top() + 3, side, side);
    painter.drawPixmap(QStyle::visualRect(layoutDirection(), area, icon),
        iconPixmap(Icon::Warning, side, theme.colour(Token::Warn), devicePixelRatioF()));
    painter.setFont(theme.font(Type::Hint));
    painter.setPen(theme.colour(Token::Warn));
    painter.drawText(QStyle::visualRect(layoutDirection(), area, area.adjusted(side + 6, 0, 0, 0)),
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter),
        tr("Caps Lock is on."));
}

} // namespace conclave::ui
