// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"
#include "ui/shell/page.h"

namespace conclave::ui {

class Button;
class HexEntry;
class Note;
class ReadAloud;
class SecretField;
class ShareCard;

/// The share or password is typed back, within the turn. A row that differed can be shown again, that row
/// only.
class ProofPage : public Page {
    Q_OBJECT
public:
    explicit ProofPage(ceremony::Ceremony& ceremony);
    ~ProofPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    void render() override;
    void leave() override;
    [[nodiscard]] QWidget* initialFocus() override;
    [[nodiscard]] bool insideTurn() const override { return true; }
    void cover() override;

private:
    [[nodiscard]] bool isPassword() const { return m_password != nullptr; }
    void judge();
    void rowCompleted(int row, bool fits);
    void hideRow();
    void toggleRow();
    void confirm();
    void proven();

    SecretBytes m_expected; ///< the value as on the sheet, with its check pairs
    HexEntry* m_entry = nullptr;
    ShareCard* m_row = nullptr;
    ReadAloud* m_readAloud = nullptr;
    SecretField* m_password = nullptr;
    Note* m_note;
    Button* m_showRow = nullptr;
    Button* m_newShares = nullptr;
    Button* m_confirm = nullptr;
    int m_differingRow = -1;
    bool m_fits = false;
};

} // namespace conclave::ui
