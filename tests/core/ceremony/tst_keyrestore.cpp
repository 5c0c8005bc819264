// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/card/keytransport.h"
#include "core/ceremony/keybackup.h"
#include "core/ceremony/keyrestore.h"
#include "tests/core/simulator/preparedcard.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cstring>

using namespace conclave;
using namespace conclave::ceremony;
using card::KeyAlgorithm;
using simulator::Fault;
using test::PreparedCard;

namespace {

const QString kRoot = QStringLiteral("root");
const QString kIssuing = QStringLiteral("issuing");

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

bool overwrite(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

/// Keys on another device, and their backup on a medium.
struct Backup {
    explicit Backup(
        const std::vector<KeyAlgorithm>& algorithms = { KeyAlgorithm::EcP256, KeyAlgorithm::EcBrainpoolP256 })
    {
        std::uint8_t reference = 7;
        for (const KeyAlgorithm algorithm : algorithms) {
            const auto key = card.makeKey(reference, algorithm, reference == 7 ? kRoot : kIssuing);
            if (!key)
                return;
            originals.push_back(*key);
            ++reference;
        }
        const auto taken = takeKeyBackup(card.hsm, QStringLiteral("EX-2026-0417"));
        made = taken && writeKeyBackup(*taken, medium.path());
    }
    [[nodiscard]] QString folder() const { return keysFolder(medium.path()); }
    [[nodiscard]] QString keyFile(int number) const
    {
        return QDir(folder()).filePath(QStringLiteral("EX-2026-0417-key-%1.bin").arg(number));
    }
    [[nodiscard]] QString manifest() const { return QDir(folder()).filePath(manifestName()); }

    PreparedCard card;
    QTemporaryDir medium;
    std::vector<card::PublicKey> originals;
    bool made = false;
};

const Bytes kMessage{ 'a', 'g', 'r', 'e', 'e', 'd' };

/// All keys of the backup are on the device, once, named, and sign; nothing else is.
void compareKeys(PreparedCard& card, const Backup& backup)
{
    const auto keys = card.hsm.keys();
    QVERIFY(keys);
    QCOMPARE(keys->size(), backup.originals.size());
    for (std::size_t i = 0; i < backup.originals.size(); ++i) {
        const card::PublicKey& original = backup.originals[i];
        const auto found = std::find_if(keys->begin(), keys->end(),
            [&](const card::KeyEntry& key) { return key.publicKey && *key.publicKey == original; });
        QVERIFY(found != keys->end());
        QCOMPARE(found->label, i == 0 ? kRoot : kIssuing);
        const auto signature = card.hsm.signSha256(found->reference, *original.algorithm, kMessage);
        QVERIFY(signature);
        QVERIFY(original.verifySha256(kMessage, *signature));
    }
    QVERIFY(card.hsm.referencesWithoutKey()->empty());
}

} // namespace

class TestKeyRestore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // --- the medium

    void aManifestItsFolderAndASingleFileAreOpened()
    {
        const Backup backup;
        QVERIFY(backup.made);
        for (const QString& path : std::vector<QString>{ backup.folder(), backup.manifest() }) {
            const auto medium = openKeyBackup(path);
            QVERIFY(medium);
            QCOMPARE(medium->ceremony, QStringLiteral("EX-2026-0417"));
            QCOMPARE(medium->device, QStringLiteral("DENK0299901"));
            QCOMPARE(medium->keys.size(), std::size_t(2));
            QVERIFY(medium->keys[0].file && medium->keys[1].file);
            QCOMPARE(medium->keys[1].about.label, kIssuing);
        }
        const auto single = openKeyBackup(backup.keyFile(2));
        QVERIFY(single);
        QCOMPARE(single->keys.size(), std::size_t(1));
        QVERIFY(single->device.isEmpty());
        const BackedUpKey& about = single->keys[0].about;
        QCOMPARE(about.label, kIssuing);
        QCOMPARE(about.type, QStringLiteral("EcBrainpoolP256"));
        QCOMPARE(toHex(about.publicKey), toHex(*backup.originals[1].subjectPublicKeyInfo()));
    }

    void oneSpoiltFileLeavesTheOthers_data()
    {
        QTest::addColumn<int>("damage");
        QTest::addColumn<ErrorKind>("expected");
        QTest::newRow("cut") << 0 << ErrorKind::WrappedKeyAltered;
        QTest::newRow("changed") << 1 << ErrorKind::WrappedKeyAltered;
        QTest::newRow("exchanged") << 2 << ErrorKind::WrappedKeyAltered;
        QTest::newRow("gone") << 3 << ErrorKind::FileUnreadable;
    }

    void oneSpoiltFileLeavesTheOthers()
    {
        QFETCH(const int, damage);
        QFETCH(const ErrorKind, expected);
        const Backup backup;
        const QString path = backup.keyFile(1);
        QByteArray content = contentOf(path);
        if (damage == 0)
            content.chop(1);
        else if (damage == 1)
            content[50] = static_cast<char>(content[50] ^ 0x01);
        else if (damage == 2)
            content = contentOf(backup.keyFile(2));
        QVERIFY(damage == 3 ? QFile::remove(path) : overwrite(path, content));

        const auto medium = openKeyBackup(backup.folder());
        QVERIFY(medium);
        QCOMPARE(medium->keys.size(), std::size_t(2));
        QCOMPARE(kind(medium->keys[0].file), expected);
        QCOMPARE(medium->keys[0].file.error().detail, path);
        QVERIFY(medium->keys[1].file);

        PreparedCard to;
        const auto plan = planRestore(*medium, *readKeysOnDevice(to.hsm));
        QVERIFY(plan.keys[0].refused);
        QCOMPARE(plan.keys[0].refused->kind, expected);
        QVERIFY(!plan.keys[1].refused);
        const auto outcomes = restoreKeys(to.hsm, medium->keys);
        QVERIFY(outcomes);
        QCOMPARE(kind(outcomes->at(0)), expected);
        QVERIFY(outcomes->at(1) && outcomes->at(1)->proved);
        QCOMPARE(to.hsm.keys()->size(), std::size_t(1));
    }

    void aManifestThatTellsOtherThanItsFilesIsFoundOut()
    {
        const Backup backup;
        for (const auto& [from, to] : { std::pair("\"root\"", "\"toor\""), std::pair("\"0a07\"", "\"0a08\""),
                 std::pair("66687AADF862BD77", "66687AADF862BD78") }) {
            const QByteArray whole = contentOf(backup.manifest());
            QByteArray changed = whole;
            changed.replace(from, to);
            QVERIFY(changed != whole && overwrite(backup.manifest(), changed));
            const auto medium = openKeyBackup(backup.manifest());
            QVERIFY(medium);
            QCOMPARE(kind(medium->keys[0].file), ErrorKind::WrappedKeyAltered);
            QVERIFY(overwrite(backup.manifest(), whole));
        }
    }

    void whatIsNoBackupIsRefused()
    {
        const Backup backup;
        const QString path = backup.medium.filePath(QStringLiteral("other"));
        QCOMPARE(kind(openKeyBackup(path)), ErrorKind::FileUnreadable);
        for (const char* content : { "", "Salted__12345678", "{}", "0\x03\x04\x01" }) {
            QVERIFY(overwrite(path, content));
            QCOMPARE(kind(openKeyBackup(path)), ErrorKind::NotAWrappedKey);
        }
        QVERIFY(overwrite(path, contentOf(backup.keyFile(1)).chopped(1)));
        QCOMPARE(kind(openKeyBackup(path)), ErrorKind::NotAWrappedKey);
        QCOMPARE(kind(openKeyBackup(backup.medium.path())), ErrorKind::FileUnreadable); // no manifest in it
        const QString json = path + QStringLiteral(".json");
        QVERIFY(overwrite(json, "{}"));
        QCOMPARE(kind(openKeyBackup(json)), ErrorKind::NotAKeyManifest);
    }

    // --- the plan

    void thePlanShowsWhatIsThereAndWhatWouldCollide()
    {
        const Backup backup;
        const auto medium = openKeyBackup(backup.folder());
        PreparedCard to;
        QVERIFY(to.makeKey(1, KeyAlgorithm::EcP256, kRoot)); // another key of this name
        QVERIFY(card::importKey(to.hsm, *medium->keys[1].file, {}));
        QVERIFY(to.hsm.generateKey(
            5, { .algorithm = KeyAlgorithm::EcP256, .label = QStringLiteral("else"), .id = { 0x0a, 0x07 } }));
        QVERIFY(to.hsm.unwrapKey(6, medium->keys[0].file->blob)); // another program stopped half-way
        const auto plan = planRestore(*medium, *readKeysOnDevice(to.hsm));
        QCOMPARE(plan.keys.size(), std::size_t(2));
        QVERIFY(!plan.keys[0].refused && !plan.keys[0].present && plan.keys[0].provable);
        QVERIFY((plan.keys[0].sameLabel == std::vector<std::uint8_t>{ 1 }));
        QVERIFY((plan.keys[0].sameId == std::vector<std::uint8_t>{ 5 }));
        QVERIFY(!plan.keys[1].refused);
        QCOMPARE(plan.keys[1].present, std::optional<std::uint8_t>(2));
        QVERIFY(plan.keys[1].sameLabel.empty() && plan.keys[1].sameId.empty()); // not with itself
        QVERIFY((plan.unnamed == std::vector<std::uint8_t>{ 6 }));
    }

    void thePlanComparesTheDkekFirst()
    {
        const Backup backup;
        const auto medium = openKeyBackup(backup.folder());
        PreparedCard other(0x22);
        const auto refusal = [&](const KeysOnDevice& device) {
            const auto plan = planRestore(*medium, device);
            return plan.keys[0].refused ? plan.keys[0].refused->kind : ErrorKind::Malformed;
        };
        QCOMPARE(refusal(*readKeysOnDevice(other.hsm)), ErrorKind::WrappedKeyOfAnotherDkek);
        QCOMPARE(refusal({}), ErrorKind::DkekNotConfigured);
        QCOMPARE(refusal({ .dkek = card::DkekStatus{ .total = 2, .outstanding = 1 }, .keys = {} }),
            ErrorKind::DkekIncomplete);
        const auto outcomes = restoreKeys(other.hsm, medium->keys);
        QVERIFY(outcomes);
        QCOMPARE(kind(outcomes->at(0)), ErrorKind::WrappedKeyOfAnotherDkek);
        QVERIFY(other.hsm.keys()->empty() && other.hsm.referencesWithoutKey()->empty());
    }

    // --- restoring

    void everyKindOfKeyIsRestoredAndProved()
    {
        const Backup backup({ KeyAlgorithm::Rsa2048, KeyAlgorithm::Rsa3072, KeyAlgorithm::Rsa4096,
            KeyAlgorithm::EcP256, KeyAlgorithm::EcP384, KeyAlgorithm::EcP521, KeyAlgorithm::EcBrainpoolP256,
            KeyAlgorithm::EcBrainpoolP384, KeyAlgorithm::EcBrainpoolP512, KeyAlgorithm::EcSecp256k1 });
        QVERIFY(backup.made);
        const auto medium = openKeyBackup(backup.folder());
        QVERIFY(medium);
        PreparedCard to(0x00, QStringLiteral("DENK0299902"));
        const auto outcomes = restoreKeys(to.hsm, medium->keys);
        QVERIFY(outcomes);
        QCOMPARE(outcomes->size(), std::size_t(10));
        for (const auto& outcome : *outcomes)
            QVERIFY(outcome && outcome->proved && !outcome->alreadyThere);
        compareKeys(to, backup);
    }

    void whatIsThereAlreadyIsOnlyProved()
    {
        const Backup backup;
        const auto medium = openKeyBackup(backup.folder());
        PreparedCard to;
        QVERIFY(restoreKeys(to.hsm, { medium->keys[1] }));
        std::vector<RestorableKey> twice = medium->keys;
        twice.push_back(medium->keys[0]);
        const auto outcomes = restoreKeys(to.hsm, twice);
        QVERIFY(outcomes);
        QVERIFY(!outcomes->at(0)->alreadyThere);
        QVERIFY(outcomes->at(1)->alreadyThere && outcomes->at(1)->proved);
        QVERIFY(outcomes->at(2)->alreadyThere && outcomes->at(2)->proved);
        QCOMPARE(outcomes->at(2)->reference, outcomes->at(0)->reference);
        compareKeys(to, backup);
    }

    void aKeyThatIsAnotherOneIsRemovedAgain()
    {
        Backup backup({ KeyAlgorithm::EcP256, KeyAlgorithm::EcP256 });
        // A file as nobody should make it: the first key with the second one's certificate.
        auto medium = openKeyBackup(backup.folder());
        medium->keys[0].file->certificate = medium->keys[1].file->certificate;
        medium->keys[0].about.publicKey = medium->keys[1].about.publicKey;
        PreparedCard to;
        const auto outcomes = restoreKeys(to.hsm, { medium->keys[0] });
        QVERIFY(outcomes);
        QCOMPARE(kind(outcomes->at(0)), ErrorKind::SelfTestFailed);
        QVERIFY(to.hsm.keys()->empty() && to.hsm.referencesWithoutKey()->empty());
    }

    void aKeyWithoutPublicKeyIsRestoredUnproved()
    {
        Backup backup;
        auto medium = openKeyBackup(backup.folder());
        medium->keys[0].file->certificate.clear();
        medium->keys[0].about.publicKey.clear();
        QVERIFY(!planRestore(*medium, *readKeysOnDevice(backup.card.hsm)).keys[0].provable);
        PreparedCard to;
        const auto outcomes = restoreKeys(to.hsm, { medium->keys[0] });
        QVERIFY(outcomes && outcomes->at(0));
        QVERIFY(!outcomes->at(0)->proved);
        QCOMPARE(to.hsm.keys()->at(0).label, kRoot);
    }

    void aKeyThatMayNotSignIsRestoredUnproved()
    {
        const Backup backup({ KeyAlgorithm::EcP256 });
        const auto medium = openKeyBackup(backup.folder());
        PreparedCard measured;
        const int before = measured.card->exchanges();
        QVERIFY(restoreKeys(measured.hsm, medium->keys));
        const int signing = measured.card->exchanges() - before; // the last command
        PreparedCard to;
        to.card->setFaults(
            { .faults = { { .kind = Fault::Kind::StatusWord, .at = signing, .statusWord = 0x6A81 } } });
        const auto outcomes = restoreKeys(to.hsm, medium->keys);
        QVERIFY(outcomes && outcomes->at(0));
        QVERIFY(!outcomes->at(0)->proved);
        compareKeys(to, backup);
    }

    void withoutALoginEachKeyIsToldSo()
    {
        const Backup backup;
        const auto medium = openKeyBackup(backup.folder());
        PreparedCard to;
        QVERIFY(to.hsm.select());
        const auto outcomes = restoreKeys(to.hsm, medium->keys);
        QVERIFY(outcomes);
        QCOMPARE(outcomes->size(), std::size_t(2));
        for (const auto& outcome : *outcomes)
            QCOMPARE(kind(outcome), ErrorKind::NotLoggedIn);
    }

    void aFullDeviceKeepsWhatItHas()
    {
        const Backup backup({ KeyAlgorithm::EcP256 });
        const auto medium = openKeyBackup(backup.folder());
        PreparedCard to;
        // A device full of files: each may have 32767 bytes.
        for (std::uint8_t number = 0; number < 3; ++number) {
            for (int offset = 0; offset < 32000; offset += 1000) {
                const auto hex = [](int value, int digits) {
                    return QStringLiteral("%1").arg(value, digits, 16, QLatin1Char('0'));
                };
                const QString command = QStringLiteral("00d7cf") + hex(number, 2)
                    + QStringLiteral("0003f05402") + hex(offset, 4) + QStringLiteral("538203e8")
                    + QStringLiteral("00").repeated(1000);
                QVERIFY(to.card->exchange(*fromHex(command)));
            }
        }
        const auto outcomes = restoreKeys(to.hsm, medium->keys);
        QVERIFY(outcomes);
        QCOMPARE(kind(outcomes->at(0)), ErrorKind::DeviceFull);
        QVERIFY(to.hsm.keys()->empty() && to.hsm.referencesWithoutKey()->empty());
    }

    void aPullAtAnyCommandLosesNothingAndTheNextTryCompletes()
    {
        const Backup backup;
        const auto medium = openKeyBackup(backup.folder());
        for (const auto fault : { Fault::Kind::PullBefore, Fault::Kind::PullAfter }) {
            bool completed = false;
            for (int at = 1; !completed; ++at) {
                QVERIFY(at < 80);
                PreparedCard to;
                QVERIFY(to.prepared());
                to.card->setFaults({ .faults = { { .kind = fault, .at = at } } });
                const auto first = restoreKeys(to.hsm, medium->keys);
                completed = first && first->at(0) && first->at(1);
                if (!first)
                    QCOMPARE(first.error().kind, ErrorKind::CardRemoved);
                else if (!completed)
                    QCOMPARE(kind(first->at(1)), ErrorKind::CardRemoved);
                QVERIFY(to.comeBack());
                const auto present = to.hsm.keys();
                QVERIFY(present);
                for (const card::KeyEntry& key : *present)
                    QVERIFY(key.label == kRoot || key.label == kIssuing); // no key without its name
                const auto second = restoreKeys(to.hsm, medium->keys);
                QVERIFY(second);
                for (const auto& outcome : *second)
                    QVERIFY(outcome && outcome->proved);
                compareKeys(to, backup);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestKeyRestore)
#include "tst_keyrestore.moc"
