// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/userpincard.h"

#include "core/ceremony/ceremony.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/secretfield.h"
#include "ui/widgets/showbutton.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace conclave::ui {

namespace {
constexpr int kLongestPin = 16;
constexpr std::size_t kShortestPin = 6;
} // namespace

UserPinCard::UserPinCard(ceremony::Ceremony& ceremony, QWidget* parent)
    : Card({}, parent)
    , m_ceremony(ceremony)
    , m_pin(new SecretField(SecretField::Accept::Ascii, kLongestPin, this))
    , m_pinField(secretFormField(tr("User &PIN"), m_pin, this))
    , m_lastTry(new QLineEdit(this))
    , m_lastTryField(new FormField(tr("One try is left. Type LAST TRY to use it"), m_lastTry, this))
{
    body()->addWidget(m_pinField);
    body()->addWidget(m_lastTryField);
    connect(m_pin, &SecretField::changed, this, &UserPinCard::edited);
    connect(m_lastTry, &QLineEdit::textChanged, this, &UserPinCard::edited);
}

void UserPinCard::render()
{
    const std::optional<int> tries = m_ceremony.userPinTriesLeft();
    m_pinField->setHint(tries ? tr("%n tries left. A wrong one costs a try.", nullptr, *tries) : QString());
    m_lastTryField->setVisible(tries == 1);
}

bool UserPinCard::complete() const
{
    return m_pin->length() >= kShortestPin
        && (m_ceremony.userPinTriesLeft() != 1 || m_lastTry->text() == QStringLiteral("LAST TRY"));
}

std::size_t UserPinCard::length() const
{
    return m_pin->length();
}

bool UserPinCard::enter()
{
    const bool lastTry = m_ceremony.userPinTriesLeft() == 1;
    m_lastTry->clear();
    return m_ceremony.enterUserPin(m_pin->take(), lastTry).has_value();
}

void UserPinCard::wipe()
{
    m_pin->clear();
}

QWidget* UserPinCard::firstField() const
{
    return m_pin;
}

QWidget* UserPinCard::lastField() const
{
    return m_lastTry;
}

} // namespace conclave::ui
