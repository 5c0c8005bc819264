// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/simulator/privatekey.h"
#include "core/simulator/secretkey.h"

#include <variant>

namespace conclave::simulator {

/// A key in CC01..CCFF.
using CardKey = std::variant<PrivateKey, SecretKey>;

[[nodiscard]] inline card::KeyAlgorithm algorithmOf(const CardKey& key)
{
    return std::visit([](const auto& one) { return one.algorithm(); }, key);
}
/// Errors of PrivateKey::fromClear() and SecretKey::fromClear().
[[nodiscard]] inline Result<CardKey> cardKeyFromClear(const dkek::ClearKey& clear)
{
    const auto any = [](auto key) { return CardKey(std::move(key)); };
    if (clear.type == dkek::WrappedKeyType::Aes)
        return SecretKey::fromClear(clear).map(any);
    return PrivateKey::fromClear(clear).map(any);
}

} // namespace conclave::simulator
