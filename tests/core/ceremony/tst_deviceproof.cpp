// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/authenticity.h"
#include "core/ceremony/ceremony.h"
#include "core/ceremony/deviceoperations.h"
#include "core/device/devicedirectory.h"
#include "core/device/simulatedreaders.h"
#include "tests/core/card/vectors.h"
#include "tests/core/device/fakesource.h"
#include "tests/core/device/rack.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

using namespace conclave;
using namespace conclave::ceremony;
using namespace conclave::test;
using simulator::SimulatedHsm;

namespace {

const QString kRealSerial = QStringLiteral("DENK0404144");
const QDate kToday(2026, 11, 25);

SecretBytes secret(const char* text)
{
    return SecretBytes(ascii(text));
}

/// A card that replays the certificates of a real device.
std::shared_ptr<SimulatedHsm> replayingDevice()
{
    auto device = freshDevice(kRealSerial);
    device->replaceDeviceCertificates(realCvc("ef_2f02_nitrokey_hsm2_fw41"));
    return device;
}

/// Shows the device as a real one in a real reader.
void offer(FakeSource& readers, const std::shared_ptr<SimulatedHsm>& device)
{
    readers.setOpener([device](const QString&) -> FakeSource::Opened {
        return std::make_unique<simulator::SimulatedChannel>(device);
    });
    readers.setReaders(std::vector{ device::ReaderInfo{ .name = kFirstReader, .cardPresent = true } });
}

ProofOrder orderFor(Authenticity chosen)
{
    return { secret("3537363231383830"), chosen, kToday };
}

struct Bench {
    explicit Bench(std::shared_ptr<SimulatedHsm> device)
        : channel(std::move(device))
    {
    }
    [[nodiscard]] auto prove(const ProofOrder& order) { return proveDevice(hsm, order, progress); }

    simulator::SimulatedChannel channel;
    card::SmartCardHsm hsm{ channel };
    Progress progress = Progress::Before;
};

/// A ceremony without backup, up to the confirmed erasure, on the one device of the readers.
class People {
public:
    explicit People(device::ReaderSource& readers)
        : m_readers(readers)
        , ceremony(Environment{ .readers = readers })
    {
    }

    void prepare()
    {
        QVERIFY(ceremony.prepare({ .folder = m_folder.filePath(QStringLiteral("ceremony")),
            .ceremonyId = QStringLiteral("EX-1"),
            .purpose = {},
            .place = {},
            .clockConfirmed = true,
            .memoryFolderAccepted = true,
            .participants = { { Role::Officer, 1, QStringLiteral("Ada"), {} } } }));
        QTRY_COMPARE(ceremony.state().stage, Stage::ChoosingDevice);
    }
    void choose(const QString& typedSerial = {})
    {
        device::DeviceDirectory directory(m_readers, nullptr, [] { return kToday.startOfDay(); });
        QTRY_VERIFY(!directory.devices().empty() && directory.devices().front().status);
        found = directory.devices().front();
        chosen = ceremony.chooseDevice(found, true, typedSerial).has_value();
    }
    void initialise()
    {
        QTRY_COMPARE(ceremony.state().stage, Stage::ChoosingScheme);
        QVERIFY(ceremony.chooseScheme({}));
        QTRY_COMPARE(ceremony.state().stage, Stage::SettingPins);
        PinSettings settings;
        settings.newSoPin = secret("3537363231383830");
        if (found.status->initialised())
            settings.currentSoPin = settings.newSoPin.clone();
        settings.userPin = secret("648219");
        settings.label = QStringLiteral("planned");
        QVERIFY(ceremony.setPins(std::move(settings)));
        QTRY_COMPARE(ceremony.state().stage, Stage::ConfirmingErase);
        QVERIFY(ceremony.confirmErase(found.status->serial));
    }
    [[nodiscard]] int proofsRecorded() const
    {
        return static_cast<int>(std::ranges::count_if(ceremony.record(),
            [](const RecordedEvent& one) { return std::holds_alternative<AuthenticityProved>(one.event); }));
    }

private:
    QTemporaryDir m_folder;
    device::ReaderSource& m_readers;

public:
    Ceremony ceremony;
    device::DetectedDevice found{};
    bool chosen = false;
};

} // namespace

class DeviceProofTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void proofLeavesTheDeviceErased()
    {
        Bench bench(deviceWithKey(kFirstSerial));
        const auto proved = bench.prove(orderFor(Authenticity::UnknownIssuer));
        QVERIFY(proved && *proved);
        QCOMPARE((*proved)->trust, card::Trust::UnknownIssuer);
        const auto status = bench.hsm.status();
        QVERIFY(status);
        QVERIFY(!status->dkek);
        QVERIFY(status->label.isEmpty());
        QVERIFY(bench.hsm.keys()->empty());
        QCOMPARE(status->soPin.triesLeft, 15);
        QCOMPARE(bench.progress, Progress::Beyond);
        QVERIFY(!bench.hsm.verifyUserPin(ascii("648219"))); // the old PIN, too
    }

    void wrongSoPinIsToldBeforeAnythingIsErased()
    {
        Bench bench(deviceWithKey(kFirstSerial));
        ProofOrder order = orderFor(Authenticity::UnknownIssuer);
        order.soPin = secret("0000000000000000");
        const auto proved = bench.prove(order);
        QCOMPARE(proved.error().kind, ErrorKind::WrongPin);
        QCOMPARE(proved.error().triesLeft, 14);
        QVERIFY(leavesDeviceUnchanged(Operation::Initialise, bench.progress, proved.error()));
        QCOMPARE(bench.hsm.keys()->size(), 1U);
    }

    void anotherDeviceThanTheOneLookedAtIsNotErased()
    {
        Bench bench(deviceWithKey(kFirstSerial));
        for (const Authenticity chosen :
            { Authenticity::CertificateOnly, Authenticity::Genuine, Authenticity::GenuineExpired })
            QCOMPARE(bench.prove(orderFor(chosen)).error().kind, ErrorKind::DeviceNotGenuine);
        QCOMPARE(bench.progress, Progress::Before);
        QCOMPARE(bench.hsm.keys()->size(), 1U);
    }

    void deviceWithoutReadableCertificateHasNothingToProve()
    {
        const auto device = deviceWithKey(kFirstSerial);
        device->replaceDeviceCertificates(Bytes(300, 0x00));
        Bench bench(device);
        const auto proved = bench.prove(orderFor(Authenticity::NotVerified));
        QVERIFY(proved);
        QVERIFY(!*proved);
        QCOMPARE(bench.hsm.keys()->size(), 1U);
    }

    void replayedCertificateIsUnmasked()
    {
        Bench bench(replayingDevice());
        const auto proved = bench.prove(orderFor(Authenticity::CertificateOnly));
        QCOMPARE(proved.error().kind, ErrorKind::DeviceNotGenuine);
    }

    /// The whole way: chosen as one with a valid certificate, and left behind before it is trusted.
    void replayingDeviceGetsNoFurtherThanItsProof()
    {
        FakeSource readers;
        const auto device = replayingDevice();
        offer(readers, device);
        People people(readers);
        people.prepare();
        people.choose();
        QVERIFY(people.chosen);
        QCOMPARE(people.found.trust.trust, card::Trust::CertificateOnly);
        people.initialise();
        Ceremony& ceremony = people.ceremony;
        QTRY_VERIFY(ceremony.trouble() && ceremony.work().kind == WorkKind::None && !ceremony.writing());
        QCOMPARE(ceremony.trouble()->error.kind, ErrorKind::DeviceNotGenuine);
        QCOMPARE(ceremony.state().stage, Stage::SettingPins);
        QCOMPARE(ceremony.state().device->authenticity, Authenticity::Broken);
        QCOMPARE(people.proofsRecorded(), 0);
        QVERIFY(!ceremony.state().pending);
        Bench after(device);
        QVERIFY(!after.hsm.status()->dkek);
    }

    void brokenChainCannotBeChosen()
    {
        FakeSource readers;
        const auto device = freshDevice(kRealSerial);
        Bytes changed = realCvc("ef_2f02_nitrokey_hsm2_fw41");
        changed.back() ^= 0x01;
        device->replaceDeviceCertificates(changed);
        offer(readers, device);
        People people(readers);
        people.prepare();
        people.choose(kRealSerial);
        QVERIFY(!people.chosen);
        QCOMPARE(authenticityOf(people.found), Authenticity::Broken);
    }

    void unknownMakerIsChosenWithItsSerialTyped()
    {
        FakeSource readers;
        offer(readers, freshDevice(kFirstSerial));
        People people(readers);
        people.prepare();
        people.choose();
        QVERIFY(!people.chosen);
        people.choose(kSecondSerial);
        QVERIFY(!people.chosen);
        people.choose(kFirstSerial);
        QVERIFY(people.chosen);
        people.initialise();
        QTRY_COMPARE(people.ceremony.state().stage, Stage::PlanningKeys);
        QCOMPARE(people.proofsRecorded(), 1);
        const CeremonyState& state = people.ceremony.state();
        QCOMPARE(state.device->authenticity, Authenticity::UnknownIssuer);
        QVERIFY(state.device->unknownMakerAccepted);
        QCOMPARE(state.proof->holder, QStringLiteral("/UTCONCLAVE/UTCONCLDI/DENK0299901"));
        QCOMPARE(state.proof->validTo, QStringLiteral("2046-12-31"));
    }

    void keysAreAttestedInTheRecord()
    {
        device::SimulatedReaders readers;
        const auto device = freshDevice(kFirstSerial);
        readers.insert(kFirstReader, device);
        People people(readers);
        people.prepare();
        people.choose();
        people.initialise();
        Ceremony& ceremony = people.ceremony;
        QTRY_COMPARE(ceremony.state().stage, Stage::PlanningKeys);
        QVERIFY(ceremony.planKeys(
            { { QStringLiteral("one"), QStringLiteral("01"), card::KeyAlgorithm::EcP384 } }));
        QTRY_COMPARE(ceremony.state().stage, Stage::GeneratingKeys);
        QVERIFY(ceremony.enterUserPin(secret("648219")));
        QTRY_VERIFY(ceremony.generate());
        QTRY_VERIFY(!ceremony.state().nextKey());
        QTRY_VERIFY(ceremony.work().kind == WorkKind::None);
        QVERIFY(!ceremony.trouble());
        const KeyGenerated& generated = *ceremony.state().keys.front().generated;
        QCOMPARE(generated.attestation, Attestation::Verified);
        Bench after(device);
        QCOMPARE(generated.request, toHex(after.hsm.keys()->front().certificate));
        const auto request = card::CvRequest::parse(*fromHex(generated.request));
        QVERIFY(request);
        QCOMPARE(toHex(*request->request.publicKey.subjectPublicKeyInfo()), generated.publicKey);

        QVERIFY(ceremony.finishGeneration());
        QTRY_COMPARE(ceremony.state().stage, Stage::Reviewing);
        const QDir keys(ceremony.folder() + QStringLiteral("/public-keys"));
        QCOMPARE(keys.entryList(QDir::Files),
            (QStringList{ QStringLiteral("one-01.cvc"), QStringLiteral("one-01.pem") }));
    }

    void keysOfAnotherDevicesCertificateAreNotAttested()
    {
        const auto device = freshDevice(kFirstSerial);
        Bench other(freshDevice(kFirstSerial));
        device->replaceDeviceCertificates(*other.hsm.deviceCertificates());
        Bench bench(device);
        QVERIFY(bench.hsm.initialise({ .userPin = secret("648219"),
            .soPin = secret("3537363231383830"),
            .label = QStringLiteral("x") }));
        QVERIFY(bench.hsm.verifyUserPin(ascii("648219")));
        const auto key = ceremony::generateKey(bench.hsm, 1, { .label = {}, .id = { 0x01 } }, bench.progress);
        QVERIFY(key);
        QCOMPARE(key->attestation, Attestation::Unverified);
        QVERIFY(!key->request.empty());
    }

    void rehearsalsStaySimulated()
    {
        device::SimulatedReaders readers;
        const auto device = deviceWithKey(kFirstSerial);
        readers.insert(kFirstReader, device);
        People people(readers);
        people.prepare();
        people.choose();
        people.initialise();
        QTRY_COMPARE(people.ceremony.state().stage, Stage::PlanningKeys);
        QCOMPARE(people.proofsRecorded(), 1);
        QCOMPARE(people.ceremony.state().device->authenticity, Authenticity::Simulated);
        QCOMPARE(people.ceremony.state().proof->authenticity, Authenticity::Simulated);
    }

    /// The reader tells of it while a look that began before does not find it yet.
    void deviceThatIsBackBeforeTheLookForItFailedIsLookedForAgain()
    {
        FakeSource readers;
        const auto device = freshDevice(kFirstSerial);
        std::atomic<bool> out = false;
        QSemaphore looked;
        QSemaphore mayEnd;
        readers.setOpener([&](const QString& reader) -> FakeSource::Opened {
            if (out) {
                looked.release();
                mayEnd.tryAcquire(1, 20000);
                return fail(ErrorKind::NoCard, reader);
            }
            auto card = std::make_shared<simulator::SimulatedChannel>(device);
            return std::make_unique<FunctionChannel>(
                [card, &out, once = false](ByteView command) mutable -> Result<SecretBytes> {
                    auto answer = card->transmit(command);
                    const bool initialises = command[1] == card::ins::kInitializeDevice && command.size() > 5;
                    if (initialises && !std::exchange(once, true)) {
                        out = true;
                        return fail(ErrorKind::CardRemoved);
                    }
                    return answer;
                });
        });
        const device::ReaderInfo inserted{ .name = kFirstReader, .cardPresent = true, .insertion = 1 };
        readers.setReaders(std::vector{ inserted });
        People people(readers);
        people.prepare();
        people.choose(kFirstSerial);
        people.initialise();
        QTRY_VERIFY(looked.available() > 0);
        out = false;
        device::ReaderInfo again = inserted;
        again.insertion = 2;
        readers.setReaders(std::vector{ again });
        mayEnd.release();
        QTRY_VERIFY(!people.ceremony.state().pending);
        QCOMPARE(people.ceremony.state().stage, Stage::ConfirmingErase);
        QVERIFY(people.ceremony.state().erasedOnly);
    }

    /// Pulled at every command between the confirmed erasure and the end of the initialisation, and put in
    /// again: either it is as planned, or it is initialised once more and then is.
    void pulledDuringItsProofIsInitialisedInTheEnd()
    {
        for (int at = 1; at < 40; ++at) {
            device::SimulatedReaders readers;
            const auto device = deviceWithKey(kFirstSerial);
            readers.insert(kFirstReader, device);
            People people(readers);
            people.prepare();
            people.choose();
            const int before = device->exchanges();
            device->setFaults({ .faults = { { .kind = simulator::Fault::Kind::PullAfter, .at = at } } });
            people.initialise();
            Ceremony& ceremony = people.ceremony;
            const auto done = [&] { return ceremony.state().stage == Stage::PlanningKeys; };
            const auto resting
                = [&] { return !ceremony.writing() && ceremony.work().kind == WorkKind::None; };
            QTRY_VERIFY(done() || (ceremony.trouble() && resting()));
            if (done()) {
                QVERIFY(at > device->exchanges() - before);
                return;
            }
            device->setFaults({});
            readers.insert(kFirstReader, device);
            QTRY_VERIFY(!ceremony.state().pending && resting());
            if (!done()) {
                QCOMPARE(ceremony.state().stage, Stage::ConfirmingErase);
                QVERIFY(ceremony.confirmErase(kFirstSerial));
            }
            QTRY_VERIFY2(done(), qPrintable(QString::number(at)));
            Bench after(device);
            QVERIFY(after.hsm.keys()->empty());
            QVERIFY(after.hsm.verifyUserPin(ascii("648219")));
        }
        QFAIL("the initialisation takes more commands than it should");
    }
};

QTEST_GUILESS_MAIN(DeviceProofTest)
#include "tst_deviceproof.moc"
