// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/secondopinion.h"

#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/card/publickey.h"

#include <algorithm>

namespace conclave::ceremony {

namespace {

constexpr std::size_t kMostUnexpected = 16; // the record's lines are short; the rest is counted
constexpr int kSearchMs = 60'000;
constexpr int kKeyMs = 10'000;

/// Without a public key, a signature that fits tells all the same.
bool verifies(const Bytes& publicKey, ByteView challenge, const Bytes& signature)
{
    if (publicKey.empty() || signature.empty())
        return false;
    const auto key = card::PublicKey::parse(publicKey);
    return key && key->verifySha256(challenge, signature);
}

QString fingerprintOf(const witness::SeenKey& key)
{
    return key.publicKey.empty() ? QString() : toHex(sha256(key.publicKey));
}

/// Finds for each key of the record what the module shows of it, and gives nothing out twice.
class Comparison {
public:
    Comparison(const witness::Testimony& testimony, ByteView challenge)
        : m_loggedIn(testimony.loggedIn)
        , m_challenge(challenge)
    {
        for (const witness::SeenKey& key : testimony.keys)
            m_left.push_back(&key);
    }

    KeyOpinion opinionOn(const RecordedKey& recorded)
    {
        const auto sameId = [&](const witness::SeenKey* seen) { return toHex(seen->id) == recorded.id; };
        if (recorded.fingerprint.isEmpty())
            return take(sameId) ? KeyOpinion::Listed : KeyOpinion::NotVisible;
        const witness::SeenKey* same = take([&](const witness::SeenKey* seen) {
            return fingerprintOf(*seen) == recorded.fingerprint && sameId(seen);
        });
        if (!same)
            same = take(
                [&](const witness::SeenKey* seen) { return fingerprintOf(*seen) == recorded.fingerprint; });
        if (!same)
            same = take([&](const witness::SeenKey* seen) {
                return seen->publicKey.empty() && verifies(recorded.publicKey, m_challenge, seen->signature);
            });
        if (!same)
            return take(sameId) ? KeyOpinion::OtherKey : KeyOpinion::Missing;
        return opinionOn(recorded, *same);
    }

    [[nodiscard]] const std::vector<const witness::SeenKey*>& left() const { return m_left; }

private:
    KeyOpinion opinionOn(const RecordedKey& recorded, const witness::SeenKey& seen) const
    {
        const bool asked = m_loggedIn && seen.maySign;
        if (asked && seen.signature.empty())
            return KeyOpinion::NotSigned;
        const Bytes& publicKey = recorded.publicKey.empty() ? seen.publicKey : recorded.publicKey;
        if (asked && !verifies(publicKey, m_challenge, seen.signature))
            return KeyOpinion::WrongSignature;
        if (toHex(seen.id) != recorded.id || seen.label != witness::plainText(recorded.label))
            return KeyOpinion::NamedOtherwise;
        return asked ? KeyOpinion::Agrees : KeyOpinion::Listed;
    }

    template <typename Wanted>
    const witness::SeenKey* take(Wanted wanted)
    {
        const auto found = std::ranges::find_if(m_left, wanted);
        if (found == m_left.end())
            return nullptr;
        const witness::SeenKey* key = *found;
        m_left.erase(found);
        return key;
    }

    const bool m_loggedIn;
    const ByteView m_challenge;
    std::vector<const witness::SeenKey*> m_left;
};

} // namespace

std::vector<RecordedKey> keysOnDevice(const CeremonyState& state)
{
    std::vector<RecordedKey> keys;
    const auto restoredTo = [&](int reference) {
        return reference != 0 && std::ranges::any_of(state.restore.keys, [&](const RestoredKeyRecord& each) {
            return each.restored && each.restored->keyReference == reference;
        });
    };
    for (const ExistingKey& key : state.keptKeys()) {
        if (!restoredTo(key.reference))
            keys.push_back({ key.label, key.id, key.fingerprint, {} });
    }
    for (const KeyRecord& key : state.keys) {
        if (!key.generated || key.state == KeyState::Deleted)
            continue;
        const Bytes publicKey = fromHex(key.generated->publicKey).value_or(Bytes{});
        keys.push_back({ key.planned.label, key.planned.id,
            publicKey.empty() ? QString() : key.generated->fingerprint, publicKey });
    }
    for (const RestoredKeyRecord& each : state.restore.keys) {
        if (each.restored)
            keys.push_back({ each.key.label, each.key.id, each.key.fingerprint,
                fromHex(each.restored->publicKey).value_or(Bytes{}) });
    }
    return keys;
}

SecondOpinionGiven judge(
    const std::vector<RecordedKey>& recorded, const witness::Testimony& testimony, ByteView challenge)
{
    SecondOpinionGiven given;
    given.loggedIn = testimony.loggedIn;
    Comparison comparison(testimony, challenge);
    for (const RecordedKey& key : recorded)
        given.keys.push_back({ key.label, key.id, comparison.opinionOn(key) });
    const auto& left = comparison.left();
    for (const witness::SeenKey* seen : left) {
        if (given.keys.size() == recorded.size() + kMostUnexpected)
            break;
        given.keys.push_back(
            { seen->label, toHex(seen->id).left(witness::kLongestText), KeyOpinion::Unexpected });
    }
    given.more = static_cast<int>(left.size() - (given.keys.size() - recorded.size()));
    return given;
}

int patienceMs(std::size_t keys)
{
    return kSearchMs + kKeyMs * static_cast<int>(keys);
}

} // namespace conclave::ceremony
