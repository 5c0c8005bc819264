// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/keyproof.h"

#include "core/dkek/aes.h"
#include "core/dkek/passwordsharing.h"

#include <algorithm>
#include <string_view>

namespace conclave::ceremony {

namespace {

constexpr std::size_t kTestBlocks = 2;

/// So that the answer is of no use to anybody who gets the key to authenticate something else.
Bytes messageOf(const Bytes& challenge)
{
    constexpr std::string_view kPurpose = "conclave-aes-check-1";
    Bytes message(kPurpose.begin(), kPurpose.end());
    message.push_back(0x00);
    message.insert(message.end(), challenge.begin(), challenge.end());
    return message;
}

Result<Bytes> sign(
    card::SmartCardHsm& hsm, std::uint8_t reference, const card::PublicKey& key, ByteView challenge)
{
    if (!key.algorithm)
        return fail(ErrorKind::Unsupported, QStringLiteral("SIGN"));
    return hsm.signSha256(reference, *key.algorithm, challenge);
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

Status proveKey(card::SmartCardHsm& hsm, std::uint8_t reference, const CmacPair& original)
{
    const auto answer = answerChallenge(hsm, reference, original.challenge);
    if (!answer)
        return fail(answer.error());
    if (*answer != original)
        return fail(ErrorKind::SelfTestFailed);
    return testCipher(hsm, reference);
}

Result<Bytes> signChallenge(card::SmartCardHsm& hsm, const std::vector<card::KeyEntry>& present,
    const card::PublicKey& key, const Bytes& challenge)
{
    const auto found = std::ranges::find_if(present,
        [&](const card::KeyEntry& entry) { return entry.publicKey && entry.publicKey->isSameAs(key); });
    if (found == present.end())
        return fail(ErrorKind::NotFound, QStringLiteral("SIGN"));
    return sign(hsm, found->reference, key, challenge);
}

Result<Bytes> signChallenge(card::SmartCardHsm& hsm, const std::vector<card::KeyEntry>& present,
    const CmacPair& key, const Bytes& challenge)
{
    const auto found = findAesKey(hsm, present, key);
    if (!found)
        return fail(found.error());
    if (!*found)
        return fail(ErrorKind::NotFound, QStringLiteral("CMAC"));
    return answerChallenge(hsm, **found, challenge).map([](CmacPair answer) { return answer.cmac; });
}

} // namespace

Result<Bytes> freshChallenge()
{
    return dkek::opensslRandom()(kChallengeBytes).map([](const SecretBytes& bytes) {
        return toBytes(bytes);
    });
}

Result<CmacPair> answerChallenge(card::SmartCardHsm& hsm, std::uint8_t reference, const Bytes& challenge)
{
    return hsm.cmac(reference, messageOf(challenge)).map([&](Bytes cmac) {
        return CmacPair{ challenge, std::move(cmac) };
    });
}

Result<std::optional<std::uint8_t>> findAesKey(
    card::SmartCardHsm& hsm, const std::vector<card::KeyEntry>& present, const CmacPair& pair)
{
    for (const card::KeyEntry& entry : present) {
        // One without names may be what another program was stopped over.
        if (entry.publicKey || (entry.aesBits == 0 && !entry.isUnnamed()))
            continue;
        const auto answer = answerChallenge(hsm, entry.reference, pair.challenge);
        if (!answer && answer.error().kind <= ErrorKind::TransportFailed)
            return fail(answer.error());
        if (answer && *answer == pair)
            return entry.reference;
    }
    return std::nullopt;
}

Status testCipher(card::SmartCardHsm& hsm, std::uint8_t reference)
{
    const auto clear = dkek::opensslRandom()(kTestBlocks * dkek::kAesBlockBytes);
    if (!clear)
        return fail(clear.error());
    const auto encrypted = hsm.encryptBlocks(reference, *clear);
    if (!encrypted)
        return fail(encrypted.error());
    const auto decrypted = hsm.decryptBlocks(reference, *encrypted);
    if (!decrypted)
        return fail(decrypted.error());
    return *decrypted == *clear && *encrypted != *clear ? Status() : fail(ErrorKind::SelfTestFailed);
}

Status proveKey(card::SmartCardHsm& hsm, std::uint8_t reference, const OriginalKey& original)
{
    return std::visit([&](const auto& key) { return proveKey(hsm, reference, key); }, original);
}

Result<Bytes> signChallenge(card::SmartCardHsm& hsm, const OriginalKey& key, const Bytes& challenge)
{
    const auto present = hsm.keys();
    if (!present)
        return fail(present.error());
    return std::visit([&](const auto& one) { return signChallenge(hsm, *present, one, challenge); }, key);
}

std::vector<Result<Bytes>> signWithEach(
    card::SmartCardHsm& hsm, const std::vector<OriginalKey>& keys, const Bytes& challenge)
{
    std::vector<Result<Bytes>> signatures;
    for (const OriginalKey& key : keys)
        signatures.push_back(signChallenge(hsm, key, challenge));
    return signatures;
}

Status proveClone(
    const OriginalKey& original, ByteView challenge, ByteView firstSignature, ByteView secondSignature)
{
    const auto* key = std::get_if<card::PublicKey>(&original);
    if (!key)
        return std::ranges::equal(firstSignature, secondSignature) ? Status()
                                                                   : fail(ErrorKind::SelfTestFailed);
    int number = 0;
    for (const ByteView signature : { firstSignature, secondSignature }) {
        ++number;
        if (Status verified = key->verifySha256(challenge, signature); !verified) {
            verified.error().number = number;
            return verified;
        }
    }
    return {};
}

} // namespace conclave::ceremony
