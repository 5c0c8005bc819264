// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/erasepage.h"

#include "ui/pages/leaveout.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/dangerconfirm.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"

#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

ErasePage::ErasePage(Ceremony& ceremony)
    : Page(ceremony)
    , m_confirm(new DangerConfirm(this))
    , m_gone(new Label(tr("The device is not connected."), Type::Body, Token::Danger, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    auto* cards = new QHBoxLayout;
    cards->setSpacing(space::k16);
    auto* destroyed = new Card(tr("Destroyed now"), this);
    destroyed->setTint(Card::Tint::Danger);
    const std::vector<ExistingKey>& keys = subject().device->keys;
    if (state().drill.cleaning) {
        destroyed->body()->addWidget(
            new Label(tr("The %n key(s) that the drill restored", nullptr, state().restore.restored()),
                Type::Body, Token::Text, destroyed));
    } else if (keys.empty()) {
        destroyed->body()->addWidget(
            new Label(tr("No keys are on the device."), Type::Body, Token::Text, destroyed));
    } else {
        QStringList labels;
        for (const ExistingKey& key : keys)
            labels << key.label;
        destroyed->body()->addWidget(
            new Label(tr("%n key(s) on the device: %1", nullptr, static_cast<int>(keys.size()))
                          .arg(labels.join(tr(", "))),
                Type::Body, Token::Text, destroyed));
    }
    destroyed->body()->addWidget(
        new Label(tr("All certificates and data on the device"), Type::Body, Token::Text, destroyed));
    destroyed->body()->addWidget(
        new Label(tr("The old PINs and the old backup secret"), Type::Body, Token::Text, destroyed));
    destroyed->body()->addStretch();
    cards->addWidget(destroyed, 1);
    auto* set = new Card(tr("Set now"), this);
    auto* facts = new Facts(set);
    const SettingsChosen& settings = *subject().settings;
    facts->add(tr("Label"), settings.label);
    facts->add(tr("SO-PIN"), settings.soPinMade ? tr("Set, noted and typed back") : tr("Set, not shown"));
    facts->add(tr("User PIN"), tr("Set, not shown"));
    facts->add(tr("User PIN retries"), QString::number(settings.userPinTries));
    facts->add(tr("If the PIN is blocked"), unblockingName(settings.unblocking));
    facts->add(tr("Key sharing"),
        state().drill.cleaning ? tr("None: the device gets no share file") : schemeName(*state().scheme));
    set->body()->addWidget(facts);
    set->body()->addStretch();
    cards->addWidget(set, 1);
    layout->addLayout(cards);
    layout->addWidget(new Note(Note::Kind::Info,
        tr("The SO-PIN has 15 tries for the life of the device. After that, nobody can initialise it again."),
        this));
    m_confirm->setSerial(subject().device->serial);
    layout->addWidget(m_confirm);
    layout->addWidget(m_gone);
    layout->addStretch(1);
    connect(m_confirm, &DangerConfirm::matchChanged, this, &ErasePage::judge);
}

const CeremonyState& ErasePage::subject() const
{
    const CeremonyState* next = state().nextToConfirm();
    return next ? *next : state();
}

QString ErasePage::title() const
{
    return tr("Erase and initialise this device");
}

QString ErasePage::lead() const
{
    if (state().drill.cleaning)
        return tr("What the drill restored leaves the device. What the drill has shown stays on record.");
    if (state().several)
        return tr("Each device is confirmed by itself. When the last serial number is typed, all of them are "
                  "erased. Everything before it could be undone. This cannot.");
    return tr("This is the point of no return. Everything before it could be undone. This cannot.");
}

RoleBanner::Content ErasePage::banner() const
{
    RoleBanner::Content content
        = officerActs(tr("Witnesses: say aloud that the serial number on screen is the planned one."));
    content.othersIcon = Icon::Eye;
    return content;
}

QString ErasePage::railSubline() const
{
    if (state().several && state().nextToConfirm())
        return tr("Confirm %1").arg(ltr(subject().device->serial));
    return tr("Confirm");
}

void ErasePage::fillFooter(FooterBar& footer)
{
    Button* backButton = footer.addEnd(new Button(tr("&Back"), Button::Look::Secondary));
    connect(backButton, &QAbstractButton::clicked, this, &ErasePage::back);
    const auto waiting = std::ranges::count_if(state().devices, [](const CeremonyState& each) {
        return each.stage == Stage::ConfirmingErase && !each.eraseConfirmed;
    });
    if (state().mayFinishDevices())
        footer.addStart(leaveOutButton(this, ceremony()));
    else
        footer.setHint(waiting > 1 ? tr("No device is erased before the last one is confirmed.")
                : state().several  ? tr("Takes about 5 seconds. Leave the devices plugged in.")
                                   : tr("Takes about 5 seconds. Leave the device plugged in."));
    m_erase = footer.addEnd(new Button(waiting > 1 ? tr("Con&firm %1").arg(subject().device->serial)
            : state().several                      ? tr("Erase and &initialise all")
                                                   : tr("Erase and &initialise"),
        Button::Look::Danger));
    m_erase->setIcon(icon(Icon::Lock, Token::OnDangerButton));
    footer.setPrimary(m_erase);
    connect(m_erase, &QAbstractButton::clicked, this,
        [this] { static_cast<void>(ceremony().confirmErase(m_confirm->typed())); });
    judge();
}

void ErasePage::render()
{
    m_gone->setVisible(!present());
    judge();
}

bool ErasePage::present() const
{
    const Ceremony* part = ceremony().onDevice(m_confirm->serial());
    return part ? part->devicePresent() : ceremony().devicePresent();
}

void ErasePage::judge()
{
    if (m_erase)
        m_erase->setEnabled(m_confirm->matches() && present());
}

QWidget* ErasePage::initialFocus()
{
    return m_confirm->field();
}

void ErasePage::back()
{
    static_cast<void>(ceremony().goBack(BackTarget::Pins));
}

} // namespace conclave::ui
