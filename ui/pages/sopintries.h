// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <optional>

class QLineEdit;

namespace conclave::ui {

/// What is said, and asked to be typed, before a SO-PIN is entered of which few tries are left (formats.md,
/// Rules with numbers). Empty when there are many.
class SoPinTries : public QWidget {
    Q_OBJECT
public:
    /// `tries`: nothing where the device does not tell.
    explicit SoPinTries(std::optional<int> tries, QWidget* parent = nullptr);

    /// Nothing is asked for, or it was typed.
    [[nodiscard]] bool confirmed() const;
    /// Null when nothing is asked for.
    [[nodiscard]] QLineEdit* field() const { return m_typed; }

Q_SIGNALS:
    void edited();

private:
    const std::optional<int> m_tries;
    QLineEdit* m_typed = nullptr;
};

} // namespace conclave::ui
