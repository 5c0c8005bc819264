// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "app/rehearsaldevice.h"
#include "core/card/smartcardhsm.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <cstring>

using namespace conclave;
using app::RehearsalDevice;
using ceremony::Flow;

namespace {

const QString kReader = QStringLiteral("Simulated reader");
const QString kSecondReader = QStringLiteral("Simulated reader 2");

ByteView text(const char* ascii)
{
    return { reinterpret_cast<const std::uint8_t*>(ascii), std::strlen(ascii) };
}

QStringList readers(RehearsalDevice& device)
{
    QStringList names;
    const auto all = device.readers().readers();
    for (const device::ReaderInfo& reader : *all)
        names << reader.name;
    return names;
}

/// The label of the device in that reader; empty for a new one.
QString label(RehearsalDevice& device, const QString& reader)
{
    auto channel = device.readers().open(reader);
    if (!channel)
        return QStringLiteral("none");
    card::SmartCardHsm hsm(**channel);
    const auto status = hsm.select() ? hsm.status() : fail(ErrorKind::NoCard);
    return status ? status->label : QStringLiteral("unreadable");
}

QString serial(RehearsalDevice& device, const QString& reader)
{
    auto channel = device.readers().open(reader);
    if (!channel)
        return QStringLiteral("none");
    return card::SmartCardHsm(**channel).serial().value_or(QString());
}

/// Of the device that the last rehearsal in these records left.
QString serialOfRehearsed(const QString& records)
{
    RehearsalDevice device(simulator::DeviceDelays::none());
    device.prepareFor(Flow::Restore, records);
    return serial(device, kReader);
}

/// A rehearsal in this folder that left a device with this label.
bool rehearse(const QString& folder, const QString& name)
{
    RehearsalDevice device(simulator::DeviceDelays::none());
    if (!QDir().mkpath(folder))
        return false;
    device.keepIn(folder);
    auto channel = device.readers().open(kReader);
    if (!channel)
        return false;
    card::SmartCardHsm hsm(**channel);
    card::Initialisation settings;
    settings.userPin = SecretBytes(text("648219"));
    settings.soPin = SecretBytes(text("3537363231383830"));
    settings.label = name;
    return hsm.select() && hsm.initialise(settings).has_value();
}

} // namespace

class TestRehearsalDevice : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRehearsalFindsTheDeviceThatItIsAbout()
    {
        const QTemporaryDir records;
        QVERIFY(rehearse(records.filePath(QStringLiteral("KC-1")), QStringLiteral("rehearsed")));
        RehearsalDevice device(simulator::DeviceDelays::none());
        device.prepareFor(Flow::Establish, records.path());
        QCOMPARE(label(device, kReader), QString());
        device.prepareFor(Flow::GenerateMore, records.path());
        QCOMPARE(label(device, kReader), QStringLiteral("rehearsed"));
        device.keepIn({});
        QCOMPARE(label(device, kReader), QString());
        device.prepareFor(Flow::AddBackup, records.path());
        QCOMPARE(label(device, kReader), QString());
        QCOMPARE(label(device, kSecondReader), QStringLiteral("rehearsed"));
        device.keepIn({});
        QCOMPARE(readers(device), QStringList{ kReader });
    }

    // One that looked like the first could not be chosen beside it.
    void aSecondDeviceHasASerialOfItsOwn()
    {
        for (const Flow flow : { Flow::AddBackup, Flow::Drill }) {
            const QTemporaryDir records;
            QVERIFY(rehearse(records.path() + QStringLiteral("/KC-1"), QStringLiteral("rehearsed")));
            const QString first = serialOfRehearsed(records.path());
            RehearsalDevice device(simulator::DeviceDelays::none());
            device.prepareFor(flow, records.path());
            QVERIFY(!first.isEmpty());
            QVERIFY(serial(device, kReader) != first);
            QCOMPARE(label(device, kReader), QString());
            if (flow == Flow::AddBackup)
                QCOMPARE(serial(device, kSecondReader), first);
        }
    }

    void onlyItsOwnerMayReadWhatTheRehearsalLeft()
    {
        const QTemporaryDir records;
        QVERIFY(rehearse(records.path(), QStringLiteral("rehearsed")));
        const QFileInfoList left = QDir(records.path()).entryInfoList(QDir::Files);
        QCOMPARE(left.size(), 1);
        QCOMPARE(left.front().permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
            QFileDevice::Permissions());
    }

    void withoutAnEarlierRehearsalTheDeviceIsNew()
    {
        const QTemporaryDir records;
        RehearsalDevice device(simulator::DeviceDelays::none());
        device.prepareFor(Flow::Restore, records.path());
        QCOMPARE(label(device, kReader), QString());
    }
};

QTEST_GUILESS_MAIN(TestRehearsalDevice)
#include "tst_rehearsaldevice.moc"
