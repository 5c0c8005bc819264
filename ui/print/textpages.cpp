// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/textpages.h"

#include "ui/print/paper.h"

#include <QTextDocument>
#include <QTextTable>

namespace conclave::ui {

namespace {

constexpr qreal kNamePercent = 27;
constexpr qreal kSignaturePadding = 22;

QTextCharFormat charFormat(TextPages::Face face, qreal points)
{
    QTextCharFormat format;
    const bool mono = face == TextPages::Face::Mono;
    format.setFontFamilies({ mono ? QStringLiteral("Go Mono") : QStringLiteral("Inter") });
    format.setFontStyleHint(mono ? QFont::Monospace : QFont::SansSerif);
    format.setFontPointSize(points);
    format.setFontWeight(face == TextPages::Face::Strong ? QFont::DemiBold : QFont::Normal);
    format.setFontHintingPreference(QFont::PreferNoHinting);
    format.setForeground(Qt::black);
    return format;
}

QTextTableFormat plainTable()
{
    QTextTableFormat format;
    format.setBorder(0);
    format.setCellSpacing(0);
    format.setCellPadding(2);
    format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
    return format;
}

void underline(QTextTableCell cell, qreal width, qreal above = 3, qreal below = 3)
{
    QTextTableCellFormat format = cell.format().toTableCellFormat();
    format.setBottomBorder(width);
    format.setBottomBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    format.setBottomBorderBrush(Qt::black);
    format.setTopPadding(above);
    format.setBottomPadding(below);
    format.setRightPadding(6);
    cell.setFormat(format);
}

} // namespace

TextPages::TextPages(QTextDocument& document)
    : m_cursor(&document)
{
    document.setDocumentMargin(0);
    document.setDefaultFont(Paper::text(kBodyPoints));
}

void TextPages::heading(const QString& text, bool newPage)
{
    QTextBlockFormat block;
    block.setTopMargin(10);
    block.setBottomMargin(3);
    block.setHeadingLevel(2);
    block.setNonBreakableLines(true);
    if (newPage)
        block.setPageBreakPolicy(QTextFormat::PageBreak_AlwaysBefore);
    m_cursor.setBlockFormat(block);
    m_cursor.insertText(text, charFormat(Face::Strong, 12));
    endBlock(0);
}

void TextPages::paragraph(const QString& text, Face face)
{
    m_cursor.insertText(text, charFormat(face, kBodyPoints));
    endBlock(3);
}

void TextPages::endBlock(qreal space)
{
    QTextBlockFormat block;
    block.setTopMargin(space);
    m_cursor.insertBlock(block, charFormat(Face::Text, kBodyPoints));
}

void TextPages::write(QTextCursor cursor, const Cell& cell, qreal points)
{
    cursor.insertText(cell.text, charFormat(cell.face, points));
}

void TextPages::facts(const std::vector<std::pair<QString, Cell>>& facts)
{
    QTextTableFormat format = plainTable();
    format.setColumnWidthConstraints({ QTextLength(QTextLength::PercentageLength, kNamePercent),
        QTextLength(QTextLength::PercentageLength, 100 - kNamePercent) });
    QTextTable* table = m_cursor.insertTable(static_cast<int>(facts.size()), 2, format);
    for (int row = 0; row < table->rows(); ++row) {
        const auto& [name, value] = facts[static_cast<std::size_t>(row)];
        QTextCharFormat muted = charFormat(Face::Text, kBodyPoints);
        muted.setForeground(Paper::muted());
        table->cellAt(row, 0).firstCursorPosition().insertText(name, muted);
        write(table->cellAt(row, 1).firstCursorPosition(), value);
    }
    m_cursor.movePosition(QTextCursor::End);
}

void TextPages::table(const std::vector<Column>& columns, const std::vector<Row>& rows)
{
    QTextTableFormat format = plainTable();
    format.setHeaderRowCount(1);
    QVector<QTextLength> widths;
    for (const Column& column : columns)
        widths.append(QTextLength(QTextLength::PercentageLength, column.percent));
    format.setColumnWidthConstraints(widths);
    QTextTable* table
        = m_cursor.insertTable(static_cast<int>(rows.size()) + 1, static_cast<int>(columns.size()), format);
    for (int column = 0; column < table->columns(); ++column) {
        const QTextTableCell head = table->cellAt(0, column);
        write(
            head.firstCursorPosition(), { columns[static_cast<std::size_t>(column)].head, Face::Strong }, 8);
        underline(head, 1);
        for (int row = 1; row < table->rows(); ++row) {
            const QTextTableCell cell = table->cellAt(row, column);
            write(cell.firstCursorPosition(),
                rows[static_cast<std::size_t>(row - 1)][static_cast<std::size_t>(column)], 8.5);
            underline(cell, 0.4);
        }
    }
    m_cursor.movePosition(QTextCursor::End);
}

void TextPages::readAloud(const std::vector<std::pair<QString, QString>>& lines)
{
    QTextTableFormat format = plainTable();
    format.setColumnWidthConstraints(
        { QTextLength(QTextLength::PercentageLength, 7), QTextLength(QTextLength::PercentageLength, 93) });
    QTextTable* table = m_cursor.insertTable(static_cast<int>(lines.size()), 2, format);
    for (int row = 0; row < table->rows(); ++row) {
        const auto& [letter, value] = lines[static_cast<std::size_t>(row)];
        write(table->cellAt(row, 0).firstCursorPosition(), { letter, Face::Strong }, 15);
        write(table->cellAt(row, 1).firstCursorPosition(), { value, Face::Mono }, 17);
    }
    m_cursor.movePosition(QTextCursor::End);
}

void TextPages::signatures(const std::vector<Column>& columns, const std::vector<QString>& people)
{
    QTextTableFormat format = plainTable();
    QVector<QTextLength> widths;
    for (const Column& column : columns)
        widths.append(QTextLength(QTextLength::PercentageLength, column.percent));
    format.setColumnWidthConstraints(widths);
    QTextTable* table
        = m_cursor.insertTable(static_cast<int>(people.size()) + 1, static_cast<int>(columns.size()), format);
    for (int column = 0; column < table->columns(); ++column) {
        const QTextTableCell head = table->cellAt(0, column);
        write(
            head.firstCursorPosition(), { columns[static_cast<std::size_t>(column)].head, Face::Strong }, 8);
        underline(head, 1);
        for (int row = 1; row < table->rows(); ++row)
            underline(table->cellAt(row, column), 0.6, kSignaturePadding, 3);
    }
    for (int row = 1; row < table->rows(); ++row)
        write(table->cellAt(row, 0).firstCursorPosition(), { people[static_cast<std::size_t>(row - 1)] });
    m_cursor.movePosition(QTextCursor::End);
}

} // namespace conclave::ui
