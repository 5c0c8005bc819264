// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

#include <vector>

class QPlainTextEdit;

namespace conclave::ui {

/// Step 9 before the report: the events that the officer explains, then the record is sealed.
class ReviewPage : public Page {
    Q_OBJECT
public:
    explicit ReviewPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    [[nodiscard]] QWidget* initialFocus() override;

private:
    [[nodiscard]] QWidget* opinionCard();
    /// False when what was typed could not be recorded.
    [[nodiscard]] bool keepExplanations();
    void seal();

    struct Row {
        int seq = 0;
        QPlainTextEdit* text = nullptr;
    };
    std::vector<Row> m_rows;
};

} // namespace conclave::ui
