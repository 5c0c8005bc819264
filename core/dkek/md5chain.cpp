// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
// MD5_Transform is deprecated in OpenSSL 3 without a replacement of its speed.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "core/dkek/md5chain.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/md5.h>

#include <algorithm>
#include <memory>

namespace conclave::dkek {

namespace {

#ifdef CONCLAVE_HAS_MD5_TRANSFORM
void storeLittleEndian(std::uint32_t word, std::uint8_t* bytes)
{
    for (int i = 0; i < 4; ++i)
        bytes[i] = static_cast<std::uint8_t>(word >> (8 * i));
}

bool chainByBlocks(Md5Digest& digest, std::uint32_t times)
{
    // RFC 1321, 3.1 and 3.2: 16 bytes, 80, zeros, the length of 128 bits. Only the 16 bytes change.
    std::array<std::uint8_t, 64> block{};
    std::copy(digest.begin(), digest.end(), block.begin());
    block[16] = 0x80;
    block[56] = 128;
    MD5_CTX start;
    bool ok = MD5_Init(&start) == 1;
    MD5_CTX context{};
    for (std::uint32_t i = 0; ok && i < times; ++i) {
        context.A = start.A;
        context.B = start.B;
        context.C = start.C;
        context.D = start.D;
        MD5_Transform(&context, block.data());
        storeLittleEndian(context.A, &block[0]);
        storeLittleEndian(context.B, &block[4]);
        storeLittleEndian(context.C, &block[8]);
        storeLittleEndian(context.D, &block[12]);
    }
    std::copy_n(block.begin(), digest.size(), digest.begin());
    OPENSSL_cleanse(&context, sizeof context);
    OPENSSL_cleanse(block.data(), block.size());
    return ok;
}
#endif

bool chainByContext(Md5Digest& digest, std::uint32_t times)
{
    const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> md5(
        EVP_MD_fetch(nullptr, "MD5", nullptr), EVP_MD_free);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    bool ok = md5 && context && EVP_DigestInit_ex2(context.get(), md5.get(), nullptr) == 1;
    for (std::uint32_t i = 0; ok && i < times; ++i) {
        ok = EVP_DigestInit_ex2(context.get(), nullptr, nullptr) == 1
            && EVP_DigestUpdate(context.get(), digest.data(), digest.size()) == 1
            && EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1;
    }
    return ok;
}

} // namespace

bool available(Md5Engine engine)
{
#ifdef CONCLAVE_HAS_MD5_TRANSFORM
    static_cast<void>(engine);
    return true;
#else
    return engine == Md5Engine::ReusedContext;
#endif
}

bool chainMd5(Md5Engine engine, Md5Digest& digest, std::uint32_t times)
{
#ifdef CONCLAVE_HAS_MD5_TRANSFORM
    if (engine == Md5Engine::BlockFunction)
        return chainByBlocks(digest, times);
#endif
    return engine == Md5Engine::ReusedContext && chainByContext(digest, times);
}

} // namespace conclave::dkek
