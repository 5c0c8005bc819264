// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/sopintries.h"

#include "ui/theme/theme.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/note.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace conclave::ui {

namespace {
constexpr int kWarned = 5;
constexpr int kTyped = 3; // the officer types the number left
} // namespace

SoPinTries::SoPinTries(std::optional<int> tries, QWidget* parent)
    : QWidget(parent)
    , m_tries(tries)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k12);
    setVisible(tries && *tries <= kWarned);
    if (!tries || *tries > kWarned)
        return;
    layout->addWidget(new Note(*tries <= kTyped ? Note::Kind::Danger : Note::Kind::Warn,
        tr("Only %n SO-PIN tries are left. At 0 the device can never be initialised again.", nullptr, *tries),
        this));
    if (*tries > kTyped)
        return;
    m_typed = new QLineEdit(this);
    layout->addWidget(new FormField(
        *tries == 1 ? tr("Type LAST TRY to go on") : tr("Type the number of tries left to go on"), m_typed,
        this));
    connect(m_typed, &QLineEdit::textChanged, this, &SoPinTries::edited);
}

bool SoPinTries::confirmed() const
{
    return !m_typed
        || m_typed->text().trimmed()
        == (m_tries == 1 ? QStringLiteral("LAST TRY") : QString::number(*m_tries));
}

} // namespace conclave::ui
