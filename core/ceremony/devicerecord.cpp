// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/devicerecord.h"

#include <type_traits>

namespace conclave::ceremony {

namespace {

template <typename E, typename... T>
constexpr bool isOneOf(const std::variant<T...>*)
{
    return (std::is_same_v<E, T> || ...);
}

Result<Event> onDevice(const QString& serial, Event event)
{
    return std::visit(
        [&serial](auto&& e) -> Result<Event> {
            using E = std::decay_t<decltype(e)>;
            if constexpr (isOneOf<E>(static_cast<const DeviceEvent*>(nullptr)))
                return Event(OnDevice{ serial, std::move(e) });
            else
                return fail(ErrorKind::NotAllowedNow, QString::fromUtf16(u"onDevice"));
        },
        std::move(event));
}

} // namespace

DeviceRecord::DeviceRecord(Recorder& whole, QString serial)
    : m_whole(whole)
    , m_serial(std::move(serial))
{
    connect(&m_whole, &Recorder::foldedOnDevice, this,
        [this](const QString& device, const std::vector<Effect>& effects) {
            if (device != m_serial)
                return;
            m_followed = m_whole.state().events;
            Q_EMIT folded(effects);
        });
}

const CeremonyState& DeviceRecord::state() const
{
    return *m_whole.state().onDevice(m_serial);
}

const std::vector<RecordedEvent>& DeviceRecord::record() const
{
    return m_whole.record();
}

QString DeviceRecord::folder() const
{
    return m_whole.folder();
}

Status DeviceRecord::add(std::vector<Event> events)
{
    std::vector<Event> wrapped;
    for (Event& event : events) {
        Result<Event> one = onDevice(m_serial, std::move(event));
        if (!one)
            return fail(one.error());
        wrapped.push_back(std::move(*one));
    }
    Status added = m_whole.add(std::move(wrapped));
    if (added)
        m_added = m_whole.accepted();
    return added;
}

QThreadPool& DeviceRecord::fileThread()
{
    return m_whole.fileThread();
}

} // namespace conclave::ceremony
