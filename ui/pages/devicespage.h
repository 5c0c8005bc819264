// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

#include <QTimer>

namespace conclave::ui {

class Button;
class Label;
class Table;
class UserPinCard;

/// Several devices become backup devices at the same time: a row for each, with what goes on, since when, and
/// what went wrong.
class DevicesPage : public Page {
    Q_OBJECT
public:
    explicit DevicesPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    void render() override;
    void leave() override;
    [[nodiscard]] QWidget* initialFocus() override;
    [[nodiscard]] QString help() const override;

private:
    void renderRow(int row);
    void renderButtons();
    void renderTimes();
    void goOn();
    [[nodiscard]] int complete() const;
    /// Devices that wait for PINs to be typed once more.
    [[nodiscard]] bool needsPins() const;

    UserPinCard* m_pinCard;
    Table* m_table;
    std::vector<Button*> m_again; ///< one a row
    Label* m_count;
    QTimer m_clock; ///< of the times in the rows
    Button* m_pins = nullptr;
    Button* m_finish = nullptr;
    Button* m_next = nullptr;
    bool m_worked = false; ///< when it was last looked
};

} // namespace conclave::ui
