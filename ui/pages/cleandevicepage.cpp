// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cleandevicepage.h"

#include "ui/shell/dialog.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/note.h"

#include <QVBoxLayout>

namespace conclave::ui {

using namespace ceremony;

CleanDevicePage::CleanDevicePage(Ceremony& ceremony)
    : Page(ceremony)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    auto* card = new Card(tr("On the drill’s device now"), this);
    auto* facts = new Facts(card);
    facts->add(tr("Device"), ltr(state().device->serial), Type::Value);
    facts->add(tr("Key check value"), state().kcv.isEmpty() ? tr("Not known") : ltr(hexGroups(state().kcv)),
        state().kcv.isEmpty() ? Type::Body : Type::Value);
    facts->add(tr("Restored keys"), QString::number(state().restore.restored()));
    card->body()->addWidget(facts);
    layout->addWidget(card);
    layout->addWidget(new Note(
        Note::Kind::Warn, tr("Whoever has this device and its user PIN can use the keys on it."), this));
    layout->addStretch(1);
}

QString CleanDevicePage::title() const
{
    return tr("Clean the drill’s device");
}

QString CleanDevicePage::lead() const
{
    return tr("The device is initialised once more, without any share file. Then nothing of the backup is on "
              "it.");
}

RoleBanner::Content CleanDevicePage::banner() const
{
    return officerActs(tr("Witnesses: see that the device is cleaned."));
}

QString CleanDevicePage::railSubline() const
{
    return tr("Initialise again");
}

QString CleanDevicePage::help() const
{
    return tr("The SO-PIN that was set for the drill is asked for, and PINs for the cleaned device. Its "
              "serial number is typed as before. What the drill has shown stays on record.");
}

void CleanDevicePage::fillFooter(FooterBar& footer)
{
    Button* keep = footer.addEnd(new Button(tr("&Leave it as it is…"), Button::Look::Secondary));
    connect(keep, &QAbstractButton::clicked, this, &CleanDevicePage::askToKeep);
    Button* clean = footer.addEnd(new Button(tr("&Clean it"), Button::Look::Primary));
    footer.setPrimary(clean);
    connect(
        clean, &QAbstractButton::clicked, this, [this] { static_cast<void>(ceremony().beginCleaning()); });
}

void CleanDevicePage::askToKeep()
{
    ask(this, ceremony().rehearsal(), tr("Leave the keys on the device?"),
        tr("The device keeps the backup secret and the restored keys. It must be guarded like the device "
           "they come from. The report and the certificate will say so."),
        tr("&Keep cleaning"), tr("&Leave it"), [this] { static_cast<void>(ceremony().skipCleaning()); });
}

} // namespace conclave::ui
