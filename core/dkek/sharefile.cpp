// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/dkek/sharefile.h"

#include "core/base/digest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>

namespace conclave::dkek {

namespace {

constexpr std::uint8_t kMagic[8] = { 'S', 'a', 'l', 't', 'e', 'd', '_', '_' };
constexpr std::size_t kHeaderBytes = 16;
constexpr std::size_t kCipherBytes = 48;
constexpr std::size_t kKeyBytes = 32;
constexpr std::uint8_t kPadding = 0x10;

/// AES-256-CBC over 48 bytes, no padding of OpenSSL's.
bool crypt(ByteView derivedKey, bool encrypting, ByteView from, std::uint8_t* to)
{
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
        EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    int written = 0;
    int rest = 0;
    return context
        && EVP_CipherInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, derivedKey.data(),
               derivedKey.data() + kKeyBytes, encrypting ? 1 : 0)
        == 1
        && EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1
        && EVP_CipherUpdate(context.get(), to, &written, from.data(), static_cast<int>(from.size())) == 1
        && EVP_CipherFinal_ex(context.get(), to + written, &rest) == 1
        && written + rest == static_cast<int>(kCipherBytes);
}

} // namespace

CheckValue checkValue(ByteView clear)
{
    const Sha256Digest digest = sha256(clear);
    CheckValue value{};
    std::copy_n(digest.begin(), value.size(), value.begin());
    return value;
}

Result<ShareFile> ShareFile::parse(ByteView file)
{
    if (file.size() < kShareFileBytes || !std::equal(std::begin(kMagic), std::end(kMagic), file.begin()))
        return fail(ErrorKind::NotAShareFile);
    ShareFile parsed;
    std::copy_n(file.begin(), kShareFileBytes, parsed.m_bytes.begin());
    return parsed;
}

Result<ShareFile> ShareFile::encrypt(ByteView share, ByteView salt, ByteView derivedKey)
{
    if (share.size() != kDkekBytes || salt.size() != kSaltBytes || derivedKey.size() != kKeyBytes + 16)
        return fail(ErrorKind::Malformed);
    SecretBytes clear(kCipherBytes);
    std::copy(share.begin(), share.end(), clear.data());
    std::fill(clear.data() + kDkekBytes, clear.data() + kCipherBytes, kPadding);
    ShareFile file;
    std::copy(std::begin(kMagic), std::end(kMagic), file.m_bytes.begin());
    std::copy(salt.begin(), salt.end(), file.m_bytes.begin() + sizeof kMagic);
    if (!crypt(derivedKey, true, clear, file.m_bytes.data() + kHeaderBytes))
        return fail(ErrorKind::CryptoFailed, QStringLiteral("AES"));
    return file;
}

Result<SecretBytes> ShareFile::decrypt(ByteView derivedKey) const
{
    if (derivedKey.size() != kKeyBytes + 16)
        return fail(ErrorKind::Malformed);
    SecretBytes clear(kCipherBytes);
    if (!crypt(derivedKey, false, ByteView(m_bytes).subspan(kHeaderBytes), clear.data()))
        return fail(ErrorKind::CryptoFailed, QStringLiteral("AES"));
    // All sixteen bytes: one 01 at the end, as some accept, comes by chance once in 256.
    unsigned wrong = 0;
    for (std::size_t i = kDkekBytes; i < kCipherBytes; ++i)
        wrong |= static_cast<unsigned>(clear[i] ^ kPadding);
    if (wrong != 0)
        return fail(ErrorKind::SharesDoNotOpenFile);
    clear.shrink(kDkekBytes);
    return clear;
}

SecretBytes combineShareFiles(std::span<const SecretBytes> shares)
{
    SecretBytes dkek(kDkekBytes);
    for (const SecretBytes& share : shares) {
        for (std::size_t i = 0; i < std::min(share.size(), dkek.size()); ++i)
            dkek[i] ^= share[i];
    }
    return dkek;
}

} // namespace conclave::dkek
