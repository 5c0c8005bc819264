// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

namespace conclave::ui {

class Button;
class Label;
class ProgressPanel;
class Table;
class UserPinCard;

/// The device takes the wrapped keys back, one after the other, and each is proved.
class RestorePage : public Page {
    Q_OBJECT
public:
    explicit RestorePage(ceremony::Ceremony& ceremony);

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
    void chooseFiles();
    void goOn();
    [[nodiscard]] bool running() const;

    UserPinCard* m_pinCard;
    ProgressPanel* m_progress;
    Table* m_table;
    Label* m_count;
    qint64 m_shownStart = -1;
    Button* m_files = nullptr;
    Button* m_skip = nullptr;
    Button* m_next = nullptr;
};

} // namespace conclave::ui
