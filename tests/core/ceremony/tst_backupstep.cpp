// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/keysaving.h"
#include "tests/core/ceremony/passwordroom.h"

#include <QDir>
#include <QFile>

using namespace conclave;
using namespace conclave::ceremony;

/// Step 8 on a simulated device.
class TestBackUpStep : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theKeysGoIntoTheCeremonysFolderWithTheLoginOfTheGeneration()
    {
        Room room;
        QVERIFY(room.establish());
        QVERIFY(room.ceremony->userPinHeld());
        QCOMPARE(room.ceremony->backupTargets(), QStringList{ room.folder() });
        QVERIFY(room.saves(1));
        QVERIFY(!room.ceremony->userPinHeld());
        QVERIFY(room.ceremony->backupTargets().isEmpty());
        QVERIFY(QFile::exists(room.folder() + QStringLiteral("/keys/EX-1-key-1.bin")));
        QCOMPARE(room.state().backup.media.front().folder, QString());
        QCOMPARE(room.state().backup.wrappings.front().kcv, room.state().kcv);
        QVERIFY(checkSavedKeys(room.state().backup.wrappings.front(), room.folder()));

        QVERIFY(!room.ceremony->finishBackup()); // one copy has to be confirmed
        QVERIFY(room.ceremony->confirmOneCopy());
        QVERIFY(room.ceremony->finishBackup());
        QVERIFY(room.reaches(Stage::Reviewing));
    }

    void aSecondFolderOnTheSameMediumIsNoSecondMedium()
    {
        Room room;
        QVERIFY(room.establish());
        const QString second = room.place(QStringLiteral("second"));
        QVERIFY(QDir().mkpath(second));
        QVERIFY(room.ceremony->addBackupTarget(second));
        QCOMPARE(room.ceremony->addBackupTarget(second).error().kind, ErrorKind::FileExists);
        QVERIFY(room.ceremony->saveBackup());
        QVERIFY(room.untilTrouble());
        QCOMPARE(room.ceremony->trouble()->error.kind, ErrorKind::SameMedium);
        QCOMPARE(room.state().backup.media.size(), std::size_t(1));
        QCOMPARE(room.state().backup.failed.front().folder, second);
        room.ceremony->dismissTrouble();
        QVERIFY(room.ceremony->dropBackupTarget(second));
        QVERIFY(room.ceremony->backupTargets().isEmpty());
    }

    void aDeviceThatIsPulledWhileWrappingIsAskedAgain()
    {
        Room room;
        QVERIFY(room.establish());
        room.device->setFaults({ { { simulator::Fault::Kind::PullAfter, 5, 0 } } });
        QVERIFY(room.ceremony->saveBackup());
        QVERIFY(room.untilTrouble());
        QCOMPARE(room.ceremony->trouble()->during, WorkKind::WrappingKeys);
        QCOMPARE(room.ceremony->trouble()->error.kind, ErrorKind::CardRemoved);
        QVERIFY(room.state().backup.wrappings.empty());
        room.plugIn();
        QVERIFY(room.ceremony->tryAgain());
        QVERIFY(room.until([&] { return room.state().backup.media.size() == 1; }));
    }

    void aProgramThatEndedBeforeItWasSavedWrapsAgain()
    {
        Room room;
        QVERIFY(room.establish());
        QVERIFY(room.resume());
        QCOMPARE(room.state().stage, Stage::BackingUp);
        QVERIFY(room.until([&] { return room.ceremony->devicePresent(); })); // it was never unplugged
        QVERIFY(!room.ceremony->saveBackup()); // without the PIN
        QVERIFY(room.ceremony->enterUserPin(secret(kPin)));
        QVERIFY(room.saves(1));
    }

    void aProgramThatEndedBetweenWritingAndRecordingFindsItsCopy()
    {
        Room room;
        QVERIFY(room.establish());
        QVERIFY(room.saves(1));
        const QString transcript = room.folder() + QStringLiteral("/transcript.jsonl");
        room.ceremony.reset();
        QFile file(transcript);
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray content = file.readAll();
        const auto last = content.lastIndexOf('\n', content.size() - 2) + 1;
        QVERIFY(content.mid(last).contains("keysSaved"));
        QVERIFY(file.resize(last));
        file.close();

        QVERIFY(room.resume());
        QVERIFY(room.state().backup.media.empty());
        QVERIFY(room.ceremony->enterUserPin(secret(kPin)));
        QVERIFY(room.saves(1));
        QCOMPARE(room.state().backup.wrappings.size(), std::size_t(2));
        QCOMPARE(room.state().backup.media.front().wrapping, 1);
        QVERIFY(checkSavedKeys(room.state().backup.wrappings.front(), room.folder()));
    }

    void theLastTryIsConfirmed()
    {
        Room room;
        QVERIFY(room.establish());
        QVERIFY(room.resume());
        for (int tries = 2; tries > 0; --tries) {
            QVERIFY(room.ceremony->enterUserPin(secret("not the PIN")));
            QVERIFY(room.ceremony->saveBackup());
            QVERIFY(room.untilTrouble());
            room.ceremony->dismissTrouble();
        }
        QVERIFY(room.resume()); // to a program that does not know of the two tries
        QVERIFY(room.ceremony->enterUserPin(secret(kPin)));
        QVERIFY(room.ceremony->saveBackup());
        QVERIFY(room.untilTrouble());
        QCOMPARE(room.ceremony->trouble()->error.triesLeft, std::optional<int>(1));
        QCOMPARE(room.ceremony->userPinTriesLeft(), std::optional<int>(1));
        QVERIFY(!room.ceremony->userPinHeld());
        room.ceremony->dismissTrouble();
        QVERIFY(room.ceremony->enterUserPin(secret(kPin), true));
        QVERIFY(room.saves(1));
    }

    void aPauseWhileWrappingLeavesNothingHalfDone()
    {
        Room room;
        QVERIFY(room.establish());
        QVERIFY(room.ceremony->saveBackup());
        QVERIFY(room.ceremony->pause());
        QVERIFY(
            room.until([&] { return room.state().paused && room.ceremony->work().kind == WorkKind::None; }));
        QVERIFY(room.ceremony->confirmResume(room.ceremony->checkpointCode()));
        QVERIFY(room.until([&] { return !room.ceremony->awaitsResume(); }));
        QVERIFY(room.state().backup.wrappings.empty());
        QVERIFY(room.ceremony->enterUserPin(secret(kPin)));
        QVERIFY(room.saves(1));
    }

    void aWrongPinCostsATryAndIsAskedForAgain()
    {
        Room room;
        QVERIFY(room.establish());
        QVERIFY(room.resume());
        QVERIFY(room.ceremony->enterUserPin(secret("not the PIN")));
        QVERIFY(room.ceremony->saveBackup());
        QVERIFY(room.untilTrouble());
        QCOMPARE(room.ceremony->trouble()->error.kind, ErrorKind::WrongPin);
        QCOMPARE(room.ceremony->userPinTriesLeft(), std::optional<int>(2));
        QVERIFY(!room.ceremony->userPinHeld());
        QVERIFY(room.ceremony->tryAgain()); // back to the page
        QVERIFY(!room.ceremony->trouble());
    }
};

QTEST_GUILESS_MAIN(TestBackUpStep)
#include "tst_backupstep.moc"
