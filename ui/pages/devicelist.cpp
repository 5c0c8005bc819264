// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/devicelist.h"

#include "core/ceremony/authenticity.h"
#include "core/device/productname.h"
#include "ui/pages/clearlayout.h"
#include "ui/text/errortext.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/devicechip.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"

#include <QCoreApplication>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;
using device::DetectedDevice;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DeviceListWords)
};

QString serialOf(const DetectedDevice& device)
{
    return device.status ? device.status->serial : QString();
}

QString spelled(const QString& serial)
{
    QStringList characters;
    for (const QChar character : serial)
        characters << QString(character);
    return characters.join(QLatin1Char(' '));
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

DeviceList::DeviceList(device::DeviceDirectory& directory, Usable usable, QWidget* parent, Unfit unfit)
    : QWidget(parent)
    , m_directory(directory)
    , m_usable(std::move(usable))
    , m_unfit(std::move(unfit))
    , m_hint(new Label({}, Type::Body, Token::Muted, this))
    , m_list(new QVBoxLayout)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k12);
    m_list->setSpacing(space::k12);
    layout->addWidget(m_hint);
    layout->addLayout(m_list);
    connect(&m_directory, &device::DeviceDirectory::changed, this, &DeviceList::show);
    show();
}

void DeviceList::allowSeveral()
{
    m_several = true;
    show();
}

const DetectedDevice* DeviceList::chosen() const
{
    const auto ones = chosenOnes();
    return ones.size() == 1 ? ones.front() : nullptr;
}

std::vector<const DetectedDevice*> DeviceList::chosenOnes() const
{
    std::vector<const DetectedDevice*> ones;
    for (const DetectedDevice& device : m_directory.devices()) {
        if ((device.status || device.error)
            && std::ranges::find(m_choices, Choice{ device.reader, serialOf(device) }) != m_choices.end())
            ones.push_back(&device);
    }
    return ones;
}

QWidget* DeviceList::firstChip() const
{
    return m_list->count() > 0 ? m_list->itemAt(0)->widget() : nullptr;
}

void DeviceList::choose(const QString& reader)
{
    const auto& devices = m_directory.devices();
    const auto found = std::ranges::find(devices, reader, &DetectedDevice::reader);
    if (found == devices.end() || (!m_several && chosen() == &*found))
        return;
    const Choice choice{ reader, serialOf(*found) };
    const bool wasChosen = std::erase(m_choices, choice) > 0;
    if (!m_several)
        m_choices.clear();
    if (!wasChosen)
        m_choices.push_back(choice);
    show();
}

void DeviceList::chooseTheOnlyOne()
{
    m_choices.clear();
    std::vector<const DetectedDevice*> usableOnes;
    for (const DetectedDevice& found : m_directory.devices()) {
        if (m_usable(found))
            usableOnes.push_back(&found);
    }
    if (usableOnes.size() != 1)
        return;
    m_choices = { { usableOnes.front()->reader, serialOf(*usableOnes.front()) } };
}

void DeviceList::show()
{
    QString focused;
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->itemAt(i)->widget() && m_list->itemAt(i)->widget()->hasFocus())
            focused = m_list->itemAt(i)->widget()->property("reader").toString();
    }
    clearLayout(*m_list);
    // With one device there is nothing to choose, only to compare.
    if (chosenOnes().empty())
        chooseTheOnlyOne();
    const auto ones = chosenOnes();
    for (const DetectedDevice& found : m_directory.devices()) {
        auto* chip = new DeviceChip(this);
        chip->setContent(chipContent(found));
        chip->setProperty("reader", found.reader);
        chip->setEnabled(m_usable(found));
        if (m_several)
            chip->setOneOfSeveral();
        chip->setChecked(std::ranges::find(ones, &found) != ones.end());
        connect(chip, &QAbstractButton::clicked, this, [this, reader = found.reader] { choose(reader); });
        m_list->addWidget(chip);
        if (found.reader == focused)
            chip->setFocus();
        if (found.status && authenticityOf(found) == Authenticity::Broken)
            m_list->addWidget(new Note(Note::Kind::Danger,
                tr("%1 is not genuine: its certificate does not verify. Unplug it, and mark it.")
                    .arg(ltr(found.status->serial)),
                this));
        else if (const QString why = m_unfit ? m_unfit(found) : QString(); !why.isEmpty())
            m_list->addWidget(new Note(Note::Kind::Info, why, this));
    }
    showProblem();
    Q_EMIT changed();
}

void DeviceList::showProblem()
{
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
    } else if (m_directory.devices().empty()) {
        hint = tr("No device yet. Plug one in. It appears here within two seconds.");
    }
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
}

} // namespace conclave::ui
