// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/apdu.h"
#include "core/card/inspection.h"
#include "core/card/tlv.h"
#include "core/simulator/simulatedchannel.h"
#include "tests/core/card/scriptedchannel.h"

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <QtTest>

using namespace conclave;
using namespace conclave::card;
using simulator::Identity;
using simulator::SimulatedHsm;

namespace {

const QDate kToday(2026, 11, 25);
const InspectionOccasion kOccasion{ .time = QDateTime(kToday, QTime(9, 30), Qt::UTC),
    .program = QStringLiteral("Conclave 1.0.0"),
    .reader = QStringLiteral("Reader 1"),
    .simulated = true };

SecretBytes ascii(const char* text)
{
    return SecretBytes({ reinterpret_cast<const std::uint8_t*>(text), std::strlen(text) });
}

struct Bench {
    explicit Bench(Identity identity = {})
        : device(std::make_shared<SimulatedHsm>(std::move(identity)))
        , channel(device)
    {
    }
    std::shared_ptr<SimulatedHsm> device;
    simulator::SimulatedChannel channel;
    SmartCardHsm hsm{ channel };
};

/// With PIN, one share file's DKEK and an EC key.
void establish(Bench& bench)
{
    QVERIFY(bench.hsm.initialise({ .userPin = ascii("648219"),
        .soPin = ascii("3537363231383830"),
        .unblocking = PinUnblocking::CounterOnly,
        .label = QStringLiteral("Label"),
        .shareFiles = 1 }));
    QVERIFY(bench.hsm.importShareFile(Bytes(32, 0x00)));
    QVERIFY(bench.hsm.verifyUserPin(ascii("648219")));
    QVERIFY(bench.hsm.generateKey(
        1, { .algorithm = KeyAlgorithm::EcP256, .label = QStringLiteral("one"), .id = { 0x0A } }));
    QVERIFY(bench.hsm.select());
}

QJsonObject jsonOf(const Inspection& inspection)
{
    return QJsonDocument::fromJson(inspectionJson(inspection, kOccasion)).object();
}

} // namespace

class InspectionTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingIsToldWithoutAPinOrATry()
    {
        Bench bench;
        establish(bench);
        const SecretBytes before = bench.device->save();
        const auto found = inspect(bench.hsm, kToday);
        QVERIFY(found);
        QVERIFY(bench.device->save() == before);

        const QJsonObject json = jsonOf(*found);
        QCOMPARE(json[u"format"], QStringLiteral("conclave-inspection-1"));
        QCOMPARE(json[u"time"], QStringLiteral("2026-11-25T09:30:00.000Z"));
        QCOMPARE(json[u"simulated"], true);
        QCOMPARE(json[u"serial"], QStringLiteral("DENK0299901"));
        QCOMPARE(json[u"label"], QStringLiteral("Label"));
        QCOMPARE(json[u"soPin"][u"triesLeft"], 15);
        QCOMPARE(json[u"userPin"][u"triesLeft"], 3);
        QCOMPARE(json[u"options"][u"byte"], 0x21);
        QCOMPARE(json[u"options"][u"unblocking"], QStringLiteral("counterOnly"));
        // The first bytes of SHA-256 of 32 zero bytes (python's hashlib).
        QCOMPARE(json[u"dkek"][u"kcv"], QStringLiteral("66687aadf862bd77"));
        QCOMPARE(json[u"trust"][u"authenticity"], QStringLiteral("unknownIssuer"));
        QCOMPARE(json[u"firmware"][u"version"], QStringLiteral("4.1"));
        QVERIFY(json[u"firmware"][u"faults"].toArray().isEmpty());
        QVERIFY(json[u"freeBytes"].toInt() > 0);
        QVERIFY(json[u"publicKeyAuthentication"].isUndefined());

        const QJsonArray keys = json[u"keys"].toArray();
        QCOMPARE(keys.size(), 1);
        QCOMPARE(keys[0][u"label"], QStringLiteral("one"));
        QCOMPARE(keys[0][u"id"], QStringLiteral("0a"));
        QCOMPARE(keys[0][u"algorithm"], QStringLiteral("EcP256"));
        QCOMPARE(keys[0][u"attestation"], QStringLiteral("verified"));
        QCOMPARE(keys[0][u"usage"],
            (QJsonArray{ QStringLiteral("sign"), QStringLiteral("signRecover"), QStringLiteral("derive") }));
        QVERIFY(!keys[0][u"fingerprint"].toString().isEmpty());
    }

    void deviceFromTheFactoryIsInspected()
    {
        Bench bench;
        const auto found = inspect(bench.hsm, kToday);
        QVERIFY(found);
        const QJsonObject json = jsonOf(*found);
        QCOMPARE(json[u"initialised"], false);
        QVERIFY(json[u"keys"].toArray().isEmpty());
        QVERIFY(json[u"dkek"].isUndefined());
    }

    void certificatesAreToldWithTheirFingerprint()
    {
        // A CA certificate, and bytes that only begin like one.
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
        const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), X509_free);
        X509_NAME* name = X509_get_subject_name(made.get());
        X509_NAME_add_entry_by_txt(
            name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>("W\xC3\xBCrzel, A"), -1, -1, 0);
        X509_set_issuer_name(made.get(), name);
        X509_set_pubkey(made.get(), key.get());
        ASN1_TIME_set_string(X509_getm_notBefore(made.get()), "20260101000000Z");
        ASN1_TIME_set_string(X509_getm_notAfter(made.get()), "20360101000000Z");
        const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> usage(
            X509V3_EXT_conf_nid(nullptr, nullptr, NID_key_usage, "critical,keyCertSign,cRLSign,decipherOnly"),
            X509_EXTENSION_free);
        QVERIFY(X509_add_ext(made.get(), usage.get(), -1) == 1);
        QVERIFY(X509_sign(made.get(), key.get(), EVP_sha256()) > 0);
        std::uint8_t* der = nullptr;
        const int size = i2d_X509(made.get(), &der);
        const Bytes certificate(der, der + size);
        OPENSSL_free(der);

        Bench bench;
        establish(bench);
        QVERIFY(bench.hsm.verifyUserPin(ascii("648219")));
        const auto write = [&](std::uint16_t file, const Bytes& content) {
            const Bytes data = tlv(0x54, { Bytes{ 0x00, 0x00 } });
            Bytes all = data;
            const Bytes piece = tlv(0x53, content);
            all.insert(all.end(), piece.begin(), piece.end());
            const CommandApdu update{ .ins = ins::kUpdateBinary,
                .p1 = static_cast<std::uint8_t>(file >> 8),
                .p2 = static_cast<std::uint8_t>(file),
                .data = all,
                .extended = true };
            return toHex(*bench.channel.transmit(update.encode()));
        };
        QCOMPARE(write(0xCA00, certificate), QStringLiteral("9000"));
        QCOMPARE(write(0xCA01, { 0x30, 0x02, 0x01, 0x01 }), QStringLiteral("9000"));
        const auto found = inspect(bench.hsm, kToday);
        QVERIFY(found);
        const QJsonArray told = jsonOf(*found)[u"certificates"].toArray();
        QCOMPARE(told.size(), 2);
        QCOMPARE(told[0][u"file"], QStringLiteral("CA00"));
        QCOMPARE(told[0][u"subject"], QStringLiteral("CN=W\u00fcrzel\\, A"));
        QCOMPARE(told[0][u"validFrom"], QStringLiteral("2026-01-01"));
        QCOMPARE(told[0][u"validTo"], QStringLiteral("2036-01-01"));
        QCOMPARE(told[0][u"keyUsage"],
            (QJsonArray{
                QStringLiteral("keyCertSign"), QStringLiteral("cRLSign"), QStringLiteral("decipherOnly") }));
        QCOMPARE(told[0][u"fingerprint"], toHex(sha256(certificate)));
        QCOMPARE(told[1][u"file"], QStringLiteral("CA01"));
        QCOMPARE(told[1][u"subject"], QString());
        QVERIFY(told[1][u"keyUsage"].isUndefined());
    }

    void realCertificatesAreToldFromTheirFile()
    {
        Bench bench(Identity{ .serial = QStringLiteral("DENK0404144") });
        bench.device->replaceDeviceCertificates(test::realCvc("ef_2f02_nitrokey_hsm2_fw41"));
        const auto found = inspect(bench.hsm, kToday);
        QVERIFY(found);
        const QJsonObject json = jsonOf(*found);
        QCOMPARE(json[u"trust"][u"authenticity"], QStringLiteral("certificateOnly"));
        QCOMPARE(json[u"trust"][u"holder"], QStringLiteral("/DESRCACC1/DEDINK04/DENK0404144"));
        QCOMPARE(json[u"trust"][u"validTo"], QStringLiteral("2031-05-27"));
        // sha256sum of the file's first 231 bytes, which are the device's certificate.
        QCOMPARE(json[u"trust"][u"fingerprint"],
            QStringLiteral("d9c6fcda8a538399d66faf4eaab9f7c5f8434d4918e2b8a9c47986d4a008de7b"));
    }

    void faultsAreThoseOfTheFirmware_data()
    {
        QTest::addColumn<int>("major");
        QTest::addColumn<int>("minor");
        QTest::addColumn<int>("faults");
        QTest::newRow("2.6") << 2 << 6 << 0;
        QTest::newRow("3.0") << 3 << 0 << 1;
        QTest::newRow("3.1") << 3 << 1 << 2;
        QTest::newRow("3.2") << 3 << 2 << 2;
        QTest::newRow("3.3") << 3 << 3 << 0;
        QTest::newRow("4.1") << 4 << 1 << 0;
    }

    void faultsAreThoseOfTheFirmware()
    {
        QFETCH(int, major);
        QFETCH(int, minor);
        QFETCH(int, faults);
        QCOMPARE(static_cast<int>(faultsOfFirmware(major, minor).size()), faults);
        QCOMPARE(FirmwareFeatures::of(major).keyDomains, major >= 3);
    }

    void optionsAreReadBitByBit()
    {
        QCOMPARE(DeviceOptions::of(0x00), DeviceOptions());
        QCOMPARE(DeviceOptions::of(0x01).unblocking, PinUnblocking::NewPin);
        QCOMPARE(DeviceOptions::of(0x21).unblocking, PinUnblocking::CounterOnly);
        QCOMPARE(DeviceOptions::of(0x20).unblocking, PinUnblocking::Off);
        QVERIFY(DeviceOptions::of(0x02).transportPin);
        QVERIFY(DeviceOptions::of(0x04).sessionPin);
        QVERIFY(DeviceOptions::of(0x0C).sessionPin);
        QVERIFY(DeviceOptions::of(0x10).combinedAuthentication);
    }

    /// The instruction is INITIALIZE's: only where the maker uses it so.
    void oldFirmwareIsNotAskedForItsMemory()
    {
        test::ScriptedChannel channel;
        channel.expect(QStringLiteral("00A404000B E82B0601040181C31F0201 00"),
            QStringLiteral("6F0A 820178 85050001000203 9000"));
        SmartCardHsm hsm(channel);
        QCOMPARE(*hsm.freeMemory(), std::nullopt);
        QCOMPARE(channel.complaint(), QString());
    }

    void memoryIsToldInOneFormOnly_data()
    {
        QTest::addColumn<QString>("response");
        QTest::addColumn<qint64>("bytes");
        QTest::newRow("seven bytes") << QStringLiteral("00012300 00 0305 9000") << qint64(0x12300);
        QTest::newRow("version alone") << QStringLiteral("0305 9000") << qint64(-1);
        QTest::newRow("longer") << QStringLiteral("0001230000 00 0305 9000") << qint64(-1);
        QTest::newRow("refused") << QStringLiteral("6700") << qint64(-1);
    }

    void memoryIsToldInOneFormOnly()
    {
        QFETCH(QString, response);
        QFETCH(qint64, bytes);
        test::ScriptedChannel channel;
        channel.expect(QStringLiteral("00A404000B E82B0601040181C31F0201 00"),
            QStringLiteral("6F0A 820178 85050001000305 9000"));
        channel.expect(QStringLiteral("8050000000"), response);
        SmartCardHsm hsm(channel);
        const auto told = hsm.freeMemory();
        QVERIFY(told);
        QCOMPARE(*told ? qint64(**told) : qint64(-1), bytes);
        QCOMPARE(channel.complaint(), QString());
    }

    void publicKeyAuthenticationIsTold()
    {
        test::ScriptedChannel channel;
        channel.expect(QStringLiteral("00A404000B E82B0601040181C31F0201 00"),
            QStringLiteral("6F0A 820178 85050001000305 9000"));
        channel.expect(QStringLiteral("8054000004"), QStringLiteral("03010200 9000"));
        channel.expect(QStringLiteral("8054000004"), QStringLiteral("6982"));
        SmartCardHsm hsm(channel);
        const PublicKeyAuthentication expected{ .total = 3, .missing = 1, .required = 2 };
        QCOMPARE(**hsm.publicKeyAuthentication(), expected);
        QCOMPARE(*hsm.publicKeyAuthentication(), std::nullopt);
        QCOMPARE(channel.complaint(), QString());
    }
};

QTEST_GUILESS_MAIN(InspectionTest)
#include "tst_inspection.moc"
