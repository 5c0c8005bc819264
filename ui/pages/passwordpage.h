// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

namespace conclave::ui {

class Button;
class Label;
class SecretField;

/// The holder of a password chooses it, within the turn.
class PasswordPage : public Page {
    Q_OBJECT
public:
    explicit PasswordPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    void leave() override;
    [[nodiscard]] QWidget* initialFocus() override;
    [[nodiscard]] bool insideTurn() const override { return true; }
    void cover() override;

private:
    void judge();

    SecretField* m_password;
    SecretField* m_again;
    Label* m_rule;
    Button* m_use = nullptr;
};

} // namespace conclave::ui
