// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/keytransport.h"
#include "core/ceremony/keyproof.h"
#include "tests/core/simulator/preparedcard.h"

#include <QTest>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

using namespace conclave;
using namespace conclave::ceremony;
using card::KeyAlgorithm;
using test::PreparedCard;

namespace {

template <typename T>
ErrorKind kind(const Result<T>& result)
{
    return result ? ErrorKind::Malformed : result.error().kind;
}

} // namespace

class TestKeyProof : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCloneSignsTheSameChallenge_data()
    {
        QTest::addColumn<KeyAlgorithm>("algorithm");
        QTest::newRow("EC") << KeyAlgorithm::EcP384;
        QTest::newRow("RSA") << KeyAlgorithm::Rsa2048;
    }

    void aCloneSignsTheSameChallenge()
    {
        QFETCH(const KeyAlgorithm, algorithm);
        PreparedCard first;
        PreparedCard second(0x00, QStringLiteral("DENK0299902"));
        const auto key = first.makeKey(3, algorithm, QStringLiteral("root"));
        QVERIFY(key);
        QVERIFY(second.makeKey(1, algorithm, QStringLiteral("another")));
        const auto file = card::exportKey(first.hsm, 3);
        QVERIFY(file && card::importKey(second.hsm, *file, {}));

        const auto challenge = freshChallenge();
        QVERIFY(challenge);
        QCOMPARE(challenge->size(), std::size_t(32));
        QVERIFY(*challenge != *freshChallenge());
        const auto ours = signChallenge(first.hsm, *key, *challenge);
        const auto theirs = signChallenge(second.hsm, *key, *challenge);
        QVERIFY(ours && theirs);
        QVERIFY(proveClone(*key, *challenge, *ours, *theirs));

        const auto number = [&](const Bytes& one, const Bytes& two) {
            const Status proof = proveClone(*key, *challenge, one, two);
            return !proof && proof.error().kind == ErrorKind::SelfTestFailed ? *proof.error().number : 0;
        };
        const auto old = signChallenge(second.hsm, *key, Bytes(32, 0x5A)); // as if it were kept
        QVERIFY(old);
        QCOMPARE(number(*ours, *old), 2);
        QCOMPARE(number(*old, *theirs), 1);
        QCOMPARE(number(*ours, Bytes()), 2);
    }

    void aDeviceWithoutTheKeyCannotSign()
    {
        PreparedCard first;
        PreparedCard second;
        const auto key = first.makeKey(1, KeyAlgorithm::EcP256, QStringLiteral("root"));
        QVERIFY(key && second.makeKey(1, KeyAlgorithm::EcP256, QStringLiteral("root")));
        QCOMPARE(kind(signChallenge(second.hsm, *key, *freshChallenge())), ErrorKind::NotFound);
        QVERIFY(proveKey(first.hsm, 1, *key));
        QCOMPARE(kind(proveKey(second.hsm, 1, *key)), ErrorKind::SelfTestFailed);
        QCOMPARE(kind(proveKey(second.hsm, 2, *key)), ErrorKind::NotFound);
    }

    void anAesCloneAnswersTheSameChallenge()
    {
        PreparedCard first;
        PreparedCard second(0x00, QStringLiteral("DENK0299902"));
        QVERIFY(first.makeSecretKey(3, KeyAlgorithm::Aes256, QStringLiteral("root")));
        QVERIFY(second.makeSecretKey(1, KeyAlgorithm::Aes256, QStringLiteral("root")));
        QVERIFY(second.makeKey(2, KeyAlgorithm::EcP256, QStringLiteral("another")));
        const auto pair = answerChallenge(first.hsm, 3, *freshChallenge());
        QVERIFY(pair);
        QCOMPARE(kind(signChallenge(second.hsm, *pair, *freshChallenge())), ErrorKind::NotFound);
        QCOMPARE(kind(proveKey(second.hsm, 1, *pair)), ErrorKind::SelfTestFailed);

        const auto file = card::exportKey(first.hsm, 3);
        QVERIFY(file && card::importKey(second.hsm, *file, {}));
        QVERIFY(proveKey(second.hsm, 3, *pair));
        QCOMPARE(*findAesKey(second.hsm, *second.hsm.keys(), *pair), std::optional<std::uint8_t>(3));
        const auto challenge = freshChallenge();
        const auto ours = signChallenge(first.hsm, *pair, *challenge);
        const auto theirs = signChallenge(second.hsm, *pair, *challenge);
        QVERIFY(ours && theirs);
        QVERIFY(proveClone(*pair, *challenge, *ours, *theirs));
        // What the record holds is not the answer to anything new.
        QCOMPARE(proveClone(*pair, *challenge, *ours, pair->cmac).error().kind, ErrorKind::SelfTestFailed);
    }

    /// The answer is CMAC over the purpose, a zero byte and the challenge: so any other program can check it.
    void theAnswerOfAnAesKeyIsThatOfTheFormat()
    {
        PreparedCard card;
        QVERIFY(card.makeSecretKey(1, KeyAlgorithm::Aes128, QStringLiteral("root")));
        const auto clear = dkek::unwrapKey(Bytes(32, 0), *card.hsm.wrapKey(1));
        QVERIFY(clear);
        QByteArray message("conclave-aes-check-1");
        message.append(1, '\0').append(32, '\x5A');
        char cipher[] = "AES-128-CBC";
        const OSSL_PARAM parameters[] = { OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, cipher, 0),
            OSSL_PARAM_construct_end() };
        Bytes expected(16);
        std::size_t written = 0;
        QVERIFY(EVP_Q_mac(nullptr, "CMAC", nullptr, nullptr, parameters, clear->components[0].data(),
            clear->components[0].size(), reinterpret_cast<const unsigned char*>(message.constData()),
            static_cast<std::size_t>(message.size()), expected.data(), expected.size(), &written));
        QCOMPARE(answerChallenge(card.hsm, 1, Bytes(32, 0x5A))->cmac, expected);
    }
};

QTEST_GUILESS_MAIN(TestKeyProof)
#include "tst_keyproof.moc"
