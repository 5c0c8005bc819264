// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

class QLineEdit;

namespace conclave::ui {

class Button;
class FormField;
class Tick;

/// A paused or interrupted ceremony is continued: "Is this where you stopped?"
class ResumePage : public Page {
    Q_OBJECT
public:
    explicit ResumePage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    void fillFooter(FooterBar& footer) override;
    [[nodiscard]] QWidget* initialFocus() override;

private:
    void judge();
    void confirm();

    QLineEdit* m_code;
    FormField* m_codeField;
    Tick* m_none;
    Button* m_continue = nullptr;
};

} // namespace conclave::ui
