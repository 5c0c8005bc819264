// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/smartcardhsm.h"
#include "core/device/readersource.h"

#include <QString>

#include <atomic>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>

namespace conclave::device {

/// A connection that opens when it is needed and closes itself when the card does not answer any more: what a
/// DeviceWorker has on its thread. All but close requests belongs to that thread.
class DeviceConnection {
public:
    /// With a serial: that device, in whatever reader it is. Without: whatever is in the reader.
    DeviceConnection(ReaderSource& source, QString serial, QString reader);
    ~DeviceConnection();

    /// Runs the operation on the open device, or tells why it could not be opened.
    template <typename R, typename Op>
    [[nodiscard]] R run(Op& op)
    {
        const Working working(*this);
        try {
            if (auto opened = ensureOpen(); !opened)
                return fail(std::move(opened).error());
            R result = [&]() -> R {
                if constexpr (std::is_invocable_v<Op&, card::SmartCardHsm&, std::uint64_t>)
                    return op(*m_hsm, m_number);
                else
                    return op(*m_hsm);
            }();
            closeIfLost();
            return result;
        } catch (const std::bad_alloc&) {
            closeIfLost();
            return fail(ErrorKind::OutOfSecureMemory);
        }
    }
    void close();

    void requestStop() { m_stopping = true; } ///< any thread
    [[nodiscard]] bool stopping() const { return m_stopping; }
    [[nodiscard]] bool working() const { return m_working; } ///< any thread
    [[nodiscard]] static bool anyWorking() { return s_working > 0; } ///< in this process; any thread
    [[nodiscard]] ReaderSource& source() const { return m_source; }

private:
    class WatchedChannel;
    /// As long as an operation runs.
    class Working {
    public:
        explicit Working(DeviceConnection& connection)
            : m_connection(connection)
        {
            m_connection.m_working = true;
            ++s_working;
        }
        Working(const Working&) = delete;
        Working& operator=(const Working&) = delete;
        ~Working()
        {
            m_connection.m_working = false;
            --s_working;
        }

    private:
        DeviceConnection& m_connection;
    };

    Status ensureOpen();
    [[nodiscard]] int insertion() const; ///< in m_reader; -1: not known
    Status openReader(const QString& reader, int insertion);
    void closeIfLost();

    ReaderSource& m_source;
    const QString m_serial;
    QString m_reader; ///< the one asked for, or where the device was last
    int m_insertion = -1; ///< of the card that was opened
    std::uint64_t m_number = 0;
    std::unique_ptr<WatchedChannel> m_channel;
    std::unique_ptr<card::SmartCardHsm> m_hsm;
    std::unique_ptr<ReaderSource::Hold> m_hold; ///< of a device with a serial
    std::atomic<bool> m_stopping = false;
    std::atomic<bool> m_working = false;
    static inline std::atomic<int> s_working = 0;
};

} // namespace conclave::device
