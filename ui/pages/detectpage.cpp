// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/detectpage.h"

#include "core/base/hex.h"
#include "core/card/inspection.h"
#include "core/ceremony/authenticity.h"
#include "core/ceremony/devicechoice.h"
#include "core/ceremony/transport.h"
#include "core/device/productname.h"
#include "ui/pages/clearlayout.h"
#include "ui/pages/devicelist.h"
#include "ui/pages/table.h"
#include "ui/shell/dialog.h"
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
#include "ui/widgets/tick.h"

#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;
using device::DetectedDevice;

namespace {

constexpr int kSoPinTries = 15;
constexpr int kFewSoPinTries = 5;

} // namespace

DetectPage::DetectPage(Ceremony& ceremony, device::DeviceDirectory& directory)
    : Page(ceremony)
    , m_directory(directory)
    , m_list(new DeviceList(
          directory, [this](const DetectedDevice& device) { return usable(device); }, this,
          [this](const DetectedDevice& device) { return unfit(device); }))
    , m_details(new QVBoxLayout)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k12);
    m_details->setSpacing(space::k12);
    layout->addWidget(m_list);
    layout->addLayout(m_details);
    layout->addStretch(1);
    if (ceremony.flow() == Flow::Drill && !ceremony.rehearsal())
        offerSimulator();
    if (ceremony.flow() == Flow::AddBackup)
        m_list->allowSeveral();
    connect(m_list, &DeviceList::changed, this, [this] {
        showChosen();
        Q_EMIT frameChanged();
    });
    showChosen();
}

void DetectPage::offerSimulator()
{
    auto* card = new Card(tr("No spare device?"), this);
    card->setTint(Card::Tint::Warn);
    card->body()->addWidget(new Label(tr("The simulator inside this program can stand in. Then the backup "
                                         "secret and all restored keys are in "
                                         "this computer’s memory, where a program that spies on it can copy "
                                         "them: a spare device is safer."),
        Type::Body, Token::Text, card));
    auto* use = new Button(tr("Use the si&mulator…"), Button::Look::Secondary, card);
    use->setObjectName(QStringLiteral("simulator"));
    card->body()->addWidget(use, 0, Qt::AlignLeft);
    layout()->addWidget(card);
    connect(use, &QAbstractButton::clicked, this, [this] {
        ask(this, ceremony().rehearsal(), tr("Use the simulator?"),
            tr("The backup secret and the keys come into this computer’s memory. This program puts them "
               "into no file, and wipes them when the drill ends or is paused. Only the system may write "
               "RSA keys to its swap space meanwhile, unless swapping is off. The report and the "
               "certificate will say that the simulator was used."),
            tr("&Keep looking for a device"), tr("&Use the simulator"),
            [this] { static_cast<void>(ceremony().chooseSimulator()); });
    });
}

QString DetectPage::title() const
{
    if (state().before)
        return tr("Connect the device that travelled");
    return ceremony().flow() == Flow::Drill ? tr("Choose a spare device") : tr("Choose the device");
}

QString DetectPage::lead() const
{
    if (state().before)
        return tr("It must be %1, as it was left. Looking changes nothing.").arg(ltr(state().before->device));
    if (ceremony().flow() == Flow::AddBackup)
        return tr(
            "Connect the device that is to become a backup device, or several that are to become one at "
            "the same time, and choose each. Looking changes nothing.");
    return tr(
        "Connect one Nitrokey HSM 2 or SmartCard-HSM. The list updates by itself. Looking changes nothing.");
}

RoleBanner::Content DetectPage::banner() const
{
    return officerActs(tr("Witnesses: compare the serial number with the inventory list."));
}

QString DetectPage::railSubline() const
{
    const auto count = static_cast<int>(m_directory.devices().size());
    const auto chosen = static_cast<int>(m_list->chosenOnes().size());
    if (chosen > 1)
        return tr("%1 of %n device(s) chosen", nullptr, count).arg(chosen);
    return chosen == 1 ? tr("1 of %n device(s) chosen", nullptr, count) : tr("%n device(s)", nullptr, count);
}

QString DetectPage::help() const
{
    return tr("The serial number is printed on the device or its packaging. It comes from the device’s "
              "certificate, and it is what the ceremony is bound to from here on.");
}

void DetectPage::fillFooter(FooterBar& footer)
{
    Button* again = footer.addStart(new Button(tr("Loo&k again"), Button::Look::Secondary));
    again->setIcon(icon(Icon::Refresh));
    again->setShortcutHint(QStringLiteral("F5"));
    connect(again, &QAbstractButton::clicked, this, &DetectPage::lookAgain);
    Button* backButton = footer.addEnd(new Button(tr("&Back"), Button::Look::Secondary));
    connect(backButton, &QAbstractButton::clicked, this, &DetectPage::back);
    m_use = footer.addEnd(new Button(tr("&Use"), Button::Look::Primary));
    footer.setPrimary(m_use);
    connect(m_use, &QAbstractButton::clicked, this, &DetectPage::use);
    showChosen();
}

QWidget* DetectPage::initialFocus()
{
    if (m_use && m_use->isEnabled())
        return m_use;
    for (const auto& [serial, asked] : m_asked) {
        if (asked.unknownMaker && !asked.unknownMaker->matches())
            return asked.unknownMaker->field();
    }
    return m_list->firstChip();
}

void DetectPage::lookAgain()
{
    m_directory.lookAgain();
}

void DetectPage::back()
{
    static_cast<void>(ceremony().goBack(BackTarget::Preparation));
}

bool DetectPage::usable(const DetectedDevice& device) const
{
    return device.status && !device.error && !device.probing && device.simulated == ceremony().rehearsal()
        && device.status->soPin.state != card::PinStatus::State::Blocked
        && authenticityOf(device) != Authenticity::Broken && unfit(device).isEmpty();
}

QString DetectPage::unfit(const DetectedDevice& device) const
{
    if (!device.status)
        return {};
    const DeviceChosen described = describeDevice(device);
    const auto obstacle = state().before
        ? obstacleTo(*state().before, described)
        : obstacleTo(ceremony().flow(), described, state().first ? state().first->device : QString());
    if (!obstacle)
        return {};
    const QString serial = ltr(device.status->serial);
    switch (*obstacle) {
    case Obstacle::NotInitialised:
        return tr("%1 was never initialised. Choose “Establish a new device” on the start page, or “Add a "
                  "backup device”.")
            .arg(serial);
    case Obstacle::ShareFilesMissing:
        return tr("%1 waits for share files and is locked until they are in. Continue the ceremony that "
                  "initialised it, or choose “Add a backup device” on the start page.")
            .arg(serial);
    case Obstacle::FirstDevice:
        return ceremony().flow() == Flow::Drill
            ? tr("%1 is the device whose backup is tried. It keeps its keys: connect a spare device.")
                  .arg(serial)
            : tr("%1 is the first device. It keeps its keys: connect the one that is to become its backup.")
                  .arg(serial);
    case Obstacle::AnotherDevice:
        return tr("%1 is not the device of this ceremony. Connect %2.")
            .arg(serial, ltr(state().before->device));
    case Obstacle::NotAsAnnounced:
        return notAsAnnounced(described);
    case Obstacle::NoDkek:
        return tr("%1 has no backup secret (DKEK), so no wrapped key can be restored onto it. Choose “Add a "
                  "backup device” on the start page: it initialises a device with the secret of the first.")
            .arg(serial);
    }
    return {};
}

QString DetectPage::notAsAnnounced(const DeviceChosen& device) const
{
    const PausedForTravel& before = *state().before;
    const QString serial = ltr(device.serial);
    const auto files = static_cast<int>(before.shareFiles.size());
    QString found = tr("It is not initialised as it was.");
    if (!device.initialised)
        found = tr("It is not initialised.");
    else if (device.shareFilesTotal < 0)
        found = tr("It waits for no share files: it was initialised again, without backup.");
    else if (device.shareFilesTotal != files)
        found = tr("It was initialised again, for %n share file(s).", nullptr, device.shareFilesTotal);
    else if (device.shareFilesOutstanding == files)
        found = tr("It waits for all %n share file(s), as after it was initialised.", nullptr, files);
    else if (!isAnnounced(before, device.shareFilesOutstanding))
        found = tr("It waits for %n share file(s).", nullptr, device.shareFilesOutstanding);
    const QString announced
        = tr("At the pause, it waited for %1 of %2 share files.").arg(before.outstanding).arg(files);
    return tr("%1 is the right device, in a state that nobody announced. %2 %3 Find out where it was. It "
              "cannot be used here: what it holds is not known.")
        .arg(serial, announced, found);
}

void DetectPage::showChosen()
{
    std::vector<const DetectedDevice*> devices = m_list->chosenOnes();
    std::erase_if(devices, [](const DetectedDevice* device) { return !device->status; });
    std::vector<DeviceChosen> described;
    for (const DetectedDevice* device : devices)
        described.push_back(describeDevice(*device));
    if (described != m_shown) {
        m_shown = std::move(described);
        showDetails(devices);
    }
    if (!m_use)
        return;
    const auto count = static_cast<int>(devices.size());
    m_use->setText(count == 0 ? tr("&Use")
            : count == 1      ? tr("&Use %1").arg(devices.front()->status->serial)
                              : tr("&Use %n device(s)", nullptr, count));
    judge();
}

void DetectPage::showDetails(const std::vector<const DetectedDevice*>& devices)
{
    clearLayout(*m_details);
    m_asked.clear();
    for (const DetectedDevice* device : devices) {
        if (devices.size() == 1) {
            showFacts(*device);
        } else if (!device->keys.empty() || authenticityOf(*device) == Authenticity::UnknownIssuer) {
            m_details->addWidget(new Label(ltr(device->status->serial), Type::FieldName, Token::Text, this));
        }
        showCautions(*device);
    }
}

void DetectPage::showCautions(const DetectedDevice& device)
{
    const card::DeviceStatus& status = *device.status;
    const auto faults = card::faultsOfFirmware(status.versionMajor, status.versionMinor);
    if (std::ranges::find(faults, card::FirmwareFault::WeakSymmetricKeys) != faults.end())
        m_details->addWidget(new Note(Note::Kind::Warn,
            tr("This firmware has a known weakness in its random numbers. Do not make keys on it."), this));
    if (authenticityOf(device) == Authenticity::UnknownIssuer) {
        m_details->addWidget(new Note(Note::Kind::Warn,
            tr("Its certificate is of an unknown maker. Nobody can tell whether it keeps what it is "
               "given."),
            this));
        auto* confirm = new DangerConfirm(this);
        confirm->setSerial(status.serial);
        connect(confirm, &DangerConfirm::matchChanged, this, &DetectPage::judge);
        m_details->addWidget(confirm);
        m_asked[status.serial].unknownMaker = confirm;
    }
    if (status.soPin.triesLeft.value_or(kSoPinTries) <= kFewSoPinTries)
        m_details->addWidget(new Note(Note::Kind::Warn,
            tr("Only %n SO-PIN tries are left. At 0 the device can never be initialised again.", nullptr,
                *status.soPin.triesLeft),
            this));
    if (ceremony().flow() == Flow::Drill && status.dkek && status.dkek->kcv
        && toHex(*status.dkek->kcv) == state().expectedKcv)
        m_details->addWidget(new Note(Note::Kind::Danger,
            tr("This device holds the very backup secret that is to be tried. Do not use it if it is one "
               "of your backup devices."),
            this));
    if (!device.keys.empty())
        showKeys(device);
}

void DetectPage::showFacts(const DetectedDevice& device)
{
    const card::DeviceStatus& status = *device.status;
    auto* facts = new Facts(this);
    facts->add(tr("Firmware"), QStringLiteral("%1.%2").arg(status.versionMajor).arg(status.versionMinor));
    facts->add(tr("State"), status.initialised() ? tr("Initialised") : tr("New, never initialised"));
    if (state().before && status.dkek)
        facts->add(tr("Share files"),
            tr("%1 of %2 are missing").arg(status.dkek->outstanding).arg(status.dkek->total));
    if (!erasesDevice(ceremony().flow())) {
        QString kcv = tr("None: it has no share files");
        if (status.dkek)
            kcv = status.dkek->kcv ? ltr(hexGroups(toHex(*status.dkek->kcv)))
                                   : tr("Shown after the user PIN was entered");
        facts->add(tr("Key check value"), kcv, status.dkek && status.dkek->kcv ? Type::Value : Type::Body);
    }
    facts->add(tr("SO-PIN tries left"), pinTries(status.soPin, kSoPinTries));
    facts->add(tr("User PIN tries left"), pinTries(status.userPin));
    if (!status.label.isEmpty())
        facts->add(tr("Label"), status.label);
    m_details->addWidget(facts);
}

void DetectPage::showKeys(const DetectedDevice& device)
{
    const auto count = static_cast<int>(device.keys.size());
    const bool erased = erasesDevice(ceremony().flow());
    const auto steps = ceremony().steps();
    const auto erase = std::find(steps.begin(), steps.end(), Step::Initialise) - steps.begin() + 1;
    auto* card = new Card(erased ? tr("Step %1 will destroy these %n key(s)", nullptr, count).arg(erase)
                                 : tr("These %n key(s) are on the device, and stay", nullptr, count),
        this);
    auto* table = new Table(
        { tr("Label"), tr("ID"), tr("Algorithm"), tr("Fingerprint (SHA-256, first 8 bytes)") }, card);
    for (const card::KeyEntry& key : device.keys) {
        QString algorithm = tr("Not known");
        QString fingerprint = tr("None");
        if (const auto told = key.algorithm())
            algorithm = algorithmName(*told);
        if (key.publicKey) {
            if (const auto hash = key.publicKey->fingerprint())
                fingerprint = ltr(shortFingerprint(toHex(*hash)));
        }
        table->addRow({ key.label, toHex(key.id), algorithm, fingerprint }, { 3 });
    }
    card->body()->addWidget(table);
    if (erased) {
        card->setTint(Card::Tint::Danger);
        auto* givenUp = new Tick(tr("We no longer need these keys, or they are backed up elsewhere."), card);
        card->body()->addWidget(givenUp);
        connect(givenUp, &QAbstractButton::toggled, this, &DetectPage::judge);
        m_asked[device.status->serial].givenUp = givenUp;
    }
    m_details->addWidget(card);
}

bool DetectPage::confirmed() const
{
    return std::ranges::all_of(m_asked, [](const auto& each) {
        const Asked& asked = each.second;
        return (!asked.givenUp || asked.givenUp->isChecked())
            && (!asked.unknownMaker || asked.unknownMaker->matches());
    });
}

void DetectPage::judge()
{
    const auto devices = m_list->chosenOnes();
    if (m_use)
        m_use->setEnabled(!devices.empty() && confirmed()
            && std::ranges::all_of(devices, [this](const DetectedDevice* each) { return usable(*each); }));
}

void DetectPage::use()
{
    std::vector<DeviceChoice> choices;
    for (const DetectedDevice* device : m_list->chosenOnes()) {
        const Asked asked = m_asked[device->status->serial];
        choices.push_back({ device, asked.givenUp && asked.givenUp->isChecked(),
            asked.unknownMaker ? asked.unknownMaker->typed() : QString() });
    }
    static_cast<void>(ceremony().chooseDevices(choices));
}

} // namespace conclave::ui
