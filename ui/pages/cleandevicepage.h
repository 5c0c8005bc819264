// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

namespace conclave::ui {

/// After a drill: its device holds the backup secret and the keys, and is to lose them again.
class CleanDevicePage : public Page {
    Q_OBJECT
public:
    explicit CleanDevicePage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    [[nodiscard]] QString help() const override;

private:
    void askToKeep();
};

} // namespace conclave::ui
