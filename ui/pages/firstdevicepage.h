// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

class QLineEdit;

namespace conclave::ui {

class Button;
class FormField;
class Tick;

/// Before a second device: whose secret it is to get. The share files come from the first one's records.
class FirstDevicePage : public Page {
    Q_OBJECT
public:
    explicit FirstDevicePage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    [[nodiscard]] QWidget* initialFocus() override;
    void back() override;
    [[nodiscard]] QString help() const override;

private:
    void showFirst(const ceremony::FirstDeviceNamed& first);
    [[nodiscard]] bool drill() const { return state().flow() == ceremony::Flow::Drill; }
    void showConflicts();
    void choose();
    void judge();

    Button* m_choose;
    QLineEdit* m_kcv = nullptr; ///< only where nobody recorded it
    Tick* m_conflictAccepted = nullptr; ///< only where one person would hold what should be apart
    Button* m_next = nullptr;
};

} // namespace conclave::ui
