// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

class QLabel;

namespace conclave::ui {

class Label;

/// One or two sentences with a sign, in the colour of their weight.
class Note : public QFrame {
    Q_OBJECT

public:
    enum class Kind { Info, Warn, Danger, Ok };

    Note(Kind kind, const QString& text, QWidget* parent = nullptr);

    void setKind(Kind kind);
    /// Told to assistive technology when the note is visible.
    void setText(const QString& text);
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void showSign();
    void announce();

    Kind m_kind;
    QLabel* m_sign;
    Label* m_text;
};

} // namespace conclave::ui
