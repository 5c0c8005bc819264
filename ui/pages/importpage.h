// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

namespace conclave::ui {

class Button;
class Dots;
class Label;
class ShareFileCopies;
class Table;

/// Step 6 between the turns: which share files are in, which one is next.
class ImportPage : public Page {
    Q_OBJECT
public:
    explicit ImportPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    void render() override;

private:
    [[nodiscard]] int nextFile() const;

    Dots* m_dots;
    Label* m_sentence;
    Table* m_files = nullptr;
    ShareFileCopies* m_copies = nullptr; ///< when something is left to copy
    Button* m_start = nullptr;
};

} // namespace conclave::ui
