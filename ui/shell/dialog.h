// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/button.h"

#include <QDialog>

#include <functional>

class QVBoxLayout;

namespace conclave::ui {

class FooterBar;

/// A window-modal question over the wizard: title, body, buttons; with the ribbon in rehearsals. Deletes
/// itself when closed. Esc rejects.
class Dialog : public QDialog {
    Q_OBJECT
public:
    Dialog(const QString& title, bool rehearsal, QWidget* parent);

    [[nodiscard]] QVBoxLayout* body() const { return m_body; }
    /// The button that keeps things as they are.
    Button* addReject(const QString& text);
    Button* addAccept(const QString& text, Button::Look look = Button::Look::Primary);

protected:
    bool event(QEvent* event) override;

private:
    void makeRoom();

    QVBoxLayout* m_body;
    FooterBar* m_footer;
};

/// A question with one sentence of text; `accepted` is called when it is answered with yes.
void ask(QWidget* parent, bool rehearsal, const QString& title, const QString& text, const QString& reject,
    const QString& accept, const std::function<void()>& accepted);

} // namespace conclave::ui
