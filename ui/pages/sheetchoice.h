// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/event.h"
#include "ui/widgets/card.h"

#include <array>

class QButtonGroup;
class QComboBox;

namespace conclave::ceremony {
class Ceremony;
}

namespace conclave::ui {

class ChoiceCard;
class PrinterChoice;
struct SheetFacts;

/// How the sheets of one set are made: each way with its risk, the paper, and what it will look like.
class SheetChoice : public Card {
    Q_OBJECT

public:
    /// `alone`: no other set has sheets.
    SheetChoice(const ceremony::Ceremony& ceremony, int shareFile, bool alone, QWidget* parent = nullptr);

    [[nodiscard]] ceremony::SheetsChosen choice() const;
    /// For printed sheets there is a printer, and what it does to secrets is accepted.
    [[nodiscard]] bool complete() const;
    /// One for each custodian, without the value; none where they are not chosen.
    [[nodiscard]] std::vector<SheetFacts> blank() const;

Q_SIGNALS:
    void changed();

private:
    void addModes(bool alone);
    void addPaper(bool alone);
    void choose();
    void preview();
    [[nodiscard]] std::vector<SheetFacts> sheets() const;

    const ceremony::Ceremony& m_ceremony;
    int m_shareFile;
    QButtonGroup* m_modes;
    std::array<ChoiceCard*, 3> m_cards{};
    PrinterChoice* m_printer = nullptr;
    QWidget* m_paperLine = nullptr;
    QComboBox* m_paper = nullptr;
    QComboBox* m_size = nullptr;
};

} // namespace conclave::ui
