// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/dkek/foreignset.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <openssl/bn.h>
#include <openssl/evp.h>

#include <memory>

using namespace conclave;
using namespace conclave::dkek;

namespace {

constexpr int kRounds = 13;
const QString kPrime = QStringLiteral("f5e06ab05f4de0e5");
const QString kClear = QStringLiteral("c450d3f735c891bfb75185848e136fc3904a674608c6b3920affa35d87917ec1");

using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;

Number number(const QString& hex)
{
    BIGNUM* parsed = nullptr;
    BN_hex2bn(&parsed, hex.toLatin1().constData());
    return { parsed, BN_free };
}

/// secret + a * x + b * x^2, as sc-hsm-tool prints it: without leading zero bytes.
Bytes valueAt(int x, const QString& secret)
{
    const std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)> context(BN_CTX_new(), BN_CTX_free);
    const Number prime = number(kPrime);
    const Number at = number(QString::number(x, 16));
    const Number sum = number(QStringLiteral("2222222222222222"));
    for (const QString& coefficient : { QStringLiteral("0123456789abcdef"), secret }) {
        const Number next = number(coefficient);
        BN_mod_mul(sum.get(), sum.get(), at.get(), prime.get(), context.get());
        BN_mod_add(sum.get(), sum.get(), next.get(), prime.get(), context.get());
    }
    Bytes bytes(static_cast<std::size_t>(BN_num_bytes(sum.get())));
    BN_bn2bin(sum.get(), bytes.data());
    return bytes;
}

/// A share file of the clear bytes above for these password bytes.
ShareFile fileFor(const QString& password)
{
    const Bytes bytes = fromHex(password).value();
    const Bytes salt{ 1, 2, 3, 4, 5, 6, 7, 8 };
    unsigned char key[32];
    unsigned char iv[16];
    EVP_BytesToKey(EVP_aes_256_cbc(), EVP_md5(), salt.data(), bytes.data(), static_cast<int>(bytes.size()),
        kRounds, key, iv);
    Bytes file = fromHex(QStringLiteral("53616c7465645f5f")).value();
    file.insert(file.end(), salt.begin(), salt.end());
    file.resize(64);
    const Bytes clear = fromHex(kClear).value();
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
        EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    int size = 0;
    int rest = 0;
    EVP_EncryptInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, key, iv);
    EVP_EncryptUpdate(context.get(), file.data() + 16, &size, clear.data(), static_cast<int>(clear.size()));
    EVP_EncryptFinal_ex(context.get(), file.data() + 16 + size, &rest);
    return ShareFile::parse(file).value();
}

std::vector<TypedShare> typed(const QString& secret, const QStringList& ids, const QList<int>& at)
{
    std::vector<TypedShare> shares;
    for (qsizetype i = 0; i < ids.size(); ++i)
        shares.push_back({ ids.at(i), SecretBytes(valueAt(at.at(i), secret)) });
    return shares;
}

Result<ForeignOpening> open(const ShareFile& file, const std::vector<TypedShare>& shares,
    const std::optional<CheckValue>& check = std::nullopt)
{
    const auto candidates = passwordCandidates(fromHex(kPrime).value(), shares);
    if (!candidates)
        return fail(candidates.error());
    return openForeignSet(file, *candidates, check, { kRounds });
}

} // namespace

class TestForeignSet : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void setsOpenInTheReadingThatTheyWereMadeIn_data()
    {
        QTest::addColumn<QString>("secret");
        QTest::addColumn<QString>("password");
        QTest::addColumn<QStringList>("ids");
        QTest::addColumn<QList<int>>("at");
        QTest::addColumn<int>("readings");
        const auto add = [](const char* name, const char* secret, const char* password, const char* ids,
                             const QList<int>& at, Readings readings) {
            QTest::newRow(name) << QString::fromLatin1(secret) << QString::fromLatin1(password)
                                << QString::fromLatin1(ids).split(QLatin1Char(' ')) << at << readings.toInt();
        };
        const char* plain = "1122334455667788";
        const char* zero = "0089f6a3d62cb11b";
        add("nothing special", plain, plain, "1 2 3", { 1, 2, 3 }, {});
        add("more than a quorum", plain, plain, "5 1 9 3", { 5, 1, 9, 3 }, {});
        add("zero byte kept", zero, zero, "1 2 3", { 1, 2, 3 }, Reading::PaddedZero);
        add("zero byte dropped", zero, "89f6a3d62cb11b", "1 2 3", { 1, 2, 3 }, Reading::MinimalPassword);
        add("two zero bytes kept", "0000f6a3d62cb11b", "0000f6a3d62cb11b", "1 2 3", { 1, 2, 3 },
            Reading::PaddedZero);
        add("decimal as printed", plain, plain, "10 2 11", { 10, 2, 11 }, Reading::IdsDecimal);
        add("hex as the stock tool reads", plain, plain, "10 2 11", { 16, 2, 17 }, Reading::IdsHex);
        add("hex as the stock tool wants it", plain, plain, "0a 2 0B", { 10, 2, 11 }, {});
        add("letters beside decimals", plain, plain, "0a 12 1", { 10, 12, 1 }, Reading::IdsDecimal);
        add("letters beside hex", plain, plain, "0a 12 1", { 10, 18, 1 }, Reading::IdsHex);
        add("beyond 99 only in hex", plain, plain, "90 2 3", { 90, 2, 3 }, Reading::IdsDecimal);
        add("leading zero of an id", plain, plain, "01 02 09", { 1, 2, 9 }, {});
        add("same number in one reading", plain, plain, "10 0a 3", { 16, 10, 3 }, Reading::IdsHex);
        add("decimal and zero kept", zero, zero, "10 11 12", { 10, 11, 12 },
            Reading::IdsDecimal | Reading::PaddedZero);
        add("hex and zero dropped", zero, "89f6a3d62cb11b", "10 11 12", { 16, 17, 18 },
            Reading::IdsHex | Reading::MinimalPassword);
    }
    void setsOpenInTheReadingThatTheyWereMadeIn()
    {
        QFETCH(QString, secret);
        QFETCH(QString, password);
        QFETCH(QStringList, ids);
        QFETCH(QList<int>, at);
        QFETCH(int, readings);
        const auto opened = open(fileFor(password), typed(secret, ids, at));
        QVERIFY(opened);
        QVERIFY(toBytes(opened->clear) == fromHex(kClear).value());
        QCOMPARE(opened->readings.toInt(), readings);
    }

    /// shamir.json, leading_zero_trap: sc-hsm-tool 0.23 dropped the zero byte and imported another share.
    void setThatTheStockToolImportsWronglyOpensRightly()
    {
        QFile file(QStringLiteral(CONCLAVE_TEST_DATA "/shamir.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject trap
            = QJsonDocument::fromJson(file.readAll()).object()[u"leading_zero_trap"].toObject();
        std::vector<TypedShare> shares;
        for (const auto& [id, name] : { std::pair("1", u"share_1"), std::pair("3", u"share_3") })
            shares.push_back(
                { QString::fromLatin1(id), SecretBytes(fromHex(trap[name].toString()).value()) });
        const auto candidates = passwordCandidates(fromHex(trap[u"prime"].toString()).value(), shares);
        QCOMPARE(candidates->size(), std::size_t{ 2 });
        const auto opened
            = openForeignSet(ShareFile::parse(fromHex(trap[u"pbe_file"].toString()).value()).value(),
                *candidates, std::nullopt, {});
        QVERIFY(opened);
        QVERIFY(toBytes(opened->clear) == fromHex(trap[u"right_share"].toString()).value());
        QCOMPARE(opened->readings, Readings(Reading::PaddedZero));
    }

    void aKnownShareCheckIsMinded()
    {
        const QString secret = QStringLiteral("1122334455667788");
        const auto shares
            = typed(secret, { QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3") }, { 1, 2, 3 });
        QVERIFY(open(fileFor(secret), shares, checkValue(fromHex(kClear).value())));
        QCOMPARE(open(fileFor(secret), shares, CheckValue{ 1 }).error().kind, ErrorKind::SharesDoNotOpenFile);
    }

    void sharesOfAnotherSetOpenNothing()
    {
        const QStringList ids{ QStringLiteral("10"), QStringLiteral("11"), QStringLiteral("12") };
        const auto shares = typed(QStringLiteral("0122334455667788"), ids, { 10, 11, 12 });
        QCOMPARE(open(fileFor(QStringLiteral("1122334455667788")), shares).error().kind,
            ErrorKind::SharesDoNotOpenFile);
        QCOMPARE(open(fileFor(QStringLiteral("0122334455667788")),
                     typed(QStringLiteral("0122334455667788"), ids.first(2), { 10, 11 }))
                     .error()
                     .kind,
            ErrorKind::SharesDoNotOpenFile);
    }

    void eachReadingIsTriedOnce()
    {
        const auto count = [](const char* secret, const char* ids) {
            const QStringList list = QString::fromLatin1(ids).split(QLatin1Char(' '));
            return passwordCandidates(
                fromHex(kPrime).value(), typed(QString::fromLatin1(secret), list, { 10, 11, 12 }))
                ->size();
        };
        QCOMPARE(count("1122334455667788", "a b c"), std::size_t{ 1 });
        QCOMPARE(count("0022334455667788", "a b c"), std::size_t{ 2 });
        QCOMPARE(count("1122334455667788", "10 11 12"), std::size_t{ 2 });
        QCOMPARE(count("0022334455667788", "10 11 12"), std::size_t{ 3 });
    }

    void idsThatAreNoneAreRefused()
    {
        for (const char* id : { "", "0", "00", "100", "g", "-1", " 1", "0x1", "\xc2\xb2", "64", "ff" }) {
            std::vector<TypedShare> shares
                = typed(QStringLiteral("11"), { QString::fromUtf8(id), QStringLiteral("b") }, { 1, 2 });
            const auto candidates = passwordCandidates(fromHex(kPrime).value(), shares);
            if (id == QByteArrayLiteral("64")) { // sixty-four, but not a hundred
                QCOMPARE(candidates->size(), std::size_t{ 1 });
                continue;
            }
            QVERIFY2(!candidates, id);
            QCOMPARE(candidates.error().kind, ErrorKind::ShareIdOutOfRange);
        }
    }

    void valuesAndPrimesThatCannotBeAreRefused()
    {
        const Bytes prime = fromHex(kPrime).value();
        std::vector<TypedShare> shares
            = typed(QStringLiteral("11"), { QStringLiteral("1"), QStringLiteral("1") }, { 1, 2 });
        QCOMPARE(passwordCandidates(prime, shares).error().kind, ErrorKind::DuplicateShare);
        QCOMPARE(passwordCandidates(Bytes(8, 0xFE), shares).error().kind, ErrorKind::NotAPrime);
        QCOMPARE(passwordCandidates(prime, std::span(shares).first(1)).error().kind, ErrorKind::TooFewShares);
        QCOMPARE(passwordCandidates(prime, {}).error().kind, ErrorKind::TooFewShares);
        shares[1] = { QStringLiteral("2"), SecretBytes(9) };
        QCOMPARE(passwordCandidates(prime, shares).error().kind, ErrorKind::WrongShareLength);
        shares[1] = { QStringLiteral("2"), SecretBytes(prime) };
        QCOMPARE(passwordCandidates(prime, shares).error().kind, ErrorKind::ValueNotBelowPrime);
    }
};

QTEST_GUILESS_MAIN(TestForeignSet)
#include "tst_foreignset.moc"
