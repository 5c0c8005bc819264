// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/digest.h"
#include "core/card/devicetrust.h"
#include "core/card/schemeroot.h"
#include "core/card/tlv.h"
#include "core/simulator/devicechain.h"
#include "core/simulator/privatekey.h"
#include "tests/core/card/vectors.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace conclave;
using namespace conclave::card;
using simulator::PrivateKey;
using test::realCvc;

namespace {

const QDate kToday(2026, 11, 25);

Bytes realChain()
{
    return realCvc("ef_2f02_nitrokey_hsm2_fw41");
}

/// Masks that change one bit, the top bit, and all.
constexpr std::uint8_t kMasks[] = { 0x01, 0x80, 0xFF };

bool certificateIsGood(const DeviceTrust& trust)
{
    return trust.trust == Trust::CertificateOnly || trust.trust == Trust::Genuine
        || trust.trust == Trust::GenuineExpired;
}

/// The sizes of the certificates in the file.
std::vector<std::size_t> sizesIn(ByteView file)
{
    std::vector<std::size_t> sizes;
    TlvReader reader(file);
    while (!reader.atEnd())
        sizes.push_back(reader.next()->whole.size());
    return sizes;
}

PrivateKey newKey(KeyAlgorithm algorithm = KeyAlgorithm::EcBrainpoolP256)
{
    return PrivateKey::generate(algorithm).value();
}

Bytes certificate(const CvBody& body, const PrivateKey& issuer)
{
    return buildCvCertificate(body, [&](ByteView bytes) { return issuer.signCertificate(bytes); }).value();
}

Bytes request(const PrivateKey& key, const QString& holder, const QString& outer, const PrivateKey& device)
{
    const Bytes inner = certificate({ .authorityReference = QStringLiteral("UTCA00001"),
                                        .holderReference = holder,
                                        .publicKey = key.publicKey() },
        key);
    return buildCvRequest(inner, outer, [&](ByteView bytes) {
        return device.signCertificate(bytes);
    }).value();
}

} // namespace

class DeviceTrustTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theRootIsThePinnedOneAndSignsItself()
    {
        QFile pinned(QStringLiteral(CONCLAVE_TEST_DATA "/../../resources/trust/DESRCACC100001.cvc"));
        QVERIFY(pinned.open(QIODevice::ReadOnly));
        const QByteArray content = pinned.readAll();
        const Bytes bytes(content.begin(), content.end());
        // smartcard-hsm.md, 5.5.
        QCOMPARE(toHex(sha256(bytes)),
            QStringLiteral("453a391015c5fbb60116c838ed613591828bf62ac8a1aca276ce4e60525ec3e3"));
        QCOMPARE(toHex(bytes), toHex(realCvc("root_srca_DESRCACC100001")));
        const auto root = *CvCertificate::parse(bytes);
        QCOMPARE(schemeRoot().toBeSigned, root.toBeSigned);
        QCOMPARE(schemeRoot().holderReference, QStringLiteral("DESRCACC100001"));
        QCOMPARE(schemeRoot().role, std::optional<std::uint8_t>(0xC0));
        QVERIFY(schemeRoot().verify(schemeRoot().publicKey));
    }

    void theRealChainIsValid()
    {
        const DeviceTrust trust = judgeChain(realChain(), kToday);
        QCOMPARE(trust.trust, Trust::CertificateOnly);
        QCOMPARE(trust.fault, TrustFault::None);
        QCOMPARE(trust.holderPath, QStringLiteral("/DESRCACC1/DEDINK04/DENK0404144"));
        QCOMPARE(trust.holderReference, QStringLiteral("DENK040414400000"));
        QCOMPARE(trust.validFrom, std::optional(QDate(2026, 5, 28)));
        QCOMPARE(trust.validTo, std::optional(QDate(2031, 5, 27)));
        QCOMPARE(trust.chainValidTo, std::optional(QDate(2031, 5, 27)));
        QVERIFY(!trust.expired);
        QVERIFY(!trust.notYetValid);
        QCOMPARE(trust.deviceKey.algorithm, std::optional(KeyAlgorithm::EcBrainpoolP256));
    }

    void datesAreToldAndDoNotBreakTheChain_data()
    {
        QTest::addColumn<QDate>("today");
        QTest::addColumn<bool>("expired");
        QTest::addColumn<bool>("notYetValid");
        QTest::newRow("first day") << QDate(2026, 5, 28) << false << false;
        QTest::newRow("day before") << QDate(2026, 5, 27) << false << true;
        QTest::newRow("last day") << QDate(2031, 5, 27) << false << false;
        QTest::newRow("day after") << QDate(2031, 5, 28) << true << false;
        QTest::newRow("all over") << QDate(2040, 1, 1) << true << false;
    }

    void datesAreToldAndDoNotBreakTheChain()
    {
        QFETCH(QDate, today);
        QFETCH(bool, expired);
        QFETCH(bool, notYetValid);
        const DeviceTrust trust = judgeChain(realChain(), today);
        QCOMPARE(trust.trust, Trust::CertificateOnly);
        QCOMPARE(trust.expired, expired);
        QCOMPARE(trust.notYetValid, notYetValid);
    }

    void noChangedByteLeavesTheChainValid()
    {
        const Bytes real = realChain();
        for (std::size_t at = 0; at < real.size(); ++at) {
            for (const std::uint8_t mask : kMasks) {
                Bytes changed = real;
                changed[at] ^= mask;
                const DeviceTrust trust = judgeChain(changed, kToday);
                QVERIFY2(!certificateIsGood(trust), qPrintable(QString::number(at)));
                QVERIFY(trust.fault != TrustFault::None);
            }
        }
    }

    void changedSignaturesAreNamed()
    {
        const Bytes real = realChain();
        const auto sizes = sizesIn(real);
        Bytes changed = real;
        changed[sizes[0] - 1] ^= 0x01;
        QCOMPARE(judgeChain(changed, kToday).trust, Trust::Broken);
        QCOMPARE(judgeChain(changed, kToday).fault, TrustFault::DeviceSignature);
        changed = real;
        changed.back() ^= 0x01;
        QCOMPARE(judgeChain(changed, kToday).trust, Trust::Broken);
        QCOMPARE(judgeChain(changed, kToday).fault, TrustFault::IssuerSignature);
    }

    void whatStandsBehindTheChainDoesNotCount()
    {
        Bytes padded = realChain();
        padded.resize(1024, 0x00);
        QCOMPARE(judgeChain(padded, kToday).trust, Trust::CertificateOnly);
        Bytes withRoot = realChain();
        const Bytes root = realCvc("root_srca_DESRCACC100001");
        withRoot.insert(withRoot.end(), root.begin(), root.end());
        QCOMPARE(judgeChain(withRoot, kToday).trust, Trust::CertificateOnly);
    }

    void anEmptyFileIsNotChecked()
    {
        QCOMPARE(judgeChain({}, kToday).trust, Trust::NotChecked);
        QCOMPARE(judgeChain(Bytes(454, 0x00), kToday).trust, Trust::NotChecked);
        QCOMPARE(judgeChain(Bytes(454, 0xFF), kToday).trust, Trust::NotChecked);
        QVERIFY(judgeChain({}, kToday).holderPath.isEmpty());
    }

    void aDeviceCertificateAloneHasNoKnownIssuer()
    {
        const Bytes real = realChain();
        const DeviceTrust trust = judgeChain(ByteView(real).first(sizesIn(real)[0]), kToday);
        QCOMPARE(trust.trust, Trust::UnknownIssuer);
        QCOMPARE(trust.fault, TrustFault::IssuerMissing);
        QCOMPARE(trust.holderPath, QStringLiteral("/DEDINK04/DENK0404144"));
    }

    void theSimulatorsChainHasAnUnknownIssuer()
    {
        const PrivateKey device = newKey();
        const Bytes chain = *simulator::deviceChain(QStringLiteral("DENK0299901"), device.publicKey());
        const DeviceTrust trust = judgeChain(chain, kToday);
        QCOMPARE(trust.trust, Trust::UnknownIssuer);
        QCOMPARE(trust.fault, TrustFault::ForeignRoot);
        QCOMPARE(trust.holderPath, QStringLiteral("/UTCONCLAVE/UTCONCLDI/DENK0299901"));
        QCOMPARE(trust.deviceKey, device.publicKey());
    }

    void aForeignChainThatDoesNotFitItselfIsBroken()
    {
        const Bytes chain = *simulator::deviceChain(QStringLiteral("DENK0299901"), newKey().publicKey());
        Bytes changed = chain;
        changed[sizesIn(chain)[0] - 1] ^= 0x01; // the device's signature
        QCOMPARE(judgeChain(changed, kToday).trust, Trust::Broken);
        QCOMPARE(judgeChain(changed, kToday).fault, TrustFault::DeviceSignature);
    }

    /// Somebody else's chain under the names of the real one.
    void namesAloneAreWorthNothing()
    {
        const PrivateKey root = newKey();
        const PrivateKey issuer = newKey();
        const PrivateKey device = newKey();
        const auto role = [](CvRole r) { return std::optional(static_cast<std::uint8_t>(r)); };
        Bytes chain = certificate({ .authorityReference = QStringLiteral("DEDINK0400001"),
                                      .holderReference = QStringLiteral("DENK040414400000"),
                                      .publicKey = device.publicKey(),
                                      .domainParameters = false,
                                      .role = role(CvRole::Device),
                                      .validFrom = QDate(2026, 1, 1),
                                      .validTo = QDate(2040, 1, 1) },
            issuer);
        const Bytes issuerCertificate = certificate({ .authorityReference = QStringLiteral("DESRCACC100001"),
                                                        .holderReference = QStringLiteral("DEDINK0400001"),
                                                        .publicKey = issuer.publicKey(),
                                                        .domainParameters = false,
                                                        .role = role(CvRole::DeviceIssuer),
                                                        .validFrom = QDate(2026, 1, 1),
                                                        .validTo = QDate(2040, 1, 1) },
            root);
        chain.insert(chain.end(), issuerCertificate.begin(), issuerCertificate.end());
        QCOMPARE(judgeChain(chain, kToday).trust, Trust::Broken);
        QCOMPARE(judgeChain(chain, kToday).fault, TrustFault::IssuerSignature);

        // The real issuer's certificate does not vouch for it either.
        const Bytes real = realChain();
        Bytes mixed(chain.begin(), chain.begin() + static_cast<std::ptrdiff_t>(sizesIn(chain)[0]));
        mixed.insert(mixed.end(), real.begin() + static_cast<std::ptrdiff_t>(sizesIn(real)[0]), real.end());
        QCOMPARE(judgeChain(mixed, kToday).trust, Trust::Broken);
        QCOMPARE(judgeChain(mixed, kToday).fault, TrustFault::DeviceSignature);
    }

    /// The holder of a genuine device's key could sign certificates for others; only the role forbids it.
    void anIssuersCertificateIsNoDevices()
    {
        const Bytes real = realChain();
        const auto sizes = sizesIn(real);
        const auto middle = real.begin() + static_cast<std::ptrdiff_t>(sizes[0]);
        const Bytes root = realCvc("root_srca_DESRCACC100001");
        Bytes issuerAsDevice(middle, real.end());
        issuerAsDevice.insert(issuerAsDevice.end(), root.begin(), root.end());
        const DeviceTrust trust = judgeChain(issuerAsDevice, kToday);
        QCOMPARE(trust.trust, Trust::Broken);
        QCOMPARE(trust.fault, TrustFault::IssuerRole);
    }

    void anIssuerOfAnotherNameBreaksTheChain()
    {
        const Bytes real = realChain();
        Bytes mixed(real.begin(), real.begin() + static_cast<std::ptrdiff_t>(sizesIn(real)[0]));
        const Bytes other = *simulator::deviceChain(QStringLiteral("DENK0299901"), newKey().publicKey());
        mixed.insert(mixed.end(), other.begin(), other.end());
        QCOMPARE(judgeChain(mixed, kToday).trust, Trust::Broken);
        QCOMPARE(judgeChain(mixed, kToday).fault, TrustFault::DeviceName);
    }

    void hostileFilesDoNoHarm()
    {
        const Bytes real = realChain();
        for (std::size_t size = 0; size < real.size(); ++size)
            QVERIFY(!certificateIsGood(judgeChain(ByteView(real).first(size), kToday)));
        QRandomGenerator random(11);
        for (int round = 0; round < 3000; ++round) {
            Bytes input = real;
            for (int change = random.bounded(1, 6); change > 0; --change) {
                const auto at = random.bounded(static_cast<quint32>(input.size()));
                input[at] ^= static_cast<std::uint8_t>(random.bounded(1, 256));
            }
            QVERIFY(input == real || !certificateIsGood(judgeChain(input, kToday)));
        }
        Bytes many;
        for (int copies = 0; copies < 200; ++copies)
            many.insert(many.end(), real.begin(), real.end());
        QCOMPARE(judgeChain(many, kToday).trust, Trust::CertificateOnly);
    }

    void aFreshRequestProvesTheKey()
    {
        const PrivateKey device = newKey();
        const QString holder = QStringLiteral("UTABCDEFGHIJKLMN");
        DeviceTrust trust = judgeChain(realChain(), kToday);
        trust.deviceKey = device.publicKey(); // as if we had its private key
        const Bytes proof = request(newKey(KeyAlgorithm::EcP256), holder, trust.holderReference, device);
        QCOMPARE(withProof(trust, proof, holder).trust, Trust::Genuine);
        QCOMPARE(withProof(trust, proof, holder).fault, TrustFault::None);

        DeviceTrust old = trust;
        old.expired = true;
        QCOMPARE(withProof(old, proof, holder).trust, Trust::GenuineExpired);
        DeviceTrust foreign = trust;
        foreign.trust = Trust::UnknownIssuer;
        foreign.fault = TrustFault::ForeignRoot;
        QCOMPARE(withProof(foreign, proof, holder), foreign);
        DeviceTrust broken = trust;
        broken.trust = Trust::Broken;
        QCOMPARE(withProof(broken, proof, holder).trust, Trust::Broken);
        QCOMPARE(withProof(DeviceTrust(), proof, holder).trust, Trust::Broken);
    }

    void whatIsNoProofBreaksTheTrust()
    {
        const PrivateKey device = newKey();
        const PrivateKey key = newKey(KeyAlgorithm::EcP256);
        const QString holder = QStringLiteral("UTABCDEFGHIJKLMN");
        DeviceTrust trust = judgeChain(realChain(), kToday);
        trust.deviceKey = device.publicKey();
        const Bytes good = request(key, holder, trust.holderReference, device);
        QCOMPARE(withProof(trust, good, holder).trust, Trust::Genuine);

        const auto refused = [&](const Bytes& proof) {
            const DeviceTrust judged = withProof(trust, proof, holder);
            return judged.trust == Trust::Broken && judged.fault == TrustFault::KeyNotProved;
        };
        QVERIFY(refused({}));
        QVERIFY(refused(realCvc("ef_ce01_ec_secp256k1"))); // an old one
        QVERIFY(refused(request(key, QStringLiteral("UTABCDEFGHIJKLMO"), trust.holderReference, device)));
        QVERIFY(refused(request(key, holder, QStringLiteral("DENK040414500000"), device)));
        QVERIFY(refused(request(key, holder, trust.holderReference, newKey())));
        for (std::size_t at = 0; at < good.size(); ++at) {
            Bytes changed = good;
            changed[at] ^= 0x01;
            QVERIFY2(refused(changed), qPrintable(QString::number(at)));
        }
    }

    /// The real device's own requests, were their names the ones asked for.
    void theRealDevicesRequestsProveItsKey()
    {
        const DeviceTrust trust = judgeChain(realChain(), kToday);
        const QString holder = QStringLiteral("DENK040414400001");
        for (const char* name : { "ef_ce01_ec_secp256k1", "ef_ce04_rsa2048" })
            QCOMPARE(withProof(trust, realCvc(name), holder).trust, Trust::Genuine);
    }
};

QTEST_GUILESS_MAIN(DeviceTrustTest)
#include "tst_devicetrust.moc"
