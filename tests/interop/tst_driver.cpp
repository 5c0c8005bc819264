// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/certificaterequest.h"
#include "core/card/smartcardhsm.h"
#include "core/pcsc/pcscchannel.h"
#include "tests/interop/files.h"
#include "tests/interop/stocktools.h"
#include "tests/interop/virtualreader.h"

#include <QCryptographicHash>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace conclave;
using namespace conclave::interop;
using card::KeyAlgorithm;

namespace {

const QByteArray kPin(stock::kPin);
const QByteArray kSoPin(stock::kSoPin);

void pkcs11Login(const QStringList& arguments)
{
    const auto done = stock::pkcs11Login(arguments);
    QVERIFY2(done.exitCode == 0, done.output);
}

} // namespace

/// The driver over the real PC/SC stack; what it made is judged by OpenSC, and the other way round.
class TestDriver : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_readers = virtualReaders();
        QVERIFY2(!m_readers.empty(), "to be started by with-readers");
    }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_card = std::make_unique<SimcardProcess>(
            m_readers.front(), path(QStringLiteral("card")), QStringLiteral("UTTEST0001"));
        QVERIFY(m_card->insert());
    }

    void cleanup()
    {
        disconnect();
        QVERIFY(m_card->remove());
        m_card.reset();
    }

    void theStockToolSeesOurInitialisation()
    {
        connect();
        QVERIFY(m_hsm->initialise(initialisation(2)));
        const Bytes first(32, 0x11);
        const auto afterFirst = m_hsm->importShareFile(first);
        QVERIFY(afterFirst);
        QCOMPARE(afterFirst->outstanding, 1);
        disconnect();

        auto status = stock::cardStatus();
        QCOMPARE(status.soPinTries, 15);
        QCOMPARE(status.userPinTries, 3);
        QCOMPARE(status.shareFiles, 2);
        QCOMPARE(status.outstanding, 1);

        connect();
        const Bytes second(32, 0x27);
        const auto afterSecond = m_hsm->importShareFile(second);
        QVERIFY(afterSecond);
        QVERIFY(afterSecond->kcv);
        disconnect();
        status = stock::cardStatus();
        QCOMPARE(status.outstanding, 0);
        const QByteArray dkek(32, 0x11 ^ 0x27);
        const QByteArray kcv = QCryptographicHash::hash(dkek, QCryptographicHash::Sha256).first(8);
        QCOMPARE(status.kcv, kcv.toHex().toUpper());
        QCOMPARE(arrayOf(*afterSecond->kcv), kcv);
    }

    void theStockToolsSeeAndUseOurKeys_data()
    {
        QTest::addColumn<KeyAlgorithm>("algorithm");
        for (const KeyAlgorithm algorithm : card::kKeyPairAlgorithms)
            QTest::newRow(qPrintable(card::keyAlgorithmName(algorithm))) << algorithm;
    }

    void theStockToolsSeeAndUseOurKeys()
    {
        QFETCH(const KeyAlgorithm, algorithm);
        const bool rsa = card::isRsa(algorithm);
        connect();
        QVERIFY(m_hsm->initialise(initialisation(0)));
        QVERIFY(m_hsm->verifyUserPin(bytesOf(kPin)));
        const auto reference = m_hsm->freeKeyReference();
        QVERIFY(reference);
        const auto key = m_hsm->generateKey(*reference,
            { .algorithm = algorithm, .label = QStringLiteral("Schlüssel α"), .id = { 0x0a, 0x1b } });
        QVERIFY(key);
        const auto spki = key->publicKey.subjectPublicKeyInfo();
        QVERIFY(spki);
        const QByteArray message = contentOf(messageFile());
        const auto ours = m_hsm->signSha256(*reference, algorithm, bytesOf(message));
        QVERIFY(ours);
        const auto request = card::certificateRequest(key->publicKey,
            { .commonName = QStringLiteral("Schlüssel α"), .country = QStringLiteral("CH") },
            [&](ByteView toBeSigned) { return m_hsm->signSha256(*reference, algorithm, toBeSigned); });
        QVERIFY(request);
        disconnect();

        const QString requestFile = path(QStringLiteral("request.csr"));
        QVERIFY(writeFile(requestFile, request->pem));
        const auto accepted = stock::run(QStringLiteral("openssl"),
            { QStringLiteral("req"), QStringLiteral("-verify"), QStringLiteral("-noout"),
                QStringLiteral("-in"), requestFile });
        QVERIFY2(accepted.exitCode == 0 && accepted.output.contains("verify OK"), accepted.output);

        const auto dump = stock::run(QStringLiteral("pkcs15-tool"), { QStringLiteral("-D") });
        QVERIFY2(dump.output.contains("[Schlüssel α]"), dump.output);
        QVERIFY2(dump.output.contains("ID             : 0a1b"), dump.output);
        const auto objects = stock::pkcs11Login({ QStringLiteral("--list-objects") });
        QVERIFY2(objects.output.contains("Private Key Object"), objects.output);
        QVERIFY2(objects.output.contains("Public Key Object"), objects.output);
        QVERIFY2(objects.output.contains("label:      Schlüssel α"), objects.output);

        const QString der = path(QStringLiteral("key.der"));
        QVERIFY(stock::readPublicKey(QStringLiteral("0a1b"), der));
        QCOMPARE(contentOf(der).toHex(), arrayOf(*spki).toHex());

        const QString oursFile = path(QStringLiteral("ours"));
        QVERIFY(writeFile(oursFile, arrayOf(*ours)));
        QVERIFY(stock::verifies(der, messageFile(), oursFile));

        const QString theirs = path(QStringLiteral("theirs"));
        QStringList signing{ QStringLiteral("--sign"), QStringLiteral("--id"), QStringLiteral("0a1b"),
            QStringLiteral("--input-file"), messageFile(), QStringLiteral("--output-file"), theirs };
        if (rsa)
            signing += { QStringLiteral("--mechanism"), QStringLiteral("SHA256-RSA-PKCS") };
        else
            signing += { QStringLiteral("--mechanism"), QStringLiteral("ECDSA-SHA256"),
                QStringLiteral("--signature-format"), QStringLiteral("openssl") };
        pkcs11Login(signing);
        QVERIFY(stock::verifies(der, messageFile(), theirs));
        if (rsa)
            QVERIFY(stock::decrypts(QStringLiteral("0a1b"), der, messageFile()));
    }

    void weContinueWhatTheStockToolsBegan()
    {
        stock::initialise(2);
        const QString file = path(QStringLiteral("share.pbe"));
        const auto shares = stock::createShareFile(file, 3, 5);
        QCOMPARE(shares.size(), 5);
        QCOMPARE(stock::importShareFile(file, shares.mid(2)).exitCode, 0);

        connect();
        auto status = m_hsm->status();
        QVERIFY(status);
        QCOMPARE(status->label, QStringLiteral("interop"));
        QCOMPARE(status->userPin.triesLeft, 3);
        QCOMPARE(status->soPin.triesLeft, 15);
        QCOMPARE(status->dkek->total, 2);
        QCOMPARE(status->dkek->outstanding, 1);
        const auto imported = m_hsm->importShareFile(Bytes(32, 0x5a));
        QVERIFY(imported);
        QCOMPARE(imported->outstanding, 0);
        disconnect();
        QCOMPARE(stock::cardStatus().kcv, arrayOf(*imported->kcv).toHex().toUpper());

        pkcs11Login({ QStringLiteral("--keypairgen"), QStringLiteral("--key-type"),
            QStringLiteral("rsa:2048"), QStringLiteral("--id"), QStringLiteral("10"),
            QStringLiteral("--label"), QStringLiteral("theirs") });
        pkcs11Login({ QStringLiteral("--keypairgen"), QStringLiteral("--key-type"),
            QStringLiteral("EC:prime256v1"), QStringLiteral("--id"), QStringLiteral("11"),
            QStringLiteral("--label"), QStringLiteral("too") });
        const QString der = path(QStringLiteral("key.der"));
        QVERIFY(stock::readPublicKey(QStringLiteral("10"), der));

        connect();
        QVERIFY(m_hsm->verifyUserPin(bytesOf(kPin)));
        const auto keys = m_hsm->keys();
        QVERIFY(keys);
        QCOMPARE(keys->size(), std::size_t(2));
        QCOMPARE(keys->at(0).label, QStringLiteral("theirs"));
        QCOMPARE(keys->at(0).id, Bytes{ 0x10 });
        QCOMPARE(keys->at(1).label, QStringLiteral("too"));
        QVERIFY(keys->at(0).publicKey);
        const auto spki = keys->at(0).publicKey->subjectPublicKeyInfo();
        QVERIFY(spki);
        QCOMPARE(arrayOf(*spki).toHex(), contentOf(der).toHex());
        const auto free = m_hsm->freeKeyReference();
        QVERIFY(free);
        QVERIFY(*free != keys->at(0).reference && *free != keys->at(1).reference);
        QVERIFY(m_hsm->generateKey(*free, { .label = QStringLiteral("ours"), .id = { 0x12 } }));
        disconnect();
        const auto dump = stock::run(QStringLiteral("pkcs15-tool"), { QStringLiteral("-D") }).output;
        QVERIFY2(dump.contains("[theirs]") && dump.contains("[too]") && dump.contains("[ours]"), dump);
    }

    void aPinChangedByUsIsTheStockToolsPin()
    {
        connect();
        QVERIFY(m_hsm->initialise(initialisation(0)));
        QVERIFY(m_hsm->verifyUserPin(bytesOf(kPin)));
        QVERIFY(m_hsm->changeUserPin(bytesOf(kPin), bytesOf("13579024")));
        disconnect();
        const auto used = stock::run(QStringLiteral("pkcs11-tool"),
            { QStringLiteral("--login"), QStringLiteral("--pin"), QStringLiteral("13579024"),
                QStringLiteral("--list-objects") });
        QVERIFY2(used.exitCode == 0, used.output);
        QCOMPARE(stock::cardStatus().userPinTries, 3);
    }

    void whileWeHoldTheDeviceOthersAreKeptOut()
    {
        connect();
        QVERIFY(m_hsm->status());
        const auto refused = stock::run(QStringLiteral("sc-hsm-tool"), {});
        QVERIFY2(refused.output.contains("in use by another application"), refused.output);
    }

    void aDeviceThatAnotherProgramHoldsIsBusy()
    {
        QProcess other;
        other.setProcessChannelMode(QProcess::MergedChannels);
        other.start(QStringLiteral("opensc-explorer"), {});
        QTRY_VERIFY2_WITH_TIMEOUT(other.bytesAvailable() > 0, "no prompt", 10'000);
        const auto refused = pcsc::PcscChannel::open(pcsc::systemPcsc(), m_readers.front().name);
        other.closeWriteChannel();
        QVERIFY(other.waitForFinished());
        QVERIFY2(!refused, other.readAll());
        QCOMPARE(refused.error().kind, ErrorKind::DeviceBusy);
        QCOMPARE(refused.error().detail, m_readers.front().name);
    }

    void aPulledCardIsNamedAndComesBack()
    {
        connect();
        QVERIFY(m_hsm->status());
        QVERIFY(m_card->remove());
        const auto gone = m_hsm->status();
        QVERIFY(!gone);
        QCOMPARE(gone.error().kind, ErrorKind::CardRemoved);
        disconnect();
        QVERIFY(m_card->insert());
        connect();
        QVERIFY(m_hsm->status());
    }

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder->filePath(name); }

    [[nodiscard]] QString messageFile() const
    {
        const QString name = path(QStringLiteral("message"));
        return writeFile(name, "what the people in this room agreed on") ? name : QString();
    }

    void connect()
    {
        auto channel = pcsc::PcscChannel::open(pcsc::systemPcsc(), m_readers.front().name);
        QVERIFY2(channel, channel ? "" : qPrintable(channel.error().detail));
        m_channel = std::move(*channel);
        m_hsm = std::make_unique<card::SmartCardHsm>(*m_channel);
    }

    void disconnect()
    {
        m_hsm.reset();
        m_channel.reset();
    }

    [[nodiscard]] static card::Initialisation initialisation(int shareFiles)
    {
        return { .userPin = SecretBytes(bytesOf(kPin)),
            .soPin = SecretBytes(bytesOf(kSoPin)),
            .label = QStringLiteral("interop"),
            .shareFiles = shareFiles };
    }

    std::vector<VirtualReader> m_readers;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SimcardProcess> m_card;
    std::unique_ptr<pcsc::PcscChannel> m_channel;
    std::unique_ptr<card::SmartCardHsm> m_hsm;
};

QTEST_GUILESS_MAIN(TestDriver)
#include "tst_driver.moc"
