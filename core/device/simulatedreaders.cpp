// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/simulatedreaders.h"

#include "core/simulator/simulatedhsm.h"

#include <algorithm>
#include <utility>

namespace conclave::device {

struct SimulatedReaders::Slot {
    QString name{};
    std::shared_ptr<simulator::SimulatedHsm> device{}; ///< null: no card
    int insertion = 0; ///< counts what comes and goes
    bool open = false;
    bool gone = false; ///< the reader was taken away
};

/// A connection to the card that lay in the slot when it was opened.
class SimulatedReaders::Channel final : public card::CardChannel {
public:
    Channel(SimulatedReaders& readers, std::shared_ptr<Slot> slot)
        : m_readers(readers)
        , m_slot(std::move(slot))
        , m_device(m_slot->device)
        , m_insertion(m_slot->insertion)
    {
    }
    ~Channel() override
    {
        const QMutexLocker lock(&m_readers.m_mutex);
        if (m_slot->insertion == m_insertion)
            m_slot->open = false;
    }

    [[nodiscard]] Result<SecretBytes> transmit(ByteView command) override
    {
        if (const Status there = stillThere(); !there)
            return fail(there.error());
        // Without the lock: it may take minutes, and pull() ends it.
        auto response = m_device->exchange(command);
        if (const Status there = stillThere(); !there)
            return fail(there.error());
        if (!response && response.error().kind == ErrorKind::CardRemoved)
            m_readers.pulled(*m_slot, m_insertion);
        return response;
    }

private:
    [[nodiscard]] Status stillThere() const
    {
        const QMutexLocker lock(&m_readers.m_mutex);
        if (m_slot->gone)
            return fail(ErrorKind::ReaderGone, m_slot->name);
        if (m_slot->insertion != m_insertion)
            return fail(ErrorKind::CardRemoved, m_slot->name);
        return {};
    }

    SimulatedReaders& m_readers;
    const std::shared_ptr<Slot> m_slot;
    const std::shared_ptr<simulator::SimulatedHsm> m_device;
    const int m_insertion;
};

SimulatedReaders::SimulatedReaders(QObject* parent)
    : ReaderSource(parent)
{
}

SimulatedReaders::~SimulatedReaders()
{
    sendGuestsAway();
}

std::shared_ptr<SimulatedReaders::Slot> SimulatedReaders::find(const QString& reader) const
{
    const auto found = std::ranges::find_if(m_slots, [&](const auto& slot) { return slot->name == reader; });
    return found == m_slots.end() ? nullptr : *found;
}

void SimulatedReaders::put(Slot& slot, std::shared_ptr<simulator::SimulatedHsm> device)
{
    if (slot.device)
        slot.device->interrupt();
    slot.device = std::move(device);
    slot.open = false;
    slot.insertion = ++m_lastInsertion;
}

void SimulatedReaders::tellChanged()
{
    // On the object's own thread, whichever thread the card was pulled on.
    QMetaObject::invokeMethod(this, &ReaderSource::changed, Qt::AutoConnection);
}

void SimulatedReaders::insert(const QString& reader, std::shared_ptr<simulator::SimulatedHsm> device)
{
    {
        const QMutexLocker lock(&m_mutex);
        auto slot = find(reader);
        if (!slot) {
            slot = std::make_shared<Slot>(Slot{ .name = reader });
            m_slots.push_back(slot);
        }
        put(*slot, std::move(device));
    }
    tellChanged();
}

void SimulatedReaders::pull(const QString& reader)
{
    {
        const QMutexLocker lock(&m_mutex);
        if (const auto slot = find(reader))
            put(*slot, nullptr);
    }
    tellChanged();
}

void SimulatedReaders::pulled(Slot& slot, int insertion)
{
    {
        const QMutexLocker lock(&m_mutex);
        if (slot.insertion == insertion)
            put(slot, nullptr);
    }
    tellChanged();
}

void SimulatedReaders::removeReader(const QString& reader)
{
    {
        const QMutexLocker lock(&m_mutex);
        if (const auto slot = find(reader)) {
            put(*slot, nullptr);
            slot->gone = true;
            std::erase(m_slots, slot);
        }
    }
    tellChanged();
}

Result<std::vector<ReaderInfo>> SimulatedReaders::readers() const
{
    const QMutexLocker lock(&m_mutex);
    std::vector<ReaderInfo> readers;
    for (const auto& slot : m_slots) {
        readers.push_back({ .name = slot->name,
            .cardPresent = slot->device != nullptr,
            .simulated = true,
            .insertion = slot->insertion });
    }
    return readers;
}

Result<std::unique_ptr<card::CardChannel>> SimulatedReaders::open(const QString& reader)
{
    std::unique_ptr<Channel> channel;
    std::shared_ptr<simulator::SimulatedHsm> device;
    {
        const QMutexLocker lock(&m_mutex);
        const auto slot = find(reader);
        if (!slot)
            return fail(ErrorKind::ReaderGone, reader);
        if (!slot->device)
            return fail(ErrorKind::NoCard, reader);
        if (slot->open)
            return fail(ErrorKind::DeviceBusy, reader);
        slot->open = true;
        device = slot->device;
        channel = std::make_unique<Channel>(*this, slot);
    }
    device->reset(); // waits for an exchange that was running when the card was pulled before
    return channel;
}

void SimulatedReaders::refresh()
{
    QMetaObject::invokeMethod(this, &ReaderSource::changed, Qt::QueuedConnection);
}

} // namespace conclave::device
