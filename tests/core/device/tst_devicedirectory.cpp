// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/devicedirectory.h"

#include "core/device/simulatedreaders.h"
#include "tests/core/device/fakesource.h"
#include "tests/core/device/rack.h"

#include <QTest>

using namespace conclave;
using namespace conclave::test;
using device::DetectedDevice;
using device::DeviceDirectory;
using device::ReaderInfo;
using device::SimulatedReaders;

namespace {

QStringList serials(const DeviceDirectory& directory)
{
    QStringList found;
    for (const DetectedDevice& device : directory.devices())
        found << (device.status ? device.status->serial : QStringLiteral("-"));
    return found;
}

bool showsError(const DeviceDirectory& directory, ErrorKind kind)
{
    return directory.devices().size() == 1 && directory.devices().front().error
        && directory.devices().front().error->kind == kind && !directory.devices().front().status;
}

/// A real source: one reader, with or without somebody else at it.
std::vector<ReaderInfo> oneReader(bool heldByOther, int insertion = 1)
{
    return { { .name = kFirstReader,
        .cardPresent = true,
        .heldByOther = heldByOther,
        .isVirtual = true,
        .insertion = insertion } };
}

std::unique_ptr<card::CardChannel> open(const std::shared_ptr<simulator::SimulatedHsm>& device)
{
    return std::make_unique<simulator::SimulatedChannel>(device);
}

} // namespace

class TestDeviceDirectory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void devicesComeInOrderAndGo()
    {
        SimulatedReaders readers;
        readers.insert(kSecondReader, freshDevice(kSecondSerial));
        const DeviceDirectory directory(readers);
        QTRY_COMPARE(serials(directory), QStringList{ kSecondSerial });
        readers.insert(kFirstReader, freshDevice(kFirstSerial));
        QTRY_COMPARE(serials(directory), (QStringList{ kSecondSerial, kFirstSerial }));
        // Another card in the same reader is a new entry.
        readers.insert(kSecondReader, freshDevice(QStringLiteral("UTTEST0001")));
        QTRY_COMPARE(serials(directory), (QStringList{ kFirstSerial, QStringLiteral("UTTEST0001") }));
        readers.pull(kFirstReader);
        QCOMPARE(serials(directory).size(), 1);
        readers.removeReader(kSecondReader);
        QVERIFY(directory.devices().empty());
    }

    void lookShowsStatusAndKeysAndUsesNoTry()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, deviceWithKey(kFirstSerial));
        const DeviceDirectory directory(readers);
        QTRY_COMPARE(serials(directory), QStringList{ kFirstSerial });
        const DetectedDevice& seen = directory.devices().front();
        QCOMPARE(seen.reader, kFirstReader);
        QVERIFY(seen.simulated && !seen.isVirtual && !seen.probing && !seen.error);
        QCOMPARE(seen.status->label, QStringLiteral("Test"));
        QCOMPARE(seen.status->userPin.triesLeft, 3);
        QCOMPARE(seen.status->soPin.triesLeft, 15);
        QCOMPARE(seen.keys.size(), 1U);
        QCOMPARE(seen.keys.front().label, QStringLiteral("signing"));
        QVERIFY(seen.keys.front().publicKey);
        // And it was let go.
        QVERIFY(readers.open(kFirstReader));
    }

    void deviceFromTheFactoryIsShown()
    {
        SimulatedReaders readers;
        readers.insert(kFirstReader, freshDevice(kFirstSerial));
        const DeviceDirectory directory(readers);
        QTRY_COMPARE(serials(directory), QStringList{ kFirstSerial });
        QVERIFY(!directory.devices().front().status->initialised());
        QVERIFY(directory.devices().front().keys.empty());
    }

    void lookInHandShows()
    {
        GatedChannel::Gate gate;
        FakeSource source;
        source.setReaders(oneReader(false));
        source.setOpener([&](const QString&) {
            return std::make_unique<GatedChannel>(open(freshDevice(kFirstSerial)), gate);
        });
        DeviceDirectory directory(source);
        QVERIFY(directory.devices().front().probing);
        QVERIFY(directory.devices().front().isVirtual);
        gate.pass.release(100);
        QTRY_COMPARE(serials(directory), QStringList{ kFirstSerial });
        QVERIFY(!directory.devices().front().probing);

        // What was seen stays while it is looked at again.
        gate.pass.acquire(gate.pass.available());
        directory.lookAgain();
        QVERIFY(directory.devices().front().probing);
        QCOMPARE(serials(directory), QStringList{ kFirstSerial });
        gate.pass.release(100);
        QTRY_VERIFY(!directory.devices().front().probing);
        QCOMPARE(serials(directory), QStringList{ kFirstSerial });
    }

    void aNewLookWaitsForTheOneThatHoldsTheDevice()
    {
        GatedChannel::Gate gate;
        FakeSource source;
        source.setReaders(oneReader(false));
        source.setOpener([&](const QString&) {
            return std::make_unique<GatedChannel>(open(freshDevice(kFirstSerial)), gate);
        });
        DeviceDirectory directory(source);
        gate.came.acquire(); // the first look has the device to itself
        directory.lookAgain();
        directory.lookAgain();
        QVERIFY(directory.devices().front().probing);
        QCOMPARE(source.openings(), 1);
        gate.pass.release(100);
        QTRY_COMPARE(serials(directory), QStringList{ kFirstSerial });
        QCOMPARE(source.openings(), 2);
        QVERIFY(!directory.devices().front().probing);
    }

    void absenceIsToldByItsKind()
    {
        FakeSource source;
        const DeviceDirectory directory(source);
        QCOMPARE(directory.problem()->kind, ErrorKind::NoReader);
        source.setReaders({ { { .name = kFirstReader } } });
        QCOMPARE(directory.problem()->kind, ErrorKind::NoCard);
        source.setReaders(oneReader(false));
        QVERIFY(!directory.problem());
        QCOMPARE(directory.devices().size(), 1U);
        source.setReaders(fail(ErrorKind::ServiceNotRunning));
        QCOMPARE(directory.problem()->kind, ErrorKind::ServiceNotRunning);
        QVERIFY(directory.devices().empty());
        source.setReaders(fail(ErrorKind::ServiceNotPermitted));
        QCOMPARE(directory.problem()->kind, ErrorKind::ServiceNotPermitted);
    }

    void otherCardIsNoSmartCardHsm()
    {
        FakeSource source;
        source.setReaders(oneReader(false));
        source.setOpener([](const QString&) {
            return std::make_unique<FunctionChannel>([](ByteView) -> Result<SecretBytes> {
                return SecretBytes(Bytes{ 0x6A, 0x82 });
            });
        });
        const DeviceDirectory directory(source);
        QTRY_VERIFY(showsError(directory, ErrorKind::NotSmartCardHsm));
    }

    void busyDeviceIsLookedAtWhenItIsFree()
    {
        std::atomic<bool> busy = true;
        FakeSource source;
        source.setReaders(oneReader(true));
        source.setOpener([&](const QString& reader) {
            return busy ? FakeSource::Opened(fail(ErrorKind::DeviceBusy, reader))
                        : FakeSource::Opened(open(freshDevice(kFirstSerial)));
        });
        const DeviceDirectory directory(source);
        QTRY_VERIFY(showsError(directory, ErrorKind::DeviceBusy));
        QCOMPARE(directory.devices().front().error->detail, kFirstReader);
        QCOMPARE(source.openings(), 1);
        busy = false;
        source.setReaders(oneReader(false));
        QTRY_COMPARE(serials(directory), QStringList{ kFirstSerial });
    }

    void deviceThatWasBusyForAMomentIsLookedAtOnceMore()
    {
        std::atomic<int> openings = 0;
        FakeSource source;
        source.setReaders(oneReader(false));
        source.setOpener([&](const QString& reader) {
            return ++openings == 1 ? FakeSource::Opened(fail(ErrorKind::DeviceBusy, reader))
                                   : FakeSource::Opened(open(freshDevice(kFirstSerial)));
        });
        const DeviceDirectory directory(source);
        QTRY_COMPARE(serials(directory), QStringList{ kFirstSerial });
        QCOMPARE(source.openings(), 2);
    }

    void deviceThatStaysBusyIsNotAskedForEver()
    {
        FakeSource source;
        source.setReaders(oneReader(false));
        source.setOpener(
            [](const QString& reader) -> FakeSource::Opened { return fail(ErrorKind::DeviceBusy, reader); });
        const DeviceDirectory directory(source);
        QTRY_VERIFY(showsError(directory, ErrorKind::DeviceBusy));
        source.setReaders(oneReader(false));
        QCOMPARE(source.openings(), 2);
        QVERIFY(!directory.devices().front().probing);
    }

    void pulledInTheMiddleOfALookIsNotShown()
    {
        GatedChannel::Gate gate;
        FakeSource source;
        source.setReaders(oneReader(false));
        source.setOpener([&](const QString&) {
            return std::make_unique<GatedChannel>(open(freshDevice(kFirstSerial)), gate);
        });
        const DeviceDirectory directory(source);
        gate.came.acquire();
        source.setReaders({ { { .name = kFirstReader, .insertion = 2 } } });
        QVERIFY(directory.devices().empty());
        // The next card is looked at by a look of its own.
        source.setReaders(oneReader(false, 3));
        gate.pass.release(100);
        QTRY_COMPARE(serials(directory), QStringList{ kFirstSerial });
        QCOMPARE(source.openings(), 2);
    }

    void pauseBreaksOffAndStartsNoLook()
    {
        GatedChannel::Gate gate;
        FakeSource source;
        source.setReaders(oneReader(false));
        source.setOpener([&](const QString&) {
            return std::make_unique<GatedChannel>(open(freshDevice(kFirstSerial)), gate);
        });
        DeviceDirectory directory(source);
        gate.came.acquire();
        directory.pause();
        QVERIFY(directory.paused());
        QVERIFY(!directory.devices().front().probing);
        gate.pass.release(100);
        source.waitForProbe(kFirstReader);
        QCOMPARE(gate.commands.load(), 1); // the one in hand

        source.setReaders(oneReader(false, 2));
        directory.lookAgain();
        QCOMPARE(directory.devices().size(), 1U);
        QVERIFY(!directory.devices().front().probing);
        QCOMPARE(source.openings(), 1);

        directory.resume();
        QVERIFY(!directory.paused());
        QTRY_COMPARE(serials(directory), QStringList{ kFirstSerial });
    }

    void destructorWaitsForALook()
    {
        GatedChannel::Gate gate;
        FakeSource source;
        source.setReaders(oneReader(false));
        source.setOpener([&](const QString&) {
            return std::make_unique<GatedChannel>(open(freshDevice(kFirstSerial)), gate);
        });
        {
            const DeviceDirectory directory(source);
            gate.came.acquire();
            gate.pass.release(100);
        }
        QVERIFY(!source.waitForProbe(kFirstReader));
    }

    void errorInTheMiddleIsShown()
    {
        SimulatedReaders readers;
        const auto hsmDevice = deviceWithKey(kFirstSerial);
        hsmDevice->setFaults({ { { .kind = simulator::Fault::Kind::Silence, .at = 3 } } });
        readers.insert(kFirstReader, hsmDevice);
        DeviceDirectory directory(readers);
        QTRY_VERIFY(showsError(directory, ErrorKind::CardUnresponsive));
        directory.lookAgain();
        QTRY_COMPARE(serials(directory), QStringList{ kFirstSerial });
        QVERIFY(!directory.devices().front().error);
    }
};

QTEST_GUILESS_MAIN(TestDeviceDirectory)
#include "tst_devicedirectory.moc"
