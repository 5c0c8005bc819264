// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/card/keytransport.h"
#include "core/card/smartcardhsm.h"
#include "core/ceremony/keybackup.h"
#include "core/ceremony/keyproof.h"
#include "core/ceremony/keyrestore.h"
#include "core/pcsc/pcscchannel.h"
#include "tests/interop/files.h"
#include "tests/interop/stocktools.h"
#include "tests/interop/virtualreader.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace conclave;
using namespace conclave::interop;
using card::KeyAlgorithm;

namespace {

QString text(const char* ascii)
{
    return QString::fromLatin1(ascii);
}

} // namespace

/// Keys that go from one device to another, wrapped by this program and unwrapped by the stock tool, and the
/// other way round. Both devices have the same DKEK; one at a time is in the reader.
class TestWrapFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// A device with a key of every kind, and its backup.
    void initTestCase()
    {
        m_readers = virtualReaders();
        QVERIFY2(!m_readers.empty(), "to be started by with-readers");
        QVERIFY(writeFile(path("message"), "what the people in this room agreed on"));
        insert("first");
        connect();
        initialise();
        std::uint8_t reference = 0;
        for (const KeyAlgorithm algorithm : card::kKeyPairAlgorithms) {
            ++reference;
            const auto key = m_hsm->generateKey(reference,
                { .algorithm = algorithm,
                    .label = card::keyAlgorithmName(algorithm),
                    .id = { 0x0a, reference } });
            QVERIFY(key);
            QVERIFY(writeFile(der(reference), arrayOf(*key->publicKey.subjectPublicKeyInfo())));
        }
        for (const KeyAlgorithm algorithm : card::kAesAlgorithms) {
            ++reference;
            QVERIFY(m_hsm->generateSecretKey(reference,
                { .algorithm = algorithm,
                    .label = card::keyAlgorithmName(algorithm),
                    .id = { 0x0a, reference } }));
        }
        const auto backup = ceremony::takeKeyBackup(*m_hsm, QStringLiteral("EX-2026-0417"));
        QVERIFY(backup);
        QVERIFY(backup->leftOut.empty());
        QCOMPARE(backup->files.size(), std::size(card::kAllKeyAlgorithms));
        m_backup = *backup;
        QVERIFY(ceremony::writeKeyBackup(m_backup, path("medium")));
        for (int number = 1; number <= reference; ++number) {
            const auto file = card::exportKey(*m_hsm, static_cast<std::uint8_t>(number));
            QVERIFY(file);
            m_exported.push_back(*file);
        }
        remove();
    }

    void theStockToolUnwrapsAndUsesOurFiles()
    {
        insert("second");
        connect();
        initialise();
        disconnect();
        const QDir keys(ceremony::keysFolder(path("medium")));
        for (std::size_t i = 0; i < m_backup.manifest.keys.size(); ++i) {
            const ceremony::BackedUpKey& key = m_backup.manifest.keys[i];
            // Other references than they had.
            const auto unwrapped = scHsm({ text("--unwrap-key"), keys.filePath(key.file),
                text("--key-reference"), QString::number(20 + i) });
            QVERIFY2(unwrapped.exitCode == 0, qPrintable(key.label + QString::fromUtf8(unwrapped.output)));
            if (!key.pair)
                compareUse(key);
        }
        // OpenSC's other tools do not know AES keys on this card: what it unwrapped is proved by us.
        connect();
        QVERIFY(m_hsm->verifyUserPin(bytesOf(stock::kPin)));
        for (std::size_t i = 0; i < m_backup.manifest.keys.size(); ++i) {
            if (const auto& pair = m_backup.manifest.keys[i].pair)
                QVERIFY(ceremony::proveKey(*m_hsm, static_cast<std::uint8_t>(20 + i), *pair));
        }
        disconnect();
        const auto dump = stock::run(text("pkcs15-tool"), { text("-D") });
        for (const KeyAlgorithm algorithm : card::kKeyPairAlgorithms) {
            const QString shown = QLatin1Char('[') + card::keyAlgorithmName(algorithm) + QLatin1Char(']');
            QVERIFY2(dump.output.contains(shown.toLatin1()), dump.output);
        }
        remove();
    }

    void theStockToolWrapsAsWeDo()
    {
        insert("first");
        for (std::size_t i = 0; i < m_exported.size(); ++i) {
            const auto wrapped = scHsm(
                { text("--wrap-key"), stockFile(i), text("--key-reference"), QString::number(i + 1) });
            QVERIFY2(wrapped.exitCode == 0, wrapped.output);
            const QByteArray content = contentOf(stockFile(i));
            const auto theirs = dkek::WrapFile::parse(bytesOf(content));
            QVERIFY(theirs);
            QCOMPARE(arrayOf(theirs->serialise()).toHex(), content.toHex());
            // All but the random numbers in it.
            QCOMPARE(arrayOf(theirs->description).toHex(), arrayOf(m_exported[i].description).toHex());
            QCOMPARE(arrayOf(theirs->certificate).toHex(), arrayOf(m_exported[i].certificate).toHex());
            QCOMPARE(theirs->blob.size(), m_exported[i].blob.size());
        }
        remove();
    }

    void weRestoreTheStockToolsFiles()
    {
        insert("third");
        connect();
        initialise();
        for (std::size_t i = 0; i < m_exported.size(); ++i) {
            const auto medium = ceremony::openKeyBackup(stockFile(i));
            QVERIFY(medium);
            const auto device = ceremony::readKeysOnDevice(*m_hsm);
            QVERIFY(device);
            const auto plan = ceremony::planRestore(*medium, *device);
            const auto& pair = m_backup.manifest.keys[i].pair; // the tool's file has nothing of the kind
            QVERIFY(!plan.keys[0].refused && !plan.keys[0].present && plan.keys[0].provable == !pair);
            const auto outcomes = ceremony::restoreKeys(*m_hsm, medium->keys);
            QVERIFY(outcomes && outcomes->at(0));
            QCOMPARE(outcomes->at(0)->proved, !pair);
            if (pair)
                QVERIFY(ceremony::proveKey(*m_hsm, outcomes->at(0)->reference, *pair));
        }
        disconnect();
        for (const ceremony::BackedUpKey& key : m_backup.manifest.keys) {
            if (!key.pair)
                compareUse(key);
        }
        remove();
    }

    void ourFilesOfAnotherDkekAreRefusedByBoth()
    {
        insert("fourth");
        connect();
        initialise(0x77);
        const QString folder = ceremony::keysFolder(path("medium"));
        const auto medium = ceremony::openKeyBackup(folder);
        QVERIFY(medium);
        const auto outcomes = ceremony::restoreKeys(*m_hsm, medium->keys);
        QVERIFY(outcomes);
        for (const auto& outcome : *outcomes)
            QVERIFY(!outcome && outcome.error().kind == ErrorKind::WrappedKeyOfAnotherDkek);
        disconnect();
        const auto unwrapped = scHsm({ text("--unwrap-key"),
            QDir(folder).filePath(m_backup.manifest.keys[3].file), text("--key-reference"), text("1") });
        QVERIFY2(unwrapped.output.contains("does not match DKEK"), unwrapped.output);
        remove();
    }

private:
    [[nodiscard]] QString path(const char* name) const
    {
        return m_folder.filePath(QString::fromLatin1(name));
    }
    [[nodiscard]] QString der(int reference) const
    {
        return m_folder.filePath(QStringLiteral("key-%1.der").arg(reference));
    }
    [[nodiscard]] QString stockFile(std::size_t index) const
    {
        return m_folder.filePath(QStringLiteral("stock-%1").arg(index));
    }

    static stock::Outcome scHsm(const QStringList& arguments)
    {
        return stock::run(
            text("sc-hsm-tool"), arguments + QStringList{ text("--pin"), QString::fromLatin1(stock::kPin) });
    }

    /// A signature by pkcs11-tool fits the public key that was noted when the key was made.
    void compareUse(const ceremony::BackedUpKey& key)
    {
        const QString signature = path("signature");
        QFile::remove(signature);
        QStringList signing{ text("--sign"), text("--id"), toHex(key.id), text("--input-file"),
            path("message"), text("--output-file"), signature };
        if (card::isRsa(*card::keyAlgorithmFromName(key.type)))
            signing += { text("--mechanism"), text("SHA256-RSA-PKCS") };
        else
            signing
                += { text("--mechanism"), text("ECDSA-SHA256"), text("--signature-format"), text("openssl") };
        const auto done = stock::pkcs11Login(signing);
        QVERIFY2(done.exitCode == 0, qPrintable(key.label + QString::fromUtf8(done.output)));
        QVERIFY2(stock::verifies(der(key.reference), path("message"), signature), qPrintable(key.label));
    }

    void insert(const char* name)
    {
        m_card = std::make_unique<SimcardProcess>(
            m_readers.front(), path(name), QStringLiteral("UTTEST%1").arg(name[0], 4, 10, QLatin1Char('0')));
        QVERIFY(m_card->insert());
    }

    void remove()
    {
        disconnect();
        QVERIFY(m_card->remove());
        m_card.reset();
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

    /// With the DKEK, and the user logged in.
    void initialise(std::uint8_t dkek = 0x5A)
    {
        card::Initialisation settings;
        settings.userPin = SecretBytes(bytesOf(stock::kPin));
        settings.soPin = SecretBytes(bytesOf(stock::kSoPin));
        settings.label = QStringLiteral("interop");
        settings.shareFiles = 1;
        QVERIFY(m_hsm->initialise(settings));
        QVERIFY(m_hsm->importShareFile(Bytes(32, dkek)));
        QVERIFY(m_hsm->verifyUserPin(bytesOf(stock::kPin)));
    }

    const QTemporaryDir m_folder;
    std::vector<VirtualReader> m_readers;
    std::unique_ptr<SimcardProcess> m_card;
    std::unique_ptr<pcsc::PcscChannel> m_channel;
    std::unique_ptr<card::SmartCardHsm> m_hsm;
    ceremony::KeyBackup m_backup;
    std::vector<dkek::WrapFile> m_exported; ///< by reference
};

QTEST_GUILESS_MAIN(TestWrapFiles)
#include "tst_wrapfiles.moc"
