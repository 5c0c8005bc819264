// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/card.h"

class QLineEdit;

namespace conclave::ceremony {
class Ceremony;
}

namespace conclave::ui {

class FormField;
class SecretField;

/// Asks for the user PIN, and for "LAST TRY" where one try is left.
class UserPinCard : public Card {
    Q_OBJECT
public:
    explicit UserPinCard(ceremony::Ceremony& ceremony, QWidget* parent = nullptr);

    /// Shows the tries that are left; called when the ceremony changed.
    void render();
    /// Enough is typed to try it.
    [[nodiscard]] bool complete() const;
    [[nodiscard]] std::size_t length() const; ///< of what is typed, in characters
    /// Hands it to the ceremony, and keeps nothing. False when it breaks a rule.
    bool enter();
    void wipe();
    [[nodiscard]] QWidget* firstField() const;
    [[nodiscard]] QWidget* lastField() const;

Q_SIGNALS:
    void edited();

private:
    ceremony::Ceremony& m_ceremony;
    SecretField* m_pin;
    FormField* m_pinField;
    QLineEdit* m_lastTry;
    FormField* m_lastTryField;
};

} // namespace conclave::ui
