// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QStringList>
#include <QWidget>

#include <set>

class QGridLayout;

namespace conclave::ui {

class Label;

/// A short table to read, of wrapping labels: grows with its text, needs no scrolling of its own.
class Table : public QWidget {
    Q_OBJECT
public:
    explicit Table(const QStringList& heads, QWidget* parent = nullptr);

    /// `monospaced`: the columns that hold values to compare.
    void addRow(const QStringList& cells, const std::set<int>& monospaced = {});
    void setCell(int row, int column, const QString& text, Token colour = Token::Text);
    /// A widget in place of a cell's text.
    void setWidget(int row, int column, QWidget* widget);
    void setColumnStretch(int column, int stretch);
    /// Tints a row; -1: none.
    void setCurrentRow(int row);
    void clearRows();
    [[nodiscard]] int rows() const { return static_cast<int>(m_cells.size()); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QGridLayout* m_grid;
    int m_columns;
    int m_current = -1;
    std::vector<std::vector<QWidget*>> m_cells;
};

} // namespace conclave::ui
