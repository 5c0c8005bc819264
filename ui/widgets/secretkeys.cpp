// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/secretkeys.h"

#include <QKeyEvent>
#include <QKeySequence>
#include <QWidget>

#include <algorithm>
#include <array>

namespace conclave::ui {

void admitKeysOnly(QWidget& widget)
{
    widget.setFocusPolicy(Qt::StrongFocus);
    widget.setAttribute(Qt::WA_InputMethodEnabled, false);
    widget.setAcceptDrops(false);
    widget.setContextMenuPolicy(Qt::PreventContextMenu);
}

char32_t typedCharacter(const QKeyEvent& event)
{
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    const bool alt = event.modifiers().testFlag(Qt::AltModifier);
    // Both together are AltGr on Windows.
    if (control != alt || event.modifiers().testFlag(Qt::MetaModifier))
        return 0;
    const QString text = event.text();
    char32_t character = 0;
    if (text.size() == 1)
        character = text[0].unicode();
    else if (text.size() == 2 && text[0].isHighSurrogate() && text[1].isLowSurrogate())
        character = QChar::surrogateToUcs4(text[0], text[1]);
    return QChar::isPrint(character) ? character : 0;
}

bool isTransfer(const QKeyEvent& event)
{
    static constexpr std::array kTransfers{ QKeySequence::Copy, QKeySequence::Cut, QKeySequence::Paste,
        QKeySequence::Undo, QKeySequence::Redo };
    return std::any_of(kTransfers.begin(), kTransfers.end(),
        [&event](QKeySequence::StandardKey key) { return event.matches(key); });
}

bool isEditingKey(const QKeyEvent& event)
{
    if (typedCharacter(event) != 0 || isTransfer(event) || event.matches(QKeySequence::SelectAll))
        return true;
    if (event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier))
        return false;
    switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_Backspace:
    case Qt::Key_Delete:
        return true;
    default:
        return false;
    }
}

} // namespace conclave::ui
