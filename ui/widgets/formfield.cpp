// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/formfield.h"

#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QVBoxLayout>

namespace conclave::ui {

namespace {
constexpr int kLabelToField = 6;
}

FormField::FormField(const QString& label, QWidget* field, QWidget* parent)
    : QWidget(parent)
    , m_line(new QHBoxLayout)
    , m_error(new Label({}, Type::Hint, Token::Danger, this))
    , m_hint(new Label({}, Type::Hint, Token::Muted, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kLabelToField);
    auto* name = new Label(label, Type::FieldName, Token::Text, this);
    name->setBuddy(field);
    layout->addWidget(name);
    m_line->setSpacing(space::k8);
    m_line->addWidget(field, 1);
    layout->addLayout(m_line);
    layout->addWidget(m_hint);
    layout->addWidget(m_error);
    layout->addStretch(); // fields side by side stay level
    m_error->hide();
    m_hint->hide();
    QString spoken = label;
    field->setAccessibleName(spoken.remove(QLatin1Char('&')));
}

void FormField::setError(const QString& error)
{
    m_error->setText(error);
    m_error->setVisible(!error.isEmpty());
}

void FormField::setHint(const QString& hint)
{
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
}

void FormField::addBeside(QWidget* widget)
{
    m_line->addWidget(widget);
}

} // namespace conclave::ui
