// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

namespace conclave::ui {

class Button;
class Label;
class Note;
class ProgressPanel;
class Table;
class UserPinCard;

/// Step 9, before the record is sealed: OpenSC is asked what it sees on the device.
class SecondOpinionPage : public Page {
    Q_OBJECT
public:
    explicit SecondOpinionPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    void render() override;
    void leave() override;
    void lookAgain() override;
    [[nodiscard]] QWidget* initialFocus() override;
    [[nodiscard]] QString help() const override;

private:
    [[nodiscard]] bool running() const;
    [[nodiscard]] bool moduleFound() const;
    void showAnswer();
    void judge();
    void ask();

    bool m_answered; ///< what came is shown, and no PIN is asked for
    bool m_asking = false;
    Label* m_module;
    Note* m_note;
    UserPinCard* m_pin;
    ProgressPanel* m_progress;
    qint64 m_shownStart = -1;
    Table* m_keys;
    Button* m_back = nullptr;
    Button* m_ask = nullptr;
};

} // namespace conclave::ui
