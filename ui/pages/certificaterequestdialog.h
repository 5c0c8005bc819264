// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/certificaterequest.h"
#include "ui/shell/dialog.h"

class QComboBox;
class QLineEdit;

namespace conclave::ceremony {
class Ceremony;
}

namespace conclave::ui {

class FormField;
class UserPinCard;

/// Whom a certificate request is to name, and with which of the finished keys it is signed; and the user PIN,
/// where it is not held any more. Accepting hands it to the ceremony.
class CertificateRequestDialog : public Dialog {
    Q_OBJECT
public:
    CertificateRequestDialog(ceremony::Ceremony& ceremony, QWidget* parent);

    /// Whether the ceremony has a key that can sign one.
    [[nodiscard]] static bool isPossible(const ceremony::Ceremony& ceremony);

private:
    [[nodiscard]] card::RequestSubject subject() const;
    void judge();
    void request();

    ceremony::Ceremony& m_ceremony;
    QComboBox* m_key;
    QLineEdit* m_commonName;
    QLineEdit* m_organisation;
    QLineEdit* m_unit;
    QLineEdit* m_country;
    FormField* m_countryField = nullptr;
    UserPinCard* m_pinCard = nullptr;
    Button* m_accept = nullptr;
};

} // namespace conclave::ui
