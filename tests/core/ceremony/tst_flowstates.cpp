// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/ceremony/fold.h"

#include <QTest>

using namespace conclave;
using namespace conclave::ceremony;

namespace {

const QString kKcv = QStringLiteral("630dcd2966c43366");

/// A device that was established before, with one key.
DeviceChosen establishedDevice()
{
    DeviceChosen device = simulatedDevice();
    device.initialised = true;
    device.shareFilesTotal = 1;
    device.shareFilesOutstanding = 0;
    device.kcv = kKcv;
    device.label = QStringLiteral("CA");
    device.keys = { { QStringLiteral("old"), QStringLiteral("0a"), {}, QStringLiteral("aa"), 7 } };
    return device;
}

FoldedCeremony choosing(Flow flow)
{
    FoldedCeremony ceremony;
    if (!ceremony.takeAll({ Opened{ QStringLiteral("EX-1"), {}, true, {}, flow },
            ParticipantNamed{ Role::Officer, 1, QStringLiteral("Ada"), {} }, Prepared{} }))
        qFatal("not prepared");
    return ceremony;
}

FoldedCeremony onDevice(Flow flow, const DeviceChosen& device)
{
    FoldedCeremony ceremony = choosing(flow);
    if (!ceremony.take(device))
        qFatal("the device was refused");
    return ceremony;
}

FirstDeviceNamed firstDevice()
{
    FirstShareFile file;
    file.threshold = 2;
    file.total = 3;
    file.bits = 128;
    file.set = QStringLiteral("7K3QZ9");
    file.file = QStringLiteral("EX-0-share-1.pbe");
    file.sha256 = QStringLiteral("ab");
    file.prime = QStringLiteral("f34a189de5197cfb");
    return { QStringLiteral("EX-0"), QStringLiteral("DESIM0000009"), kKcv, { file } };
}

bool has(const CeremonyState& state, Step step)
{
    const std::vector<Step> steps = state.steps();
    return std::ranges::find(steps, step) != steps.end();
}

} // namespace

class TestFlowStates : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void moreKeysNeedADeviceThatIsEstablished()
    {
        FoldedCeremony ceremony = choosing(Flow::GenerateMore);
        DeviceChosen device = establishedDevice();
        device.initialised = false;
        QVERIFY(!ceremony.take(device));
        device = establishedDevice();
        device.shareFilesOutstanding = 1;
        QVERIFY(!ceremony.take(device));
        device = establishedDevice();
        device.keysGivenUp = true; // nothing is
        QVERIFY(!ceremony.take(device));
        QVERIFY(ceremony.take(establishedDevice()));
        QCOMPARE(ceremony.state().stage, Stage::PlanningKeys);
        QCOMPARE(ceremony.state().kcv, kKcv);
        QVERIFY(!ceremony.state().erasedAt);
    }

    void keysOnTheDeviceKeepTheirNames()
    {
        FoldedCeremony ceremony = onDevice(Flow::GenerateMore, establishedDevice());
        const auto planned = [](const char16_t* label, const char16_t* id) {
            return KeysPlanned{
                { { QString::fromUtf16(label), QString::fromUtf16(id), card::KeyAlgorithm::EcP256 } }
            };
        };
        QVERIFY(!ceremony.take(planned(u"old", u"0b")));
        QVERIFY(!ceremony.take(planned(u"new", u"0a")));
        QVERIFY(!ceremony.take(KeysPlanned{}));
        QVERIFY(ceremony.take(planned(u"new", u"0b")));
    }

    void moreKeysAreBackedUpWhereTheDeviceCan_data()
    {
        QTest::addColumn<int>("shareFiles");
        QTest::addColumn<bool>("backedUp");
        QTest::newRow("one share file") << 1 << true;
        QTest::newRow("a random secret that no other device has") << 0 << false;
        QTest::newRow("none") << -1 << false;
    }
    void moreKeysAreBackedUpWhereTheDeviceCan()
    {
        QFETCH(const int, shareFiles);
        QFETCH(const bool, backedUp);
        DeviceChosen device = establishedDevice();
        device.shareFilesTotal = shareFiles;
        device.shareFilesOutstanding = std::min(shareFiles, 0);
        FoldedCeremony ceremony = onDevice(Flow::GenerateMore, device);
        QCOMPARE(has(ceremony.state(), Step::BackUp), backedUp);
        QVERIFY(!has(ceremony.state(), Step::Initialise));
        bool savedTwice = false;
        QVERIFY(goOnUntil(ceremony, [&](const CeremonyState& state) {
            savedTwice = savedTwice || state.backup.media.size() == 2;
            return state.stage == Stage::Closed;
        }));
        QCOMPARE(savedTwice, backedUp);
    }

    void keysThatStayedHaveTheirLabelsInTheBackup()
    {
        FoldedCeremony ceremony = onDevice(Flow::GenerateMore, establishedDevice());
        QVERIFY(goOnTo(ceremony, Stage::BackingUp));
        QCOMPARE(ceremony.state().labelOf(7), QStringLiteral("old"));
        QCOMPARE(ceremony.state().labelOf(1), QStringLiteral("one"));
        QCOMPARE(ceremony.state().labelOf(9), QString());
    }

    void fromThePlanOneCanGoBackToTheDevice()
    {
        FoldedCeremony ceremony = onDevice(Flow::GenerateMore, establishedDevice());
        QVERIFY(ceremony.take(WentBack{ BackTarget::Device }));
        QCOMPARE(ceremony.state().stage, Stage::ChoosingDevice);
        QVERIFY(!ceremony.take(WentBack{ BackTarget::Device }));
    }

    void aSecondDeviceGetsTheShareFilesOfTheFirst()
    {
        FoldedCeremony ceremony = choosing(Flow::AddBackup);
        QCOMPARE(ceremony.state().stage, Stage::ChoosingFirst);
        FirstDeviceNamed unknown = firstDevice();
        unknown.kcv.clear();
        QVERIFY(!ceremony.take(unknown));
        unknown = firstDevice();
        unknown.shareFiles.clear();
        QVERIFY(!ceremony.take(unknown));
        QVERIFY(ceremony.take(firstDevice()));
        DeviceChosen device = simulatedDevice();
        device.serial = firstDevice().device;
        QVERIFY(!ceremony.take(device)); // the first one itself
        QVERIFY(ceremony.take(simulatedDevice()));
        QCOMPARE(ceremony.state().stage, Stage::SettingPins);
        QVERIFY(!ceremony.take(WentBack{ BackTarget::Scheme })); // there is none to choose
        QVERIFY(goOnTo(ceremony, Stage::Importing));
        QCOMPARE(ceremony.state().shareFilesOutstanding, 1);
        QVERIFY(goOnTo(ceremony, Stage::ChoosingBackup));
        QCOMPARE(ceremony.state().kcv, kKcv);
        RestorePlanned foreign = twoToRestore();
        foreign.kcv = QStringLiteral("aa");
        QVERIFY(!ceremony.take(foreign));
        QVERIFY(goOnTo(ceremony, Stage::Closed));
        QCOMPARE(ceremony.state().restore.proved(), 2);
        QCOMPARE(ceremony.state().restore.cloneProof->keys, 2);
    }

    void aPublicKeyIsThatOfTheRestoredKey()
    {
        FoldedCeremony ceremony = choosing(Flow::AddBackup);
        QVERIFY(ceremony.takeAll({ firstDevice(), simulatedDevice() }));
        QVERIFY(goOnTo(ceremony, Stage::ChoosingBackup));
        RestorePlanned plan = twoToRestore();
        // SHA-256 of the three bytes "abc" (FIPS 180-4)
        plan.keys[0].fingerprint
            = QStringLiteral("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        QVERIFY(ceremony.take(plan));
        QVERIFY(ceremony.take(Intended{ Operation::RestoreKey, kSerial, 0, -1, -1 }));
        for (const QString& wrong : { QStringLiteral("616264"), QStringLiteral("no hex") })
            QVERIFY(!ceremony.take(KeyRestored{ 0, 20, true, 1, false, wrong }));
        QVERIFY(ceremony.take(KeyRestored{ 0, 20, true, 1, false, QStringLiteral("616263") }));
    }

    void whatACutTryBroughtWasNotThere()
    {
        FoldedCeremony ceremony = choosing(Flow::AddBackup);
        QVERIFY(ceremony.takeAll({ firstDevice(), simulatedDevice() }));
        QVERIFY(goOnTo(ceremony, Stage::RestoringKeys));
        const Intended intended{ Operation::RestoreKey, kSerial, 0, -1, -1 };
        const KeyRestored wasThere{ 0, 20, true, 1, true };
        // A wrong PIN did not bring it.
        QVERIFY(ceremony.takeAll(
            { intended, WorkFailed{ Operation::RestoreKey, 0, ErrorKind::WrongPin, 0, true }, intended }));
        FoldedCeremony other = ceremony;
        QVERIFY(other.take(wasThere));
        QVERIFY(other.state().restore.keys.front().wasThere());
        QVERIFY(ceremony.takeAll({ WorkFailed{ Operation::RestoreKey, 0, ErrorKind::CardRemoved, 0, false },
            Settled{ Operation::RestoreKey, 0, Outcome::TookEffect }, intended }));
        QVERIFY(!ceremony.take(wasThere));
        QVERIFY(ceremony.take(KeyRestored{ 0, 20, true, 1 }));
    }

    void aProofOnBothDevicesCoversAllKeysThatCanSign()
    {
        FoldedCeremony ceremony = choosing(Flow::AddBackup);
        QVERIFY(ceremony.takeAll({ firstDevice(), simulatedDevice() }));
        QVERIFY(goOnTo(ceremony, Stage::ProvingClone));
        QVERIFY(!ceremony.take(CloneProved{ firstDevice().device, 1, 0 }));
        QVERIFY(!ceremony.take(CloneProved{ firstDevice().device, 0, 2 }));
        QVERIFY(!ceremony.take(CloneProved{ kSerial, 2, 0 }));
        QVERIFY(ceremony.take(CloneProofFailed{ ErrorKind::WrongPin, 1 }));
        QCOMPARE(ceremony.state().stage, Stage::ProvingClone); // it may be tried again
        QVERIFY(ceremony.take(CloneProved{ firstDevice().device, 1, 1 }));
        QCOMPARE(ceremony.state().stage, Stage::Reviewing);
        QCOMPARE(ceremony.state().toExplain.size(), std::size_t{ 1 });
    }

    void aSecondDeviceMayDoWithoutTheKeysAndTheReportSaysSo()
    {
        FoldedCeremony ceremony = choosing(Flow::AddBackup);
        QVERIFY(ceremony.takeAll({ firstDevice(), simulatedDevice() }));
        QVERIFY(goOnTo(ceremony, Stage::ChoosingBackup));
        QVERIFY(ceremony.take(RestoreFinished{}));
        QCOMPARE(ceremony.state().stage, Stage::Reviewing);
        QCOMPARE(ceremony.state().toExplain.size(), std::size_t{ 1 });
    }

    void anotherSecretThanTheFirstOnesMeansToBeginAgain()
    {
        FoldedCeremony ceremony = choosing(Flow::AddBackup);
        QVERIFY(ceremony.takeAll({ firstDevice(), simulatedDevice() }));
        QVERIFY(goOnUntil(ceremony,
            [](const CeremonyState& state) { return state.stage == Stage::Importing && state.pending; }));
        QVERIFY(ceremony.take(KeyCheckValueDiffered{ QStringLiteral("aa"), kKcv }));
        QCOMPARE(ceremony.state().stage, Stage::DkekMismatch);
        QVERIFY(ceremony.take(WentBack{ BackTarget::Pins }));
        QVERIFY(goOnTo(ceremony, Stage::Importing));
    }

    void fromTheFirstDeviceOneCanGoBackAndNameAnother()
    {
        FoldedCeremony ceremony = choosing(Flow::AddBackup);
        QVERIFY(ceremony.take(firstDevice()));
        QVERIFY(ceremony.take(WentBack{ BackTarget::Preparation }));
        QVERIFY(!ceremony.state().first);
        QVERIFY(ceremony.state().sets.empty());
        QVERIFY(ceremony.takeAll(
            { ParticipantNamed{ Role::Officer, 1, QStringLiteral("Ada"), {} }, Prepared{}, firstDevice() }));
        QCOMPARE(ceremony.state().sets.size(), std::size_t{ 1 });
    }

    void anInterruptedGenerationIsSettledWithoutAnErase()
    {
        FoldedCeremony ceremony = onDevice(Flow::GenerateMore, establishedDevice());
        QVERIFY(goOnUntil(ceremony, [](const CeremonyState& state) { return state.pending.has_value(); }));
        QVERIFY(ceremony.take(Resumed{}));
        QCOMPARE(ceremony.effects(), std::vector<Effect>{ SettleIntention{ *ceremony.state().pending } });
    }
};

QTEST_GUILESS_MAIN(TestFlowStates)
#include "tst_flowstates.moc"
