// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/plainsheetentry.h"

#include "core/base/hex.h"
#include "core/dkek/checkpairs.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/hexentry.h"
#include "ui/widgets/label.h"
#include "ui/widgets/readaloud.h"
#include "ui/widgets/tag.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QRegularExpressionValidator>

#include <algorithm>

namespace conclave::ui {

namespace {
constexpr int kNameWidth = 170;
constexpr int kIdWidth = 72;
} // namespace

QString primeRows(ByteView prime)
{
    QStringList rows;
    for (std::size_t at = 0; at < prime.size(); at += dkek::kPairsInRow)
        rows << ltr(toHexPairs(prime.subspan(at, std::min(dkek::kPairsInRow, prime.size() - at))));
    return rows.join(QLatin1Char('\n'));
}

PlainSheetEntry::PlainSheetEntry(const Bytes& prime, QWidget* parent)
    : Card({}, parent)
    , m_id(new QLineEdit(this))
    , m_value(new HexEntry(static_cast<int>(prime.size()), tr("Share value"), this))
{
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(space::k16);
    grid->setVerticalSpacing(space::k12);
    grid->setColumnMinimumWidth(0, kNameWidth);
    grid->setColumnStretch(1, 1);

    addName(*grid, 0, tr("Prime"), tr("As the first custodian typed it"));
    auto* primeLine = new QHBoxLayout;
    primeLine->setSpacing(space::k16);
    auto* rows = new Label(primeRows(prime), Type::Value, Token::Text, this);
    rows->setWordWrap(false);
    primeLine->addWidget(rows);
    primeLine->addWidget(new Tag(TagKind::Info, tr("Compare with your sheet"), this), 0, Qt::AlignVCenter);
    primeLine->addStretch();
    grid->addLayout(primeLine, 0, 1);

    m_id->setAccessibleName(tr("Share ID"));
    m_id->setObjectName(QStringLiteral("shareId"));
    m_id->setFont(Theme::instance().font(Type::ValueBold));
    m_id->setAlignment(Qt::AlignCenter);
    m_id->setFixedWidth(kIdWidth);
    m_id->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9A-Fa-f]{0,2}")), m_id));
    addName(*grid, 1, tr("Share ID"),
        tr("As it stands on the sheet. Whether a number from 10 on is decimal or hex is found out: both are "
           "tried."));
    grid->addWidget(m_id, 1, 1, Qt::AlignLeft | Qt::AlignVCenter);

    addName(*grid, 2, tr("Share value"),
        tr("If it has fewer pairs than the prime, type 00 for each missing pair at the beginning."));
    grid->addWidget(m_value, 2, 1);
    body()->addLayout(grid);
    auto* aloud = new ReadAloud(this);
    body()->addWidget(aloud);

    connect(aloud, &ReadAloud::switched, this, [this](bool on) {
        m_value->setReadAloud(on);
        if (!on)
            return;
        Q_EMIT readAloud();
        m_value->setFocus();
    });
    connect(m_id, &QLineEdit::textChanged, this, &PlainSheetEntry::changed);
    connect(m_value, &HexEntry::changed, this, &PlainSheetEntry::changed);
    connect(m_value, &HexEntry::refused, this, &PlainSheetEntry::refused);
}

void PlainSheetEntry::addName(QGridLayout& grid, int line, const QString& text, const QString& hint)
{
    auto* box = new QVBoxLayout;
    box->setSpacing(0);
    box->addWidget(new Label(text, Type::FieldName, Token::Text, this));
    box->addWidget(new Label(hint, Type::Hint, Token::Muted, this));
    box->addStretch();
    grid.addLayout(box, line, 0);
}

QString PlainSheetEntry::id() const
{
    return m_id->text();
}

bool PlainSheetEntry::complete() const
{
    return !m_id->text().isEmpty() && m_value->complete();
}

dkek::TypedShare PlainSheetEntry::sheet() const
{
    return { m_id->text(), m_value->value() };
}

void PlainSheetEntry::clear()
{
    m_value->clear();
    m_id->clear();
}

void PlainSheetEntry::setConcealed(bool concealed)
{
    m_value->setConcealed(concealed);
}

QWidget* PlainSheetEntry::firstField() const
{
    return m_id;
}

} // namespace conclave::ui
