// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

class QProgressBar;

namespace conclave::ui {

class Button;
class Label;
class Note;
class ProgressPanel;
class Table;
class UserPinCard;

/// Step 7: the device makes the keys, one after the other, and each is tested.
class GeneratePage : public Page {
    Q_OBJECT
public:
    explicit GeneratePage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    void render() override;
    void leave() override;
    [[nodiscard]] QWidget* initialFocus() override;

private:
    void renderTable();
    void renderButtons();
    void start();
    [[nodiscard]] bool running() const;
    [[nodiscard]] int tested() const;
    [[nodiscard]] QString summary() const;
    [[nodiscard]] int failedKey() const;

    UserPinCard* m_pinCard;
    ProgressPanel* m_progress;
    Label* m_chance;
    Table* m_table;
    Label* m_count;
    QProgressBar* m_bar;
    qint64 m_shownStart = -1;
    Button* m_stop = nullptr;
    Button* m_delete = nullptr;
    Button* m_request = nullptr;
    Button* m_skip = nullptr;
    Button* m_next = nullptr;
};

} // namespace conclave::ui
