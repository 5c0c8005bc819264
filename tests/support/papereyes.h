// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/print/filledsheet.h"

#include <QImage>
#include <QString>

namespace conclave::test {

/// A sheet with share 3 and everything that is public on it, for a value of 8, 16 or 20 bytes.
ui::SheetFacts someSheet(int bytes);
/// Its value, and the check code of the vector in formats.md.
ui::SheetSecret someSecret(int bytes);
/// What stands in the rows of the value: the pairs with their check pairs, as hex without separators. From a
/// Reed-Solomon code computed in Python (formats.md, Check pairs).
QString someRows(int bytes);

/// A page of a PDF as poppler paints it: grey.
QImage rendered(const QString& pdf, int dotsPerInch);
/// Into the folder that CONCLAVE_TEST_PICTURES names.
void keepPicture(const QImage& page, const QString& name);

struct Reading {
    QString value;
    QString code;
};
/// Reads the boxes of a sheet by their looks alone: of all characters, each painted here as text, the one
/// that differs least from what is in the box.
Reading readSheet(const QImage& page, const ui::SheetFacts& sheet,
    const QString& digits = QStringLiteral("0123456789abcdef"));

} // namespace conclave::test
