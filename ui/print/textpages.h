// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QTextBlockFormat>
#include <QTextCharFormat>
#include <QTextCursor>

#include <utility>
#include <vector>

class QTextDocument;

namespace conclave::ui {

/// Writes headings, paragraphs and tables at the end of a document for paper. Text is taken as it is, never
/// as markup.
class TextPages {
public:
    enum class Face { Text, Strong, Mono };
    struct Cell {
        QString text;
        Face face = Face::Text;
    };
    using Row = std::vector<Cell>;
    struct Column {
        QString head;
        int percent;
    };

    explicit TextPages(QTextDocument& document);

    void heading(const QString& text, bool newPage = false);
    void paragraph(const QString& text, Face face = Face::Text);
    /// Names and values in two columns, without lines.
    void facts(const std::vector<std::pair<QString, Cell>>& facts);
    /// With a head that repeats on each page, and a line under each row.
    void table(const std::vector<Column>& columns, const std::vector<Row>& rows);
    /// Large monospaced lines, each after its letter.
    void readAloud(const std::vector<std::pair<QString, QString>>& lines);
    /// Rows with room to sign: who, an empty line, and the date.
    void signatures(const std::vector<Column>& columns, const std::vector<QString>& people);

private:
    void endBlock(qreal space);
    void write(QTextCursor cursor, const Cell& cell, qreal points = kBodyPoints);

    static constexpr qreal kBodyPoints = 9;

    QTextCursor m_cursor;
};

} // namespace conclave::ui
