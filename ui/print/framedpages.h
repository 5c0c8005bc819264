// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <functional>
#include <vector>

class QPagedPaintDevice;
class QPainter;
class QTextDocument;

namespace conclave::ui {

/// Head and foot of each page of a document.
struct PageWords {
    QString kind; ///< "KEY CEREMONY REPORT"
    QString subject;
    QString id;
    QString foot; ///< what ties the pages together
    QString program;
    bool rehearsal = false;
};

using WriteBody = std::function<void(QTextDocument&)>;

/// Lays a document out on pages and paints them. The painter is active on the device. From any thread.
void paintPages(
    QPainter& painter, QPagedPaintDevice& device, const PageWords& words, const WriteBody& writeBody);

/// The first of these bodies that takes one page alone, and the last where none does.
void paintOnePage(QPainter& painter, QPagedPaintDevice& device, const PageWords& words,
    const std::vector<WriteBody>& bodies);

/// The document as A4 PDF. From any thread.
[[nodiscard]] QByteArray pagesPdf(const PageWords& words, const WriteBody& writeBody);
/// The same of one page, see paintOnePage().
[[nodiscard]] QByteArray onePagePdf(const PageWords& words, const std::vector<WriteBody>& bodies);

} // namespace conclave::ui
