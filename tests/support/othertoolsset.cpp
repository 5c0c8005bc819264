// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/othertoolsset.h"

#include "core/base/hex.h"

#include <openssl/bn.h>
#include <openssl/evp.h>

#include <memory>

namespace conclave::support {

namespace {

using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;

Number number(const QString& hex)
{
    BIGNUM* parsed = nullptr;
    BN_hex2bn(&parsed, hex.toLatin1().constData());
    return { parsed, BN_free };
}

} // namespace

QString OtherToolsSet::prime()
{
    return QStringLiteral("f5e06ab05f4de0e5");
}

QString OtherToolsSet::clear()
{
    return QStringLiteral("c450d3f735c891bfb75185848e136fc3904a674608c6b3920affa35d87917ec1");
}

/// The password, and at every other place x of it: password + a * x + b * x^2.
SecretBytes OtherToolsSet::valueAt(int x) const
{
    const std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)> context(BN_CTX_new(), BN_CTX_free);
    const Number modulus = number(prime());
    const Number at = number(QString::number(x, 16));
    const Number sum = number(QStringLiteral("3141592653589793"));
    for (const QString& coefficient : { QStringLiteral("2718281828459045"), password }) {
        const Number next = number(coefficient);
        BN_mod_mul(sum.get(), sum.get(), at.get(), modulus.get(), context.get());
        BN_mod_add(sum.get(), sum.get(), next.get(), modulus.get(), context.get());
    }
    SecretBytes bytes(8);
    BN_bn2binpad(sum.get(), bytes.data(), static_cast<int>(bytes.size()));
    return bytes;
}

Bytes OtherToolsSet::file() const
{
    const Bytes bytes = fromHex(password).value();
    Bytes file = fromHex(QStringLiteral("53616c7465645f5f0102030405060708")).value();
    unsigned char key[32];
    unsigned char iv[16];
    EVP_BytesToKey(EVP_aes_256_cbc(), EVP_md5(), file.data() + 8, bytes.data(),
        static_cast<int>(bytes.size()), static_cast<int>(rounds), key, iv);
    file.resize(64);
    const Bytes content = fromHex(clear()).value();
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
        EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    int size = 0;
    int rest = 0;
    EVP_EncryptInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, key, iv);
    EVP_EncryptUpdate(
        context.get(), file.data() + 16, &size, content.data(), static_cast<int>(content.size()));
    EVP_EncryptFinal_ex(context.get(), file.data() + 16 + size, &rest);
    return file;
}

} // namespace conclave::support
