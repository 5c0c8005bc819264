// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/device/readersource.h"

#include <QMutex>

#include <memory>
#include <vector>

namespace conclave::simulator {
class SimulatedHsm;
}

namespace conclave::device {

/// A rack of simulated devices, for rehearsals and tests. Its library does not link PC/SC: code that takes a
/// SimulatedReaders cannot reach a real device. insert() and pull() may be called on any thread.
class SimulatedReaders final : public ReaderSource {
    Q_OBJECT
public:
    explicit SimulatedReaders(QObject* parent = nullptr);
    ~SimulatedReaders() override;

    /// Puts a device into a reader, which is new or empty or gets another card. The device keeps its state
    /// while it lies in no reader, hence shared.
    void insert(const QString& reader, std::shared_ptr<simulator::SimulatedHsm> device);
    /// Takes the card out, perhaps in the middle of work: CardRemoved for who has it open. The reader stays.
    void pull(const QString& reader);
    /// Takes the reader away, with its card.
    void removeReader(const QString& reader);

    [[nodiscard]] Result<std::vector<ReaderInfo>> readers() const override;
    [[nodiscard]] Result<std::unique_ptr<card::CardChannel>> open(const QString& reader) override;
    [[nodiscard]] bool simulated() const override { return true; }
    void refresh() override;

private:
    struct Slot;
    class Channel;

    /// Under the lock.
    [[nodiscard]] std::shared_ptr<Slot> find(const QString& reader) const;
    void put(Slot& slot, std::shared_ptr<simulator::SimulatedHsm> device);
    /// The card of that insertion pulled itself, as planned faults do.
    void pulled(Slot& slot, int insertion);
    void tellChanged();

    mutable QMutex m_mutex; // the rack is used by the UI's thread and by workers
    std::vector<std::shared_ptr<Slot>> m_slots; // channels keep their slot
    int m_lastInsertion = 0;
};

} // namespace conclave::device
