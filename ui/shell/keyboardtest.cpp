// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/keyboardtest.h"

#include "ui/theme/theme.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"

#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

namespace {

QString sample()
{
    return QStringLiteral("azqwyM-_@#/019");
}

} // namespace

KeyboardTest::KeyboardTest(bool rehearsal, QWidget* parent)
    : Dialog(tr("Does the keyboard type what its keys say?"), rehearsal, parent)
    , m_typed(new QLineEdit(this))
    , m_verdict(new Note(Note::Kind::Info, {}, this))
{
    body()->addWidget(
        new Label(tr("Type these characters. They are where keyboards of several countries differ. Do not "
                     "type a password here."),
            Type::Body, Token::Text, this));
    auto* characters = new Label(sample(), Type::SerialLarge, Token::Text, this);
    characters->setLayoutDirection(Qt::LeftToRight);
    body()->addWidget(characters);
    m_typed->setMaxLength(static_cast<int>(sample().size()));
    m_typed->setLayoutDirection(Qt::LeftToRight);
    body()->addWidget(new FormField(tr("&Type this"), m_typed, this));
    body()->addWidget(m_verdict);
    addReject(tr("&Close"));
    connect(m_typed, &QLineEdit::textChanged, this, &KeyboardTest::judge);
    m_typed->setFocus();
    judge();
}

void KeyboardTest::judge()
{
    const QString typed = m_typed->text();
    const QString expected = sample();
    const auto [wrong, right] = std::mismatch(typed.begin(), typed.end(), expected.begin(), expected.end());
    if (wrong != typed.end()) {
        m_verdict->setKind(Note::Kind::Warn);
        m_verdict->setText(
            tr("The key for %1 types %2. Set the keyboard’s layout in the system before you type a secret.")
                .arg(*right)
                .arg(*wrong));
    } else if (typed.size() == expected.size()) {
        m_verdict->setKind(Note::Kind::Ok);
        m_verdict->setText(tr("The keyboard types what its keys say."));
    } else {
        m_verdict->setKind(Note::Kind::Info);
        m_verdict->setText(
            tr("%n character(s) to go.", nullptr, static_cast<int>(expected.size() - typed.size())));
    }
}

} // namespace conclave::ui
