// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/ceremony.h"
#include "ui/shell/pagekey.h"

#include <QPointer>
#include <QWidget>

#include <functional>
#include <map>
#include <memory>
#include <optional>

class QScrollArea;
class QStackedLayout;
class QVBoxLayout;

namespace conclave::ui {

class CurtainRules;
class FooterBar;
class Label;
class Page;
class Rail;
class RoleBanner;
class Button;
class ScreenFrame;

/// The frame around the page of a running ceremony: rail, banner, title, lead, page, footer; the curtain
/// covers it. Shows what pageFor() says, and drops the curtain when the people at the screen may have
/// changed.
class CeremonyView : public QWidget {
    Q_OBJECT

public:
    using PageFactory = std::function<Page*(PageId)>;

    CeremonyView(ceremony::Ceremony& ceremony, PageFactory factory, QWidget* parent = nullptr);
    ~CeremonyView() override;

    [[nodiscard]] Page* page() const;
    [[nodiscard]] PageId pageId() const { return m_key->id; }
    [[nodiscard]] FooterBar& footer() const { return *m_footer; }
    /// Asks whether to pause; "Quit" during a ceremony is Pause, too.
    void askPause();
    void noteDeviation();
    /// A secret is on screen or being typed: the window must not close under it.
    [[nodiscard]] bool insideTurn() const;
    /// Covers what is secret, now.
    void cover();

    // Keys of the window (ui.md, 6)
    void pressEscape();
    void showHelp();
    void lookAgain();
    void print();
    void readOut();
    void nextRegion(bool forward);
    void goBack();

Q_SIGNALS:
    /// The page, or whose turn it is, has changed and has been laid out.
    void pageChanged(conclave::ui::PageId id);
    /// The ceremony is closed or paused, and the people want to leave it.
    void leaveRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void update();
    void show(PageKey key);
    void place();
    void renderFrame();
    void renderRail();
    void fillFooter();
    void setCompact(bool compact);
    void fitLead();
    void takeFocus();
    void followFocus(QWidget* from, const QWidget* to);
    [[nodiscard]] bool rehearsal() const;
    [[nodiscard]] QString safetyNote() const;
    /// Of a drill, when its keys were tried.
    [[nodiscard]] QString cleaningNote() const;
    void askEndDrill();

    ceremony::Ceremony& m_ceremony;
    PageFactory m_factory;
    std::optional<PageKey> m_key;
    QPointer<Page> m_page;
    std::map<PageId, Page*> m_kept; ///< pages whose forms outlive a visit
    bool m_compact = false;

    QStackedLayout* m_layers;
    QWidget* m_frame;
    QWidget* m_coverLayer;
    QVBoxLayout* m_coverSlot;
    Rail* m_rail;
    ScreenFrame* m_screen;
    RoleBanner* m_banner;
    QScrollArea* m_scroll;
    Label* m_title;
    Label* m_lead;
    Button* m_leadButton;
    QVBoxLayout* m_pageSlot;
    FooterBar* m_footer;
    QPointer<Button> m_endDrill; ///< in the footer, where a drill may be ended
    CurtainRules* m_curtainRules;
};

} // namespace conclave::ui
