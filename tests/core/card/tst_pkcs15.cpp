// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/pkcs15.h"
#include "tests/core/card/vectors.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace conclave;
using namespace conclave::card;
using test::bytes;

namespace {

QJsonArray objects()
{
    return test::vectors("pkcs15_objects.json").value(QLatin1String("vectors")).toArray();
}

QString hexOf(const char* begin)
{
    for (const QJsonValue& one : objects()) {
        if (one[QLatin1String("what")].toString().startsWith(QLatin1String(begin)))
            return one[QLatin1String("hex")].toString();
    }
    return {};
}

} // namespace

class Pkcs15Test final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void descriptionsAreThoseOfOpenSc_data()
    {
        QTest::addColumn<QString>("hex");
        QTest::addColumn<KeyAlgorithm>("algorithm");
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("reference");
        QTest::addColumn<int>("usage");
        const int ecUsage = 0x3080;
        QTest::newRow("EC") << hexOf("PRKD EC P-256, keyref 1") << KeyAlgorithm::EcP256
                            << QStringLiteral("ec key") << QStringLiteral("10") << 1 << ecUsage;
        QTest::newRow("RSA") << hexOf("PRKD RSA 2048") << KeyAlgorithm::Rsa2048 << QStringLiteral("rsa key")
                             << QStringLiteral("11") << 2 << 0x7000;
        QTest::newRow("long id") << hexOf("PRKD EC secp256k1") << KeyAlgorithm::EcSecp256k1
                                 << QStringLiteral("noid")
                                 << QStringLiteral("a04b1458811a6edda76276af497ca41fc268c0fc") << 1
                                 << ecUsage;
        QTest::newRow("sign only") << hexOf("PRKD EC P-256, --usage-sign") << KeyAlgorithm::EcP256
                                   << QStringLiteral("signonly") << QStringLiteral("21") << 4 << 0x3000;
        QTest::newRow("derive only") << hexOf("PRKD EC P-256, --usage-derive") << KeyAlgorithm::EcP256
                                     << QStringLiteral("derive") << QStringLiteral("22") << 5 << 0x0080;
    }

    void descriptionsAreThoseOfOpenSc()
    {
        QFETCH(QString, hex);
        QFETCH(KeyAlgorithm, algorithm);
        QFETCH(QString, label);
        QFETCH(QString, id);
        QFETCH(int, reference);
        QFETCH(int, usage);
        KeyDescription key
            = KeyDescription::of(algorithm, label, bytes(id), static_cast<std::uint8_t>(reference));
        if (usage != (isRsa(algorithm) ? 0x7000 : 0x3080))
            key.usage = static_cast<std::uint16_t>(usage);
        QCOMPARE(toHex(key.encode()), hex);

        const auto parsed = KeyDescription::parse(bytes(hex));
        QVERIFY(parsed);
        QVERIFY(*parsed == key);
    }

    void referencesFromEightyOnGetALeadingZero()
    {
        const KeyDescription key
            = KeyDescription::of(KeyAlgorithm::EcP256, QStringLiteral("k"), { 0x01 }, 0x80);
        const Bytes encoded = key.encode();
        QVERIFY(toHex(encoded).contains(QStringLiteral("02020080")));
        QCOMPARE(KeyDescription::parse(encoded)->keyReference, std::optional<std::uint8_t>(0x80));
        const Bytes withoutZero = bytes(
            QStringLiteral("A01C 3003 0C016B 3009 040101 03020430 020180 A10A 3008 3002 0400 02020100"));
        QCOMPARE(KeyDescription::parse(withoutZero).error().kind, ErrorKind::Malformed); // lengths are wrong
        const Bytes asIs = bytes(
            QStringLiteral("A01D 3003 0C016B 300A 040101 03020430 020180 A10A 3008 3002 0400 02020100"));
        QCOMPARE(KeyDescription::parse(asIs)->keyReference, std::optional<std::uint8_t>(0x80));
    }

    void descriptionAfterACertificateWasStoredIsRead()
    {
        const auto key = KeyDescription::parse(bytes(hexOf("PRKD EC P-384 after a certificate")));
        QVERIFY(key);
        QCOMPARE(key->label, QStringLiteral("my cert"));
        QCOMPARE(toHex(key->id), QStringLiteral("0102"));
        QCOMPARE(key->usage, std::uint16_t{ 0x3080 });
        QCOMPARE(key->keyReference, std::optional<std::uint8_t>(3));
        QCOMPARE(key->bits, 384);
    }

    void minimalDescriptionIsRead()
    {
        // As sc-hsm-embedded writes it (smartcard-hsm.md, 4.1).
        const auto key = KeyDescription::parse(bytes(
            QStringLiteral("A01D 3005 0C036B6579 3008 040110 0303072080 A10A 3008 3002 0400 02020209")));
        QVERIFY(key);
        QCOMPARE(key->label, QStringLiteral("key"));
        QCOMPARE(key->keyReference, std::nullopt);
        QCOMPARE(key->bits, 521);
    }

    void secretKeyDescriptionIsReadAndWritten()
    {
        const auto key = KeyDescription::parse(bytes(hexOf("SKD AES-256")));
        QVERIFY(key);
        QCOMPARE(key->type, KeyDescription::Type::Aes);
        QCOMPARE(key->label, QStringLiteral("aes key"));
        QCOMPARE(toHex(key->id), QStringLiteral("10"));
        QCOMPARE(key->bits, 256);
        QVERIFY(*key == KeyDescription::of(KeyAlgorithm::Aes256, QStringLiteral("aes key"), { 0x10 }, 1));
        QCOMPARE(toHex(key->encode()), hexOf("SKD AES-256"));
        // It names no reference, so it is the same under each.
        QCOMPARE(toHex(*describedUnder(key->encode(), 7)), hexOf("SKD AES-256"));
        for (const KeyAlgorithm algorithm : kAesAlgorithms)
            QCOMPARE(KeyDescription::parse(KeyDescription::of(algorithm, {}, { 0x01 }, 1).encode())->bits,
                keyBits(algorithm));
    }

    void fileLongerThanItsObjectIsRead()
    {
        // A shorter description written over a longer one may leave its end.
        Bytes file = bytes(hexOf("PRKD RSA 2048"));
        file.insert(file.end(), { 0x02, 0x01 });
        QVERIFY(KeyDescription::parse(file));
    }

    void everyTruncationIsRefused()
    {
        for (const QJsonValue& one : objects()) {
            const Bytes whole = bytes(one[QLatin1String("hex")].toString());
            for (std::size_t size = 0; size < whole.size(); ++size) {
                const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
                QCOMPARE(KeyDescription::parse(cut).error().kind, ErrorKind::Malformed);
                QCOMPARE(parseTokenInfo(cut).error().kind, ErrorKind::Malformed);
            }
        }
    }

    void hostileDescriptionsDoNoHarm()
    {
        QRandomGenerator random(15);
        for (const QJsonValue& one : objects()) {
            const Bytes whole = bytes(one[QLatin1String("hex")].toString());
            for (int round = 0; round < 3000; ++round) {
                Bytes input = whole;
                for (int change = random.bounded(1, 4); change > 0; --change)
                    input[random.bounded(static_cast<quint32>(input.size()))]
                        = static_cast<std::uint8_t>(random.bounded(256));
                const auto key = KeyDescription::parse(input);
                QVERIFY(!key || key->id.size() <= input.size());
                const auto label = parseTokenInfo(input);
                QVERIFY(!label || label->size() <= static_cast<qsizetype>(input.size()));
            }
        }
    }

    void onlyTheReferenceOfADescriptionIsChanged()
    {
        const QString ec = hexOf("PRKD EC P-256, keyref 1");
        QVERIFY(ec.startsWith(QStringLiteral("a02a")) && ec.count(QStringLiteral("020101")) == 1);
        QString other = ec;
        other.replace(QStringLiteral("020101"), QStringLiteral("020102"));
        QCOMPARE(toHex(*describedUnder(bytes(ec), 2)), other);
        // From 80 on with a leading zero: two lengths around it grow (smartcard-hsm.md, 4.1).
        other = ec;
        other.replace(QStringLiteral("020101"), QStringLiteral("02020083"))
            .replace(QStringLiteral("300b0401"), QStringLiteral("300c0401"))
            .replace(0, 4, QStringLiteral("a02b"));
        QCOMPARE(toHex(*describedUnder(bytes(ec), 0x83)), other);
        QCOMPARE(toHex(*describedUnder(bytes(other), 1)), ec);
        // The least that OpenSC accepts names no reference.
        const QString least
            = QStringLiteral("a01c 30040c026162 30080401100303073080 a10a30083002040002020100")
                  .remove(QLatin1Char(' '));
        QVERIFY(KeyDescription::parse(bytes(least)));
        QCOMPARE(toHex(*describedUnder(bytes(least), 5)), least);
        QVERIFY(!describedUnder(bytes(QStringLiteral("a000")), 5));
        QVERIFY(!describedUnder(Bytes(), 5));
    }

    void tokenInfoIsThatOfOpenSc()
    {
        const QString hex = hexOf("TokenInfo");
        QCOMPARE(toHex(encodeTokenInfo(QStringLiteral("Test Token"))), hex);
        QCOMPARE(*parseTokenInfo(bytes(hex)), QStringLiteral("Test Token"));
        QCOMPARE(*parseTokenInfo(bytes(QStringLiteral("3003020100"))), QString());
    }

    void labelsAreUtf8()
    {
        const QString label = QStringLiteral("Sch\u00FCssel \u2713");
        QCOMPARE(*parseTokenInfo(encodeTokenInfo(label)), label);
        QVERIFY(toHex(encodeTokenInfo(label)).contains(QStringLiteral("536368c3bc7373656c20e29c93")));
    }
};

QTEST_GUILESS_MAIN(Pkcs15Test)
#include "tst_pkcs15.moc"
