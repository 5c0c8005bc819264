// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/card/smartcardhsm.h"
#include "core/device/readersource.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace conclave::device {

/// A card that was looked at, whether it is a SmartCard-HSM or not.
struct DetectedDevice {
    QString reader{};
    bool isVirtual = false;
    bool simulated = false;
    bool probing = false; ///< is being looked at; what follows is from the look before, if any
    std::optional<card::DeviceStatus> status{};
    card::DeviceTrust trust{}; ///< what its chain of certificates tells, with a status only
    std::vector<card::KeyEntry> keys{};
    std::optional<Error> error{}; ///< why there is no status: NotSmartCardHsm, DeviceBusy ...
};

/// Looks once at each card that comes, and lets it go again. Nothing is changed on it, no PIN try is used.
class DeviceDirectory : public QObject {
    Q_OBJECT
public:
    /// Starts to look at once. The source must outlive the directory; certificates are judged by the clock.
    explicit DeviceDirectory(ReaderSource& source, QObject* parent = nullptr, Clock clock = systemClock());
    /// Looks in hand end after the command that they are at.
    ~DeviceDirectory() override;

    /// Cards in the order in which they came. After a reader's card was changed, it is a new entry at the
    /// end.
    [[nodiscard]] const std::vector<DetectedDevice>& devices() const { return m_devices; }
    /// Why the source sees nothing: ServiceNotRunning, ServiceNotPermitted, NoReader, NoCard; nothing when it
    /// does.
    [[nodiscard]] std::optional<Error> problem() const;

    /// Looks at all cards anew.
    void lookAgain();
    /// Starts no look and breaks off those in hand, while a worker has the device.
    void pause();
    /// Looks at what is there, anew.
    void resume();
    [[nodiscard]] bool paused() const { return m_paused; }

Q_SIGNALS:
    /// devices() or problem() changed.
    void changed();

private:
    struct Entry;
    struct Look;

    void update();
    void startLook(Entry& entry);
    void lookDone(const std::shared_ptr<Look>& look, Status outcome);
    void breakOff(Entry& entry);
    void publish();

    ReaderSource& m_source;
    Clock m_clock;
    std::vector<Entry> m_entries;
    std::set<QString> m_looking; ///< readers with a look that has not ended yet, perhaps one broken off
    std::vector<DetectedDevice> m_devices; ///< what m_entries show
    bool m_paused = false;
    QThreadPool m_pool; // the first to go: it waits for the looks
};

} // namespace conclave::device
