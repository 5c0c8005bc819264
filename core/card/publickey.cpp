// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/publickey.h"

#include "core/card/evpkey.h"

#include <openssl/pem.h>
#include <openssl/x509.h>

namespace conclave::card {

namespace {

struct DigestContextFree {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

struct BioFree {
    void operator()(BIO* bio) const { BIO_free(bio); }
};

} // namespace

Result<PublicKey> PublicKey::parse(ByteView subjectPublicKeyInfo)
{
    const std::uint8_t* at = subjectPublicKeyInfo.data();
    const EvpKey key(subjectPublicKeyInfo.empty()
            ? nullptr
            : d2i_PUBKEY(nullptr, &at, static_cast<long>(subjectPublicKeyInfo.size())));
    if (!key || at != subjectPublicKeyInfo.data() + subjectPublicKeyInfo.size())
        return fail(ErrorKind::Malformed, QStringLiteral("public key"));
    return fromEvpKey(key.get());
}

bool PublicKey::isSameAs(const PublicKey& other) const
{
    const auto ours = subjectPublicKeyInfo();
    const auto theirs = other.subjectPublicKeyInfo();
    return ours && theirs ? *ours == *theirs : *this == other;
}

Result<Bytes> PublicKey::subjectPublicKeyInfo() const
{
    const auto key = toEvpKey(*this);
    if (!key)
        return fail(key.error());
    const int size = i2d_PUBKEY(key->get(), nullptr);
    if (size <= 0)
        return fail(ErrorKind::CryptoFailed);
    Bytes der(static_cast<std::size_t>(size));
    std::uint8_t* to = der.data();
    i2d_PUBKEY(key->get(), &to);
    return der;
}

Result<QByteArray> PublicKey::pem() const
{
    const auto key = toEvpKey(*this);
    if (!key)
        return fail(key.error());
    const std::unique_ptr<BIO, BioFree> out(BIO_new(BIO_s_mem()));
    if (!out || PEM_write_bio_PUBKEY(out.get(), key->get()) != 1)
        return fail(ErrorKind::CryptoFailed);
    char* text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    return QByteArray(text, static_cast<qsizetype>(size));
}

Result<Sha256Digest> PublicKey::fingerprint() const
{
    return subjectPublicKeyInfo().map([](const Bytes& der) { return sha256(der); });
}

Status PublicKey::verifySha256(ByteView message, ByteView signature) const
{
    const auto key = toEvpKey(*this);
    if (!key)
        return fail(key.error());
    const std::unique_ptr<EVP_MD_CTX, DigestContextFree> context(EVP_MD_CTX_new());
    if (!context || EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key->get()) != 1)
        return fail(ErrorKind::CryptoFailed);
    if (EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size())
        != 1)
        return fail(ErrorKind::SelfTestFailed);
    return {};
}

} // namespace conclave::card
