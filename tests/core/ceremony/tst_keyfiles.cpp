// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/cvc.h"
#include "core/ceremony/keyfiles.h"
#include "tests/core/card/vectors.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <openssl/pem.h>
#include <openssl/x509.h>

using namespace conclave;
using namespace conclave::ceremony;

namespace {

/// The real device's EC key.
KeyRecord madeKey(const QString& label, const QString& id)
{
    const Bytes request = test::realCvc("ef_ce01_ec_secp256k1");
    const auto key = card::CvRequest::parse(request)->request.publicKey;
    KeyRecord record;
    record.planned = { label, id, card::KeyAlgorithm::EcSecp256k1 };
    record.state = KeyState::Tested;
    record.generated = KeyGenerated{ 0, 1, {}, toHex(*key.subjectPublicKeyInfo()), 1, Attestation::Verified,
        toHex(request) };
    return record;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class KeyFilesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void publicKeyAndRequestLieSideBySide()
    {
        const QTemporaryDir folder;
        const KeyRecord key = madeKey(QStringLiteral("Root CA"), QStringLiteral("0A01"));
        QVERIFY(writeKeyFiles(folder.path(), { key }));
        const QDir keys(folder.filePath(QStringLiteral("public-keys")));
        QCOMPARE(keys.entryList(QDir::Files),
            (QStringList{ QStringLiteral("Root_CA-0a01.cvc"), QStringLiteral("Root_CA-0a01.pem") }));
        QCOMPARE(QString::fromLatin1(contentOf(keys.filePath(QStringLiteral("Root_CA-0a01.cvc"))).toHex()),
            toHex(test::realCvc("ef_ce01_ec_secp256k1")));

        const QByteArray pem = contentOf(keys.filePath(QStringLiteral("Root_CA-0a01.pem")));
        BIO* in = BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size()));
        EVP_PKEY* read = PEM_read_bio_PUBKEY(in, nullptr, nullptr, nullptr);
        BIO_free(in);
        QVERIFY(read);
        std::uint8_t* der = nullptr;
        const int size = i2d_PUBKEY(read, &der);
        QCOMPARE(toHex({ der, static_cast<std::size_t>(size) }), key.generated->publicKey);
        OPENSSL_free(der);
        EVP_PKEY_free(read);
        QVERIFY(writeKeyFiles(folder.path(), { key })); // and again
    }

    void namesStayInTheirFolder()
    {
        const auto base = [](const QString& label) {
            return keyFileBase({ label, QStringLiteral("01"), card::KeyAlgorithm::EcP256 });
        };
        QCOMPARE(base(QStringLiteral("../../etc/passwd")), QStringLiteral("public-keys/______etc_passwd-01"));
        QCOMPARE(base(QString::fromUtf8("Schl\xC3\xBCssel")), QStringLiteral("public-keys/Schl_ssel-01"));
        QCOMPARE(base(QString(64, u'x')),
            QStringLiteral("public-keys/") + QString(40, u'x') + QStringLiteral("-01"));
    }

    void keysThatAreNotToBeUsedHaveNoFiles()
    {
        const QTemporaryDir folder;
        KeyRecord failed = madeKey(QStringLiteral("a"), QStringLiteral("01"));
        failed.state = KeyState::TestFailed;
        KeyRecord skipped;
        skipped.state = KeyState::Skipped;
        QVERIFY(writeKeyFiles(folder.path(), { failed, skipped }));
        QVERIFY(!QDir(folder.path()).exists(QStringLiteral("public-keys")));
    }

    void restoredKeysHaveNamesOfTheirOwn()
    {
        const auto restored = [](const QString& label, const QString& id, bool known) {
            const KeyRecord made = madeKey(label, id);
            RestoredKeyRecord record;
            record.key.label = label;
            record.key.id = id;
            record.restored
                = KeyRestored{ 0, 1, known, 1, false, known ? made.generated->publicKey : QString() };
            return record;
        };
        RestoreRecord restore;
        restore.keys = { restored(QStringLiteral("Root CA"), QStringLiteral("0A01"), true),
            restored(QStringLiteral("Root CA"), QStringLiteral("0a01"), false),
            restored(QStringLiteral("root ca"), QStringLiteral("0A01"), true),
            restored({}, QString(600, u'b'), true), restored(QStringLiteral("../x"), {}, true),
            { {}, RestoreState::Skipped, std::nullopt, 0, 0 } };
        const QStringList names{ QStringLiteral("Root_CA-0a01.pem"), {}, QStringLiteral("root_ca-0a01-2.pem"),
            QStringLiteral("key-") + QString(64, u'b') + QStringLiteral(".pem"), QStringLiteral("___x-.pem"),
            {} };
        QStringList written;
        for (std::size_t i = 0; i < restore.keys.size(); ++i) {
            const QString name = names[static_cast<qsizetype>(i)];
            QCOMPARE(
                publicKeyFile(restore, i), name.isEmpty() ? name : QStringLiteral("public-keys/") + name);
            if (!name.isEmpty())
                written << name;
        }
        const QTemporaryDir folder;
        QVERIFY(writePublicKeys(folder.path(), restore));
        written.sort();
        QStringList there = QDir(folder.filePath(QStringLiteral("public-keys"))).entryList(QDir::Files);
        there.sort();
        QCOMPARE(there, written);
        QCOMPARE(
            writePublicKeys(QStringLiteral("/nonexistent"), restore).error().kind, ErrorKind::FileUnwritable);
        restore.keys.erase(restore.keys.begin(), restore.keys.end() - 1);
        QVERIFY(writePublicKeys(QStringLiteral("/nonexistent"), restore)); // nothing is to be written
    }

    void unwritableFolderIsTold()
    {
        const auto written = writeKeyFiles(
            QStringLiteral("/nonexistent"), { madeKey(QStringLiteral("a"), QStringLiteral("01")) });
        QCOMPARE(written.error().kind, ErrorKind::FileUnwritable);
    }
};

QTEST_GUILESS_MAIN(KeyFilesTest)
#include "tst_keyfiles.moc"
