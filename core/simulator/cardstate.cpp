// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/cardstate.h"

#include "core/simulator/devicechain.h"

#include <algorithm>
#include <utility>

namespace conclave::simulator {

namespace {

constexpr std::size_t kMemoryBytes = std::size_t{ 76 } * 1024;

} // namespace

bool isSerial(QStringView serial)
{
    return serial.size() >= 4 && serial.size() <= 11 && std::ranges::all_of(serial, [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z');
    });
}

Result<CardState> CardState::manufacture(Identity identity)
{
    if (!isSerial(identity.serial))
        return fail(ErrorKind::Malformed, QStringLiteral("serial"));
    auto key = PrivateKey::generate(card::KeyAlgorithm::EcBrainpoolP256);
    if (!key)
        return fail(key.error());
    auto chain = deviceChain(identity.serial, key->publicKey());
    if (!chain)
        return fail(chain.error());
    CardState state{ .identity = std::move(identity), .deviceKey = std::move(*key) };
    state.files.open(file::kDeviceCertificates) = std::move(*chain);
    return state;
}

bool CardState::hasRoomFor(std::size_t more) const
{
    std::size_t used = files.size();
    for (const auto& [id, key] : keys)
        used += roomOf(algorithmOf(key));
    return used + more <= kMemoryBytes;
}

std::size_t CardState::roomOf(card::KeyAlgorithm algorithm)
{
    return static_cast<std::size_t>(card::keyBits(algorithm));
}

} // namespace conclave::simulator
