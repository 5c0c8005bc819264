// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/detectpage.h"

#include "core/base/hex.h"
#include "core/ceremony/authenticity.h"
#include "core/ceremony/devicechoice.h"
#include "core/device/productname.h"
#include "ui/pages/table.h"
#include "ui/text/errortext.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/dangerconfirm.h"
#include "ui/widgets/devicechip.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/tick.h"

#include <QCoreApplication>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;
using device::DetectedDevice;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DetectPageWords)
};

constexpr int kSoPinTries = 15;
constexpr int kFewSoPinTries = 5;

void empty(QVBoxLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

QString spelled(const QString& serial)
{
    QStringList characters;
    for (const QChar character : serial)
        characters << QString(character);
    return characters.join(QLatin1Char(' '));
}

QString triesLeft(const card::PinStatus& pin, int of)
{
    using State = card::PinStatus::State;
    switch (pin.state) {
    case State::Blocked:
        return Words::tr("Blocked");
    case State::NotSet:
        return Words::tr("Not set");
    case State::TransportPin:
        return Words::tr("Transport PIN");
    case State::Ready:
    case State::Verified:
    case State::Unknown:
        break;
    }
    if (!pin.triesLeft)
        return Words::tr("Not told");
    return of > 0 ? Words::tr("%1 of %2").arg(*pin.triesLeft).arg(of) : QString::number(*pin.triesLeft);
}

TagKind tagOf(Authenticity authenticity)
{
    switch (authenticity) {
    case Authenticity::Simulated:
    case Authenticity::CertificateOnly:
        return TagKind::Info;
    case Authenticity::NotVerified:
        return TagKind::Neutral;
    case Authenticity::Genuine:
        return TagKind::Ok;
    case Authenticity::GenuineExpired:
    case Authenticity::UnknownIssuer:
        return TagKind::Warn;
    case Authenticity::Broken:
        return TagKind::Danger;
    }
    return TagKind::Neutral;
}

DeviceChip::Content chipContent(const DetectedDevice& found)
{
    DeviceChip::Content content;
    content.reader = found.isVirtual ? Words::tr("%1 (virtual reader)").arg(found.reader) : found.reader;
    if (!found.status) {
        content.product = found.probing ? Words::tr("Looking…") : Words::tr("Cannot be used");
        content.stateKind = TagKind::Warn;
        content.state = found.error ? errorSentence(*found.error) : QString();
        content.accessible = Words::tr("%1: %2").arg(found.reader, content.state);
        return content;
    }
    content.product = device::productName(found.status->serial);
    content.serial = found.status->serial;
    const Authenticity authenticity = authenticityOf(found);
    content.authenticity = authenticityName(authenticity);
    content.authenticityKind = tagOf(authenticity);
    const auto keys = static_cast<int>(found.keys.size());
    if (keys > 0) {
        content.state = Words::tr("In use: %n key(s)", nullptr, keys);
        content.stateKind = TagKind::Warn;
    } else if (found.status->initialised()) {
        content.state = Words::tr("Initialised");
        content.stateKind = TagKind::Neutral;
    } else {
        content.state = Words::tr("New, never initialised");
        content.stateKind = TagKind::Ok;
    }
    if (authenticity == Authenticity::Broken)
        content.stateKind = TagKind::Neutral; // what it tells is worth nothing
    content.accessible
        = Words::tr("%1, serial %2, %3, %4")
              .arg(content.product, spelled(content.serial), content.authenticity, content.state);
    return content;
}

} // namespace

DetectPage::DetectPage(Ceremony& ceremony, device::DeviceDirectory& directory)
    : Page(ceremony)
    , m_directory(directory)
    , m_list(new QVBoxLayout)
    , m_details(new QVBoxLayout)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k12);
    m_list->setSpacing(space::k12);
    m_details->setSpacing(space::k12);
    m_empty = new Label({}, Type::Body, Token::Muted, this);
    layout->addWidget(m_empty);
    layout->addLayout(m_list);
    layout->addLayout(m_details);
    layout->addStretch(1);
    connect(&m_directory, &device::DeviceDirectory::changed, this, &DetectPage::showDevices);
    showDevices();
}

QString DetectPage::title() const
{
    return tr("Choose the device");
}

QString DetectPage::lead() const
{
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
    return chosen() ? tr("1 of %n device(s) chosen", nullptr, count) : tr("%n device(s)", nullptr, count);
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
    if (m_unknownMaker && !m_unknownMaker->matches())
        return m_unknownMaker->field();
    return m_list->count() > 0 ? m_list->itemAt(0)->widget() : nullptr;
}

void DetectPage::lookAgain()
{
    m_directory.lookAgain();
}

void DetectPage::back()
{
    static_cast<void>(ceremony().goBack(BackTarget::Preparation));
}

const DetectedDevice* DetectPage::chosen() const
{
    const auto& devices = m_directory.devices();
    const auto found = std::find_if(devices.begin(), devices.end(), [this](const DetectedDevice& device) {
        return device.reader == m_chosenReader && device.status && device.status->serial == m_chosenSerial;
    });
    return found == devices.end() ? nullptr : &*found;
}

void DetectPage::choose(const QString& reader)
{
    const auto& devices = m_directory.devices();
    const auto found = std::find_if(devices.begin(), devices.end(),
        [&reader](const DetectedDevice& device) { return device.reader == reader && device.status; });
    if (found == devices.end() || (m_chosenReader == reader && m_chosenSerial == found->status->serial))
        return;
    m_chosenReader = reader;
    m_chosenSerial = found->status->serial;
    showDevices();
    Q_EMIT frameChanged();
}

void DetectPage::showDevices()
{
    QString focused;
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->itemAt(i)->widget() && m_list->itemAt(i)->widget()->hasFocus())
            focused = m_list->itemAt(i)->widget()->property("reader").toString();
    }
    empty(m_list);
    const auto& devices = m_directory.devices();
    if (!chosen()) {
        m_chosenReader.clear();
        // With one device there is nothing to choose, only to compare.
        std::vector<const DetectedDevice*> usableOnes;
        for (const DetectedDevice& found : devices) {
            if (usable(found))
                usableOnes.push_back(&found);
        }
        if (usableOnes.size() == 1) {
            m_chosenReader = usableOnes.front()->reader;
            m_chosenSerial = usableOnes.front()->status->serial;
        }
    }
    for (const DetectedDevice& found : devices) {
        auto* chip = new DeviceChip(this);
        chip->setContent(chipContent(found));
        chip->setProperty("reader", found.reader);
        chip->setEnabled(usable(found));
        chip->setChecked(chosen() == &found);
        connect(chip, &QAbstractButton::clicked, this, [this, reader = found.reader] { choose(reader); });
        m_list->addWidget(chip);
        if (found.reader == focused)
            chip->setFocus();
        if (found.status && authenticityOf(found) == Authenticity::Broken)
            m_list->addWidget(new Note(Note::Kind::Danger,
                tr("%1 is not genuine: its certificate does not verify. Unplug it, and mark it.")
                    .arg(ltr(found.status->serial)),
                this));
        else if (const QString why = unfit(found); !why.isEmpty())
            m_list->addWidget(new Note(Note::Kind::Info, why, this));
    }
    QString hint;
    if (const std::optional<Error> problem = m_directory.problem()) {
        const ErrorText text = describeError(*problem);
        hint = problem->kind == ErrorKind::NoReader || problem->kind == ErrorKind::NoCard
            ? tr("No device yet. Plug one in. It appears here within two seconds.")
            : text.head;
        if (problem->kind == ErrorKind::ServiceNotRunning
            || problem->kind == ErrorKind::ServiceNotPermitted) {
            m_list->addWidget(new Note(Note::Kind::Warn, text.happened, this));
            for (const QString& step : text.next)
                m_list->addWidget(new Label(step, Type::Body, Token::Text, this));
        }
    } else if (devices.empty()) {
        hint = tr("No device yet. Plug one in. It appears here within two seconds.");
    }
    m_empty->setText(hint);
    m_empty->setVisible(!hint.isEmpty());
    showChosen();
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
    const auto obstacle = obstacleTo(
        ceremony().flow(), describeDevice(device), state().first ? state().first->device : QString());
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
        return tr("%1 is the first device. It keeps its keys: connect the one that is to become its backup.")
            .arg(serial);
    case Obstacle::NoDkek:
        return tr("%1 has no backup secret (DKEK), so no wrapped key can be restored onto it. Choose “Add a "
                  "backup device” on the start page: it initialises a device with the secret of the first.")
            .arg(serial);
    }
    return {};
}

void DetectPage::showChosen()
{
    empty(m_details);
    m_givenUp = nullptr;
    m_unknownMaker = nullptr;
    const DetectedDevice* device = chosen();
    if (device) {
        const card::DeviceStatus& status = *device->status;
        showFacts(*device);
        if (status.versionMajor == 3 && (status.versionMinor == 1 || status.versionMinor == 2))
            m_details->addWidget(new Note(Note::Kind::Warn,
                tr("This firmware has a known weakness in its random numbers. Do not make keys on it."),
                this));
        if (authenticityOf(*device) == Authenticity::UnknownIssuer) {
            m_details->addWidget(new Note(Note::Kind::Warn,
                tr("Its certificate is of an unknown maker. Nobody can tell whether it keeps what it is "
                   "given."),
                this));
            m_unknownMaker = new DangerConfirm(this);
            m_unknownMaker->setSerial(status.serial);
            connect(m_unknownMaker, &DangerConfirm::matchChanged, this, &DetectPage::judge);
            m_details->addWidget(m_unknownMaker);
        }
        if (status.soPin.triesLeft.value_or(kSoPinTries) <= kFewSoPinTries)
            m_details->addWidget(new Note(Note::Kind::Warn,
                tr("Only %1 SO-PIN tries are left. At 0 the device can never be initialised again.")
                    .arg(*status.soPin.triesLeft),
                this));
        if (!device->keys.empty())
            showKeys(*device);
    }
    if (!m_use)
        return;
    m_use->setText(device ? tr("&Use %1").arg(device->status->serial) : tr("&Use"));
    judge();
}

void DetectPage::showFacts(const DetectedDevice& device)
{
    const card::DeviceStatus& status = *device.status;
    auto* facts = new Facts(this);
    facts->add(tr("Firmware"), QStringLiteral("%1.%2").arg(status.versionMajor).arg(status.versionMinor));
    facts->add(tr("State"), status.initialised() ? tr("Initialised") : tr("New, never initialised"));
    if (!erasesDevice(ceremony().flow())) {
        QString kcv = tr("None: it has no share files");
        if (status.dkek)
            kcv = status.dkek->kcv ? ltr(hexGroups(toHex(*status.dkek->kcv)))
                                   : tr("Shown after the user PIN was entered");
        facts->add(tr("Key check value"), kcv, status.dkek && status.dkek->kcv ? Type::Value : Type::Body);
    }
    facts->add(tr("SO-PIN tries left"), triesLeft(status.soPin, kSoPinTries));
    facts->add(tr("User PIN tries left"), triesLeft(status.userPin, 0));
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
        if (key.publicKey) {
            if (key.publicKey->algorithm)
                algorithm = algorithmName(*key.publicKey->algorithm);
            if (const auto hash = key.publicKey->fingerprint())
                fingerprint = ltr(shortFingerprint(toHex(*hash)));
        }
        table->addRow({ key.label, toHex(key.id), algorithm, fingerprint }, { 3 });
    }
    card->body()->addWidget(table);
    if (erased) {
        card->setTint(Card::Tint::Danger);
        m_givenUp = new Tick(tr("We no longer need these keys, or they are backed up elsewhere."), card);
        card->body()->addWidget(m_givenUp);
        connect(m_givenUp, &QAbstractButton::toggled, this, &DetectPage::judge);
    }
    m_details->addWidget(card);
}

bool DetectPage::confirmed() const
{
    return (!m_givenUp || m_givenUp->isChecked()) && (!m_unknownMaker || m_unknownMaker->matches());
}

void DetectPage::judge()
{
    const DetectedDevice* device = chosen();
    if (m_use)
        m_use->setEnabled(device && usable(*device) && confirmed());
}

void DetectPage::use()
{
    const DetectedDevice* device = chosen();
    if (device)
        static_cast<void>(ceremony().chooseDevice(*device, m_givenUp && m_givenUp->isChecked(),
            m_unknownMaker ? m_unknownMaker->typed() : QString()));
}

} // namespace conclave::ui
