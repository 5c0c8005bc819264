// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"
#include "core/ceremony/event.h"

#include <QDate>
#include <QString>

#include <optional>
#include <vector>

namespace conclave::ceremony {
class Ceremony;
}

namespace conclave::ui {

/// What the sheet of one custodian says besides the secret: all of it public.
struct SheetFacts {
    QString program; ///< "Conclave 0.1.0"
    QString purpose; ///< the ceremony's name on paper
    QString ceremony; ///< its id
    QDate date;
    QString place;
    QString device; ///< serial
    bool rehearsal = false;

    int custodian = 1; ///< through all share files of the ceremony
    QString name; ///< may be empty
    int id = 1; ///< share id within the set
    int threshold = 2;
    int total = 2;

    int shareFile = 1; ///< k of K
    int shareFiles = 1;
    QString set;
    Bytes prime; ///< full size, and so the size of the value
    QString shareFileName;
    QString shareFileSha256; ///< hex
    QString shareCheck; ///< hex, 8 bytes
    QString shareFilePath; ///< where shareFileBytes are read from before painting
    Bytes shareFileBytes; ///< 64, or empty: not printed

    ceremony::PaperSize paper = ceremony::PaperSize::A4;
    bool largePrint = false; ///< a larger value, and no share file
};

/// One sheet for each custodian of a set that is made, in order of the custodians. The holder of a password
/// has none.
[[nodiscard]] std::vector<SheetFacts> blankSheets(const ceremony::Ceremony& ceremony, int shareFile);
/// The sheet of the custodian whose turn it is; nothing outside a hand-out's turn.
[[nodiscard]] std::optional<SheetFacts> sheetOfTurn(const ceremony::Ceremony& ceremony);
/// Reads the share file; a file that is not there leaves the sheet without it. Blocks.
void loadShareFile(SheetFacts& sheet);

} // namespace conclave::ui
