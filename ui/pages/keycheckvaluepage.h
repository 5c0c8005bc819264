// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

namespace conclave::ui {

/// The device holds the DKEK: its key check value, to be written down.
class KeyCheckValuePage : public Page {
    Q_OBJECT
public:
    explicit KeyCheckValuePage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    void fillFooter(FooterBar& footer) override;
};

} // namespace conclave::ui
