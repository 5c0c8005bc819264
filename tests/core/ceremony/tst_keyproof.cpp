// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/keytransport.h"
#include "core/ceremony/keyproof.h"
#include "tests/core/simulator/preparedcard.h"

#include <QTest>

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
};

QTEST_GUILESS_MAIN(TestKeyProof)
#include "tst_keyproof.moc"
