// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dkek/foreignset.h"
#include "ui/widgets/card.h"

class QGridLayout;
class QLineEdit;

namespace conclave::ui {

class HexEntry;

/// What a custodian types from a sheet of another tool: share ID as it stands there and share value, with
/// neither check pairs nor check code.
class PlainSheetEntry : public Card {
    Q_OBJECT
public:
    /// `prime` is shown for comparison.
    PlainSheetEntry(const Bytes& prime, QWidget* parent);

    /// Empty until it is typed.
    [[nodiscard]] QString id() const;
    [[nodiscard]] bool complete() const;
    /// Once complete().
    [[nodiscard]] dkek::TypedShare sheet() const;
    void clear();
    void setConcealed(bool concealed);
    [[nodiscard]] QWidget* firstField() const;

Q_SIGNALS:
    void changed();
    /// What is typed is told to a screen reader from now on.
    void readAloud();
    /// A key was not entered, for this reason.
    void refused(const QString& reason);

private:
    void addName(QGridLayout& grid, int line, const QString& text, const QString& hint);

    QLineEdit* m_id;
    HexEntry* m_value;
};

/// A prime in rows like the sheet's; it is no secret.
[[nodiscard]] QString primeRows(ByteView prime);

} // namespace conclave::ui
