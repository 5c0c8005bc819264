// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/card/keytransport.h"
#include "core/ceremony/keybackup.h"
#include "tests/core/simulator/preparedcard.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace conclave;
using namespace conclave::ceremony;
using card::KeyAlgorithm;
using simulator::Fault;
using test::PreparedCard;

namespace {

const QString kCeremony = QStringLiteral("EX-2026-0417");

template <typename T>
ErrorKind kind(const Result<T>& result)
{
    return result ? ErrorKind::Malformed : result.error().kind;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Bytes bytesOf(const QString& path)
{
    const QByteArray content = contentOf(path);
    return Bytes(content.begin(), content.end());
}

bool overwrite(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

/// Two keys, the first at a reference that is not the first.
bool makeTwoKeys(PreparedCard& card)
{
    return card.makeKey(7, KeyAlgorithm::EcP256, QStringLiteral("root"))
        && card.makeKey(9, KeyAlgorithm::EcBrainpoolP256, QStringLiteral("issuing"));
}

KeyBackup backupOfTwo()
{
    PreparedCard card;
    return makeTwoKeys(card) ? takeKeyBackup(card.hsm, kCeremony).value_or(KeyBackup()) : KeyBackup();
}

} // namespace

class TestKeyBackup : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allKeysAreTakenWithWhatIsKnownOfThem()
    {
        PreparedCard card;
        QVERIFY(card.prepared() && makeTwoKeys(card));
        const auto backup = takeKeyBackup(card.hsm, kCeremony);
        QVERIFY(backup);
        QVERIFY(backup->leftOut.empty());
        const KeyManifest& manifest = backup->manifest;
        QCOMPARE(manifest.ceremony, kCeremony);
        QCOMPARE(manifest.device, QStringLiteral("DENK0299901"));
        QCOMPARE(manifest.keys.size(), std::size_t(2));
        QCOMPARE(backup->files.size(), std::size_t(2));
        const BackedUpKey& key = manifest.keys[1];
        QCOMPARE(key.file, QStringLiteral("EX-2026-0417-key-2.bin"));
        QCOMPARE(key.label, QStringLiteral("issuing"));
        QCOMPARE(toHex(key.id), QStringLiteral("0a09"));
        QCOMPARE(key.reference, 9);
        QCOMPARE(key.type, QStringLiteral("EcBrainpoolP256"));
        QCOMPARE(toHex(key.kcv), QStringLiteral("66687aadf862bd77")); // of 32 zeros
        QCOMPARE(toHex(key.publicKey), toHex(*card.hsm.readPublicKey(9)->subjectPublicKeyInfo()));
        QCOMPARE(toHex(key.sha256), toHex(sha256(backup->files[1])));
    }

    void withoutACeremonyTheDeviceNamesTheFiles()
    {
        PreparedCard card;
        QVERIFY(makeTwoKeys(card));
        const auto backup = takeKeyBackup(card.hsm, QString());
        QVERIFY(backup);
        QCOMPARE(backup->manifest.keys[0].file, QStringLiteral("DENK0299901-key-1.bin"));
    }

    void aKeyThatMayNotLeaveIsNamedAndTheOthersAreTaken()
    {
        // The second WRAP is refused; in front of it: serial, DKEK, list, two keys with two files of
        // one or two pieces each, and the first key.
        for (int at = 1;; ++at) {
            PreparedCard card;
            QVERIFY(makeTwoKeys(card));
            card.card->setFaults(
                { .faults = { { .kind = Fault::Kind::StatusWord, .at = at, .statusWord = 0x6985 } } });
            const auto backup = takeKeyBackup(card.hsm, kCeremony);
            if (!backup || backup->leftOut.empty()) {
                QVERIFY(at < 40);
                continue;
            }
            QCOMPARE(backup->leftOut.size(), std::size_t(1));
            QCOMPARE(int(backup->leftOut[0].reference), 7);
            QCOMPARE(backup->leftOut[0].label, QStringLiteral("root"));
            QCOMPARE(backup->leftOut[0].error.kind, ErrorKind::NotAllowed);
            QCOMPARE(backup->manifest.keys.size(), std::size_t(1));
            QCOMPARE(backup->manifest.keys[0].label, QStringLiteral("issuing"));
            QCOMPARE(backup->manifest.keys[0].file, QStringLiteral("EX-2026-0417-key-1.bin"));
            return;
        }
    }

    void withoutLoginOrDkekNothingIsTaken()
    {
        PreparedCard card;
        QVERIFY(makeTwoKeys(card));
        QVERIFY(card.hsm.select());
        QCOMPARE(kind(takeKeyBackup(card.hsm, kCeremony)), ErrorKind::NotLoggedIn);

        card::Initialisation settings;
        const auto ascii = [](const char* text) {
            return SecretBytes(ByteView(reinterpret_cast<const std::uint8_t*>(text), std::strlen(text)));
        };
        settings.userPin = ascii("648219");
        settings.soPin = ascii("3537363231383830");
        settings.label = QStringLiteral("again");
        QVERIFY(card.hsm.initialise(settings));
        QCOMPARE(kind(takeKeyBackup(card.hsm, kCeremony)), ErrorKind::DkekNotConfigured);
        settings.shareFiles = 2;
        QVERIFY(card.hsm.initialise(settings));
        QCOMPARE(kind(takeKeyBackup(card.hsm, kCeremony)), ErrorKind::DkekIncomplete);
    }

    void aPullAtAnyCommandLosesNoKeyAndTheNextTryCompletes()
    {
        PreparedCard card;
        QVERIFY(makeTwoKeys(card));
        for (const auto fault : { Fault::Kind::PullBefore, Fault::Kind::PullAfter }) {
            bool completed = false;
            for (int at = 1; !completed; ++at) {
                QVERIFY(at < 60);
                card.card->setFaults({ .faults = { { .kind = fault, .at = at } } });
                const auto first = takeKeyBackup(card.hsm, kCeremony);
                completed = first.has_value();
                if (!completed)
                    QCOMPARE(first.error().kind, ErrorKind::CardRemoved);
                QVERIFY(card.comeBack());
                QCOMPARE(card.hsm.keys()->size(), std::size_t(2));
                const auto second = takeKeyBackup(card.hsm, kCeremony);
                QVERIFY(second);
                QCOMPARE(second->files.size(), std::size_t(2));
                QVERIFY(second->leftOut.empty());
            }
        }
    }

    // --- on media

    void aMediumHoldsTheFilesAndTheirManifest()
    {
        const QTemporaryDir medium;
        const QString target = medium.filePath(kCeremony); // not there yet
        const KeyBackup backup = backupOfTwo();
        QCOMPARE(backup.files.size(), std::size_t(2));
        QVERIFY(writeKeyBackup(backup, target));
        QCOMPARE(QDir(target).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
            QStringList{ QStringLiteral("keys") });
        const QDir keys(keysFolder(target));
        const QStringList expected{ QStringLiteral("EX-2026-0417-key-1.bin"),
            QStringLiteral("EX-2026-0417-key-2.bin"), QStringLiteral("manifest.json") };
        QCOMPARE(keys.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), expected);
        QVERIFY(bytesOf(keys.filePath(expected[0])) == backup.files[0]);
        QVERIFY(*KeyManifest::parse(contentOf(keys.filePath(expected[2]))) == backup.manifest);
        QVERIFY(checkKeyBackup(backup, target));
    }

    void nothingIsEverOverwritten()
    {
        const QTemporaryDir medium;
        const KeyBackup backup = backupOfTwo();
        QVERIFY(writeKeyBackup(backup, medium.path()));
        const QByteArray before = contentOf(QDir(keysFolder(medium.path())).filePath(manifestName()));
        const auto again = writeKeyBackup(backupOfTwo(), medium.path());
        QCOMPARE(kind(again), ErrorKind::FileExists);
        QCOMPARE(again.error().detail, keysFolder(medium.path()));
        QCOMPARE(contentOf(QDir(keysFolder(medium.path())).filePath(manifestName())), before);
        QVERIFY(checkKeyBackup(backup, medium.path()));

        const QTemporaryDir other; // something else has the name
        QVERIFY(overwrite(keysFolder(other.path()), "a file"));
        QCOMPARE(kind(writeKeyBackup(backup, other.path())), ErrorKind::FileExists);
        QCOMPARE(contentOf(keysFolder(other.path())), QByteArray("a file"));
    }

    void whatAnInterruptedTryLeftIsReplaced()
    {
        const QTemporaryDir medium;
        const QString incomplete = keysFolder(medium.path()) + QStringLiteral(".incomplete");
        QVERIFY(QDir().mkpath(incomplete));
        QVERIFY(overwrite(incomplete + QStringLiteral("/EX-2026-0417-key-1.bin"), "half"));
        const KeyBackup backup = backupOfTwo();
        QVERIFY(writeKeyBackup(backup, medium.path()));
        QVERIFY(!QDir(incomplete).exists());
        QVERIFY(checkKeyBackup(backup, medium.path()));
    }

    void aMediumThatCannotBeWrittenIsNamed()
    {
        const QTemporaryDir medium;
        const QString blocked = medium.filePath(QStringLiteral("file"));
        QVERIFY(overwrite(blocked, "no folder"));
        QCOMPARE(kind(writeKeyBackup(backupOfTwo(), blocked)), ErrorKind::FileUnwritable);
    }

    void aMediumThatForgotIsFoundOut()
    {
        const QTemporaryDir medium;
        const KeyBackup backup = backupOfTwo();
        QVERIFY(writeKeyBackup(backup, medium.path()));
        const QString path = QDir(keysFolder(medium.path())).filePath(backup.manifest.keys[1].file);
        const QByteArray whole = contentOf(path);
        QByteArray changed = whole;
        changed[100] = static_cast<char>(changed[100] ^ 0x01);
        for (const QByteArray& content : std::vector<QByteArray>{ changed, whole.chopped(1), whole + '\0' }) {
            QVERIFY(overwrite(path, content));
            const auto check = checkKeyBackup(backup, medium.path());
            QCOMPARE(kind(check), ErrorKind::WrappedKeyAltered);
            QCOMPARE(check.error().detail, path);
        }
        QVERIFY(QFile::remove(path));
        QCOMPARE(kind(checkKeyBackup(backup, medium.path())), ErrorKind::FileUnreadable);
    }
};

QTEST_GUILESS_MAIN(TestKeyBackup)
#include "tst_keybackup.moc"
