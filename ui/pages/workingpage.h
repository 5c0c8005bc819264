// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

namespace conclave::ui {

class ProgressPanel;

/// Work that has the screen to itself, with the time it takes.
class WorkingPage : public Page {
    Q_OBJECT
public:
    explicit WorkingPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    void fillFooter(FooterBar& footer) override;
    void render() override;

private:
    ProgressPanel* m_progress;
    ceremony::WorkKind m_shown = ceremony::WorkKind::None;
    qint64 m_startedMs = -1;
};

} // namespace conclave::ui
