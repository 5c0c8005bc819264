// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"

#include <QStringView>

class QAbstractButton;
class QWidget;

namespace conclave::ui::hands {

// What a person does at the window, as events that the widgets cannot tell from real ones.

/// Focuses the widget and types the text into it.
void type(QWidget& widget, QStringView text);
/// The same for a secret, character by character; ASCII.
void type(QWidget& widget, ByteView ascii);
/// Types bytes as hex digits.
void typeHex(QWidget& widget, ByteView bytes);
/// Selects what is in a field of plain text, so that typing replaces it.
void selectAll(QWidget& widget);
/// False when the button is hidden or disabled, so that nobody could have pressed it.
bool press(QAbstractButton& button);

} // namespace conclave::ui::hands
