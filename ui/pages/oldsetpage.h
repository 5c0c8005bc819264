// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/event.h"
#include "ui/shell/page.h"

#include <optional>

class QSpinBox;
class QVBoxLayout;

namespace conclave::ui {

class Button;
class Note;

/// Re-share, step 2: which set gets new custodians. Its share file is chosen, by itself or by its companion;
/// of a set of another tool the officer says how many sheets open it.
class OldSetPage : public Page {
    Q_OBJECT
public:
    /// The file dialog begins in `recordsFolder`.
    OldSetPage(ceremony::Ceremony& ceremony, QString recordsFolder);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    [[nodiscard]] QWidget* initialFocus() override;
    void back() override;
    [[nodiscard]] QString help() const override;

private:
    void chooseFile();
    void read(const QString& path);
    void take(const Result<ceremony::SetBrought>& set);
    void showFacts();
    void judge();
    void use();

    QString m_folder;
    std::optional<ceremony::SetBrought> m_set;
    Button* m_choose;
    Note* m_problem;
    QVBoxLayout* m_factsSlot;
    QWidget* m_facts = nullptr;
    QWidget* m_otherTool;
    QSpinBox* m_threshold;
    QSpinBox* m_shareFile;
    QSpinBox* m_shareFiles;
    Button* m_use = nullptr;
    int m_reading = 0; ///< an answer to an earlier choice is not taken
};

} // namespace conclave::ui
