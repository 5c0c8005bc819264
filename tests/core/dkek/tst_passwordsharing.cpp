// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/dkek/companion.h"
#include "core/dkek/passwordsharing.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace conclave;
using namespace conclave::dkek;

namespace {

Result<SecretBytes> join(
    const Bytes& prime, const std::vector<CustodianShare>& shares, const std::vector<std::size_t>& which)
{
    std::vector<const CustodianShare*> chosen;
    for (const std::size_t i : which)
        chosen.push_back(&shares[i]);
    return joinPassword(prime, chosen);
}

/// All ways to choose `size` of `total`.
std::vector<std::vector<std::size_t>> subsets(std::size_t total, std::size_t size)
{
    std::vector<std::vector<std::size_t>> all;
    for (unsigned mask = 0; mask < (1U << total); ++mask) {
        std::vector<std::size_t> one;
        for (std::size_t i = 0; i < total; ++i) {
            if (mask & (1U << i))
                one.push_back(i);
        }
        if (one.size() == size)
            all.push_back(one);
    }
    return all;
}

} // namespace

class TestPasswordSharing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void vectorsJoinToTheirSecret()
    {
        QFile file(QStringLiteral(CONCLAVE_TEST_DATA "/shamir.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray all = QJsonDocument::fromJson(file.readAll()).object().value(u"vectors").toArray();
        QVERIFY(!all.isEmpty());
        for (const auto& vector : all) {
            const Bytes prime = fromHex(vector[u"prime"].toString()).value();
            std::vector<CustodianShare> shares;
            for (const auto& entry : vector[u"shares"].toArray()) {
                const QString padded = entry[u"value"].toString().rightJustified(
                    static_cast<qsizetype>(prime.size() * 2), QLatin1Char('0'));
                shares.push_back({ entry[u"id"].toInt(), SecretBytes(fromHex(padded).value()) });
            }
            const QString secret = vector[u"secret_8_bytes"].toString(vector[u"secret_16_bytes"].toString());
            for (const auto& which :
                subsets(shares.size(), static_cast<std::size_t>(vector[u"threshold"].toInt())))
                QCOMPARE(toHex(join(prime, shares, which).value()), secret);
        }
    }

    void everySubsetOfTheThresholdRejoins_data()
    {
        QTest::addColumn<int>("bits");
        for (const int bits : { 64, 128, 160 })
            QTest::addRow("%d bits", bits) << bits;
    }
    void everySubsetOfTheThresholdRejoins()
    {
        QFETCH(int, bits);
        for (int total = 2; total <= 6; ++total) {
            for (int threshold = 2; threshold <= total; ++threshold) {
                const auto shared = sharePassword({ threshold, total, bits }, opensslRandom());
                QVERIFY(shared);
                QVERIFY(checkPrime(shared->prime));
                QCOMPARE(shared->prime.size(), static_cast<std::size_t>(bits / 8));
                QCOMPARE(shared->password.size(), static_cast<std::size_t>(bits / 8));
                QVERIFY(shared->password[0] != 0);
                const auto size = static_cast<std::size_t>(threshold);
                for (const auto& which : subsets(static_cast<std::size_t>(total), size))
                    QVERIFY(join(shared->prime, shared->shares, which).value() == shared->password);
                if (threshold > 2) {
                    for (const auto& which : subsets(static_cast<std::size_t>(total), size - 1))
                        QVERIFY(!(join(shared->prime, shared->shares, which).value() == shared->password));
                }
            }
        }
    }

    void ninetyNineSharesRejoin()
    {
        const auto shared = sharePassword({ 50, 99, 128 }, mixedRandom(Bytes(32, 9)));
        QVERIFY(shared);
        std::vector<std::size_t> last;
        for (std::size_t i = 49; i < 99; ++i)
            last.push_back(i);
        QVERIFY(join(shared->prime, shared->shares, last).value() == shared->password);
    }

    void impossibleSchemesAreRefused()
    {
        for (const SharingScheme scheme : { SharingScheme{ 1, 3, 128 }, SharingScheme{ 4, 3, 128 },
                 SharingScheme{ 2, 100, 128 }, SharingScheme{ 2, 3, 256 }, SharingScheme{ 0, 0, 0 } })
            QCOMPARE(sharePassword(scheme, opensslRandom()).error().kind, ErrorKind::InvalidScheme);
    }

    void badSharesAreNamed()
    {
        const auto shared = sharePassword({ 2, 3, 64 }, opensslRandom());
        QCOMPARE(checkShare(shared->prime, { 0, SecretBytes(8) }).error().kind, ErrorKind::ShareIdOutOfRange);
        QCOMPARE(
            checkShare(shared->prime, { 100, SecretBytes(8) }).error().kind, ErrorKind::ShareIdOutOfRange);
        QCOMPARE(checkShare(shared->prime, { 1, SecretBytes(7) }).error().kind, ErrorKind::WrongShareLength);
        QCOMPARE(checkShare(shared->prime, { 1, SecretBytes(shared->prime) }).error().kind,
            ErrorKind::ValueNotBelowPrime);
        QCOMPARE(join(shared->prime, shared->shares, { 1, 1 }).error().kind, ErrorKind::DuplicateShare);
        QCOMPARE(join(shared->prime, shared->shares, { 1 }).error().kind, ErrorKind::TooFewShares);
    }

    void primesAreJudged()
    {
        QVERIFY(checkPrime(fromHex(QStringLiteral("f5e06ab05f4de0e5")).value()));
        QVERIFY(!checkPrime(fromHex(QStringLiteral("f5e06ab05f4de0e7")).value()));
        QVERIFY(!checkPrime(fromHex(QStringLiteral("7fffffffffffffe7")).value())); // top bit clear
        QVERIFY(!checkPrime({}));
    }

    void checkCodeMatchesTheFormat()
    {
        const CustodianShare share{ 3, SecretBytes(fromHex(QStringLiteral("41c09e07b82d56e3")).value()) };
        const SecretBytes code = checkCode(fromHex(QStringLiteral("f34a189de5197cfb")).value(), share);
        QCOMPARE(QByteArray(reinterpret_cast<const char*>(code.data()), 4), QByteArrayLiteral("68M8"));
    }

    void companionSurvivesTheRoundTripAndRefusesDamage()
    {
        Companion companion;
        companion.ceremony = QStringLiteral("EX-2026-0417");
        companion.set = QStringLiteral("7K3QZ9");
        companion.file = QStringLiteral("EX-2026-0417-share-1.pbe");
        companion.sha256 = Bytes(32, 0xAB);
        companion.scheme = SharingScheme{ 3, 5, 64 };
        companion.prime = fromHex(QStringLiteral("f5e06ab05f4de0e5")).value();
        companion.shareCheck = { 1, 2, 3, 4, 5, 6, 7, 8 };
        companion.kcv = companion.shareCheck;
        companion.device = QStringLiteral("DENK0299901");
        const QByteArray json = companion.toJson();
        QCOMPARE(Companion::parse(json).value(), companion);

        for (const auto& [from, to, member] : { std::tuple("f5e06ab05f4de0e5", "f5e06ab05f4de0e7", "prime"),
                 std::tuple("7K3QZ9", "7K3QZU", "set"), std::tuple("EX-2026-0417-share", "../share", "file"),
                 std::tuple("\"threshold\": 3", "\"threshold\": 6", "scheme"),
                 std::tuple("\"number\": 1", "\"number\": 2", "number"),
                 std::tuple("conclave-share-file-1", "conclave-share-file-2", "format") }) {
            QByteArray damaged = json;
            damaged.replace(from, to);
            const auto parsed = Companion::parse(damaged);
            QVERIFY2(!parsed, member);
            QCOMPARE(parsed.error().detail, QString::fromLatin1(member));
        }
        for (qsizetype size = 0; size < json.size() - 2; ++size)
            QVERIFY(!Companion::parse(json.first(size)));
    }
};

QTEST_GUILESS_MAIN(TestPasswordSharing)
#include "tst_passwordsharing.moc"
