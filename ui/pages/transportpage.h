// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

namespace conclave::ui {

class Button;
class CheckpointField;

/// A ceremony paused elsewhere goes on here: what travelled, and its checkpoint code.
class TransportPage : public Page {
    Q_OBJECT
public:
    explicit TransportPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    [[nodiscard]] QWidget* initialFocus() override;
    [[nodiscard]] QString help() const override;

private:
    void judge();
    void confirm();

    CheckpointField* m_checkpoint;
    Button* m_continue = nullptr;
};

} // namespace conclave::ui
