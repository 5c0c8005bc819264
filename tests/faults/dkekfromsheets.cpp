// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/dkekfromsheets.h"

#include <openssl/bn.h>
#include <openssl/evp.h>

#include <array>
#include <memory>

namespace conclave::faults {

namespace {

struct Free {
    void operator()(BIGNUM* number) const { BN_clear_free(number); }
    void operator()(BN_CTX* context) const { BN_CTX_free(context); }
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Number = std::unique_ptr<BIGNUM, Free>;

constexpr int kMagicBytes = 8;
constexpr int kSaltBytes = 8;
constexpr int kClearBytes = 32;

Number number(ByteView bytes)
{
    return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

Number number(int value)
{
    Number made(BN_new());
    BN_set_word(made.get(), static_cast<BN_ULONG>(value));
    return made;
}

} // namespace

SecretBytes passwordOf(ByteView prime, const std::map<int, const SecretBytes*>& shares)
{
    const std::unique_ptr<BN_CTX, Free> context(BN_CTX_secure_new());
    const Number modulus = number(prime);
    const Number sum(BN_new());
    BN_zero(sum.get());
    for (const auto& [id, value] : shares) {
        const Number term = number(*value);
        for (const auto& [other, unused] : shares) {
            if (other == id)
                continue;
            const Number x = number(other);
            const Number difference(BN_new());
            BN_mod_sub(difference.get(), x.get(), number(id).get(), modulus.get(), context.get());
            BN_mod_inverse(difference.get(), difference.get(), modulus.get(), context.get());
            BN_mod_mul(term.get(), term.get(), x.get(), modulus.get(), context.get());
            BN_mod_mul(term.get(), term.get(), difference.get(), modulus.get(), context.get());
        }
        BN_mod_add(sum.get(), sum.get(), term.get(), modulus.get(), context.get());
    }
    SecretBytes password(prime.size());
    BN_bn2binpad(sum.get(), password.data(), static_cast<int>(password.size()));
    return password;
}

SecretBytes openedWith(ByteView password, const QByteArray& shareFile, int rounds)
{
    if (shareFile.size() != 64)
        return {};
    const auto* bytes = reinterpret_cast<const unsigned char*>(shareFile.constData());
    SecretBytes key(32);
    std::array<unsigned char, 16> iv{};
    EVP_BytesToKey(EVP_aes_256_cbc(), EVP_md5(), bytes + kMagicBytes, password.data(),
        static_cast<int>(password.size()), rounds, key.data(), iv.data());
    const std::unique_ptr<EVP_CIPHER_CTX, Free> context(EVP_CIPHER_CTX_new());
    SecretBytes clear(64);
    int first = 0;
    int last = 0;
    const bool opened
        = EVP_DecryptInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, key.data(), iv.data()) == 1
        && EVP_DecryptUpdate(context.get(), clear.data(), &first, bytes + kMagicBytes + kSaltBytes, 48) == 1
        && EVP_DecryptFinal_ex(context.get(), clear.data() + first, &last) == 1
        && first + last == kClearBytes;
    if (!opened)
        return {};
    clear.shrink(kClearBytes);
    return clear;
}

} // namespace conclave::faults
