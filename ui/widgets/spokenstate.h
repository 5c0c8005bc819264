// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAccessible>
#include <QString>

class QWidget;

namespace conclave::ui {

/// What assistive technology learns of a widget that holds a secret: its name and its state, never its value.
/// Such a widget has neither a text nor a value interface.
class SpokenState {
public:
    SpokenState(const SpokenState&) = delete;
    SpokenState& operator=(const SpokenState&) = delete;
    virtual ~SpokenState() = default;

    /// "Share value, pair 5 of 8"
    [[nodiscard]] virtual QString spokenName() const = 0;
    /// "empty", "5 characters", "complete", "differs"
    [[nodiscard]] virtual QString spokenState() const = 0;
    [[nodiscard]] virtual QAccessible::Role spokenRole() const = 0;

protected:
    /// Makes such widgets known to Qt's accessibility.
    SpokenState();
    static void nameChanged(QWidget* widget);
    static void stateChanged(QWidget* widget);
};

} // namespace conclave::ui
