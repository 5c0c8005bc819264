// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"
#include "ui/widgets/entrybox.h"
#include "ui/widgets/spokenstate.h"

#include <QWidget>

#include <vector>

namespace conclave::ui {

/// Boxes of two hex digits in rows of eight, always left to right; one widget for the keyboard, with a
/// current box. Unknown value: a tick under a box means "complete". Known value (setExpected): a completed
/// pair that differs gets a cross; the right digits are never shown.
class HexEntry : public QWidget, public SpokenState {
    Q_OBJECT

public:
    static constexpr int kPairsInRow = 8;

    /// `name` is what is typed here, "Share value"; it becomes the accessible name.
    HexEntry(int bytes, const QString& name, QWidget* parent = nullptr);

    /// The value; nothing while it is incomplete. In known-value mode it may differ, see fits().
    [[nodiscard]] SecretBytes value() const;
    [[nodiscard]] bool complete() const;
    /// Complete and, in known-value mode, equal.
    [[nodiscard]] bool fits() const;
    [[nodiscard]] int rows() const;
    [[nodiscard]] bool rowComplete(int row) const;
    [[nodiscard]] bool rowFits(int row) const;
    [[nodiscard]] int pairsInRow(int row) const;
    /// Wipes what was typed and goes to the first box that is shown.
    void clear();
    /// Wipes one row and goes to its first box.
    void clearRow(int row);
    /// Compares each pair as it is completed; of the same size, must outlive the entry or be set to null
    /// before.
    void setExpected(const SecretBytes* expected);
    /// Shows this row alone, counted from 0; -1 shows all.
    void showOnlyRow(int row);
    /// "Hide what I type": dots in place of the digits.
    void setConcealed(bool concealed);
    [[nodiscard]] bool isConcealed() const { return m_concealed; }
    void setHidden(bool) = delete; ///< setConcealed() hides the digits, setVisible() the widget

    /// Of the current box.
    [[nodiscard]] QString spokenName() const override;
    [[nodiscard]] QString spokenState() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::EditableText; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void changed();
    /// A key was not entered, for this reason.
    void refused(const QString& reason);
    /// Known-value mode: the pair just completed is wrong. Both count from 0.
    void pairDiffers(int row, int pair);
    /// The last open pair of a row was completed or corrected; `fits` is true in unknown-value mode.
    void rowCompleted(int row, bool fits);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int count() const { return static_cast<int>(m_typed.size()); }
    [[nodiscard]] int firstShown() const;
    [[nodiscard]] int lastShown() const;
    [[nodiscard]] int firstOpen() const;
    [[nodiscard]] bool differs(int box) const;
    [[nodiscard]] BoxState state(int box) const;
    [[nodiscard]] QRectF boxRect(int box) const;
    void goTo(int box);
    void typeDigit(std::uint8_t ascii);
    void completed(int box);
    void erase(int box, int from);
    void backspace();
    void valueChanged();
    void paintBox(QPainter& painter, int box) const;

    const QString m_name;
    SecretBytes m_digits; ///< two ASCII digits for each pair
    std::vector<std::uint8_t> m_typed; ///< digits typed in each box, 0 to 2
    const SecretBytes* m_expected = nullptr;
    int m_current = 0;
    int m_onlyRow = -1;
    bool m_arrived = true; ///< the current box was gone to, so typing in a full one starts it anew
    bool m_concealed = false;
};

} // namespace conclave::ui
