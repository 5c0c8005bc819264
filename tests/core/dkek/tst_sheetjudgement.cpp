// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/dkek/sheetjudgement.h"

#include <QTest>

using namespace conclave;
using namespace conclave::dkek;

namespace {

SecretBytes code(const char* text)
{
    return SecretBytes(ByteView(reinterpret_cast<const std::uint8_t*>(text), qstrlen(text)));
}

Bytes hex(const char* text)
{
    return fromHex(QString::fromLatin1(text)).value();
}

/// The example of formats.md, Check code.
TypedSheet small()
{
    TypedSheet sheet;
    sheet.prime = hex("f34a189de5197cfb");
    sheet.share = { 3, SecretBytes(hex("41c09e07b82d56e3")) };
    sheet.rowsFit = true;
    sheet.checkCode = code("68M8");
    return sheet;
}

/// The verifier is hashlib.scrypt's of Python 3.11.
TypedSheet large()
{
    TypedSheet sheet;
    sheet.prime = hex("f0e1d2c3b4a5968778695a4b3c2d1ecb");
    sheet.share = { 1, SecretBytes(hex("333456789abcdef0fedcba9876543211")) };
    ShareVerifiers verifiers;
    verifiers.salt = hex("000102030405060708090a0b0c0d0e0f");
    verifiers.values = { hex("093b259360d1b9da") };
    sheet.verifiers = verifiers;
    return sheet;
}

} // namespace

class TestSheetJudgement : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFittingCheckCodeMakesTheSheetRight()
    {
        const SheetJudgement judgement = judgeSheet(small()).value();
        QVERIFY(judgement.rowsFit);
        QCOMPARE(judgement.checkCodeFits, std::optional(true));
        QCOMPARE(judgement.verifier, VerifierAnswer::NoVerifier);
        QCOMPARE(judgement.verdict(), SheetVerdict::Right);
    }

    void aSheetOfAnotherIdOrPrimeIsWrong()
    {
        TypedSheet sheet = small();
        sheet.share.id = 4;
        QCOMPARE(judgeSheet(sheet)->verdict(), SheetVerdict::Wrong);
        sheet = small();
        sheet.prime.back() ^= 2;
        QCOMPARE(judgeSheet(sheet)->verdict(), SheetVerdict::Wrong);
    }

    void aMatchingVerifierIsEnough()
    {
        const SheetJudgement judgement = judgeSheet(large()).value();
        QCOMPARE(judgement.checkCodeFits, std::optional<bool>());
        QCOMPARE(judgement.verifier, VerifierAnswer::Matches);
        QCOMPARE(judgement.verdict(), SheetVerdict::Right);
    }

    void aVerifierThatDiffersOutweighsAFittingCheckCode()
    {
        TypedSheet sheet = large();
        sheet.verifiers->values.front().back() ^= 1;
        sheet.checkCode = checkCode(sheet.prime, sheet.share);
        const SheetJudgement judgement = judgeSheet(sheet).value();
        QCOMPARE(judgement.checkCodeFits, std::optional(true));
        QCOMPARE(judgement.verdict(), SheetVerdict::Wrong);
    }

    void checkPairsAloneDoNotKnowTheSet()
    {
        TypedSheet sheet = small();
        sheet.checkCode = {};
        QCOMPARE(judgeSheet(sheet)->verdict(), SheetVerdict::Undecided);
    }

    void aValueThatCannotBeIsRefused()
    {
        TypedSheet sheet = small();
        sheet.share.value = SecretBytes(sheet.prime);
        QCOMPARE(judgeSheet(sheet).error().kind, ErrorKind::ValueNotBelowPrime);
    }
};

QTEST_GUILESS_MAIN(TestSheetJudgement)
#include "tst_sheetjudgement.moc"
