// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

class QWidget;

namespace conclave::ui {

/// Looks at a screen as people with other needs do. Each function returns what is wrong, a line each.

/// Everything that takes the focus has a name for screen readers.
[[nodiscard]] QStringList namelessControls(const QWidget& screen);
/// Tab reaches everything that takes the focus, from where it is now and round again, in reading order.
[[nodiscard]] QStringList tabOrderFaults(QWidget& screen);
/// No two controls share an Alt key, not even one that is disabled just now.
[[nodiscard]] QStringList mnemonicClashes(const QWidget& screen);
/// No text is cut off, and nothing is wider than the window.
[[nodiscard]] QStringList cutTexts(const QWidget& screen);

} // namespace conclave::ui
