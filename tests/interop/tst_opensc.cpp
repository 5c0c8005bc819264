// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/interop/files.h"
#include "tests/interop/stocktools.h"
#include "tests/interop/virtualreader.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace conclave::interop;

/// The simulated card under OpenSC's tools alone, without a line of this program's driver.
class TestOpensc : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_readers = virtualReaders();
        QVERIFY2(!m_readers.empty(), "to be started by with-readers");
    }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_card = std::make_unique<SimcardProcess>(
            m_readers.front(), path(QStringLiteral("card")), QStringLiteral("UTTEST0001"));
        QVERIFY(m_card->insert());
    }

    void cleanup()
    {
        QVERIFY(m_card->remove());
        m_card.reset();
    }

    void aNewCardIsNotInitialised()
    {
        const auto status = stock::cardStatus();
        QVERIFY2(status.text.contains("never been initialized"), status.text);
        QVERIFY(!status.version.isEmpty());
        QCOMPARE(status.shareFiles, -1);
    }

    void initialisingSetsTriesAndShareFiles()
    {
        stock::initialise(2);
        const auto status = stock::cardStatus();
        QCOMPARE(status.soPinTries, 15);
        QCOMPARE(status.userPinTries, 3);
        QCOMPARE(status.shareFiles, 2);
        QCOMPARE(status.outstanding, 2);
        QVERIFY(status.kcv.isEmpty());
    }

    void aWrongSoPinCostsATryAndErasesNothing()
    {
        stock::initialise(1);
        scHsm(
            { QStringLiteral("--initialize"), QStringLiteral("--so-pin"), QStringLiteral("0000000000000000"),
                QStringLiteral("--pin"), pin(), QStringLiteral("--dkek-shares"), QStringLiteral("3") });
        const auto status = stock::cardStatus();
        QCOMPARE(status.soPinTries, 14);
        QCOMPARE(status.shareFiles, 1);
    }

    void createdThreeOfFiveIsImported()
    {
        stock::initialise(1);
        const QString file = path(QStringLiteral("share.pbe"));
        const auto shares = stock::createShareFile(file, 3, 5);
        QCOMPARE(shares.size(), 5);
        const auto imported = stock::importShareFile(file, { shares[4], shares[0], shares[2] });
        QCOMPARE(imported.exitCode, 0);
        const auto status = stock::cardStatus();
        QCOMPARE(status.outstanding, 0);
        QCOMPARE(status.kcv.size(), 16);
    }

    void theCardKeepsItsMemoryWhenItIsPulled()
    {
        stock::initialise(1);
        pkcs11Login(
            { QStringLiteral("--change-pin"), QStringLiteral("--new-pin"), QStringLiteral("135790") });
        QVERIFY(m_card->remove());
        QVERIFY(m_card->insert());
        QCOMPARE(stock::cardStatus().shareFiles, 1);
        QVERIFY(stock::pkcs11Login({ QStringLiteral("--list-objects") }).exitCode != 0); // the old PIN
        QCOMPARE(stock::cardStatus().userPinTries, 2);
    }

    void generatedKeysSignAndOpenSslVerifies_data()
    {
        QTest::addColumn<QString>("keyType");
        QTest::addColumn<QStringList>("signing");
        const QStringList rsa{ QStringLiteral("--mechanism"), QStringLiteral("SHA256-RSA-PKCS") };
        const QStringList ec{ QStringLiteral("--mechanism"), QStringLiteral("ECDSA-SHA256"),
            QStringLiteral("--signature-format"), QStringLiteral("openssl") };
        QTest::newRow("RSA 2048") << QStringLiteral("rsa:2048") << rsa;
        QTest::newRow("P-256") << QStringLiteral("EC:prime256v1") << ec;
        QTest::newRow("P-384") << QStringLiteral("EC:secp384r1") << ec;
        QTest::newRow("P-521") << QStringLiteral("EC:secp521r1") << ec;
        QTest::newRow("brainpoolP256r1") << QStringLiteral("EC:brainpoolP256r1") << ec;
        QTest::newRow("secp256k1") << QStringLiteral("EC:secp256k1") << ec;
    }

    void generatedKeysSignAndOpenSslVerifies()
    {
        QFETCH(const QString, keyType);
        QFETCH(const QStringList, signing);
        stock::initialise(0);
        generate(keyType);
        const QString message = messageFile();
        const QString signature = path(QStringLiteral("signature"));
        pkcs11Login(QStringList{ QStringLiteral("--sign"), QStringLiteral("--id"), QStringLiteral("10"),
                        QStringLiteral("--input-file"), message, QStringLiteral("--output-file"), signature }
            + signing);
        const QString der = path(QStringLiteral("key.der"));
        QVERIFY(stock::readPublicKey(QStringLiteral("10"), der));
        QVERIFY(stock::verifies(der, message, signature));
    }

    void rsaDecryptsWhatOpenSslEncrypted()
    {
        stock::initialise(0);
        generate(QStringLiteral("rsa:2048"));
        const QString der = path(QStringLiteral("key.der"));
        QVERIFY(stock::readPublicKey(QStringLiteral("10"), der));
        QVERIFY(stock::decrypts(QStringLiteral("10"), der, messageFile()));
    }

    void wrappedKeysComeBack_data()
    {
        QTest::addColumn<QString>("keyType");
        QTest::newRow("RSA 2048") << QStringLiteral("rsa:2048");
        QTest::newRow("RSA 4096") << QStringLiteral("rsa:4096");
        QTest::newRow("P-256") << QStringLiteral("EC:prime256v1");
    }

    void wrappedKeysComeBack()
    {
        QFETCH(const QString, keyType);
        stock::initialise(0);
        generate(keyType);
        const QString wrapped = path(QStringLiteral("wrapped"));
        const QString before = path(QStringLiteral("before.der"));
        const QString after = path(QStringLiteral("after.der"));
        QVERIFY(stock::readPublicKey(QStringLiteral("10"), before));
        const auto out = scHsm({ QStringLiteral("--wrap-key"), wrapped, QStringLiteral("--key-reference"),
            QStringLiteral("1"), QStringLiteral("--pin"), pin() });
        QVERIFY2(out.exitCode == 0, out.output);
        pkcs11Login({ QStringLiteral("--delete-object"), QStringLiteral("--type"), QStringLiteral("privkey"),
            QStringLiteral("--id"), QStringLiteral("10") });
        const auto in = scHsm({ QStringLiteral("--unwrap-key"), wrapped, QStringLiteral("--key-reference"),
            QStringLiteral("1"), QStringLiteral("--pin"), pin(), QStringLiteral("--force") });
        QVERIFY2(in.exitCode == 0, in.output);
        QVERIFY(stock::readPublicKey(QStringLiteral("10"), after));
        QCOMPARE(contentOf(after), contentOf(before));
    }

    void labelAndIdAreShown()
    {
        stock::initialise(0);
        generate(QStringLiteral("EC:prime256v1"));
        const auto dump = stock::run(QStringLiteral("pkcs15-tool"), { QStringLiteral("-D") });
        QCOMPARE(dump.exitCode, 0);
        QVERIFY2(dump.output.contains("Private EC Key [a key]"), dump.output);
        QVERIFY2(dump.output.contains("ID             : 10"), dump.output);
    }

    void pkcs11ToolsOwnTestPasses()
    {
        stock::initialise(0);
        generate(QStringLiteral("rsa:2048"));
        const auto tested = pkcs11Login({ QStringLiteral("--test") });
        QVERIFY2(tested.contains("No errors"), tested);
    }

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder->filePath(name); }

    [[nodiscard]] QString messageFile() const
    {
        const QString name = path(QStringLiteral("message"));
        return writeFile(name, "what the people in this room agreed on") ? name : QString();
    }

    [[nodiscard]] static QString pin() { return QString::fromLatin1(stock::kPin); }

    static stock::Outcome scHsm(const QStringList& arguments)
    {
        return stock::run(QStringLiteral("sc-hsm-tool"), arguments);
    }

    static QByteArray pkcs11Login(const QStringList& arguments)
    {
        const auto done = stock::pkcs11Login(arguments);
        if (done.exitCode != 0)
            QTest::qFail(done.output, __FILE__, __LINE__);
        return done.output;
    }

    static void generate(const QString& keyType)
    {
        pkcs11Login(
            { QStringLiteral("--keypairgen"), QStringLiteral("--key-type"), keyType, QStringLiteral("--id"),
                QStringLiteral("10"), QStringLiteral("--label"), QStringLiteral("a key") });
    }

    std::vector<VirtualReader> m_readers;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SimcardProcess> m_card;
};

QTEST_GUILESS_MAIN(TestOpensc)
#include "tst_opensc.moc"
