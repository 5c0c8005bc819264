// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/onscreenkeys.h"

#include "ui/theme/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace conclave::ui {

namespace {

constexpr int kKeyWidth = 44;
constexpr int kKeyHeight = 38;
constexpr int kGap = 4;
constexpr int kRadius = 6;
constexpr int kWideKeys = 2; ///< widths of the keys that bear a word
constexpr int kSpaceKeys = 6;

struct Row {
    const char* plain;
    const char* shifted;
};

// As on a US keyboard.
constexpr Row kAll[] = {
    { "`1234567890-=", "~!@#$%^&*()_+" },
    { "qwertyuiop[]\\", "QWERTYUIOP{}|" },
    { "asdfghjkl;'", "ASDFGHJKL:\"" },
    { "zxcvbnm,./", "ZXCVBNM<>?" },
};
constexpr Row kHex[] = { { "01234567", "01234567" }, { "89abcdef", "89abcdef" } };

} // namespace

OnScreenKeys::OnScreenKeys(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Keys on the screen"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
    layOut();
}

void OnScreenKeys::setKeys(Set keys)
{
    if (keys == m_set)
        return;
    m_set = keys;
    layOut();
    updateGeometry();
    update();
}

void OnScreenKeys::layOut()
{
    m_keys.clear();
    m_down = -1;
    m_shift = false;
    int top = 0;
    int right = 0;
    const auto add = [&](Key key, int widths) {
        key.place = QRect(right, top, widths * (kKeyWidth + kGap) - kGap, kKeyHeight);
        right += widths * (kKeyWidth + kGap);
        m_keys.push_back(key);
    };
    const auto addRow = [&](const Row& row) {
        for (const char *plain = row.plain, *shifted = row.shifted; *plain != '\0'; ++plain, ++shifted)
            add({ {}, QChar(QLatin1Char(*plain)).toUpper().unicode(), QLatin1Char(*plain),
                    QLatin1Char(*shifted), {} },
                1);
    };
    const auto nextRow = [&] {
        right = 0;
        top += kKeyHeight + kGap;
    };
    const Key erase{ {}, Qt::Key_Backspace, {}, {}, tr("Erase", "a key") };
    if (m_set == Set::Hex) {
        addRow(kHex[0]);
        add({ {}, Qt::Key_Question, u'?', u'?', {} }, 1);
        nextRow();
        addRow(kHex[1]);
        add(erase, kWideKeys);
        return;
    }
    for (const Row& row : kAll) {
        addRow(row);
        if (&row == &kAll[2])
            add(erase, kWideKeys);
        if (&row != &kAll[3])
            nextRow();
    }
    add({ {}, Qt::Key_Shift, {}, {}, tr("Shift", "a key") }, kWideKeys);
    nextRow();
    add({ {}, Qt::Key_Space, u' ', u' ', tr("Space", "a key") }, kSpaceKeys);
}

QSize OnScreenKeys::sizeHint() const
{
    QRect all;
    for (const Key& key : m_keys)
        all |= key.place;
    return all.size();
}

QString OnScreenKeys::label(const Key& key) const
{
    return key.label.isEmpty() ? QString(m_shift ? key.shifted : key.character) : key.label;
}

void OnScreenKeys::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < m_keys.size(); ++i) {
        const Key& key = m_keys[i];
        const bool on = static_cast<int>(i) == m_down || (key.key == Qt::Key_Shift && m_shift);
        painter.setPen(theme.colour(Token::Field));
        painter.setBrush(theme.colour(on ? Token::AccentSoft : Token::Base));
        painter.drawRoundedRect(QRectF(key.place).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
        painter.setPen(theme.colour(Token::Text));
        painter.setFont(theme.font(key.label.isEmpty() ? Type::Value : Type::Hint));
        painter.drawText(key.place, Qt::AlignCenter, label(key));
    }
}

const OnScreenKeys::Key* OnScreenKeys::keyAt(QPoint position) const
{
    const auto key
        = std::ranges::find_if(m_keys, [&](const Key& each) { return each.place.contains(position); });
    return key == m_keys.end() ? nullptr : &*key;
}

void OnScreenKeys::mousePressEvent(QMouseEvent* event)
{
    const Key* key = event->button() == Qt::LeftButton ? keyAt(event->position().toPoint()) : nullptr;
    m_down = key ? static_cast<int>(key - m_keys.data()) : -1;
    update();
}

void OnScreenKeys::mouseReleaseEvent(QMouseEvent* event)
{
    const Key* key = keyAt(event->position().toPoint());
    const bool clicked = key && key - m_keys.data() == m_down;
    m_down = -1;
    update();
    if (clicked)
        type(*key);
}

void OnScreenKeys::type(const Key& key)
{
    if (key.key == Qt::Key_Shift) {
        m_shift = !m_shift;
        return;
    }
    QWidget* field = QApplication::focusWidget();
    if (!field)
        return;
    const QString text = key.character.isNull() ? QString() : QString(m_shift ? key.shifted : key.character);
    const auto modifiers = m_shift ? Qt::ShiftModifier : Qt::NoModifier;
    m_shift = false; // for one character
    for (const QEvent::Type each : { QEvent::KeyPress, QEvent::KeyRelease }) {
        QKeyEvent event(each, key.key, modifiers, text);
        QCoreApplication::sendEvent(field, &event);
    }
}

} // namespace conclave::ui
