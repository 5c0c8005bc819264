// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/deviceconnection.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace conclave::device {

namespace {

/// Of several readers' errors, the one that tells most: a busy card may be the one that is looked for.
int weight(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::DeviceBusy:
        return 4;
    case ErrorKind::NotSmartCardHsm:
        return 1;
    case ErrorKind::WrongDevice:
        return 2;
    case ErrorKind::NoCard:
    case ErrorKind::CardRemoved:
    case ErrorKind::ReaderGone:
        return 0;
    default:
        return 3;
    }
}

} // namespace

/// Remembers that its card stopped answering.
class DeviceConnection::WatchedChannel final : public card::CardChannel {
public:
    explicit WatchedChannel(std::unique_ptr<card::CardChannel> channel)
        : m_channel(std::move(channel))
    {
    }

    [[nodiscard]] Result<SecretBytes> transmit(ByteView command) override
    {
        auto response = m_channel->transmit(command);
        if (!response)
            m_lost = true;
        return response;
    }
    [[nodiscard]] bool lost() const { return m_lost; }

private:
    std::unique_ptr<card::CardChannel> m_channel;
    bool m_lost = false;
};

DeviceConnection::DeviceConnection(ReaderSource& source, QString serial, QString reader)
    : m_source(source)
    , m_serial(std::move(serial))
    , m_reader(std::move(reader))
{
}

DeviceConnection::~DeviceConnection() = default;

void DeviceConnection::close()
{
    m_hold.reset();
    m_hsm.reset();
    m_channel.reset();
}

void DeviceConnection::closeIfLost()
{
    if (m_channel && m_channel->lost())
        close();
}

Status DeviceConnection::ensureOpen()
{
    // A device that was out in between would tell at the next command only, which fails for nothing then.
    if (m_hsm && !m_serial.isEmpty() && insertion() != m_insertion)
        close();
    if (m_hsm)
        return {};
    if (m_serial.isEmpty())
        return openReader(m_reader, -1); // of a look without a serial, which holds nothing

    auto readers = m_source.readers();
    if (!readers)
        return fail(std::move(readers).error());
    if (readers->empty())
        return fail(ErrorKind::NoReader);
    std::erase_if(*readers, [](const ReaderInfo& reader) { return !reader.cardPresent; });
    // Most often it is where it was.
    std::ranges::stable_partition(
        *readers, [this](const ReaderInfo& reader) { return reader.name == m_reader; });

    Error worst{ .kind = ErrorKind::NoCard };
    for (const ReaderInfo& reader : *readers) {
        Status opened = openReader(reader.name, reader.insertion);
        if (opened) {
            m_reader = reader.name;
            m_insertion = reader.insertion;
            return {};
        }
        if (weight(opened.error().kind) > weight(worst.kind))
            worst = std::move(opened).error();
    }
    return fail(std::move(worst));
}

int DeviceConnection::insertion() const
{
    const auto readers = m_source.readers();
    if (!readers)
        return m_insertion; // the next command tells
    const auto found = std::ranges::find(*readers, m_reader, &ReaderInfo::name);
    return found == readers->end() ? -1 : found->insertion;
}

Status DeviceConnection::openReader(const QString& reader, int insertion)
{
    const ReaderSource::Search search(m_source, reader);
    if (const QString held = m_source.heldIn(reader, insertion);
        !held.isEmpty() && !m_serial.isEmpty() && held != m_serial)
        return fail(ErrorKind::NoCard); // for this worker: the other one is where it belongs
    m_source.waitForProbe(reader);
    auto channel = m_source.open(reader);
    // The probe may have begun just after we looked.
    if (!channel && channel.error().kind == ErrorKind::DeviceBusy && m_source.waitForProbe(reader))
        channel = m_source.open(reader);
    if (!channel)
        return fail(std::move(channel).error());

    m_channel = std::make_unique<WatchedChannel>(std::move(*channel));
    m_hsm = std::make_unique<card::SmartCardHsm>(*m_channel);
    if (!m_serial.isEmpty()) {
        auto serial = m_hsm->serial();
        if (!serial || *serial != m_serial) {
            close();
            return fail(serial ? Error{ .kind = ErrorKind::WrongDevice, .detail = *serial }
                               : std::move(serial).error());
        }
    }
    if (!m_serial.isEmpty())
        m_hold = std::make_unique<ReaderSource::Hold>(m_source, reader, m_serial, insertion);
    ++m_number;
    return {};
}

} // namespace conclave::device
