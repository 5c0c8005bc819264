// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/dkek/companion.h"
#include "core/dkek/shareverifier.h"

#include <QTest>

using namespace conclave;
using namespace conclave::dkek;

namespace {

const Bytes kPrime = fromHex(QStringLiteral("f0e1d2c3b4a5968778695a4b3c2d1ecb")).value();

CustodianShare share(int id)
{
    return { id, SecretBytes(fromHex(QStringLiteral("333456789abcdef0fedcba9876543211")).value()) };
}

Bytes salt()
{
    Bytes bytes;
    for (std::uint8_t i = 0; i < kVerifierSaltBytes; ++i)
        bytes.push_back(i);
    return bytes;
}

SharedPassword twoShares()
{
    SharedPassword set;
    set.scheme = { 2, 2, 128 };
    set.prime = kPrime;
    set.shares.push_back(share(1));
    set.shares.push_back(share(2));
    return set;
}

const RandomSource kSaltOnly = [](std::size_t) { return Result<SecretBytes>(SecretBytes(salt())); };

Companion companion()
{
    Companion one;
    one.ceremony = QStringLiteral("EX-2026-0417");
    one.set = QStringLiteral("7K3QZ9");
    one.file = QStringLiteral("EX-2026-0417-share-1.pbe");
    one.sha256 = Bytes(32, 0xAB);
    one.scheme = SharingScheme{ 2, 3, 128 };
    one.prime = kPrime;
    one.verifiers
        = ShareVerifiers{ { 32768, 8, 1 }, Bytes(16, 0x5A), { Bytes(8, 1), Bytes(8, 2), Bytes(8, 3) } };
    return one;
}

} // namespace

class TestShareVerifier : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Computed with hashlib.scrypt of Python 3.11.
    void verifierIsScryptOverPrimeIdAndValue()
    {
        const auto stated = makeVerifiers(twoShares(), kSaltOnly, {});
        QCOMPARE(toHex(stated.value()->values[0]), QStringLiteral("093b259360d1b9da"));
        const auto other = makeVerifiers(twoShares(), kSaltOnly, { 1024, 4, 2 });
        QCOMPARE(toHex(other.value()->values[1]), QStringLiteral("80383bb2fb93bf50"));
    }

    void shareOfThisSetMatchesAndOthersDiffer()
    {
        const auto verifiers = makeVerifiers(twoShares(), opensslRandom(), { 16, 1, 1 }).value();
        QCOMPARE(askVerifier(verifiers, kPrime, share(1)).value(), VerifierAnswer::Matches);
        QCOMPARE(askVerifier(verifiers, kPrime, share(2)).value(), VerifierAnswer::Matches);
        CustodianShare wrong = share(2);
        wrong.value[15] ^= 1;
        QCOMPARE(askVerifier(verifiers, kPrime, wrong).value(), VerifierAnswer::Differs);
        const auto another = makeVerifiers(twoShares(), opensslRandom(), { 16, 1, 1 }).value();
        QVERIFY(another->salt != verifiers->salt);
        QVERIFY(another->values != verifiers->values);
    }

    void setsOf64BitsHaveNoVerifiers()
    {
        const auto set = sharePassword({ 2, 3, 64 }, opensslRandom());
        const auto verifiers = makeVerifiers(*set, opensslRandom(), { 16, 1, 1 });
        QVERIFY(verifiers);
        QVERIFY(!*verifiers);
        QCOMPARE(askVerifier(*verifiers, set->prime, set->shares[0]).value(), VerifierAnswer::NoVerifier);
    }

    void idsWithoutVerifierAreNotJudged()
    {
        const auto verifiers = makeVerifiers(twoShares(), kSaltOnly, { 16, 1, 1 }).value();
        QCOMPARE(askVerifier(verifiers, kPrime, share(3)).value(), VerifierAnswer::NoVerifier);
    }

    void valuesThatCannotBeAreRefused()
    {
        const auto verifiers = makeVerifiers(twoShares(), kSaltOnly, { 16, 1, 1 }).value();
        QCOMPARE(askVerifier(verifiers, kPrime, share(0)).error().kind, ErrorKind::ShareIdOutOfRange);
        QCOMPARE(askVerifier(verifiers, kPrime, { 1, SecretBytes(kPrime) }).error().kind,
            ErrorKind::ValueNotBelowPrime);
        QCOMPARE(
            askVerifier(verifiers, kPrime, { 1, SecretBytes(8) }).error().kind, ErrorKind::WrongShareLength);
    }

    void costsAreBounded()
    {
        QVERIFY(ScryptCost().bearable());
        for (const ScryptCost cost : { ScryptCost{ 0, 8, 1 }, ScryptCost{ 1, 8, 1 },
                 ScryptCost{ 32769, 8, 1 }, ScryptCost{ -32768, 8, 1 }, ScryptCost{ 32768, 0, 1 },
                 ScryptCost{ 32768, 8, 0 }, ScryptCost{ 1 << 30, 8, 1 }, ScryptCost{ 1 << 21, 1, 1 },
                 ScryptCost{ 32768, 1 << 20, 1 }, ScryptCost{ 32768, 8, 17 }, ScryptCost{ 2, 1, 1 << 21 } })
            QVERIFY2(
                !cost.bearable(), qPrintable(QStringLiteral("%1 %2 %3").arg(cost.n).arg(cost.r).arg(cost.p)));
    }

    void companionKeepsItsVerifiers()
    {
        QCOMPARE(Companion::parse(companion().toJson()).value(), companion());
        Companion older = companion();
        older.verifiers.reset();
        QVERIFY(!older.toJson().contains("verifiers"));
        QCOMPARE(Companion::parse(older.toJson()).value(), older);
    }

    void damagedVerifiersAreRefused_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        const auto add = [](const char* name, const char* from, const char* to) {
            QTest::newRow(name) << QByteArray(from) << QByteArray(to);
        };
        add("another function", "\"scrypt\"", "\"argon2\"");
        add("no power of two", "32768", "32767");
        add("too much memory", "32768", "1048576");
        add("more than a number holds", "32768", "1e300");
        add("no number", "32768", "\"32768\"");
        add("fewer than there are shares", "\"0303030303030303\"\n", "\n");
        add("short salt", "5a5a5a5a5a5a5a5a", "5a5a5a5a5a5a5a");
        add("long value", "\"0303030303030303\"", "\"030303030303030303\"");
        add("no hex", "\"0303030303030303\"", "\"030303030303030g\"");
        add("no text", "\"0303030303030303\"", "{}");
        add("not of this scheme", "\"total\": 3", "\"total\": 2");
    }
    void damagedVerifiersAreRefused()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QByteArray json = companion().toJson();
        QVERIFY(json.contains(from));
        json.replace(from, to);
        const auto parsed = Companion::parse(json);
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().kind, ErrorKind::NotACompanion);
    }

    void verifiersThatAreNoneAreRefused()
    {
        QByteArray json = companion().toJson();
        json.replace("\"verifiers\": {", "\"verifiers\": 7, \"other\": {");
        QCOMPARE(Companion::parse(json).error().detail, QStringLiteral("verifiers"));
        Companion password = companion();
        password.scheme.reset();
        QCOMPARE(Companion::parse(password.toJson()).error().detail, QStringLiteral("verifiers"));
    }
};

QTEST_GUILESS_MAIN(TestShareVerifier)
#include "tst_shareverifier.moc"
