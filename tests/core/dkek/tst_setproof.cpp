// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/dkek/setproof.h"
#include "core/dkek/subsets.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <set>

using namespace conclave;
using namespace conclave::dkek;

namespace {

const Bytes kPrime = fromHex(QStringLiteral("f34a189de5197cfb")).value();

std::vector<CustodianShare> copyOf(const std::vector<CustodianShare>& shares)
{
    std::vector<CustodianShare> copy;
    copy.reserve(shares.size());
    for (const CustodianShare& share : shares)
        copy.push_back({ share.id, share.value.clone() });
    return copy;
}

/// Small enough to be computed without a modulus.
CustodianShare share(int id, int value)
{
    SecretBytes bytes(kPrime.size());
    bytes[bytes.size() - 2] = static_cast<std::uint8_t>(value >> 8);
    bytes[bytes.size() - 1] = static_cast<std::uint8_t>(value);
    return { id, std::move(bytes) };
}

std::vector<int> wrongOnes(const std::vector<CustodianShare>& shares, int threshold)
{
    return findInconsistent(kPrime, threshold, shares).value().value();
}

bool cannotTell(const std::vector<CustodianShare>& shares, int threshold)
{
    return !findInconsistent(kPrime, threshold, shares).value();
}

} // namespace

class TestSetProof : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyChoiceIsVisitedOnceWhereThereAreFew()
    {
        std::set<std::vector<std::size_t>> seen;
        const auto visited = visitSubsets(7, 3, 35, [&](std::span<const std::size_t> chosen) {
            seen.insert({ chosen.begin(), chosen.end() });
            return Result<bool>(true);
        });
        QCOMPARE(visited.value().count, 35);
        QVERIFY(visited->all);
        QCOMPARE(seen.size(), std::size_t{ 35 });
        for (const auto& chosen : seen)
            QCOMPARE(std::set<std::size_t>(chosen.begin(), chosen.end()).size(), std::size_t{ 3 });
    }

    void randomChoicesAreVisitedWhereThereAreMany()
    {
        std::set<std::vector<std::size_t>> seen;
        std::set<std::size_t> met;
        const auto visited = visitSubsets(99, 50, 200, [&](std::span<const std::size_t> chosen) {
            seen.insert({ chosen.begin(), chosen.end() });
            met.insert(chosen.begin(), chosen.end());
            return Result<bool>(chosen.size() == 50);
        });
        QCOMPARE(visited.value().count, 200);
        QVERIFY(!visited->all);
        QCOMPARE(seen.size(), std::size_t{ 200 });
        QCOMPARE(met.size(), std::size_t{ 99 });
    }

    void freshSetsAreProven_data()
    {
        QTest::addColumn<int>("threshold");
        QTest::addColumn<int>("total");
        QTest::addColumn<int>("subsets");
        QTest::addColumn<bool>("all");
        QTest::newRow("smallest") << 2 << 2 << 1 << true;
        QTest::newRow("usual") << 3 << 5 << 10 << true;
        QTest::newRow("5 of 10") << 5 << 10 << 252 << true;
        QTest::newRow("most that are all tried") << 8 << 16 << 12870 << true;
        QTest::newRow("3 of 99") << 3 << 99 << 20000 << false;
        QTest::newRow("everybody") << 99 << 99 << 1 << true;
    }
    void freshSetsAreProven()
    {
        QFETCH(int, threshold);
        QFETCH(int, total);
        QFETCH(int, subsets);
        QFETCH(bool, all);
        for (const int bits : { 64, 128, 160 }) {
            const auto set = sharePassword({ threshold, total, bits }, opensslRandom());
            QVERIFY(set);
            QCOMPARE(proveSet(*set).value(), (SetProof{ subsets, all }));
        }
    }

    void vectorsAreProvenUnlessTheStockToolWouldLoseThem()
    {
        QFile file(QStringLiteral(CONCLAVE_TEST_DATA "/shamir.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        int lost = 0;
        for (const auto& vector : QJsonDocument::fromJson(file.readAll()).object()[u"vectors"].toArray()) {
            SharedPassword set;
            set.prime = fromHex(vector[u"prime"].toString()).value();
            const auto secret = vector[u"secret_8_bytes"].toString(vector[u"secret_16_bytes"].toString());
            set.password = SecretBytes(fromHex(secret).value());
            set.scheme = { vector[u"threshold"].toInt(), vector[u"total"].toInt(),
                static_cast<int>(set.prime.size() * 8) };
            for (const auto& entry : vector[u"shares"].toArray()) {
                const QString padded = entry[u"value"].toString().rightJustified(
                    static_cast<qsizetype>(set.prime.size() * 2), QLatin1Char('0'));
                set.shares.push_back({ entry[u"id"].toInt(), SecretBytes(fromHex(padded).value()) });
            }
            const auto proof = proveSet(set);
            QCOMPARE(proof.has_value(), !secret.startsWith(QStringLiteral("00")));
            lost += proof ? 0 : 1;
        }
        QCOMPARE(lost, 1);
    }

    void anyWrongByteOfAnyShareFailsTheProof()
    {
        auto set = sharePassword({ 3, 5, 128 }, opensslRandom());
        for (CustodianShare& damaged : set->shares) {
            for (std::size_t i = 0; i < damaged.value.size(); ++i) {
                damaged.value[i] ^= 0x04;
                QCOMPARE(proveSet(*set).error().kind, ErrorKind::SetNotProven);
                damaged.value[i] ^= 0x04;
            }
        }
        QVERIFY(proveSet(*set));
    }

    void oneWrongShareOfManyFailsTheProof()
    {
        auto set = sharePassword({ 40, 99, 64 }, opensslRandom());
        for (const std::size_t wrong : { std::size_t{ 0 }, std::size_t{ 45 }, std::size_t{ 98 } }) {
            set->shares[wrong].value[7] ^= 1;
            QCOMPARE(proveSet(*set).error().kind, ErrorKind::SetNotProven);
            set->shares[wrong].value[7] ^= 1;
        }
    }

    void otherPasswordsAndPrimesFailTheProof()
    {
        const auto fresh = [] { return std::move(sharePassword({ 2, 3, 128 }, opensslRandom()).value()); };
        SharedPassword set = fresh();
        set.password[15] ^= 1;
        QCOMPARE(proveSet(set).error().kind, ErrorKind::SetNotProven);
        set = fresh();
        set.password = SecretBytes(ByteView(set.password).subspan(1));
        QCOMPARE(proveSet(set).error().kind, ErrorKind::SetNotProven);
        // Of few shares under a low polynomial, none may ever have passed the prime.
        set = std::move(sharePassword({ 40, 99, 128 }, opensslRandom()).value());
        set.prime = fresh().prime;
        QCOMPARE(proveSet(set).error().kind, ErrorKind::SetNotProven);
        set = fresh();
        set.prime[15] ^= 1; // even
        QCOMPARE(proveSet(set).error().kind, ErrorKind::SetNotProven);
    }

    void missingAndMisnumberedSharesFailTheProof()
    {
        auto set = sharePassword({ 2, 3, 128 }, opensslRandom());
        std::swap(set->shares[0].id, set->shares[1].id);
        QCOMPARE(proveSet(*set).error().kind, ErrorKind::SetNotProven);
        std::swap(set->shares[0].id, set->shares[1].id);
        set->shares.pop_back();
        QCOMPARE(proveSet(*set).error().kind, ErrorKind::SetNotProven);
        set->scheme.threshold = 1;
        QCOMPARE(proveSet(*set).error().kind, ErrorKind::InvalidScheme);
    }

    void sharesThatFitTogetherAreAllRight()
    {
        for (const int total : { 4, 5, 16, 99 }) {
            const auto set = sharePassword({ 3, total, 128 }, opensslRandom());
            QVERIFY(findInconsistent(set->prime, 3, set->shares).value().value().empty());
        }
    }

    void wrongSharesAreNamedWhileOneMoreThanAQuorumIsRight()
    {
        const auto set = sharePassword({ 3, 7, 160 }, opensslRandom());
        for (std::size_t wrong = 1; wrong <= 3; ++wrong) {
            std::vector<CustodianShare> shares = copyOf(set->shares);
            std::vector<int> expected;
            for (std::size_t i = 0; i < wrong; ++i) {
                shares[2 * i].value[19 - i] ^= 0x80;
                expected.push_back(shares[2 * i].id);
            }
            std::reverse(shares.begin(), shares.end()); // as they came
            QCOMPARE(findInconsistent(set->prime, 3, shares).value().value(), expected);
        }
        std::vector<CustodianShare> shares = copyOf(set->shares);
        // Errors of such different sizes lie on no parabola of their own.
        for (std::size_t i = 0; i < 4; ++i)
            shares[i].value[10 + i] ^= 1;
        QVERIFY(!findInconsistent(set->prime, 3, shares).value());
    }

    void oneWrongShareOfOneMoreThanAQuorumCannotBeNamed()
    {
        auto set = sharePassword({ 4, 5, 128 }, opensslRandom());
        set->shares[2].value[3] ^= 1;
        QVERIFY(!findInconsistent(set->prime, 4, set->shares).value());
    }

    void manyWrongSharesOfNinetyNineAreNamed()
    {
        auto set = sharePassword({ 3, 99, 128 }, opensslRandom());
        std::vector<int> expected;
        for (std::size_t i = 0; i < 40; ++i) {
            set->shares[i].value[i % 15 + 1] ^= 0x10;
            expected.push_back(set->shares[i].id);
        }
        QCOMPARE(findInconsistent(set->prime, 3, set->shares).value().value(), expected);
    }

    void theLargerOfTwoSetsIsTheSetAndEqualOnesCannotBeTold()
    {
        // 10 + x, and 100 + 7x
        std::vector<CustodianShare> shares;
        for (int id = 1; id <= 4; ++id)
            shares.push_back(share(id, 10 + id));
        for (int id = 5; id <= 7; ++id)
            shares.push_back(share(id, 100 + 7 * id));
        QCOMPARE(wrongOnes(shares, 2), (std::vector<int>{ 5, 6, 7 }));
        shares.push_back(share(8, 156));
        QVERIFY(cannotTell(shares, 2));
        shares.push_back(share(9, 163));
        QCOMPARE(wrongOnes(shares, 2), (std::vector<int>{ 1, 2, 3, 4 }));
    }

    void sharesThatCannotBeAreRefused()
    {
        std::vector<CustodianShare> shares;
        for (const int id : { 1, 2, 2 })
            shares.push_back(share(id, 10 + id));
        const auto doubled = findInconsistent(kPrime, 2, shares);
        QCOMPARE(doubled.error().kind, ErrorKind::DuplicateShare);
        QCOMPARE(doubled.error().number.value(), 2);
        QCOMPARE(findInconsistent(kPrime, 3, shares).error().kind, ErrorKind::TooFewShares);
        QCOMPARE(findInconsistent(kPrime, 1, shares).error().kind, ErrorKind::TooFewShares);
        shares.back() = { 3, SecretBytes(kPrime) };
        QCOMPARE(findInconsistent(kPrime, 2, shares).error().kind, ErrorKind::ValueNotBelowPrime);
    }
};

QTEST_GUILESS_MAIN(TestSetProof)
#include "tst_setproof.moc"
