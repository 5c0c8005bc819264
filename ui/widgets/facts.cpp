// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/facts.h"

#include "ui/widgets/label.h"

#include <QGridLayout>

namespace conclave::ui {

namespace {
constexpr int kNameShare = 2;
constexpr int kValueShare = 3;
} // namespace

Facts::Facts(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(space::k16);
    m_grid->setVerticalSpacing(space::k8);
    m_grid->setColumnStretch(0, kNameShare);
    m_grid->setColumnStretch(1, kValueShare);
}

void Facts::add(const QString& name, const QString& value, Type type)
{
    auto* label = new Label(value, type, Token::Text, this);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_grid->addWidget(new Label(name, Type::Body, Token::Muted, this), m_rows, 0, Qt::AlignTop);
    m_grid->addWidget(label, m_rows, 1, Qt::AlignTop);
    ++m_rows;
}

} // namespace conclave::ui
