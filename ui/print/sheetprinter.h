// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "ui/print/filledsheet.h"
#include "ui/print/sheetfacts.h"

#include <QByteArray>
#include <QFuture>

#include <vector>

class QWidget;

namespace conclave::ui::sheetprinter {

/// Asks for the printer and prints blank sheets, one a page, all on the same paper, off the UI thread.
/// Printing to a file is not offered.
void printBlank(std::vector<SheetFacts> sheets, QWidget* parent);

/// Writes the filled sheet of a custodian to `folder`/sheets/custodian-N.pdf, in a rehearsal only:
/// NotAllowedNow otherwise. FileUnwritable. Off the UI thread.
[[nodiscard]] QFuture<Status> saveFilledOfRehearsal(
    SheetFacts sheet, SheetSecret secret, const QString& folder);

} // namespace conclave::ui::sheetprinter
