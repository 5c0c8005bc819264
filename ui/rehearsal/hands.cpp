// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/rehearsal/hands.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QKeyEvent>

namespace conclave::ui::hands {

namespace {

constexpr char kDigits[] = "0123456789abcdef";

void typeCharacter(QWidget& widget, QChar character)
{
    // Containers like spin boxes give the keys to the field inside.
    QWidget& receiver = widget.focusProxy() ? *widget.focusProxy() : widget;
    const int key = character.toUpper().unicode();
    QKeyEvent press(QEvent::KeyPress, key, Qt::NoModifier, QString(character));
    QCoreApplication::sendEvent(&receiver, &press);
    QKeyEvent release(QEvent::KeyRelease, key, Qt::NoModifier, QString(character));
    QCoreApplication::sendEvent(&receiver, &release);
}

} // namespace

void type(QWidget& widget, QStringView text)
{
    widget.setFocus(Qt::TabFocusReason);
    for (const QChar character : text)
        typeCharacter(widget, character);
}

void type(QWidget& widget, ByteView ascii)
{
    widget.setFocus(Qt::TabFocusReason);
    for (const std::uint8_t character : ascii)
        typeCharacter(widget, QLatin1Char(static_cast<char>(character)));
}

void typeHex(QWidget& widget, ByteView bytes)
{
    widget.setFocus(Qt::TabFocusReason);
    for (const std::uint8_t byte : bytes) {
        typeCharacter(widget, QLatin1Char(kDigits[byte >> 4U]));
        typeCharacter(widget, QLatin1Char(kDigits[byte & 0x0FU]));
    }
}

void selectAll(QWidget& widget)
{
    widget.setFocus(Qt::TabFocusReason);
    QKeyEvent press(QEvent::KeyPress, Qt::Key_A, Qt::ControlModifier);
    QCoreApplication::sendEvent(&widget, &press);
}

bool press(QAbstractButton& button)
{
    if (!button.isEnabled() || !button.isVisible())
        return false;
    button.setFocus(Qt::TabFocusReason);
    button.click();
    return true;
}

} // namespace conclave::ui::hands
