// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cloneproofpage.h"

#include "ui/pages/devicerow.h"
#include "ui/pages/table.h"
#include "ui/pages/userpincard.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/progresspanel.h"
#include "ui/widgets/secretfield.h"
#include "ui/widgets/showbutton.h"

#include <QVBoxLayout>

namespace conclave::ui {

using namespace ceremony;

namespace {
constexpr int kLongestPin = 16;
constexpr std::size_t kShortestPin = 6;
} // namespace

CloneProofPage::CloneProofPage(Ceremony& ceremony)
    : Page(ceremony)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    auto* devices = new Facts(this);
    devices->add(tr("First device"), ltr(state().first->device), Type::Value);
    if (state().several) {
        m_table = new Table({ tr("Serial number"), tr("State") }, this);
        m_table->setColumnStretch(1, 1);
        for (const CeremonyState& device : state().devices)
            m_table->addRow({ ltr(device.device->serial), {} }, { 0 });
    } else {
        devices->add(tr("Second device"), ltr(state().device->serial), Type::Value);
        devices->add(tr("Keys to be proved"), QString::number(state().restore.provable()));
    }
    layout->addWidget(devices);
    if (m_table)
        layout->addWidget(m_table);
    auto* card = new Card(tr("The first device, in another reader"), this);
    m_first = new SecretField(SecretField::Accept::Ascii, kLongestPin, card);
    m_first->setObjectName(QStringLiteral("firstPin"));
    card->body()->addWidget(secretFormField(tr("User PIN of the &first device"), m_first, card));
    layout->addWidget(card);
    m_second = new UserPinCard(ceremony, this);
    layout->addWidget(m_second);
    m_progress = new ProgressPanel(this);
    layout->addWidget(m_progress);
    layout->addStretch(1);
    connect(m_first, &SecretField::changed, this, &CloneProofPage::judge);
    connect(m_second, &UserPinCard::edited, this, &CloneProofPage::judge);
}

QString CloneProofPage::title() const
{
    return state().several ? tr("Prove the backup devices") : tr("Prove the backup device");
}

QString CloneProofPage::lead() const
{
    if (state().several)
        return tr(
            "The first device and each of the others sign the same new challenge with each key, and all "
            "signatures are checked with the same public keys.");
    return tr(
        "Both devices sign the same new challenge with each key, and both signatures are checked with the "
        "same public key.");
}

RoleBanner::Content CloneProofPage::banner() const
{
    return officerActs(state().several ? tr("Witnesses: compare the serial numbers of the devices.")
                                       : tr("Witnesses: compare the serial numbers of both devices."));
}

QString CloneProofPage::railSubline() const
{
    return state().several ? tr("Proof on all devices") : tr("Proof on both devices");
}

QString CloneProofPage::help() const
{
    if (state().several)
        return tr(
            "Connect the first device in another reader, and leave the others where they are. Without the "
            "first device the ceremony can go on: each restored key was checked with the public key in the "
            "backup, and the report says so.");
    return tr("Connect the first device in a second reader, and leave the other one where it is. Without the "
              "first device the ceremony can go on: each restored key was checked with the public key in the "
              "backup, and the report says so.");
}

bool CloneProofPage::running() const
{
    return ceremony().work().kind == WorkKind::ProvingClone || ceremony().devicesWork();
}

void CloneProofPage::fillFooter(FooterBar& footer)
{
    m_without = footer.addEnd(new Button(tr("Go on &without the first device"), Button::Look::Secondary));
    connect(m_without, &QAbstractButton::clicked, this,
        [this] { static_cast<void>(ceremony().skipCloneProof()); });
    m_prove = footer.addEnd(new Button(
        state().several ? tr("&Prove on all devices") : tr("&Prove on both devices"), Button::Look::Primary));
    footer.setPrimary(m_prove);
    connect(m_prove, &QAbstractButton::clicked, this, &CloneProofPage::prove);
    judge();
}

void CloneProofPage::render()
{
    m_second->setVisible(!ceremony().userPinHeld() && !running());
    m_second->render();
    const Work& work = ceremony().work();
    if (m_table)
        renderRows();
    m_progress->setVisible(running() && !m_table);
    if (!running() || m_table) {
        m_progress->stop();
    } else if (work.startedMs != m_shownStart) {
        m_shownStart = work.startedMs;
        m_progress->start(tr("Both devices sign"), work.startedMs, 0, 0);
    }
    judge();
}

void CloneProofPage::renderRows()
{
    for (int row = 0; row < m_table->rows(); ++row) {
        const CeremonyState& device = state().devices[static_cast<std::size_t>(row)];
        const DeviceText text = deviceText(ceremony(), device);
        m_table->setCell(
            row, 1, device.complete() ? text.sentence : deviceResult(device), colourOf(text.standing));
    }
}

void CloneProofPage::judge()
{
    if (!m_prove)
        return;
    m_without->setEnabled(!running());
    m_prove->setEnabled(!running() && m_first->length() >= kShortestPin
        && (ceremony().userPinHeld() || m_second->complete()));
}

void CloneProofPage::prove()
{
    if (!ceremony().userPinHeld() && !m_second->enter())
        return;
    static_cast<void>(ceremony().proveClone(m_first->take()));
}

void CloneProofPage::leave()
{
    m_first->clear();
    m_second->wipe();
}

QWidget* CloneProofPage::initialFocus()
{
    return m_first;
}

} // namespace conclave::ui
