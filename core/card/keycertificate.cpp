// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/keycertificate.h"

#include "core/card/cvc.h"
#include "core/card/evpkey.h"

#include <openssl/x509.h>

namespace conclave::card {

namespace {

struct CertificateFree {
    void operator()(X509* certificate) const { X509_free(certificate); }
};

} // namespace

Result<PublicKey> publicKeyOfCertificate(ByteView file)
{
    if (!file.empty() && file.front() == 0x67)
        return CvRequest::parse(file).map([](const CvRequest& request) { return request.request.publicKey; });

    const std::uint8_t* at = file.data();
    const std::unique_ptr<X509, CertificateFree> certificate(
        file.empty() ? nullptr : d2i_X509(nullptr, &at, static_cast<long>(file.size())));
    const EVP_PKEY* key = certificate ? X509_get0_pubkey(certificate.get()) : nullptr;
    if (!key)
        return fail(ErrorKind::Malformed, QStringLiteral("certificate"));
    return fromEvpKey(key);
}

} // namespace conclave::card
