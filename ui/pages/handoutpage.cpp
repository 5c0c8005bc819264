// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/handoutpage.h"

#include "ui/pages/sharefilecopies.h"
#include "ui/pages/sheetchoice.h"
#include "ui/print/sheetprinter.h"
#include "ui/shell/dialog.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/note.h"

#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {

bool anyTurnBegan(const CeremonyState& state)
{
    return std::any_of(state.sets.begin(), state.sets.end(), [](const ShareSet& set) {
        return std::any_of(
            set.holders.begin(), set.holders.end(), [](const Holder& holder) { return holder.begun; });
    });
}

} // namespace

HandOutPage::HandOutPage(Ceremony& ceremony)
    : Page(ceremony)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    m_voided = new Note(Note::Kind::Warn,
        tr("The hand-out was cut, so the shares shown before are void. New shares were made. Destroy the "
           "sheets already written."),
        this);
    layout->addWidget(m_voided);
    m_made = new Card(state().passwordsOnly() ? tr("What is made") : tr("The set is made and saved"), this);
    m_files = new QVBoxLayout;
    m_made->body()->addLayout(m_files);
    layout->addWidget(m_made);

    m_copies = new ShareFileCopies(ceremony, this);
    layout->addWidget(m_copies);
    std::vector<int> withSheets;
    for (std::size_t i = 0; i < state().sets.size(); ++i) {
        if (!state().sets[i].rule.isPassword())
            withSheets.push_back(static_cast<int>(i) + 1);
    }
    for (const int number : withSheets) {
        auto* sheets = new SheetChoice(ceremony, number, withSheets.size() == 1, this);
        connect(sheets, &SheetChoice::changed, this, &HandOutPage::judge);
        m_sheets.push_back(sheets);
        layout->addWidget(sheets);
    }
    layout->addStretch(1);
    connect(m_copies, &ShareFileCopies::changed, this, &HandOutPage::judge);
}

QString HandOutPage::title() const
{
    return state().passwordsOnly() ? tr("Choose the passwords") : tr("Hand out shares");
}

QString HandOutPage::lead() const
{
    return state().passwordsOnly()
        ? tr("The holder of each password steps up, chooses it, and types it again. Nobody else looks.")
        : tr("One custodian after the other steps up, sees the share, notes it, and types it back. Nobody "
             "else looks.");
}

RoleBanner::Content HandOutPage::banner() const
{
    return officerActs(state().passwordsOnly() ? tr("Custodians: think of a password.")
                                               : tr("Custodians: have a sheet and a pen ready."));
}

QString HandOutPage::railSubline() const
{
    int people = 0;
    for (const ShareSet& set : state().sets)
        people += set.rule.people();
    return tr("%n custodian(s)", nullptr, people);
}

QString HandOutPage::help() const
{
    return tr("A blank sheet has everything but the value, and is filled in by hand. A printed one has the "
              "value, too, and is printed in its custodian’s turn. A share is shown in its "
              "custodian’s turn only; if the hand-out is left early, all shares become void and new ones are "
              "made.");
}

void HandOutPage::fillFooter(FooterBar& footer)
{
    m_print = footer.addStart(new Button(tr("&Print blank sheets…"), Button::Look::Secondary));
    m_print->setObjectName(QStringLiteral("printBlankSheets"));
    m_print->setIcon(icon(Icon::Print));
    connect(m_print, &QAbstractButton::clicked, this, &HandOutPage::print);
    Button* backButton = footer.addEnd(new Button(tr("&Back"), Button::Look::Secondary));
    connect(backButton, &QAbstractButton::clicked, this, &HandOutPage::back);
    m_start = footer.addEnd(new Button(tr("&Start the hand-out"), Button::Look::Primary));
    footer.setPrimary(m_start);
    connect(m_start, &QAbstractButton::clicked, this, &HandOutPage::start);
}

void HandOutPage::render()
{
    while (QLayoutItem* item = m_files->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    bool voided = false;
    for (const ShareSet& set : state().sets) {
        voided = voided || !set.voided.empty();
        if (!set.made && !set.rule.isPassword())
            continue; // could not be made so far
        auto* facts = new Facts(this);
        if (set.made) {
            facts->add(tr("Share file"), set.made->file, Type::Value);
            facts->add(tr("Set"), ltr(set.made->set), Type::Value);
            facts->add(tr("Rule"), ruleName(set.rule));
            facts->add(tr("SHA-256"), ltr(shortFingerprint(set.made->sha256)), Type::Value);
            if (const QString proof = setProof(*set.made); !proof.isEmpty())
                facts->add(tr("Proof"), proof);
        } else {
            facts->add(tr("Share file"), set.rule.name.isEmpty() ? ruleName(set.rule) : set.rule.name);
            facts->add(tr("Rule"), tr("Made when its holder has chosen the password"));
        }
        m_files->addWidget(facts);
    }
    m_made->setVisible(m_files->count() > 0);
    m_voided->setVisible(voided);
    m_copies->setVisible(m_copies->hasFiles());
    judge();
    // The officer starts the hand-out once; from then on each turn leads to the next one.
    if (anyTurnBegan(state()) && ceremony().work().kind == WorkKind::None && !ceremony().trouble())
        QTimer::singleShot(0, this, [this] { static_cast<void>(ceremony().startHandOut()); });
}

void HandOutPage::judge()
{
    if (m_print)
        m_print->setVisible(std::ranges::any_of(
            m_sheets, [](const SheetChoice* sheets) { return !sheets->blank().empty(); }));
    if (m_start)
        // Also when sets could not be made: starting makes them.
        m_start->setEnabled(!ceremony().writing() && ceremony().work().kind == WorkKind::None
            && (m_copies->enough() || !m_copies->hasFiles())
            && std::all_of(m_sheets.begin(), m_sheets.end(),
                [](const SheetChoice* sheets) { return sheets->complete(); }));
}

QWidget* HandOutPage::initialFocus()
{
    return m_copies->isVisibleTo(this) ? m_copies : nullptr;
}

void HandOutPage::print()
{
    for (const PaperSize paper : { PaperSize::A4, PaperSize::Letter }) {
        std::vector<SheetFacts> all;
        for (const SheetChoice* sheets : m_sheets) {
            if (sheets->choice().paper == paper)
                std::ranges::move(sheets->blank(), std::back_inserter(all));
        }
        sheetprinter::printBlank(std::move(all), this); // one job has one paper
    }
}

void HandOutPage::start()
{
    std::vector<SheetsChosen> chosen;
    for (const SheetChoice* sheets : m_sheets) {
        const SheetsChosen choice = sheets->choice();
        if (choice != state().set(choice.number)->sheets)
            chosen.push_back(choice);
    }
    if (ceremony().chooseSheets(chosen))
        static_cast<void>(ceremony().startHandOut());
}

void HandOutPage::back()
{
    const bool begun = anyTurnBegan(state());
    ask(this, ceremony().rehearsal(), tr("Choose the scheme again?"),
        begun ? tr("All shares of this round become void. Destroy the sheets already written.")
              : tr("The set that was made becomes void. No share of it was shown."),
        tr("&Keep going"), tr("&Go back"),
        [this] { static_cast<void>(ceremony().goBack(BackTarget::Scheme)); });
}

} // namespace conclave::ui
