// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/cvc.h"
#include "core/card/keyattestation.h"
#include "core/card/smartcardhsm.h"
#include "core/simulator/devicechain.h"
#include "core/simulator/simulatedchannel.h"
#include "tests/core/card/vectors.h"

#include <QtTest>

#include <future>

using namespace conclave;
using namespace conclave::card;
using namespace conclave::simulator;
using test::bytes;

namespace {

const QDate kToday(2026, 11, 25);

SecretBytes ascii(const char* text)
{
    return SecretBytes({ reinterpret_cast<const std::uint8_t*>(text), std::strlen(text) });
}

Initialisation settings(std::optional<int> shareFiles)
{
    Initialisation made;
    made.userPin = ascii("648219");
    made.soPin = ascii("3537363231383830");
    made.userPinTries = 3;
    made.unblocking = PinUnblocking::NewPin;
    made.label = QStringLiteral("simulated");
    made.shareFiles = shareFiles;
    return made;
}

/// A device with the driver on it.
struct Bench {
    explicit Bench(std::shared_ptr<SimulatedHsm> card = std::make_shared<SimulatedHsm>())
        : device(std::move(card))
        , channel(device)
        , hsm(channel)
    {
    }
    /// Initialised, with a DKEK of one share file that is in.
    void establish()
    {
        QVERIFY(hsm.initialise(settings(1)));
        QVERIFY(hsm.importShareFile(Bytes(32, 0x11)));
        QVERIFY(hsm.verifyUserPin(ascii("648219")));
    }
    QString sent(const QString& hex)
    {
        const auto answer = channel.transmit(bytes(hex));
        return answer ? toHex(*answer) : QStringLiteral("none");
    }

    std::shared_ptr<SimulatedHsm> device;
    SimulatedChannel channel;
    SmartCardHsm hsm;
};

ErrorKind errorOf(const auto& result)
{
    return result ? ErrorKind::Malformed : result.error().kind;
}

} // namespace

class TestSimulatedHsm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leavesTheFactoryUninitialised();
    void hasACertificateChainOfItsOwnRoot();
    void initialisesWithShareFilesAndImportsThem();
    void initialisesWithoutDkek();
    void wrongSoPinLowersItsCounterUntilItIsBlocked();
    void wrongPinLowersItsCounterUntilItIsBlocked();
    void unblocksAsTheOptionsAllow();
    void generatesKeysAndSignsWithThem_data();
    void generatesKeysAndSignsWithThem();
    void aCommandLongerThanItsBufferIsRefused();
    void provesItsKeyAndKeepsNothingOfIt();
    void replayedCertificatesAreUnmaskedByTheProof();
    void itsKeysAreAttested();
    void livesAWholeLife();
};

void TestSimulatedHsm::leavesTheFactoryUninitialised()
{
    Bench bench;
    const auto status = bench.hsm.status();
    QVERIFY(status);
    QCOMPARE(status->serial, QStringLiteral("DENK0299901"));
    QCOMPARE(status->versionMajor, 4);
    QVERIFY(!status->initialised());
    QVERIFY(!status->dkek);
    QVERIFY(status->label.isEmpty());
    QVERIFY(bench.hsm.keys()->empty());
}

void TestSimulatedHsm::hasACertificateChainOfItsOwnRoot()
{
    Bench bench(std::make_shared<SimulatedHsm>(Identity{ .serial = QStringLiteral("DENK0299907") }));
    QVERIFY(bench.hsm.select());
    const auto file = bench.channel.transmit(bytes(QStringLiteral("00B12F020000045402000000 00")));
    QVERIFY(file);
    const auto chain = parseCvChain(file->view().first(file->size() - 2));
    QVERIFY(chain);
    QCOMPARE(chain->size(), std::size_t(2));
    auto device = chain->at(0);
    auto issuer = chain->at(1);
    QCOMPARE(device.holderReference, QStringLiteral("DENK029990700000"));
    QCOMPARE(device.authorityReference, issuer.holderReference);
    QCOMPARE(issuer.authorityReference, simulatedRootReference());
    QCOMPARE(device.role, std::uint8_t(CvRole::Device));
    QCOMPARE(issuer.role, std::uint8_t(CvRole::DeviceIssuer));
    QVERIFY(issuer.verify(simulatedRootKey()));
    issuer.publicKey.algorithm = KeyAlgorithm::EcBrainpoolP256; // as the whole chain
    QVERIFY(device.verify(issuer.publicKey));
}

void TestSimulatedHsm::initialisesWithShareFilesAndImportsThem()
{
    Bench bench;
    QVERIFY(bench.hsm.initialise(settings(2)));
    auto status = bench.hsm.status();
    QVERIFY(status);
    QCOMPARE(status->label, QStringLiteral("simulated"));
    QCOMPARE(status->userPin, (PinStatus{ .state = PinStatus::State::Ready, .triesLeft = 3 }));
    QCOMPARE(status->soPin, (PinStatus{ .state = PinStatus::State::Ready, .triesLeft = 15 }));
    QCOMPARE(status->dkek, (DkekStatus{ .total = 2, .outstanding = 2 }));

    // While share files are missing, no key can be made or exported.
    QVERIFY(bench.hsm.verifyUserPin(ascii("648219")));
    QCOMPARE(errorOf(bench.hsm.generateKey(1, { .label = QStringLiteral("k"), .id = { 1 } })),
        ErrorKind::DkekIncomplete);

    Bytes first(32);
    for (std::size_t i = 0; i < first.size(); ++i)
        first[i] = static_cast<std::uint8_t>(i);
    QCOMPARE(bench.hsm.importShareFile(Bytes(32, 0))->outstanding, 1);
    const auto complete = bench.hsm.importShareFile(first);
    QVERIFY(complete);
    QCOMPARE(complete->outstanding, 0);
    QCOMPARE(toHexGroups(*complete->kcv), QStringLiteral("630D CD29 66C4 3366")); // of 00 01 .. 1F
    QCOMPARE(errorOf(bench.hsm.importShareFile(first)), ErrorKind::ShareFileNotExpected);
}

void TestSimulatedHsm::initialisesWithoutDkek()
{
    Bench bench;
    QVERIFY(bench.hsm.initialise(settings(std::nullopt)));
    QVERIFY(!bench.hsm.status()->dkek);
    QVERIFY(bench.hsm.verifyUserPin(ascii("648219")));
    QVERIFY(bench.hsm.generateKey(1, { .label = QStringLiteral("k"), .id = { 1 } }));
    QCOMPARE(bench.sent(QStringLiteral("80720192000000")), QStringLiteral("6d00"));

    // A DKEK that the card makes by itself is complete at once.
    QVERIFY(bench.hsm.initialise(settings(0)));
    const auto dkek = bench.hsm.dkekStatus();
    QVERIFY(dkek && *dkek && (*dkek)->kcv);
    QCOMPARE((*dkek)->total, 0);
    QVERIFY(bench.hsm.keys()->empty());
}

void TestSimulatedHsm::wrongSoPinLowersItsCounterUntilItIsBlocked()
{
    Bench bench;
    QVERIFY(bench.hsm.initialise(settings(1)));
    Initialisation wrong = settings(1);
    wrong.soPin = ascii("0123456789abcdef");
    for (int left = 14; left > 0; --left) {
        const auto done = bench.hsm.initialise(wrong);
        QCOMPARE(errorOf(done), ErrorKind::WrongPin);
        QCOMPARE(done.error().triesLeft, left);
    }
    QCOMPARE(errorOf(bench.hsm.initialise(wrong)), ErrorKind::PinBlocked);
    QCOMPARE(errorOf(bench.hsm.initialise(settings(1))), ErrorKind::PinBlocked);
    QCOMPARE(bench.hsm.soPinStatus()->state, PinStatus::State::Blocked);
    QCOMPARE(bench.hsm.status()->label, QStringLiteral("simulated")); // nothing was erased
}

void TestSimulatedHsm::wrongPinLowersItsCounterUntilItIsBlocked()
{
    Bench bench;
    QVERIFY(bench.hsm.initialise(settings(1)));
    QCOMPARE(bench.hsm.verifyUserPin(ascii("111111")).error().triesLeft, 2);
    QVERIFY(bench.hsm.verifyUserPin(ascii("648219")));
    QCOMPARE(bench.hsm.userPinStatus()->state, PinStatus::State::Verified);
    QVERIFY(bench.hsm.select());
    QCOMPARE(bench.hsm.userPinStatus()->triesLeft, 3);
    for (int left = 2; left > 0; --left)
        QCOMPARE(bench.hsm.verifyUserPin(ascii("111111")).error().triesLeft, left);
    QCOMPARE(errorOf(bench.hsm.verifyUserPin(ascii("111111"))), ErrorKind::PinBlocked);
    QCOMPARE(errorOf(bench.hsm.verifyUserPin(ascii("648219"))), ErrorKind::PinBlocked);
}

void TestSimulatedHsm::unblocksAsTheOptionsAllow()
{
    const SecretBytes soPin = ascii("3537363231383830");
    const SecretBytes newPin = ascii("735162");
    for (const PinUnblocking mode :
        { PinUnblocking::Off, PinUnblocking::CounterOnly, PinUnblocking::NewPin }) {
        Bench bench;
        Initialisation chosen = settings(1);
        chosen.unblocking = mode;
        QVERIFY(bench.hsm.initialise(chosen));
        for (int i = 0; i < 3; ++i)
            QVERIFY(!bench.hsm.verifyUserPin(ascii("111111")));
        QCOMPARE(bench.hsm.unblockUserPin(soPin, newPin.view()).has_value(), mode == PinUnblocking::NewPin);
        QCOMPARE(bench.hsm.unblockUserPin(soPin, std::nullopt).has_value(), mode != PinUnblocking::Off);
        QCOMPARE(bench.hsm.verifyUserPin(newPin).has_value(), mode == PinUnblocking::NewPin);
        QCOMPARE(bench.hsm.verifyUserPin(ascii("648219")).has_value(), mode == PinUnblocking::CounterOnly);
    }
}

void TestSimulatedHsm::generatesKeysAndSignsWithThem_data()
{
    QTest::addColumn<KeyAlgorithm>("algorithm");
    for (const KeyAlgorithm algorithm : kKeyPairAlgorithms)
        QTest::addRow("%s", qPrintable(keyAlgorithmName(algorithm))) << algorithm;
}

void TestSimulatedHsm::generatesKeysAndSignsWithThem()
{
    QFETCH(KeyAlgorithm, algorithm);
    Bench bench;
    bench.establish();
    const auto reference = bench.hsm.freeKeyReference();
    QVERIFY(reference);
    const auto key = bench.hsm.generateKey(
        *reference, { .algorithm = algorithm, .label = QStringLiteral("key"), .id = { 0x10 } });
    QVERIFY(key);
    QCOMPARE(key->publicKey.algorithm, algorithm);
    const auto keys = bench.hsm.keys();
    QVERIFY(keys);
    QCOMPARE(keys->size(), std::size_t(1));
    QCOMPARE(keys->front().label, QStringLiteral("key"));
    QCOMPARE(keys->front().publicKey, key->publicKey);

    const Bytes message(1000, 0x5A);
    const auto signature = bench.hsm.signSha256(*reference, algorithm, message);
    QVERIFY(signature);
    QVERIFY(key->publicKey.verifySha256(message, *signature));

    QVERIFY(bench.hsm.deleteKey(*reference));
    QVERIFY(bench.hsm.keys()->empty());
    QCOMPARE(errorOf(bench.hsm.signSha256(*reference, algorithm, message)), ErrorKind::NotFound);
}

void TestSimulatedHsm::aCommandLongerThanItsBufferIsRefused()
{
    Bench bench;
    QVERIFY(bench.hsm.initialise(settings(0)));
    QVERIFY(bench.hsm.verifyUserPin(ascii("648219")));
    // UPDATE of EF CF01, whole command 1454 bytes: header 7, 54 02 .. .. 53 82 .. .. and 1439 of content.
    const QString begin = QStringLiteral("00D7CF0100%1 54020000 5382%2");
    const auto answer = [&](int content) {
        const auto hex = [](int number) { return QStringLiteral("%1").arg(number, 4, 16, QLatin1Char('0')); };
        const QString command
            = begin.arg(hex(content + 8), hex(content)) + QStringLiteral("5A").repeated(content);
        return toHex(*bench.device->exchange(bytes(command)));
    };
    QCOMPARE(answer(1440), QStringLiteral("6700"));
    QCOMPARE(answer(1439), QStringLiteral("9000"));
}

void TestSimulatedHsm::provesItsKeyAndKeepsNothingOfIt()
{
    Bench bench;
    QVERIFY(bench.hsm.erase(settings(std::nullopt)));
    QCOMPARE(errorOf(bench.hsm.proveDeviceKey(kToday)), ErrorKind::NotLoggedIn);
    QVERIFY(bench.hsm.verifyUserPin(ascii("648219")));
    const auto proved = bench.hsm.proveDeviceKey(kToday);
    QVERIFY(proved);
    QCOMPARE(proved->trust, Trust::UnknownIssuer); // its root is nobody's
    QCOMPARE(proved->fault, TrustFault::ForeignRoot);
    QCOMPARE(proved->holderPath, QStringLiteral("/UTCONCLAVE/UTCONCLDI/DENK0299901"));
    QVERIFY(bench.hsm.keys()->empty());
    QCOMPARE(*bench.hsm.freeKeyReference(), 1); // no request is left over
}

void TestSimulatedHsm::replayedCertificatesAreUnmaskedByTheProof()
{
    const auto device = std::make_shared<SimulatedHsm>(Identity{ .serial = QStringLiteral("DENK0404144") });
    device->replaceDeviceCertificates(test::realCvc("ef_2f02_nitrokey_hsm2_fw41"));
    Bench bench(device);
    QCOMPARE(bench.hsm.status()->serial, QStringLiteral("DENK0404144"));
    QCOMPARE(judgeChain(*bench.hsm.deviceCertificates(), kToday).trust, Trust::CertificateOnly);

    QVERIFY(bench.hsm.erase(settings(std::nullopt)));
    QVERIFY(bench.hsm.verifyUserPin(ascii("648219")));
    const auto proved = bench.hsm.proveDeviceKey(kToday);
    QVERIFY(proved);
    QCOMPARE(proved->trust, Trust::Broken);
    QCOMPARE(proved->fault, TrustFault::KeyNotProved);
    QVERIFY(bench.hsm.keys()->empty());
}

void TestSimulatedHsm::itsKeysAreAttested()
{
    Bench bench;
    bench.establish();
    const DeviceTrust trust = judgeChain(*bench.hsm.deviceCertificates(), kToday);
    for (const KeyAlgorithm algorithm : { KeyAlgorithm::Rsa2048, KeyAlgorithm::EcP521 }) {
        const auto key = bench.hsm.generateKey(
            *bench.hsm.freeKeyReference(), { .algorithm = algorithm, .label = {}, .id = { 0x10 } });
        QVERIFY(key);
        QCOMPARE(attestKey(key->request, trust), KeyAttestation::Verified);
    }
    const auto another = SimulatedHsm(Identity{ .serial = QStringLiteral("DENK0299901") }).save();
    Bench other(*SimulatedHsm::load(another));
    const DeviceTrust sameNameOtherKey = judgeChain(*other.hsm.deviceCertificates(), kToday);
    const auto key = bench.hsm.generateKey(*bench.hsm.freeKeyReference(), { .label = {}, .id = { 0x11 } });
    QVERIFY(key);
    QCOMPARE(attestKey(key->request, sameNameOtherKey), KeyAttestation::NotSigned);
}

void TestSimulatedHsm::livesAWholeLife()
{
    const auto device = std::make_shared<SimulatedHsm>();
    const KeyRequest signing{
        .algorithm = KeyAlgorithm::EcP256, .label = QStringLiteral("signing"), .id = { 0x01 }
    };
    const Bytes message(100, 0x5A);
    PublicKey first;
    {
        Bench bench(device);
        QVERIFY(!bench.hsm.status()->initialised());
        QVERIFY(bench.hsm.initialise(settings(2)));
        QCOMPARE(bench.hsm.importShareFile(Bytes(32, 0x11))->outstanding, 1);
    }
    {
        // Pulled between two share files, and in again.
        Bench bench(device);
        QCOMPARE(bench.hsm.status()->dkek->outstanding, 1);
        QVERIFY(bench.hsm.importShareFile(Bytes(32, 0x22))->kcv);
        QVERIFY(bench.hsm.verifyUserPin(ascii("648219")));
        const auto key = bench.hsm.generateKey(*bench.hsm.freeKeyReference(), signing);
        QVERIFY(key);
        first = key->publicKey;
        QVERIFY(bench.hsm.changeUserPin(ascii("648219"), ascii("975318")));
        QVERIFY(bench.hsm.changeSoPin(ascii("3537363231383830"), ascii("0123456789ABCDEF")));
    }
    {
        Bench bench(device);
        QCOMPARE(errorOf(bench.hsm.generateKey(2, signing)), ErrorKind::NotLoggedIn);
        QCOMPARE(bench.hsm.verifyUserPin(ascii("648219")).error().triesLeft, 2);
        QVERIFY(bench.hsm.unblockUserPin(ascii("0123456789ABCDEF"), ascii("135790").view()));
        QVERIFY(bench.hsm.verifyUserPin(ascii("135790")));
        QCOMPARE(*bench.hsm.readPublicKey(1), first);
        const auto signature = bench.hsm.signSha256(1, KeyAlgorithm::EcP256, message);
        QVERIFY(signature);
        QVERIFY(first.verifySha256(message, *signature));
        const auto reference = bench.hsm.freeKeyReference();
        QCOMPARE(*reference, std::uint8_t(2));
        QVERIFY(bench.hsm.generateKey(*reference, signing));
        QVERIFY(bench.hsm.deleteKey(1));
        QCOMPARE(*bench.hsm.freeKeyReference(), std::uint8_t(1));
        QCOMPARE(bench.hsm.keys()->size(), std::size_t(1));
    }
    {
        // To the next owner: with the right SO-PIN only, and then nothing is left.
        Bench bench(device);
        QCOMPARE(errorOf(bench.hsm.initialise(settings(1))), ErrorKind::WrongPin);
        Initialisation next = settings(1);
        next.soPin = ascii("0123456789ABCDEF");
        QVERIFY(bench.hsm.initialise(next));
        QVERIFY(bench.hsm.keys()->empty());
        QCOMPARE(bench.hsm.status()->dkek, (DkekStatus{ .total = 1, .outstanding = 1 }));
        QVERIFY(bench.hsm.verifyUserPin(ascii("648219")));
    }
}

QTEST_GUILESS_MAIN(TestSimulatedHsm)
#include "tst_simulatedhsm.moc"
