// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "ui/shell/page.h"

namespace conclave::ui {

class Button;
class CheckpointField;
class TransportPanel;

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
    void print() override;

private:
    void judge();
    void confirm();
    void endPart();
    void take(const Status& status);

    CheckpointField* m_checkpoint = nullptr;
    TransportPanel* m_transport = nullptr; ///< when the device travels
    Button* m_continue = nullptr;
    Button* m_end = nullptr;
};

} // namespace conclave::ui
