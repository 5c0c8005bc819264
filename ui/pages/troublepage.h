// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

namespace conclave::ui {

class Button;
class ErrorPanel;

/// Work that failed: what happened, what is safe, what to do next. The ceremony stays where it was.
class TroublePage : public Page {
    Q_OBJECT
public:
    explicit TroublePage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    void fillFooter(FooterBar& footer) override;
    void render() override;

private:
    [[nodiscard]] bool canBeRepeated() const;
    [[nodiscard]] bool canBeLeft() const;

    ErrorPanel* m_panel;
    Button* m_leave = nullptr;
    Button* m_again = nullptr;
    FooterBar* m_footer = nullptr; ///< once it is filled
};

} // namespace conclave::ui
