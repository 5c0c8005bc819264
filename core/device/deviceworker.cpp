// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/deviceworker.h"

#include "core/base/threadstate.h"

#include <utility>

namespace conclave::device {

DeviceWorker::DeviceWorker(ReaderSource& source, QString serial)
    : DeviceWorker(source, std::move(serial), {})
{
}

DeviceWorker::DeviceWorker(ReaderSource& source, QString serial, QString reader)
    : m_connection(std::make_shared<DeviceConnection>(source, std::move(serial), std::move(reader)))
    , m_context(std::make_unique<QObject>())
{
    m_context->moveToThread(&m_thread);
    m_thread.start();
}

std::unique_ptr<DeviceWorker> DeviceWorker::forReader(ReaderSource& source, QString reader)
{
    return std::unique_ptr<DeviceWorker>(new DeviceWorker(source, {}, std::move(reader)));
}

DeviceWorker::~DeviceWorker()
{
    shutDown();
    m_thread.wait();
}

void DeviceWorker::letGo(std::unique_ptr<DeviceWorker> worker)
{
    class Guest final : public QObject {
    public:
        explicit Guest(std::unique_ptr<DeviceWorker> one)
            : m_worker(std::move(one))
        {
            onDone(m_worker->shutDown(), this, [this](const QFuture<void>&) { deleteLater(); });
        }

    private:
        std::unique_ptr<DeviceWorker> m_worker;
    };
    ReaderSource& source = worker->m_connection->source();
    source.keep(new Guest(std::move(worker)));
}

void DeviceWorker::release()
{
    invoke([](DeviceConnection& connection) { connection.close(); });
}

QFuture<void> DeviceWorker::shutDown()
{
    if (m_connection->stopping())
        return m_shutDown;
    m_connection->requestStop();
    auto promise = std::make_shared<QPromise<void>>();
    m_shutDown = promise->future();
    QMetaObject::invokeMethod(
        m_context.get(),
        [this, connection = m_connection, promise = std::move(promise)] {
            connection->close();
            dropThreadState(); // now, not while the program may be ending
            m_thread.quit();
            promise->start();
            promise->finish();
        },
        Qt::QueuedConnection);
    return m_shutDown;
}

} // namespace conclave::device
