// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"

#include <QTest>

using namespace conclave;

class TestHex : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void allThreeFormsAreWritten()
    {
        const Bytes bytes{ 0x00, 0x41, 0xc0, 0x9e, 0xff };
        QCOMPARE(toHex(bytes), QStringLiteral("0041c09eff"));
        QCOMPARE(toHexPairs(bytes), QStringLiteral("00:41:c0:9e:ff"));
        QCOMPARE(toHexGroups(bytes), QStringLiteral("0041 C09E FF"));
    }

    void nothingIsWrittenAsNothing()
    {
        QVERIFY(toHex({}).isEmpty());
        QVERIFY(toHexPairs({}).isEmpty());
        QVERIFY(toHexGroups({}).isEmpty());
        QCOMPARE(fromHex(u"").value(), Bytes{});
    }

    void bothCasesAreRead()
    {
        const Bytes expected{ 0x0a, 0xbc, 0xdf };
        QCOMPARE(fromHex(u"0abcdf").value(), expected);
        QCOMPARE(fromHex(u"0ABCDF").value(), expected);
        QCOMPARE(fromHex(u"0AbCdF").value(), expected);
    }

    void everyByteComesBack()
    {
        for (int i = 0; i < 256; ++i) {
            const Bytes one{ static_cast<std::uint8_t>(i) };
            const QString text = QStringLiteral("%1").arg(i, 2, 16, QLatin1Char('0'));
            QCOMPARE(toHex(one), text);
            QCOMPARE(fromHex(text).value(), one);
        }
    }

    void otherTextIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("odd") << QStringLiteral("abc");
        QTest::newRow("colon") << QStringLiteral("ab:cd0");
        QTest::newRow("space") << QStringLiteral("ab cd0");
        QTest::newRow("prefix") << QStringLiteral("0x41");
        QTest::newRow("after f") << QStringLiteral("0g");
        QTest::newRow("before 0") << QStringLiteral("0/");
        QTest::newRow("minus") << QStringLiteral("-1");
        QTest::newRow("full width digits") << QString::fromUtf16(u"\uff11\uff12");
        QTest::newRow("arabic digits") << QString::fromUtf16(u"\u0661\u0662");
        QTest::newRow("zero") << QString(2, QChar(u'\0'));
    }
    void otherTextIsRefused()
    {
        QFETCH(QString, text);
        QVERIFY(!fromHex(text));
    }

    void digitsHaveValues()
    {
        const char32_t digits[] = U"0123456789abcdef";
        for (int i = 0; i < 16; ++i)
            QCOMPARE(hexDigitValue(digits[i]), i);
        QCOMPARE(hexDigitValue(U'F'), 15);
        for (const char32_t other :
            { U'g', U'G', U'/', U':', U'@', U'`', U'\U0001D7D8', char32_t{ 0xFFFFFFFF } })
            QCOMPARE(hexDigitValue(other), -1);
    }
};

QTEST_GUILESS_MAIN(TestHex)
#include "tst_hex.moc"
