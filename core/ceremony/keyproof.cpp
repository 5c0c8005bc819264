// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/keyproof.h"

#include "core/dkek/passwordsharing.h"

#include <algorithm>

namespace conclave::ceremony {

namespace {

constexpr std::size_t kChallengeBytes = 32;

Result<Bytes> sign(
    card::SmartCardHsm& hsm, std::uint8_t reference, const card::PublicKey& key, ByteView challenge)
{
    if (!key.algorithm)
        return fail(ErrorKind::Unsupported, QStringLiteral("SIGN"));
    return hsm.signSha256(reference, *key.algorithm, challenge);
}

} // namespace

Result<Bytes> freshChallenge()
{
    return dkek::opensslRandom()(kChallengeBytes).map([](const SecretBytes& bytes) {
        return toBytes(bytes);
    });
}

Status proveKey(card::SmartCardHsm& hsm, std::uint8_t reference, const card::PublicKey& original)
{
    const auto challenge = freshChallenge();
    if (!challenge)
        return fail(challenge.error());
    const auto signature = sign(hsm, reference, original, *challenge);
    if (!signature)
        return fail(signature.error());
    return original.verifySha256(*challenge, *signature);
}

Result<Bytes> signChallenge(card::SmartCardHsm& hsm, const card::PublicKey& key, ByteView challenge)
{
    const auto keys = hsm.keys();
    if (!keys)
        return fail(keys.error());
    const auto found = std::ranges::find_if(*keys,
        [&](const card::KeyEntry& entry) { return entry.publicKey && entry.publicKey->isSameAs(key); });
    if (found == keys->end())
        return fail(ErrorKind::NotFound, QStringLiteral("SIGN"));
    return sign(hsm, found->reference, key, challenge);
}

std::vector<Result<Bytes>> signWithEach(
    card::SmartCardHsm& hsm, const std::vector<card::PublicKey>& keys, ByteView challenge)
{
    std::vector<Result<Bytes>> signatures;
    for (const card::PublicKey& key : keys)
        signatures.push_back(signChallenge(hsm, key, challenge));
    return signatures;
}

Status proveClone(
    const card::PublicKey& key, ByteView challenge, ByteView firstSignature, ByteView secondSignature)
{
    int number = 0;
    for (const ByteView signature : { firstSignature, secondSignature }) {
        ++number;
        if (Status verified = key.verifySha256(challenge, signature); !verified) {
            verified.error().number = number;
            return verified;
        }
    }
    return {};
}

} // namespace conclave::ceremony
