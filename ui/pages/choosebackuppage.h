// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

class QVBoxLayout;

namespace conclave::ceremony {
struct OpenedBackup;
}

namespace conclave::ui {

class Button;
class Tick;

/// Before a restore: which files, what the device says about each key in them, and which are chosen.
class ChooseBackupPage : public Page {
    Q_OBJECT
public:
    explicit ChooseBackupPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    [[nodiscard]] QWidget* initialFocus() override;
    void back() override;
    [[nodiscard]] QString help() const override;

private:
    void showBackup(const ceremony::OpenedBackup& backup, QVBoxLayout& layout);
    void showDevice(const ceremony::OpenedBackup& backup, QVBoxLayout& layout);
    void choose(bool folder);
    void judge();
    [[nodiscard]] std::vector<std::size_t> chosen() const;

    Button* m_folder;
    Button* m_file;
    std::vector<std::pair<std::size_t, Tick*>> m_ticks; ///< by the key's place on the medium
    Button* m_restore = nullptr;
};

} // namespace conclave::ui
