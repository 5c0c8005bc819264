// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/simulatedreaders.h"

#include "tests/core/device/rack.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <thread>

using namespace conclave;
using namespace conclave::test;
using device::ReaderInfo;
using device::SimulatedReaders;

class TestSimulatedReaders : public QObject {
    Q_OBJECT
private:
    static Result<QString> serialIn(SimulatedReaders& readers, const QString& reader)
    {
        auto channel = readers.open(reader);
        if (!channel)
            return fail(channel.error());
        return card::SmartCardHsm(**channel).serial();
    }

private Q_SLOTS:
    void rackBeginsEmpty()
    {
        const SimulatedReaders readers;
        QVERIFY(readers.simulated());
        QVERIFY(readers.readers());
        QVERIFY(readers.readers()->empty());
    }

    void devicesComeAndGo()
    {
        SimulatedReaders readers;
        QSignalSpy changed(&readers, &SimulatedReaders::changed);
        readers.insert(kFirstReader, freshDevice(kFirstSerial));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(readers.readers()->size(), 1U);
        const ReaderInfo inserted = readers.readers()->front();
        QCOMPARE(inserted.name, kFirstReader);
        QVERIFY(inserted.cardPresent && inserted.simulated);
        QVERIFY(!inserted.heldByOther && !inserted.isVirtual);
        QCOMPARE(serialIn(readers, kFirstReader), kFirstSerial);

        readers.insert(kFirstReader, freshDevice(kSecondSerial));
        QCOMPARE(changed.count(), 2);
        QVERIFY(readers.readers()->front().insertion != inserted.insertion);
        QCOMPARE(serialIn(readers, kFirstReader), kSecondSerial);

        readers.pull(kFirstReader);
        QCOMPARE(changed.count(), 3);
        QVERIFY(!readers.readers()->front().cardPresent);
        QCOMPARE(serialIn(readers, kFirstReader).error().kind, ErrorKind::NoCard);

        readers.removeReader(kFirstReader);
        QCOMPARE(changed.count(), 4);
        QVERIFY(readers.readers()->empty());
        QCOMPARE(serialIn(readers, kFirstReader).error().kind, ErrorKind::ReaderGone);
    }

    void refreshTellsAfterwards()
    {
        SimulatedReaders readers;
        QSignalSpy changed(&readers, &SimulatedReaders::changed);
        readers.refresh();
        QCOMPARE(changed.count(), 0);
        QTRY_COMPARE(changed.count(), 1);
    }

    void openDeviceIsBusy()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, freshDevice(kFirstSerial));
        auto channel = readers.open(kFirstReader);
        QVERIFY(channel);
        const auto second = readers.open(kFirstReader);
        QVERIFY(!second);
        QCOMPARE(second.error().kind, ErrorKind::DeviceBusy);
        QCOMPARE(second.error().detail, kFirstReader);
        channel->reset();
        QVERIFY(readers.open(kFirstReader));
    }

    void loginDoesNotOutliveTheConnection()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, deviceWithKey(kFirstSerial));
        for (int i = 0; i < 2; ++i) {
            auto channel = readers.open(kFirstReader);
            card::SmartCardHsm hsm(**channel);
            QCOMPARE(hsm.userPinStatus()->state, card::PinStatus::State::Ready);
            QVERIFY(hsm.verifyUserPin(ascii("648219")));
            QCOMPARE(hsm.userPinStatus()->state, card::PinStatus::State::Verified);
        }
    }

    void pulledCardDoesNotAnswer()
    {
        SimulatedReaders readers;
        const auto hsmDevice = freshDevice(kFirstSerial);
        readers.insert(kFirstReader, hsmDevice);
        auto channel = readers.open(kFirstReader);
        card::SmartCardHsm hsm(**channel);
        QVERIFY(hsm.serial());
        readers.pull(kFirstReader);
        QCOMPARE(hsm.status().error().kind, ErrorKind::CardRemoved);
        // In again, it is another connection.
        readers.insert(kFirstReader, hsmDevice);
        QCOMPARE(hsm.status().error().kind, ErrorKind::CardRemoved);
        auto again = readers.open(kFirstReader);
        QVERIFY(again);
        channel->reset(); // the old one does not let the new one's card go
        QCOMPARE(readers.open(kFirstReader).error().kind, ErrorKind::DeviceBusy);
        QVERIFY(card::SmartCardHsm(**again).status());
    }

    void removedReaderDoesNotAnswer()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, freshDevice(kFirstSerial));
        auto channel = readers.open(kFirstReader);
        readers.removeReader(kFirstReader);
        QCOMPARE(card::SmartCardHsm(**channel).status().error().kind, ErrorKind::ReaderGone);
    }

    void plannedPullEmptiesTheReader()
    {
        SimulatedReaders readers;
        const auto hsmDevice = freshDevice(kFirstSerial);
        readers.insert(kFirstReader, hsmDevice);
        QSignalSpy changed(&readers, &SimulatedReaders::changed);
        hsmDevice->setFaults({ { { .kind = simulator::Fault::Kind::PullAfter, .at = 2 } } });
        auto channel = readers.open(kFirstReader);
        QCOMPARE(card::SmartCardHsm(**channel).status().error().kind, ErrorKind::CardRemoved);
        QCOMPARE(changed.count(), 1);
        QVERIFY(!readers.readers()->front().cardPresent);
        QCOMPARE(readers.open(kFirstReader).error().kind, ErrorKind::NoCard);
        readers.insert(kFirstReader, hsmDevice);
        QCOMPARE(serialIn(readers, kFirstReader), kFirstSerial);
    }

    void pullOnAnotherThreadIsToldOnTheReadersThread()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, freshDevice(kFirstSerial));
        QThread* told = nullptr;
        connect(
            &readers, &SimulatedReaders::changed, this, [&] { told = QThread::currentThread(); },
            Qt::DirectConnection);
        std::thread([&] { readers.pull(kFirstReader); }).join();
        QVERIFY(!readers.readers()->front().cardPresent);
        QTRY_VERIFY(told != nullptr);
        QCOMPARE(told, QThread::currentThread());
    }

    void pullEndsALongGeneration()
    {
        SimulatedReaders readers;
        const auto hsmDevice = deviceWithKey(kFirstSerial);
        QVERIFY(hsmDevice);
        readers.insert(kFirstReader, hsmDevice);
        auto channel = readers.open(kFirstReader);
        card::SmartCardHsm hsm(**channel);
        QVERIFY(hsm.verifyUserPin(ascii("648219")));
        hsmDevice->setDelays(simulator::DeviceDelays::realDevice());
        const int before = hsmDevice->exchanges();
        QElapsedTimer time;
        time.start();
        std::thread puller([&] {
            QDeadlineTimer limit(20000);
            while (hsmDevice->exchanges() == before && !limit.hasExpired())
                std::this_thread::yield();
            readers.pull(kFirstReader);
        });
        const auto key = hsm.generateKey(
            2, { .algorithm = card::KeyAlgorithm::Rsa4096, .label = QStringLiteral("long"), .id = { 0x02 } });
        puller.join();
        QVERIFY(!key);
        QCOMPARE(key.error().kind, ErrorKind::CardRemoved);
        // A real device takes minutes for RSA 4096.
        QVERIFY(time.elapsed() < 20000);
    }

#ifdef Q_OS_LINUX
    void programWithSimulatedReadersAloneHasNoPcsc()
    {
        QFile maps(QStringLiteral("/proc/self/maps"));
        QVERIFY(maps.open(QIODevice::ReadOnly));
        const QByteArray loaded = maps.readAll();
        QVERIFY(loaded.contains("libcrypto")); // the file tells what it should
        QVERIFY(!loaded.contains("pcsclite"));
    }
#endif
};

QTEST_GUILESS_MAIN(TestSimulatedReaders)
#include "tst_simulatedreaders.moc"
