// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/keycertificate.h"
#include "tests/core/card/vectors.h"

#include <openssl/x509.h>

#include <QRandomGenerator>
#include <QtTest>

#include <memory>

using namespace conclave;
using namespace conclave::card;
using test::bytes;

namespace {

struct KeyFree {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct CertificateFree {
    void operator()(X509* certificate) const { X509_free(certificate); }
};
using Key = std::unique_ptr<EVP_PKEY, KeyFree>;
using Certificate = std::unique_ptr<X509, CertificateFree>;

Bytes selfSigned(EVP_PKEY* key)
{
    const Certificate certificate(X509_new());
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key);
    X509_sign(certificate.get(), key, EVP_sha256());
    std::uint8_t* der = nullptr;
    const int size = i2d_X509(certificate.get(), &der);
    const Bytes copy(der, der + size);
    OPENSSL_free(der);
    return copy;
}

} // namespace

class KeyCertificateTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void requestGivesItsKey()
    {
        const auto key = publicKeyOfCertificate(test::realCvc("ef_ce04_rsa2048"));
        QVERIFY(key);
        QCOMPARE(key->algorithm, std::optional(KeyAlgorithm::Rsa2048));
        QCOMPARE(toHex(key->exponent), QStringLiteral("010001"));
    }

    /// The fingerprint was computed with the openssl program.
    void x509GivesItsKey()
    {
        const Bytes certificate = bytes(test::writtenFile("writecert-ca", "ca00"));
        const auto key = publicKeyOfCertificate(certificate);
        QVERIFY(key);
        QCOMPARE(key->algorithm, std::optional(KeyAlgorithm::Rsa2048));
        QCOMPARE(toHex(*key->fingerprint()),
            QStringLiteral("2f3a78e8c1c8a8784ec70f8aa8a11519be9f31dc562c39ed6d2965f122df50f2"));
    }

    void x509GivesEcKeysWithTheirCurve()
    {
        for (const auto& [group, algorithm] : { std::pair("P-521", KeyAlgorithm::EcP521),
                 std::pair("brainpoolP512r1", KeyAlgorithm::EcBrainpoolP512),
                 std::pair("secp256k1", KeyAlgorithm::EcSecp256k1) }) {
            const Key made(EVP_EC_gen(group));
            const auto key = publicKeyOfCertificate(selfSigned(made.get()));
            QVERIFY(key);
            QCOMPARE(key->algorithm, std::optional(algorithm));
            std::uint8_t* der = nullptr;
            const int size = i2d_PUBKEY(made.get(), &der);
            QCOMPARE(toHex(*key->subjectPublicKeyInfo()), toHex({ der, static_cast<std::size_t>(size) }));
            OPENSSL_free(der);
        }
    }

    void otherCurvesAndKindsAreTold()
    {
        const Key brainpoolTwisted(EVP_EC_gen("brainpoolP256t1")); // the same prime as r1
        const auto key = publicKeyOfCertificate(selfSigned(brainpoolTwisted.get()));
        QVERIFY(key);
        QCOMPARE(key->algorithm, std::nullopt);
        QCOMPARE(key->point.size(), std::size_t{ 65 });
    }

    void truncationsAreRefused()
    {
        for (const Bytes& whole :
            { bytes(test::writtenFile("writecert-ca", "ca00")), test::realCvc("ef_ce01_ec_secp256k1") }) {
            for (std::size_t size = 0; size < whole.size(); ++size) {
                const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
                QVERIFY(!publicKeyOfCertificate(cut));
            }
        }
    }

    void hostileBytesDoNoHarm()
    {
        QRandomGenerator random(509);
        const Bytes whole = bytes(test::writtenFile("writecert-ca", "ca00"));
        for (int round = 0; round < 3000; ++round) {
            Bytes input = whole;
            input[random.bounded(static_cast<quint32>(input.size()))]
                = static_cast<std::uint8_t>(random.bounded(256));
            const auto key = publicKeyOfCertificate(input);
            QVERIFY(!key || !key->modulus.empty() || !key->point.empty());
        }
    }
};

QTEST_GUILESS_MAIN(KeyCertificateTest)
#include "tst_keycertificate.moc"
