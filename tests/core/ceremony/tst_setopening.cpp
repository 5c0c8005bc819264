// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/ceremony/setmaker.h"
#include "core/ceremony/setopening.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <openssl/bn.h>
#include <openssl/evp.h>

#include <memory>

using namespace conclave;
using namespace conclave::ceremony;

using Ids = std::vector<int>;

namespace {

constexpr std::uint32_t kRounds = 11;
const QString kPrime = QStringLiteral("f5e06ab05f4de0e5");
const QString kClear = QStringLiteral("c450d3f735c891bfb75185848e136fc3904a674608c6b3920affa35d87917ec1");

/// A set of 3 of 7, saved.
struct SavedSet {
    explicit SavedSet(int bits)
    {
        SetOrder order;
        order.rule = { {}, {}, 3, 7, bits };
        order.ceremonyId = QStringLiteral("EX-1");
        order.rounds = { kRounds };
        order.verifierCost = { 16, 1, 1 };
        set = makeSet(order);
        saved = set && saveSet(folder.path(), *set);
    }

    /// These sheets, those of `wrong` with another last byte.
    [[nodiscard]] OpeningOrder with(const Ids& ids, const Ids& wrong) const
    {
        OpeningOrder order{ folder.path(), set->made, {}, {}, { kRounds }, 3 };
        for (const int id : ids) {
            order.shares.push_back({ id, set->shares[static_cast<std::size_t>(id - 1)].value.clone() });
            if (std::ranges::find(wrong, id) != wrong.end())
                order.shares.back().value[7] ^= static_cast<std::uint8_t>(id);
        }
        return order;
    }

    QTemporaryDir folder;
    Result<FreshSet> set = fail(ErrorKind::Malformed);
    bool saved = false;
};

/// 1 + 2x + 3x^2 and so on, with the secret at zero, modulo kPrime.
SecretBytes valueAt(int x, const QString& secret)
{
    const std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)> context(BN_CTX_new(), BN_CTX_free);
    using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;
    const auto number = [](const QString& hex) {
        BIGNUM* parsed = nullptr;
        BN_hex2bn(&parsed, hex.toLatin1().constData());
        return Number(parsed, BN_free);
    };
    const Number prime = number(kPrime);
    const Number at = number(QString::number(x, 16));
    const Number sum = number(QStringLiteral("3141592653589793"));
    for (const QString& coefficient : { QStringLiteral("2718281828459045"), secret }) {
        const Number next = number(coefficient);
        BN_mod_mul(sum.get(), sum.get(), at.get(), prime.get(), context.get());
        BN_mod_add(sum.get(), sum.get(), next.get(), prime.get(), context.get());
    }
    SecretBytes bytes(8);
    BN_bn2binpad(sum.get(), bytes.data(), 8);
    return bytes;
}

/// As sc-hsm-tool writes it for a password of these bytes.
Bytes shareFileFor(const QString& password)
{
    const Bytes bytes = fromHex(password).value();
    Bytes file = fromHex(QStringLiteral("53616c7465645f5f0102030405060708")).value();
    unsigned char key[32];
    unsigned char iv[16];
    EVP_BytesToKey(EVP_aes_256_cbc(), EVP_md5(), file.data() + 8, bytes.data(),
        static_cast<int>(bytes.size()), static_cast<int>(kRounds), key, iv);
    file.resize(64);
    const Bytes clear = fromHex(kClear).value();
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
        EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    int size = 0;
    int rest = 0;
    EVP_EncryptInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, key, iv);
    EVP_EncryptUpdate(context.get(), file.data() + 16, &size, clear.data(), static_cast<int>(clear.size()));
    EVP_EncryptFinal_ex(context.get(), file.data() + 16 + size, &rest);
    return file;
}

/// A set of another tool, 3 of many: a file, and sheets with values at other places than their ids say.
struct OtherToolsSet {
    explicit OtherToolsSet(const QString& password)
        : secret(password)
    {
        const Bytes content = shareFileFor(password);
        QFile file(folder.filePath(QStringLiteral("old.pbe")));
        saved = file.open(QIODevice::WriteOnly)
            && file.write(reinterpret_cast<const char*>(content.data()), 64) == 64;
        made.file = QStringLiteral("old.pbe");
        made.sha256 = toHex(sha256(content));
        made.prime = kPrime;
    }

    [[nodiscard]] OpeningOrder with(const std::vector<std::pair<int, int>>& idsAt) const
    {
        OpeningOrder order{ folder.path(), made, {}, {}, { kRounds }, 3, true };
        for (const auto& [id, at] : idsAt)
            order.shares.push_back({ id, valueAt(at, secret) });
        return order;
    }

    QTemporaryDir folder;
    QString secret;
    SetMade made;
    bool saved = false;
};

} // namespace

class TestSetOpening : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wrongSharesAreFound_data()
    {
        QTest::addColumn<int>("bits");
        QTest::addColumn<Ids>("ids");
        QTest::addColumn<Ids>("wrong");
        QTest::addColumn<bool>("opens");
        QTest::addColumn<Ids>("found");
        QTest::newRow("all right") << 64 << Ids{ 7, 1, 4 } << Ids{} << true << Ids{};
        QTest::newRow("all right, more than enough") << 64 << Ids{ 7, 1, 4, 5 } << Ids{} << true << Ids{};
        QTest::newRow("just enough") << 64 << Ids{ 7, 1, 4 } << Ids{ 4 } << false << Ids{};
        QTest::newRow("one more") << 64 << Ids{ 7, 1, 4, 2 } << Ids{ 4 } << true << Ids{ 4 };
        QTest::newRow("the one more is wrong, too")
            << 64 << Ids{ 7, 1, 4, 2 } << Ids{ 4, 2 } << false << Ids{};
        QTest::newRow("two more") << 64 << Ids{ 7, 1, 4, 2, 6 } << Ids{ 4, 2 } << true << Ids{ 2, 4 };
        QTest::newRow("three of six")
            << 64 << Ids{ 7, 1, 4, 2, 6, 3 } << Ids{ 7, 1, 6 } << true << Ids{ 1, 6, 7 };
        QTest::newRow("a verifier knows it") << 128 << Ids{ 7, 1, 4 } << Ids{ 4 } << false << Ids{ 4 };
        QTest::newRow("verifiers know both") << 160 << Ids{ 7, 1, 4 } << Ids{ 7, 4 } << false << Ids{ 4, 7 };
    }
    void wrongSharesAreFound()
    {
        QFETCH(int, bits);
        QFETCH(Ids, ids);
        QFETCH(Ids, wrong);
        QFETCH(bool, opens);
        QFETCH(Ids, found);
        const SavedSet set(bits);
        QVERIFY(set.saved);
        const auto opened = openSet(set.with(ids, wrong));
        QVERIFY(opened);
        QCOMPARE(!opened->clear.empty(), opens);
        if (opens)
            QVERIFY(opened->clear == set.set->clearShare);
        QVERIFY(opened->wrong == found);
        QCOMPARE(opened->wrongBy.has_value(), !found.empty());
        if (!found.empty())
            QCOMPARE(*opened->wrongBy, opens ? WrongShareBy::Consistency : WrongShareBy::Verifier);
        QVERIFY(!opened->fitTogether);
    }

    void sheetsOfAnotherSetThatFitTogetherAreSaidToBe()
    {
        const SavedSet set(64);
        const SavedSet other(64);
        OpeningOrder order = other.with({ 1, 2, 3, 4 }, {});
        order.folder = set.folder.path();
        order.made.file = set.set->made.file;
        order.made.sha256 = set.set->made.sha256;
        order.made.shareCheck = set.set->made.shareCheck;
        const auto opened = openSet(order);
        QVERIFY(opened);
        QVERIFY(opened->clear.empty() && opened->wrong.empty());
        QVERIFY(opened->fitTogether);
    }

    void aSetOfAnotherToolOpensInTheReadingItWasMadeIn_data()
    {
        QTest::addColumn<QString>("password");
        QTest::addColumn<int>("offset"); // of the place from the decimal number on the sheet
        QTest::addColumn<int>("readings");
        const QString plain = QStringLiteral("1122334455667788");
        QTest::newRow("decimal") << plain << 0 << Readings(dkek::Reading::IdsDecimal).toInt();
        QTest::newRow("hex") << plain << 6 << Readings(dkek::Reading::IdsHex).toInt();
        QTest::newRow("decimal, password from zero on")
            << QStringLiteral("0022334455667788") << 0
            << Readings(dkek::Reading::IdsDecimal | dkek::Reading::PaddedZero).toInt();
    }
    void aSetOfAnotherToolOpensInTheReadingItWasMadeIn()
    {
        QFETCH(QString, password);
        QFETCH(int, offset);
        QFETCH(int, readings);
        const OtherToolsSet set(password);
        QVERIFY(set.saved);
        // "10", "11", "12" and "13" on the sheets, read as hex
        const std::pair<int, int> sheets[]
            = { { 0x10, 10 + offset }, { 0x11, 11 + offset }, { 0x12, 12 + offset }, { 0x13, 13 + offset } };
        const auto opened = openSet(set.with({ sheets[0], sheets[1], sheets[2] }));
        QVERIFY(opened);
        QCOMPARE(toHex(toBytes(opened->clear)), kClear);
        QCOMPARE(opened->readings.toInt(), readings);

        // One of four is wrong.
        const auto found = openSet(set.with({ sheets[0], { 0x11, 50 }, sheets[2], sheets[3] }));
        QVERIFY(found);
        QCOMPARE(toHex(toBytes(found->clear)), kClear);
        QCOMPARE(found->readings.toInt(), readings);
        QVERIFY(found->wrong == Ids{ 0x11 });
    }

private:
    using Readings = dkek::Readings;
};

QTEST_GUILESS_MAIN(TestSetOpening)
#include "tst_setopening.moc"
