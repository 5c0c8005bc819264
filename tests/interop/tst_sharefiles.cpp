// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/ceremony/oldset.h"
#include "core/ceremony/setmaker.h"
#include "core/ceremony/setopening.h"
#include "core/dkek/keyderivation.h"
#include "core/dkek/passwordsharing.h"
#include "core/dkek/sharefile.h"
#include "tests/interop/files.h"
#include "tests/interop/stocktools.h"
#include "tests/interop/virtualreader.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace conclave;
using namespace conclave::interop;

namespace {

QByteArray hexPairs(ByteView bytes)
{
    return arrayOf(bytes).toHex(':');
}

Bytes fromPairs(const QByteArray& pairs, std::size_t size)
{
    const QByteArray raw = QByteArray::fromHex(QByteArray(pairs).replace(':', ""));
    Bytes bytes(size - static_cast<std::size_t>(raw.size()), 0);
    bytes.insert(bytes.end(), raw.begin(), raw.end());
    return bytes;
}

/// The KCV of a DKEK, with another SHA-256 than the core's.
QByteArray kcvOf(ByteView clear)
{
    return QCryptographicHash::hash(arrayOf(clear), QCryptographicHash::Sha256).first(8).toHex().toUpper();
}

} // namespace

/// Share files and custodian shares that one side makes, and the other side opens.
class TestShareFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto readers = virtualReaders();
        QVERIFY2(!readers.empty(), "to be started by with-readers");
        m_card = std::make_unique<SimcardProcess>(
            readers.front(), path(QStringLiteral("card")), QStringLiteral("UTTEST0001"));
        QVERIFY(m_card->insert());
    }

    void cleanupTestCase() { QVERIFY(m_card->remove()); }

    void init()
    {
        stock::initialise(1);
        QCOMPARE(stock::cardStatus().outstanding, 1);
    }

    void ourSetIsImportedByTheStockTool_data()
    {
        QTest::addColumn<int>("threshold");
        QTest::addColumn<int>("total");
        QTest::addColumn<int>("bits");
        QTest::addColumn<QList<int>>("entered");
        QTest::newRow("64 bits") << 3 << 5 << 64 << QList<int>{ 5, 1, 3 };
        QTest::newRow("128 bits, ids from ten on") << 2 << 12 << 128 << QList<int>{ 12, 10 };
        QTest::newRow("160 bits, more than needed") << 2 << 3 << 160 << QList<int>{ 2, 1, 3 };
    }

    void ourSetIsImportedByTheStockTool()
    {
        QFETCH(const int, threshold);
        QFETCH(const int, total);
        QFETCH(const int, bits);
        QFETCH(const QList<int>, entered);
        const auto random = dkek::opensslRandom();
        const auto set
            = dkek::sharePassword({ .threshold = threshold, .total = total, .bits = bits }, random);
        QVERIFY(set);
        const auto clear = random(dkek::kDkekBytes);
        const auto salt = random(dkek::kSaltBytes);
        QVERIFY(clear && salt);
        const auto key = dkek::deriveKey(set->password, *salt, {});
        QVERIFY(key);
        const auto file = dkek::ShareFile::encrypt(*clear, *salt, *key);
        QVERIFY(file);
        const QString name = path(QStringLiteral("ours.pbe"));
        QVERIFY(writeFile(name, arrayOf(file->bytes())));

        QList<stock::PrintedShare> typed;
        for (const int id : entered) {
            const auto& share = set->shares.at(static_cast<std::size_t>(id - 1));
            QCOMPARE(share.id, id);
            typed.append({ .prime = hexPairs(set->prime), .id = id, .value = hexPairs(share.value) });
        }
        const auto imported = stock::importShareFile(name, typed);
        QCOMPARE(imported.exitCode, 0);
        QCOMPARE(stock::cardStatus().kcv, kcvOf(*clear));
    }

    void theStockToolsSetIsOpenedByUs()
    {
        const QString name = path(QStringLiteral("theirs.pbe"));
        const auto printed = stock::createShareFile(name, 3, 5);
        QCOMPARE(printed.size(), 5);
        QCOMPARE(stock::importShareFile(name, printed.mid(0, 3)).exitCode, 0);

        const Bytes prime = fromPairs(printed[0].prime, 8);
        QVERIFY(dkek::checkPrime(prime));
        std::vector<dkek::CustodianShare> shares;
        for (const int index : { 4, 1, 3 }) {
            shares.push_back(
                { .id = printed[index].id, .value = SecretBytes(fromPairs(printed[index].value, 8)) });
            QVERIFY(dkek::checkShare(prime, shares.back()));
        }
        const dkek::CustodianShare* const pointers[]{ &shares[0], &shares[1], &shares[2] };
        const auto password = dkek::joinPassword(prime, pointers);
        QVERIFY(password);
        const QByteArray content = contentOf(name);
        const auto file = dkek::ShareFile::parse(bytesOf(content));
        QVERIFY(file);
        const auto key = dkek::deriveKey(*password, file->salt(), {});
        QVERIFY(key);
        const auto clear = file->decrypt(*key);
        QVERIFY(clear);
        QCOMPARE(kcvOf(*clear), stock::cardStatus().kcv);
    }

    /// A set of the tool, with ids from ten on, is opened by what its sheets say; the set that takes its
    /// place is imported by the tool, and the device has the same secret.
    void aSetMadeByReshareIsImportedByTheStockToolAndGivesTheSameSecret()
    {
        const QString name = path(QStringLiteral("replaced.pbe"));
        const auto printed = stock::createShareFile(name, 2, 11);
        QCOMPARE(printed.size(), 11);
        QCOMPARE(stock::importShareFile(name, printed.mid(0, 2)).exitCode, 0);
        const QByteArray kcv = stock::cardStatus().kcv;
        QCOMPARE(kcv.size(), 16);

        const auto brought = ceremony::readOldSet(name);
        QVERIFY(brought && brought->ofAnotherTool());
        ceremony::OpeningOrder old;
        old.folder = brought->folder;
        old.made.file = brought->file;
        old.made.sha256 = brought->sha256;
        old.made.prime = QString::fromLatin1(printed[0].prime).remove(QLatin1Char(':'));
        old.threshold = 2;
        old.otherTool = true;
        for (const int index : { 10, 9 }) // "11" and "10" on the sheets, read as hex
            old.shares.push_back({ QString::number(printed[index].id).toInt(nullptr, 16),
                SecretBytes(fromPairs(printed[index].value, 8)) });
        ceremony::SetOrder order;
        order.rule = { {}, {}, 3, 4, 128 };
        order.ceremonyId = QStringLiteral("RS-1");
        order.clearShare = std::move(ceremony::openShareFile(old).value());
        const auto fresh = ceremony::makeSet(order);
        QVERIFY(fresh);
        QVERIFY(ceremony::saveSet(m_folder.path(), *fresh));
        QCOMPARE(fresh->made.shareCheck.toUpper(), QString::fromLatin1(kcv));

        stock::initialise(1);
        QList<stock::PrintedShare> typed;
        const QByteArray prime = hexPairs(fromHex(fresh->made.prime).value());
        for (const int id : { 4, 1, 3 })
            typed.append({ .prime = prime,
                .id = id,
                .value = hexPairs(fresh->shares.at(static_cast<std::size_t>(id - 1)).value) });
        QCOMPARE(stock::importShareFile(path(fresh->made.file), typed).exitCode, 0);
        QCOMPARE(stock::cardStatus().kcv, kcv);
    }

    void ourPasswordFileIsImportedByTheStockTool_data()
    {
        QTest::addColumn<QByteArray>("password");
        QTest::newRow("short") << QByteArray("Seven7");
        QTest::newRow("longer than one MD5 block with its salt") << QByteArray(70, 'p');
    }

    void ourPasswordFileIsImportedByTheStockTool()
    {
        QFETCH(const QByteArray, password);
        const auto random = dkek::opensslRandom();
        const auto clear = random(dkek::kDkekBytes);
        const auto salt = random(dkek::kSaltBytes);
        QVERIFY(clear && salt);
        const auto key = dkek::deriveKey(bytesOf(password), *salt, {});
        QVERIFY(key);
        const auto file = dkek::ShareFile::encrypt(*clear, *salt, *key);
        QVERIFY(file);
        const QString name = path(QStringLiteral("password.pbe"));
        QVERIFY(writeFile(name, arrayOf(file->bytes())));
        const auto imported = stock::run(QStringLiteral("sc-hsm-tool"),
            { QStringLiteral("--import-dkek-share"), name, QStringLiteral("--password"),
                QString::fromLatin1(password) });
        QVERIFY2(imported.exitCode == 0, imported.output);
        QCOMPARE(stock::cardStatus().kcv, kcvOf(*clear));
    }

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    std::unique_ptr<SimcardProcess> m_card;
};

QTEST_GUILESS_MAIN(TestShareFiles)
#include "tst_sharefiles.moc"
