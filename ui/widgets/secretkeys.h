// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

class QKeyEvent;
class QWidget;

namespace conclave::ui {

/// Focus by Tab and click, and no way in but keys: no input method, drop or context menu.
void admitKeysOnly(QWidget& widget);
/// The character that a key press enters; 0 for commands, keys that enter nothing and text of several
/// characters.
[[nodiscard]] char32_t typedCharacter(const QKeyEvent& event);
/// Copy, cut, paste, undo, redo: done by nobody while a secret is being typed.
[[nodiscard]] bool isTransfer(const QKeyEvent& event);
/// Whether the key is the widget's own, even if the window has a shortcut for it.
[[nodiscard]] bool isEditingKey(const QKeyEvent& event);

} // namespace conclave::ui
