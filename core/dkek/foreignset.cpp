// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/dkek/foreignset.h"

#include "core/base/hex.h"

#include <algorithm>

namespace conclave::dkek {

namespace {

constexpr qsizetype kLongestId = 2;

struct Id {
    int decimal = 0;
    int hex = 0;
};

/// An id with a letter in it is hexadecimal in either reading.
std::optional<Id> readId(const QString& text)
{
    if (text.isEmpty() || text.size() > kLongestId)
        return std::nullopt;
    Id id;
    bool letters = false;
    for (const QChar c : text) {
        const int digit = hexDigitValue(c.unicode());
        if (digit < 0)
            return std::nullopt;
        letters = letters || digit > 9;
        id.decimal = id.decimal * 10 + digit;
        id.hex = id.hex * 16 + digit;
    }
    if (letters)
        id.decimal = id.hex;
    return id;
}

Result<SecretBytes> joinWithIds(
    ByteView prime, std::span<const TypedShare> shares, std::span<const Id> ids, int Id::*reading)
{
    std::vector<CustodianShare> padded;
    std::vector<const CustodianShare*> chosen;
    padded.reserve(shares.size());
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const ByteView value = shares[i].value;
        const SecretBytes zeros(value.size() < prime.size() ? prime.size() - value.size() : 0);
        padded.push_back({ ids[i].*reading, SecretBytes::concatenate({ zeros, value }) });
        chosen.push_back(&padded.back());
    }
    return joinPassword(prime, chosen);
}

void addCandidates(std::vector<PasswordCandidate>& candidates, SecretBytes password, Readings ids)
{
    if (password.empty() || password[0] != 0) {
        candidates.push_back({ std::move(password), ids });
        return;
    }
    SecretBytes minimal = minimalPassword(password);
    candidates.push_back({ std::move(password), ids | Reading::PaddedZero });
    candidates.push_back({ std::move(minimal), ids | Reading::MinimalPassword });
}

} // namespace

Result<std::vector<PasswordCandidate>> passwordCandidates(ByteView prime, std::span<const TypedShare> shares)
{
    if (const Status fits = checkPrime(prime); !fits)
        return fail(fits.error());
    std::vector<Id> ids;
    for (const TypedShare& share : shares) {
        const std::optional<Id> id = readId(share.id);
        if (!id)
            return fail(ErrorKind::ShareIdOutOfRange);
        ids.push_back(*id);
    }
    const bool twoReadings = std::ranges::any_of(ids, [](const Id& id) { return id.decimal != id.hex; });

    std::vector<PasswordCandidate> candidates;
    Result<SecretBytes> decimal = joinWithIds(prime, shares, ids, &Id::decimal);
    if (decimal)
        addCandidates(candidates, std::move(*decimal), twoReadings ? Reading::IdsDecimal : Readings());
    if (twoReadings) {
        if (Result<SecretBytes> hex = joinWithIds(prime, shares, ids, &Id::hex))
            addCandidates(candidates, std::move(*hex), Reading::IdsHex);
    }
    if (candidates.empty())
        return fail(decimal.error());
    return candidates;
}

Result<ForeignOpening> openForeignSet(const ShareFile& file, std::span<const PasswordCandidate> candidates,
    const std::optional<CheckValue>& shareCheck, KdfRounds rounds)
{
    for (const PasswordCandidate& candidate : candidates) {
        const Result<SecretBytes> key = deriveKey(candidate.password, file.salt(), rounds);
        if (!key)
            return fail(key.error());
        Result<SecretBytes> clear = file.decrypt(*key);
        if (clear && (!shareCheck || checkValue(*clear) == *shareCheck))
            return ForeignOpening{ std::move(*clear), candidate.readings };
        if (!clear && clear.error().kind != ErrorKind::SharesDoNotOpenFile)
            return fail(clear.error());
    }
    return fail(ErrorKind::SharesDoNotOpenFile);
}

} // namespace conclave::dkek
