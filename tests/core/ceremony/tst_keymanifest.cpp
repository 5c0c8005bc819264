// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/keymanifest.h"
#include "tests/core/card/vectors.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <functional>

using namespace conclave;
using namespace conclave::ceremony;
using test::bytes;

namespace {

/// A key on P-256 made for this text with `openssl ecparam -genkey`; its fingerprint is what
/// `openssl dgst -sha256` says of the DER.
const QString kPublicKey = QStringLiteral(
    "3059301306072a8648ce3d020106082a8648ce3d03010703420004b49f94bf2ec17359d98515f1740c77bbb6adc3817d92019ad3"
    "fb8ae6ecc9c6d5357a12f1d70ec2af5b8c3f76636484f0b1fb336b556a9cf7d6c768f65131442e");
const QString kFingerprint
    = QStringLiteral("484091684bf40d660bf359a1d57548964bfb24e4ea5bd134116299e513d0d574");

/// As the format is documented, not as it is written here.
QJsonObject manifestJson()
{
    QJsonObject key;
    key.insert(u"file", QStringLiteral("EX-2026-0417-key-1.bin"));
    key.insert(u"sha256", QStringLiteral("5a").repeated(32));
    key.insert(u"reference", 3);
    key.insert(u"label", QStringLiteral("Schlüssel α"));
    key.insert(u"id", QStringLiteral("0a1b"));
    key.insert(u"type", QStringLiteral("EcP256"));
    key.insert(u"kcv", QStringLiteral("630DCD2966C43366"));
    key.insert(u"publicKey", kPublicKey);
    key.insert(u"fingerprint", kFingerprint);
    QJsonObject json;
    json.insert(u"format", QStringLiteral("conclave-keys-1"));
    json.insert(u"ceremony", QStringLiteral("EX-2026-0417"));
    json.insert(u"device", QStringLiteral("DENK0299901"));
    json.insert(u"keys", QJsonArray{ key });
    return json;
}

QByteArray text(const QJsonObject& json)
{
    return QJsonDocument(json).toJson();
}

} // namespace

class TestKeyManifest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theDocumentedFormIsReadAndWritten()
    {
        const auto manifest = KeyManifest::parse(text(manifestJson()));
        QVERIFY(manifest);
        QCOMPARE(manifest->ceremony, QStringLiteral("EX-2026-0417"));
        QCOMPARE(manifest->device, QStringLiteral("DENK0299901"));
        QCOMPARE(manifest->keys.size(), std::size_t(1));
        const BackedUpKey& key = manifest->keys.front();
        QCOMPARE(key.file, QStringLiteral("EX-2026-0417-key-1.bin"));
        QCOMPARE(key.reference, 3);
        QCOMPARE(key.label, QStringLiteral("Schlüssel α"));
        QCOMPARE(toHex(key.id), QStringLiteral("0a1b"));
        QCOMPARE(key.type, QStringLiteral("EcP256"));
        QCOMPARE(toHex(key.kcv), QStringLiteral("630dcd2966c43366"));
        QCOMPARE(toHex(key.publicKey), kPublicKey);
        QCOMPARE(QJsonDocument::fromJson(manifest->toJson()).object(), manifestJson());
    }

    void aKeyWithoutNameOrPublicKeyIsOne()
    {
        KeyManifest manifest{ .device = QStringLiteral("DENK0299901"), .keys = {} };
        manifest.keys.push_back({ .file = QStringLiteral("a.bin"),
            .sha256 = Bytes(32, 0x01),
            .reference = 255,
            .type = QStringLiteral("Aes") });
        const auto again = KeyManifest::parse(manifest.toJson());
        QVERIFY(again);
        QVERIFY(*again == manifest);
    }

    void anAesKeyHasItsPairInPlaceOfAPublicKey()
    {
        QJsonObject json = manifestJson();
        QJsonObject key = json.value(u"keys").toArray().first().toObject();
        key.remove(u"publicKey");
        key.remove(u"fingerprint");
        key.insert(u"type", QStringLiteral("Aes256"));
        key.insert(u"challenge", QStringLiteral("1b").repeated(32));
        key.insert(u"cmac", QStringLiteral("2c").repeated(16));
        json.insert(u"keys", QJsonArray{ key });
        const auto manifest = KeyManifest::parse(text(json));
        QVERIFY(manifest);
        QCOMPARE(manifest->keys[0].pair, std::optional(CmacPair{ Bytes(32, 0x1B), Bytes(16, 0x2C) }));
        QCOMPARE(QJsonDocument::fromJson(manifest->toJson()).object(), json);
        const auto wrong = [&](const char* member, const QJsonValue& value) {
            QJsonObject spoilt = key;
            spoilt.insert(QLatin1String(member), value);
            json.insert(u"keys", QJsonArray{ spoilt });
            const auto parsed = KeyManifest::parse(text(json));
            return parsed ? QString() : parsed.error().detail;
        };
        for (const QJsonValue& value : { QJsonValue(QString()), QJsonValue(QStringLiteral("1b").repeated(31)),
                 QJsonValue(QStringLiteral("1b").repeated(33)), QJsonValue(QStringLiteral("zz").repeated(32)),
                 QJsonValue(5), QJsonValue() }) {
            QCOMPARE(wrong("challenge", value), QStringLiteral("challenge"));
            QCOMPARE(wrong("cmac", value), QStringLiteral("cmac"));
        }
        // Not both: who altered it could choose what the key is compared with.
        key.insert(u"fingerprint", kFingerprint);
        QCOMPARE(wrong("publicKey", kPublicKey), QStringLiteral("challenge"));
    }

    void whatIsWrongIsNamed_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QJsonValue>("value");
        int rows = 0;
        const auto row = [&](const char* member, const QJsonValue& value) {
            QTest::addRow("%s %d", member, ++rows) << QString::fromLatin1(member) << value;
        };
        for (const char* name : { "", "../a.bin", "/etc/passwd", "..\\a.bin", "C:a.bin", ".hidden", "a\nb" })
            row("file", QString::fromLatin1(name));
        row("file", 5);
        row("file", QString(256, QLatin1Char('a')));
        row("sha256", QStringLiteral("5a").repeated(31));
        row("sha256", QStringLiteral("zz").repeated(32));
        for (const double number : { 0.0, -1.0, 256.0, 1.5, 1e300 })
            row("reference", number);
        row("reference", QStringLiteral("1"));
        row("label", QJsonValue::Null);
        row("label", QString(256, QLatin1Char('a')));
        row("id", 7);
        row("id", QStringLiteral("0a1"));
        row("id", QStringLiteral("0a").repeated(256));
        row("type", QString());
        row("kcv", QStringLiteral("630DCD2966C433"));
        row("publicKey", QString());
        row("publicKey", QStringLiteral("3000"));
        row("publicKey", QStringLiteral("00").repeated(5000));
        row("fingerprint", QStringLiteral("00").repeated(32));
    }

    void whatIsWrongIsNamed()
    {
        QFETCH(const QString, member);
        QFETCH(const QJsonValue, value);
        QJsonObject json = manifestJson();
        QJsonObject key = json.value(u"keys").toArray().first().toObject();
        key.insert(member, value);
        json.insert(u"keys", QJsonArray{ key });
        const auto manifest = KeyManifest::parse(text(json));
        QVERIFY(!manifest);
        QCOMPARE(manifest.error().kind, ErrorKind::NotAKeyManifest);
        QCOMPARE(manifest.error().detail, member);
    }

    void otherFilesAreNone()
    {
        const auto member = [](const QByteArray& json) {
            const auto manifest = KeyManifest::parse(json);
            return manifest ? QString() : manifest.error().detail;
        };
        const QString format = QStringLiteral("format");
        for (const char* other : { "", "[]", "{", "null", "{}", "{\"format\":\"conclave-share-file-1\"}" })
            QCOMPARE(member(other), format);
        QCOMPARE(member(QByteArray(1000, '[')), format);
        QCOMPARE(member(text(manifestJson()) + QByteArray(4 * 1024 * 1024, ' ')), format);
        for (const char* name : { "ceremony", "device", "keys" }) {
            QJsonObject json = manifestJson();
            json.remove(QLatin1String(name));
            QCOMPARE(member(text(json)), QString::fromLatin1(name));
        }
        QJsonObject many = manifestJson();
        QJsonArray keys;
        for (int i = 0; i < 256; ++i)
            keys.append(manifestJson().value(u"keys").toArray().first());
        many.insert(u"keys", keys);
        QCOMPARE(member(text(many)), QStringLiteral("keys"));
        many.insert(u"keys", QJsonArray{ 5 });
        QCOMPARE(member(text(many)), QStringLiteral("file"));
    }
};

QTEST_GUILESS_MAIN(TestKeyManifest)
#include "tst_keymanifest.moc"
