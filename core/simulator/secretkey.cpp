// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/secretkey.h"

#include "core/dkek/aes.h"

#include <openssl/rand.h>

#include <utility>

namespace conclave::simulator {

SecretKey::SecretKey(SecretBytes key)
    : m_key(std::move(key))
{
}

Result<SecretKey> SecretKey::generate(card::KeyAlgorithm algorithm)
{
    SecretBytes key(static_cast<std::size_t>(card::keyBits(algorithm) / 8));
    if (!card::isAes(algorithm) || RAND_priv_bytes(key.data(), static_cast<int>(key.size())) != 1)
        return fail(ErrorKind::CryptoFailed, QStringLiteral("AES key"));
    return SecretKey(std::move(key));
}

Result<SecretKey> SecretKey::fromClear(const dkek::ClearKey& key)
{
    if (key.type != dkek::WrappedKeyType::Aes || key.components.size() != 1
        || !dkek::isAesKeySize(key.components.front().size()))
        return fail(ErrorKind::Unsupported, QStringLiteral("AES key"));
    return SecretKey(key.components.front().clone());
}

dkek::ClearKey SecretKey::clear() const
{
    dkek::ClearKey key{
        .type = dkek::WrappedKeyType::Aes, .bits = static_cast<int>(8 * m_key.size()), .components = {}
    };
    key.components.push_back(m_key.clone());
    return key;
}

card::KeyAlgorithm SecretKey::algorithm() const
{
    return card::aesAlgorithm(static_cast<int>(8 * m_key.size())).value();
}

Result<SecretBytes> SecretKey::cipher(std::uint8_t mechanism, ByteView input) const
{
    constexpr std::uint8_t kEncrypt = 0x10;
    constexpr std::uint8_t kDecrypt = 0x11;
    constexpr std::uint8_t kCmac = 0x18;
    if (mechanism == kCmac)
        return dkek::aesCmac(m_key, input).map([](const auto& tag) { return SecretBytes(ByteView(tag)); });
    if (mechanism != kEncrypt && mechanism != kDecrypt)
        return fail(ErrorKind::Unsupported, QStringLiteral("mechanism"));
    if (input.empty() || input.size() % dkek::kAesBlockBytes != 0)
        return fail(ErrorKind::WrongLength, QStringLiteral("block"));
    SecretBytes output(input.size());
    if (const Status done = dkek::cryptBlocks(m_key, mechanism == kEncrypt, input, output.data()); !done)
        return fail(done.error());
    return output;
}

} // namespace conclave::simulator
