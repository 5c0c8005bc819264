// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QStackedLayout;

namespace conclave::ui {

class CurtainView;
class FooterBar;
class ScreenFrame;

/// Something that people do outside any ceremony, in the window's whole room; perhaps with a curtain over it.
class Errand : public QWidget {
    Q_OBJECT

public:
    explicit Errand(bool rehearsal, QWidget* parent = nullptr);

    [[nodiscard]] FooterBar& footer() const;
    void enter() { takeFocus(); }
    /// Work is under way that the window must not be closed under.
    [[nodiscard]] virtual bool busy() const { return false; }
    virtual void refuseToClose() { } ///< says that it is busy
    /// Covers and wipes what is secret, or nothing: people at the screen may have changed.
    virtual void cover() { }
    virtual void lookAgain() { } ///< F5
    virtual void goBack() = 0; ///< Alt+Left
    virtual void showHelp() = 0; ///< F1
    void nextRegion(bool forward); ///< F6
    void readOut(); ///< F7: who acts, and what is asked

Q_SIGNALS:
    void leaveRequested();

protected:
    [[nodiscard]] bool rehearsal() const { return m_rehearsal; }
    [[nodiscard]] ScreenFrame& frame() const { return *m_frame; }
    /// In place of the one before, if any.
    void setCurtain(CurtainView* curtain);
    /// Lays the screen, or its curtain, out after it was changed, and takes the focus.
    void present(bool covered);
    /// First field to fill, first unticked check, or nothing for the primary button (ui.md, 6).
    [[nodiscard]] virtual QWidget* initialFocus() = 0;
    void takeFocus();
    /// Sentences, each a paragraph; the last one muted.
    void showHelpTexts(const QString& title, const QStringList& texts);

    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] bool covered() const;

    const bool m_rehearsal;
    QStackedLayout* m_layers;
    ScreenFrame* m_frame;
    CurtainView* m_curtain = nullptr;
};

} // namespace conclave::ui
