// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/dkek/aes.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <memory>
#include <string>

namespace conclave::dkek {

namespace {

std::string cipherName(ByteView key)
{
    return "AES-" + std::to_string(8 * key.size()) + "-CBC";
}

} // namespace

bool isAesKeySize(std::size_t bytes)
{
    return bytes == 16 || bytes == 24 || bytes == 32;
}

Status cryptBlocks(ByteView key, bool encrypting, ByteView from, std::uint8_t* to)
{
    constexpr std::uint8_t kZeroIv[kAesBlockBytes] = {};
    const std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> cipher(
        EVP_CIPHER_fetch(nullptr, cipherName(key).c_str(), nullptr), EVP_CIPHER_free);
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
        EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    int written = 0;
    int rest = 0;
    if (!cipher || !context
        || EVP_CipherInit_ex2(context.get(), cipher.get(), key.data(), kZeroIv, encrypting ? 1 : 0, nullptr)
            != 1
        || EVP_CIPHER_CTX_set_padding(context.get(), 0) != 1
        || EVP_CipherUpdate(context.get(), to, &written, from.data(), static_cast<int>(from.size())) != 1
        || EVP_CipherFinal_ex(context.get(), to + written, &rest) != 1
        || written + rest != static_cast<int>(from.size()))
        return fail(ErrorKind::CryptoFailed, QStringLiteral("AES"));
    return {};
}

Result<std::array<std::uint8_t, kAesBlockBytes>> aesCmac(ByteView key, ByteView message)
{
    const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> mac(
        EVP_MAC_fetch(nullptr, "CMAC", nullptr), EVP_MAC_free);
    const std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> context(
        EVP_MAC_CTX_new(mac.get()), EVP_MAC_CTX_free);
    std::string cipher = cipherName(key);
    const OSSL_PARAM parameters[]
        = { OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, cipher.data(), 0),
              OSSL_PARAM_construct_end() };
    std::array<std::uint8_t, kAesBlockBytes> tag{};
    std::size_t written = 0;
    if (!context || EVP_MAC_init(context.get(), key.data(), key.size(), parameters) != 1
        || EVP_MAC_update(context.get(), message.data(), message.size()) != 1
        || EVP_MAC_final(context.get(), tag.data(), &written, tag.size()) != 1 || written != tag.size())
        return fail(ErrorKind::CryptoFailed, QStringLiteral("CMAC"));
    return tag;
}

} // namespace conclave::dkek
