// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "app/rehearsaldevice.h"

#include "core/simulator/simulatedhsm.h"
#include "core/simulator/statefile.h"

#include <QDir>
#include <QFileInfo>

namespace conclave::app {

namespace {

constexpr std::chrono::milliseconds kEvery{ 500 };

QString statePath(const QString& folder)
{
    return QDir(folder).filePath(QStringLiteral("simulated-device.state"));
}

QString readerName()
{
    return QStringLiteral("Simulated reader");
}

QString secondReaderName()
{
    return QStringLiteral("Simulated reader 2");
}

/// Null when there is none, or it cannot be read.
std::shared_ptr<simulator::SimulatedHsm> deviceOf(const QString& folder)
{
    return simulator::loadDevice(statePath(folder)).value_or(nullptr);
}

std::shared_ptr<simulator::SimulatedHsm> lastDevice(const QString& recordsFolder)
{
    const QDir records(recordsFolder);
    QFileInfo newest;
    for (const QString& name : records.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QFileInfo state(statePath(records.filePath(name)));
        if (state.exists() && (!newest.exists() || state.lastModified() > newest.lastModified()))
            newest = state;
    }
    return newest.exists() ? deviceOf(newest.path()) : nullptr;
}

/// A new device that nobody takes for that one.
std::shared_ptr<simulator::SimulatedHsm> spareBeside(const simulator::SimulatedHsm& device)
{
    const QString usual = simulator::Identity{}.serial;
    const QString other = QStringLiteral("DENK0299902");
    return std::make_shared<simulator::SimulatedHsm>(
        simulator::Identity{ .serial = device.identity().serial == usual ? other : usual });
}

} // namespace

RehearsalDevice::RehearsalDevice(simulator::DeviceDelays delays)
    : m_delays(delays)
{
    m_pool.setMaxThreadCount(1);
    m_timer.setInterval(kEvery);
    connect(&m_timer, &QTimer::timeout, this, &RehearsalDevice::saveWhenChanged);
    insert(std::make_shared<simulator::SimulatedHsm>());
}

RehearsalDevice::~RehearsalDevice()
{
    saveWhenChanged();
    m_pool.waitForDone();
}

void RehearsalDevice::insert(std::shared_ptr<simulator::SimulatedHsm> device)
{
    m_device = std::move(device);
    m_device->setDelays(m_delays);
    m_saved = m_device->revision();
    m_readers.insert(readerName(), m_device);
}

void RehearsalDevice::continueIn(const QString& folder)
{
    const auto device = deviceOf(folder);
    insert(device ? device : std::make_shared<simulator::SimulatedHsm>());
}

void RehearsalDevice::prepareFor(ceremony::Flow flow, const QString& recordsFolder)
{
    const auto last = flow == ceremony::Flow::Establish ? nullptr : lastDevice(recordsFolder);
    if (!last)
        return;
    if (flow == ceremony::Flow::Drill) {
        insert(spareBeside(*last));
    } else if (flow == ceremony::Flow::AddBackup) {
        insert(spareBeside(*last));
        last->setDelays(m_delays);
        m_readers.insert(secondReaderName(), last);
    } else {
        insert(last);
    }
}

void RehearsalDevice::keepIn(const QString& folder)
{
    saveWhenChanged();
    if (folder.isEmpty()) {
        m_readers.removeReader(secondReaderName());
        insert(std::make_shared<simulator::SimulatedHsm>());
    }
    m_folder = folder;
    if (m_folder.isEmpty())
        m_timer.stop();
    else
        m_timer.start();
}

void RehearsalDevice::saveWhenChanged()
{
    const std::uint64_t revision = m_device->revision();
    if (m_folder.isEmpty() || revision == m_saved)
        return;
    m_saved = revision;
    m_pool.start([device = m_device, path = statePath(m_folder)] {
        // A rehearsal without its device can still be looked at, so a full disk is no reason to stop it.
        static_cast<void>(simulator::saveDevice(path, *device));
    });
}

} // namespace conclave::app
