// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/table.h"

#include "ui/widgets/label.h"

#include <QGridLayout>
#include <QPainter>

namespace conclave::ui {

namespace {
constexpr int kRowHeight = 34;
constexpr int kRowGap = 10;
constexpr int kRadius = 8;
} // namespace

Table::Table(const QStringList& heads, QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
    , m_columns(static_cast<int>(heads.size()))
{
    m_grid->setContentsMargins(space::k16, kRowGap / 2, space::k16, kRowGap / 2);
    m_grid->setHorizontalSpacing(space::k16);
    m_grid->setVerticalSpacing(kRowGap);
    m_grid->setRowMinimumHeight(0, kRowHeight - kRowGap);
    for (int column = 0; column < m_columns; ++column)
        m_grid->addWidget(new Label(heads[column], Type::TableHead, Token::Muted, this), 0, column);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Table::addRow(const QStringList& cells, const std::set<int>& monospaced)
{
    const int line = rows() + 1;
    std::vector<QWidget*> row;
    for (int column = 0; column < m_columns; ++column) {
        auto* label = new Label(column < cells.size() ? cells[column] : QString(),
            monospaced.contains(column) ? Type::Value : Type::Body, Token::Text, this);
        m_grid->addWidget(label, line, column);
        row.push_back(label);
    }
    m_grid->setRowMinimumHeight(line, kRowHeight - kRowGap);
    m_cells.push_back(std::move(row));
}

void Table::setCell(int row, int column, const QString& text, Token colour)
{
    auto* label
        = qobject_cast<Label*>(m_cells[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)]);
    if (!label)
        return;
    label->setText(text);
    label->setToken(colour);
}

void Table::setWidget(int row, int column, QWidget* widget)
{
    QWidget*& cell = m_cells[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
    if (cell == widget)
        return;
    delete cell;
    cell = widget;
    m_grid->addWidget(widget, row + 1, column);
}

void Table::setColumnStretch(int column, int stretch)
{
    m_grid->setColumnStretch(column, stretch);
}

void Table::setCurrentRow(int row)
{
    m_current = row;
    update();
}

void Table::clearRows()
{
    for (int row = 0; row < rows(); ++row) {
        for (QWidget* cell : m_cells[static_cast<std::size_t>(row)]) {
            cell->hide();
            cell->deleteLater();
        }
        m_grid->setRowMinimumHeight(row + 1, 0);
    }
    m_cells.clear();
    m_current = -1;
}

void Table::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(theme.colour(Token::Line));
    painter.setBrush(theme.colour(Token::Base));
    painter.drawRoundedRect(frame, kRadius, kRadius);
    painter.setPen(theme.colour(Token::Hair));
    for (int row = 0; row < rows(); ++row) {
        // Not the grid's cellRect(): that is empty since anybody asked for a height that was not used.
        QRect line;
        for (const QWidget* cell : m_cells[static_cast<std::size_t>(row)])
            line = line.united(cell->geometry());
        line.adjust(0, -kRowGap / 2, 0, kRowGap / 2);
        if (row == m_current)
            painter.fillRect(
                QRect(1, line.top(), width() - 2, line.height()), theme.colour(Token::AccentSoft));
        painter.drawLine(1, line.top(), width() - 2, line.top());
    }
}

} // namespace conclave::ui
