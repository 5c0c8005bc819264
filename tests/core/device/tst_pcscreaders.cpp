// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/pcscreaders.h"

#include "core/device/devicedirectory.h"
#include "core/device/deviceworker.h"
#include "tests/core/device/rack.h"
#include "tests/core/pcsc/fakepcsc.h"

#include <QSignalSpy>
#include <QTest>

using namespace conclave;
using namespace conclave::test;
using device::PcscReaders;
using device::ReaderInfo;

class TestPcscReaders : public QObject {
    Q_OBJECT
private:
    /// A simulated device as the card behind the service.
    static void serve(FakePcsc& api, const std::shared_ptr<simulator::SimulatedHsm>& hsmDevice)
    {
        api.setCard([hsmDevice](ByteView command) { return toBytes(hsmDevice->exchange(command).value()); });
    }

private Q_SLOTS:
    void readersAreThoseOfTheService()
    {
        FakePcsc api;
        const QString virtualReader = QStringLiteral("Virtual PCD 00 00");
        api.addReader(kFirstReader);
        api.addReader(virtualReader);
        api.insertCard(virtualReader);
        const PcscReaders readers(api);
        QVERIFY(!readers.simulated());
        QTRY_COMPARE(readers.readers()->size(), 2U);
        const auto seen = *readers.readers();
        QCOMPARE(seen[0].name, kFirstReader);
        QVERIFY(!seen[0].cardPresent && !seen[0].isVirtual && !seen[0].simulated);
        QCOMPARE(seen[1].name, virtualReader);
        QVERIFY(seen[1].cardPresent && seen[1].isVirtual && !seen[1].heldByOther && !seen[1].simulated);
    }

    void changesAreTold()
    {
        FakePcsc api;
        PcscReaders readers(api);
        QSignalSpy changed(&readers, &PcscReaders::changed);
        QTRY_VERIFY(changed.count() > 0);
        api.addReader(kFirstReader);
        QTRY_COMPARE(readers.readers()->size(), 1U);
        api.stopService();
        QTRY_VERIFY(!readers.readers());
        QCOMPARE(readers.readers().error().kind, ErrorKind::ServiceNotRunning);
        api.startService();
        readers.refresh();
        QTRY_VERIFY(readers.readers());
        QCOMPARE(readers.readers()->size(), 1U);
    }

    void ownConnectionIsNotAnotherProgram()
    {
        FakePcsc api;
        api.addReader(kFirstReader);
        api.insertCard(kFirstReader);
        PcscReaders readers(api);
        QTRY_COMPARE(readers.readers()->size(), 1U);
        {
            auto channel = readers.open(kFirstReader);
            QVERIFY(channel);
            readers.refresh();
            QSignalSpy changed(&readers, &PcscReaders::changed);
            QTRY_VERIFY(changed.count() > 0);
            QVERIFY(!readers.readers()->front().heldByOther);
            QCOMPARE(readers.open(kFirstReader).error().kind, ErrorKind::DeviceBusy);
        }
        QCOMPARE(api.openCards(), 0);
        QTRY_VERIFY(!readers.readers()->front().heldByOther);
        api.hold(kFirstReader, pcsc::state::kInUse);
        QTRY_VERIFY(readers.readers()->front().heldByOther);
        const auto refused = readers.open(kFirstReader);
        QCOMPARE(refused.error().kind, ErrorKind::DeviceBusy);
        QCOMPARE(refused.error().detail, kFirstReader);
        QVERIFY(readers.readers()->front().heldByOther);
    }

    void channelMayOutliveTheSource()
    {
        FakePcsc api;
        api.addReader(kFirstReader);
        api.insertCard(kFirstReader);
        Result<std::unique_ptr<card::CardChannel>> channel;
        {
            PcscReaders readers(api);
            channel = readers.open(kFirstReader);
            QVERIFY(channel);
        }
        channel->reset();
        QCOMPARE(api.openCards(), 0);
        QCOMPARE(api.openContexts(), 0);
    }

    void directoryAndWorkerWorkOverTheService()
    {
        FakePcsc api;
        serve(api, deviceWithKey(kFirstSerial));
        api.addReader(kFirstReader);
        PcscReaders readers(api);
        device::DeviceDirectory directory(readers);
        QTRY_VERIFY(directory.problem() && directory.problem()->kind == ErrorKind::NoCard);
        api.insertCard(kFirstReader);
        QTRY_VERIFY(directory.devices().size() == 1 && directory.devices().front().status);
        QCOMPARE(directory.devices().front().status->serial, kFirstSerial);
        QCOMPARE(directory.devices().front().keys.size(), 1U);

        directory.pause();
        device::DeviceWorker worker(readers, kFirstSerial);
        const auto serial
            = [](card::SmartCardHsm& hsm) { return hsm.select().and_then([&] { return hsm.serial(); }); };
        QCOMPARE(await(worker.post(serial)), kFirstSerial);
        api.pullCard(kFirstReader);
        QCOMPARE(await(worker.post(serial)).error().kind, ErrorKind::CardRemoved);
        api.insertCard(kFirstReader);
        QTRY_VERIFY(readers.readers()->front().cardPresent);
        QCOMPARE(await(worker.post(serial)), kFirstSerial);
        // The service restarts: handles are void, and the next operation makes new ones.
        api.stopService();
        QVERIFY(!await(worker.post(serial)));
        QTRY_VERIFY(!readers.readers());
        QCOMPARE(await(worker.post(serial)).error().kind, ErrorKind::ServiceNotRunning);
        api.startService();
        api.hold(kFirstReader, 0);
        readers.refresh();
        QTRY_VERIFY(readers.readers());
        QCOMPARE(await(worker.post(serial)), kFirstSerial);
    }
};

QTEST_GUILESS_MAIN(TestPcscReaders)
#include "tst_pcscreaders.moc"
