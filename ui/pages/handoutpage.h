// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

#include <vector>

class QVBoxLayout;

namespace conclave::ui {

class Button;
class Card;
class Note;
class ShareFileCopies;
class SheetChoice;

/// Step 4 before the first turn: the sets are made and saved, copies can be made, and how the custodians come
/// to their sheets is chosen. Between two turns it passes on to the next custodian by itself.
class HandOutPage : public Page {
    Q_OBJECT
public:
    explicit HandOutPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    void render() override;
    [[nodiscard]] QWidget* initialFocus() override;
    void print() override;
    void back() override;
    [[nodiscard]] QString help() const override;

private:
    void start();
    void judge();

    Note* m_voided;
    Card* m_made;
    QVBoxLayout* m_files;
    ShareFileCopies* m_copies;
    std::vector<SheetChoice*> m_sheets; ///< one for each set that has any
    Button* m_print = nullptr;
    Button* m_start = nullptr;
};

} // namespace conclave::ui
