// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/certificaterequest.h"

#include "core/card/evpkey.h"
#include "core/card/x509name.h"

#include <QList>
#include <QString>

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <utility>

namespace conclave::card {

namespace {

constexpr qsizetype kLongestName = 64; ///< ub-common-name and its like (RFC 5280, appendix A.1)

struct RequestFree {
    void operator()(X509_REQ* request) const { X509_REQ_free(request); }
};
struct BioFree {
    void operator()(BIO* bio) const { BIO_free(bio); }
};
struct AlgorithmFree {
    void operator()(X509_ALGOR* algorithm) const { X509_ALGOR_free(algorithm); }
};
struct BitStringFree {
    void operator()(ASN1_BIT_STRING* bits) const { ASN1_BIT_STRING_free(bits); }
};
using Request = std::unique_ptr<X509_REQ, RequestFree>;

bool describe(X509_REQ* request, EVP_PKEY* key, const RequestSubject& subject)
{
    constexpr long kVersion1 = 0;
    if (X509_REQ_set_version(request, kVersion1) != 1 || X509_REQ_set_pubkey(request, key) != 1)
        return false;
    for (const auto& [nid, value] :
        { std::pair(NID_countryName, subject.country), std::pair(NID_organizationName, subject.organisation),
            std::pair(NID_organizationalUnitName, subject.unit),
            std::pair(NID_commonName, subject.commonName) }) {
        const QByteArray utf8 = value.trimmed().toUtf8();
        if (!utf8.isEmpty()
            && X509_NAME_add_entry_by_NID(X509_REQ_get_subject_name(request), nid, MBSTRING_UTF8,
                   reinterpret_cast<const unsigned char*>(utf8.constData()), static_cast<int>(utf8.size()),
                   -1, 0)
                != 1)
            return false;
    }
    return true;
}

bool isName(const QString& text)
{
    const QString name = text.trimmed();
    return name.toUcs4().size() <= kLongestName && name.isValidUtf16()
        && std::ranges::all_of(name, [](QChar c) { return c.isPrint() || c.isSurrogate(); });
}

/// CertificationRequestInfo: what is signed.
Bytes toBeSigned(X509_REQ* request)
{
    std::uint8_t* der = nullptr;
    const int size = i2d_re_X509_REQ_tbs(request, &der);
    if (size <= 0)
        return {};
    Bytes bytes(der, der + size);
    OPENSSL_free(der);
    return bytes;
}

bool setSignature(X509_REQ* request, bool rsa, const Bytes& signature)
{
    const std::unique_ptr<X509_ALGOR, AlgorithmFree> algorithm(X509_ALGOR_new());
    std::unique_ptr<ASN1_BIT_STRING, BitStringFree> bits(ASN1_BIT_STRING_new());
    // RSA has a NULL for parameters, ECDSA has none (RFC 4055, 5; RFC 5758, 3.2).
    if (!algorithm || !bits
        || X509_ALGOR_set0(algorithm.get(),
               OBJ_nid2obj(rsa ? NID_sha256WithRSAEncryption : NID_ecdsa_with_SHA256),
               rsa ? V_ASN1_NULL : V_ASN1_UNDEF, nullptr)
            != 1
        || ASN1_BIT_STRING_set(
               bits.get(), const_cast<unsigned char*>(signature.data()), static_cast<int>(signature.size()))
            != 1)
        return false;
    constexpr long kUnusedBits = 0x07;
    bits->flags = (bits->flags & ~kUnusedBits) | ASN1_STRING_FLAG_BITS_LEFT;
    if (X509_REQ_set1_signature_algo(request, algorithm.get()) != 1)
        return false;
    X509_REQ_set0_signature(request, bits.release());
    return true;
}

} // namespace

Status checkSubject(const RequestSubject& subject)
{
    if (subject.commonName.trimmed().isEmpty() || !isName(subject.commonName))
        return fail(ErrorKind::LabelRule, QStringLiteral("commonName"));
    if (!isName(subject.organisation))
        return fail(ErrorKind::LabelRule, QStringLiteral("organisation"));
    if (!isName(subject.unit))
        return fail(ErrorKind::LabelRule, QStringLiteral("unit"));
    const QString country = subject.country.trimmed();
    const bool letters
        = std::ranges::all_of(country, [](QChar letter) { return letter >= u'A' && letter <= u'Z'; });
    if (!letters || (!country.isEmpty() && country.size() != 2))
        return fail(ErrorKind::LabelRule, QStringLiteral("country"));
    return {};
}

Result<CertificateRequest> certificateRequest(
    const PublicKey& key, const RequestSubject& subject, const RequestSigner& signer)
{
    if (const Status fits = checkSubject(subject); !fits)
        return fail(fits.error());
    const auto publicKey = toEvpKey(key);
    if (!publicKey)
        return fail(publicKey.error());
    const Request request(X509_REQ_new());
    if (!request || !describe(request.get(), publicKey->get(), subject))
        return fail(ErrorKind::CryptoFailed);

    const Bytes message = toBeSigned(request.get());
    if (message.empty())
        return fail(ErrorKind::CryptoFailed);
    const auto signature = signer(message);
    if (!signature)
        return fail(signature.error());
    if (!setSignature(request.get(), !key.modulus.empty(), *signature))
        return fail(ErrorKind::CryptoFailed);
    if (X509_REQ_verify(request.get(), publicKey->get()) != 1)
        return fail(ErrorKind::SelfTestFailed);

    const std::unique_ptr<BIO, BioFree> out(BIO_new(BIO_s_mem()));
    if (!out || PEM_write_bio_X509_REQ(out.get(), request.get()) != 1)
        return fail(ErrorKind::CryptoFailed);
    char* text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    return CertificateRequest{ .pem = QByteArray(text, static_cast<qsizetype>(size)),
        .subject = textOf(X509_REQ_get_subject_name(request.get())) };
}

} // namespace conclave::card
