// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/pcsc/pcscapi.h"

#include <QDeadlineTimer>
#include <QMutex>
#include <QWaitCondition>

#include <algorithm>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <utility>

namespace conclave::test {

/// A smart card service that does what a test says: readers and cards come and go, it stops and starts, and
/// any call can be told to fail. Status waits sleep as the real ones do, and a cancel before a wait is lost.
class FakePcsc final : public pcsc::PcscApi {
public:
    enum class Call { Establish, List, Status, Connect, Transmit };

    // What the test does, on any thread.

    void addReader(const QString& name)
    {
        change([&] { m_readers.push_back({ .name = name }); });
    }
    void removeReader(const QString& name)
    {
        change([&] { std::erase_if(m_readers, [&](const Reader& reader) { return reader.name == name; }); });
    }
    void insertCard(const QString& reader)
    {
        change([&] { move(reader, pcsc::state::kPresent); });
    }
    void pullCard(const QString& reader)
    {
        change([&] { move(reader, pcsc::state::kEmpty); });
    }
    /// Faster than anybody can look.
    void swapCard(const QString& reader)
    {
        change([&] {
            move(reader, pcsc::state::kEmpty);
            move(reader, pcsc::state::kPresent);
        });
    }
    /// Another program takes the card (kInUse or kExclusive), or lets it go (0).
    void hold(const QString& reader, std::uint32_t how)
    {
        change([&] { find(reader)->held = how; });
    }
    void stopService()
    {
        change([&] {
            m_running = false;
            m_contexts.clear();
            m_cards.clear();
        });
    }
    /// With what is in its readers, counted from the beginning.
    void startService()
    {
        change([&] {
            m_running = true;
            for (Reader& reader : m_readers)
                reader.counter = 0;
        });
    }
    /// The next call of this kind answers so; several are a queue.
    void failNext(Call call, pcsc::Code code)
    {
        change([&] { m_failures[call].push_back(code); });
    }
    /// Every call of this kind, until it is given kSuccess.
    void failAlways(Call call, pcsc::Code code)
    {
        change([&] { m_alwaysFailing[call] = code; });
    }
    /// Cancels that come while no wait runs are lost anyway; these are lost, too.
    void loseCancels(int count)
    {
        change([&] { m_cancelsToLose = count; });
    }
    void setProtocol(pcsc::Protocol protocol) { m_protocol = protocol; }
    /// What the card answers to each command.
    void setCard(std::function<Bytes(ByteView)> card) { m_card = std::move(card); }

    // What the test sees.

    /// Blocks until a status wait sleeps, or some seconds have passed.
    bool waitUntilAsleep()
    {
        QMutexLocker lock(&m_mutex);
        const QDeadlineTimer deadline(std::chrono::seconds(20));
        while (m_sleeping == 0) {
            if (!m_changed.wait(&m_mutex, deadline))
                return false;
        }
        return true;
    }
    int calls(Call call) const
    {
        const QMutexLocker lock(&m_mutex);
        const auto found = m_calls.find(call);
        return found == m_calls.end() ? 0 : found->second;
    }
    int openContexts() const
    {
        const QMutexLocker lock(&m_mutex);
        return static_cast<int>(m_contexts.size());
    }
    int openCards() const
    {
        const QMutexLocker lock(&m_mutex);
        return static_cast<int>(m_cards.size());
    }

    // What the code under test calls.

    pcsc::Code establishContext(pcsc::ContextHandle& context) override
    {
        const QMutexLocker lock(&m_mutex);
        if (const pcsc::Code code = begin(Call::Establish); code != pcsc::code::kSuccess)
            return code;
        if (!m_running)
            return pcsc::code::kNoService;
        context = ++m_lastHandle;
        m_contexts.insert(context);
        return pcsc::code::kSuccess;
    }

    pcsc::Code releaseContext(pcsc::ContextHandle context) override
    {
        const QMutexLocker lock(&m_mutex);
        return m_contexts.erase(context) == 1 ? pcsc::code::kSuccess : pcsc::code::kInvalidHandle;
    }

    pcsc::Code cancel(pcsc::ContextHandle context) override
    {
        const QMutexLocker lock(&m_mutex);
        if (!m_contexts.contains(context))
            return pcsc::code::kInvalidHandle;
        if (m_sleeping > 0 && m_cancelsToLose-- <= 0) {
            m_cancelled = true;
            m_changed.wakeAll();
        }
        return pcsc::code::kSuccess;
    }

    pcsc::Code listReaders(pcsc::ContextHandle context, std::vector<QString>& readers) override
    {
        const QMutexLocker lock(&m_mutex);
        if (const pcsc::Code code = begin(Call::List); code != pcsc::code::kSuccess)
            return code;
        if (!m_contexts.contains(context))
            return pcsc::code::kInvalidHandle;
        if (m_readers.empty())
            return pcsc::code::kNoReadersAvailable;
        readers.clear();
        for (const Reader& reader : m_readers)
            readers.push_back(reader.name);
        return pcsc::code::kSuccess;
    }

    pcsc::Code getStatusChange(pcsc::ContextHandle context, std::uint32_t milliseconds,
        std::vector<pcsc::ReaderQuery>& queries) override
    {
        QMutexLocker lock(&m_mutex);
        const QDeadlineTimer deadline{ std::chrono::milliseconds(milliseconds) };
        const std::size_t readersBefore = m_readers.size();
        m_cancelled = false;
        while (true) {
            if (const pcsc::Code code = begin(Call::Status); code != pcsc::code::kSuccess)
                return code;
            if (!m_running)
                return pcsc::code::kNoService;
            if (!m_contexts.contains(context))
                return pcsc::code::kInvalidHandle;
            bool news = false;
            for (pcsc::ReaderQuery& query : queries) {
                if (isNotification(query)) {
                    query.event = pcsc::state::kUnknown;
                    news = news || m_readers.size() != readersBefore;
                    continue;
                }
                const Reader* reader = find(query.reader);
                if (reader == nullptr)
                    return pcsc::code::kUnknownReader;
                query.event = reader->event();
                news = news || query.event != query.known;
            }
            if (news)
                return pcsc::code::kSuccess;
            if (milliseconds == 0)
                return pcsc::code::kTimeout;
            ++m_sleeping;
            m_changed.wakeAll();
            const bool woken = m_changed.wait(&m_mutex, deadline);
            --m_sleeping;
            if (m_cancelled)
                return pcsc::code::kCancelled;
            if (!woken)
                return pcsc::code::kTimeout;
            --m_calls[Call::Status]; // the same call goes on
        }
    }

    pcsc::Code connect(pcsc::ContextHandle context, const QString& reader, pcsc::CardHandle& card,
        pcsc::Protocol& protocol) override
    {
        const QMutexLocker lock(&m_mutex);
        if (const pcsc::Code code = begin(Call::Connect); code != pcsc::code::kSuccess)
            return code;
        if (!m_contexts.contains(context))
            return pcsc::code::kInvalidHandle;
        Reader* found = find(reader);
        if (found == nullptr)
            return pcsc::code::kUnknownReader;
        if (found->state != pcsc::state::kPresent)
            return pcsc::code::kNoSmartCard;
        if (found->held != 0)
            return pcsc::code::kSharingViolation;
        found->held = pcsc::state::kExclusive;
        card = ++m_lastHandle;
        protocol = m_protocol;
        m_cards[card] = reader;
        m_changed.wakeAll();
        return pcsc::code::kSuccess;
    }

    pcsc::Code disconnect(pcsc::CardHandle card) override
    {
        const QMutexLocker lock(&m_mutex);
        const auto found = m_cards.find(card);
        if (found == m_cards.end())
            return pcsc::code::kInvalidHandle;
        if (Reader* reader = find(found->second))
            reader->held = 0;
        m_cards.erase(found);
        m_changed.wakeAll();
        return pcsc::code::kSuccess;
    }

    pcsc::Code transmit(pcsc::CardHandle card, pcsc::Protocol protocol, ByteView command,
        std::span<std::uint8_t> response, std::size_t& received) override
    {
        const QMutexLocker lock(&m_mutex);
        if (const pcsc::Code code = begin(Call::Transmit); code != pcsc::code::kSuccess)
            return code;
        const auto found = m_cards.find(card);
        if (found == m_cards.end() || protocol != m_protocol)
            return pcsc::code::kInvalidHandle;
        const Reader* reader = find(found->second);
        if (reader == nullptr)
            return pcsc::code::kReaderUnavailable;
        if (reader->state != pcsc::state::kPresent)
            return pcsc::code::kRemovedCard;
        const Bytes answer = m_card ? m_card(command) : Bytes{ 0x6D, 0x00 };
        if (answer.size() > response.size())
            return pcsc::code::kInsufficientBuffer;
        std::ranges::copy(answer, response.begin());
        received = answer.size();
        return pcsc::code::kSuccess;
    }

private:
    struct Reader {
        QString name{};
        std::uint32_t state = pcsc::state::kEmpty;
        std::uint32_t counter = 0;
        std::uint32_t held = 0;

        [[nodiscard]] std::uint32_t event() const { return state | held | counter << 16; }
    };

    static bool isNotification(const pcsc::ReaderQuery& query)
    {
        return query.reader == QStringLiteral("\\\\?PnP?\\Notification");
    }

    template <typename Fn>
    void change(Fn fn)
    {
        const QMutexLocker lock(&m_mutex);
        fn();
        m_changed.wakeAll();
    }
    Reader* find(const QString& name)
    {
        const auto found = std::ranges::find(m_readers, name, &Reader::name);
        return found == m_readers.end() ? nullptr : &*found;
    }
    void move(const QString& name, std::uint32_t state)
    {
        Reader* reader = find(name);
        reader->state = state;
        reader->held = 0;
        ++reader->counter;
    }
    pcsc::Code begin(Call call)
    {
        ++m_calls[call];
        if (auto& queue = m_failures[call]; !queue.empty()) {
            const pcsc::Code code = queue.front();
            queue.pop_front();
            return code;
        }
        const auto always = m_alwaysFailing.find(call);
        return always == m_alwaysFailing.end() ? pcsc::code::kSuccess : always->second;
    }

    mutable QMutex m_mutex;
    QWaitCondition m_changed;
    std::vector<Reader> m_readers;
    std::set<pcsc::ContextHandle> m_contexts;
    std::map<pcsc::CardHandle, QString> m_cards;
    std::map<Call, std::deque<pcsc::Code>> m_failures;
    std::map<Call, pcsc::Code> m_alwaysFailing;
    std::map<Call, int> m_calls;
    std::function<Bytes(ByteView)> m_card;
    pcsc::Protocol m_protocol = pcsc::Protocol::T1;
    std::intptr_t m_lastHandle = 0;
    int m_cancelsToLose = 0;
    int m_sleeping = 0;
    bool m_cancelled = false;
    bool m_running = true;
};

} // namespace conclave::test
