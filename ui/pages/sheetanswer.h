// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dkek/companion.h"
#include "core/dkek/sheetjudgement.h"

#include <QWidget>

class QVBoxLayout;

namespace conclave::ui {

/// What was found about one sheet: a line for each check, the verdict, and what to do next. No secrets: only
/// the share ID.
class SheetAnswer : public QWidget {
    Q_OBJECT
public:
    explicit SheetAnswer(QWidget* parent = nullptr);

    /// The verifier is under way.
    void showProgress();
    void show(const dkek::Companion& set, int id, const dkek::SheetJudgement& judgement);
    void clear();

private:
    void start();

    QVBoxLayout* m_layout;
    QWidget* m_content = nullptr;
};

/// "This sheet is right."
[[nodiscard]] QString verdictSentence(
    const dkek::Companion& set, int id, const dkek::SheetJudgement& judgement);

} // namespace conclave::ui
