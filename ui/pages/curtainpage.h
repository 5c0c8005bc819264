// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

namespace conclave::ui {

class Button;
class CurtainView;
class Tick;

/// The curtain before, within and between the turns of custodians: names who steps up, shows nothing secret.
class CurtainPage : public Page {
    Q_OBJECT
public:
    explicit CurtainPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    void fillFooter(FooterBar& footer) override;
    [[nodiscard]] QWidget* initialFocus() override;
    [[nodiscard]] bool coversAll() const override { return true; }

private:
    void judge();
    void notHere();
    [[nodiscard]] bool importing() const;
    [[nodiscard]] QString who() const;

    CurtainView* m_curtain;
    std::vector<Tick*> m_ticks;
    Button* m_lift;
};

} // namespace conclave::ui
