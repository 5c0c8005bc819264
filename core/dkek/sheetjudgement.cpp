// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/dkek/sheetjudgement.h"

namespace conclave::dkek {

SheetVerdict SheetJudgement::verdict() const
{
    if (checkCodeFits == false || verifier == VerifierAnswer::Differs)
        return SheetVerdict::Wrong;
    if (checkCodeFits == true || verifier == VerifierAnswer::Matches)
        return SheetVerdict::Right;
    return SheetVerdict::Undecided;
}

Result<SheetJudgement> judgeSheet(const TypedSheet& sheet)
{
    const Result<VerifierAnswer> answer = askVerifier(sheet.verifiers, sheet.prime, sheet.share);
    if (!answer)
        return fail(answer.error());
    SheetJudgement judgement;
    judgement.rowsFit = sheet.rowsFit;
    judgement.verifier = *answer;
    if (!sheet.checkCode.empty())
        judgement.checkCodeFits = sheet.checkCode == checkCode(sheet.prime, sheet.share);
    return judgement;
}

} // namespace conclave::dkek
