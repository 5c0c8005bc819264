// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/setmaker.h"

#include "core/base/codealphabet.h"
#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/ceremony/ceremonyfolder.h"
#include "core/ceremony/companionfile.h"
#include "core/ceremony/durablefile.h"
#include "core/dkek/setproof.h"
#include "core/dkek/sharefile.h"

#include <QDir>
#include <QFile>

namespace conclave::ceremony {

namespace {

constexpr int kSetIdCharacters = 6;

ByteView viewOf(const QByteArray& bytes)
{
    return { reinterpret_cast<const std::uint8_t*>(bytes.constData()),
        static_cast<std::size_t>(bytes.size()) };
}

dkek::SharingScheme schemeOf(const ShareFileRule& rule)
{
    return { .threshold = rule.threshold, .total = rule.total, .bits = rule.bits };
}

/// `companion` gets the scheme, the prime and the verifiers.
Result<FreshSet> withPassword(
    const SetOrder& order, const dkek::RandomSource& random, dkek::Companion& companion)
{
    FreshSet set;
    if (order.rule.isPassword()) {
        set.password = order.password.clone();
        return set;
    }
    Result<dkek::SharedPassword> shared = dkek::sharePassword(schemeOf(order.rule), random);
    if (!shared)
        return fail(shared.error());
    const Result<dkek::SetProof> proof = dkek::proveSet(*shared);
    if (!proof)
        return fail(proof.error());
    set.made.subsetsProven = proof->subsets;
    set.made.allSubsets = proof->allSubsets;
    Result<std::optional<dkek::ShareVerifiers>> verifiers
        = dkek::makeVerifiers(*shared, random, order.verifierCost);
    if (!verifiers)
        return fail(verifiers.error());
    companion.scheme = shared->scheme;
    companion.prime = shared->prime;
    companion.verifiers = std::move(*verifiers);
    set.password = std::move(shared->password);
    set.shares = std::move(shared->shares);
    set.made.prime = toHex(shared->prime);
    return set;
}

/// Whether the file as it will be saved gives its clear bytes back. Derives the key anew: the one that
/// encrypted proves nothing.
Status proveFile(const FreshSet& set, dkek::KdfRounds rounds)
{
    const Result<dkek::ShareFile> file = dkek::ShareFile::parse(set.file);
    if (!file)
        return fail(ErrorKind::SetNotProven);
    const Result<SecretBytes> key = dkek::deriveKey(set.password, file->salt(), rounds);
    if (!key)
        return fail(key.error());
    const Result<SecretBytes> clear = file->decrypt(*key);
    if (!clear || !(*clear == set.clearShare))
        return fail(ErrorKind::SetNotProven);
    return {};
}

} // namespace

Result<FreshSet> makeSet(const SetOrder& order)
{
    const dkek::RandomSource random
        = order.deviceRandom.empty() ? dkek::opensslRandom() : dkek::mixedRandom(order.deviceRandom);
    dkek::Companion companion;
    Result<FreshSet> set = withPassword(order, random, companion);
    if (!set)
        return set;
    Result<SecretBytes> share
        = order.clearShare.empty() ? random(dkek::kDkekBytes) : Result<SecretBytes>(order.clearShare.clone());
    Result<SecretBytes> salt = random(dkek::kSaltBytes);
    Result<SecretBytes> setId = random(kSetIdCharacters);
    for (const auto* drawn : { &share, &salt, &setId }) {
        if (!*drawn)
            return fail(drawn->error());
    }
    const Result<SecretBytes> key = dkek::deriveKey(set->password, *salt, order.rounds);
    if (!key)
        return fail(key.error());
    const Result<dkek::ShareFile> file = dkek::ShareFile::encrypt(*share, *salt, *key);
    if (!file)
        return fail(file.error());

    set->file = toBytes(file->bytes());
    set->clearShare = std::move(*share);
    if (const Status opens = proveFile(*set, order.rounds); !opens)
        return fail(opens.error());
    const dkek::CheckValue shareCheck = dkek::checkValue(set->clearShare);
    const Sha256Digest fileHash = sha256(set->file);
    set->made.number = order.number;
    set->made.set = encodePublicCode(*setId, kSetIdCharacters);
    set->made.file = shareFileName(order.ceremonyId, order.number);
    set->made.sha256 = toHex(fileHash);
    set->made.shareCheck = toHex(shareCheck);
    set->made.deviceRandom = !order.deviceRandom.empty();

    companion.ceremony = order.ceremonyId;
    companion.set = set->made.set;
    companion.file = set->made.file;
    companion.sha256 = toBytes(fileHash);
    companion.number = order.number;
    companion.of = order.of;
    companion.shareCheck = shareCheck;
    if (order.of == 1)
        companion.kcv = shareCheck; // a single share file is the DKEK itself (smartcard-hsm.md, 6.3)
    companion.device = order.deviceSerial;
    set->companion = companion.toJson();
    return set;
}

Status saveSet(const QString& folder, const FreshSet& set)
{
    const QDir dir(folder);
    if (Status written = writeDurably(dir.filePath(set.made.file), set.file); !written)
        return written;
    return writeDurably(dir.filePath(companionOf(set.made.file)), viewOf(set.companion));
}

void removeSet(const QString& folder, const QString& ceremonyId, int number)
{
    const QDir dir(folder);
    QFile::remove(dir.filePath(shareFileName(ceremonyId, number)));
    QFile::remove(dir.filePath(companionName(ceremonyId, number)));
}

} // namespace conclave::ceremony
