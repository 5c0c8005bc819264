// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/event.h"
#include "core/device/simulatedreaders.h"
#include "core/simulator/devicedelays.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <cstdint>
#include <memory>

namespace conclave::app {

/// The simulated device of a rehearsal and the reader that it lies in. Its memory is kept next to the
/// rehearsal's records, so that a paused rehearsal goes on with the device as it was.
class RehearsalDevice : public QObject {
    Q_OBJECT

public:
    explicit RehearsalDevice(simulator::DeviceDelays delays);
    ~RehearsalDevice() override;

    [[nodiscard]] device::SimulatedReaders& readers() { return m_readers; }
    /// Puts the device that this rehearsal left into the reader; a new one when it left none.
    void continueIn(const QString& folder);
    /// Puts into the readers what such a rehearsal is about: the device of the last rehearsal in this folder
    /// of records, or a new one, or both.
    void prepareFor(ceremony::Flow flow, const QString& recordsFolder);
    /// Keeps the device's memory in this folder from now on; empty: a new rehearsal with a new device.
    void keepIn(const QString& folder);

private:
    void insert(std::shared_ptr<simulator::SimulatedHsm> device);
    void saveWhenChanged();

    device::SimulatedReaders m_readers;
    simulator::DeviceDelays m_delays;
    std::shared_ptr<simulator::SimulatedHsm> m_device;
    QString m_folder;
    std::uint64_t m_saved = 0;
    QTimer m_timer;
    QThreadPool m_pool; // one thread, so that a newer state is never overtaken by an older one
};

} // namespace conclave::app
