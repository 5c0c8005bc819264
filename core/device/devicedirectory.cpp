// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/devicedirectory.h"

#include "core/base/threadstate.h"
#include "core/device/ondone.h"

#include <QFuture>
#include <QPromise>

#include <algorithm>
#include <atomic>
#include <functional>
#include <new>
#include <utility>

namespace conclave::device {

namespace {

/// Looks at devices wait for USB, not for the processor.
constexpr int kLooksAtATime = 8;

/// Lets no command through any more once it was told to stop.
class StoppableChannel final : public card::CardChannel {
public:
    StoppableChannel(std::unique_ptr<card::CardChannel> channel, const std::atomic<bool>& stop)
        : m_channel(std::move(channel))
        , m_stop(stop)
    {
    }

    [[nodiscard]] Result<SecretBytes> transmit(ByteView command) override
    {
        if (m_stop)
            return fail(ErrorKind::TransportFailed);
        return m_channel->transmit(command);
    }

private:
    std::unique_ptr<card::CardChannel> m_channel;
    const std::atomic<bool>& m_stop;
};

} // namespace

/// One look, shared by the directory and the pool's thread.
struct DeviceDirectory::Look {
    std::atomic<bool> stop = false;
    QString reader{};
    QDate today{};
    card::DeviceStatus status{};
    card::DeviceTrust trust{};
    std::vector<card::KeyEntry> keys{};

    Status run(ReaderSource& source)
    {
        const ReaderSource::Probe probe(source, reader);
        if (stop)
            return {};
        auto opened = source.open(reader);
        if (!opened)
            return fail(std::move(opened).error());
        StoppableChannel channel(std::move(*opened), stop);
        card::SmartCardHsm hsm(channel);
        auto read = hsm.status();
        if (!read)
            return fail(std::move(read).error());
        status = std::move(*read);
        const auto certificates = hsm.deviceCertificates();
        if (!certificates)
            return fail(certificates.error());
        trust = card::judgeChain(*certificates, today);
        if (!status.initialised())
            return {};
        // A device whose keys cannot be read must not look like one without keys.
        auto listed = hsm.keys();
        if (!listed)
            return fail(std::move(listed).error());
        keys = std::move(*listed);
        return {};
    }
};

struct DeviceDirectory::Entry {
    DetectedDevice device{};
    int insertion = 0;
    bool heldByOther = false;
    bool lookedTwice = false; ///< a device that was busy for a moment
    std::shared_ptr<Look> look{}; ///< in hand
    bool waits = false; ///< for a look that was broken off and still has the device
};

DeviceDirectory::DeviceDirectory(ReaderSource& source, QObject* parent, Clock clock)
    : QObject(parent)
    , m_source(source)
    , m_clock(std::move(clock))
{
    m_pool.setMaxThreadCount(kLooksAtATime);
    connect(&m_source, &ReaderSource::changed, this, &DeviceDirectory::update);
    update();
}

DeviceDirectory::~DeviceDirectory()
{
    for (Entry& entry : m_entries)
        breakOff(entry);
}

std::optional<Error> DeviceDirectory::problem() const
{
    const auto readers = m_source.readers();
    if (!readers)
        return readers.error();
    if (readers->empty())
        return Error{ .kind = ErrorKind::NoReader };
    if (std::ranges::none_of(*readers, &ReaderInfo::cardPresent))
        return Error{ .kind = ErrorKind::NoCard };
    return {};
}

void DeviceDirectory::update()
{
    auto readers = m_source.readers().value_or(std::vector<ReaderInfo>());
    std::erase_if(readers, [](const ReaderInfo& reader) { return !reader.cardPresent; });

    const auto stillThere = [&](const Entry& entry) {
        return std::ranges::any_of(readers, [&](const ReaderInfo& reader) {
            return reader.name == entry.device.reader && reader.insertion == entry.insertion;
        });
    };
    for (Entry& entry : m_entries) {
        if (!stillThere(entry))
            breakOff(entry);
    }
    std::erase_if(m_entries, std::not_fn(stillThere));
    for (const ReaderInfo& reader : readers) {
        const auto found = std::ranges::find_if(
            m_entries, [&](const Entry& entry) { return entry.device.reader == reader.name; });
        if (found == m_entries.end()) {
            Entry& entry = m_entries.emplace_back(Entry{ .device
                = { .reader = reader.name, .isVirtual = reader.isVirtual, .simulated = reader.simulated },
                .insertion = reader.insertion,
                .heldByOther = reader.heldByOther });
            startLook(entry);
            continue;
        }
        const bool freed = std::exchange(found->heldByOther, reader.heldByOther) && !reader.heldByOther;
        if (freed) {
            found->lookedTwice = false;
            if (found->device.error && found->device.error->kind == ErrorKind::DeviceBusy)
                startLook(*found);
        }
    }
    publish();
}

void DeviceDirectory::startLook(Entry& entry)
{
    if (m_paused)
        return;
    breakOff(entry);
    entry.device.probing = true;
    if (m_looking.contains(entry.device.reader)) {
        entry.waits = true;
        return;
    }
    m_looking.insert(entry.device.reader);
    entry.look = std::make_shared<Look>();
    entry.look->reader = entry.device.reader;
    entry.look->today = m_clock().date();

    auto promise = std::make_shared<QPromise<Status>>();
    auto look = entry.look;
    onDone(promise->future(), this, [this, look](QFuture<Status> done) {
        if (!done.isCanceled())
            lookDone(look, done.takeResult());
    });
    m_pool.start([&source = m_source, look = std::move(look), promise = std::move(promise)] {
        promise->start();
        try {
            promise->addResult(look->run(source));
        } catch (const std::bad_alloc&) {
            promise->addResult(fail(ErrorKind::OutOfSecureMemory));
        }
        dropThreadState(); // now, not while the program may be ending
        promise->finish();
    });
}

void DeviceDirectory::breakOff(Entry& entry)
{
    if (entry.look)
        entry.look->stop = true;
    entry.look.reset();
    entry.waits = false;
    entry.device.probing = false;
}

void DeviceDirectory::lookDone(const std::shared_ptr<Look>& look, Status outcome)
{
    m_looking.erase(look->reader);
    const auto entry = std::ranges::find_if(m_entries, [&](const Entry& candidate) {
        return candidate.look == look || (candidate.waits && candidate.device.reader == look->reader);
    });
    if (entry == m_entries.end())
        return;
    if (std::exchange(entry->waits, false)) {
        startLook(*entry);
        return;
    }
    entry->look.reset();
    entry->device.probing = false;
    // Busy though nobody holds it any more: another program was as quick as we.
    if (!outcome && outcome.error().kind == ErrorKind::DeviceBusy && !entry->heldByOther
        && !entry->lookedTwice) {
        entry->lookedTwice = true;
        startLook(*entry);
        return;
    }
    if (outcome) {
        entry->device.status = std::move(look->status);
        entry->device.trust = std::move(look->trust);
        entry->device.keys = std::move(look->keys);
        entry->device.error.reset();
    } else {
        entry->device.status.reset();
        entry->device.trust = {};
        entry->device.keys.clear();
        entry->device.error = std::move(outcome).error();
    }
    publish();
}

void DeviceDirectory::publish()
{
    m_devices.clear();
    for (const Entry& entry : m_entries)
        m_devices.push_back(entry.device);
    Q_EMIT changed();
}

void DeviceDirectory::lookAgain()
{
    for (Entry& entry : m_entries)
        startLook(entry);
    publish();
}

void DeviceDirectory::pause()
{
    m_paused = true;
    for (Entry& entry : m_entries)
        breakOff(entry);
    publish();
}

void DeviceDirectory::resume()
{
    m_paused = false;
    lookAgain();
}

} // namespace conclave::device
