// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/deviationdialog.h"

#include "ui/widgets/formfield.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace conclave::ui {

namespace {
constexpr int kLongestText = 4000;
constexpr int kTextHeight = 110;
} // namespace

DeviationDialog::DeviationDialog(bool rehearsal, QWidget* parent)
    : Dialog(tr("Note a deviation"), rehearsal, parent)
    , m_text(new QPlainTextEdit(this))
    , m_by(new QLineEdit(this))
{
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(kTextHeight);
    body()->addWidget(new FormField(tr("&What was different from the plan"), m_text, this));
    body()->addWidget(new FormField(tr("Who &says it"), m_by, this));
    addReject(tr("&Cancel"));
    Button* record = addAccept(tr("&Record it"));
    record->setEnabled(false);
    const auto judge = [this, record] {
        record->setEnabled(!text().isEmpty() && text().size() <= kLongestText && !by().isEmpty());
    };
    connect(m_text, &QPlainTextEdit::textChanged, this, judge);
    connect(m_by, &QLineEdit::textChanged, this, judge);
    m_text->setFocus();
}

QString DeviationDialog::text() const
{
    return m_text->toPlainText().trimmed();
}

QString DeviationDialog::by() const
{
    return m_by->text().trimmed();
}

} // namespace conclave::ui
