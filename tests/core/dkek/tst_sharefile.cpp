// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/dkek/keyderivation.h"
#include "core/dkek/md5chain.h"
#include "core/dkek/sharefile.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <openssl/evp.h>

using namespace conclave;
using namespace conclave::dkek;

namespace {

QJsonArray vectors(const char* name)
{
    QFile file(QStringLiteral(CONCLAVE_TEST_DATA "/") + QString::fromLatin1(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object().value(u"vectors").toArray();
}

Bytes bytesOf(const QJsonValue& value)
{
    return fromHex(value.toString()).value();
}

} // namespace

class TestShareFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void derivationMatchesTheVectors()
    {
        const QJsonArray all = vectors("bytestokey_md5.json");
        QVERIFY(!all.isEmpty());
        for (const auto& vector : all) {
            const auto key = deriveKey(bytesOf(vector[u"password_hex"]), bytesOf(vector[u"salt"]),
                { static_cast<std::uint32_t>(vector[u"iterations"].toInt()) });
            QVERIFY(key);
            QCOMPARE(toHex(*key), vector[u"key_iv_48"].toString());
        }
    }

    void derivationMatchesOpenSslForPasswordsOfAnyLength()
    {
        for (const std::size_t length : { 0U, 1U, 7U, 8U, 16U, 31U, 32U, 47U, 48U, 55U, 56U, 64U, 200U }) {
            Bytes password(length + 1); // never a null pointer, which OpenSSL takes for "no input"
            for (std::size_t i = 0; i < length; ++i)
                password[i] = static_cast<std::uint8_t>(i * 7); // begins with a zero byte
            const Bytes salt{ 1, 2, 3, 4, 5, 6, 7, 8 };
            Bytes expected(48);
            QCOMPARE(EVP_BytesToKey(EVP_aes_256_cbc(), EVP_md5(), salt.data(), password.data(),
                         static_cast<int>(length), 37, expected.data(), expected.data() + 32),
                32);
            QCOMPARE(
                toHex(deriveKey(ByteView(password).first(length), salt, { 37 }).value()), toHex(expected));
        }
    }

    void bothEnginesAgree()
    {
        Md5Digest one{ 1, 2, 3 };
        Md5Digest other = one;
        QVERIFY(chainMd5(Md5Engine::ReusedContext, one, 1000));
        if (available(Md5Engine::BlockFunction)) {
            QVERIFY(chainMd5(Md5Engine::BlockFunction, other, 1000));
            QCOMPARE(toHex(other), toHex(one));
        }
    }

    void filesOpenWithTheirPasswordsAtFullRounds()
    {
        const QJsonArray all = vectors("dkek_share_files.json");
        QVERIFY(!all.isEmpty());
        for (const auto& vector : all) {
            const auto file = ShareFile::parse(bytesOf(vector[u"file"]));
            QVERIFY(file);
            QCOMPARE(toHex(file->salt()), vector[u"salt"].toString());
            const auto key = deriveKey(bytesOf(vector[u"password_hex"]), file->salt(), {});
            QVERIFY(key);
            const auto share = file->decrypt(*key);
            QVERIFY(share);
            QCOMPARE(toHex(*share), vector[u"share"].toString());
            const auto again = ShareFile::encrypt(*share, file->salt(), *key);
            QCOMPARE(toHex(again->bytes()), vector[u"file"].toString());
        }
    }

    void keyCheckValuesMatchTheVectors()
    {
        for (const auto& vector : vectors("dkek_kdf.json"))
            QCOMPARE(toHex(checkValue(bytesOf(vector[u"dkek"]))), vector[u"kcv"].toString());
    }

    void anyWrongPaddingByteIsRefused()
    {
        const Bytes key(48, 0x5A);
        const Bytes salt(8, 1);
        // CBC: a changed bit in the second block flips that bit in the third, which is the padding.
        const auto file = ShareFile::encrypt(Bytes(32, 7), salt, key);
        for (std::size_t i = 0; i < 16; ++i) {
            Bytes changed = toBytes(file->bytes());
            changed[32 + i] ^= 0x01;
            const auto opened = ShareFile::parse(changed)->decrypt(key);
            QVERIFY(!opened);
            QCOMPARE(opened.error().kind, ErrorKind::SharesDoNotOpenFile);
        }
    }

    void shortAndForeignFilesAreRefused()
    {
        Bytes file = bytesOf(vectors("dkek_share_files.json").at(0)[u"file"]);
        for (std::size_t size = 0; size < file.size(); ++size)
            QVERIFY(!ShareFile::parse(ByteView(file).first(size)));
        file.push_back(0);
        QVERIFY(ShareFile::parse(file)); // sc-hsm-tool ignores what follows, too
        file[0] ^= 1;
        QCOMPARE(ShareFile::parse(file).error().kind, ErrorKind::NotAShareFile);
    }
};

QTEST_GUILESS_MAIN(TestShareFile)
#include "tst_sharefile.moc"
