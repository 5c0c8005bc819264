// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/knownceremonies.h"
#include "core/ceremony/sheetcheck.h"
#include "tests/core/ceremony/writtenrecord.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace conclave;
using namespace conclave::ceremony;

namespace {

const SheetChecked kRight{ QStringLiteral("SET1R1"), 2, SheetFinding::Right };

QList<QByteArray> linesOf(const QString& folder)
{
    QFile file(folder + QStringLiteral("/transcript.jsonl"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<QByteArray> lines = file.readAll().split('\n');
    lines.removeLast();
    return lines;
}

Clock atLast()
{
    return [] { return timeOf(9'999); };
}

} // namespace

class TestSheetCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCheckIsAppendedToTheRecordOfAClosedCeremony()
    {
        const QTemporaryDir dir;
        QVERIFY(writeRecord(dir.path(), Stage::Closed));
        const QString fingerprint = readCeremony(dir.path())->fingerprint;
        const QList<QByteArray> before = linesOf(dir.path());
        QCOMPARE(ceremonyThatNotes(dir.path(), kRight.set), std::optional(QStringLiteral("EX-1")));
        QVERIFY(noteSheetCheck(dir.path(), kRight, atLast()));
        QVERIFY(noteSheetCheck(
            dir.path(), SheetChecked{ QStringLiteral("SET1R1"), 3, SheetFinding::Wrong }, atLast()));

        const QList<QByteArray> after = linesOf(dir.path());
        QCOMPARE(after.size(), before.size() + 2);
        QCOMPARE(after.first(before.size()), before);
        const QJsonObject line = QJsonDocument::fromJson(after.at(before.size())).object();
        QCOMPARE(line[u"event"].toString(), QStringLiteral("sheetChecked"));
        QCOMPARE(line[u"finding"].toString(), QStringLiteral("right"));
        QCOMPARE(line[u"previous"].toString().toLatin1(),
            QCryptographicHash::hash(before.back(), QCryptographicHash::Sha256).toHex());
        const auto state = readCeremony(dir.path());
        QVERIFY(state);
        QCOMPARE(state->stage, Stage::Closed);
        QCOMPARE(state->fingerprint, fingerprint);
    }

    void anUnfinishedRecordKeepsItsEnd()
    {
        for (const Stage stage : { Stage::HandingOut, Stage::Reviewing }) {
            const QTemporaryDir dir;
            QVERIFY(writeRecord(dir.path(), stage));
            const QList<QByteArray> before = linesOf(dir.path());
            QCOMPARE(ceremonyThatNotes(dir.path(), kRight.set), std::nullopt);
            QCOMPARE(noteSheetCheck(dir.path(), kRight, atLast()).error().kind, ErrorKind::NotAllowedNow);
            QCOMPARE(linesOf(dir.path()), before);
        }
    }

    void sheetsOfOtherSetsAreNotNoted()
    {
        const QTemporaryDir dir;
        QVERIFY(writeRecord(dir.path(), Stage::Closed));
        QCOMPARE(ceremonyThatNotes(dir.path(), QStringLiteral("7K3QZ9")), std::nullopt);
        for (const SheetChecked& check : { SheetChecked{ QStringLiteral("7K3QZ9"), 1, {} },
                 SheetChecked{ kRight.set, 0, {} }, SheetChecked{ kRight.set, 4, {} } })
            QCOMPARE(noteSheetCheck(dir.path(), check, atLast()).error().kind, ErrorKind::NotAllowedNow);
    }

    void aFolderWithoutRecordTakesNoNote()
    {
        const QTemporaryDir dir;
        QCOMPARE(ceremonyThatNotes(dir.path(), kRight.set), std::nullopt);
        QCOMPARE(noteSheetCheck(dir.path(), kRight, atLast()).error().kind, ErrorKind::FileUnreadable);
    }

    void aTornRecordIsLeftAsItIs()
    {
        const QTemporaryDir dir;
        QVERIFY(writeRecord(dir.path(), Stage::Closed));
        QFile file(dir.filePath(QStringLiteral("transcript.jsonl")));
        QVERIFY(file.open(QIODevice::Append) && file.write("{\"seq\":") > 0);
        file.close();
        const qint64 size = file.size();
        QCOMPARE(noteSheetCheck(dir.path(), kRight, atLast()).error().kind, ErrorKind::NotAllowedNow);
        QCOMPARE(QFile(file.fileName()).size(), size);
    }
};

QTEST_GUILESS_MAIN(TestSheetCheck)
#include "tst_sheetcheck.moc"
