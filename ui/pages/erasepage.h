// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

namespace conclave::ui {

class Button;
class DangerConfirm;
class Label;

/// Step 5b: the point of no return.
class ErasePage : public Page {
    Q_OBJECT
public:
    explicit ErasePage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    void render() override;
    void lookAgain() override { ceremony().lookForDevice(); }
    [[nodiscard]] QWidget* initialFocus() override;
    void back() override;

private:
    /// The device that is erased; of several the next one.
    [[nodiscard]] const ceremony::CeremonyState& subject() const;
    [[nodiscard]] bool present() const;
    void judge();

    DangerConfirm* m_confirm;
    Label* m_gone;
    Button* m_erase = nullptr;
};

} // namespace conclave::ui
