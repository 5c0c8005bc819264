// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/sheetchoice.h"

#include "core/ceremony/ceremony.h"
#include "ui/pages/printerchoice.h"
#include "ui/pages/sheetpreview.h"
#include "ui/print/sheetfacts.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/choicecard.h"
#include "ui/widgets/formfield.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QLocale>
#include <QVBoxLayout>

namespace conclave::ui {

using namespace ceremony;

namespace {

QString heading(const CeremonyState& state, int shareFile, bool alone)
{
    if (alone)
        return SheetChoice::tr("Sheets");
    const QString& name = state.set(shareFile)->rule.name;
    return name.isEmpty()
        ? SheetChoice::tr("Sheets of share file %1").arg(shareFile)
        : SheetChoice::tr("Sheets of share file %1, %2").arg(QString::number(shareFile), name);
}

/// With several sets no key can belong to one of them.
QString withoutKey(QString text, bool alone)
{
    return alone ? text : text.remove(QLatin1Char('&'));
}

PaperSize usualPaper()
{
    return QLocale::system().measurementSystem() == QLocale::ImperialUSSystem ? PaperSize::Letter
                                                                              : PaperSize::A4;
}

} // namespace

SheetChoice::SheetChoice(const Ceremony& ceremony, int shareFile, bool alone, QWidget* parent)
    : Card(heading(ceremony.state(), shareFile, alone), parent)
    , m_ceremony(ceremony)
    , m_shareFile(shareFile)
    , m_modes(new QButtonGroup(this))
{
    addModes(alone);
    addPaper(alone);
    const SheetsChosen& before = m_ceremony.state().set(shareFile)->sheets;
    const bool chosen = before.number != 0;
    const bool possible = before.mode != SheetMode::Printed || canStreamPages();
    m_cards[static_cast<std::size_t>(possible ? before.mode : SheetMode::Blank)]->setChecked(true);
    m_paper->setCurrentIndex(m_paper->findData(static_cast<int>(chosen ? before.paper : usualPaper())));
    m_size->setCurrentIndex(before.largePrint ? 1 : 0);
    connect(m_modes, &QButtonGroup::idToggled, this, &SheetChoice::choose);
    for (QComboBox* box : { m_paper, m_size })
        connect(box, &QComboBox::currentIndexChanged, this, &SheetChoice::changed);
    choose();
}

void SheetChoice::addModes(bool alone)
{
    const std::array<std::pair<QString, QString>, 3> words{ {
        { tr("Blank sheets, &filled in by hand"),
            tr("No printer gets to know a value. Risk: a slip of the pen, which typing it back finds.") },
        { tr("Sheets printed &with their values"),
            canStreamPages() ? tr(
                "No slip of the pen. Risk: the printer and this computer’s printing system get to know the "
                "value, and may keep it.")
                             : tr("Not offered: on this system a page passes through files that this program "
                                  "cannot wipe. It "
                                  "needs CUPS.") },
        { tr("N&o sheets"),
            tr("Nothing is printed. Risk: what is written on other paper may lack what a restore needs, "
               "names and check pairs to begin with.") },
    } };
    auto* cards = new QVBoxLayout;
    cards->setSpacing(space::k4); // the cards keep room for their focus rings
    for (std::size_t i = 0; i < words.size(); ++i) {
        m_cards[i] = new ChoiceCard(withoutKey(words[i].first, alone), words[i].second, this);
        m_modes->addButton(m_cards[i], static_cast<int>(i));
        cards->addWidget(m_cards[i]);
        if (static_cast<SheetMode>(i) != SheetMode::Printed)
            continue;
        m_cards[i]->setObjectName(QStringLiteral("printedSheets"));
        m_cards[i]->setEnabled(canStreamPages());
        m_printer = new PrinterChoice(this);
        m_cards[i]->body()->addWidget(m_printer);
    }
    body()->addLayout(cards);
    connect(m_printer, &PrinterChoice::changed, this, &SheetChoice::changed);
}

void SheetChoice::addPaper(bool alone)
{
    m_paperLine = new QWidget(this);
    m_paper = new QComboBox(this);
    m_size = new QComboBox(this);
    m_paper->setObjectName(QStringLiteral("paper"));
    m_size->setObjectName(QStringLiteral("size"));
    for (const PaperSize paper : { PaperSize::A4, PaperSize::Letter })
        m_paper->addItem(paperName(paper), static_cast<int>(paper));
    m_size->addItem(tr("Normal"));
    m_size->addItem(tr("Large print, without the share file"));
    auto* layout = new QVBoxLayout(m_paperLine);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k12);
    auto* fields = new QHBoxLayout;
    fields->setSpacing(space::k16);
    fields->addWidget(new FormField(withoutKey(tr("Pape&r"), alone), m_paper, this), 1);
    fields->addWidget(new FormField(withoutKey(tr("Si&ze of the value"), alone), m_size, this), 2);
    layout->addLayout(fields);
    auto* preview = new Button(withoutKey(tr("Pre&view…"), alone), Button::Look::Secondary, this);
    preview->setObjectName(QStringLiteral("previewSheet"));
    preview->setIcon(icon(Icon::Eye));
    layout->addWidget(preview, 0, Qt::AlignLeft);
    body()->addWidget(m_paperLine);
    connect(preview, &QAbstractButton::clicked, this, &SheetChoice::preview);
}

SheetsChosen SheetChoice::choice() const
{
    SheetsChosen chosen;
    chosen.number = m_shareFile;
    chosen.mode = static_cast<SheetMode>(m_modes->checkedId());
    chosen.paper = static_cast<PaperSize>(m_paper->currentData().toInt());
    chosen.largePrint = m_size->currentIndex() == 1;
    if (chosen.mode == SheetMode::Printed)
        m_printer->tell(chosen);
    return chosen;
}

bool SheetChoice::complete() const
{
    return choice().mode != SheetMode::Printed || m_printer->complete();
}

void SheetChoice::choose()
{
    const SheetMode mode = choice().mode;
    m_paperLine->setVisible(mode != SheetMode::None);
    if (mode == SheetMode::Printed)
        m_printer->look();
    Q_EMIT changed();
}

std::vector<SheetFacts> SheetChoice::sheets() const
{
    std::vector<SheetFacts> all = blankSheets(m_ceremony, m_shareFile);
    for (SheetFacts& sheet : all) {
        sheet.paper = choice().paper;
        sheet.largePrint = choice().largePrint;
    }
    return all;
}

std::vector<SheetFacts> SheetChoice::blank() const
{
    return choice().mode == SheetMode::Blank ? sheets() : std::vector<SheetFacts>();
}

void SheetChoice::preview()
{
    if (const std::vector<SheetFacts> all = sheets(); !all.empty())
        (new SheetPreview(all.front(), this))->open();
}

} // namespace conclave::ui
