// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/device/deviceconnection.h"
#include "core/device/ondone.h"

#include <QFuture>
#include <QMetaObject>
#include <QObject>
#include <QPromise>
#include <QThread>

#include <memory>
#include <type_traits>
#include <utility>

namespace conclave::device {

/// What an operation returns: Op is called with the device, and the number of the connection if it takes it.
template <typename Op>
using OperationResult =
    typename std::conditional_t<std::is_invocable_v<Op&, card::SmartCardHsm&, std::uint64_t>,
        std::invoke_result<Op&, card::SmartCardHsm&, std::uint64_t>,
        std::invoke_result<Op&, card::SmartCardHsm&>>::type;

/// One thread that owns the connection to one device and does what is posted, in order.
/// The device is opened, exclusively, by the first operation and stays open until release(), until it stops
/// answering, or until the worker goes; the next operation opens it anew, in whatever reader it then is: the
/// serial counts. A login does not outlive a connection: an operation that takes a second parameter gets the
/// number of the connection, which is another one after each opening. The source must outlive the worker.
/// Belongs to one thread, usually the UI's.
class DeviceWorker {
public:
    /// The device with this serial, in any reader. Operations fail with WrongDevice (detail: the serial
    /// found) when only others are there, with DeviceBusy (detail: the reader), NoReader, NoCard,
    /// NotSmartCardHsm, or what the service said.
    DeviceWorker(ReaderSource& source, QString serial);
    /// Whatever device is in the reader.
    [[nodiscard]] static std::unique_ptr<DeviceWorker> forReader(ReaderSource& source, QString reader);
    DeviceWorker(const DeviceWorker&) = delete;
    DeviceWorker& operator=(const DeviceWorker&) = delete;
    /// Waits for the operation in hand: see letGo().
    ~DeviceWorker();
    /// Waits for nothing: the worker goes when the operation in hand is over, or with its source.
    static void letGo(std::unique_ptr<DeviceWorker> worker);

    /// An operation is in hand.
    [[nodiscard]] bool atWork() const { return m_connection->working(); }
    /// On any device of this process.
    [[nodiscard]] static bool anyAtWork() { return DeviceConnection::anyWorking(); }

    /// `op`: (card::SmartCardHsm&) or (card::SmartCardHsm&, std::uint64_t connection) to a Result<T>; may be
    /// move-only. The future is canceled when the worker shuts down before the operation began.
    template <typename Op>
    [[nodiscard]] auto post(Op op) -> QFuture<OperationResult<Op>>
    {
        using R = OperationResult<Op>;
        // Shared since Qt copies functors, and neither a promise nor an operation with a secret can be
        // copied.
        auto promise = std::make_shared<QPromise<R>>();
        auto operation = std::make_shared<Op>(std::move(op));
        QFuture<R> future = promise->future();
        invoke(
            [promise = std::move(promise), operation = std::move(operation)](DeviceConnection& connection) {
                promise->start();
                promise->addResult(connection.template run<R>(*operation));
                promise->finish();
            });
        return future;
    }

    /// Closes the connection after the operations posted so far, so that other programs can use the device.
    void release();

    /// Finishes the operation in hand, cancels those that wait, closes the connection. The future finishes
    /// then; the destructor does not wait any more. Operations posted later are canceled.
    QFuture<void> shutDown();

private:
    DeviceWorker(ReaderSource& source, QString serial, QString reader);

    template <typename Job>
    void invoke(Job job)
    {
        if (m_connection->stopping())
            return;
        QMetaObject::invokeMethod(
            m_context.get(),
            [connection = m_connection, job = std::move(job)] {
                if (!connection->stopping())
                    job(*connection);
            },
            Qt::QueuedConnection);
    }

    std::shared_ptr<DeviceConnection> m_connection; // posted work keeps it alive to the end
    QFuture<void> m_shutDown;
    std::unique_ptr<QObject> m_context; // lives on m_thread
    QThread m_thread;
};

} // namespace conclave::device
