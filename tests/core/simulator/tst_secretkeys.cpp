// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/dkek/wrappedkey.h"
#include "core/simulator/statefile.h"
#include "tests/core/card/vectors.h"
#include "tests/core/simulator/preparedcard.h"

#include <QtTest>

using namespace conclave;
using namespace conclave::simulator;
using card::KeyAlgorithm;
using test::bytes;
using test::PreparedCard;

namespace {

/// One key of NIST's examples: SP 800-38A, F.2 (CBC, whose IV the host puts into the first block), and SP
/// 800-38B, D (CMAC of the same block).
struct Example {
    KeyAlgorithm algorithm;
    QString key;
    QString encrypted;
    QString cmac;
};

const QString kBlock = QStringLiteral("6bc1bee22e409f96e93d7e117393172a");
const QString kBlockWithIv = QStringLiteral("6bc0bce12a459991e134741a7f9e1925"); // IV 00 01 .. 0F

std::vector<Example> examples()
{
    return { { KeyAlgorithm::Aes128, QStringLiteral("2b7e151628aed2a6abf7158809cf4f3c"),
                 QStringLiteral("7649abac8119b246cee98e9b12e9197d"),
                 QStringLiteral("070a16b46b4d4144f79bdd9dd04a287c") },
        { KeyAlgorithm::Aes192, QStringLiteral("8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"),
            QStringLiteral("4f021db243bc633d7178183a9fa071e8"),
            QStringLiteral("9e99a7bf31e710900662f65e617c5184") },
        { KeyAlgorithm::Aes256,
            QStringLiteral("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
            QStringLiteral("f58c4c04d6e5f1ba779eabfb5f7bfbd6"),
            QStringLiteral("28a7023f452e8f82bd4bf28d8c37c35c") } };
}

dkek::ClearKey clearKey(const QString& hex)
{
    dkek::ClearKey key;
    key.type = dkek::WrappedKeyType::Aes;
    key.components.emplace_back(ByteView(bytes(hex)));
    key.bits = static_cast<int>(8 * key.components.front().size());
    return key;
}

QString sent(PreparedCard& card, const QString& command)
{
    const auto answer = card.card->exchange(bytes(command));
    return answer ? toHex(*answer) : QStringLiteral("none");
}

} // namespace

/// AES keys on the card.
class TestSecretKeys : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySizeComputesAsNistSays()
    {
        for (const Example& example : examples()) {
            PreparedCard card;
            const auto blob = dkek::wrapKey(Bytes(32, 0), clearKey(example.key), Bytes(8, 0x5A));
            QVERIFY(blob && card.hsm.unwrapKey(1, *blob));
            QCOMPARE(toHex(*card.hsm.encryptBlocks(1, bytes(kBlockWithIv))), example.encrypted);
            QCOMPARE(toHex(*card.hsm.decryptBlocks(1, bytes(example.encrypted))), kBlockWithIv);
            QCOMPARE(toHex(*card.hsm.cmac(1, bytes(kBlock))), example.cmac);
        }
    }

    void aMadeKeyIsTheOneThatIsWrapped()
    {
        for (const Example& example : examples()) {
            PreparedCard card;
            QVERIFY(card.makeSecretKey(7, example.algorithm, QStringLiteral("aes")));
            const auto blob = card.hsm.wrapKey(7);
            QVERIFY(blob);
            const auto clear = dkek::unwrapKey(Bytes(32, 0), *blob);
            QVERIFY(clear);
            QCOMPARE(clear->type, dkek::WrappedKeyType::Aes);
            QCOMPARE(clear->bits, card::keyBits(example.algorithm));
            // The same key in another card computes the same.
            PreparedCard other(0x00, QStringLiteral("DENK0299902"));
            QVERIFY(other.hsm.unwrapKey(1, *blob));
            QCOMPARE(toHex(*other.hsm.cmac(1, bytes(kBlock))), toHex(*card.hsm.cmac(7, bytes(kBlock))));
        }
    }

    void keysOfTheSameSizeDiffer()
    {
        PreparedCard card;
        QVERIFY(card.makeSecretKey(1, KeyAlgorithm::Aes256, QStringLiteral("one")));
        QVERIFY(card.makeSecretKey(2, KeyAlgorithm::Aes256, QStringLiteral("two")));
        QVERIFY(toHex(*card.hsm.cmac(1, bytes(kBlock))) != toHex(*card.hsm.cmac(2, bytes(kBlock))));
    }

    void aWrappedKeyHasTheFieldsOfTheVector()
    {
        PreparedCard card;
        QVERIFY(card.makeSecretKey(1, KeyAlgorithm::Aes256, QStringLiteral("aes")));
        const QJsonArray all = test::vectors("wrapped_key_blobs.json").value(u"vectors").toArray();
        QString vector;
        for (const QJsonValue& one : all) {
            if (one[u"type"].toString() == QStringLiteral("AES-256"))
                vector = one[u"blob"].toString();
        }
        const QString blob = toHex(*card.hsm.wrapKey(1));
        QCOMPARE(blob.size(), vector.size());
        constexpr qsizetype kFields = 2 * (8 + 1 + 2 + 8 + 2 + 4 + 2 + 2); // before the ciphertext
        QCOMPARE(blob.first(kFields), vector.first(kFields));
    }

    void itIsListedByItsDescriptionAndHasNoCertificate()
    {
        PreparedCard card;
        QVERIFY(card.makeSecretKey(3, KeyAlgorithm::Aes192, QStringLiteral("aes")));
        const auto keys = card.hsm.keys();
        QVERIFY(keys);
        QCOMPARE(keys->size(), std::size_t(1));
        QCOMPARE(keys->front().label, QStringLiteral("aes"));
        QCOMPARE(keys->front().algorithm(), std::optional(KeyAlgorithm::Aes192));
        QVERIFY(!keys->front().publicKey && keys->front().certificate.empty());
        const std::set<std::uint16_t> expected{ 0xCC00, 0xCC03, 0xC403 };
        QCOMPARE(*card.hsm.files(), expected);
        QVERIFY(card.hsm.deleteKey(3));
        QCOMPARE(*card.hsm.files(), std::set<std::uint16_t>{ 0xCC00 });
        QCOMPARE(sent(card, QStringLiteral("80780318 000001 5A 0000")), QStringLiteral("6a82"));
    }

    void wrongCommandsGetTheDevicesWords()
    {
        PreparedCard card;
        QVERIFY(card.makeSecretKey(1, KeyAlgorithm::Aes256, QStringLiteral("aes")));
        QVERIFY(card.makeKey(2, KeyAlgorithm::EcP256, QStringLiteral("ec")));
        // GENERATE: taken, the device's own, another size, use counter, another list, nonsense.
        QCOMPARE(sent(card, QStringLiteral("004801B2")), QStringLiteral("6a89"));
        QCOMPARE(sent(card, QStringLiteral("004800B2")), QStringLiteral("6a86"));
        QCOMPARE(sent(card, QStringLiteral("004803B3")), QStringLiteral("6a86"));
        QCOMPARE(sent(card, QStringLiteral("004803B206900400000001")), QStringLiteral("6a81"));
        QCOMPARE(sent(card, QStringLiteral("004803B203910110")), QStringLiteral("6a81"));
        QCOMPARE(sent(card, QStringLiteral("004803B2025500")), QStringLiteral("6a80"));
        QCOMPARE(sent(card, QStringLiteral("004803B2029108")), QStringLiteral("6a80"));
        QVERIFY(!card.hsm.files()->contains(0xCC03));
        // Its default needs no list.
        QCOMPARE(sent(card, QStringLiteral("004803B0")), QStringLiteral("9000"));
        // CIPHER: no block, half a block, derivation, a key that is no AES key, none.
        QCOMPARE(sent(card, QStringLiteral("80780110")), QStringLiteral("6700"));
        QCOMPARE(sent(card, QStringLiteral("8078011108") + QStringLiteral("00").repeated(8)),
            QStringLiteral("6700"));
        QCOMPARE(sent(card, QStringLiteral("80780199015A")), QStringLiteral("6a81"));
        QCOMPARE(sent(card, QStringLiteral("80780218015A")), QStringLiteral("6a81"));
        QCOMPARE(sent(card, QStringLiteral("80780918015A")), QStringLiteral("6a82"));
        // SIGN and DECIPHER with an AES key.
        QCOMPARE(sent(card, QStringLiteral("80680170015A00")), QStringLiteral("6a81"));
        QCOMPARE(sent(card, QStringLiteral("80620121015A00")), QStringLiteral("6a81"));
        // After the login is gone.
        QVERIFY(card.hsm.select());
        QCOMPARE(sent(card, QStringLiteral("004804B2")), QStringLiteral("6982"));
        QCOMPARE(sent(card, QStringLiteral("80780118015A")), QStringLiteral("6982"));
    }

    void firmwareBeforeThreeKnowsNeitherCommand()
    {
        SimulatedHsm card(Identity{ .serial = QStringLiteral("DENK0299901"), .versionMajor = 2 });
        QCOMPARE(toHex(*card.exchange(bytes(QStringLiteral("00A404000B E82B0601040181C31F0201")))).right(4),
            QStringLiteral("9000"));
        QCOMPARE(toHex(*card.exchange(bytes(QStringLiteral("004801B2")))), QStringLiteral("6d00"));
        QCOMPARE(toHex(*card.exchange(bytes(QStringLiteral("80780118015A")))), QStringLiteral("6d00"));
    }

    void itOutlivesTheProgram()
    {
        PreparedCard card;
        QVERIFY(card.makeSecretKey(1, KeyAlgorithm::Aes256, QStringLiteral("aes")));
        const QString before = toHex(*card.hsm.cmac(1, bytes(kBlock)));
        const auto loaded = SimulatedHsm::load(card.card->save());
        QVERIFY(loaded);
        SimulatedChannel channel(*loaded);
        card::SmartCardHsm hsm(channel);
        QVERIFY(hsm.verifyUserPin(bytes(QStringLiteral("363438323139"))));
        QCOMPARE(toHex(*hsm.cmac(1, bytes(kBlock))), before);
        QCOMPARE(hsm.keys()->front().label, QStringLiteral("aes"));
    }

    void anAesKeyCannotStandInForTheDevicesOwn()
    {
        // The device's key follows the PINs; an AES key of the same outer form in its place is no card.
        PreparedCard card;
        SecretBytes state = card.card->save();
        std::size_t at = 0;
        while (at < state.size() && !(state[at] == 0x0C && state[at + 1] == 0x07))
            ++at;
        QVERIFY(at < state.size());
        state[at] = 0x0F;
        QVERIFY(!SimulatedHsm::load(state));
    }
};

QTEST_GUILESS_MAIN(TestSecretKeys)
#include "tst_secretkeys.moc"
