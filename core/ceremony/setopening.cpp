// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/setopening.h"

#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/ceremony/companionfile.h"
#include "core/dkek/setproof.h"
#include "core/dkek/sharefile.h"
#include "core/dkek/sharepolynomial.h"
#include "core/dkek/subsets.h"

#include <QDir>
#include <QFile>

#include <algorithm>

namespace conclave::ceremony {

namespace {

constexpr int kMostTries = 24; // of deriving a key, 3 s each: all choices of M out of M+1 up to M = 16
constexpr int kMostId = 99;
constexpr int kHex = 16;

using Shares = std::vector<dkek::CustodianShare>;

ByteView viewOf(const QByteArray& bytes)
{
    return { reinterpret_cast<const std::uint8_t*>(bytes.constData()),
        static_cast<std::size_t>(bytes.size()) };
}

Result<dkek::ShareFile> readFile(const OpeningOrder& order)
{
    QFile file(QDir(order.folder).filePath(order.made.file));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::FileUnreadable, file.fileName());
    const QByteArray content = file.read(dkek::kShareFileBytes + 1);
    if (toHex(sha256(viewOf(content))) != order.made.sha256)
        return fail(ErrorKind::ShareFileOfAnotherSet, file.fileName());
    return dkek::ShareFile::parse(viewOf(content));
}

std::optional<dkek::CheckValue> knownShareCheck(const SetMade& made)
{
    const std::optional<Bytes> bytes = fromHex(made.shareCheck);
    dkek::CheckValue check{};
    if (!bytes || bytes->size() != check.size())
        return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), check.begin());
    return check;
}

Shares copyOf(const Shares& shares, std::span<const std::size_t> chosen)
{
    Shares copy;
    for (const std::size_t index : chosen)
        copy.push_back({ shares[index].id, shares[index].value.clone() });
    return copy;
}

/// Passwords that these shares may mean: one, or those of foreignset.h.
Result<std::vector<dkek::PasswordCandidate>> candidatesOf(
    const OpeningOrder& order, ByteView prime, const Shares& shares)
{
    std::vector<dkek::PasswordCandidate> candidates;
    if (order.otherTool) {
        std::vector<dkek::TypedShare> typed;
        for (const dkek::CustodianShare& share : shares)
            typed.push_back({ QString::number(share.id, kHex), share.value.clone() });
        return dkek::passwordCandidates(prime, typed);
    }
    std::vector<const dkek::CustodianShare*> pointers;
    std::transform(shares.begin(), shares.end(), std::back_inserter(pointers),
        [](const dkek::CustodianShare& share) { return &share; });
    Result<SecretBytes> password = dkek::joinPassword(prime, pointers);
    if (!password)
        return fail(password.error());
    candidates.push_back({ std::move(*password), {} });
    return candidates;
}

Result<dkek::ForeignOpening> openWith(
    const OpeningOrder& order, const dkek::ShareFile& file, ByteView prime, const Shares& shares)
{
    const auto candidates = candidatesOf(order, prime, shares);
    if (!candidates)
        return fail(candidates.error());
    return dkek::openForeignSet(file, *candidates, knownShareCheck(order.made), order.rounds);
}

/// Nothing when it is missing, or another set's.
std::optional<dkek::Companion> companionBeside(const QString& folder, const SetMade& made)
{
    Result<dkek::Companion> companion = readCompanion(QDir(folder).filePath(companionOf(made.file)));
    if (!companion || companion->set != made.set || toHex(companion->prime) != made.prime)
        return std::nullopt;
    return std::move(*companion);
}

/// The ids of the shares that the companion's verifiers do not know; none when there are no verifiers, or
/// none that speak.
std::vector<int> unknownToVerifiers(const OpeningOrder& order)
{
    if (order.otherTool)
        return {};
    const std::optional<dkek::Companion> companion = companionBeside(order.folder, order.made);
    if (!companion)
        return {};
    std::vector<int> unknown;
    for (const dkek::CustodianShare& share : order.shares) {
        const auto answer = dkek::askVerifier(companion->verifiers, companion->prime, share);
        if (answer && *answer == dkek::VerifierAnswer::Differs)
            unknown.push_back(share.id);
    }
    std::ranges::sort(unknown);
    return unknown;
}

/// The same shares under the numbers that their ids mean: as they are, or for another tool in decimal and in
/// hex, where that gives numbers that can be.
std::vector<Shares> readingsOf(const OpeningOrder& order)
{
    std::vector<Shares> readings;
    for (const int base : order.otherTool ? std::vector{ 10, kHex } : std::vector{ kHex }) {
        Shares read;
        for (const dkek::CustodianShare& share : order.shares) {
            bool number = false;
            const int inBase = QString::number(share.id, kHex).toInt(&number, base);
            read.push_back({ number ? inBase : share.id, share.value.clone() });
        }
        const bool possible = std::ranges::all_of(
            read, [](const dkek::CustodianShare& share) { return share.id >= 1 && share.id <= kMostId; });
        const bool same = !readings.empty()
            && std::ranges::equal(
                readings.front(), read, {}, &dkek::CustodianShare::id, &dkek::CustodianShare::id);
        if (possible && !same)
            readings.push_back(std::move(read));
    }
    return readings;
}

/// Indexes of the shares that lie on the polynomial through the chosen ones, these included.
Result<std::vector<std::size_t>> onPolynomial(
    ByteView prime, const Shares& shares, std::span<const std::size_t> chosen)
{
    Result<dkek::SharePolynomial> polynomial = dkek::SharePolynomial::over(prime, shares);
    if (!polynomial)
        return fail(polynomial.error());
    std::vector<std::size_t> on;
    SecretBytes value;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        if (std::ranges::find(chosen, i) == chosen.end()) {
            if (const Status computed = polynomial->valueAt(shares[i].id, chosen, value); !computed)
                return fail(computed.error());
            if (!(value == shares[i].value))
                continue;
        }
        on.push_back(i);
    }
    return on;
}

/// What was told about more than M shares.
struct Found {
    OpenedSet opened;
    bool done = false;
};

void tell(
    Found& found, const OpeningOrder& order, dkek::ForeignOpening opening, std::span<const std::size_t> right)
{
    found.done = true;
    found.opened.clear = std::move(opening.clear);
    found.opened.readings = opening.readings;
    for (std::size_t i = 0; i < order.shares.size(); ++i) {
        if (std::ranges::find(right, i) == right.end())
            found.opened.wrong.push_back(order.shares[i].id);
    }
    std::ranges::sort(found.opened.wrong);
    if (!found.opened.wrong.empty())
        found.opened.wrongBy = WrongShareBy::Consistency;
}

/// Those of most shares on one polynomial open it, or are of another set.
Status tryConsistent(
    Found& found, const OpeningOrder& order, const dkek::ShareFile& file, ByteView prime, const Shares& read)
{
    const auto inconsistent = dkek::findInconsistent(prime, order.threshold, read);
    if (!inconsistent)
        return fail(inconsistent.error());
    if (!*inconsistent)
        return {};
    std::vector<std::size_t> right;
    for (std::size_t i = 0; i < read.size(); ++i) {
        if (std::ranges::find(**inconsistent, read[i].id) == (*inconsistent)->end())
            right.push_back(i);
    }
    Result<dkek::ForeignOpening> opening = openWith(order, file, prime, copyOf(order.shares, right));
    if (opening)
        tell(found, order, std::move(*opening), right);
    else if (opening.error().kind == ErrorKind::SharesDoNotOpenFile)
        found.opened.fitTogether = right.size() == read.size();
    else
        return fail(opening.error());
    return {};
}

/// Each M of them, where they are few.
Status tryQuorums(
    Found& found, const OpeningOrder& order, const dkek::ShareFile& file, ByteView prime, const Shares& read)
{
    const auto size = static_cast<std::size_t>(order.threshold);
    const auto visited = dkek::visitSubsets(
        read.size(), size, kMostTries, [&](std::span<const std::size_t> chosen) -> Result<bool> {
            Result<dkek::ForeignOpening> opening = openWith(order, file, prime, copyOf(order.shares, chosen));
            if (!opening && opening.error().kind == ErrorKind::SharesDoNotOpenFile)
                return true;
            if (!opening)
                return fail(opening.error());
            const auto right = onPolynomial(prime, read, chosen);
            if (!right)
                return fail(right.error());
            tell(found, order, std::move(*opening), *right);
            return false;
        });
    return visited ? Status() : fail(visited.error());
}

} // namespace

Result<dkek::VerifierAnswer> askCompanion(
    const QString& folder, const SetMade& made, const dkek::CustodianShare& share)
{
    const std::optional<dkek::Companion> companion = companionBeside(folder, made);
    return companion ? dkek::askVerifier(companion->verifiers, companion->prime, share)
                     : dkek::VerifierAnswer::NoVerifier;
}

Result<SecretBytes> openShareFile(const OpeningOrder& order)
{
    const Result<dkek::ShareFile> file = readFile(order);
    if (!file)
        return fail(file.error());
    Result<dkek::ForeignOpening> opening = fail(ErrorKind::SharesDoNotOpenFile);
    if (order.shares.empty()) {
        std::vector<dkek::PasswordCandidate> password;
        password.push_back({ order.password.clone(), {} });
        opening = dkek::openForeignSet(*file, password, knownShareCheck(order.made), order.rounds);
    } else {
        opening = openWith(order, *file, fromHex(order.made.prime).value_or(Bytes()), order.shares);
    }
    if (opening)
        return std::move(opening->clear);
    if (opening.error().kind != ErrorKind::SharesDoNotOpenFile)
        return fail(opening.error());
    const std::vector<int> unknown = unknownToVerifiers(order);
    return fail(Error{ .kind = ErrorKind::SharesDoNotOpenFile,
        .number = unknown.empty() ? std::nullopt : std::optional(unknown.front()) });
}

Result<OpenedSet> openSet(const OpeningOrder& order)
{
    const Result<dkek::ShareFile> file = readFile(order);
    if (!file)
        return fail(file.error());
    const Bytes prime = fromHex(order.made.prime).value_or(Bytes());
    Found found;
    Result<dkek::ForeignOpening> opening = openWith(order, *file, prime, order.shares);
    if (opening) {
        std::vector<std::size_t> all(order.shares.size());
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = i;
        tell(found, order, std::move(*opening), all);
        return std::move(found.opened);
    }
    if (opening.error().kind != ErrorKind::SharesDoNotOpenFile)
        return fail(opening.error());
    found.opened.wrong = unknownToVerifiers(order);
    if (!found.opened.wrong.empty()) {
        found.opened.wrongBy = WrongShareBy::Verifier;
        return std::move(found.opened);
    }
    if (order.shares.size() <= static_cast<std::size_t>(order.threshold))
        return std::move(found.opened);
    const std::vector<Shares> readings = readingsOf(order);
    for (const auto attempt : { &tryConsistent, &tryQuorums }) {
        for (const Shares& read : readings) {
            if (const Status tried = attempt(found, order, *file, prime, read); !tried)
                return fail(tried.error());
            if (found.done)
                return std::move(found.opened);
        }
        if (found.opened.fitTogether)
            break;
    }
    return std::move(found.opened);
}

} // namespace conclave::ceremony
