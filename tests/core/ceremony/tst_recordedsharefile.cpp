// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/recordedsharefile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace conclave;
using namespace conclave::ceremony;

namespace {

const QByteArray kContent = "Salted__" + QByteArray(56, '\x5a');

ByteView viewOf(const QByteArray& bytes)
{
    return { reinterpret_cast<const std::uint8_t*>(bytes.constData()),
        static_cast<std::size_t>(bytes.size()) };
}

SetMade recorded()
{
    SetMade made;
    made.file = QStringLiteral("KC-2026-0001-share-1.pbe");
    made.sha256 = QString::fromLatin1(QCryptographicHash::hash(kContent, QCryptographicHash::Sha256).toHex());
    return made;
}

struct Folder {
    [[nodiscard]] QString path(const char* ending = "") const
    {
        return dir.filePath(recorded().file + QString::fromLatin1(ending));
    }
    [[nodiscard]] QByteArray read(const char* ending = "") const
    {
        QFile file(path(ending));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] bool write(const QByteArray& content, const char* ending = "") const
    {
        QFile file(path(ending));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
    }
    QTemporaryDir dir;
};

} // namespace

class TestRecordedShareFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aMissingFileIsPutBack()
    {
        const Folder folder;
        QCOMPARE(checkShareFile(folder.dir.path(), recorded()).error().kind, ErrorKind::FileUnreadable);
        QVERIFY(putBackShareFile(folder.dir.path(), recorded(), viewOf(kContent)));
        QCOMPARE(folder.read(), kContent);
        QVERIFY(checkShareFile(folder.dir.path(), recorded()));
    }

    void anAlteredFileIsKeptBesideTheRecordedOne()
    {
        const Folder folder;
        const QByteArray longer = kContent + 'x';
        QVERIFY(folder.write(longer));
        QCOMPARE(
            checkShareFile(folder.dir.path(), recorded()).error().kind, ErrorKind::ShareFileOfAnotherSet);
        QVERIFY(putBackShareFile(folder.dir.path(), recorded(), viewOf(kContent)));
        QCOMPARE(folder.read(), kContent);
        QCOMPARE(folder.read(".altered"), longer);
    }

    void anEarlierAlteredFileIsNotLost()
    {
        const Folder folder;
        QVERIFY(folder.write("second"));
        QVERIFY(folder.write("first", ".altered"));
        QCOMPARE(putBackShareFile(folder.dir.path(), recorded(), viewOf(kContent)).error().kind,
            ErrorKind::FileExists);
        QCOMPARE(folder.read(), QByteArray("second"));
        QCOMPARE(folder.read(".altered"), QByteArray("first"));
    }

    void otherBytesThanTheRecordedOnesAreRefused()
    {
        const Folder folder;
        QByteArray other = kContent;
        other[40] = 'x';
        QCOMPARE(putBackShareFile(folder.dir.path(), recorded(), viewOf(other)).error().kind,
            ErrorKind::ShareFileOfAnotherSet);
        QVERIFY(!QFile::exists(folder.path()));
    }
};

QTEST_GUILESS_MAIN(TestRecordedShareFile)
#include "tst_recordedsharefile.moc"
