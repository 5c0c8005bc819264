// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/apdu.h"
#include "tests/core/card/vectors.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace conclave;
using namespace conclave::card;
using test::bytes;

class ApduTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The cases of ISO 7816-4, 5.1, each in both directions.
    void everyCaseIsWrittenAndRead_data()
    {
        QTest::addColumn<QString>("hex");
        QTest::addColumn<int>("dataSize");
        QTest::addColumn<int>("le");
        QTest::addColumn<bool>("extended");
        const QString aa = QStringLiteral("AA");
        QTest::newRow("1") << QStringLiteral("00200081") << 0 << 0 << false;
        QTest::newRow("2S") << QStringLiteral("0084000008") << 0 << 8 << false;
        QTest::newRow("2S 256") << QStringLiteral("0084000000") << 0 << 256 << false;
        QTest::newRow("3S") << QStringLiteral("0020008106") + aa.repeated(6) << 6 << 0 << false;
        QTest::newRow("3S 255") << QStringLiteral("00D70000FF") + aa.repeated(255) << 255 << 0 << false;
        QTest::newRow("4S") << QStringLiteral("0020008102AAAA10") << 2 << 16 << false;
        QTest::newRow("4S 256") << QStringLiteral("8052000020") + aa.repeated(32) + QStringLiteral("00") << 32
                                << 256 << false;
        QTest::newRow("2E") << QStringLiteral("00840000000400") << 0 << 1024 << true;
        QTest::newRow("2E 65536") << QStringLiteral("80580000000000") << 0 << 65536 << true;
        QTest::newRow("3E") << QStringLiteral("00D70000000106") + aa.repeated(262) << 262 << 0 << true;
        QTest::newRow("3E short data") << QStringLiteral("00D70000000001AA") << 1 << 0 << true;
        QTest::newRow("3E 65535") << QStringLiteral("00D7000000FFFF") + aa.repeated(65535) << 65535 << 0
                                  << true;
        QTest::newRow("4E") << QStringLiteral("80680170000020") + aa.repeated(32) + QStringLiteral("0200")
                            << 32 << 512 << true;
        QTest::newRow("4E 65536") << QStringLiteral("004601000000FF") + aa.repeated(255)
                + QStringLiteral("0000")
                                  << 255 << 65536 << true;
    }

    void everyCaseIsWrittenAndRead()
    {
        QFETCH(QString, hex);
        QFETCH(int, dataSize);
        QFETCH(int, le);
        QFETCH(bool, extended);
        const Bytes wire = bytes(hex);
        const Bytes data(static_cast<std::size_t>(dataSize), 0xAA);

        const CommandApdu command{ .cla = wire[0],
            .ins = wire[1],
            .p1 = wire[2],
            .p2 = wire[3],
            .data = data,
            .le = static_cast<std::size_t>(le),
            .extended = extended };
        QCOMPARE(toHex(command.encode()), toHex(wire));

        const auto parsed = parseCommand(wire);
        QVERIFY(parsed);
        QCOMPARE(parsed->cla, wire[0]);
        QCOMPARE(parsed->ins, wire[1]);
        QCOMPARE(parsed->p1, wire[2]);
        QCOMPARE(parsed->p2, wire[3]);
        QCOMPARE(toHex(parsed->data), toHex(data));
        QCOMPARE(parsed->le, static_cast<std::size_t>(le));
        QCOMPARE(parsed->extended, extended);
    }

    void longDataOrAnswerMakesItExtended()
    {
        const Bytes data(256, 0xAA);
        const CommandApdu toWrite{ .ins = 0xD7, .data = data };
        QCOMPARE(toHex(toWrite.encode()).left(14), QStringLiteral("00d70000000100"));
        const CommandApdu toAsk{ .ins = 0x84, .le = 257 };
        QCOMPARE(toHex(toAsk.encode()), QStringLiteral("00840000000101"));
    }

    void lengthsThatDoNotFitAreRefused_data()
    {
        QTest::addColumn<QString>("hex");
        QTest::newRow("nothing") << QString();
        QTest::newRow("one byte") << QStringLiteral("00");
        QTest::newRow("three bytes") << QStringLiteral("002000");
        QTest::newRow("Lc without data") << QStringLiteral("002000810631");
        QTest::newRow("Lc one too large") << QStringLiteral("0020008103AABB");
        QTest::newRow("Lc two too small") << QStringLiteral("0020008101AABBCC");
        QTest::newRow("extended Le cut") << QStringLiteral("805800000000");
        QTest::newRow("extended Lc of zero") << QStringLiteral("80580000000000AA");
        QTest::newRow("extended Lc too large") << QStringLiteral("00D70000000002AA");
        QTest::newRow("extended Le of one byte") << QStringLiteral("00D70000000001AA00");
        QTest::newRow("extended with too much") << QStringLiteral("00D70000000001AA000000");
        QTest::newRow("extended Lc FFFF") << QStringLiteral("00D7000000FFFFAA");
    }

    void lengthsThatDoNotFitAreRefused()
    {
        QFETCH(QString, hex);
        QCOMPARE(parseCommand(bytes(hex)).error().kind, ErrorKind::WrongLength);
    }

    void hostileCommandsStayInBounds()
    {
        QRandomGenerator random(7816);
        for (int round = 0; round < 50000; ++round) {
            Bytes command(random.bounded(24U));
            for (std::uint8_t& byte : command)
                byte = static_cast<std::uint8_t>(
                    random.bounded(4) == 0 ? random.bounded(256) : random.bounded(4));
            const auto parsed = parseCommand(command);
            if (!parsed || parsed->data.empty())
                continue;
            QVERIFY(parsed->data.data() > command.data());
            QVERIFY(parsed->data.data() + parsed->data.size() <= command.data() + command.size());
        }
    }

    void everyCommandOfOpenScIsReadAndWrittenBack()
    {
        const QJsonArray runs = test::vectors("opensc_0_23_apdu_transcripts.json")
                                    .value(QLatin1String("transcripts"))
                                    .toArray();
        int commands = 0;
        for (const QJsonValue& run : runs) {
            const QJsonArray exchanges = run[QLatin1String("exchanges")].toArray();
            for (const QJsonValue& pair : exchanges) {
                const Bytes wire = bytes(pair[0].toString());
                const auto parsed = parseCommand(wire);
                QVERIFY2(parsed, qPrintable(pair[0].toString()));
                QCOMPARE(toHex(parsed->encode()), toHex(wire));
                ++commands;
            }
        }
        QVERIFY(commands > 1000);
    }

    void responseIsDataAndStatusWord()
    {
        const auto response = ResponseApdu::split(SecretBytes(bytes(QStringLiteral("0102036282"))));
        QVERIFY(response);
        QCOMPARE(toHex(response->data), QStringLiteral("010203"));
        QCOMPARE(response->sw, std::uint16_t{ 0x6282 });
        QVERIFY(!response->ok());
        const auto bare = ResponseApdu::split(SecretBytes(bytes(QStringLiteral("9000"))));
        QVERIFY(bare->data.empty());
        QVERIFY(bare->ok());
    }

    void responseWithoutStatusWordIsUnexpected()
    {
        QCOMPARE(ResponseApdu::split(SecretBytes()).error().kind, ErrorKind::UnexpectedAnswer);
        QCOMPARE(
            ResponseApdu::split(SecretBytes(std::size_t{ 1 })).error().kind, ErrorKind::UnexpectedAnswer);
    }
};

QTEST_GUILESS_MAIN(ApduTest)
#include "tst_apdu.moc"
