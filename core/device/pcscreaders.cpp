// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/pcscreaders.h"

#include "core/pcsc/pcscchannel.h"

#include <set>
#include <utility>

namespace conclave::device {

/// The readers whose cards this process holds, so that it does not take itself for another program.
struct PcscReaders::Held {
    QMutex mutex;
    std::multiset<QString> readers;
};

class PcscReaders::HeldChannel final : public card::CardChannel {
public:
    /// Held from before the service can tell that the card is in use.
    static Result<std::unique_ptr<card::CardChannel>> open(
        std::shared_ptr<Held> held, pcsc::PcscApi& api, const QString& reader)
    {
        std::unique_ptr<HeldChannel> channel(new HeldChannel(std::move(held), reader));
        auto opened = pcsc::PcscChannel::open(api, reader);
        if (!opened)
            return fail(std::move(opened).error());
        channel->m_channel = std::move(*opened);
        return channel;
    }
    ~HeldChannel() override
    {
        m_channel.reset();
        const QMutexLocker lock(&m_held->mutex);
        m_held->readers.erase(m_held->readers.find(m_reader));
    }

    [[nodiscard]] Result<SecretBytes> transmit(ByteView command) override
    {
        return m_channel->transmit(command);
    }

private:
    HeldChannel(std::shared_ptr<Held> held, QString reader)
        : m_held(std::move(held))
        , m_reader(std::move(reader))
    {
        const QMutexLocker lock(&m_held->mutex);
        m_held->readers.insert(m_reader);
    }

    const std::shared_ptr<Held> m_held;
    const QString m_reader;
    std::unique_ptr<pcsc::PcscChannel> m_channel;
};

PcscReaders::PcscReaders(pcsc::PcscApi& api, QObject* parent)
    : ReaderSource(parent)
    , m_api(api)
    , m_held(std::make_shared<Held>())
    , m_monitor(api)
{
    connect(&m_monitor, &pcsc::ReaderMonitor::readersChanged, this, &PcscReaders::setReaders);
    m_monitor.refresh(); // what it told before anybody listened, it tells again
}

PcscReaders::~PcscReaders()
{
    sendGuestsAway();
}

Result<std::vector<ReaderInfo>> PcscReaders::readers() const
{
    const QMutexLocker lock(&m_mutex);
    return m_readers.map([this](const std::vector<pcsc::ReaderState>& states) {
        const QMutexLocker heldLock(&m_held->mutex);
        std::vector<ReaderInfo> readers;
        for (const pcsc::ReaderState& state : states) {
            readers.push_back({ .name = state.name,
                .cardPresent = state.cardPresent,
                .heldByOther = state.inUse && !m_held->readers.contains(state.name),
                .isVirtual = state.isVirtual,
                .insertion = state.insertion });
        }
        return readers;
    });
}

Result<std::unique_ptr<card::CardChannel>> PcscReaders::open(const QString& reader)
{
    return HeldChannel::open(m_held, m_api, reader);
}

void PcscReaders::refresh()
{
    m_monitor.refresh();
}

void PcscReaders::setReaders(const pcsc::ReaderList& readers)
{
    {
        const QMutexLocker lock(&m_mutex);
        m_readers = readers;
    }
    Q_EMIT changed();
}

} // namespace conclave::device
