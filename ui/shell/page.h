// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/ceremony.h"
#include "ui/widgets/rolebanner.h"

#include <QString>
#include <QWidget>

namespace conclave::ui {

class FooterBar;

/// One screen of the wizard: content between banner and footer. It renders the ceremony and sends intents;
/// the shell frames it (rail, banner, title, lead, scrolling, footer) and decides when it is shown.
class Page : public QWidget {
    Q_OBJECT

public:
    explicit Page(ceremony::Ceremony& ceremony, QWidget* parent = nullptr);

    [[nodiscard]] virtual QString title() const = 0;
    [[nodiscard]] virtual QString lead() const = 0;
    [[nodiscard]] virtual RoleBanner::Content banner() const;
    /// The sub-line under the current step of the rail: "Custodian 3 of 5". May be empty.
    [[nodiscard]] virtual QString railSubline() const { return {}; }
    /// Puts the page's buttons into the empty footer; called each time the page is shown.
    virtual void fillFooter(FooterBar& footer) = 0;
    /// The ceremony changed while the page is shown; also called right after fillFooter().
    virtual void render() { }
    /// The page is left: wipe what was typed.
    virtual void leave() { }
    /// First field to fill, first unticked check, or nothing for the primary button (ui.md, 6).
    [[nodiscard]] virtual QWidget* initialFocus() { return nullptr; }
    /// The page covers the whole client area except the ribbon (curtains).
    [[nodiscard]] virtual bool coversAll() const { return false; }
    /// Inside a custodian's turn: Pause and "Note a deviation…" are off.
    [[nodiscard]] virtual bool insideTurn() const { return false; }
    /// Covers what is secret on the page, or nothing: people at the screen may have changed.
    virtual void cover() { }
    /// Also after some time without input.
    [[nodiscard]] virtual bool coversWhenIdle() const { return insideTurn(); }
    virtual void escape() { cover(); } ///< Esc
    virtual void lookAgain() { } ///< F5
    virtual void print() { } ///< Ctrl+P
    virtual void back() { } ///< Alt+Left, where the page has a way back
    /// What F1 shows.
    [[nodiscard]] virtual QString help() const { return {}; }

Q_SIGNALS:
    /// The people want to leave the ceremony as it is.
    void leaveRequested();
    /// Title, lead, banner or sub-line changed without a change of the ceremony.
    void frameChanged();
    /// The page shows another part of itself: with another footer and focus, perhaps behind its own curtain.
    void phaseChanged();

protected:
    [[nodiscard]] ceremony::Ceremony& ceremony() const { return m_ceremony; }
    [[nodiscard]] const ceremony::CeremonyState& state() const { return m_ceremony.state(); }
    /// "Acts now: Security officer", and what all others do.
    [[nodiscard]] static RoleBanner::Content officerActs(const QString& others);

private:
    ceremony::Ceremony& m_ceremony;
};

} // namespace conclave::ui
