// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/button.h"

#include <QList>
#include <QPointer>
#include <QWidget>

class QHBoxLayout;
class QKeyEvent;

namespace conclave::ui {

class Label;

/// The buttons of a page: help and secondary ones at the start, Back and the primary one at the end. Where
/// they do not fit side by side, those at the start move into a menu.
class FooterBar : public QWidget {
    Q_OBJECT

public:
    explicit FooterBar(QWidget* parent = nullptr);

    /// Takes the button.
    Button* addStart(Button* button);
    /// Takes the button.
    Button* addEnd(Button* button);
    /// A sentence between the two groups.
    void setHint(const QString& text);
    /// What Enter presses.
    void setPrimary(Button* button) { m_primary = button; }
    [[nodiscard]] Button* primary() const { return m_primary; }
    /// Presses the primary button for Enter, but never a dangerous one. False when the key is none for it:
    /// another key, or one that is held down since the page before.
    bool answer(const QKeyEvent& event);
    /// Removes buttons and hint.
    void clear();
    /// 52 pixels high instead of 64.
    void setCompact(bool compact);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void fit();
    void showMenu();

    QWidget* m_start;
    QHBoxLayout* m_startLayout;
    Button* m_more;
    Label* m_hint;
    QWidget* m_end;
    QHBoxLayout* m_endLayout;
    QList<QPointer<Button>> m_startButtons;
    QPointer<Button> m_primary;
};

} // namespace conclave::ui
