// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/deviceworker.h"

#include "core/device/simulatedreaders.h"
#include "tests/core/device/fakesource.h"
#include "tests/core/device/rack.h"

#include <QSemaphore>
#include <QTest>

#include <optional>
#include <vector>

using namespace conclave;
using namespace conclave::test;
using card::SmartCardHsm;
using device::DeviceWorker;
using device::SimulatedReaders;

namespace {

Result<QString> serialOf(SmartCardHsm& hsm)
{
    return hsm.serial();
}

Result<std::uint64_t> connectionNumber(SmartCardHsm& /*hsm*/, std::uint64_t connection)
{
    return connection;
}

/// An operation that tells that it began, and goes on when it is let.
struct Held {
    QSemaphore began{};
    QSemaphore goOn{};

    auto operation()
    {
        return [this](SmartCardHsm& hsm) -> Result<QString> {
            began.release();
            if (!goOn.tryAcquire(1, 20000))
                return fail(ErrorKind::Malformed, QStringLiteral("never let go on"));
            return hsm.select().and_then([&] { return hsm.serial(); });
        };
    }
};

} // namespace

class TestDeviceWorker : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void operationsRunInOrderOnOneThread()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, freshDevice(kFirstSerial));
        DeviceWorker worker(readers, kFirstSerial);
        std::vector<int> order;
        std::vector<QThread*> threads;
        QFuture<Result<int>> last;
        for (int i = 0; i < 20; ++i) {
            last = worker.post([&, i](SmartCardHsm&) -> Result<int> {
                order.push_back(i);
                threads.push_back(QThread::currentThread());
                return i;
            });
        }
        QCOMPARE(await(last), 19);
        QCOMPARE(order.size(), 20U);
        QVERIFY(std::ranges::is_sorted(order));
        for (QThread* thread : threads) {
            QCOMPARE(thread, threads.front());
            QVERIFY(thread != QThread::currentThread());
        }
    }

    void operationMayOwnWhatCannotBeCopied()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, deviceWithKey(kFirstSerial));
        DeviceWorker worker(readers, kFirstSerial);
        const auto done = worker.post(
            [pin = SecretBytes(ascii("648219"))](SmartCardHsm& hsm) { return hsm.verifyUserPin(pin); });
        QVERIFY(await(done));
        auto random = await(worker.post([](SmartCardHsm& hsm) { return hsm.random(16); }));
        QVERIFY(random);
        QCOMPARE(random->size(), 16U);
    }

    void deviceStaysOpenUntilReleased()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, freshDevice(kFirstSerial));
        DeviceWorker worker(readers, kFirstSerial);
        const auto first = await(worker.post(connectionNumber));
        QCOMPARE(await(worker.post(connectionNumber)), *first);
        QCOMPARE(readers.open(kFirstReader).error().kind, ErrorKind::DeviceBusy);

        worker.release();
        QTRY_VERIFY(readers.open(kFirstReader)); // and lets it go at once
        const auto second = await(worker.post(connectionNumber));
        QVERIFY(second);
        QVERIFY(*second != *first);
    }

    /// Each looks into readers of others on its way.
    void workersInSearchOfTheirDevicesDoNotMeet()
    {
        constexpr int kMany = 8;
        for (int round = 0; round < 10; ++round) {
            SimulatedReaders readers;
            std::vector<std::unique_ptr<DeviceWorker>> workers;
            std::vector<QString> serials;
            for (int number = 0; number < kMany; ++number) {
                serials.push_back(QStringLiteral("DENK02999%1").arg(number, 2, 10, QLatin1Char('0')));
                readers.insert(QStringLiteral("Reader %1").arg(number), freshDevice(serials.back()));
            }
            std::vector<QFuture<Result<QString>>> running;
            for (int number = kMany - 1; number >= 0; --number) {
                workers.push_back(
                    std::make_unique<DeviceWorker>(readers, serials[static_cast<std::size_t>(number)]));
                running.push_back(workers.back()->post(serialOf));
            }
            for (std::size_t i = 0; i < running.size(); ++i)
                QCOMPARE(await(running[i]), serials[kMany - 1 - i]);
        }
    }

    void serialIsFoundInAnyReader()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, freshDevice(kFirstSerial));
        readers.insert(kSecondReader, freshDevice(kSecondSerial));
        DeviceWorker worker(readers, kSecondSerial);
        QCOMPARE(await(worker.post(serialOf)), kSecondSerial);
        // The other one was looked at, and let go.
        QVERIFY(readers.open(kFirstReader));
    }

    void workGoesOnInAnotherReaderAfterAPull()
    {
        SimulatedReaders readers;
        const auto hsmDevice = freshDevice(kFirstSerial);
        readers.insert(kFirstReader, hsmDevice);
        DeviceWorker worker(readers, kFirstSerial);
        const auto before = await(worker.post(connectionNumber));

        Held held;
        const auto interrupted = worker.post(held.operation());
        held.began.acquire();
        readers.pull(kFirstReader);
        held.goOn.release();
        QCOMPARE(await(interrupted).error().kind, ErrorKind::CardRemoved);
        QCOMPARE(await(worker.post(serialOf)).error().kind, ErrorKind::NoCard);

        readers.insert(kFirstReader, freshDevice(kSecondSerial));
        readers.insert(kSecondReader, hsmDevice);
        QCOMPARE(await(worker.post(serialOf)), kFirstSerial);
        const auto after = await(worker.post(connectionNumber));
        QVERIFY(*after != *before);
    }

    // Nothing was asked of it meanwhile, so nothing of that failed.
    void aDeviceThatWasOutWhileNothingWasDoneIsOpenedAnew()
    {
        SimulatedReaders readers;
        const auto hsmDevice = freshDevice(kFirstSerial);
        readers.insert(kFirstReader, hsmDevice);
        DeviceWorker worker(readers, kFirstSerial);
        const auto random = [](SmartCardHsm& hsm) { return hsm.random(8); };
        QVERIFY(await(worker.post(random)));
        const auto before = await(worker.post(connectionNumber));
        readers.pull(kFirstReader);
        QCOMPARE(await(worker.post(serialOf)).error().kind, ErrorKind::NoCard); // not what it said before
        readers.insert(kFirstReader, hsmDevice);
        QVERIFY(await(worker.post(random)));
        readers.pull(kFirstReader);
        readers.insert(kFirstReader, hsmDevice);
        QVERIFY(await(worker.post(random)));
        QVERIFY(*await(worker.post(connectionNumber)) != *before);
        readers.pull(kFirstReader);
        readers.insert(kSecondReader, hsmDevice);
        QVERIFY(await(worker.post(random)));
    }

    void plannedPullsAreSurvivedAtEveryCommand()
    {
        for (const auto kind : { simulator::Fault::Kind::PullBefore, simulator::Fault::Kind::PullAfter }) {
            for (int at = 1; at <= 4; ++at) {
                SimulatedReaders readers;
                const auto hsmDevice = freshDevice(kFirstSerial);
                readers.insert(kFirstReader, hsmDevice);
                hsmDevice->setFaults({ { { .kind = kind, .at = at } } });
                DeviceWorker worker(readers, kFirstSerial);
                const auto status = [](SmartCardHsm& hsm) { return hsm.status(); };
                const auto interrupted = await(worker.post(status));
                QVERIFY(!interrupted);
                // Pulled while the device was being looked for, none is left.
                QVERIFY(interrupted.error().kind == ErrorKind::CardRemoved
                    || interrupted.error().kind == ErrorKind::NoCard);
                readers.insert(kFirstReader, hsmDevice);
                QVERIFY(await(worker.post(status)));
            }
        }
    }

    void silentCardIsOpenedAnew()
    {
        SimulatedReaders readers;
        const auto hsmDevice = freshDevice(kFirstSerial);
        readers.insert(kFirstReader, hsmDevice);
        DeviceWorker worker(readers, kFirstSerial);
        const auto before = await(worker.post(connectionNumber));
        hsmDevice->setFaults({ { { .kind = simulator::Fault::Kind::Silence, .at = 1 } } });
        const auto select = [](SmartCardHsm& hsm) { return hsm.select(); };
        QCOMPARE(await(worker.post(select)).error().kind, ErrorKind::CardUnresponsive);
        QVERIFY(await(worker.post(select)));
        QVERIFY(*await(worker.post(connectionNumber)) != *before);
    }

    void errorOfTheCardKeepsTheConnection()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, deviceWithKey(kFirstSerial));
        DeviceWorker worker(readers, kFirstSerial);
        const auto before = await(worker.post(connectionNumber));
        const auto wrong
            = await(worker.post([](SmartCardHsm& hsm) { return hsm.verifyUserPin(ascii("111111")); }));
        QCOMPARE(wrong.error().kind, ErrorKind::WrongPin);
        QCOMPARE(wrong.error().triesLeft, 2);
        QCOMPARE(await(worker.post(connectionNumber)), *before);
    }

    void anotherDeviceIsTheWrongOne()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, freshDevice(kSecondSerial));
        DeviceWorker worker(readers, kFirstSerial);
        const auto result = await(worker.post(serialOf));
        QCOMPARE(result.error().kind, ErrorKind::WrongDevice);
        QCOMPARE(result.error().detail, kSecondSerial);
    }

    void busyReaderIsToldBeforeAWrongDevice()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, freshDevice(kFirstSerial));
        readers.insert(kSecondReader, freshDevice(kSecondSerial));
        const auto other = readers.open(kFirstReader);
        DeviceWorker worker(readers, kFirstSerial);
        const auto result = await(worker.post(serialOf));
        QCOMPARE(result.error().kind, ErrorKind::DeviceBusy);
        QCOMPARE(result.error().detail, kFirstReader);
    }

    void absenceIsToldByItsKind()
    {
        SimulatedReaders readers;
        DeviceWorker worker(readers, kFirstSerial);
        QCOMPARE(await(worker.post(serialOf)).error().kind, ErrorKind::NoReader);
        readers.insert(kFirstReader, freshDevice(kFirstSerial));
        readers.pull(kFirstReader);
        QCOMPARE(await(worker.post(serialOf)).error().kind, ErrorKind::NoCard);

        FakeSource source;
        source.setReaders(fail(ErrorKind::ServiceNotPermitted));
        DeviceWorker other(source, kFirstSerial);
        QCOMPARE(await(other.post(serialOf)).error().kind, ErrorKind::ServiceNotPermitted);
    }

    void otherCardIsNoSmartCardHsm()
    {
        FakeSource source;
        source.setReaders({ { { .name = kFirstReader, .cardPresent = true } } });
        source.setOpener([](const QString&) {
            return std::make_unique<FunctionChannel>([](ByteView) -> Result<SecretBytes> {
                return SecretBytes(Bytes{ 0x6A, 0x82 });
            });
        });
        DeviceWorker worker(source, kFirstSerial);
        QCOMPARE(await(worker.post(serialOf)).error().kind, ErrorKind::NotSmartCardHsm);
    }

    void readerWithoutSerialTakesWhatIsThere()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, freshDevice(kFirstSerial));
        readers.insert(kSecondReader, freshDevice(kSecondSerial));
        const auto worker = DeviceWorker::forReader(readers, kSecondReader);
        QCOMPARE(await(worker->post(serialOf)), kSecondSerial);
        readers.insert(kSecondReader, freshDevice(QStringLiteral("UTTEST0001")));
        QCOMPARE(await(worker->post([](SmartCardHsm& hsm) { return hsm.select(); })).error().kind,
            ErrorKind::CardRemoved);
        QCOMPARE(await(worker->post(serialOf)), QStringLiteral("UTTEST0001"));
    }

    void endOfAProbeIsWaitedFor()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, freshDevice(kFirstSerial));
        auto probe = std::make_optional<device::ReaderSource::Probe>(readers, kFirstReader);
        auto looking = readers.open(kFirstReader);
        QVERIFY(looking);
        DeviceWorker worker(readers, kFirstSerial);
        const auto serial = worker.post(serialOf);
        looking->reset();
        probe.reset();
        QCOMPARE(await(serial), kFirstSerial);
    }

    void wantOfSecureMemoryIsAnError()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, freshDevice(kFirstSerial));
        DeviceWorker worker(readers, kFirstSerial);
        const auto result = await(worker.post([](SmartCardHsm&) -> Result<int> { throw std::bad_alloc(); }));
        QCOMPARE(result.error().kind, ErrorKind::OutOfSecureMemory);
        QCOMPARE(await(worker.post(serialOf)), kFirstSerial);
    }

    void shutDownFinishesTheOperationAndCancelsTheRest()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, freshDevice(kFirstSerial));
        DeviceWorker worker(readers, kFirstSerial);
        Held held;
        bool secondRan = false;
        const auto first = worker.post(held.operation());
        const auto second = worker.post([&](SmartCardHsm&) -> Result<int> {
            secondRan = true;
            return 2;
        });
        held.began.acquire();
        auto down = worker.shutDown();
        const auto third = worker.post(serialOf);
        QVERIFY(third.isFinished() && third.isCanceled());
        QVERIFY(!down.isFinished());
        held.goOn.release();
        down.waitForFinished();
        QVERIFY(!down.isCanceled());
        QCOMPARE(await(first), kFirstSerial);
        QVERIFY(second.isFinished() && second.isCanceled());
        QVERIFY(!secondRan);
        QVERIFY(readers.open(kFirstReader)); // closed
        QVERIFY(worker.shutDown().isFinished());
    }

    void destructorFinishesTheOperationAndCancelsTheRest()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, freshDevice(kFirstSerial));
        Held held;
        QFuture<Result<QString>> first;
        QFuture<Result<QString>> second;
        {
            DeviceWorker worker(readers, kFirstSerial);
            first = worker.post(held.operation());
            second = worker.post(serialOf);
            held.began.acquire();
            held.goOn.release();
        }
        QVERIFY(first.isFinished());
        QCOMPARE(await(first), kFirstSerial);
        QVERIFY(second.isFinished()); // run or canceled
        QVERIFY(readers.open(kFirstReader));
    }

    void aWorkerThatIsLetGoIsNotWaitedFor()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, freshDevice(kFirstSerial));
        Held held;
        auto worker = std::make_unique<DeviceWorker>(readers, kFirstSerial);
        QVERIFY(!worker->atWork());
        const auto first = worker->post(held.operation());
        const auto second = worker->post(serialOf);
        held.began.acquire();
        QVERIFY(worker->atWork() && DeviceWorker::anyAtWork());
        DeviceWorker::letGo(std::move(worker)); // would never come back
        QVERIFY(DeviceWorker::anyAtWork());
        held.goOn.release();
        QCOMPARE(await(first), kFirstSerial);
        QTRY_VERIFY(second.isFinished() && second.isCanceled());
        QTRY_VERIFY(!DeviceWorker::anyAtWork());
        QTRY_VERIFY(readers.open(kFirstReader)); // and lets the device go
    }

    void aSourceWaitsForWorkersThatWereLetGo()
    {
        Held held;
        QFuture<Result<QString>> first;
        {
            SimulatedReaders readers;
            readers.insert(kFirstReader, freshDevice(kFirstSerial));
            auto worker = std::make_unique<DeviceWorker>(readers, kFirstSerial);
            first = worker->post(held.operation());
            held.began.acquire();
            DeviceWorker::letGo(std::move(worker));
            held.goOn.release();
        }
        QVERIFY(first.isFinished());
        QCOMPARE(await(first), kFirstSerial);
    }

    void aDeviceIsFoundWhereAnotherWorkersDeviceWasBefore()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, freshDevice(kFirstSerial));
        DeviceWorker first(readers, kFirstSerial);
        QCOMPARE(await(first.post(serialOf)), kFirstSerial);
        readers.insert(kFirstReader, freshDevice(kSecondSerial)); // while the first worker has nothing to do
        DeviceWorker second(readers, kSecondSerial);
        QCOMPARE(await(second.post(serialOf)), kSecondSerial);
        // The first one lets go of what it held, not of what the second holds.
        QVERIFY(!await(first.post(serialOf)));
        QCOMPARE(await(second.post(serialOf)), kSecondSerial);
    }

    void workerThatDidNothingGoesQuietly()
    {
        FakeSource source;
        for (int i = 0; i < 50; ++i)
            const DeviceWorker worker(source, kFirstSerial);
        QCOMPARE(source.openings(), 0);
    }

    void receiverMayGoBeforeTheResult()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, freshDevice(kFirstSerial));
        DeviceWorker worker(readers, kFirstSerial);
        Held held;
        bool called = false;
        bool calledLater = false;
        auto receiver = std::make_unique<QObject>();
        const auto future = worker.post(held.operation());
        onDone(future, receiver.get(), [&](const QFuture<Result<QString>>&) { called = true; });
        onDone(future, this, [&](const QFuture<Result<QString>>&) { calledLater = true; });
        held.began.acquire();
        receiver.reset();
        held.goOn.release();
        QTRY_VERIFY(calledLater);
        QVERIFY(!called);
    }
};

QTEST_GUILESS_MAIN(TestDeviceWorker)
#include "tst_deviceworker.moc"
