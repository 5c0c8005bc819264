// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

class QAbstractButton;
class QPainter;

namespace conclave::ui {

inline constexpr int kRadioMark = 18; ///< its diameter

/// The ring of a choice, filled when it is chosen; `start` pixels from the side where reading begins.
void paintRadioMark(QPainter& painter, const QAbstractButton& button, int start, int top);

} // namespace conclave::ui
