// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/icon.h"

#include <QAbstractButton>

class QLabel;
class QVBoxLayout;

namespace conclave::ui {

class Label;
class Tag;

/// A large choice on the start page: icon, title, a sentence, perhaps a state. Pressed like a button.
class Tile : public QAbstractButton {
    Q_OBJECT

public:
    enum class Look { Main, Normal, Rehearsal };

    Tile(Look look, Icon icon, const QString& title, const QString& text, QWidget* parent = nullptr);

    void setText(const QString& text);
    /// A state in a few words; empty hides it.
    void setState(const QString& state);
    /// Air above and below the words, in pixels.
    void setPadding(int padding);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void showIcon();

    Look m_look;
    Icon m_icon;
    QLabel* m_iconLabel;
    Label* m_title;
    Label* m_text;
    Tag* m_state;
    QVBoxLayout* m_words;
};

} // namespace conclave::ui
