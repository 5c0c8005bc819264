// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"
#include "ui/widgets/entrybox.h"
#include "ui/widgets/spokenstate.h"

#include <QWidget>

#include <vector>

namespace conclave::ui {

class Voice;

/// Boxes of two hex digits in rows of eight, always left to right; one widget for the keyboard, with a
/// current box. Each row may end in check pairs, after a gap. Unknown value: a tick under a box means
/// "complete". Known value (setExpected): a completed pair that differs gets a cross; the right digits are
/// never shown.
class HexEntry : public QWidget, public SpokenState {
    Q_OBJECT

public:
    static constexpr int kPairsInRow = 8;

    /// `name` is what is typed here, "Share value"; it becomes the accessible name.
    HexEntry(int bytes, const QString& name, QWidget* parent = nullptr);

    /// Each row ends in this many check pairs, 0 or 3; wipes what was typed. With them, and while no value is
    /// expected, "?" stands for a digit that cannot be read and marks its pair.
    void setCheckPairs(int checks);
    [[nodiscard]] int checkPairs() const { return m_checks; }
    /// The value without check pairs; nothing while a pair of it is missing or marked. In known-value mode it
    /// may differ, see fits().
    [[nodiscard]] SecretBytes value() const;
    /// A row with its check pairs; zeros where pairs are marked or missing.
    [[nodiscard]] SecretBytes row(int row) const;
    /// Which of its pairs are marked, from 0.
    [[nodiscard]] std::vector<std::size_t> marked(int row) const;
    /// Puts these pairs, check pairs included, in place of what was typed.
    void setRow(int row, ByteView pairs);
    /// The row was judged: its boxes get crosses until one of them is typed anew.
    void setRowWrong(int row, bool wrong);
    [[nodiscard]] bool complete() const;
    /// Complete and, in known-value mode, equal.
    [[nodiscard]] bool fits() const;
    [[nodiscard]] int rows() const;
    /// All pairs and check pairs are typed or marked.
    [[nodiscard]] bool rowComplete(int row) const;
    [[nodiscard]] bool rowFits(int row) const;
    /// Without check pairs.
    [[nodiscard]] int pairsInRow(int row) const;
    /// Wipes what was typed and goes to the first box that is shown.
    void clear();
    /// Wipes one row and goes to its first box.
    void clearRow(int row);
    /// Compares each pair as it is completed; all rows with their check pairs, must outlive the entry or be
    /// set to null before.
    void setExpected(const SecretBytes* expected);
    /// Shows this row alone, counted from 0; -1 shows all.
    void showOnlyRow(int row);
    /// "Hide what I type": dots in place of the digits.
    void setConcealed(bool concealed);
    [[nodiscard]] bool isConcealed() const { return m_concealed; }
    /// Tells a screen reader each digit that is typed, and a pair that is gone to.
    void setReadAloud(bool on);
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
    /// Known-value mode: the pair just completed is wrong. Both count from 0; check pairs follow the others.
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
    [[nodiscard]] int rowStart(int row) const { return row * (kPairsInRow + m_checks); }
    [[nodiscard]] int rowSize(int row) const { return pairsInRow(row) + m_checks; }
    [[nodiscard]] int rowOf(int box) const { return box / (kPairsInRow + m_checks); }
    [[nodiscard]] int pairOf(int box) const { return box % (kPairsInRow + m_checks); }
    [[nodiscard]] bool isCheck(int box) const { return pairOf(box) >= pairsInRow(rowOf(box)); }
    [[nodiscard]] bool isMarked(int box) const;
    [[nodiscard]] int columns() const;
    [[nodiscard]] int firstShown() const;
    [[nodiscard]] int lastShown() const;
    [[nodiscard]] int firstOpen() const;
    [[nodiscard]] bool differs(int box) const;
    [[nodiscard]] BoxState state(int box) const;
    [[nodiscard]] QRectF boxRect(int box) const;
    [[nodiscard]] QString nameOf(int box) const;
    [[nodiscard]] bool acts() const;
    void goTo(int box);
    void sayBox(int box);
    void typeDigit(std::uint8_t ascii);
    void completed(int box);
    void erase(int box, int from);
    void backspace();
    void valueChanged();
    void paintBox(QPainter& painter, int box) const;

    const QString m_name;
    const int m_bytes;
    int m_checks = 0;
    std::vector<bool> m_rowWrong;
    SecretBytes m_digits; ///< two ASCII digits for each pair
    std::vector<std::uint8_t> m_typed; ///< digits typed in each box, 0 to 2
    const SecretBytes* m_expected = nullptr;
    int m_current = 0;
    int m_onlyRow = -1;
    bool m_arrived = true; ///< the current box was gone to, so typing in a full one starts it anew
    bool m_concealed = false;
    Voice* m_voice; ///< of setReadAloud()
    bool m_readAloud = false;
};

} // namespace conclave::ui
