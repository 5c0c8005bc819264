// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/certificaterequest.h"
#include "core/card/smartcardhsm.h"
#include "core/simulator/simulatedchannel.h"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <QtTest>

using namespace conclave;
using namespace conclave::card;

namespace {

SecretBytes ascii(const char* text)
{
    return SecretBytes({ reinterpret_cast<const std::uint8_t*>(text), std::strlen(text) });
}

struct RequestFree {
    void operator()(X509_REQ* request) const { X509_REQ_free(request); }
};
struct BioFree {
    void operator()(BIO* bio) const { BIO_free(bio); }
};

/// A device with its user logged in.
struct Bench {
    std::shared_ptr<simulator::SimulatedHsm> device = std::make_shared<simulator::SimulatedHsm>();
    simulator::SimulatedChannel channel{ device };
    SmartCardHsm hsm{ channel };

    Bench()
    {
        if (!hsm.initialise({ .userPin = ascii("648219"),
                .soPin = ascii("3537363231383830"),
                .label = QStringLiteral("x") })
            || !hsm.verifyUserPin(ascii("648219")))
            throw std::runtime_error("no device to begin with");
    }
    GeneratedKey make(KeyAlgorithm algorithm)
    {
        return hsm.generateKey(1, { .algorithm = algorithm, .label = {}, .id = { 0x01 } }).value();
    }
    RequestSigner signer(KeyAlgorithm algorithm)
    {
        return [this, algorithm](ByteView message) { return hsm.signSha256(1, algorithm, message); };
    }
};

} // namespace

class CertificateRequestTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyAlgorithmsRequestVerifies_data()
    {
        QTest::addColumn<KeyAlgorithm>("algorithm");
        for (const KeyAlgorithm algorithm : kKeyPairAlgorithms) {
            if (algorithm != KeyAlgorithm::Rsa4096) // takes long, and is as 3072
                QTest::newRow(qPrintable(keyAlgorithmName(algorithm))) << algorithm;
        }
    }

    void everyAlgorithmsRequestVerifies()
    {
        QFETCH(KeyAlgorithm, algorithm);
        Bench bench;
        const GeneratedKey key = bench.make(algorithm);
        const QString name = QStringLiteral("Wurzel-Schlüssel 安");
        const auto made = certificateRequest(key.publicKey, { .commonName = name }, bench.signer(algorithm));
        QVERIFY(made);
        QCOMPARE(made->subject, QStringLiteral("CN=") + name);
        const QByteArray* pem = &made->pem;

        // As OpenSSL reads it.
        const std::unique_ptr<BIO, BioFree> in(
            BIO_new_mem_buf(pem->constData(), static_cast<int>(pem->size())));
        const std::unique_ptr<X509_REQ, RequestFree> request(
            PEM_read_bio_X509_REQ(in.get(), nullptr, nullptr, nullptr));
        QVERIFY(request);
        QCOMPARE(X509_REQ_verify(request.get(), X509_REQ_get0_pubkey(request.get())), 1);
        QCOMPARE(X509_REQ_get_version(request.get()), 0L);
        X509_NAME* subject = X509_REQ_get_subject_name(request.get());
        QCOMPARE(X509_NAME_entry_count(subject), 1);
        unsigned char* text = nullptr;
        const int size
            = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, 0)));
        QCOMPARE(QString::fromUtf8(reinterpret_cast<const char*>(text), size), name);
        OPENSSL_free(text);
        std::uint8_t* der = nullptr;
        const int derSize = i2d_PUBKEY(X509_REQ_get0_pubkey(request.get()), &der);
        QCOMPARE(Bytes(der, der + derSize), *key.publicKey.subjectPublicKeyInfo());
        OPENSSL_free(der);
    }

    void signatureOfAnotherKeyIsNotPassedOn()
    {
        Bench bench;
        Bench other;
        const GeneratedKey key = bench.make(KeyAlgorithm::EcP256);
        other.make(KeyAlgorithm::EcP256);
        const auto request = certificateRequest(key.publicKey,
            RequestSubject{ .commonName = QStringLiteral("x") }, other.signer(KeyAlgorithm::EcP256));
        QCOMPARE(request.error().kind, ErrorKind::SelfTestFailed);
    }

    void devicesErrorsAreTold()
    {
        Bench bench;
        const GeneratedKey key = bench.make(KeyAlgorithm::EcP256);
        QVERIFY(bench.hsm.select()); // logs out
        const auto request = certificateRequest(key.publicKey,
            RequestSubject{ .commonName = QStringLiteral("x") }, bench.signer(KeyAlgorithm::EcP256));
        QCOMPARE(request.error().kind, ErrorKind::NotLoggedIn);
    }

    void namesHaveTheirRule()
    {
        Bench bench;
        const GeneratedKey key = bench.make(KeyAlgorithm::EcP256);
        for (const QString& name : { QString(), QStringLiteral("  "), QString(65, QLatin1Char('x')) })
            QCOMPARE(
                certificateRequest(key.publicKey, { .commonName = name }, bench.signer(KeyAlgorithm::EcP256))
                    .error()
                    .kind,
                ErrorKind::LabelRule);
        QVERIFY(certificateRequest(key.publicKey, { .commonName = QString(64, QLatin1Char('x')) },
            bench.signer(KeyAlgorithm::EcP256)));
        QVERIFY(!certificateRequest(
            {}, RequestSubject{ .commonName = QStringLiteral("x") }, bench.signer(KeyAlgorithm::EcP256)));
    }

    void membersOfASubjectHaveTheirRules()
    {
        const auto wrong = [](const RequestSubject& subject) {
            const Status checked = checkSubject(subject);
            return checked ? QString() : checked.error().detail;
        };
        const QString name = QStringLiteral("x");
        const QString longest(64, QChar(u'\u00fc'));
        QCOMPARE(wrong({ name, longest, longest, QStringLiteral("CH") }), QString());
        QCOMPARE(wrong({ name + QChar(u'\n') }), QString()); // at its end it is no part of it
        QCOMPARE(wrong({ QStringLiteral("a\nb") }), QStringLiteral("commonName"));
        QCOMPARE(wrong({ QString(QChar(0xD800)) }), QStringLiteral("commonName"));
        QCOMPARE(wrong({ name, longest + name }), QStringLiteral("organisation"));
        QCOMPARE(wrong({ name, QString(QChar(u'\0')) + name }), QStringLiteral("organisation"));
        QCOMPARE(wrong({ name, {}, longest + name }), QStringLiteral("unit"));
        for (const char* country : { "C", "CHE", "ch", "1A", "\u00c4\u00d6" })
            QCOMPARE(wrong({ name, {}, {}, QString::fromUtf8(country) }), QStringLiteral("country"));
    }

    void eachMemberComesOnceAndNothingCanBeSmuggledIn()
    {
        Bench bench;
        const GeneratedKey key = bench.make(KeyAlgorithm::EcP256);
        const auto made = certificateRequest(key.publicKey,
            { .commonName = QStringLiteral("Root,O=Other"),
                .organisation = QStringLiteral("Example Trust"),
                .unit = QStringLiteral("Keys"),
                .country = QStringLiteral("CH") },
            bench.signer(KeyAlgorithm::EcP256));
        QVERIFY(made);
        QCOMPARE(made->subject, QStringLiteral("CN=Root\\,O=Other,OU=Keys,O=Example Trust,C=CH"));
    }
};

QTEST_GUILESS_MAIN(CertificateRequestTest)
#include "tst_certificaterequest.moc"
