// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/ceremony/passwordroom.h"

#include <QFile>

using namespace conclave;
using namespace conclave::ceremony;

namespace {

PlannedKey key(const char16_t* label, const char16_t* id)
{
    return { QString::fromUtf16(label), QString::fromUtf16(id), card::KeyAlgorithm::EcP256 };
}

bool pauses(const Room& room)
{
    return room.ceremony->pause() && room.until([&] { return room.state().paused; });
}

bool goesOn(const Room& room)
{
    return room.ceremony->confirmResume(room.ceremony->checkpointCode())
        && room.until([&] { return !room.ceremony->awaitsResume(); });
}

} // namespace

/// A pause in the middle of work, and what it leaves.
class TestPausing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aKeyThatIsBeingMadeIsFinishedFirst()
    {
        Room room;
        QVERIFY(room.prepare() && room.handOut() && room.initialise() && room.import());
        QVERIFY(room.plan({ key(u"root", u"01"), key(u"issuing", u"02") }));
        QVERIFY(room.ceremony->generate());
        QVERIFY(room.ceremony->pause());
        QVERIFY(room.ceremony->pauseAsked() && !room.state().paused);
        QVERIFY(room.until([&] { return room.state().paused; }));
        QVERIFY(!room.ceremony->pauseAsked());
        QCOMPARE(room.state().keys[0].state, KeyState::Tested);
        QCOMPARE(room.state().keys[1].state, KeyState::Waiting);
        QVERIFY(!room.state().pending);

        QVERIFY(goesOn(room));
        QVERIFY(room.ceremony->enterUserPin(secret(kPin)));
        QVERIFY(room.ceremony->generate());
        QVERIFY(room.until([&] { return room.state().keys[1].state == KeyState::Tested; }));
    }

    void anInitialisationIsFinishedFirst()
    {
        Room room;
        QVERIFY(room.prepare() && room.handOut() && room.setPins());
        QVERIFY(room.ceremony->confirmErase(room.state().device->serial));
        QVERIFY(room.until([&] { return room.ceremony->work().kind == WorkKind::Initialising; }));
        QVERIFY(pauses(room));
        QVERIFY(room.state().pastNoReturn() && !room.state().pending);
        QCOMPARE(room.state().stage, Stage::Importing);
        QVERIFY(goesOn(room));
        QVERIFY(room.import());
    }

    // The connection, and with it the login, ends with the pause.
    void whoeverResumesIsAskedForTheRightPin()
    {
        Room room;
        QVERIFY(room.establish());
        QVERIFY(room.ceremony->pause());
        QVERIFY(room.until([&] { return room.state().paused; }));
        QVERIFY(room.ceremony->confirmResume(room.ceremony->checkpointCode()));
        QVERIFY(room.until([&] { return !room.ceremony->awaitsResume(); }));
        QVERIFY(room.ceremony->enterUserPin(secret("not the PIN")));
        QVERIFY(room.ceremony->saveBackup());
        QVERIFY(room.untilTrouble());
        QCOMPARE(room.ceremony->trouble()->error.kind, ErrorKind::WrongPin);
    }

    void whatWentWrongBeforeItIsNotInTheWayOfTheCheckpointCode()
    {
        Room room;
        QVERIFY(room.establish());
        room.device->setFaults({ { { simulator::Fault::Kind::PullAfter, 5, 0 } } });
        QVERIFY(room.ceremony->saveBackup());
        QVERIFY(room.untilTrouble());
        QVERIFY(room.ceremony->pause());
        QTRY_VERIFY(room.state().paused && !room.ceremony->trouble());
    }

    // A cut between the two would leave a device to be erased for a backup without its share file.
    void shareFilesGoWhenItIsOnRecordThatTheyAreOfNoUse()
    {
        Room room;
        QVERIFY(room.prepare() && room.handOut());
        const QString file = room.folder() + QLatin1Char('/') + room.state().sets.front().made->file;
        QVERIFY(QFile::exists(file));
        QVERIFY(room.ceremony->goBack(BackTarget::Scheme));
        QVERIFY(QFile::exists(file));
        QVERIFY(room.reaches(Stage::ChoosingScheme));
        QTRY_VERIFY(!QFile::exists(file));
    }
};

QTEST_GUILESS_MAIN(TestPausing)
#include "tst_pausing.moc"
