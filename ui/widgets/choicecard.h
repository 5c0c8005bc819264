// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QRadioButton>

class QVBoxLayout;

namespace conclave::ui {

class Label;

/// One of several choices: a title, a sentence, and what belongs to it, which only the chosen one shows.
class ChoiceCard : public QRadioButton {
    Q_OBJECT

public:
    /// `title` may have a mnemonic.
    ChoiceCard(const QString& title, const QString& text, QWidget* parent = nullptr);

    /// For widgets that belong to the choice.
    [[nodiscard]] QVBoxLayout* body() const { return m_body; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    bool hitButton(const QPoint& at) const override { return rect().contains(at); }
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* m_box;
    QVBoxLayout* m_body;
};

} // namespace conclave::ui
