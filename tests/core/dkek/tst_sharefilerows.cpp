// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/dkek/sharefilerows.h"

#include <QTest>

#include <algorithm>

using namespace conclave;
using namespace conclave::dkek;

namespace {

// A share file of sc-hsm-tool (shamir.json, leading_zero_trap). Row checks and hash from Python's hashlib.
const char* const kRows[] = { "53616c7465645f5f0a5087f680211956", "d509d5a71d48245936ab9b031c9b17a4",
    "bcf7ac116c7ebb222d300130dc60b0ae", "ec8d7efe49d3376dd8df23170b1a7bff" };
const char* const kChecks[] = { "DJ", "5V", "8H", "F3" };
const QString kHash = QStringLiteral("647b1c6726f58b501c7d0edb0098fc9d36d07851648a86ac149871722b4517c9");

Bytes row(int number)
{
    return fromHex(QString::fromLatin1(kRows[number - 1])).value();
}

QString check(int number)
{
    return QString::fromLatin1(kChecks[number - 1]);
}

Bytes file()
{
    Bytes bytes;
    for (int number = 1; number <= kFileRows; ++number) {
        const Bytes one = row(number);
        bytes.insert(bytes.end(), one.begin(), one.end());
    }
    return bytes;
}

} // namespace

class TestShareFileRows : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rowsAndTheirChecksAreAsOnTheSheet()
    {
        const Bytes whole = file();
        for (int number = 1; number <= kFileRows; ++number) {
            QCOMPARE(toBytes(fileRow(whole, number)), row(number));
            QCOMPARE(fileRowCheck(row(number)), check(number));
            QCOMPARE(judgeFileRow(number, row(number), check(number)), FileRowVerdict::Fits);
            QCOMPARE(judgeFileRow(number, row(number), check(number).toLower()), FileRowVerdict::Fits);
        }
    }

    void slipsOfEveryDigitAreFoundInTheseRows()
    {
        for (int number = 1; number <= kFileRows; ++number) {
            for (std::size_t digit = 0; digit < 2 * kFileRowBytes; ++digit) {
                Bytes typed = row(number);
                typed[digit / 2] ^= digit % 2 == 0 ? 0x50 : 0x05;
                QCOMPARE(judgeFileRow(number, typed, check(number)), FileRowVerdict::CheckDiffers);
            }
        }
    }

    void checksThatAreNotThisRowsAreFound()
    {
        for (const char16_t* wrong : { u"", u"D", u"DJJ", u"JD", u"5V", u"D\u0130" })
            QCOMPARE(judgeFileRow(1, row(1), wrong), FileRowVerdict::CheckDiffers);
    }

    void rowsOfAnotherLengthAreRefused()
    {
        const Bytes typed = row(2);
        QCOMPARE(judgeFileRow(2, ByteView(typed).first(15), check(2)), FileRowVerdict::WrongLength);
        QCOMPARE(judgeFileRow(2, {}, check(2)), FileRowVerdict::WrongLength);
        QCOMPARE(judgeFileRow(2, file(), check(2)), FileRowVerdict::WrongLength);
    }

    void theFirstRowIsKnownByItsBeginning()
    {
        QCOMPARE(judgeFileRow(1, row(3), check(3)), FileRowVerdict::OtherRow);
        QCOMPARE(judgeFileRow(3, row(1), check(1)), FileRowVerdict::OtherRow);
    }

    void startOfTheHashJudgesTheWhole()
    {
        QVERIFY(hashStartFits(file(), kHash));
        QVERIFY(hashStartFits(file(), kHash.first(16)));
        QVERIFY(hashStartFits(file(), u"647B 1C67 26F5 8B50"));
        QVERIFY(!hashStartFits(file(), kHash.first(15)));
        QVERIFY(!hashStartFits(file(), u""));
        QVERIFY(!hashStartFits(file(), u"647b 1c67 26f5 8b51"));
        QVERIFY(!hashStartFits(file(), QString(kHash + QLatin1Char('0'))));
        Bytes swapped = file();
        std::swap_ranges(swapped.begin() + 16, swapped.begin() + 32, swapped.begin() + 32);
        QVERIFY(!hashStartFits(swapped, kHash.first(16)));
    }
};

QTEST_GUILESS_MAIN(TestShareFileRows)
#include "tst_sharefilerows.moc"
