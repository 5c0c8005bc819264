// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/revealpage.h"

#include "core/base/hex.h"
#include "ui/pages/sheetprintpanel.h"
#include "ui/pages/turnwords.h"
#include "ui/print/sheetprinting.h"
#include "ui/shell/onlookerline.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/readaloud.h"
#include "ui/widgets/sharecard.h"

#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

RevealPage::RevealPage(Ceremony& ceremony)
    : Page(ceremony)
    , m_card(new ShareCard(this))
    , m_countdown(new Label({}, Type::Strong, Token::Text, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k12);
    if (mode() == SheetMode::Printed) {
        m_printing = &SheetPrinting::of(ceremony);
        layout->addWidget(new SheetPrintPanel(*m_printing, custodian(), this));
        connect(m_printing, &SheetPrinting::changed, this, &RevealPage::judge);
    }
    layout->addWidget(m_card);
    layout->addWidget(
        new Label(tr("Pairs use only 0–9 and a–f. A zero has a stroke: 0. The letter O is never used."),
            Type::Hint, Token::Muted, this));
    auto* line = new QHBoxLayout;
    auto* more = new Button(tr("&More time"), Button::Look::Secondary, this);
    more->setSmall(true);
    line->addWidget(m_countdown, 1);
    line->addWidget(more);
    layout->addLayout(line);
    m_readAloud = new ReadAloud(this);
    layout->addWidget(m_readAloud);
    layout->addStretch(1);
    layout->addWidget(new OnlookerLine(OnlookerLine::Place::Turn, this));
    if (const dkek::CustodianShare* share = ceremony.shareOnShow()) {
        const Bytes prime = fromHex(state().set(ceremony.turnSet())->made->prime).value_or(Bytes{});
        const SecretBytes* code = ceremony.checkCodeOnShow();
        const SecretBytes none;
        m_card->show(SecretBytes(prime), share->id, share->value, code ? *code : none);
    }
    connect(m_readAloud, &ReadAloud::switched, this, [this](bool on) {
        if (!on)
            return;
        this->ceremony().noteReadAloud();
        m_readAloud->offer(m_card->lines());
    });
    // Whoever listens does not see the time run out.
    connect(m_readAloud, &ReadAloud::asked, this, [this] {
        m_left = std::max(m_left, kCountdown);
        tick();
    });
    connect(more, &QAbstractButton::clicked, this, [this] {
        m_left += kCountdown;
        tick();
    });
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, [this] {
        --m_left;
        tick();
    });
    m_second.start();
    tick();
}

void RevealPage::tick()
{
    if (m_left.count() <= 0) {
        cover();
        return;
    }
    m_countdown->setText(tr("Covers itself in %1").arg(elapsedTime(m_left.count() * 1000)));
}

SheetMode RevealPage::mode() const
{
    return state().set(ceremony().turnSet())->sheets.mode;
}

int RevealPage::custodian() const
{
    return state().custodianNumber(ceremony().turnSet(), ceremony().turnId());
}

QString RevealPage::title() const
{
    return mode() == SheetMode::Printed ? tr("Print your share") : tr("Write down your share");
}

QString RevealPage::lead() const
{
    switch (mode()) {
    case SheetMode::Blank:
        return tr("Copy every value onto sheet %1. On the next screen you type it back from the sheet.")
            .arg(custodian());
    case SheetMode::Printed:
        return tr("Print sheet %1 and take it at once. On the next screen you type it back from the sheet.")
            .arg(custodian());
    case SheetMode::None:
        return tr("Copy every value with its name. On the next screen you type it back from your paper.");
    }
    return {};
}

RoleBanner::Content RevealPage::banner() const
{
    return turnBanner(ceremony(), tr("Only share %1 is shown now.").arg(custodian()));
}

QString RevealPage::railSubline() const
{
    return turnSubline(ceremony());
}

void RevealPage::fillFooter(FooterBar& footer)
{
    Button* coverNow = footer.addStart(new Button(tr("&Cover now"), Button::Look::Secondary));
    coverNow->setIcon(icon(Icon::EyeOff));
    coverNow->setShortcutHint(tr("Esc"));
    connect(coverNow, &QAbstractButton::clicked, this, &RevealPage::cover);
    if (m_printing) {
        m_print
            = footer.addStart(new Button(tr("&Print sheet %1").arg(custodian()), Button::Look::Secondary));
        m_print->setObjectName(QStringLiteral("printSheet"));
        m_print->setIcon(icon(Icon::Print));
        connect(m_print, &QAbstractButton::clicked, this, &RevealPage::print);
    }
    m_noted = footer.addEnd(
        new Button(m_printing ? tr("I have my sheet. C&heck it") : tr("I have noted it. C&heck it"),
            Button::Look::Primary));
    footer.setPrimary(m_noted);
    connect(m_noted, &QAbstractButton::clicked, this, [this] { static_cast<void>(ceremony().beginProof()); });
}

void RevealPage::render()
{
    judge();
}

/// While a sheet is printed nobody knows whether it is right.
void RevealPage::judge()
{
    const bool printing = m_printing && (m_printing->running() || state().printing);
    if (m_noted)
        m_noted->setEnabled(!printing);
    if (m_print && m_print->isEnabled() == printing) {
        m_print->setEnabled(!printing);
        if (!printing)
            m_print->setFocus(); // it was on the button that stops
    }
}

void RevealPage::print()
{
    if (m_printing)
        m_printing->print();
}

void RevealPage::leave()
{
    m_card->clear();
    m_readAloud->clear();
    m_second.stop();
}

void RevealPage::cover()
{
    static_cast<void>(ceremony().dropCurtain());
}

} // namespace conclave::ui
