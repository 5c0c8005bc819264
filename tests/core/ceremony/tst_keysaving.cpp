// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/keysaving.h"
#include "core/dkek/wrapfile.h"
#include "tests/core/simulator/preparedcard.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace conclave;
using namespace conclave::ceremony;
using card::KeyAlgorithm;
using test::PreparedCard;

namespace {

const QString kFirstKey = QStringLiteral("keys/EX-1-key-1.bin");

template <typename T>
ErrorKind kind(const Result<T>& result)
{
    return result ? ErrorKind::Malformed : result.error().kind;
}

std::shared_ptr<const KeyBackup> someBackup()
{
    PreparedCard card;
    return card.makeKey(7, KeyAlgorithm::EcP256, QStringLiteral("root"))
            && card.makeKey(9, KeyAlgorithm::EcP256, QStringLiteral("issuing"))
        ? std::make_shared<const KeyBackup>(
            takeKeyBackup(card.hsm, QStringLiteral("EX-1")).value_or(KeyBackup()))
        : nullptr;
}

SavingOrder orderOf(const std::shared_ptr<const KeyBackup>& backup, const QString& target)
{
    return { backup, target, {}, { recordOf(*backup, {}) } };
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString hashOf(const QString& path)
{
    return QString::fromLatin1(QCryptographicHash::hash(contentOf(path), QCryptographicHash::Sha256).toHex());
}

bool flipLastBit(const QString& path)
{
    QByteArray content = contentOf(path);
    QFile file(path);
    if (content.isEmpty() || !file.open(QIODevice::WriteOnly))
        return false;
    content.back() = static_cast<char>(content.back() ^ 1);
    return file.write(content) == content.size();
}

KeyRecord testedKey(int reference)
{
    KeyRecord key;
    key.state = KeyState::Tested;
    key.generated = KeyGenerated{ 0, reference, {}, {}, 1 };
    return key;
}

} // namespace

class TestKeySaving : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theRecordHasTheHashesOfWhatIsOnTheMedium()
    {
        const QTemporaryDir medium;
        const auto backup = someBackup();
        QVERIFY(backup);
        QCOMPARE(saveKeys(orderOf(backup, medium.path())).value_or(0), 1);
        const KeysWrapped record = recordOf(*backup, {});
        QCOMPARE(record.kcv, QStringLiteral("66687aadf862bd77")); // of 32 zeros
        QCOMPARE(record.manifestSha256, hashOf(medium.filePath(QStringLiteral("keys/manifest.json"))));
        QCOMPARE(record.keys.size(), std::size_t(2));
        QCOMPARE(record.keys[0].keyReference, 7);
        QCOMPARE(record.keys[0].file, QStringLiteral("EX-1-key-1.bin"));
        QCOMPARE(record.keys[0].sha256, hashOf(medium.filePath(kFirstKey)));
        QVERIFY(record.leftOut.empty());
        QVERIFY(checkSavedKeys(record, medium.path()));
    }

    void theRecordHasTheSizeOfTheKeyAlone()
    {
        KeyBackup backup;
        backup.manifest.keys = { { .file = kFirstKey, .reference = 7 } };
        backup.files = { dkek::WrapFile{ Bytes(1867, 0x01), { 0x30, 0x00 }, { 0x67, 0x00 } }.serialise() };
        QCOMPARE(recordOf(backup, {}).keys.front().blobBytes, 1867);
    }

    void aTestedKeyThatTheDeviceDoesNotListIsLeftOut()
    {
        const KeysWrapped record = recordOf(*someBackup(), { testedKey(7), testedKey(8) });
        QCOMPARE(record.leftOut, (std::vector<KeyLeftOut>{ { 8, ErrorKind::NotFound } }));
    }

    void eachAlteredFileIsNoticed()
    {
        for (const QString& name :
            { kFirstKey, QStringLiteral("keys/EX-1-key-2.bin"), QStringLiteral("keys/manifest.json") }) {
            const QTemporaryDir medium;
            const SavingOrder order = orderOf(someBackup(), medium.path());
            QVERIFY(saveKeys(order));
            QVERIFY(flipLastBit(medium.filePath(name)));
            QCOMPARE(kind(checkSavedKeys(order.wrappings[0], medium.path())), ErrorKind::WrappedKeyAltered);
        }
    }

    void twoCopiesOnOneMediumAreRefused()
    {
        const QTemporaryDir medium;
        QVERIFY(QDir(medium.path()).mkpath(QStringLiteral("second")));
        SavingOrder order = orderOf(someBackup(), medium.filePath(QStringLiteral("second")));
        order.saved = { medium.path() };
        const auto saved = saveKeys(order);
        QCOMPARE(kind(saved), ErrorKind::SameMedium);
        QCOMPARE(saved.error().detail, order.target);
        QVERIFY(QDir(order.target).isEmpty());
    }

    void aMediumThatIsGoneIsNotMadeUp()
    {
        const QTemporaryDir medium;
        const QString gone = medium.filePath(QStringLiteral("gone"));
        QCOMPARE(kind(saveKeys(orderOf(someBackup(), gone))), ErrorKind::MediumRemoved);
        QVERIFY(!QFile::exists(gone));
    }

    void whatAnInterruptionLeftIsRecognised()
    {
        const QTemporaryDir medium;
        const SavingOrder before = orderOf(someBackup(), medium.path());
        QVERIFY(saveKeys(before));
        const QByteArray saved = contentOf(medium.filePath(kFirstKey));

        SavingOrder again = orderOf(someBackup(), medium.path()); // the device wraps each time differently
        again.wrappings.insert(again.wrappings.begin(), before.wrappings[0]);
        QVERIFY(again.wrappings[0].keys[0].sha256 != again.wrappings[1].keys[0].sha256);
        QCOMPARE(saveKeys(again).value_or(0), 1);
        QCOMPARE(contentOf(medium.filePath(kFirstKey)), saved);
    }

    void otherKeysAreNeverOverwritten()
    {
        const QTemporaryDir medium;
        QVERIFY(saveKeys(orderOf(someBackup(), medium.path())));
        const QByteArray saved = contentOf(medium.filePath(kFirstKey));
        QCOMPARE(kind(saveKeys(orderOf(someBackup(), medium.path()))), ErrorKind::FileExists);
        QCOMPARE(contentOf(medium.filePath(kFirstKey)), saved);
    }
};

QTEST_GUILESS_MAIN(TestKeySaving)
#include "tst_keysaving.moc"
