// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/keyattestation.h"
#include "tests/core/card/vectors.h"

#include <QtTest>

using namespace conclave;
using namespace conclave::card;
using test::realCvc;

namespace {

/// Masks that change one bit, the top bit, and all.
constexpr std::uint8_t kMasks[] = { 0x01, 0x80, 0xFF };

DeviceTrust realDevice()
{
    return judgeChain(realCvc("ef_2f02_nitrokey_hsm2_fw41"), QDate(2026, 11, 25));
}

} // namespace

class KeyAttestationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRequest_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("EC") << QByteArray("ef_ce01_ec_secp256k1");
        QTest::newRow("RSA") << QByteArray("ef_ce04_rsa2048");
    }

    void realKeysAreAttested_data() { everyRequest_data(); }
    void realKeysAreAttested()
    {
        QFETCH(QByteArray, name);
        QCOMPARE(attestKey(realCvc(name.constData()), realDevice()), KeyAttestation::Verified);
    }

    void noChangedByteIsAttested_data() { everyRequest_data(); }
    void noChangedByteIsAttested()
    {
        QFETCH(QByteArray, name);
        const DeviceTrust device = realDevice();
        const Bytes real = realCvc(name.constData());
        for (std::size_t at = 0; at < real.size(); ++at) {
            for (const std::uint8_t mask : kMasks) {
                Bytes changed = real;
                changed[at] ^= mask;
                QVERIFY2(
                    attestKey(changed, device) != KeyAttestation::Verified, qPrintable(QString::number(at)));
            }
        }
    }

    void whatIsNoRequestAttestsNothing()
    {
        const DeviceTrust device = realDevice();
        QCOMPARE(attestKey({}, device), KeyAttestation::NoRequest);
        QCOMPARE(attestKey(realCvc("root_srca_DESRCACC100001"), device), KeyAttestation::NoRequest);
        const Bytes real = realCvc("ef_ce01_ec_secp256k1");
        for (std::size_t size = 0; size < real.size(); ++size)
            QCOMPARE(attestKey(ByteView(real).first(size), device), KeyAttestation::NoRequest);
    }

    void eachSignatureIsNamed()
    {
        Bytes changed = realCvc("ef_ce01_ec_secp256k1");
        changed.back() ^= 0x01;
        QCOMPARE(attestKey(changed, realDevice()), KeyAttestation::NotSigned);
        DeviceTrust other = realDevice();
        other.holderReference = QStringLiteral("DENK040414500000");
        QCOMPARE(attestKey(realCvc("ef_ce01_ec_secp256k1"), other), KeyAttestation::OtherDevice);
    }

    void aDeviceThatIsNotBelievedAttestsNothing()
    {
        for (const Trust trust : { Trust::NotChecked, Trust::Broken }) {
            DeviceTrust device = realDevice();
            device.trust = trust;
            QCOMPARE(attestKey(realCvc("ef_ce01_ec_secp256k1"), device), KeyAttestation::NotSigned);
        }
        DeviceTrust withoutCurve = realDevice();
        withoutCurve.deviceKey.algorithm.reset();
        QCOMPARE(attestKey(realCvc("ef_ce01_ec_secp256k1"), withoutCurve), KeyAttestation::NotSigned);
    }
};

QTEST_GUILESS_MAIN(KeyAttestationTest)
#include "tst_keyattestation.moc"
