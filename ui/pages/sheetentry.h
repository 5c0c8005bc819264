// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dkek/passwordsharing.h"
#include "ui/widgets/card.h"

#include <vector>

class QGridLayout;
class QLabel;
class QSpinBox;

namespace conclave::ui {

class CodeField;
class HexEntry;
class Label;
class Note;
class ReadAloud;
class ShareCard;
class Tick;

/// What a custodian types from a sheet: share id, share value with its check pairs, check code. Each row is
/// judged as soon as it is typed; a row that can be repaired is shown as it would be right, and taken only
/// when its custodian says that it matches the sheet.
class SheetEntry : public Card {
    Q_OBJECT
public:
    /// `prime` is shown for comparison, with where it is from; ids go up to `total`.
    SheetEntry(const Bytes& prime, const QString& primeFrom, int total, QWidget* parent);

    [[nodiscard]] int id() const;
    /// Everything is typed, and every row with check pairs fits them.
    [[nodiscard]] bool complete() const;
    /// Once complete().
    [[nodiscard]] dkek::CustodianShare share() const;
    /// The sheet has check pairs; once complete(), all rows fit them.
    [[nodiscard]] bool hasCheckPairs() const;
    /// Empty when the sheet has none.
    [[nodiscard]] SecretBytes checkCode() const;
    void clear();
    void setConcealed(bool concealed);
    [[nodiscard]] QWidget* firstField() const;

Q_SIGNALS:
    void changed();
    /// What is typed, and a repair on offer, is told to a screen reader from now on.
    void readAloud();

private:
    enum class RowState {
        Open,
        Fits,
        Wrong,
        Kept, ///< wrong, and its repair does not match the sheet
    };

    void addName(QGridLayout& grid, int line, const QString& text, const QString& hint);
    void addRepair();
    void addReadAloud();
    void judgeRow(int row);
    void judgeAllRows();
    void offerRepair(int row, const QString& words, ByteView pairs);
    void takeRepair();
    void offerNextRepair();
    void refuseRepair();
    void say(const QString& text);

    ReadAloud* m_readAloud;
    QSpinBox* m_id;
    HexEntry* m_value;
    Tick* m_noPairs;
    CodeField* m_code;
    Tick* m_noCode;
    Note* m_note;
    QWidget* m_repair;
    Label* m_repairWords;
    ShareCard* m_repairRow;
    std::vector<RowState> m_rows;
    SecretBytes m_repaired; ///< the row on offer
    int m_repairing = -1;
};

} // namespace conclave::ui
