// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/laptoppanel.h"

#include "core/device/devicedirectory.h"
#include "ui/text/words.h"
#include "ui/widgets/label.h"

#include <QDateTime>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QNetworkInterface> // lint: layers: only asks whether a network is up
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

namespace {

constexpr int kIconSize = 20;
constexpr std::chrono::seconds kEvery{ 2 };

bool networkIsUp()
{
    const QList<QNetworkInterface> interfaces = QNetworkInterface::allInterfaces();
    return std::ranges::any_of(interfaces, [](const QNetworkInterface& each) {
        const auto flags = each.flags();
        return flags.testFlag(QNetworkInterface::IsUp) && flags.testFlag(QNetworkInterface::IsRunning)
            && !flags.testFlag(QNetworkInterface::IsLoopBack);
    });
}

} // namespace

LaptopPanel::LaptopPanel(const device::DeviceDirectory& directory, QWidget* parent)
    : QWidget(parent)
    , m_directory(directory)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k12);
    layout->addWidget(new Label(tr("This laptop"), Type::FieldName, Token::Muted, this));
    m_network = addRow(*layout);
    m_displays = addRow(*layout);
    m_clock = addRow(*layout);
    m_devices = addRow(*layout);
    connect(&m_directory, &device::DeviceDirectory::changed, this, &LaptopPanel::showDevices);
    connect(&Theme::instance(), &Theme::changed, this, &LaptopPanel::update);
    m_timer.setInterval(kEvery);
    connect(&m_timer, &QTimer::timeout, this, &LaptopPanel::update);
    m_timer.start();
    update();
}

LaptopPanel::Row LaptopPanel::addRow(QVBoxLayout& layout)
{
    Row row{ new QLabel(this), new Label({}, Type::Strong, Token::Text, this),
        new Label({}, Type::Hint, Token::Muted, this) };
    auto* across = new QHBoxLayout;
    across->setSpacing(space::k12);
    across->addWidget(row.icon, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(row.head);
    words->addWidget(row.text);
    across->addLayout(words, 1);
    layout.addLayout(across);
    return row;
}

void LaptopPanel::set(const Row& row, Icon icon, Token colour, const QString& head, const QString& text) const
{
    row.icon->setPixmap(iconPixmap(icon, kIconSize, Theme::instance().colour(colour), devicePixelRatioF()));
    row.head->setText(head);
    row.text->setText(text);
}

void LaptopPanel::update()
{
    if (networkIsUp())
        set(m_network, Icon::Warning, Token::Warn, tr("Online"), tr("Unplug or switch off the network"));
    else
        set(m_network, Icon::Check, Token::Ok, tr("Offline"), tr("No network interface is up"));
    const auto displays = static_cast<int>(QGuiApplication::screens().size());
    set(m_displays, displays > 1 ? Icon::Warning : Icon::Laptop, displays > 1 ? Token::Warn : Token::Muted,
        tr("%n display(s) connected", nullptr, displays),
        displays > 1 ? tr("Shares must not be seen on a projector")
                     : tr("A mirrored projector cannot be told"));
    set(m_clock, Icon::Clock, Token::Muted,
        ltr(QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd HH:mm"))),
        tr("Check against the wall clock"));
    showDevices();
}

void LaptopPanel::showDevices()
{
    QStringList serials;
    for (const device::DetectedDevice& each : m_directory.devices()) {
        if (each.status)
            serials << ltr(each.status->serial);
    }
    if (serials.isEmpty())
        set(m_devices, Icon::Usb, Token::Muted, tr("No device connected"), tr("Step 2 waits for it"));
    else
        set(m_devices, Icon::Usb, Token::Ok,
            tr("%n device(s) connected", nullptr, static_cast<int>(serials.size())),
            serials.join(QStringLiteral(", ")));
}

} // namespace conclave::ui
