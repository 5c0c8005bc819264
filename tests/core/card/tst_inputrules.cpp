// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/inputrules.h"

#include <QtTest>

using namespace conclave;
using namespace conclave::card;

namespace {

Bytes ascii(const char* text)
{
    return Bytes(text, text + std::strlen(text));
}

} // namespace

class InputRulesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void userPinHasSixToSixteenCharacters_data()
    {
        QTest::addColumn<QByteArray>("pin");
        QTest::addColumn<bool>("good");
        QTest::newRow("empty") << QByteArray("") << false;
        QTest::newRow("5") << QByteArray("12345") << false;
        QTest::newRow("6") << QByteArray("123456") << true;
        QTest::newRow("16") << QByteArray("1234567890abcdef") << true;
        QTest::newRow("17") << QByteArray("1234567890abcdefg") << false;
        QTest::newRow("signs") << QByteArray("a b~!\"") << true;
        QTest::newRow("control character") << QByteArray("12345\n") << false;
        QTest::newRow("not ASCII") << QByteArray("12345\xC3\xA4") << false;
    }

    void userPinHasSixToSixteenCharacters()
    {
        QFETCH(QByteArray, pin);
        QFETCH(bool, good);
        const Status status = checkUserPin(Bytes(pin.begin(), pin.end()));
        QCOMPARE(status.has_value(), good);
        if (!good)
            QCOMPARE(status.error().kind, ErrorKind::PinRule);
    }

    void soPinHasSixteenHexDigits()
    {
        QVERIFY(checkSoPin(ascii("3537363231383830")));
        QVERIFY(checkSoPin(ascii("0123456789abcDEF")));
        for (const char* wrong :
            { "", "353736323138383", "35373632313838300", "353736323138383g", "3537 36323138380" })
            QCOMPARE(checkSoPin(ascii(wrong)).error().kind, ErrorKind::SoPinRule);
    }

    void triesDependOnThePinsLength()
    {
        QCOMPARE(mostPinTries(6), 3);
        QCOMPARE(mostPinTries(7), 5);
        QCOMPARE(mostPinTries(8), 10);
        QCOMPARE(mostPinTries(16), 10);
    }

    void aDeviceWithManyTriesNeedsALongPin()
    {
        const std::pair<int, std::size_t> cases[]
            = { { 1, 6 }, { 3, 6 }, { 4, 7 }, { 5, 7 }, { 6, 8 }, { 15, 8 } };
        for (const auto& [tries, length] : cases)
            QCOMPARE(shortestUserPin(tries), length);
    }

    void labelHasOneToThirtyTwoBytes()
    {
        QVERIFY(checkLabel(QStringLiteral("a")));
        QVERIFY(checkLabel(QString(32, QLatin1Char('a'))));
        QVERIFY(checkLabel(QString(16, QChar(0xE4)))); // two bytes each
        for (const QString& wrong : { QString(), QString(33, QLatin1Char('a')), QString(17, QChar(0xE4)) })
            QCOMPARE(checkLabel(wrong).error().kind, ErrorKind::LabelRule);
    }
};

QTEST_GUILESS_MAIN(InputRulesTest)
#include "tst_inputrules.moc"
