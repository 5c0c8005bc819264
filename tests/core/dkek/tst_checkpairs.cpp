// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/dkek/checkpairs.h"

#include <QTest>

#include <array>
#include <random>

using namespace conclave;
using namespace conclave::dkek;

namespace {

Bytes bytes(const char* hex)
{
    return fromHex(QString::fromLatin1(hex)).value();
}

/// A row as it stands on the sheet.
Bytes written(const RowPlace& place, const Bytes& pairs)
{
    Bytes row = pairs;
    const SecretBytes checks = checkPairs(place, pairs);
    row.insert(row.end(), checks.data(), checks.data() + checks.size());
    return row;
}

bool same(const SecretBytes& a, const Bytes& b)
{
    return toBytes(a) == b;
}

bool fits(const RowVerdict& verdict)
{
    return std::holds_alternative<RowFits>(verdict);
}

/// The row is taken, as it is or repaired.
bool accepted(const RowVerdict& verdict)
{
    return fits(verdict) || std::holds_alternative<RowRepaired>(verdict);
}

const RowPlace kPlace{ 3, 1 };
const Bytes kPairs = bytes("41c09e07b82d56e3");

} // namespace

class TestCheckPairs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSheetHasTheCheckPairsBehindEachRow()
    {
        // Both rows as in the table below.
        QVERIFY(same(sheetRows(3, kPairs), bytes("41c09e07b82d56e355721d")));
        const Bytes value = bytes("41c09e07b82d56e3"
                                  "41c09e07");
        const SecretBytes sheet = sheetRows(3, value);
        QCOMPARE(sheet.size(), std::size_t(8 + 3 + 4 + 3));
        QCOMPARE(toBytes(sheet.view().first(11)), bytes("41c09e07b82d56e355721d"));
        QVERIFY(fits(judgeRow({ 3, 2 }, sheet.view().last(7))));
        QVERIFY(!fits(judgeRow({ 3, 1 }, sheet.view().last(7))));
    }

    // The first row is the vector of formats.md; the others come from a division of polynomials written for
    // this in Python, which gives the vector, too.
    void checkPairsAreTheRemainderOfTheDivision_data()
    {
        QTest::addColumn<int>("id");
        QTest::addColumn<int>("row");
        QTest::addColumn<QString>("pairs");
        QTest::addColumn<QString>("checks");
        const auto add = [](int id, int row, const char* pairs, const char* checks) {
            QTest::addRow("%d %d %s", id, row, pairs)
                << id << row << QString::fromLatin1(pairs) << QString::fromLatin1(checks);
        };
        add(3, 1, "41c09e07b82d56e3", "55721d");
        add(1, 1, "0000000000000000", "f4e91d");
        add(99, 3, "01234567", "0c0b67");
        add(7, 2, "ffffffffffffffff", "91e074");
        add(12, 3, "deadbeef", "2ae6e1");
        add(99, 1, "0041c0ffee112233", "8087f5");
    }
    void checkPairsAreTheRemainderOfTheDivision()
    {
        QFETCH(int, id);
        QFETCH(int, row);
        QFETCH(QString, pairs);
        QFETCH(QString, checks);
        const Bytes value = *fromHex(pairs);
        QCOMPARE(toHex(checkPairs({ id, row }, value)), checks);
        QVERIFY(fits(judgeRow({ id, row }, written({ id, row }, value))));
    }

    void valueIsCutIntoRowsOfEight()
    {
        const Bytes value(20, 7);
        QCOMPARE(valueRow(value, 1).size(), std::size_t{ 8 });
        QCOMPARE(valueRow(value, 3).size(), std::size_t{ 4 });
        QVERIFY(valueRow(value, 4).empty());
        QVERIFY(valueRow(Bytes(16), 3).empty());
    }

    void anyOneWrongPairIsRepairedAndNamed()
    {
        const Bytes right = written(kPlace, kPairs);
        for (std::size_t position = 0; position < right.size(); ++position) {
            for (unsigned error = 1; error < 256; ++error) {
                Bytes typed = right;
                typed[position] ^= static_cast<std::uint8_t>(error);
                const RowVerdict verdict = judgeRow(kPlace, typed);
                const auto* repaired = std::get_if<RowRepaired>(&verdict);
                QVERIFY(repaired);
                QVERIFY(same(repaired->row, right));
                QVERIFY(repaired->filled.empty());
                QCOMPARE(repaired->wrong.value(), position);
                QCOMPARE(repaired->checksLeft, 1);
            }
        }
    }

    /// The code is linear: a common factor of all differences changes no verdict, so one of them may be 1.
    void anyTwoWrongPairsAreFoundAndNotRepaired()
    {
        const Bytes right = written(kPlace, kPairs);
        for (std::size_t first = 0; first < right.size(); ++first) {
            for (std::size_t second = first + 1; second < right.size(); ++second) {
                for (unsigned error = 1; error < 256; ++error) {
                    Bytes typed = right;
                    typed[first] ^= 1;
                    typed[second] ^= static_cast<std::uint8_t>(error);
                    QVERIFY(!accepted(judgeRow(kPlace, typed)));
                }
            }
        }
    }

    /// Of the words of weight three, those beside a word of the code: with distance 4 and 255 words for each
    /// four positions (the code is MDS), each has four neighbours of weight three.
    void threeWrongPairsAreTakenAsOftenAsTheWeightsOfTheCodeSay()
    {
        const RowPlace place{ 12, 3 };
        const Bytes right = written(place, bytes("deadbeef"));
        int taken = 0;
        for (std::size_t a = 0; a < right.size(); ++a) {
            for (std::size_t b = a + 1; b < right.size(); ++b) {
                for (std::size_t c = b + 1; c < right.size(); ++c) {
                    for (unsigned errors = 0; errors < 255 * 255; ++errors) {
                        Bytes typed = right;
                        typed[a] ^= 1;
                        typed[b] ^= static_cast<std::uint8_t>(1 + errors % 255);
                        typed[c] ^= static_cast<std::uint8_t>(1 + errors / 255);
                        taken += accepted(judgeRow(place, typed)) ? 1 : 0;
                    }
                }
            }
        }
        QCOMPARE(taken, 35 * 4); // 7 over 4, of 35 * 255 * 255 up to a factor
    }

    void upToThreeMarkedPairsAreFilled()
    {
        const Bytes right = written(kPlace, kPairs);
        for (std::size_t a = 0; a < right.size(); ++a) {
            for (std::size_t b = a; b < right.size(); ++b) {
                for (std::size_t c = b; c < right.size(); ++c) {
                    std::vector<std::size_t> marked{ a };
                    if (b != a)
                        marked.push_back(b);
                    if (c != b)
                        marked.push_back(c);
                    Bytes typed = right;
                    for (const std::size_t i : marked)
                        typed[i] = static_cast<std::uint8_t>(i * 17);
                    const RowVerdict verdict = judgeRow(kPlace, typed, marked);
                    const auto* repaired = std::get_if<RowRepaired>(&verdict);
                    QVERIFY(repaired);
                    QVERIFY(same(repaired->row, right));
                    QCOMPARE(repaired->filled, marked);
                    QVERIFY(!repaired->wrong);
                    QCOMPARE(repaired->checksLeft, 3 - static_cast<int>(marked.size()));
                }
            }
        }
    }

    void besideOneMarkedPairOneWrongOneIsRepaired()
    {
        const Bytes right = written(kPlace, kPairs);
        for (std::size_t mark = 0; mark < right.size(); ++mark) {
            for (std::size_t wrong = 0; wrong < right.size(); ++wrong) {
                if (wrong == mark)
                    continue;
                Bytes typed = right;
                typed[mark] = 0;
                typed[wrong] ^= 0x5A;
                const RowVerdict verdict = judgeRow(kPlace, typed, std::array{ mark });
                const auto* repaired = std::get_if<RowRepaired>(&verdict);
                QVERIFY(repaired);
                QVERIFY(same(repaired->row, right));
                QCOMPARE(repaired->wrong.value(), wrong);
                QCOMPARE(repaired->checksLeft, 0);
            }
        }
    }

    void besideTwoMarkedPairsAWrongOneIsFound()
    {
        const Bytes right = written(kPlace, kPairs);
        for (std::size_t wrong = 2; wrong < right.size(); ++wrong) {
            for (unsigned error = 1; error < 256; ++error) {
                Bytes typed = right;
                typed[wrong] ^= static_cast<std::uint8_t>(error);
                QVERIFY(!accepted(judgeRow(kPlace, typed, std::array<std::size_t, 2>{ 0, 1 })));
            }
        }
    }

    void moreMarksThanCheckPairsAreRefused()
    {
        const Bytes right = written(kPlace, kPairs);
        QVERIFY(!accepted(judgeRow(kPlace, right, std::array<std::size_t, 4>{ 0, 1, 2, 3 })));
    }

    void marksThatCannotBeAreRefused()
    {
        const Bytes right = written(kPlace, kPairs);
        QVERIFY(!accepted(judgeRow(kPlace, right, std::array<std::size_t, 1>{ right.size() })));
        QVERIFY(!accepted(judgeRow(kPlace, right, std::array<std::size_t, 2>{ 4, 4 })));
    }

    void rowsOfNoPossibleLengthAreRefused()
    {
        for (const std::size_t size : { 0U, 1U, 3U, 12U, 400U })
            QVERIFY(!accepted(judgeRow(kPlace, Bytes(size))));
    }

    void rowOfAnotherPlaceIsRecognised()
    {
        for (int id = 1; id <= 99; ++id) {
            for (int row = 1; row <= kMostRows; ++row) {
                const RowPlace place{ id, row };
                if (place == kPlace)
                    continue;
                const RowVerdict verdict = judgeRow(kPlace, written(place, kPairs));
                const auto* another = std::get_if<RowOfAnotherPlace>(&verdict);
                QVERIFY(another);
                QCOMPARE(another->place, place);
            }
        }
    }

    void rowInTheWrongPlaceIsRecognisedBesideAMarkedPair()
    {
        for (std::size_t mark = 0; mark < kPairs.size() + kCheckPairs; ++mark) {
            Bytes typed = written({ kPlace.id, 2 }, kPairs);
            typed[mark] = 0xEE;
            const RowVerdict verdict = judgeRow(kPlace, typed, std::array{ mark });
            const auto* another = std::get_if<RowOfAnotherPlace>(&verdict);
            QVERIFY(another);
            QCOMPARE(another->place, (RowPlace{ kPlace.id, 2 }));
        }
    }

    void rowOfAnotherSheetIsNotRepairedIntoThisOne()
    {
        const Bytes other = written({ 4, 1 }, kPairs);
        for (std::size_t position = 0; position < other.size(); ++position) {
            for (unsigned error = 1; error < 256; ++error) {
                Bytes typed = other;
                typed[position] ^= static_cast<std::uint8_t>(error);
                QVERIFY(!accepted(judgeRow(kPlace, typed)));
            }
        }
    }

    void numbersThatAreNoPlaceAreNotNamed()
    {
        for (const RowPlace& place :
            { RowPlace{ 100, 1 }, RowPlace{ 0, 1 }, RowPlace{ 3, 4 }, RowPlace{ 200, 2 }, RowPlace{ 3, 0 } })
            QVERIFY(std::holds_alternative<RowDoesNotFit>(judgeRow(kPlace, written(place, kPairs))));
    }

    void swappedNeighboursAreFound()
    {
        const Bytes right = written(kPlace, kPairs);
        for (std::size_t i = 0; i + 1 < right.size(); ++i) {
            Bytes typed = right;
            std::swap(typed[i], typed[i + 1]);
            QVERIFY(!accepted(judgeRow(kPlace, typed)));
        }
    }

    /// 1 + 11 * 255 of 2^24 words are taken: 1.7 in 10,000.
    void nonsenseIsTakenAsRarelyAsTheDistanceSays()
    {
        std::mt19937 random(20261125);
        int taken = 0;
        constexpr int kWords = 200'000;
        for (int i = 0; i < kWords; ++i) {
            Bytes typed(kPairs.size() + kCheckPairs);
            for (std::uint8_t& pair : typed)
                pair = static_cast<std::uint8_t>(random());
            taken += accepted(judgeRow(kPlace, typed)) ? 1 : 0;
        }
        QVERIFY2(taken > 10 && taken < 70, qPrintable(QString::number(taken))); // 33 expected
    }
};

QTEST_GUILESS_MAIN(TestCheckPairs)
#include "tst_checkpairs.moc"
