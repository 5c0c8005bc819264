// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/ceremony/setmaker.h"
#include "core/ceremony/setopening.h"
#include "core/dkek/sharefile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <openssl/evp.h>

#include <algorithm>
#include <memory>

using namespace conclave;
using namespace conclave::ceremony;

namespace {

constexpr std::uint32_t kRounds = 11;

SetOrder orderOf(const ShareFileRule& rule, int number = 1, int of = 1)
{
    SetOrder order;
    order.rule = rule;
    order.number = number;
    order.of = of;
    order.ceremonyId = QStringLiteral("EX-2026-0417");
    order.deviceSerial = QStringLiteral("DENK0299901");
    order.deviceRandom = SecretBytes(64);
    order.rounds = { kRounds };
    order.verifierCost = { 16, 1, 1 };
    return order;
}

SetOrder passwordOrder()
{
    SetOrder order = orderOf({});
    const char password[] = "correct horse";
    order.password = SecretBytes(ByteView(reinterpret_cast<const std::uint8_t*>(password), 13));
    return order;
}

ShareFileRule rule(int threshold, int total, int bits)
{
    return { {}, {}, threshold, total, bits };
}

QByteArray raw(ByteView bytes)
{
    return { reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()) };
}

QByteArray sha256Of(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

/// As `openssl enc -d` with the key of EVP_BytesToKey would open it; empty when the padding is wrong.
QByteArray opened(const Bytes& file, ByteView password)
{
    unsigned char key[32];
    unsigned char iv[16];
    EVP_BytesToKey(EVP_aes_256_cbc(), EVP_md5(), file.data() + 8, password.data(),
        static_cast<int>(password.size()), static_cast<int>(kRounds), key, iv);
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
        EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    EVP_DecryptInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, key, iv);
    unsigned char clear[64];
    int size = 0;
    int rest = 0;
    if (EVP_DecryptUpdate(context.get(), clear, &size, file.data() + 16, 48) != 1
        || EVP_DecryptFinal_ex(context.get(), clear + size, &rest) != 1)
        return {};
    return { reinterpret_cast<const char*>(clear), size + rest };
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

dkek::CustodianShare copyOf(const dkek::CustodianShare& share)
{
    return { share.id, share.value.clone() };
}

OpeningOrder openingOf(const QString& folder, const FreshSet& set)
{
    OpeningOrder order;
    order.folder = folder;
    order.made = set.made;
    order.rounds = { kRounds };
    return order;
}

/// With the first two shares.
OpeningOrder quorumOf(const QString& folder, const FreshSet& set)
{
    OpeningOrder order = openingOf(folder, set);
    order.shares.push_back(copyOf(set.shares[0]));
    order.shares.push_back(copyOf(set.shares[1]));
    return order;
}

/// The old set's bytes under a new rule, as a ceremony does it.
Result<FreshSet> reshare(const OpeningOrder& old, SetOrder order)
{
    Result<SecretBytes> clear = openShareFile(old);
    if (!clear)
        return fail(clear.error());
    order.clearShare = std::move(*clear);
    return makeSet(order);
}

} // namespace

class TestSetMaker : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shareFileOpensWithThePasswordThatTheSharesMake_data() { sizes(); }
    void shareFileOpensWithThePasswordThatTheSharesMake()
    {
        QFETCH(int, bits);
        const auto set = makeSet(orderOf(rule(3, 5, bits)));
        QVERIFY(set);
        QCOMPARE(set->file.size(), std::size_t{ 64 });
        QVERIFY(raw(set->file).startsWith("Salted__"));
        QCOMPARE(set->shares.size(), std::size_t{ 5 });
        QCOMPARE(set->made.prime.size(), bits / 4);
        const Bytes prime = *fromHex(set->made.prime);
        for (int a = 0; a < 5; ++a) {
            for (int b = a + 1; b < 5; ++b) {
                for (int c = b + 1; c < 5; ++c) {
                    const auto share = [&](int i) { return &set->shares[static_cast<std::size_t>(i)]; };
                    const dkek::CustodianShare* const some[] = { share(c), share(a), share(b) };
                    const auto password = dkek::joinPassword(prime, some);
                    QVERIFY(password);
                    QCOMPARE(password->size(), static_cast<std::size_t>(bits / 8));
                    QVERIFY(raw(set->clearShare) == opened(set->file, *password));
                }
            }
        }
    }

    void passwordSetOpensWithThePassword()
    {
        const auto set = makeSet(passwordOrder());
        QVERIFY(set);
        QVERIFY(set->shares.empty());
        QVERIFY(set->made.prime.isEmpty());
        QVERIFY(raw(set->clearShare) == opened(set->file, passwordOrder().password));
        QVERIFY(opened(set->file, Bytes{ 'x' }) != raw(set->clearShare));
    }

    void eventTellsWhatIsInTheFile()
    {
        const auto set = makeSet(orderOf(rule(2, 3, 128), 2, 3));
        QVERIFY(set);
        QCOMPARE(set->made.number, 2);
        QCOMPARE(set->made.file, QStringLiteral("EX-2026-0417-share-2.pbe"));
        QCOMPARE(set->made.sha256.toLatin1(), sha256Of(raw(set->file)).toHex());
        QCOMPARE(set->made.shareCheck.toLatin1(), sha256Of(raw(set->clearShare)).first(8).toHex());
        QVERIFY(set->made.deviceRandom);
        const QRegularExpression setId(QStringLiteral("\\A[0-9A-HJKMNP-TV-Z]{6}\\z"));
        QVERIFY(setId.match(set->made.set).hasMatch());
        SetOrder without = orderOf(rule(2, 3, 128));
        without.deviceRandom.clear();
        QVERIFY(!makeSet(without)->made.deviceRandom);
    }

    void whatWasProvenIsRecorded()
    {
        const auto some = makeSet(orderOf(rule(3, 5, 128)));
        QCOMPARE(some->made.subsetsProven, 10);
        QVERIFY(some->made.allSubsets);
        const auto many = makeSet(orderOf(rule(5, 40, 64)));
        QCOMPARE(many->made.subsetsProven, 20000);
        QVERIFY(!many->made.allSubsets);
        const auto password = makeSet(passwordOrder());
        QCOMPARE(password->made.subsetsProven, 0);
        QVERIFY(!password->made.allSubsets);
    }

    void companionIsAsTheFormatSays()
    {
        const auto set = makeSet(orderOf(rule(3, 5, 160)));
        QVERIFY(set);
        const QString shareCheck = set->made.shareCheck.toUpper();
        const QJsonObject expected{ { QStringLiteral("format"), QStringLiteral("conclave-share-file-1") },
            { QStringLiteral("ceremony"), QStringLiteral("EX-2026-0417") },
            { QStringLiteral("set"), set->made.set },
            { QStringLiteral("file"), QStringLiteral("EX-2026-0417-share-1.pbe") },
            { QStringLiteral("sha256"), QString::fromLatin1(sha256Of(raw(set->file)).toHex()) },
            { QStringLiteral("number"), 1 }, { QStringLiteral("of"), 1 },
            { QStringLiteral("scheme"),
                QJsonObject{ { QStringLiteral("threshold"), 3 }, { QStringLiteral("total"), 5 },
                    { QStringLiteral("bits"), 160 }, { QStringLiteral("prime"), set->made.prime } } },
            { QStringLiteral("shareCheck"), shareCheck }, { QStringLiteral("kcv"), shareCheck },
            { QStringLiteral("device"), QStringLiteral("DENK0299901") } };
        QJsonObject companion = QJsonDocument::fromJson(set->companion).object();
        const QJsonObject verifiers = companion.take(u"verifiers").toObject();
        QCOMPARE(companion, expected);
        QCOMPARE(verifiers.value(u"function").toString(), QStringLiteral("scrypt"));
        QCOMPARE(verifiers.value(u"values").toArray().size(), 5);
    }

    void verifiersOfTheCompanionKnowTheShares_data() { sizes(); }
    void verifiersOfTheCompanionKnowTheShares()
    {
        QFETCH(int, bits);
        auto set = makeSet(orderOf(rule(2, 3, bits)));
        const auto companion = dkek::Companion::parse(set->companion);
        QVERIFY(companion);
        for (dkek::CustodianShare& share : set->shares) {
            const auto ask
                = [&] { return dkek::askVerifier(companion->verifiers, companion->prime, share).value(); };
            if (bits == 64) {
                QCOMPARE(ask(), dkek::VerifierAnswer::NoVerifier);
                continue;
            }
            QCOMPARE(ask(), dkek::VerifierAnswer::Matches);
            share.value[9] ^= 1;
            QCOMPARE(ask(), dkek::VerifierAnswer::Differs);
        }
    }

    void costOfVerifiersIsTheStatedOneUnlessATestLowersIt()
    {
        SetOrder order = orderOf(rule(2, 2, 128));
        order.verifierCost = SetOrder().verifierCost;
        const auto companion = dkek::Companion::parse(makeSet(order)->companion);
        QCOMPARE(companion->verifiers->cost, (dkek::ScryptCost{ 32768, 8, 1 }));
    }

    void companionOfAPasswordSetHasNoPrime()
    {
        const auto set = makeSet(passwordOrder());
        const QJsonObject companion = QJsonDocument::fromJson(set->companion).object();
        QCOMPARE(
            companion.value(u"scheme").toObject(), (QJsonObject{ { QStringLiteral("password"), true } }));
        QVERIFY(!set->companion.contains("horse"));
    }

    void kcvIsToldOnlyWhenThereIsOneShareFile()
    {
        const auto set = makeSet(orderOf(rule(2, 2, 64), 1, 2));
        QVERIFY(!QJsonDocument::fromJson(set->companion).object().contains(u"kcv"));
    }

    void noTwoSetsAreAlike()
    {
        const auto one = makeSet(orderOf(rule(2, 3, 128)));
        const auto other = makeSet(orderOf(rule(2, 3, 128)));
        QVERIFY(one->made.set != other->made.set);
        QVERIFY(one->made.prime != other->made.prime);
        QVERIFY(one->file != other->file);
        QVERIFY(!(one->clearShare == other->clearShare));
        QVERIFY(!(one->password == other->password));
        QVERIFY(!std::equal(one->file.begin() + 8, one->file.begin() + 16, other->file.begin() + 8)); // salt
    }

    void schemesThatDoNotExistAreRefused()
    {
        for (const ShareFileRule& bad :
            { rule(1, 3, 128), rule(4, 3, 128), rule(2, 100, 128), rule(2, 3, 100) })
            QCOMPARE(makeSet(orderOf(bad)).error().kind, ErrorKind::InvalidScheme);
    }

    void savedFilesAreOnDiskWhenSaveReturns()
    {
        const QTemporaryDir dir;
        const auto set = makeSet(orderOf(rule(2, 3, 128)));
        QVERIFY(saveSet(dir.path(), *set));
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files | QDir::Hidden),
            (QStringList{
                QStringLiteral("EX-2026-0417-share-1.json"), QStringLiteral("EX-2026-0417-share-1.pbe") }));
        QCOMPARE(contentOf(dir.filePath(QStringLiteral("EX-2026-0417-share-1.pbe"))), raw(set->file));
        QCOMPARE(contentOf(dir.filePath(QStringLiteral("EX-2026-0417-share-1.json"))), set->companion);
        removeSet(dir.path(), QStringLiteral("EX-2026-0417"), 1);
        QVERIFY(QDir(dir.path()).isEmpty());
    }

    void aNewSetReplacesTheFilesOfTheVoidOne()
    {
        const QTemporaryDir dir;
        QVERIFY(saveSet(dir.path(), *makeSet(orderOf(rule(2, 3, 128)))));
        const auto second = makeSet(orderOf(rule(2, 3, 128)));
        QVERIFY(saveSet(dir.path(), *second));
        QCOMPARE(contentOf(dir.filePath(second->made.file)), raw(second->file));
    }

    void folderThatIsNotThereIsSaid()
    {
        const auto set = makeSet(orderOf(rule(2, 3, 128)));
        QCOMPARE(saveSet(QStringLiteral("/nonexistent"), *set).error().kind, ErrorKind::FileUnwritable);
    }

    void anyQuorumOpensTheSavedFile_data() { sizes(); }
    void anyQuorumOpensTheSavedFile()
    {
        QFETCH(int, bits);
        const QTemporaryDir dir;
        const auto set = makeSet(orderOf(rule(2, 3, bits)));
        QVERIFY(saveSet(dir.path(), *set));
        for (const auto& [a, b] : { std::pair<std::size_t, std::size_t>{ 0, 1 }, { 2, 0 }, { 1, 2 } }) {
            OpeningOrder order = openingOf(dir.path(), *set);
            order.shares.push_back(copyOf(set->shares[a]));
            order.shares.push_back(copyOf(set->shares[b]));
            const auto clear = openShareFile(order);
            QVERIFY(clear);
            QVERIFY(*clear == set->clearShare);
        }
    }

    void sharesOfAnotherSetDoNotOpenTheFile()
    {
        const QTemporaryDir dir;
        const auto set = makeSet(orderOf(rule(2, 3, 128)));
        QVERIFY(saveSet(dir.path(), *set));
        for (int id = 1; id <= 3; ++id) {
            OpeningOrder order = openingOf(dir.path(), *set);
            order.shares.push_back(copyOf(set->shares[0]));
            order.shares.push_back({ 2, SecretBytes(16) });
            order.shares.back().value[15] = static_cast<std::uint8_t>(id);
            QCOMPARE(openShareFile(order).error().kind, ErrorKind::SharesDoNotOpenFile);
        }
    }

    void theWrongOneOfJustEnoughSharesIsNamed_data() { sizes(); }
    void theWrongOneOfJustEnoughSharesIsNamed()
    {
        QFETCH(int, bits);
        const QTemporaryDir dir;
        const auto set = makeSet(orderOf(rule(3, 5, bits)));
        QVERIFY(saveSet(dir.path(), *set));
        OpeningOrder order = openingOf(dir.path(), *set);
        for (const std::size_t index : { std::size_t{ 4 }, std::size_t{ 1 }, std::size_t{ 3 } })
            order.shares.push_back(copyOf(set->shares[index]));
        order.shares[1].value[order.shares[1].value.size() - 1] ^= 1;
        const Error error = openShareFile(order).error();
        QCOMPARE(error.kind, ErrorKind::SharesDoNotOpenFile);
        // 64 bits have no verifiers: they would make guessing cheaper.
        QCOMPARE(error.number, bits == 64 ? std::nullopt : std::optional<int>(2));

        QVERIFY(QFile::remove(
            dir.filePath(set->made.file).replace(QStringLiteral(".pbe"), QStringLiteral(".json"))));
        QCOMPARE(openShareFile(order).error().number, std::nullopt);
    }

    void passwordOpensTheSavedFile()
    {
        const QTemporaryDir dir;
        const auto set = makeSet(passwordOrder());
        QVERIFY(saveSet(dir.path(), *set));
        OpeningOrder order = openingOf(dir.path(), *set);
        order.password = passwordOrder().password.clone();
        QVERIFY(*openShareFile(order) == set->clearShare);
        order.password[0] ^= 1;
        QCOMPARE(openShareFile(order).error().kind, ErrorKind::SharesDoNotOpenFile);
    }

    void fileThatIsNotTheOneOfTheSetIsRefusedBeforeItIsTried()
    {
        const QTemporaryDir dir;
        const auto set = makeSet(passwordOrder());
        OpeningOrder order = openingOf(dir.path(), *set);
        order.password = passwordOrder().password.clone();
        QCOMPARE(openShareFile(order).error().kind, ErrorKind::FileUnreadable);
        QVERIFY(saveSet(dir.path(), *makeSet(passwordOrder())));
        QCOMPARE(openShareFile(order).error().kind, ErrorKind::ShareFileOfAnotherSet);
        QFile file(dir.filePath(set->made.file));
        for (const QByteArray& content :
            { QByteArray(), raw(set->file).chopped(1), QByteArray(raw(set->file) + "x") }) {
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            QCOMPARE(file.write(content), content.size());
            file.close();
            QCOMPARE(openShareFile(order).error().kind, ErrorKind::ShareFileOfAnotherSet);
        }
    }

    void resharedSetHoldsTheSameBytesUnderOtherShares()
    {
        const QTemporaryDir dir;
        const auto old = makeSet(orderOf(rule(2, 3, 128)));
        QVERIFY(saveSet(dir.path(), *old));
        const auto fresh = reshare(quorumOf(dir.path(), *old), orderOf(rule(3, 5, 160)));
        QVERIFY(fresh);
        QVERIFY(raw(old->clearShare) == opened(fresh->file, fresh->password));
        QCOMPARE(fresh->made.shareCheck, old->made.shareCheck);
        QCOMPARE(QJsonDocument::fromJson(fresh->companion).object().value(u"kcv"),
            QJsonDocument::fromJson(old->companion).object().value(u"kcv"));

        QVERIFY(fresh->made.set != old->made.set);
        QVERIFY(fresh->made.prime != old->made.prime);
        QVERIFY(fresh->file != old->file);
        QVERIFY(
            !std::equal(fresh->file.begin() + 8, fresh->file.begin() + 16, old->file.begin() + 8)); // salt
        QCOMPARE(fresh->shares.size(), std::size_t{ 5 });
        QCOMPARE(fresh->made.subsetsProven, 10);
        QVERIFY(opened(fresh->file, old->password) != raw(old->clearShare));
        QVERIFY(contentOf(dir.filePath(old->made.file)) == raw(old->file)); // nothing was saved or removed
    }

    void resharingOneOfTwoShareFilesKeepsTheDkek()
    {
        const QTemporaryDir dir;
        const auto one = makeSet(orderOf(rule(2, 3, 128), 1, 2));
        auto two = makeSet(orderOf(rule(2, 3, 128), 2, 2));
        QVERIFY(saveSet(dir.path(), *one));
        auto fresh = reshare(quorumOf(dir.path(), *one), orderOf(rule(2, 4, 128), 1, 2));
        QVERIFY(fresh);
        const SecretBytes before[] = { one->clearShare.clone(), two->clearShare.clone() };
        const SecretBytes after[] = { two->clearShare.clone(), fresh->clearShare.clone() };
        QVERIFY(dkek::combineShareFiles(before) == dkek::combineShareFiles(after));
    }

    void resharingGoesBetweenPasswordsAndShares()
    {
        const QTemporaryDir dir;
        const auto old = makeSet(passwordOrder());
        QVERIFY(saveSet(dir.path(), *old));
        OpeningOrder opening = openingOf(dir.path(), *old);
        opening.password = passwordOrder().password.clone();
        const auto shared = reshare(opening, orderOf(rule(2, 3, 64)));
        QVERIFY(raw(old->clearShare) == opened(shared->file, shared->password));
        QVERIFY(saveSet(dir.path(), *shared));
        const auto back = reshare(quorumOf(dir.path(), *shared), passwordOrder());
        QVERIFY(raw(old->clearShare) == opened(back->file, passwordOrder().password));
    }

    void withoutAQuorumNothingIsReshared()
    {
        const QTemporaryDir dir;
        const auto old = makeSet(orderOf(rule(3, 3, 128)));
        QVERIFY(saveSet(dir.path(), *old));
        QCOMPARE(reshare(quorumOf(dir.path(), *old), orderOf(rule(2, 3, 128))).error().kind,
            ErrorKind::SharesDoNotOpenFile); // two of three
        SetOrder order = orderOf(rule(2, 3, 128));
        order.clearShare = SecretBytes(31);
        QCOMPARE(makeSet(order).error().kind, ErrorKind::Malformed);
    }

private:
    static void sizes()
    {
        QTest::addColumn<int>("bits");
        for (const int bits : { 64, 128, 160 })
            QTest::addRow("%d", bits) << bits;
    }
};

QTEST_GUILESS_MAIN(TestSetMaker)
#include "tst_setmaker.moc"
