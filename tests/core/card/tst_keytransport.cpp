// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/evpkey.h"
#include "core/card/keytransport.h"
#include "core/card/pkcs15.h"
#include "tests/core/card/vectors.h"
#include "tests/core/simulator/preparedcard.h"

#include <QRandomGenerator>
#include <QTest>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/rsa.h>

using namespace conclave;
using namespace conclave::card;
using test::bytes;
using test::PreparedCard;

namespace {

/// The first 8 bytes of SHA-256 over 32 zeros (smartcard-hsm.md, 10).
const dkek::CheckValue kZeroKcv{ 0x66, 0x68, 0x7A, 0xAD, 0xF8, 0x62, 0xBD, 0x77 };
const Bytes kMessage{ 'a', 'g', 'r', 'e', 'e', 'd' };

template <typename T>
ErrorKind kind(const Result<T>& result)
{
    return result ? ErrorKind::Malformed : result.error().kind;
}

Bytes vectorBlob(const char* type)
{
    const QJsonArray all = test::vectors("wrapped_key_blobs.json").value(u"vectors").toArray();
    for (const QJsonValue& one : all) {
        if (one[u"type"].toString().startsWith(QLatin1String(type)))
            return bytes(one[u"blob"].toString());
    }
    throw std::runtime_error("no such vector");
}

/// As the stock tool unwrapped it in its run "unwrap".
dkek::WrapFile stockFile()
{
    return { .blob = bytes(test::exchange("unwrap", "80740593").command.mid(14)),
        .description = bytes(test::writtenFile("unwrap", "c405")),
        .certificate = bytes(test::writtenFile("unwrap", "ce05")) };
}

SecretBytes part(const EVP_PKEY* key, const char* name)
{
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &number) != 1)
        throw std::runtime_error("no such part");
    SecretBytes value(static_cast<std::size_t>(BN_num_bytes(number)));
    BN_bn2bin(number, value.data());
    BN_clear_free(number);
    return value;
}

/// Ends like the rest of an import does: one key, named, and it signs.
void compareOnlyKey(PreparedCard& card, const PublicKey& original, const QString& label)
{
    const auto keys = card.hsm.keys();
    QVERIFY(keys);
    QCOMPARE(keys->size(), std::size_t(1));
    const KeyEntry& key = keys->front();
    QCOMPARE(key.label, label);
    QVERIFY(key.publicKey && *key.publicKey == original);
    QVERIFY(card.hsm.referencesWithoutKey()->empty());
    const auto signature = card.hsm.signSha256(key.reference, *original.algorithm, kMessage);
    QVERIFY(signature);
    QVERIFY(original.verifySha256(kMessage, *signature));
}

} // namespace

class TestKeyTransport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // --- looking into a wrap file

    void aStockFileTellsItsKey()
    {
        const auto key = inspectWrapFile(stockFile());
        QVERIFY(key);
        QCOMPARE(toHex(key->kcv), QStringLiteral("858b0d8a6db4932a")); // of the run "status"
        QCOMPARE(key->type, dkek::WrappedKeyType::RsaCrt);
        QCOMPARE(key->label, QStringLiteral("rsa key"));
        QCOMPARE(toHex(key->id), QStringLiteral("11"));
        QVERIFY(key->publicKey);
        QCOMPARE(key->publicKey->algorithm, std::optional(KeyAlgorithm::Rsa2048));
    }

    void anAesFileTellsItsName()
    {
        const auto key = inspectWrapFile({ .blob = vectorBlob("AES"),
            .description
            = bytes(QStringLiteral("A81D 3009 0C07616573206B6579 3008 040110 030306C000 A0063004 02020100")),
            .certificate = {} });
        QVERIFY(key);
        QCOMPARE(key->type, dkek::WrappedKeyType::Aes);
        QCOMPARE(key->label, QStringLiteral("aes key"));
        QVERIFY(!key->publicKey);
    }

    void aBlobAloneTellsItsDkek()
    {
        const auto key
            = inspectWrapFile({ .blob = vectorBlob("EC P-256"), .description = {}, .certificate = {} });
        QVERIFY(key);
        QVERIFY(key->kcv == kZeroKcv);
        QVERIFY(key->label.isEmpty() && key->id.empty() && !key->publicKey);
    }

    void partsThatContradictAreAltered()
    {
        const dkek::WrapFile whole = stockFile();
        dkek::WrapFile otherBlob = whole;
        otherBlob.blob = vectorBlob("EC P-256");
        QCOMPARE(kind(inspectWrapFile(otherBlob)), ErrorKind::WrappedKeyAltered);
        otherBlob.description.clear();
        QCOMPARE(kind(inspectWrapFile(otherBlob)), ErrorKind::WrappedKeyAltered);
        dkek::WrapFile otherSize = whole;
        otherSize.blob = vectorBlob("RSA 1024, key type 6");
        QCOMPARE(kind(inspectWrapFile(otherSize)), ErrorKind::WrappedKeyAltered);
        dkek::WrapFile otherDescription = whole;
        otherDescription.description = bytes(test::writtenFile("keygen-ec", "c401"));
        QCOMPARE(kind(inspectWrapFile(otherDescription)), ErrorKind::WrappedKeyAltered);
        dkek::WrapFile noBlob = whole;
        noBlob.blob.resize(noBlob.blob.size() - 1);
        QCOMPARE(kind(inspectWrapFile(noBlob)), ErrorKind::NotAWrappedKey);
    }

    void everyChangedByteOfTheSignedRequestIsSeen()
    {
        const dkek::WrapFile whole = stockFile();
        // 67 82 .. .. { 7F21 82 .. .. { request } outer CAR and signature }: the request signs itself.
        const std::size_t end = 4 + 5 + 0x0245;
        for (std::size_t at = 4; at < end; ++at) {
            dkek::WrapFile changed = whole;
            changed.certificate[at] ^= 0x01;
            QCOMPARE(kind(inspectWrapFile(changed)), ErrorKind::WrappedKeyAltered);
        }
    }

    void damageIsRefusedOrHarmless()
    {
        const Bytes whole = stockFile().serialise();
        QRandomGenerator random(20261125);
        for (int round = 0; round < 20'000; ++round) {
            Bytes input = whole;
            for (int change = random.bounded(1, 4); change > 0; --change)
                input[random.bounded(static_cast<quint32>(input.size()))]
                    = static_cast<std::uint8_t>(random.bounded(256));
            if (random.bounded(4) == 0)
                input.resize(random.bounded(static_cast<quint32>(input.size())));
            const auto file = dkek::WrapFile::parse(input);
            if (!file) {
                QCOMPARE(file.error().kind, ErrorKind::NotAWrappedKey);
                continue;
            }
            const auto key = inspectWrapFile(*file);
            if (key) {
                // What it lets pass is in the ciphertext, the names, or the device's own signature.
                QVERIFY(!key->publicKey || key->publicKey->algorithm == KeyAlgorithm::Rsa2048);
                QVERIFY(key->type == dkek::WrappedKeyType::RsaCrt || !key->publicKey);
            } else {
                QVERIFY(key.error().kind == ErrorKind::WrappedKeyAltered
                    || key.error().kind == ErrorKind::NotAWrappedKey);
            }
        }
    }

    void theDkekIsComparedFirst()
    {
        const DkekStatus ready{ .total = 1, .outstanding = 0, .kcv = kZeroKcv };
        QVERIFY(checkDkek(kZeroKcv, ready));
        const auto kindFor
            = [](const std::optional<DkekStatus>& device) { return kind(checkDkek(kZeroKcv, device)); };
        QCOMPARE(kindFor(std::nullopt), ErrorKind::DkekNotConfigured);
        QCOMPARE(kindFor(DkekStatus{ .total = 2, .outstanding = 1 }), ErrorKind::DkekIncomplete);
        QCOMPARE(kindFor(DkekStatus{ .total = 1, .outstanding = 0 }), ErrorKind::NotLoggedIn);
        dkek::CheckValue other = kZeroKcv;
        other.back() ^= 0x01;
        QCOMPARE(kindFor(DkekStatus{ .total = 1, .outstanding = 0, .kcv = other }),
            ErrorKind::WrappedKeyOfAnotherDkek);
    }

    // --- from device to device

    void everyKindOfKeyTravels_data()
    {
        QTest::addColumn<KeyAlgorithm>("algorithm");
        for (const KeyAlgorithm algorithm : kKeyPairAlgorithms)
            QTest::newRow(qPrintable(keyAlgorithmName(algorithm))) << algorithm;
    }

    void everyKindOfKeyTravels()
    {
        QFETCH(const KeyAlgorithm, algorithm);
        PreparedCard from;
        PreparedCard to(0x00, QStringLiteral("DENK0299902"));
        QVERIFY(from.prepared() && to.prepared());
        const auto original = from.makeKey(0x83, algorithm, QStringLiteral("travels"));
        QVERIFY(original);
        const auto file = exportKey(from.hsm, 0x83);
        QVERIFY(file);
        const auto told = inspectWrapFile(*file);
        QVERIFY(told);
        QCOMPARE(told->label, QStringLiteral("travels"));
        QVERIFY(told->publicKey && *told->publicKey == *original);

        const auto imported = importKey(to.hsm, *file, {});
        QVERIFY(imported);
        QVERIFY(!imported->alreadyThere);
        QCOMPARE(int(imported->reference), 1);
        compareOnlyKey(to, *original, QStringLiteral("travels"));
        const auto description = KeyDescription::parse(to.hsm.keyFiles(1)->description);
        QCOMPARE(description->keyReference, std::optional<std::uint8_t>(1));
        QVERIFY(to.longestCommand <= 1014); // what all readers take
    }

    /// RSA 4096 with its prime factors, which the stock tool cannot hold.
    void theLargestBlobTravels()
    {
        PreparedCard card;
        QVERIFY(card.prepared());
        const EvpKey key(EVP_RSA_gen(4096));
        dkek::ClearKey clear;
        clear.type = dkek::WrappedKeyType::RsaCrt;
        clear.bits = 4096;
        for (const char* name : { OSSL_PKEY_PARAM_RSA_EXPONENT1, OSSL_PKEY_PARAM_RSA_EXPONENT2,
                 OSSL_PKEY_PARAM_RSA_FACTOR1, OSSL_PKEY_PARAM_RSA_COEFFICIENT1, OSSL_PKEY_PARAM_RSA_FACTOR2,
                 OSSL_PKEY_PARAM_RSA_N, OSSL_PKEY_PARAM_RSA_E })
            clear.components.push_back(part(key.get(), name));
        const auto blob = dkek::wrapKey(Bytes(32, 0), clear, Bytes(8, 0));
        QVERIFY(blob);
        QVERIFY(blob->size() > 1800);
        const auto description
            = KeyDescription::of(KeyAlgorithm::Rsa4096, QStringLiteral("large"), { 0x01 }, 1).encode();
        const auto imported
            = importKey(card.hsm, { .blob = *blob, .description = description, .certificate = {} }, {});
        QVERIFY(imported);
        const auto publicKey = fromEvpKey(key.get());
        const auto signature = card.hsm.signSha256(imported->reference, KeyAlgorithm::Rsa4096, kMessage);
        QVERIFY(signature);
        QVERIFY(publicKey->verifySha256(kMessage, *signature));
        QVERIFY(card.longestCommand <= 1014);
        // Nothing of the blob stays behind.
        QCOMPARE(
            toHex(*card.card->exchange(bytes(QStringLiteral("00A40000022F1000")))), QStringLiteral("6a82"));
    }

    void anotherKeyIsNeverOverwritten()
    {
        PreparedCard from;
        PreparedCard to;
        const auto original = from.makeKey(1, KeyAlgorithm::EcP256, QStringLiteral("signing"));
        const auto resident = to.makeKey(1, KeyAlgorithm::EcP256, QStringLiteral("signing"));
        QVERIFY(original && resident);
        const auto file = exportKey(from.hsm, 1);
        QVERIFY(file);
        const auto imported = importKey(to.hsm, *file, *to.hsm.keys());
        QVERIFY(imported);
        QCOMPARE(int(imported->reference), 2);
        QVERIFY(*to.hsm.readPublicKey(1) == *resident);
        QVERIFY(*to.hsm.readPublicKey(2) == *original);
    }

    void theSameKeyIsNotBroughtTwice()
    {
        PreparedCard card;
        const auto original = card.makeKey(1, KeyAlgorithm::EcP256, QStringLiteral("signing"));
        const auto file = exportKey(card.hsm, 1);
        QVERIFY(original && file);
        const auto imported = importKey(card.hsm, *file, *card.hsm.keys());
        QVERIFY(imported);
        QVERIFY(imported->alreadyThere);
        QCOMPARE(int(imported->reference), 1);
        compareOnlyKey(card, *original, QStringLiteral("signing"));
    }

    void aKeyThatAnotherProgramLeftUnnamedIsNamed()
    {
        PreparedCard from;
        PreparedCard to;
        const auto original = from.makeKey(1, KeyAlgorithm::EcP256, QStringLiteral("signing"));
        const auto file = exportKey(from.hsm, 1);
        QVERIFY(original && file);
        QVERIFY(to.hsm.unwrapKey(7, file->blob));
        QVERIFY(to.hsm.writeKeyFiles(7, { .description = {}, .certificate = file->certificate }));
        const auto imported = importKey(to.hsm, *file, *to.hsm.keys());
        QVERIFY(imported && imported->alreadyThere);
        QCOMPARE(int(imported->reference), 7);
        compareOnlyKey(to, *original, QStringLiteral("signing"));
    }

    /// The stock tool names a key after UNWRAP: pulled in between, it leaves the key alone.
    void aNamelessKeyIsKnownByItsSignature_data()
    {
        QTest::addColumn<KeyAlgorithm>("algorithm");
        QTest::newRow("EC") << KeyAlgorithm::EcP256;
        QTest::newRow("RSA") << KeyAlgorithm::Rsa2048;
    }

    void aNamelessKeyIsKnownByItsSignature()
    {
        QFETCH(const KeyAlgorithm, algorithm);
        PreparedCard from;
        PreparedCard to;
        const auto original = from.makeKey(1, algorithm, QStringLiteral("signing"));
        QVERIFY(original && from.makeKey(2, KeyAlgorithm::EcP256, QStringLiteral("another")));
        QVERIFY(from.makeKey(3, KeyAlgorithm::EcP384, QStringLiteral("another")));
        const auto file = exportKey(from.hsm, 1);
        QVERIFY(file);
        QVERIFY(to.hsm.unwrapKey(3, exportKey(from.hsm, 3)->blob));
        QVERIFY(to.hsm.unwrapKey(4, exportKey(from.hsm, 2)->blob));
        QVERIFY(to.hsm.unwrapKey(7, file->blob));
        const auto imported = importKey(to.hsm, *file, *to.hsm.keys());
        QVERIFY(imported && imported->alreadyThere);
        QCOMPARE(int(imported->reference), 7);
        const auto keys = to.hsm.keys();
        QCOMPARE(keys->size(), std::size_t(3));
        QVERIFY(keys->at(0).label.isEmpty() && keys->at(1).label.isEmpty()); // other keys stay as they are
        QCOMPARE(keys->at(2).label, QStringLiteral("signing"));
        QVERIFY(keys->at(2).publicKey && *keys->at(2).publicKey == *original);
    }

    void anotherDkekIsRefusedBeforeTheDeviceIsAskedToUnwrap()
    {
        PreparedCard from(0x11);
        PreparedCard to(0x22);
        QVERIFY(from.makeKey(1, KeyAlgorithm::EcP256, QStringLiteral("signing")));
        const auto file = exportKey(from.hsm, 1);
        QVERIFY(file);
        const int before = to.card->exchanges();
        QCOMPARE(kind(importKey(to.hsm, *file, {})), ErrorKind::WrappedKeyOfAnotherDkek);
        QCOMPARE(to.card->exchanges(), before + 1); // the question for its DKEK
        QVERIFY(to.hsm.keys()->empty() && to.hsm.referencesWithoutKey()->empty());
    }

    void whatOnlyTheDeviceCanSeeLeavesNothingBehind()
    {
        PreparedCard from;
        PreparedCard to;
        QVERIFY(from.makeKey(1, KeyAlgorithm::EcP256, QStringLiteral("signing")));
        auto file = exportKey(from.hsm, 1);
        QVERIFY(file);
        file->blob.back() ^= 0x01; // the MAC
        QCOMPARE(kind(importKey(to.hsm, *file, {})), ErrorKind::WrappedKeyRefused);
        QVERIFY(to.hsm.keys()->empty() && to.hsm.referencesWithoutKey()->empty());
    }

    void nothingIsExportedWithoutALogin()
    {
        PreparedCard card;
        QVERIFY(card.makeKey(1, KeyAlgorithm::EcP256, QStringLiteral("signing")));
        QCOMPARE(kind(exportKey(card.hsm, 2)), ErrorKind::NotFound);
        QVERIFY(card.hsm.select());
        QCOMPARE(kind(exportKey(card.hsm, 1)), ErrorKind::NotLoggedIn);
    }

    void metaDataThatIsNoneIsLeftOut()
    {
        PreparedCard card;
        const auto original = card.makeKey(1, KeyAlgorithm::EcP256, QStringLiteral("signing"));
        const auto files = card.hsm.keyFiles(1);
        QVERIFY(original && files);
        QVERIFY(card.hsm.writeKeyFiles(
            1, { .description = { 0x30, 0x00 }, .certificate = { 0x67, 0x02, 0x05, 0x00 } }));
        const auto bare = exportKey(card.hsm, 1);
        QVERIFY(bare);
        QVERIFY(bare->description.empty() && bare->certificate.empty());
        QVERIFY(
            card.hsm.writeKeyFiles(1, { .description = { 0x30, 0x00 }, .certificate = files->certificate }));
        const auto unnamed = exportKey(card.hsm, 1);
        QVERIFY(unnamed);
        QVERIFY(unnamed->description.empty());
        QVERIFY(unnamed->certificate == files->certificate);
    }

    // --- interrupted

    void aPullAtAnyCommandLosesNothingAndTheNextTryCompletes_data()
    {
        QTest::addColumn<KeyAlgorithm>("algorithm");
        QTest::newRow("a short blob") << KeyAlgorithm::EcP256;
        QTest::newRow("a blob through a file") << KeyAlgorithm::Rsa3072;
    }

    void aPullAtAnyCommandLosesNothingAndTheNextTryCompletes()
    {
        QFETCH(const KeyAlgorithm, algorithm);
        PreparedCard from;
        const auto original = from.makeKey(9, algorithm, QStringLiteral("travels"));
        const auto file = exportKey(from.hsm, 9);
        QVERIFY(original && file);
        for (const auto fault : { simulator::Fault::Kind::PullBefore, simulator::Fault::Kind::PullAfter }) {
            bool completed = false;
            for (int at = 1; !completed; ++at) {
                QVERIFY(at < 60);
                PreparedCard to;
                QVERIFY(to.prepared());
                to.card->setFaults({ .faults = { { .kind = fault, .at = at } } });
                const auto first = importKey(to.hsm, *file, {});
                completed = first.has_value();
                if (!completed)
                    QCOMPARE(first.error().kind, ErrorKind::CardRemoved);
                QVERIFY(to.comeBack());
                const auto keys = to.hsm.keys();
                QVERIFY(keys);
                for (const KeyEntry& key : *keys)
                    QCOMPARE(key.label, QStringLiteral("travels")); // no key without its name
                const auto second = importKey(to.hsm, *file, *keys);
                QVERIFY(second);
                QCOMPARE(int(second->reference), 1);
                compareOnlyKey(to, *original, QStringLiteral("travels"));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestKeyTransport)
#include "tst_keytransport.moc"
