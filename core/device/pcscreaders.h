// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/device/readersource.h"
#include "core/pcsc/readermonitor.h"

#include <QMutex>

#include <memory>

namespace conclave::device {

/// The readers of the platform's smart card service. readers() is empty until the first changed().
class PcscReaders final : public ReaderSource {
    Q_OBJECT
public:
    explicit PcscReaders(pcsc::PcscApi& api = pcsc::systemPcsc(), QObject* parent = nullptr);
    ~PcscReaders() override;

    [[nodiscard]] Result<std::vector<ReaderInfo>> readers() const override;
    [[nodiscard]] Result<std::unique_ptr<card::CardChannel>> open(const QString& reader) override;
    [[nodiscard]] bool simulated() const override { return false; }
    void refresh() override;

private:
    class HeldChannel;
    struct Held;

    void setReaders(const pcsc::ReaderList& readers);

    pcsc::PcscApi& m_api;
    mutable QMutex m_mutex; // readers() is asked by workers too
    pcsc::ReaderList m_readers;
    std::shared_ptr<Held> m_held; // what this process has open; channels may outlive the source by a moment
    pcsc::ReaderMonitor m_monitor;
};

} // namespace conclave::device
