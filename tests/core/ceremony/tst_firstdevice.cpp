// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/ceremony/ceremonyfolder.h"
#include "core/ceremony/firstdevice.h"
#include "core/ceremony/setmaker.h"
#include "core/ceremony/transcript.h"
#include "tests/core/ceremony/fold.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cstring>

using namespace conclave;
using namespace conclave::ceremony;

namespace {

const QString kFile = QStringLiteral("EX-0-share-1.pbe");
const QString kCompanion = QStringLiteral("EX-0-share-1.json");

/// A folder with the share file of a password, and its companion.
struct Records {
    explicit Records(int of = 1)
    {
        constexpr char password[] = "six horses wait at the gate";
        SetOrder order{ ShareFileRule{}, 1, of, QStringLiteral("EX-0"), QStringLiteral("DENK0299901"), {},
            SecretBytes(ByteView(reinterpret_cast<const std::uint8_t*>(password), std::strlen(password))),
            dkek::KdfRounds{ 1000 }, {} };
        auto made = makeSet(order);
        if (!made || !saveSet(folder.path(), *made))
            qFatal("no set");
        set = std::move(*made);
    }
    [[nodiscard]] QString path(const QString& name) const { return folder.filePath(name); }

    QTemporaryDir folder;
    FreshSet set;
};

bool change(const QString& path, const QByteArray& from, const QByteArray& to)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite))
        return false;
    QByteArray content = file.readAll();
    if (!content.contains(from))
        return false;
    content.replace(from, to);
    return file.resize(0) && file.seek(0) && file.write(content) == content.size();
}

/// The record of the ceremony that made this set, up to a stage.
bool writeRecord(const Records& records, Stage until)
{
    FoldedCeremony ceremony;
    if (!ceremony.takeAll(upToScheme({ ShareFileRule{} }))
        || !ceremony.takeAll({ TurnBegan{ 1, 1 }, records.set.made }) || !goOnTo(ceremony, until))
        return false;
    QFile file(transcriptPath(records.folder.path()));
    if (!file.open(QIODevice::WriteOnly))
        return false;
    QString previous = noPrevious();
    int seq = 0;
    for (const Event& event : ceremony.events()) {
        const QByteArray line = encodeLine(seq, timeOf(seq), event, previous);
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(line.constData());
        previous = toHex(sha256(ByteView(bytes, static_cast<std::size_t>(line.size()))));
        file.write(line + '\n');
        ++seq;
    }
    return true;
}

} // namespace

class TestFirstDevice : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shareFilesAndCompanionsAreEnough()
    {
        const Records records;
        const auto first = readFirstDevice(records.folder.path());
        QVERIFY(first);
        QCOMPARE(first->device, QStringLiteral("DENK0299901"));
        QCOMPARE(first->kcv, records.set.made.shareCheck); // the one share file is the DKEK itself
        QCOMPARE(first->shareFiles.size(), std::size_t{ 1 });
        QCOMPARE(first->shareFiles.front().sha256, records.set.made.sha256);
        const QTemporaryDir into;
        QVERIFY(takeShareFiles(*first, records.folder.path(), into.path()));
        for (const QString& name : { kFile, kCompanion }) {
            QFile from(records.path(name));
            QFile to(into.filePath(name));
            QVERIFY(from.open(QIODevice::ReadOnly) && to.open(QIODevice::ReadOnly));
            QCOMPARE(to.readAll(), from.readAll());
        }
    }

    void theRecordOfTheFirstCeremonyIsRead()
    {
        const Records records;
        QVERIFY(writeRecord(records, Stage::PlanningKeys));
        const auto first = readFirstDevice(records.folder.path());
        QVERIFY(first);
        QCOMPARE(first->device, kSerial);
        QCOMPARE(first->kcv, QStringLiteral("630dcd2966c43366"));
        QCOMPARE(first->ceremony, QStringLiteral("EX-1"));
    }

    void aDeviceThatDoesNotHaveItsShareFilesYetIsNoFirstOne()
    {
        const Records records;
        QVERIFY(writeRecord(records, Stage::Importing));
        QCOMPARE(readFirstDevice(records.folder.path()).error().kind, ErrorKind::ShareFilesMissing);
    }

    void whatIsMissingOrAlteredIsRefused()
    {
        const QTemporaryDir empty;
        QCOMPARE(readFirstDevice(empty.path()).error().kind, ErrorKind::ShareFilesMissing);
        const Records one(2);
        QCOMPARE(readFirstDevice(one.folder.path()).error().kind, ErrorKind::ShareFilesMissing);
        QCOMPARE(readFirstDevice(one.folder.path()).error().number, std::optional(2));
        const Records removed;
        QVERIFY(QFile::remove(removed.path(kFile)));
        QVERIFY(QFile::remove(removed.path(kCompanion))); // nothing tells what it was
        QCOMPARE(readFirstDevice(removed.folder.path()).error().kind, ErrorKind::ShareFilesMissing);
        const Records noFile;
        QVERIFY(QFile::remove(noFile.path(kFile)) && QDir(noFile.folder.path()).mkdir(kFile));
        QCOMPARE(readFirstDevice(noFile.folder.path()).error().kind, ErrorKind::FileUnreadable);
        const Records altered;
        QFile file(altered.path(kFile));
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(40) && file.write("x") == 1);
        file.close();
        QCOMPARE(readFirstDevice(altered.folder.path()).error().kind, ErrorKind::ShareFileOfAnotherSet);
    }

    void aShareFileThatIsGoneIsNamedAndLeftToBeTyped_data()
    {
        QTest::addColumn<bool>("record");
        QTest::newRow("known from the record") << true;
        QTest::newRow("known from the companion") << false;
    }

    void aShareFileThatIsGoneIsNamedAndLeftToBeTyped()
    {
        QFETCH(const bool, record);
        const Records records;
        if (record)
            QVERIFY(writeRecord(records, Stage::PlanningKeys));
        QVERIFY(!readFirstDevice(records.folder.path())->shareFiles.front().missing);
        QVERIFY(QFile::remove(records.path(kFile)));
        const auto first = readFirstDevice(records.folder.path());
        QVERIFY(first);
        QVERIFY(first->shareFiles.front().missing);
        QCOMPARE(first->shareFiles.front().sha256, records.set.made.sha256);
        const QTemporaryDir into;
        QVERIFY(takeShareFiles(*first, records.folder.path(), into.path()));
        QVERIFY(!QFile::exists(into.filePath(kFile)));
        QVERIFY(QFile::exists(into.filePath(kCompanion)));
    }

    void oneThatGoesBeforeItIsTakenIsAFailure()
    {
        const Records records;
        const auto first = readFirstDevice(records.folder.path());
        QVERIFY(first && QFile::remove(records.path(kFile)));
        const QTemporaryDir into;
        QCOMPARE(takeShareFiles(*first, records.folder.path(), into.path()).error().kind,
            ErrorKind::FileUnreadable);
    }

    void aCompanionDoesNotLeadOutOfItsFolder()
    {
        const Records records;
        QVERIFY(change(records.path(kCompanion), kFile.toLatin1(), "../" + kFile.toLatin1()));
        const auto first = readFirstDevice(records.folder.path());
        QVERIFY(!first);
        QCOMPARE(first.error().kind, ErrorKind::NotACompanion);
    }
};

QTEST_GUILESS_MAIN(TestFirstDevice)
#include "tst_firstdevice.moc"
