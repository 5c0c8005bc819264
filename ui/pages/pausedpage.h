// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

namespace conclave::ui {

class TransportPanel;

/// The ceremony is paused: the checkpoint code is written down.
class PausedPage : public Page {
    Q_OBJECT
public:
    explicit PausedPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    void fillFooter(FooterBar& footer) override;
    void print() override;

private:
    void endPart();

    TransportPanel* m_transport = nullptr; ///< when the device travels
};

} // namespace conclave::ui
