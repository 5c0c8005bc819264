// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/durablefile.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

using namespace conclave;
using namespace conclave::ceremony;

class DurableFileTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void newFilesAreWrittenWhole()
    {
        const QTemporaryDir folder;
        QVERIFY(writeNewFiles(folder.path(),
            { { QStringLiteral("a.json"), "{}" }, { QStringLiteral("a.pdf"), QByteArray(100'000, 'x') } }));
        QFile pdf(folder.filePath(QStringLiteral("a.pdf")));
        QVERIFY(pdf.open(QIODevice::ReadOnly));
        QVERIFY(pdf.readAll() == QByteArray(100'000, 'x'));
    }

    void anExistingFileStaysAndNoneIsWritten()
    {
        const QTemporaryDir folder;
        QFile old(folder.filePath(QStringLiteral("a.pdf")));
        QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
        old.close();
        const Status written = writeNewFiles(
            folder.path(), { { QStringLiteral("a.json"), "{}" }, { QStringLiteral("a.pdf"), "new" } });
        QVERIFY(!written);
        QCOMPARE(written.error().kind, ErrorKind::FileExists);
        QCOMPARE(written.error().detail, old.fileName());
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{ QStringLiteral("a.pdf") });
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray("old"));
    }

    void withoutTheSecondFileTheFirstGoesToo()
    {
        const QTemporaryDir folder;
        const Status written = writeNewFiles(folder.path(),
            { { QStringLiteral("a.json"), "{}" }, { QStringLiteral("gone/a.pdf"), QByteArray("x") } });
        QVERIFY(!written);
        QCOMPARE(written.error().kind, ErrorKind::FileUnwritable);
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void aFolderThatIsNotThereIsTold()
    {
        const QTemporaryDir folder;
        const Status written = writeNewFiles(
            folder.filePath(QStringLiteral("gone")), { { QStringLiteral("a.json"), QByteArray("{}") } });
        QVERIFY(!written);
        QCOMPARE(written.error().kind, ErrorKind::FileUnwritable);
    }
};

QTEST_GUILESS_MAIN(DurableFileTest)
#include "tst_durablefile.moc"
