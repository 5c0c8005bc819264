// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/ceremony.h"
#include "core/ceremony/keysaving.h"
#include "core/device/devicedirectory.h"
#include "core/device/simulatedreaders.h"
#include "core/simulator/simulatedhsm.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cstring>

using namespace conclave;
using namespace conclave::ceremony;

namespace {

constexpr int kPatienceMs = 60'000;
constexpr char kPassword[] = "six horses wait at the gate";
constexpr char kPin[] = "rehearsal-7";

SecretBytes secret(const char* text)
{
    return SecretBytes(ByteView(reinterpret_cast<const std::uint8_t*>(text), std::strlen(text)));
}

/// A ceremony with one password and one key, brought to its back-up.
class Room {
public:
    Room()
    {
        plugIn();
        begin();
    }

    void plugIn() { m_readers.insert(QStringLiteral("Simulated reader"), device); }

    /// The program ended, and was started again.
    void begin()
    {
        ceremony.reset();
        Environment environment{ m_readers };
        environment.rounds = dkek::KdfRounds{ 1000 };
        ceremony = std::make_unique<Ceremony>(std::move(environment));
    }

    bool resume()
    {
        begin();
        ceremony->load(folder());
        return until([this] { return ceremony->awaitsResume() && !ceremony->record().empty(); })
            && ceremony->confirmResume(ceremony->checkpointCode())
            && until([this] { return !ceremony->awaitsResume() && !ceremony->writing(); });
    }

    bool establish() { return prepare() && handOut() && initialise() && import() && generate(); }

    bool until(const std::function<bool()>& condition) const
    {
        return QTest::qWaitFor(
                   [&] { return (condition() && !ceremony->writing()) || ceremony->trouble(); }, kPatienceMs)
            && !ceremony->trouble();
    }
    bool untilTrouble() const
    {
        return QTest::qWaitFor([this] { return ceremony->trouble() && !ceremony->writing(); }, kPatienceMs);
    }
    bool reaches(Stage stage) const
    {
        return until([&] { return state().stage == stage; });
    }
    bool saves(std::size_t media) const
    {
        return ceremony->saveBackup() && until([&] {
            return state().backup.media.size() == media && ceremony->work().kind == WorkKind::None;
        });
    }

    [[nodiscard]] const CeremonyState& state() const { return ceremony->state(); }
    [[nodiscard]] QString folder() const { return m_home.filePath(QStringLiteral("EX-1")); }
    [[nodiscard]] QString place(const QString& name) const { return m_home.filePath(name); }

    std::shared_ptr<simulator::SimulatedHsm> device = std::make_shared<simulator::SimulatedHsm>();
    std::unique_ptr<Ceremony> ceremony;

private:
    bool prepare()
    {
        Preparation preparation;
        preparation.folder = folder();
        preparation.ceremonyId = QStringLiteral("EX-1");
        preparation.participants = { { Role::Officer, 1, QStringLiteral("Ada"), {} } };
        if (!ceremony->prepare(std::move(preparation)) || !reaches(Stage::ChoosingDevice))
            return false;
        device::DeviceDirectory directory(m_readers);
        return until([&] { return !directory.devices().empty() && directory.devices().front().status; })
            && ceremony->chooseDevice(directory.devices().front(), true) && reaches(Stage::ChoosingScheme)
            && ceremony->chooseScheme(SchemeChosen{ { ShareFileRule{} } }) && reaches(Stage::HandingOut)
            && until([this] { return ceremony->work().kind == WorkKind::None; });
    }
    bool handOut()
    {
        return ceremony->startHandOut() && ceremony->liftCurtain() && until([] { return true; })
            && ceremony->choosePassword(secret(kPassword))
            && until([this] { return state().sets.front().made && ceremony->work().kind == WorkKind::None; })
            && ceremony->liftCurtain() && ceremony->provePassword(secret(kPassword)).value_or(false)
            && reaches(Stage::SettingPins);
    }
    bool initialise()
    {
        PinSettings pins;
        pins.newSoPin = secret("5265686561727361");
        pins.userPin = secret(kPin);
        pins.label = QStringLiteral("CA");
        return ceremony->setPins(std::move(pins)) && reaches(Stage::ConfirmingErase)
            && ceremony->confirmErase(state().device->serial) && reaches(Stage::Importing);
    }
    bool import()
    {
        return ceremony->chooseShareFile(1) && ceremony->liftCurtain()
            && ceremony->enterPassword(secret(kPassword)) && reaches(Stage::NotingKeyCheckValue)
            && ceremony->noteKeyCheckValue() && reaches(Stage::PlanningKeys);
    }
    bool generate()
    {
        return ceremony->planKeys(
                   { { QStringLiteral("root"), QStringLiteral("01"), card::KeyAlgorithm::EcP256 } })
            && reaches(Stage::GeneratingKeys) && ceremony->enterUserPin(secret(kPin)) && ceremony->generate()
            && until([this] { return !state().nextKey() && ceremony->work().kind == WorkKind::None; })
            && ceremony->finishGeneration() && reaches(Stage::BackingUp);
    }

    QTemporaryDir m_home;
    device::SimulatedReaders m_readers;
};

} // namespace

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
