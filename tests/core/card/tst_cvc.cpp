// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/curves.h"
#include "core/card/cvc.h"
#include "core/card/tlv.h"
#include "tests/core/card/vectors.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace conclave;
using namespace conclave::card;
using test::bytes;
using test::realCvc;

namespace {

const char* const kRequests[] = { "ef_ce01_ec_secp256k1", "ef_ce04_rsa2048" };
const char* const kAll[] = { "root_srca_DESRCACC100001", "root_test_UTSRCACC100001",
    "ef_2f02_nitrokey_hsm2_fw41", "ef_ce01_ec_secp256k1", "ef_ce04_rsa2048" };

/// The key of a certificate that leaves its curve to the issuer's.
PublicKey onBrainpool(PublicKey key)
{
    key.algorithm = KeyAlgorithm::EcBrainpoolP256;
    return key;
}

std::vector<CvCertificate> realChain()
{
    return *parseCvChain(realCvc("ef_2f02_nitrokey_hsm2_fw41"));
}

CvSigner signsWith(const Bytes& signature, Bytes* toBeSigned = nullptr)
{
    return [=](ByteView bytesToSign) -> Result<Bytes> {
        if (toBeSigned)
            *toBeSigned = toBytes(bytesToSign);
        return signature;
    };
}

CvBody bodyOf(const CvCertificate& certificate, bool domainParameters)
{
    return { .authorityReference = certificate.authorityReference,
        .holderReference = certificate.holderReference,
        .publicKey = certificate.publicKey,
        .domainParameters = domainParameters,
        .role = certificate.role,
        .validFrom = certificate.validFrom,
        .validTo = certificate.validTo };
}

/// True when nothing of it is read as a certificate or request.
bool refusedByAll(ByteView input)
{
    return !CvCertificate::parse(input) && !CvRequest::parse(input) && !parseCvChain(input);
}

} // namespace

class CvcTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rootIsRead()
    {
        const auto root = CvCertificate::parse(realCvc("root_srca_DESRCACC100001"));
        QVERIFY(root);
        QCOMPARE(root->authorityReference, QStringLiteral("DESRCACC100001"));
        QCOMPARE(root->holderReference, QStringLiteral("DESRCACC100001"));
        QCOMPARE(root->publicKey.algorithm, std::optional(KeyAlgorithm::EcBrainpoolP256));
        QCOMPARE(root->role, std::optional<std::uint8_t>(0xC0));
        QCOMPARE(root->validFrom, std::optional(QDate(2012, 11, 9)));
        QCOMPARE(root->validTo, std::optional(QDate(2032, 11, 8)));
        // The point as smartcard-hsm.md, 5.5, gives it.
        QCOMPARE(toHex(root->publicKey.point),
            QStringLiteral("046d025a8026cdba245f10df1b72e9880fff746dab40a43a3d5c6bebf27707c30f"
                           "6dea72430ee3287b0665c1eaa6eaa4fa26c46303001983f82bd1aa31e03da062"));
    }

    void serialIsTheHoldersNameWithoutSequence()
    {
        const auto chain = realChain();
        QCOMPARE(chain.size(), std::size_t{ 2 });
        QCOMPARE(chain[0].holderReference, QStringLiteral("DENK040414400000"));
        QCOMPARE(chain[0].holderWithoutSequence(), QStringLiteral("DENK0404144"));
        QCOMPARE(chain[0].role, std::optional<std::uint8_t>(0x00));
        QCOMPARE(chain[0].validFrom, std::optional(QDate(2026, 5, 28)));
        QCOMPARE(chain[0].validTo, std::optional(QDate(2031, 5, 27)));
        QCOMPARE(chain[0].publicKey.algorithm, std::nullopt); // the issuer's curve
        QCOMPARE(chain[1].holderWithoutSequence(), QStringLiteral("DEDINK04"));
        QCOMPARE(chain[1].role, std::optional<std::uint8_t>(0x80));
    }

    void shortHoldersHaveNoSerial()
    {
        CvCertificate certificate;
        certificate.holderReference = QStringLiteral("ABC00001");
        QCOMPARE(certificate.holderWithoutSequence(), QString());
        certificate.holderReference = QStringLiteral("ABCD00001");
        QCOMPARE(certificate.holderWithoutSequence(), QStringLiteral("ABCD"));
    }

    void realChainVerifiesUpToTheRoot()
    {
        const auto root = *CvCertificate::parse(realCvc("root_srca_DESRCACC100001"));
        const auto chain = realChain();
        QVERIFY(root.verify(root.publicKey));
        QCOMPARE(chain[1].authorityReference, root.holderReference);
        QVERIFY(chain[1].verify(root.publicKey));
        QCOMPARE(chain[0].authorityReference, chain[1].holderReference);
        QVERIFY(chain[0].verify(onBrainpool(chain[1].publicKey)));
    }

    void anotherRootDoesNotVerify()
    {
        const auto chain = realChain();
        const auto other = *CvCertificate::parse(realCvc("root_test_UTSRCACC100001"));
        QVERIFY(other.verify(other.publicKey));
        QCOMPARE(chain[1].verify(other.publicKey).error().kind, ErrorKind::SelfTestFailed);
        QCOMPARE(chain[0].verify(other.publicKey).error().kind, ErrorKind::SelfTestFailed);
    }

    void keyWithoutCurveVerifiesNothing()
    {
        const auto chain = realChain();
        QCOMPARE(chain[0].verify(chain[1].publicKey).error().kind, ErrorKind::Unsupported);
        QCOMPARE(chain[0].verify(PublicKey()).error().kind, ErrorKind::Unsupported);
    }

    void realRequestsVerifyInsideAndOutside_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<KeyAlgorithm>("algorithm");
        QTest::newRow("EC") << QByteArray(kRequests[0]) << KeyAlgorithm::EcSecp256k1;
        QTest::newRow("RSA") << QByteArray(kRequests[1]) << KeyAlgorithm::Rsa2048;
    }

    void realRequestsVerifyInsideAndOutside()
    {
        QFETCH(QByteArray, name);
        QFETCH(KeyAlgorithm, algorithm);
        const auto request = CvRequest::parse(realCvc(name.constData()));
        QVERIFY(request);
        QCOMPARE(request->request.publicKey.algorithm, std::optional(algorithm));
        QCOMPARE(request->request.authorityReference, QStringLiteral("UTCA00001"));
        QCOMPARE(request->request.holderReference, QStringLiteral("DENK040414400001"));
        QCOMPARE(request->authorityReference, QStringLiteral("DENK040414400000"));
        QCOMPARE(request->request.role, std::nullopt);
        QVERIFY(request->verifyPossession());
        QVERIFY(request->verify(onBrainpool(realChain()[0].publicKey)));
        QCOMPARE(
            request->verify(onBrainpool(realChain()[1].publicKey)).error().kind, ErrorKind::SelfTestFailed);
    }

    void changedRequestsDoNotVerify()
    {
        const PublicKey device = onBrainpool(realChain()[0].publicKey);
        for (const char* name : kRequests) {
            const Bytes real = realCvc(name);
            for (std::size_t at = 0; at < real.size(); at += 7) {
                Bytes changed = real;
                changed[at] ^= 0x01;
                const auto request = CvRequest::parse(changed);
                // The outer signature covers all but itself.
                QVERIFY(!request || !request->verify(device));
            }
        }
    }

    void buildersMakeTheRealBytes()
    {
        for (const char* name : { "root_srca_DESRCACC100001", "root_test_UTSRCACC100001" }) {
            const auto root = *CvCertificate::parse(realCvc(name));
            QCOMPARE(toHex(*buildCvCertificate(bodyOf(root, true), signsWith(root.signature))),
                toHex(realCvc(name)));
        }

        // Its issuer's certificate has an empty extension, which is not built here.
        const CvCertificate device = realChain().front();
        Bytes deviceToBeSigned;
        const auto built
            = buildCvCertificate(bodyOf(device, false), signsWith(device.signature, &deviceToBeSigned));
        QCOMPARE(toHex(deviceToBeSigned), toHex(device.toBeSigned));
        QVERIFY(toHex(realCvc("ef_2f02_nitrokey_hsm2_fw41")).startsWith(toHex(*built)));

        for (const char* name : kRequests) {
            const auto request = *CvRequest::parse(realCvc(name));
            const Bytes inner
                = *buildCvCertificate(bodyOf(request.request, true), signsWith(request.request.signature));
            Bytes toBeSigned;
            const Bytes whole = *buildCvRequest(
                inner, request.authorityReference, signsWith(request.signature, &toBeSigned));
            QCOMPARE(toHex(toBeSigned), toHex(request.toBeSigned));
            QCOMPARE(toHex(whole), toHex(realCvc(name)));
        }
    }

    void failingSignerFailsTheBuild()
    {
        const auto root = *CvCertificate::parse(realCvc("root_srca_DESRCACC100001"));
        const CvSigner failing = [](ByteView) -> Result<Bytes> { return fail(ErrorKind::CryptoFailed); };
        QCOMPARE(buildCvCertificate(bodyOf(root, true), failing).error().kind, ErrorKind::CryptoFailed);
        QCOMPARE(buildCvRequest(realCvc("root_srca_DESRCACC100001"), QStringLiteral("X00001"), failing)
                     .error()
                     .kind,
            ErrorKind::CryptoFailed);
        CvBody withoutCurve = bodyOf(root, true);
        withoutCurve.publicKey.algorithm.reset();
        QCOMPARE(buildCvCertificate(withoutCurve, signsWith({})).error().kind, ErrorKind::Unsupported);
    }

    void templatesAreThoseOpenScSends_data()
    {
        QTest::addColumn<KeyAlgorithm>("algorithm");
        QTest::addColumn<QString>("command");
        QTest::newRow("EC P-256") << KeyAlgorithm::EcP256 << test::exchange("keygen-ec", "0046").command;
        QTest::newRow("secp256k1") << KeyAlgorithm::EcSecp256k1
                                   << test::exchange("keygen-noid-ec", "0046").command;
        QTest::newRow("RSA 2048") << KeyAlgorithm::Rsa2048 << test::exchange("keygen-rsa", "0046").command;
    }

    void templatesAreThoseOpenScSends()
    {
        QFETCH(KeyAlgorithm, algorithm);
        QFETCH(QString, command);
        const Bytes encoded = encodeKeyTemplate(algorithm);
        QVERIFY2(command.contains(toHex(encoded)), qPrintable(toHex(encoded)));
        QCOMPARE(*parseKeyTemplate(encoded), algorithm);
    }

    void everyAlgorithmHasATemplate()
    {
        for (const KeyAlgorithm algorithm : kKeyPairAlgorithms)
            QCOMPARE(*parseKeyTemplate(encodeKeyTemplate(algorithm)), algorithm);
    }

    void templatesOfOtherKeysAreRefused()
    {
        const Bytes rsa1024 = bytes(QStringLiteral("7F4915 060A04007F00070202020102 8203010001 02020400"));
        QCOMPARE(parseKeyTemplate(rsa1024).error().kind, ErrorKind::Unsupported);
        Bytes otherCurve = encodeKeyTemplate(KeyAlgorithm::EcP256);
        otherCurve[60] ^= 0x01; // somewhere in a
        QCOMPARE(parseKeyTemplate(otherCurve).error().kind, ErrorKind::Unsupported);
        QCOMPARE(parseKeyTemplate(bytes(QStringLiteral("7F4903060100"))).error().kind, ErrorKind::Malformed);
        const Bytes whole = encodeKeyTemplate(KeyAlgorithm::EcP521);
        for (std::size_t size = 0; size < whole.size(); ++size)
            QVERIFY(!parseKeyTemplate(ByteView(whole).first(size)));
    }

    /// A known prime with other parameters must not pass for the known curve.
    void foreignParametersLeaveTheCurveOpen()
    {
        const Bytes real = realCvc(kRequests[0]);
        const auto curve = *curveOf(KeyAlgorithm::EcSecp256k1);
        for (const Bytes& parameter : { curve.a, curve.b, curve.generator, curve.order }) {
            Bytes changed = real;
            const auto found = std::ranges::search(changed, parameter);
            QVERIFY(!found.empty());
            *(found.end() - 1) ^= 0x02;
            const auto request = CvRequest::parse(changed);
            QVERIFY(request);
            QCOMPARE(request->request.publicKey.algorithm, std::nullopt);
        }
    }

    void pointsAreCheckedForTheirForm()
    {
        const QString oid = QStringLiteral("060A04007F00070202020203");
        const auto withPoint = [&](const QString& point) {
            const Bytes key = tlv(0x7F49, bytes(oid + point));
            const Bytes body = tlv(0x7F4E,
                { bytes(QStringLiteral("5F290100 4206414243303031")), key,
                    bytes(QStringLiteral("5F2006414243303031")) });
            return CvCertificate::parse(tlv(0x7F21, { body, bytes(QStringLiteral("5F3701AA")) })).has_value();
        };
        QVERIFY(withPoint(QStringLiteral("8603 04AABB")));
        QVERIFY(!withPoint(QStringLiteral("8603 02AABB")));
        QVERIFY(!withPoint(QStringLiteral("8602 04AA")));
        QVERIFY(!withPoint(QStringLiteral("8600")));
        QVERIFY(!withPoint(QString()));
        QVERIFY(!withPoint(QStringLiteral("860304AABB 860304AABB"))); // twice
    }

    void everyTruncationIsRefused()
    {
        for (const char* name : kAll) {
            const Bytes whole = realCvc(name);
            for (std::size_t size = 0; size < whole.size(); ++size) {
                const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
                // A chain cut between two certificates is a shorter chain.
                const auto chain = parseCvChain(cut);
                if (chain) {
                    QCOMPARE(QByteArray(name), QByteArray(kAll[2]));
                    QCOMPARE(size, TlvReader(whole).next()->whole.size());
                    QCOMPARE(chain->size(), std::size_t{ 1 });
                    continue;
                }
                QVERIFY(refusedByAll(cut));
            }
            Bytes longer = whole;
            longer.push_back(0x00);
            QVERIFY(refusedByAll(longer));
        }
    }

    void oversizedLengthsAreRefused()
    {
        for (const char* name : kAll) {
            const Bytes whole = realCvc(name);
            for (std::size_t at = 0; at < whole.size(); ++at) {
                Bytes changed = whole;
                changed[at] = 0xFF;
                const auto request = CvRequest::parse(changed);
                const auto certificate = CvCertificate::parse(changed);
                const auto chain = parseCvChain(changed);
                QVERIFY(!request || request->toBeSigned.size() < whole.size());
                QVERIFY(!certificate || certificate->toBeSigned.size() < whole.size());
                QVERIFY(!chain || chain->size() <= 2);
            }
        }
    }

    void hostileBytesDoNoHarm()
    {
        QRandomGenerator random(5);
        for (const char* name : kAll) {
            const Bytes whole = realCvc(name);
            for (int round = 0; round < 4000; ++round) {
                Bytes input = whole;
                for (int change = random.bounded(1, 5); change > 0; --change)
                    input[random.bounded(static_cast<quint32>(input.size()))]
                        = static_cast<std::uint8_t>(random.bounded(256));
                const auto chain = parseCvChain(input);
                const auto request = CvRequest::parse(input);
                if (request) {
                    // The key may be nonsense: using it must fail, not crash.
                    const auto info = request->request.publicKey.subjectPublicKeyInfo();
                    QVERIFY(!info || !info->empty());
                    QVERIFY(request->request.holderReference.size() <= 16);
                }
                QVERIFY(!chain || !chain->empty());
            }
        }
    }

    void holderNamesWithControlCharactersAreRefused()
    {
        Bytes real = realCvc("ef_2f02_nitrokey_hsm2_fw41");
        const auto found = std::ranges::search(real, bytes(QStringLiteral("44454E4B30343034313434")));
        QVERIFY(!found.empty());
        *found.begin() = 0x0A;
        QVERIFY(!parseCvChain(real));
    }

    void signaturesGoBothWays_data()
    {
        QTest::addColumn<QString>("der");
        QTest::addColumn<QString>("raw");
        QTest::addColumn<QString>("shortest");
        QTest::newRow("plain") << QStringLiteral("3008 02020102 02020304")
                               << QStringLiteral("0000010200000304")
                               << QStringLiteral("300802020102 02020304");
        QTest::newRow("sign byte") << QStringLiteral("300A 02030080FF 02030090EE")
                                   << QStringLiteral("000080FF000090EE")
                                   << QStringLiteral("300A02030080FF 02030090EE");
        QTest::newRow("superfluous zeros")
            << QStringLiteral("3010 0206000000000102 0206000000000004") << QStringLiteral("0000010200000004")
            << QStringLiteral("3007 02020102 020104");
        QTest::newRow("missing sign byte")
            << QStringLiteral("3008 020280FF 020290EE") << QStringLiteral("000080FF000090EE")
            << QStringLiteral("300A02030080FF 02030090EE");
        QTest::newRow("full size") << QStringLiteral("300C 020411223344 020455667788")
                                   << QStringLiteral("1122334455667788")
                                   << QStringLiteral("300C020411223344 020455667788");
    }

    void signaturesGoBothWays()
    {
        QFETCH(QString, der);
        QFETCH(QString, raw);
        QFETCH(QString, shortest);
        QCOMPARE(toHex(*rawFromDerSignature(bytes(der), 4)), toHex(bytes(raw)));
        QCOMPARE(toHex(*derFromRawSignature(bytes(raw))), toHex(bytes(shortest)));
    }

    void brokenSignaturesAreRefused()
    {
        for (const char* der : { "", "3000", "3003020101", "3006020101020100", "3006020100020101",
                 "300602010102010100", "3009020101020101020101", "30060201010301 01",
                 "300A 02051122334455 020101", "31060201010201 01" })
            QCOMPARE(
                rawFromDerSignature(bytes(QString::fromLatin1(der)), 4).error().kind, ErrorKind::Malformed);
        QVERIFY(!derFromRawSignature({}));
        QVERIFY(!derFromRawSignature(Bytes(63)));
    }

    void signatureOfAnotherLengthDoesNotVerify()
    {
        auto root = *CvCertificate::parse(realCvc("root_srca_DESRCACC100001"));
        root.signature.push_back(0x00);
        QCOMPARE(root.verify(root.publicKey).error().kind, ErrorKind::SelfTestFailed);
        root.signature.assign(64, 0x00);
        QCOMPARE(root.verify(root.publicKey).error().kind, ErrorKind::SelfTestFailed);
    }
};

QTEST_GUILESS_MAIN(CvcTest)
#include "tst_cvc.moc"
