// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/secretentries.h"

#include "ui/theme/theme.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/note.h"
#include "ui/widgets/showbutton.h"

#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

SecretEntries::SecretEntries(const std::vector<Entry>& entries, QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    for (const Entry& entry : entries) {
        Row row{ entry };
        const auto longest = static_cast<int>(entry.longest);
        row.field = new SecretField(entry.accept, longest, this);
        row.whole = secretFormField(entry.label, row.field, this);
        layout->addWidget(row.whole);
        if (!entry.again.isEmpty()) {
            row.again = new SecretField(entry.accept, longest, this);
            row.againWhole = new FormField(entry.again, row.again, this);
            layout->addWidget(row.againWhole);
        }
        m_rows.push_back(row);
    }
    m_refused = new Note(Note::Kind::Warn, {}, this);
    m_refused->hide();
    layout->addWidget(m_refused);
    for (const Row& row : m_rows) {
        for (SecretField* field : { row.field, row.again }) {
            if (!field)
                continue;
            connect(field, &SecretField::changed, this, &SecretEntries::judge);
            connect(field, &SecretField::refused, this, [this](const QString& reason) {
                m_refused->setText(reason);
                m_refused->show();
            });
        }
    }
    judge();
}

bool SecretEntries::same(const Row& row)
{
    return !row.again || SecretBytes(row.field->view()) == SecretBytes(row.again->view());
}

bool SecretEntries::complete() const
{
    return std::ranges::all_of(
        m_rows, [](const Row& row) { return row.field->length() >= row.entry.shortest && same(row); });
}

SecretBytes SecretEntries::take(std::size_t entry)
{
    const Row& row = m_rows.at(entry);
    if (row.again)
        row.again->clear();
    return row.field->take();
}

void SecretEntries::clear()
{
    for (const Row& row : m_rows) {
        row.field->clear();
        if (row.again)
            row.again->clear();
    }
}

void SecretEntries::judge()
{
    for (const Row& row : m_rows) {
        const std::size_t length = row.field->length();
        const bool full = length == row.entry.longest && !row.entry.longestHint.isEmpty();
        row.whole->setHint(full ? row.entry.longestHint : row.entry.hint);
        if (row.again)
            row.againWhole->setError(length > 0 && row.again->length() >= length && !same(row)
                    ? tr("The two differ.")
                    : QString());
    }
    Q_EMIT edited();
}

} // namespace conclave::ui
