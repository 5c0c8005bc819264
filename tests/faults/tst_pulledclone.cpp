// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/backuproom.h"

#include <QTest>

using namespace conclave;
using namespace conclave::ceremony;
using simulator::Fault;
using test::BackupRoom;
using test::FirstDevice;

Q_DECLARE_METATYPE(conclave::simulator::Fault::Kind)

/// Add a backup device, where a card is pulled before and after each command took effect, and is put back
/// when the ceremony has said what happened; whoever is at it tries again, or starts the program anew.
class TestPulledClone : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_first.made); }

    void theNewDevice_data() { kinds(); }
    void theNewDevice() { pullAtEveryCommand(1, 1); }

    void oneOfTwoNewDevices_data() { kinds(); }
    void oneOfTwoNewDevices() { pullAtEveryCommand(2, 1); }

    void theFirstDeviceWhileItSigns_data() { kinds(); }
    void theFirstDeviceWhileItSigns() { pullAtEveryCommand(2, 0); }

private:
    static void kinds()
    {
        QTest::addColumn<Fault::Kind>("kind");
        QTest::newRow("before") << Fault::Kind::PullBefore;
        QTest::newRow("after") << Fault::Kind::PullAfter;
    }

    /// `pulled`: the number of the device, 0 is the first one, which has the keys.
    void pullAtEveryCommand(int devices, int pulled)
    {
        QFETCH(const Fault::Kind, kind);
        constexpr int kMostCommands = 400;
        bool undisturbed = false;
        int tried = 0;
        for (int at = 1; !undisturbed; ++at) {
            QVERIFY(at < kMostCommands);
            BackupRoom room(m_first, devices);
            QVERIFY(room.untilChosen());
            const auto card = pulled == 0 ? m_first.card->card : room.card(pulled);
            card->setFaults({ .faults = { { .kind = kind, .at = at } } });
            int troubles = 0;
            const bool done = room.play(Stage::Reviewing, [&] {
                ++troubles;
                // It is named, and no other is.
                for (int number = 1; devices > 1 && pulled > 0 && number <= devices; ++number) {
                    const Ceremony* part = room.ceremony->onDevice(BackupRoom::serialOf(number));
                    if (part && part->trouble() && number != pulled)
                        troubles += kMostCommands;
                }
                if (pulled == 0)
                    room.plugInFirst();
                else
                    room.plugIn(pulled);
                // The program was started again, too.
                if (at % 3 == 0 && troubles == 1 && !room.resume())
                    troubles += kMostCommands;
            });
            undisturbed = troubles == 0;
            tried += undisturbed ? 0 : 1;
            const QString where = QStringLiteral("command %1: %2").arg(at).arg(room.situation());
            QVERIFY2(done, qPrintable(where));
            QVERIFY2(troubles < kMostCommands, qPrintable(where));
            for (int number = 1; number <= devices; ++number)
                QVERIFY2(room.wrongWith(number).isEmpty(), qPrintable(where + room.wrongWith(number)));
            if (devices == 1)
                QVERIFY2(room.state().restore.cloneProof, qPrintable(where));
            card->setFaults({});
        }
        QVERIFY(tried > 2);
    }

    FirstDevice m_first{ { card::KeyAlgorithm::EcP256 }, dkek::KdfRounds{ 3 } };
};

QTEST_GUILESS_MAIN(TestPulledClone)
#include "tst_pulledclone.moc"
