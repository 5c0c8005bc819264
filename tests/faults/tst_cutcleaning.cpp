// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/ceremonyfolder.h"
#include "core/device/devicedirectory.h"
#include "core/device/simulatedreaders.h"
#include "core/simulator/simulatedchannel.h"
#include "tests/core/ceremony/drillroom.h"

#include <QFile>
#include <QTest>

using namespace conclave;
using namespace conclave::ceremony;
using simulator::Fault;

Q_DECLARE_METATYPE(conclave::simulator::Fault::Kind)

namespace {

const QString kReader = QStringLiteral("Reader");
const QString kLabel = QStringLiteral("spare again");
constexpr char kCleanPin[] = "13579024";
constexpr char kCleanSoPin[] = "0102030405060708";
constexpr int kSoPinTries = 15;

/// What comes with the fault.
enum class Power {
    OfTheDevice, ///< it is pulled and put back
    OfBoth, ///< and the program is started again
    OfBothAtOnce, ///< and what it would have written of the fault is not on the disk
};

struct SpareReaders {
    device::SimulatedReaders readers{};
};

/// A drill on a spare device, up to its cleaning, with an officer who does not give up.
struct Room : SpareReaders, DrillRoom {
    Room()
        : DrillRoom(readers)
    {
        plugIn();
    }
    ~Room() { ceremony.reset(); }

    void plugIn() { readers.insert(kReader, card); }
    [[nodiscard]] bool cardIsIn() const
    {
        const auto all = readers.readers();
        return all && !all->empty() && all->front().cardPresent;
    }

    bool untilCleaning(const DrillBackup& backup)
    {
        if (!prepare(backup) || !choose() || !initialise() || !import() || !plan(backup) || !restore()
            || !reaches(Stage::CleaningDevice))
            return false;
        return ceremony->beginCleaning() && reaches(Stage::SettingPins);
    }

    /// To the end, whatever comes in between. How often something did.
    int clean(Power power)
    {
        int faults = 0;
        for (int step = 0; step < kMostSteps && state().stage != Stage::Reviewing; ++step) {
            static_cast<void>(QTest::qWaitFor([this] { return atRest(); }, kPatienceMs));
            if (!cardIsIn()) {
                if (++faults == 1 && power != Power::OfTheDevice && !restart(power))
                    return -1;
                plugIn();
                static_cast<void>(
                    QTest::qWaitFor([this] { return atRest() && !state().pending; }, kPatienceMs));
            } else if (ceremony->trouble()) {
                if (!ceremony->tryAgain())
                    ceremony->dismissTrouble();
            } else {
                act();
            }
        }
        return state().stage == Stage::Reviewing ? faults : -1;
    }

    std::shared_ptr<simulator::SimulatedHsm> card = std::make_shared<simulator::SimulatedHsm>(
        simulator::Identity{ .serial = QStringLiteral("DENK0299902") });

private:
    static constexpr int kMostSteps = 40;

    [[nodiscard]] bool atRest() const
    {
        return ceremony->work().kind == WorkKind::None && !ceremony->writing();
    }

    bool choose()
    {
        device::DeviceDirectory directory(readers);
        return until([&] { return !directory.devices().empty() && directory.devices().front().status; })
            && ceremony->chooseDevice(directory.devices().front(), false).has_value();
    }

    void act()
    {
        PinSettings pins;
        switch (state().stage) {
        case Stage::SettingPins:
            pins.currentSoPin = secret(kDrillSoPin);
            pins.newSoPin = secret(kCleanSoPin);
            pins.userPin = secret(kCleanPin);
            pins.label = kLabel;
            static_cast<void>(ceremony->setPins(std::move(pins)));
            break;
        case Stage::ConfirmingErase:
            static_cast<void>(ceremony->confirmErase(state().device->serial));
            break;
        default:
            break;
        }
        static_cast<void>(QTest::qWaitFor([turns = 0]() mutable { return ++turns > 2; }));
    }

    bool restart(Power power)
    {
        ceremony.reset();
        if (power == Power::OfBothAtOnce && !cutToTheIntention())
            return false;
        return resume();
    }

    /// A process that is gone at once leaves its intention, and nothing after it.
    [[nodiscard]] bool cutToTheIntention() const
    {
        QFile file(transcriptPath(folder()));
        if (!file.open(QIODevice::ReadWrite))
            return false;
        const QByteArray content = file.readAll();
        const qsizetype intention = content.lastIndexOf("\"event\":\"intended\"");
        const qsizetype end = content.indexOf('\n', intention);
        return intention > 0 && file.resize(end + 1);
    }
};

QString wrongWith(Room& room)
{
    const CeremonyState state = room.state();
    room.ceremony.reset(); // its worker may be looking for the device
    if (state.drill.device != DrillDevice::Cleaned)
        return QStringLiteral("not told to be clean");
    if (state.restore.proved() != 2)
        return QStringLiteral("what the drill found out is lost");
    room.card->setFaults({});
    room.card->reset();
    simulator::SimulatedChannel channel(room.card);
    card::SmartCardHsm hsm(channel);
    const auto status = hsm.status();
    const auto keys = hsm.keys();
    if (!status || !keys)
        return QStringLiteral("cannot be read");
    if (!keys->empty() || status->dkek)
        return QStringLiteral("something of the backup is on it");
    // One that lost power right after INITIALIZE has none, and nobody logs in any more to write it.
    if (status->label != kLabel && !status->label.isEmpty())
        return QStringLiteral("another label");
    if (status->soPin.triesLeft != kSoPinTries)
        return QStringLiteral("an SO-PIN try was used up");
    if (hsm.verifyUserPin(secret(kDrillPin)))
        return QStringLiteral("the user PIN of the drill");
    if (!hsm.verifyUserPin(secret(kCleanPin)))
        return QStringLiteral("another user PIN");
    const bool chosen = hsm.changeSoPin(secret(kCleanSoPin), secret(kCleanSoPin)).has_value();
    switch (state.soPin) {
    case SoPinInForce::Chosen:
        return chosen ? QString() : QStringLiteral("not the SO-PIN that was chosen");
    case SoPinInForce::Previous:
        return chosen ? QStringLiteral("the SO-PIN was changed, and said not to be") : QString();
    case SoPinInForce::Either:
        return chosen || hsm.changeSoPin(secret(kDrillSoPin), secret(kDrillSoPin))
            ? QString()
            : QStringLiteral("neither SO-PIN");
    }
    return {};
}

} // namespace

Q_DECLARE_METATYPE(Power)

/// The cleaning of a drill's device, cut before and after each command: by a pull, and by the loss of power
/// of device and computer. In the end nothing of the backup is on the device, and the record says so.
class TestCutCleaning : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_backup.made); }

    void theDeviceIsCleanInTheEnd_data()
    {
        QTest::addColumn<Fault::Kind>("kind");
        QTest::addColumn<Power>("power");
        QTest::newRow("pulled before") << Fault::Kind::PullBefore << Power::OfTheDevice;
        QTest::newRow("pulled after") << Fault::Kind::PullAfter << Power::OfTheDevice;
        QTest::newRow("started again, before") << Fault::Kind::PullBefore << Power::OfBoth;
        QTest::newRow("started again, after") << Fault::Kind::PullAfter << Power::OfBoth;
        QTest::newRow("without power, before") << Fault::Kind::PullBefore << Power::OfBothAtOnce;
        QTest::newRow("without power, after") << Fault::Kind::PullAfter << Power::OfBothAtOnce;
    }
    void theDeviceIsCleanInTheEnd()
    {
        QFETCH(const Fault::Kind, kind);
        QFETCH(const Power, power);
        constexpr int kMostCommands = 200;
        bool undisturbed = false;
        int tried = 0;
        for (int at = 1; !undisturbed; ++at) {
            QVERIFY(at < kMostCommands);
            Room room;
            QVERIFY(room.untilCleaning(m_backup));
            room.card->setFaults({ .faults = { { .kind = kind, .at = at } } });
            const int faults = room.clean(power);
            QVERIFY2(faults >= 0, qPrintable(QStringLiteral("stands still, command %1").arg(at)));
            undisturbed = faults == 0;
            tried += undisturbed ? 0 : 1;
            const QString wrong = wrongWith(room);
            QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("%1, command %2").arg(wrong).arg(at)));
        }
        QVERIFY(tried > 5);
    }

private:
    const DrillBackup m_backup{};
};

QTEST_GUILESS_MAIN(TestCutCleaning)
#include "tst_cutcleaning.moc"
