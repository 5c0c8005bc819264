// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/pcsc/pcscapi.h"

#include <QMetaType>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <memory>
#include <vector>

namespace conclave::pcsc {

struct ReaderState {
    QString name;
    bool cardPresent = false;
    bool inUse = false; ///< a program has a connection to the card: another one, or this
    bool isVirtual = false; ///< a vsmartcard reader: "Virtual PCD" in its name
    int insertion = 0; ///< another number: the card may be another one
    bool operator==(const ReaderState&) const = default;
};

/// The readers in the order of the service, empty when there is none; or why the service does not answer.
using ReaderList = Result<std::vector<ReaderState>>;

/// Watches readers and cards on a thread and context of its own, over stops and starts of the service.
class ReaderMonitor : public QObject {
    Q_OBJECT
public:
    /// How often it looks again while the service is down, and for what no notification tells.
    static constexpr std::chrono::milliseconds kInterval{ 1000 };

    explicit ReaderMonitor(
        PcscApi& api, std::chrono::milliseconds interval = kInterval, QObject* parent = nullptr);
    /// Wakes the thread and waits for its end, which comes at once.
    ~ReaderMonitor() override;

    /// Looks now, and tells even when nothing changed.
    void refresh();

Q_SIGNALS:
    /// First when the first look is done, then at every change. Emitted on the monitor's thread: connect
    /// queued.
    void readersChanged(const conclave::pcsc::ReaderList& readers);

private:
    class Watch;
    std::unique_ptr<Watch> m_watch;
    QTimer m_wakeAgain; ///< until the watch has heard of a refresh
};

} // namespace conclave::pcsc

Q_DECLARE_METATYPE(conclave::pcsc::ReaderList)
