// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

#include <QTimer>

#include <chrono>

namespace conclave::ui {

class Button;
class Label;
class ReadAloud;
class ShareCard;
class SheetPrinting;

/// The one time that a custodian sees the share.
class RevealPage : public Page {
    Q_OBJECT
public:
    /// Covers itself after this time; "More time" adds as much (formats.md, Rules with numbers).
    static constexpr std::chrono::seconds kCountdown{ 180 };

    explicit RevealPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    void leave() override;
    [[nodiscard]] bool insideTurn() const override { return true; }
    [[nodiscard]] bool coversWhenIdle() const override { return false; }
    void cover() override;
    void render() override;
    void print() override;

private:
    void tick();
    [[nodiscard]] ceremony::SheetMode mode() const;
    [[nodiscard]] int custodian() const;
    void judge();

    ShareCard* m_card;
    ReadAloud* m_readAloud = nullptr;
    Label* m_countdown;
    std::chrono::seconds m_left = kCountdown;
    QTimer m_second;
    SheetPrinting* m_printing = nullptr; ///< for printed sheets only
    Button* m_print = nullptr;
    Button* m_noted = nullptr;
};

} // namespace conclave::ui
