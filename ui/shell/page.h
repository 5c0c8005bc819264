// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QWidget>

namespace conclave::ceremony {
class Ceremony;
}

namespace conclave::ui {

class FooterBar;

/// What the role banner above a page says.
struct Banner {
    QString avatarIcon; ///< name of an icon, used when avatarNumber is 0
    int avatarNumber = 0; ///< a custodian's number
    QString who; ///< "Security officer", "Custodian 3 · Sample Custodian C"
    QString othersIcon;
    QString othersStrong; ///< "Everyone else: look away."
    QString others; ///< what all others do
};

/// One screen of the wizard: content between banner and footer. It renders the ceremony and sends intents;
/// the shell frames it (rail, banner, title, lead, scrolling, footer) and decides when it is shown.
class Page : public QWidget {
    Q_OBJECT

public:
    explicit Page(ceremony::Ceremony& ceremony, QWidget* parent = nullptr);

    [[nodiscard]] virtual QString title() const = 0;
    [[nodiscard]] virtual QString lead() const = 0;
    [[nodiscard]] virtual Banner banner() const = 0;
    /// The sub-line under the current step of the rail: "Custodian 3 of 5". May be empty.
    [[nodiscard]] virtual QString railSubline() const { return {}; }
    /// Puts the page's buttons into the footer; called when the page is entered.
    virtual void fillFooter(FooterBar& footer) = 0;
    /// The page became the current one: start from an empty form.
    virtual void enter() { }
    /// The ceremony changed while the page is shown; also called right after enter().
    virtual void render() = 0;
    /// The page is left: wipe what was typed.
    virtual void leave() { }
    /// First field to fill, first unticked check, or the primary button (ui.md, 6).
    [[nodiscard]] virtual QWidget* initialFocus() { return nullptr; }
    /// The page covers the whole client area except the ribbon (curtains).
    [[nodiscard]] virtual bool coversAll() const { return false; }
    /// Inside a custodian's turn: Pause and "Note a deviation…" are off.
    [[nodiscard]] virtual bool insideTurn() const { return false; }
    /// Esc was pressed: drop the curtain, close what is open. False: nothing to do.
    virtual bool escape() { return false; }
    /// F5, Ctrl+P, F1; false: nothing to do here.
    virtual bool lookAgain() { return false; }
    virtual bool print() { return false; }
    [[nodiscard]] virtual QString help() const { return {}; }

Q_SIGNALS:
    /// Title, lead, banner, sub-line or footer changed without a change of the ceremony.
    void frameChanged();

protected:
    [[nodiscard]] ceremony::Ceremony& ceremony() const { return m_ceremony; }

private:
    ceremony::Ceremony& m_ceremony;
};

} // namespace conclave::ui
