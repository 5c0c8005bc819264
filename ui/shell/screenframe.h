// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QHBoxLayout;
class QScrollArea;
class QVBoxLayout;

namespace conclave::ui {

class FooterBar;
class Label;
class RoleBanner;

/// What every screen is made of: banner, then title, lead and content, which scroll, aids for typing secrets,
/// and the footer.
class ScreenFrame : public QWidget {
    Q_OBJECT

public:
    explicit ScreenFrame(bool rehearsal, QWidget* parent = nullptr);

    [[nodiscard]] RoleBanner* banner() const { return m_banner; }
    [[nodiscard]] QHBoxLayout* heading() const { return m_heading; } ///< the title's row
    [[nodiscard]] Label* title() const { return m_title; }
    [[nodiscard]] Label* lead() const { return m_lead; }
    [[nodiscard]] QScrollArea* scroll() const { return m_scroll; }
    [[nodiscard]] QWidget* content() const { return m_content; } ///< parent of what goes into the body
    [[nodiscard]] QVBoxLayout* body() const { return m_body; } ///< below the lead
    [[nodiscard]] FooterBar* footer() const { return m_footer; }

    void scrollToTop();
    void setCompact(bool compact);
    /// Whether a window of this size has compact screens (ui.md, 2).
    [[nodiscard]] static bool isCompact(QSize window);

private:
    RoleBanner* m_banner;
    QScrollArea* m_scroll;
    QWidget* m_content;
    QHBoxLayout* m_heading;
    Label* m_title;
    Label* m_lead;
    QVBoxLayout* m_body;
    FooterBar* m_footer;
};

} // namespace conclave::ui
