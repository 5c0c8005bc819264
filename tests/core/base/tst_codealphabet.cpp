// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/codealphabet.h"

#include <QTest>

using namespace conclave;

class TestCodeAlphabet : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void charactersHaveValues()
    {
        // formats.md, Custodian shares
        const QString alphabet = QStringLiteral("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
        QCOMPARE(alphabet.size(), 32);
        for (int i = 0; i < 32; ++i) {
            QCOMPARE(codeCharacterValue(alphabet[i].unicode()), i);
            QCOMPARE(codeCharacterValue(alphabet[i].toLower().unicode()), i);
        }
    }

    void lookAlikesAndOthersAreRefused()
    {
        for (const char32_t other : { U'I', U'L', U'O', U'U', U'i', U'l', U'o', U'u', U'-', U' ', U'\0', U'[',
                 U'`', U'{', U'\u00e9', U'\uff21' })
            QCOMPARE(codeCharacterValue(other), -1);
    }

    void firstBitsAreWrittenMostSignificantFirst()
    {
        // 00000 00001 00010 00011 00100 00101 00110 00111 -> 01234567
        const Bytes counting{ 0x00, 0x44, 0x32, 0x14, 0xc7 };
        QCOMPARE(encodePublicCode(counting, 8), QStringLiteral("01234567"));
        QCOMPARE(encodePublicCode(counting, 4), QStringLiteral("0123"));
        QCOMPARE(encodePublicCode(Bytes(5, 0xff), 8), QStringLiteral("ZZZZZZZZ"));
        QCOMPARE(encodePublicCode(Bytes{ 0x80 }, 1), QStringLiteral("G"));
        QCOMPARE(encodePublicCode({}, 0), QString());
    }

    void codesAgreeWithBitByBitReading()
    {
        Bytes bytes(16);
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<std::uint8_t>(i * 83 + 29);
        QString expected;
        for (std::size_t bit = 0; bit + 5 <= bytes.size() * 8; bit += 5) {
            int value = 0;
            for (std::size_t i = bit; i < bit + 5; ++i)
                value = value * 2 + ((bytes[i / 8] >> (7 - i % 8)) & 1);
            expected += QLatin1Char("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[value]);
        }
        QCOMPARE(expected.size(), 25);
        QCOMPARE(encodePublicCode(bytes, 25), expected);
    }
};

QTEST_GUILESS_MAIN(TestCodeAlphabet)
#include "tst_codealphabet.moc"
