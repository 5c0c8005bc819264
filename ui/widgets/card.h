// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

class QLabel;
class QVBoxLayout;

namespace conclave::ui {

class Label;

/// A surface with a border, perhaps with a heading above a line.
class Card : public QFrame {
    Q_OBJECT

public:
    enum class Tint { None, Accent, Warn, Danger };

    /// An empty heading takes no room.
    explicit Card(const QString& heading, QWidget* parent = nullptr);

    [[nodiscard]] QVBoxLayout* body() const { return m_body; }
    /// Of border and heading, with a sign beside the heading.
    void setTint(Tint tint);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showSign();

    Tint m_tint = Tint::None;
    QFrame* m_head = nullptr;
    QLabel* m_sign = nullptr;
    Label* m_heading = nullptr;
    QVBoxLayout* m_body;
};

} // namespace conclave::ui
