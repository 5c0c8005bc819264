// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/witness/testimony.h"

#include <QTest>

using namespace conclave;
using namespace conclave::witness;

namespace {

QByteArray withKeys(const QByteArray& keys)
{
    return "{\"library\":\"a\",\"version\":\"1\",\"loggedIn\":true,\"keys\":" + keys + '}';
}

const QByteArray kKey = R"({"label":"l","id":"01","publicKey":"30","maySign":true,"signature":""})";

} // namespace

class TestTestimony : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsToldArrives()
    {
        const Testimony testimony{ QStringLiteral("OpenSC smartcard framework"), QStringLiteral("0.23"), true,
            { { QStringLiteral("Schl\u00fcssel"), { 0x01 }, { 0x30, 0x00 }, true, { 0xff } }, {} } };
        QCOMPARE(testimonyFromJson(toJson(testimony)).value(), testimony);
    }

    void errorsArrive()
    {
        const Error error{
            .kind = ErrorKind::ModuleFailed, .code = 0xa0, .detail = QStringLiteral("C_Login")
        };
        QCOMPARE(testimonyFromJson(toJson(fail(error))).error(), error);
        QCOMPARE(
            testimonyFromJson(toJson(fail(ErrorKind::TokenNotFound))).error().kind, ErrorKind::TokenNotFound);
    }

    void anErrorOfAnotherKindIsNotBelieved()
    {
        for (const char* name : { "WrongPin", "NotAllowedNow", "", "noSuchKind" })
            QCOMPARE(testimonyFromJson(QByteArray("{\"error\":\"") + name + "\"}").error().kind,
                ErrorKind::ModuleFailed);
    }

    void whatIsNoTestimonyIsRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("Segmentation fault");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("no keys") << QByteArray("{}");
        QTest::newRow("keys are a number") << withKeys("7");
        QTest::newRow("a key is a number") << withKeys("[7]");
        QTest::newRow("too many keys") << withKeys('[' + QByteArray(kKey + ',').repeated(256) + kKey + ']');
        for (const char* member : { "label", "id", "publicKey", "signature" }) {
            const QByteArray name = '"' + QByteArray(member) + '"';
            QTest::addRow("without %s", member)
                << withKeys('[' + QByteArray(kKey).replace(name, "\"x\"") + ']');
        }
        QTest::newRow("id is no hex") << withKeys('[' + QByteArray(kKey).replace("01", "0g") + ']');
        QTest::newRow("a very long public key")
            << withKeys('[' + QByteArray(kKey).replace("30", QByteArray(2 * 2048 + 2, '0')) + ']');
        QTest::newRow("too long") << QByteArray(5 << 20, ' ') + withKeys("[]");
    }
    void whatIsNoTestimonyIsRefused()
    {
        QFETCH(const QByteArray, json);
        QCOMPARE(testimonyFromJson(json).error().kind, ErrorKind::ModuleFailed);
    }

    void asManyKeysAsADeviceCanHoldAreTaken()
    {
        const auto testimony
            = testimonyFromJson(withKeys('[' + QByteArray(kKey + ',').repeated(255) + kKey + ']'));
        QVERIFY(testimony);
        QCOMPARE(testimony->keys.size(), std::size_t{ 256 });
    }

    void textsAreCutAndCleaned()
    {
        const QByteArray label(1000, 'x');
        const auto testimony = testimonyFromJson(withKeys(
            '[' + QByteArray(kKey).replace("\"l\"", QByteArray("\"\\u0007\\n" + label + "\"")) + ']'));
        QVERIFY(testimony);
        const QString shown = testimony->keys.front().label;
        QVERIFY(shown.size() <= 64 && shown.startsWith(QLatin1Char('x')));
    }
};

QTEST_GUILESS_MAIN(TestTestimony)
#include "tst_testimony.moc"
