// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/cvc.h"
#include "core/card/publickey.h"
#include "tests/core/card/vectors.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <QtTest>

#include <memory>

using namespace conclave;
using namespace conclave::card;
using test::bytes;

namespace {

struct KeyFree {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct ContextFree {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, KeyFree>;

const char* groupOf(KeyAlgorithm algorithm)
{
    switch (algorithm) {
    case KeyAlgorithm::EcP256:
        return "P-256";
    case KeyAlgorithm::EcP384:
        return "P-384";
    case KeyAlgorithm::EcP521:
        return "P-521";
    case KeyAlgorithm::EcBrainpoolP256:
        return "brainpoolP256r1";
    case KeyAlgorithm::EcBrainpoolP384:
        return "brainpoolP384r1";
    case KeyAlgorithm::EcBrainpoolP512:
        return "brainpoolP512r1";
    case KeyAlgorithm::EcSecp256k1:
        return "secp256k1";
    default:
        return nullptr;
    }
}

Key generate(KeyAlgorithm algorithm)
{
    if (const char* group = groupOf(algorithm))
        return Key(EVP_EC_gen(group));
    return Key(EVP_RSA_gen(static_cast<unsigned>(keyBits(algorithm))));
}

Bytes spkiOf(EVP_PKEY* key)
{
    std::uint8_t* der = nullptr;
    const int size = i2d_PUBKEY(key, &der);
    const Bytes copy(der, der + size);
    OPENSSL_free(der);
    return copy;
}

QByteArray base64(const Bytes& bytes)
{
    return QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()))
        .toBase64();
}

PublicKey publicHalf(EVP_PKEY* key, KeyAlgorithm algorithm)
{
    PublicKey result{ .algorithm = algorithm };
    const auto number = [&](const char* name) {
        BIGNUM* value = nullptr;
        EVP_PKEY_get_bn_param(key, name, &value);
        Bytes all(static_cast<std::size_t>(BN_num_bytes(value)));
        BN_bn2bin(value, all.data());
        BN_free(value);
        return all;
    };
    if (isRsa(algorithm)) {
        result.modulus = number("n");
        result.exponent = number("e");
        return result;
    }
    std::uint8_t point[256];
    std::size_t size = 0;
    EVP_PKEY_get_octet_string_param(key, "pub", point, sizeof point, &size);
    result.point.assign(point, point + size);
    return result;
}

Bytes sign(EVP_PKEY* key, ByteView message)
{
    const std::unique_ptr<EVP_MD_CTX, ContextFree> context(EVP_MD_CTX_new());
    EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key);
    std::size_t size = 1024;
    Bytes signature(size);
    EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size());
    signature.resize(size);
    return signature;
}

} // namespace

class PublicKeyTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyAlgorithmAgreesWithOpenSsl_data()
    {
        QTest::addColumn<KeyAlgorithm>("algorithm");
        for (const KeyAlgorithm algorithm : kKeyPairAlgorithms)
            QTest::newRow(qPrintable(keyAlgorithmName(algorithm))) << algorithm;
    }

    void everyAlgorithmAgreesWithOpenSsl()
    {
        QFETCH(KeyAlgorithm, algorithm);
        const Key key = generate(algorithm);
        const PublicKey half = publicHalf(key.get(), algorithm);
        const Bytes spki = spkiOf(key.get());
        QCOMPARE(toHex(*half.subjectPublicKeyInfo()), toHex(spki));
        QVERIFY(*half.fingerprint() == sha256(spki));
        QCOMPARE(half.pem()->replace('\n', ""),
            "-----BEGIN PUBLIC KEY-----" + base64(spki) + "-----END PUBLIC KEY-----");
        QCOMPARE(*PublicKey::parse(spki), half);

        const Bytes message = bytes(QStringLiteral("68656C6C6F"));
        const Bytes signature = sign(key.get(), message);
        QVERIFY(half.verifySha256(message, signature));
        Bytes other = message;
        other[0] ^= 0x01;
        QCOMPARE(half.verifySha256(other, signature).error().kind, ErrorKind::SelfTestFailed);
        Bytes changed = signature;
        changed.back() ^= 0x01;
        QCOMPARE(half.verifySha256(message, changed).error().kind, ErrorKind::SelfTestFailed);
        QCOMPARE(half.verifySha256(message, {}).error().kind, ErrorKind::SelfTestFailed);
    }

    void aPointOffItsCurveIsRefused()
    {
        const Key key = generate(KeyAlgorithm::EcP256);
        Bytes offCurve = spkiOf(key.get());
        offCurve.back() ^= 0x01;
        QVERIFY(!PublicKey::parse(offCurve));
    }

    /// The signature that a card made in the recorded run, over "hello" and a newline.
    void recordedSignatureVerifies()
    {
        const Bytes request = bytes(test::writtenFile("keygen-ec", "ce01"));
        const PublicKey key = CvRequest::parse(request)->request.publicKey;
        const QString response = test::exchange("sign-ec", "80680173").response;
        const Bytes signature = bytes(response.chopped(4));
        const Bytes message = bytes(QStringLiteral("68656c6c6f0a"));
        QVERIFY(key.verifySha256(message, signature));
    }

    void aKeyIsReadFromItsSubjectPublicKeyInfo()
    {
        for (const char* file : { "ce01", "ce02" }) {
            const char* run = std::strcmp(file, "ce01") == 0 ? "keygen-ec" : "keygen-rsa";
            const auto request = CvRequest::parse(test::bytes(test::writtenFile(run, file)));
            QVERIFY(request);
            const PublicKey& key = request->request.publicKey;
            const auto der = key.subjectPublicKeyInfo();
            QVERIFY(der);
            const auto again = PublicKey::parse(*der);
            QVERIFY(again);
            QVERIFY(*again == key);
            QVERIFY(again->isSameAs(key));
            for (std::size_t size = 0; size < der->size(); ++size)
                QVERIFY(!PublicKey::parse(ByteView(*der).first(size)));
            Bytes longer = *der;
            longer.push_back(0x00);
            QVERIFY(!PublicKey::parse(longer));
        }
    }

    void zerosInFrontMakeNoOtherKey()
    {
        const auto request = CvRequest::parse(test::bytes(test::writtenFile("keygen-rsa", "ce02")));
        QVERIFY(request);
        const PublicKey& key = request->request.publicKey;
        PublicKey padded = key;
        padded.modulus.insert(padded.modulus.begin(), 0x00);
        QVERIFY(!(padded == key));
        QVERIFY(padded.isSameAs(key));
        padded.exponent = { 0x03 };
        QVERIFY(!padded.isSameAs(key));
    }

    void keysThatAreNoneAreRefused()
    {
        QCOMPARE(PublicKey().subjectPublicKeyInfo().error().kind, ErrorKind::Unsupported);
        PublicKey offCurve{ .algorithm = KeyAlgorithm::EcP256, .point = Bytes(65, 0x04) };
        QCOMPARE(offCurve.subjectPublicKeyInfo().error().kind, ErrorKind::Malformed);
        QCOMPARE(offCurve.fingerprint().error().kind, ErrorKind::Malformed);
        QCOMPARE(offCurve.verifySha256({}, {}).error().kind, ErrorKind::Malformed);
        offCurve.point = bytes(QStringLiteral("00")); // infinity
        QVERIFY(!offCurve.verifySha256({}, {}));
    }
};

QTEST_GUILESS_MAIN(PublicKeyTest)
#include "tst_publickey.moc"
