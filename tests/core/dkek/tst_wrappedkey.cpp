// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/dkek/wrappedkey.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <memory>

using namespace conclave;
using namespace conclave::dkek;

namespace {

constexpr std::size_t kHeaderBytes = 8 + 1 + 12 + 3 * 2; // of RSA and EC blobs

QJsonObject file(const char* name)
{
    QFile json(QStringLiteral(CONCLAVE_TEST_DATA "/") + QString::fromLatin1(name));
    if (!json.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(json.readAll()).object();
}

Bytes bytesOf(const QJsonValue& value)
{
    return fromHex(value.toString()).value();
}

QJsonArray blobs()
{
    return file("wrapped_key_blobs.json").value(u"vectors").toArray();
}

/// The vector whose name begins like this.
QJsonObject blob(const char* type)
{
    const QJsonArray all = blobs();
    for (const QJsonValue& one : all) {
        if (one[u"type"].toString().startsWith(QLatin1String(type)))
            return one.toObject();
    }
    return {};
}

Bytes mac(ByteView key, ByteView message)
{
    const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> algorithm(
        EVP_MAC_fetch(nullptr, "CMAC", nullptr), EVP_MAC_free);
    const std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> context(
        EVP_MAC_CTX_new(algorithm.get()), EVP_MAC_CTX_free);
    char cipher[] = "AES-256-CBC";
    const OSSL_PARAM parameters[]
        = { OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, cipher, 0), OSSL_PARAM_construct_end() };
    Bytes tag(16);
    std::size_t size = 0;
    EVP_MAC_init(context.get(), key.data(), key.size(), parameters);
    EVP_MAC_update(context.get(), message.data(), message.size());
    EVP_MAC_final(context.get(), tag.data(), &size, tag.size());
    return tag;
}

/// A blob that is authentic whatever is in it: what an attacker who has the DKEK could make.
Bytes sealed(ByteView dkek, ByteView header, ByteView plain)
{
    const Bytes one{ 0, 0, 0, 1 };
    const Bytes two{ 0, 0, 0, 2 };
    const auto encryptionKey = sha256({ dkek, one });
    const auto macKey = sha256({ dkek, two });
    Bytes made = toBytes(header);
    made.resize(header.size() + plain.size());
    const Bytes iv(16, 0);
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
        EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    int written = 0;
    EVP_EncryptInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, encryptionKey.data(), iv.data());
    EVP_CIPHER_CTX_set_padding(context.get(), 0);
    EVP_EncryptUpdate(
        context.get(), made.data() + header.size(), &written, plain.data(), static_cast<int>(plain.size()));
    const Bytes tag = mac(macKey, made);
    made.insert(made.end(), tag.begin(), tag.end());
    return made;
}

ErrorKind errorOf(const Result<ClearKey>& result)
{
    return result ? ErrorKind::Malformed : result.error().kind;
}

} // namespace

class TestWrappedKey : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void vectorsAreReadAndWrittenByteForByte()
    {
        const QJsonArray all = blobs();
        QVERIFY(!all.isEmpty());
        for (const auto& vector : all) {
            const Bytes dkek = bytesOf(vector[u"dkek"]);
            const Bytes plain = bytesOf(vector[u"plain_padded"]);
            const auto key = unwrapKey(dkek, bytesOf(vector[u"blob"]));
            QVERIFY2(key, qPrintable(vector[u"type"].toString()));
            const auto again = wrapKey(dkek, *key, ByteView(plain).first(8));
            QVERIFY(again);
            QCOMPARE(toHex(*again), vector[u"blob"].toString());
        }
    }

    void componentsComeInTheOrderOfTheFormat()
    {
        const QJsonObject ec = blob("EC P-256");
        const auto ecKey = unwrapKey(bytesOf(ec[u"dkek"]), bytesOf(ec[u"blob"]));
        QVERIFY(ecKey);
        QCOMPARE(ecKey->type, WrappedKeyType::Ec);
        QCOMPARE(ecKey->bits, 256);
        QCOMPARE(toHex(ecKey->components[5]), ec[u"d"].toString());
        QCOMPARE(toHex(ecKey->components[6]), ec[u"q"].toString());

        const QJsonObject crt = blob("RSA 2048, key type 6");
        const auto crtKey = unwrapKey(bytesOf(crt[u"dkek"]), bytesOf(crt[u"blob"]));
        QVERIFY(crtKey);
        QCOMPARE(crtKey->type, WrappedKeyType::RsaCrt);
        QCOMPARE(crtKey->bits, 2048);
        const char* const names[] = { "dp1", "dq1", "p", "pq_qinv", "q", "n", "e" };
        for (std::size_t i = 0; i < std::size(names); ++i)
            QCOMPARE(toHex(crtKey->components[i]), crt[QLatin1String(names[i])].toString());

        const QJsonObject rsa = blob("RSA 1024, key type 5");
        const auto rsaKey = unwrapKey(bytesOf(rsa[u"dkek"]), bytesOf(rsa[u"blob"]));
        QVERIFY(rsaKey);
        QCOMPARE(rsaKey->type, WrappedKeyType::Rsa);
        QCOMPARE(toHex(rsaKey->components[0]), rsa[u"d"].toString());
        QCOMPARE(toHex(rsaKey->components[1]), rsa[u"n"].toString());

        const QJsonObject aes = blob("AES");
        const auto aesKey = unwrapKey(bytesOf(aes[u"dkek"]), bytesOf(aes[u"blob"]));
        QVERIFY(aesKey);
        QCOMPARE(aesKey->type, WrappedKeyType::Aes);
        QCOMPARE(aesKey->bits, 256);
        QCOMPARE(toHex(aesKey->components[0]), aes[u"key"].toString());
    }

    void blobSizesAreThoseOfTheDevice()
    {
        struct Size {
            WrappedKeyType type;
            int bits;
            std::size_t blobBytes;
        };
        const Size sizes[] = { { WrappedKeyType::RsaCrt, 3072, 1419 }, { WrappedKeyType::Rsa, 3072, 843 },
            { WrappedKeyType::RsaCrt, 4096, 1867 }, { WrappedKeyType::Rsa, 4096, 1099 },
            { WrappedKeyType::Aes, 128, 77 }, { WrappedKeyType::Aes, 192, 93 } };
        for (const Size& one : sizes) {
            const auto modulus = static_cast<std::size_t>(one.bits / 8);
            ClearKey key;
            key.type = one.type;
            key.bits = one.bits;
            if (one.type == WrappedKeyType::Aes) {
                key.components.emplace_back(modulus);
            } else {
                for (std::size_t i = 0; i < (one.type == WrappedKeyType::Rsa ? 1 : 5); ++i)
                    key.components.emplace_back(one.type == WrappedKeyType::Rsa ? modulus : modulus / 2);
                key.components.emplace_back(modulus);
                key.components.emplace_back(std::size_t{ 3 });
            }
            const auto made = wrapKey(Bytes(32, 0), key, Bytes(8, 0));
            QVERIFY(made);
            QCOMPARE(made->size(), one.blobBytes);
        }
    }

    void anotherDkekIsSaidToBeOne()
    {
        const QJsonObject vector = blob("EC P-256");
        QCOMPARE(
            errorOf(unwrapKey(Bytes(32, 1), bytesOf(vector[u"blob"]))), ErrorKind::WrappedKeyOfAnotherDkek);
    }

    void everyChangedByteIsRefused()
    {
        const QJsonObject vector = blob("EC P-256");
        const Bytes dkek = bytesOf(vector[u"dkek"]);
        Bytes bytes = bytesOf(vector[u"blob"]);
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            bytes[i] ^= 0x40;
            const ErrorKind expected = i < 8 ? ErrorKind::WrappedKeyOfAnotherDkek : ErrorKind::NotAWrappedKey;
            QCOMPARE(errorOf(unwrapKey(dkek, bytes)), expected);
            bytes[i] ^= 0x40;
        }
    }

    void everyCutIsRefused()
    {
        const QJsonObject vector = blob("AES");
        const Bytes dkek = bytesOf(vector[u"dkek"]);
        const Bytes bytes = bytesOf(vector[u"blob"]);
        for (std::size_t size = 0; size < bytes.size(); ++size)
            QCOMPARE(errorOf(unwrapKey(dkek, ByteView(bytes).first(size))), ErrorKind::NotAWrappedKey);
    }

    void macOfTheseTestsIsTheStandardOne()
    {
        const QJsonObject vectors = file("aes256_cmac.json");
        const QJsonArray all = vectors[u"vectors"].toArray();
        QVERIFY(!all.isEmpty());
        for (const auto& vector : all)
            QCOMPARE(
                toHex(mac(bytesOf(vectors[u"key"]), bytesOf(vector[u"msg"]))), vector[u"mac"].toString());
    }

    void authenticNonsenseIsRefused()
    {
        const QJsonObject vector = blob("EC P-256");
        const Bytes dkek = bytesOf(vector[u"dkek"]);
        const Bytes whole = bytesOf(vector[u"blob"]);
        const Bytes header(whole.begin(), whole.begin() + kHeaderBytes);
        const Bytes plain = bytesOf(vector[u"plain_padded"]);
        QCOMPARE(toHex(sealed(dkek, header, plain)), vector[u"blob"].toString());
        const auto refused = [&](const Bytes& changedHeader, const Bytes& changedPlain) {
            return errorOf(unwrapKey(dkek, sealed(dkek, changedHeader, changedPlain)))
                == ErrorKind::NotAWrappedKey;
        };

        for (int type = 0; type < 256; ++type) { // only EC has these seven components
            Bytes other = header;
            other[8] = static_cast<std::uint8_t>(type);
            if (type == 0x0C || type == 0x06)
                continue;
            QVERIFY2(refused(other, plain), qPrintable(QString::number(type)));
        }
        for (const std::size_t at : { std::size_t(9), kHeaderBytes - 2 }) { // a field longer than the blob
            Bytes other = header;
            other[at] = 0xFF;
            QVERIFY(refused(other, plain));
        }
        for (std::size_t blocks = 0; blocks < plain.size() / 16; ++blocks) // components cut off
            QVERIFY(refused(
                header, Bytes(plain.begin(), plain.begin() + static_cast<std::ptrdiff_t>(16 * blocks))));
        Bytes longComponent = plain;
        longComponent[10] = 0xFF;
        QVERIFY(refused(header, longComponent));
        Bytes emptyComponents = plain;
        std::fill(emptyComponents.begin() + 10, emptyComponents.end(), std::uint8_t(0));
        QVERIFY(refused(header, emptyComponents));
        Bytes dirtyPadding = plain;
        dirtyPadding.back() = 0x01;
        QVERIFY(refused(header, dirtyPadding));
        Bytes noPaddingStart = plain;
        noPaddingStart[plain.size() - 6] = 0x00;
        QVERIFY(refused(header, noPaddingStart));
        Bytes twoBlocksOfPadding = plain;
        twoBlocksOfPadding.resize(plain.size() + 16);
        QVERIFY(refused(header, twoBlocksOfPadding));
    }

    void paddingMayBeMissingWhereTheTextEndsOnABlock()
    {
        const QJsonObject vector = blob("AES");
        const Bytes dkek = bytesOf(vector[u"dkek"]);
        const Bytes whole = bytesOf(vector[u"blob"]);
        const Bytes header(whole.begin(), whole.end() - 16 - 48);
        // Random, the size 24, and 24 bytes of key come to 34: a key cannot end on a block, so EC it is.
        Bytes ecHeader = header;
        ecHeader[8] = 0x0C;
        Bytes plain(10, 0);
        plain[8] = 0x01; // 256 bits
        for (int component = 0; component < 6; ++component)
            plain.insert(plain.end(), { 0x00, 0x01, 0x07 });
        plain.insert(plain.end(), { 0x00, 0x02, 0x07, 0x07 });
        QCOMPARE(plain.size(), std::size_t(32));
        QVERIFY(unwrapKey(dkek, sealed(dkek, ecHeader, plain)));
    }

    void aBlobTellsItsKindWithoutTheDkek()
    {
        struct Expected {
            const char* vector;
            WrappedKeyType type;
            int bits;
        };
        const Expected all[] = { { "EC P-256", WrappedKeyType::Ec, 256 },
            { "EC secp256k1 exported by a real Nitrokey HSM 2", WrappedKeyType::Ec, 256 },
            { "RSA 1024, key type 5", WrappedKeyType::Rsa, 1024 },
            { "RSA 1024, key type 6", WrappedKeyType::RsaCrt, 1024 },
            { "RSA 2048, key type 6", WrappedKeyType::RsaCrt, 2048 }, { "AES", WrappedKeyType::Aes, 256 } };
        for (const Expected& one : all) {
            const QJsonObject vector = blob(one.vector);
            const auto facts = inspectWrappedKey(bytesOf(vector[u"blob"]));
            QVERIFY2(facts, one.vector);
            QCOMPARE(facts->type, one.type);
            QCOMPARE(toHex(facts->kcv), vector[u"blob"].toString().left(16));
            QVERIFY2(facts->fits(one.bits), one.vector);
            QVERIFY2(!facts->fits(one.bits * 2), one.vector);
            if (one.type != WrappedKeyType::Aes) // all AES keys have two or three blocks
                QVERIFY2(!facts->fits(one.bits / 2), one.vector);
        }
    }

    void whatIsNoBlobIsSeenWithoutTheDkek()
    {
        const Bytes whole = bytesOf(blob("EC P-256")[u"blob"]);
        const auto refused = [](const Bytes& bytes) {
            const auto facts = inspectWrappedKey(bytes);
            return !facts && facts.error().kind == ErrorKind::NotAWrappedKey;
        };
        for (std::size_t size = 0; size < whole.size(); ++size) {
            const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
            if (refused(cut))
                continue;
            // Whole blocks of the ciphertext are missing: visible where the key's size is known.
            QCOMPARE((whole.size() - size) % 16, std::size_t(0));
            QVERIFY(size + 16 == whole.size() || !inspectWrappedKey(cut)->fits(256));
        }
        for (int type = 0; type < 256; ++type) {
            Bytes other = whole;
            other[8] = static_cast<std::uint8_t>(type);
            QCOMPARE(!refused(other), type == 0x05 || type == 0x06 || type == 0x0C || type == 0x0F);
        }
        Bytes longField = whole;
        longField[9] = 0xFF;
        QVERIFY(refused(longField));
        Bytes large(kHeaderBytes + 4096, 0);
        std::copy_n(whole.begin(), kHeaderBytes, large.begin());
        QVERIFY(refused(large));
        large.resize(kHeaderBytes + 4032 + 16);
        QVERIFY(!refused(large));
    }

    void whatIsNoKeyIsNotWrapped()
    {
        const Bytes dkek(32, 0);
        const Bytes random(8, 0);
        const auto aes = [](std::size_t bytes, int bits) {
            ClearKey key;
            key.type = WrappedKeyType::Aes;
            key.bits = bits;
            key.components.emplace_back(bytes);
            return key;
        };
        QVERIFY(wrapKey(dkek, aes(32, 256), random));
        for (const auto& wrong : { wrapKey(dkek, aes(31, 248), random), wrapKey(dkek, aes(32, 128), random),
                 wrapKey(Bytes(31, 0), aes(32, 256), random), wrapKey(dkek, aes(32, 256), Bytes(7, 0)),
                 wrapKey(dkek, ClearKey{}, random) }) {
            QVERIFY(!wrong);
            QCOMPARE(wrong.error().kind, ErrorKind::Malformed);
        }
    }
};

QTEST_GUILESS_MAIN(TestWrappedKey)
#include "tst_wrappedkey.moc"
