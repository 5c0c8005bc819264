// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/sheetentry.h"

#include "core/dkek/checkpairs.h"
#include "ui/pages/plainsheetentry.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/buttonrow.h"
#include "ui/widgets/codefield.h"
#include "ui/widgets/hexentry.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/readaloud.h"
#include "ui/widgets/sharecard.h"
#include "ui/widgets/tag.h"
#include "ui/widgets/tick.h"

#include <QGridLayout>
#include <QSpinBox>

#include <algorithm>
#include <variant>

namespace conclave::ui {

namespace {

constexpr int kFirstIdInHex = 10; // where the stock tool's hexadecimal form differs
constexpr int kNameWidth = 150;
constexpr int kCodeCharacters = 4;

} // namespace

SheetEntry::SheetEntry(const Bytes& prime, const QString& primeFrom, int total, QWidget* parent)
    : Card({}, parent)
    , m_readAloud(new ReadAloud(this))
    , m_id(new QSpinBox(this))
    , m_value(new HexEntry(static_cast<int>(prime.size()), tr("Share value"), this))
    , m_noPairs(new Tick(tr("My sheet has no check pairs"), this))
    , m_code(new CodeField(kCodeCharacters, this))
    , m_noCode(new Tick(tr("My sheet has no check code"), this))
    , m_note(new Note(Note::Kind::Warn, {}, this))
{
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(space::k16);
    grid->setVerticalSpacing(space::k8);
    grid->setColumnMinimumWidth(0, kNameWidth);
    grid->setColumnStretch(1, 1);

    addName(*grid, 0, tr("Prime"), primeFrom);
    auto* primeLine = new QHBoxLayout;
    primeLine->setSpacing(space::k16);
    auto* rows = new Label(primeRows(prime), Type::Value, Token::Text, this);
    rows->setWordWrap(false);
    primeLine->addWidget(rows);
    primeLine->addWidget(new Tag(TagKind::Info, tr("Compare with your sheet"), this), 0, Qt::AlignVCenter);
    primeLine->addStretch();
    grid->addLayout(primeLine, 0, 1);

    m_id->setRange(0, total);
    m_id->setSpecialValueText(QStringLiteral(" "));
    m_id->setAccessibleName(tr("Share ID"));
    m_id->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_id->setFont(Theme::instance().font(Type::ValueBold));
    m_id->setAlignment(Qt::AlignCenter);
    addName(*grid, 1, tr("Share ID"),
        total >= kFirstIdInHex ? tr("Decimal, as on the sheet. OpenSC’s tool asks for it in hex.")
                               : tr("Decimal, as on the sheet"));
    grid->addWidget(m_id, 1, 1, Qt::AlignLeft);

    m_value->setCheckPairs(dkek::kCheckPairs);
    addName(*grid, 2, tr("Share value"), tr("Type ?? for a pair that cannot be read."));
    auto* ticks = new QHBoxLayout;
    ticks->setSpacing(space::k16);
    ticks->addWidget(m_noPairs, 1);
    QWidget* aloud = m_readAloud->switchApart();
    ticks->addWidget(aloud);
    grid->addLayout(ticks, 2, 1);
    grid->addWidget(m_value, 3, 0, 1, 2);

    addName(*grid, 4, tr("Check code"), tr("4 characters"));
    auto* code = new QHBoxLayout;
    code->setSpacing(space::k16);
    code->addWidget(m_code);
    code->addWidget(m_noCode, 1);
    grid->addLayout(code, 4, 1);
    body()->addLayout(grid);
    m_note->hide();
    body()->addWidget(m_note);
    addReadAloud();
    addRepair();
    m_rows.assign(static_cast<std::size_t>(m_value->rows()), RowState::Open);
    setTabOrder(m_id, m_noPairs);
    setTabOrder(m_noPairs, aloud);
    setTabOrder(aloud, m_value);

    connect(m_id, &QSpinBox::valueChanged, this, &SheetEntry::judgeAllRows);
    connect(m_value, &HexEntry::changed, this, [this] {
        for (int row = 0; row < m_value->rows(); ++row) {
            if (!m_value->rowComplete(row))
                m_rows[static_cast<std::size_t>(row)] = RowState::Open;
        }
        Q_EMIT changed();
    });
    connect(m_value, &HexEntry::rowCompleted, this, [this](int row) { judgeRow(row); });
    connect(m_value, &HexEntry::refused, this, &SheetEntry::say);
    connect(m_code, &CodeField::changed, this, &SheetEntry::changed);
    connect(m_code, &CodeField::refused, this, &SheetEntry::say);
    connect(m_noCode, &QAbstractButton::toggled, this, [this](bool none) {
        m_code->clear();
        m_code->setEnabled(!none);
        Q_EMIT changed();
    });
    connect(m_noPairs, &QAbstractButton::toggled, this, [this](bool none) {
        refuseRepair();
        m_value->setCheckPairs(none ? 0 : dkek::kCheckPairs);
        m_rows.assign(m_rows.size(), RowState::Open);
        Q_EMIT changed();
    });
}

void SheetEntry::addName(QGridLayout& grid, int line, const QString& text, const QString& hint)
{
    auto* box = new QVBoxLayout;
    box->setSpacing(0);
    box->addWidget(new Label(text, Type::FieldName, Token::Text, this));
    box->addWidget(new Label(hint, Type::Hint, Token::Muted, this));
    box->addStretch();
    grid.addLayout(box, line, 0);
}

void SheetEntry::addRepair()
{
    m_repair = new QWidget(this);
    auto* layout = new QVBoxLayout(m_repair);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k8);
    m_repairWords = new Label({}, Type::FieldName, Token::Text, m_repair);
    layout->addWidget(m_repairWords);
    m_repairRow = new ShareCard(m_repair);
    layout->addWidget(m_repairRow);
    auto* question = new QHBoxLayout;
    question->setSpacing(space::k12);
    question->addWidget(
        new Label(tr("Does this exactly match your sheet?"), Type::Strong, Token::Text, m_repair));
    auto* buttons = new ButtonRow(m_repair);
    auto* take = new Button(tr("&Yes, exactly"), Button::Look::Secondary, m_repair);
    auto* refuse = new Button(tr("No, &let me type it"), Button::Look::Secondary, m_repair);
    buttons->add(take);
    buttons->add(refuse);
    question->addWidget(buttons, 1);
    layout->addLayout(question);
    m_repair->hide();
    body()->addWidget(m_repair);
    connect(take, &QAbstractButton::clicked, this, &SheetEntry::takeRepair);
    connect(refuse, &QAbstractButton::clicked, this, [this] {
        m_rows[static_cast<std::size_t>(m_repairing)] = RowState::Kept;
        refuseRepair();
        offerNextRepair();
        m_value->setFocus();
    });
}

void SheetEntry::addReadAloud()
{
    body()->insertWidget(0, m_readAloud); // so that its warning is seen at once
    connect(m_readAloud, &ReadAloud::switched, this, [this](bool on) {
        m_value->setReadAloud(on);
        m_code->setReadAloud(on);
        if (!on)
            return;
        Q_EMIT readAloud();
        if (m_repairing >= 0)
            m_readAloud->offer(m_repairRow->lines());
        else
            m_value->setFocus();
    });
}

int SheetEntry::id() const
{
    return m_id->value();
}

bool SheetEntry::complete() const
{
    const auto fits = [this](std::size_t row) {
        return m_value->checkPairs() == 0 ? m_value->rowComplete(static_cast<int>(row))
                                          : m_rows[row] == RowState::Fits;
    };
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        if (!fits(row))
            return false;
    }
    return id() > 0 && (m_noCode->isChecked() || m_code->complete());
}

dkek::CustodianShare SheetEntry::share() const
{
    return { .id = id(), .value = m_value->value() };
}

bool SheetEntry::hasCheckPairs() const
{
    return m_value->checkPairs() > 0;
}

SecretBytes SheetEntry::checkCode() const
{
    return m_noCode->isChecked() ? SecretBytes() : m_code->value();
}

void SheetEntry::clear()
{
    refuseRepair();
    m_value->clear();
    m_code->clear();
    m_id->setValue(0);
    m_note->hide();
}

void SheetEntry::setConcealed(bool concealed)
{
    m_value->setConcealed(concealed);
    m_code->setConcealed(concealed);
}

QWidget* SheetEntry::firstField() const
{
    return m_id;
}

void SheetEntry::judgeAllRows()
{
    refuseRepair();
    for (int row = 0; row < m_value->rows(); ++row) {
        if (m_value->rowComplete(row))
            judgeRow(row);
    }
    Q_EMIT changed();
}

void SheetEntry::judgeRow(int row)
{
    if (m_value->checkPairs() == 0 || id() == 0)
        return;
    RowState& state = m_rows[static_cast<std::size_t>(row)];
    if (m_repairing == row)
        refuseRepair();
    const SecretBytes typed = m_value->row(row);
    const std::vector<std::size_t> marked = m_value->marked(row);
    const dkek::RowVerdict verdict = dkek::judgeRow({ id(), row + 1 }, typed, marked);
    state = RowState::Wrong;
    if (std::holds_alternative<dkek::RowFits>(verdict)) {
        state = RowState::Fits;
        m_note->hide();
    } else if (const auto* repaired = std::get_if<dkek::RowRepaired>(&verdict)) {
        const QString words = repaired->wrong && marked.empty()
            ? tr("Row %1 fits its check pairs with another pair %2.")
                  .arg(row + 1)
                  .arg(static_cast<int>(*repaired->wrong) + 1)
            : tr("The check pairs of row %1 tell the pairs that cannot be read.").arg(row + 1);
        offerRepair(row, words, repaired->row);
    } else if (const auto* other = std::get_if<dkek::RowOfAnotherPlace>(&verdict)) {
        say(other->place.id == id()
                ? tr("This is row %1 of your sheet, not row %2.").arg(other->place.row).arg(row + 1)
                : tr("This is row %1 of the sheet with share ID %2. Look at the share ID on your sheet.")
                      .arg(other->place.row)
                      .arg(other->place.id));
    } else {
        say(tr("Row %1 does not fit its check pairs: more than one pair is wrong. Compare it pair by pair.")
                .arg(row + 1));
    }
    m_value->setRowWrong(row, state == RowState::Wrong);
    Q_EMIT changed();
}

void SheetEntry::offerRepair(int row, const QString& words, ByteView pairs)
{
    m_note->hide();
    m_repairing = row;
    m_repaired = SecretBytes(pairs);
    m_repairWords->setText(words);
    m_repairRow->showRow(row, m_value->rows(), pairs);
    if (m_readAloud->isOn())
        m_readAloud->offer(m_repairRow->lines());
    m_repair->show();
}

void SheetEntry::takeRepair()
{
    const int row = m_repairing;
    m_value->setRow(row, m_repaired);
    refuseRepair();
    judgeRow(row);
    offerNextRepair();
    m_value->setFocus();
}

/// Of a row whose offer gave way to another one's.
void SheetEntry::offerNextRepair()
{
    for (int row = 0; row < m_value->rows(); ++row) {
        if (m_rows[static_cast<std::size_t>(row)] == RowState::Wrong && m_value->rowComplete(row)) {
            judgeRow(row);
            return;
        }
    }
}

void SheetEntry::refuseRepair()
{
    m_repairing = -1;
    m_repaired.clear();
    m_repairRow->clear();
    m_readAloud->offer({});
    m_repair->hide();
}

void SheetEntry::say(const QString& text)
{
    m_note->setText(text);
    m_note->show();
}

} // namespace conclave::ui
