// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/recorder.h"

namespace conclave::ceremony {

/// The events on one of several devices, within the record of the whole ceremony, which must outlive it.
class DeviceRecord final : public Record {
    Q_OBJECT

public:
    /// The device must be one of those in the state, as long as this lives.
    DeviceRecord(Recorder& whole, QString serial);

    [[nodiscard]] const CeremonyState& state() const override;
    [[nodiscard]] const std::vector<RecordedEvent>& record() const override;
    [[nodiscard]] QString folder() const override;
    /// Events of this device.
    [[nodiscard]] bool writing() const override { return m_followed < m_added; }
    /// NotAllowedNow also for what does not happen on a device.
    [[nodiscard]] Status add(std::vector<Event> events) override;
    [[nodiscard]] QThreadPool& fileThread() override;

private:
    Recorder& m_whole;
    const QString m_serial;
    int m_added = 0; ///< how many events the whole has, up to the last that was added here
    int m_followed = 0; ///< how many of them are on the disk, their effects begun
};

} // namespace conclave::ceremony
