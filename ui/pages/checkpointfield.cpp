// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/checkpointfield.h"

#include "ui/text/errortext.h"
#include "ui/theme/theme.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/tick.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace conclave::ui {

namespace {
constexpr qsizetype kCodeCharacters = 8;
}

CheckpointField::CheckpointField(QWidget* parent)
    : QWidget(parent)
    , m_code(new QLineEdit(this))
    , m_none(new Tick(tr("We have none"), this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    m_code->setFont(Theme::instance().font(Type::ValueBold));
    m_field = new FormField(tr("Checkpoint &code, as written down at the pause"), m_code, this);
    layout->addWidget(m_field);
    layout->addWidget(m_none);
    connect(m_code, &QLineEdit::textChanged, this, &CheckpointField::judge);
    connect(m_none, &QAbstractButton::toggled, this, &CheckpointField::judge);
}

bool CheckpointField::complete() const
{
    QString code = m_code->text();
    return m_none->isChecked() || code.remove(QLatin1Char(' ')).size() == kCodeCharacters;
}

std::optional<QString> CheckpointField::code() const
{
    return m_none->isChecked() ? std::nullopt : std::optional(m_code->text());
}

void CheckpointField::showError(const Error& error)
{
    m_field->setError(errorSentence(error));
}

QWidget* CheckpointField::firstField() const
{
    return m_code;
}

void CheckpointField::judge()
{
    m_code->setEnabled(!m_none->isChecked());
    m_field->setError({});
    Q_EMIT changed();
}

} // namespace conclave::ui
