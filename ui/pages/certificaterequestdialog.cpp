// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/certificaterequestdialog.h"

#include "core/ceremony/ceremony.h"
#include "ui/pages/userpincard.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/label.h"

#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {

constexpr int kLongestName = 64;
constexpr int kCountryLetters = 2;

bool canSign(const KeyRecord& key)
{
    return key.state == KeyState::Tested && !card::isAes(key.planned.algorithm);
}

QLineEdit* nameEdit(QWidget* parent)
{
    auto* edit = new QLineEdit(parent);
    edit->setMaxLength(kLongestName);
    return edit;
}

} // namespace

CertificateRequestDialog::CertificateRequestDialog(Ceremony& ceremony, QWidget* parent)
    : Dialog(tr("Make a certificate request"), ceremony.rehearsal(), parent)
    , m_ceremony(ceremony)
    , m_key(new QComboBox(this))
    , m_commonName(nameEdit(this))
    , m_organisation(nameEdit(this))
    , m_unit(nameEdit(this))
    , m_country(nameEdit(this))
{
    body()->addWidget(new Label(tr("The device signs a request (PKCS#10) with the key. A certification "
                                   "authority makes the certificate "
                                   "from it. The file lies beside the public keys, and holds no secret."),
        Type::Body, Token::Muted, this));
    for (std::size_t i = 0; i < ceremony.state().keys.size(); ++i) {
        const KeyRecord& key = ceremony.state().keys[i];
        if (canSign(key))
            m_key->addItem(tr("%1 · %2").arg(key.planned.label, algorithmName(key.planned.algorithm)),
                static_cast<int>(i));
    }
    body()->addWidget(new FormField(tr("&Key"), m_key, this));
    body()->addWidget(new FormField(tr("&Name that the certificate is to hold"), m_commonName, this));
    body()->addWidget(new FormField(tr("&Organisation (may be empty)"), m_organisation, this));
    body()->addWidget(new FormField(tr("Uni&t of the organisation (may be empty)"), m_unit, this));
    m_countryField = new FormField(tr("Co&untry (two letters, may be empty)"), m_country, this);
    body()->addWidget(m_countryField);
    m_pinCard = new UserPinCard(ceremony, this);
    body()->addWidget(m_pinCard);
    m_commonName->setObjectName(QStringLiteral("commonName"));
    m_country->setObjectName(QStringLiteral("country"));
    m_country->setMaxLength(kCountryLetters);
    m_pinCard->setVisible(!ceremony.userPinHeld());
    m_pinCard->render();
    addReject(tr("&Cancel"));
    m_accept = addAccept(tr("&Sign and save"));
    for (QLineEdit* edit : { m_commonName, m_organisation, m_unit, m_country })
        connect(edit, &QLineEdit::textChanged, this, &CertificateRequestDialog::judge);
    connect(m_pinCard, &UserPinCard::edited, this, &CertificateRequestDialog::judge);
    connect(this, &QDialog::accepted, this, &CertificateRequestDialog::request);
    m_commonName->setFocus();
    judge();
}

bool CertificateRequestDialog::isPossible(const Ceremony& ceremony)
{
    const CeremonyState& state = ceremony.state();
    return state.stage == Stage::GeneratingKeys && !state.nextKey() && !state.pending
        && ceremony.work().kind == WorkKind::None && std::ranges::any_of(state.keys, canSign);
}

card::RequestSubject CertificateRequestDialog::subject() const
{
    return { m_commonName->text(), m_organisation->text(), m_unit->text(), m_country->text().toUpper() };
}

void CertificateRequestDialog::judge()
{
    card::RequestSubject elsewhere = subject();
    elsewhere.country.clear();
    const bool countryWrong = checkSubject(elsewhere) && !checkSubject(subject());
    m_countryField->setError(countryWrong ? tr("Two letters, such as CH.") : QString());
    m_accept->setEnabled(
        checkSubject(subject()).has_value() && (m_ceremony.userPinHeld() || m_pinCard->complete()));
}

void CertificateRequestDialog::request()
{
    if (m_ceremony.userPinHeld() || m_pinCard->enter())
        static_cast<void>(m_ceremony.requestCertificate(m_key->currentData().toInt(), subject()));
}

} // namespace conclave::ui
