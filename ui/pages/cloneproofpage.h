// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

namespace conclave::ui {

class Button;
class FormField;
class Note;
class ProgressPanel;
class SecretField;
class Table;
class UserPinCard;

/// One challenge, signed on the first and on the second device: the proof that the second can take over.
class CloneProofPage : public Page {
    Q_OBJECT
public:
    explicit CloneProofPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    void render() override;
    void leave() override;
    [[nodiscard]] QWidget* initialFocus() override;
    [[nodiscard]] QString help() const override;

private:
    void judge();
    void prove();
    [[nodiscard]] bool running() const;

    void renderRows();

    Table* m_table = nullptr; ///< of several devices
    UserPinCard* m_second;
    SecretField* m_first;
    ProgressPanel* m_progress;
    qint64 m_shownStart = -1;
    Button* m_without = nullptr;
    Button* m_prove = nullptr;
};

} // namespace conclave::ui
