// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

namespace conclave::ui {

/// The ceremony is over.
class ClosedPage : public Page {
    Q_OBJECT
public:
    explicit ClosedPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    void fillFooter(FooterBar& footer) override;
};

} // namespace conclave::ui
