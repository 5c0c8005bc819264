// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/simulatedchannel.h"
#include "tests/core/card/vectors.h"
#include "tests/core/device/rack.h"
#include "tests/core/simulator/pinneddevice.h"
#include "tests/ui/pinerrand.h"
#include "ui/shell/curtainrules.h"
#include "ui/theme/theme.h"
#include "ui/widgets/choicecard.h"
#include "ui/widgets/secretfield.h"

#include <QLabel>
#include <QLineEdit>

using namespace conclave;
using namespace conclave::ui;

using Phase = PinsView::Phase;
using Stage = DeviceErrand::Stage;
using simulator::Fault;

namespace {

constexpr char kPin[] = "648219";
constexpr char kNewPin[] = "13579024";
constexpr char kSoPin[] = "3537363231383830";
constexpr char kNewSoPin[] = "00112233445566ff";
constexpr char kWrongSoPin[] = "0000000000000000";

/// Somebody with a device whose PINs are to be changed.
struct PinPerson : PinErrand {
    explicit PinPerson(int options, int tries = 3, int wrong = 0, int wrongSoPins = 0)
        : device(test::freshDevice(test::kFirstSerial))
    {
        simulator::SimulatedChannel channel(device);
        prepared = test::prepare(channel, options, tries, wrong) && test::spendSoPin(channel, wrongSoPins);
        readers.insert(test::kFirstReader, device);
    }

    /// From the start page to what can be done with the device's PINs.
    [[nodiscard]] bool reach() const { return prepared && PinErrand::reach(test::kFirstSerial); }

    /// Why the device cannot do the task; empty when it can, nothing when it is not offered.
    [[nodiscard]] std::optional<QString> reason(const QString& task) const
    {
        settle();
        for (const ChoiceCard* choice : shown<ChoiceCard>(*window)) {
            if (choice->accessibleName() == task)
                return choice->isEnabled() ? QString() : choice->accessibleDescription();
        }
        return std::nullopt;
    }

    [[nodiscard]] bool canOnlyGoBack() const
    {
        settle();
        const Button* primary = view().footer().primary();
        const auto buttons = shown<Button>(*window);
        return primary->text().contains(QStringLiteral("Back")) && primary->hasFocus()
            && std::ranges::none_of(buttons,
                [](const Button* each) { return each->text().contains(QStringLiteral("ry again")); });
    }

    /// What the device answers to this PIN by itself, as somebody with another program would see.
    [[nodiscard]] QString login(const char* pin) const
    {
        simulator::SimulatedChannel channel(device);
        static_cast<void>(test::sent(channel, QStringLiteral("00a404000be82b0601040181c31f020100")));
        const ByteView value = test::ascii(pin);
        return test::sent(
            channel, QStringLiteral("00200081%1").arg(value.size(), 2, 16, QLatin1Char('0')) + toHex(value));
    }
    [[nodiscard]] QString soLogin(const char* digits) const
    {
        simulator::SimulatedChannel channel(device);
        static_cast<void>(test::sent(channel, QStringLiteral("00a404000be82b0601040181c31f020100")));
        return test::sent(channel, QStringLiteral("0020008808") + QString::fromLatin1(digits));
    }

    std::shared_ptr<simulator::SimulatedHsm> device;
    bool prepared = false;
};

const QString kChangeUserPin = QStringLiteral("Change the user PIN");
const QString kTakeOver = QStringLiteral("Take the device over");
const QString kChangeSoPin = QStringLiteral("Change the SO-PIN");
const QString kNewTries = QStringLiteral("Give the user PIN new tries");
const QString kSetUserPin = QStringLiteral("Set a new user PIN");
const QString kOk = QStringLiteral("9000");

} // namespace

class TestPins : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        Theme::install(*qApp, qEnvironmentVariableIsSet("CONCLAVE_TEST_DARK"));
    }

    void theUserPinIsChangedByWhoHasIt()
    {
        PinPerson person(test::kCounterOnly);
        QVERIFY(person.reach());
        person.takePicture("tasks");
        QCOMPARE(person.faults(), QString());
        QVERIFY(person.choose(kChangeUserPin));
        QVERIFY(person.arrives(Phase::Curtain));
        person.takePicture("curtain");
        QVERIFY(person.type({ kPin, kNewPin, kNewPin }));
        person.takePicture("entry");
        QCOMPARE(person.faults(), QString());
        QVERIFY(person.press(QStringLiteral("Change it")));
        QVERIFY(person.arrives(Phase::Result));
        person.takePicture("result");
        QCOMPARE(person.faults(), QString());
        QVERIFY(person.note().startsWith(QStringLiteral("The user PIN is changed.")));
        QVERIFY(person.press(QStringLiteral("Done")));
        QTRY_VERIFY(!person.window->errand());
        QCOMPARE(person.login(kNewPin), kOk);
        QVERIFY(QDir(person.folder.path()).isEmpty()); // nothing was recorded
    }

    void aWrongUserPinTellsTheTriesAndIsNotTriedAgainUnasked()
    {
        PinPerson person(test::kCounterOnly);
        QVERIFY(person.reach() && person.choose(kChangeUserPin));
        QVERIFY(person.type({ "111111", kNewPin, kNewPin }));
        QVERIFY(person.press(QStringLiteral("Change it")));
        QVERIFY(person.arrives(Stage::Trouble));
        person.takePicture("wrong user PIN");
        QVERIFY(person.shows(QStringLiteral("The old user PIN is wrong")));
        QVERIFY(person.shows(QStringLiteral("2 tries are left")));
        QCOMPARE(person.faults(), QString());
        const int exchanges = person.device->exchanges();
        QVERIFY(person.press(QStringLiteral("Try again")));
        QVERIFY(person.arrives(Phase::Tasks));
        QVERIFY(person.device->exchanges() > exchanges); // read anew
        QCOMPARE(person.login(kPin), kOk);
    }

    void theLastTryIsTyped()
    {
        PinPerson person(test::kCounterOnly, 3, 2);
        QVERIFY(person.reach() && person.choose(kChangeUserPin));
        QCOMPARE(person.view().phase(), Phase::Confirm);
        person.takePicture("last try");
        QCOMPARE(person.faults(), QString());
        QVERIFY(!person.press(QStringLiteral("Go on")));
        person.fillIn(QStringLiteral("last try"));
        QVERIFY(!person.press(QStringLiteral("Go on")));
        person.fillIn(QStringLiteral("LAST TRY"));
        QVERIFY(person.press(QStringLiteral("Go on")));
        QVERIFY(person.type({ "111111", kNewPin, kNewPin }));
        QVERIFY(person.press(QStringLiteral("Change it")));
        QVERIFY(person.arrives(Stage::Trouble));
        person.takePicture("blocked");
        QVERIFY(person.shows(QStringLiteral("The user PIN is blocked")));
        QVERIFY(person.shows(QStringLiteral("Then give it new tries with the SO-PIN.")));
        QVERIFY(person.canOnlyGoBack());
        QVERIFY(person.press(QStringLiteral("Back")));
        QVERIFY(person.arrives(Phase::Tasks));
        QVERIFY(person.reason(kChangeUserPin)->startsWith(QStringLiteral("The user PIN is blocked.")));
        QCOMPARE(person.reason(kNewTries), QString());
        person.takePicture("tasks when blocked");
    }

    void aPinTypedDifferentlyTwiceOrTooShortIsNotHandedIn()
    {
        PinPerson person(test::kCounterOnly);
        QVERIFY(person.reach() && person.choose(kChangeUserPin));
        QVERIFY(person.type({ kPin, kNewPin, "13579025" }));
        QVERIFY(!person.press(QStringLiteral("Change it")));
        QVERIFY(person.shows(QStringLiteral("The two differ.")));
        QTest::keyClick(person.window.get(), Qt::Key_Escape);
        QVERIFY(person.type({ kPin, "13579", "13579" }));
        QVERIFY(!person.press(QStringLiteral("Change it")));
    }

    void aDeviceWithTenTriesTakesNoShortPin()
    {
        PinPerson person(test::kCounterOnly, 10);
        QVERIFY(person.reach() && person.choose(kChangeUserPin));
        QVERIFY(person.type({ kPin, "1357902", "1357902" }));
        QVERIFY(!person.press(QStringLiteral("Change it")));
        QVERIFY(person.shows(QStringLiteral("8 to 16 characters")));
    }

    void theSoPinIsChangedOnceTheSerialIsTyped()
    {
        PinPerson person(test::kCounterOnly);
        QVERIFY(person.reach() && person.choose(kChangeSoPin));
        QCOMPARE(person.view().phase(), Phase::Confirm);
        person.takePicture("change SO-PIN");
        QCOMPARE(person.faults(), QString());
        person.fillIn(QStringLiteral("DENK0299902"));
        QVERIFY(!person.press(QStringLiteral("Go on")));
        person.fillIn(QStringLiteral("DENK0299901"));
        QVERIFY(person.press(QStringLiteral("Go on")));
        QVERIFY(person.type({ kSoPin, kNewSoPin, kNewSoPin }));
        person.takePicture("SO-PIN entry");
        QVERIFY(person.press(QStringLiteral("Change it")));
        QVERIFY(person.arrives(Phase::Result));
        QCOMPARE(person.soLogin(kNewSoPin), kOk);
        QCOMPARE(person.login(kPin), kOk);
    }

    void fewSoPinTriesAreWarnedOfAndTyped_data()
    {
        QTest::addColumn<int>("spent");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("warning");
        QTest::newRow("6 left") << 9 << QString() << QString();
        QTest::newRow("5 left") << 10 << QString() << QStringLiteral("Only 5 SO-PIN tries are left.");
        QTest::newRow("3 left") << 12 << QStringLiteral("3")
                                << QStringLiteral("Only 3 SO-PIN tries are left.");
        QTest::newRow("1 left") << 14 << QStringLiteral("LAST TRY") << QStringLiteral("Only 1 SO-PIN tr");
    }

    void fewSoPinTriesAreWarnedOfAndTyped()
    {
        QFETCH(const int, spent);
        QFETCH(const QString, typed);
        QFETCH(const QString, warning);
        PinPerson person(test::kCounterOnly, 3, 3, spent);
        QVERIFY(person.reach() && person.choose(kNewTries));
        settle();
        QCOMPARE(person.view().phase(), Phase::Confirm);
        person.takePicture(QTest::currentDataTag());
        QVERIFY(person.note().startsWith(warning));
        QCOMPARE(person.press(QStringLiteral("Go on")), typed.isEmpty());
        if (!typed.isEmpty()) {
            person.fillIn(QStringLiteral("2"));
            QVERIFY(!person.press(QStringLiteral("Go on")));
            person.fillIn(typed);
            QVERIFY(person.press(QStringLiteral("Go on")));
        }
        QVERIFY(person.type({ kSoPin }));
        QVERIFY(person.press(QStringLiteral("Give new tries")));
        QVERIFY(person.arrives(Phase::Result));
        QVERIFY(person.shows(QStringLiteral("15 of 15")));
        QCOMPARE(person.login(kPin), kOk);
    }

    void theLastWrongSoPinIsToldForWhatItIs()
    {
        PinPerson person(test::kCounterOnly, 3, 3, 14);
        QVERIFY(person.reach() && person.choose(kNewTries));
        person.fillIn(QStringLiteral("LAST TRY"));
        QVERIFY(person.press(QStringLiteral("Go on")));
        QVERIFY(person.type({ kWrongSoPin }));
        QVERIFY(person.press(QStringLiteral("Give new tries")));
        QVERIFY(person.arrives(Stage::Trouble));
        person.takePicture("SO-PIN blocked");
        QVERIFY(person.shows(QStringLiteral("The SO-PIN is blocked for good")));
        QVERIFY(person.canOnlyGoBack());
        QVERIFY(person.press(QStringLiteral("Back")));
        QVERIFY(person.arrives(Phase::Tasks));
        for (const QString& task : { kChangeSoPin, kNewTries })
            QVERIFY(person.reason(task)->startsWith(QStringLiteral("The SO-PIN is blocked")));
    }

    void aWrongSoPinTellsTheTries()
    {
        PinPerson person(test::kCounterOnly, 3, 3);
        QVERIFY(person.reach() && person.choose(kNewTries) && person.press(QStringLiteral("Go on")));
        QVERIFY(person.type({ kWrongSoPin }));
        QVERIFY(person.press(QStringLiteral("Give new tries")));
        QVERIFY(person.arrives(Stage::Trouble));
        QVERIFY(person.shows(QStringLiteral("14 of 15 tries are left")));
    }

    void whatTheDeviceForbidsIsShownWithTheReason_data()
    {
        QTest::addColumn<int>("options");
        QTest::addColumn<QString>("counter");
        QTest::addColumn<QString>("newPin");
        const QString off = QStringLiteral("nobody can unblock the user PIN.");
        QTest::newRow("off") << test::kNoUnblocking << off << off;
        QTest::newRow("counter only")
            << test::kCounterOnly << QString() << QStringLiteral("gives new tries, but no new PIN.");
        QTest::newRow("new PIN") << test::kNewPinBySoPin << QString() << QString();
    }

    void whatTheDeviceForbidsIsShownWithTheReason()
    {
        QFETCH(const int, options);
        QFETCH(const QString, counter);
        QFETCH(const QString, newPin);
        PinPerson person(options, 3, 3);
        QVERIFY(person.reach());
        person.takePicture(QTest::currentDataTag());
        QCOMPARE(person.faults(), QString());
        QVERIFY(person.reason(kNewTries)->endsWith(counter));
        QCOMPARE(person.reason(kNewTries)->isEmpty(), counter.isEmpty());
        QVERIFY(person.reason(kSetUserPin)->endsWith(newPin));
        QCOMPARE(person.reason(kSetUserPin)->isEmpty(), newPin.isEmpty());
    }

    void theOfficerSetsANewUserPinWithoutSeeingIt()
    {
        PinPerson person(test::kNewPinBySoPin, 3, 3);
        QVERIFY(person.reach() && person.choose(kSetUserPin) && person.press(QStringLiteral("Go on")));
        QVERIFY(person.shows(QStringLiteral("Security officer")));
        QVERIFY(person.type({ kSoPin }));
        const int exchanges = person.device->exchanges();
        QVERIFY(person.press(QStringLiteral("Hand it in")));
        QVERIFY(person.arrives(Phase::Curtain));
        QVERIFY(person.shows(QStringLiteral("Holder of the user PIN")));
        QCOMPARE(person.device->exchanges(), exchanges); // nothing is sent by halves
        QVERIFY(person.type({ kNewPin, kNewPin }));
        QVERIFY(person.press(QStringLiteral("Set it")));
        QVERIFY(person.arrives(Phase::Result));
        QCOMPARE(person.login(kNewPin), kOk);
    }

    void aDeviceIsTakenOverByReplacingItsTransportPin()
    {
        PinPerson person(test::kTransportPin);
        QVERIFY(person.reach());
        person.takePicture("transport tasks");
        QCOMPARE(person.faults(), QString());
        QVERIFY(!person.reason(kChangeUserPin));
        QVERIFY(person.choose(kTakeOver));
        QVERIFY(person.shows(QStringLiteral("does not tell how many tries")));
        person.takePicture("take over");
        QVERIFY(person.press(QStringLiteral("Go on")));
        QVERIFY(person.type({ kPin, kNewPin, kNewPin }));
        person.takePicture("transport entry");
        QCOMPARE(person.faults(), QString());
        QVERIFY(person.press(QStringLiteral("Take it over")));
        QVERIFY(person.arrives(Phase::Result));
        QCOMPARE(person.login(kNewPin), kOk);
        QVERIFY(person.press(QStringLiteral("Something else")));
        QVERIFY(person.arrives(Phase::Tasks));
        QVERIFY(!person.reason(kTakeOver));
        QCOMPARE(person.reason(kChangeUserPin), QString());
    }

    void theTriesThatADeviceHidesAreRemembered()
    {
        PinPerson person(test::kTransportPin);
        QVERIFY(person.reach());
        for (int left = 2; left > 0; --left) {
            QVERIFY(person.choose(kTakeOver));
            if (left == 2)
                QVERIFY(person.press(QStringLiteral("Go on")));
            QVERIFY(person.type({ "111111", kNewPin, kNewPin }));
            QVERIFY(person.press(QStringLiteral("Take it over")));
            QVERIFY(person.arrives(Stage::Trouble));
            QVERIFY(person.shows(QStringLiteral("The transport PIN is wrong")));
            QVERIFY(person.press(QStringLiteral("Try again")));
            QVERIFY(person.arrives(Phase::Tasks));
        }
        QVERIFY(person.choose(kTakeOver));
        QVERIFY(!person.press(QStringLiteral("Go on")));
        person.fillIn(QStringLiteral("LAST TRY"));
        QVERIFY(person.press(QStringLiteral("Go on")));
        QVERIFY(person.type({ kPin, kNewPin, kNewPin }));
        QVERIFY(person.press(QStringLiteral("Take it over")));
        QVERIFY(person.arrives(Phase::Result));
        QCOMPARE(person.login(kNewPin), kOk);
    }

    void aDevicePulledInTheMiddleIsSettledByWhatItShows_data()
    {
        QTest::addColumn<Fault::Kind>("kind");
        QTest::addColumn<bool>("done");
        QTest::newRow("before") << Fault::Kind::PullBefore << false;
        QTest::newRow("after") << Fault::Kind::PullAfter << true;
    }

    void aDevicePulledInTheMiddleIsSettledByWhatItShows()
    {
        QFETCH(const Fault::Kind, kind);
        QFETCH(const bool, done);
        PinPerson person(test::kNewPinBySoPin, 3, 3);
        QVERIFY(person.reach() && person.choose(kSetUserPin) && person.press(QStringLiteral("Go on")));
        QVERIFY(person.type({ kSoPin }));
        QVERIFY(person.press(QStringLiteral("Hand it in")));
        QVERIFY(person.type({ kNewPin, kNewPin }));
        person.device->setFaults({ { { .kind = kind, .at = 1 + exchangesToRead() } } });
        QVERIFY(person.press(QStringLiteral("Set it")));
        QVERIFY(person.arrives(Stage::Trouble));
        person.takePicture("pulled");
        QVERIFY(person.shows(QStringLiteral("It is not known whether this took effect")));
        QVERIFY(person.shows(QStringLiteral("keep both")));
        QCOMPARE(person.faults(), QString());
        person.device->setFaults({});
        person.readers.insert(test::kFirstReader, person.device);
        QVERIFY(person.press(QStringLiteral("Try again")));
        QVERIFY(person.arrives(done ? Phase::Result : Phase::Tasks));
        QVERIFY(person.note().startsWith(done ? QStringLiteral("The new user PIN is set.")
                                              : QStringLiteral("The device shows that nothing was changed")));
        QCOMPARE(person.login(kNewPin) == kOk, done);
    }

    void aChangeThatTheDeviceDoesNotShowStaysInDoubt()
    {
        PinPerson person(test::kCounterOnly);
        QVERIFY(person.reach() && person.choose(kChangeSoPin));
        person.fillIn(QStringLiteral("DENK0299901"));
        QVERIFY(person.press(QStringLiteral("Go on")));
        QVERIFY(person.type({ kSoPin, kNewSoPin, kNewSoPin }));
        person.device->setFaults({ { { .kind = Fault::Kind::PullAfter, .at = 1 + exchangesToRead() } } });
        QVERIFY(person.press(QStringLiteral("Change it")));
        QVERIFY(person.arrives(Stage::Trouble));
        person.device->setFaults({});
        person.readers.insert(test::kFirstReader, person.device);
        QVERIFY(person.press(QStringLiteral("Try again")));
        QVERIFY(person.arrives(Phase::Tasks));
        person.takePicture("in doubt");
        QVERIFY(person.note().contains(QStringLiteral("whether the old or the new SO-PIN is in force")));
    }

    void aDeviceGoneBeforeAnythingWasSentHasLostNothing()
    {
        PinPerson person(test::kCounterOnly);
        QVERIFY(person.reach() && person.choose(kChangeUserPin));
        QVERIFY(person.type({ kPin, kNewPin, kNewPin }));
        person.device->setFaults({ { { .kind = Fault::Kind::PullBefore, .at = 2 } } });
        QVERIFY(person.press(QStringLiteral("Change it")));
        QVERIFY(person.arrives(Stage::Trouble));
        QVERIFY(person.shows(QStringLiteral("No PIN was sent to the device.")));
        person.device->setFaults({});
        person.readers.insert(test::kFirstReader, person.device);
        QVERIFY(person.press(QStringLiteral("Try again")));
        QVERIFY(person.arrives(Phase::Tasks));
        QCOMPARE(person.login(kPin), kOk);
    }

    void aTryLostMeanwhileIsShownInsteadOfSpendingAnother()
    {
        PinPerson person(test::kCounterOnly);
        QVERIFY(person.reach() && person.choose(kChangeUserPin));
        QVERIFY(person.type({ "111111", kNewPin, kNewPin }));
        QCOMPARE(person.login("222222"), QStringLiteral("63c2"));
        QVERIFY(person.press(QStringLiteral("Change it")));
        QVERIFY(person.arrives(Phase::Tasks));
        QVERIFY(person.note().startsWith(QStringLiteral("Meanwhile the device was used otherwise")));
        QCOMPARE(person.login("222222"), QStringLiteral("63c1")); // nothing was sent
    }

    void theCurtainWipesWhatIsBeingTyped()
    {
        PinPerson person(test::kNewPinBySoPin);
        QVERIFY(person.reach() && person.choose(kSetUserPin) && person.press(QStringLiteral("Go on")));
        QVERIFY(person.type({ kSoPin }));
        QTest::keyClick(person.window.get(), Qt::Key_Escape);
        QCOMPARE(person.view().phase(), Phase::Curtain);
        QVERIFY(!person.press(QStringLiteral("I am"))); // ticks are to be set anew
        QVERIFY(person.type({ "" }));
        QVERIFY(!person.press(QStringLiteral("Hand it in")));
        hands::type(*shown<SecretField>(*person.window).front(), test::ascii(kSoPin));
        QVERIFY(person.press(QStringLiteral("Hand it in")));
        QVERIFY(person.type({ kNewPin, kNewPin }));
        Q_EMIT person.view().findChild<CurtainRules*>()->nobodyActs();
        QCOMPARE(person.view().phase(), Phase::Curtain);
        QVERIFY(person.shows(QStringLiteral("Holder of the user PIN"))); // the officer need not come again
        QTest::keyClick(person.window.get(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(person.view().phase(), Phase::Tasks);
        QCOMPARE(person.login(kPin), kOk);
    }

    void twoOfficersChangeTheSoPinAndNeitherSeesTheOthersHalf()
    {
        PinPerson person(test::kCounterOnly);
        QVERIFY(person.reach() && person.choose(kChangeSoPin));
        person.chooseHalves(); // of the current one and the new one
        person.fillIn(QStringLiteral("DENK0299901"));
        person.takePicture("halves");
        QCOMPARE(person.faults(), QString());
        QVERIFY(person.press(QStringLiteral("Go on")));
        QVERIFY(person.shows(QStringLiteral("First officer")));
        person.takePicture("first half curtain");
        QVERIFY(person.type({ "35373632", "a7c39e15", "a7c39e16" }));
        QVERIFY(!person.press(QStringLiteral("Hand it in"))); // the same officer types the half twice
        QTest::keyClick(person.window.get(), Qt::Key_Escape);
        QVERIFY(person.type({ "35373632", "a7c39e15", "a7c39e15" }));
        person.takePicture("first half");
        QCOMPARE(person.faults(), QString());
        const int exchanges = person.device->exchanges();
        QVERIFY(person.press(QStringLiteral("Hand it in")));
        QCOMPARE(person.view().phase(), Phase::Curtain);
        QVERIFY(person.shows(QStringLiteral("Second officer")));
        QCOMPARE(person.device->exchanges(), exchanges);
        QVERIFY(person.type({ "31383830", "5d08f2b6", "5d08f2b6" }));
        QVERIFY(person.press(QStringLiteral("Change it")));
        QVERIFY(person.arrives(Phase::Result));
        QCOMPARE(person.soLogin("a7c39e155d08f2b6"), kOk);
    }

    void aSoPinInHalvesUnblocksAndAWrongHalfIsAWrongSoPin()
    {
        PinPerson person(test::kNewPinBySoPin, 3, 3);
        QVERIFY(person.reach() && person.choose(kSetUserPin));
        person.chooseHalves();
        QVERIFY(person.press(QStringLiteral("Go on")));
        QVERIFY(person.type({ "35373632" }));
        QVERIFY(person.press(QStringLiteral("Hand it in")));
        QVERIFY(person.type({ "31383831" }));
        QVERIFY(person.press(QStringLiteral("Hand it in")));
        QVERIFY(person.shows(QStringLiteral("Holder of the user PIN")));
        QVERIFY(person.type({ kNewPin, kNewPin }));
        QVERIFY(person.press(QStringLiteral("Set it")));
        QVERIFY(person.arrives(Stage::Trouble));
        QVERIFY(person.shows(QStringLiteral("14 of 15 tries are left")));
        QVERIFY(person.press(QStringLiteral("Try again")));
        QVERIFY(person.arrives(Phase::Tasks));
        QVERIFY(person.choose(kSetUserPin));
        person.chooseHalves();
        QVERIFY(person.press(QStringLiteral("Go on")));
        QVERIFY(person.type({ "35373632" }));
        QVERIFY(person.press(QStringLiteral("Hand it in")));
        QVERIFY(person.type({ "31383830" }));
        QVERIFY(person.press(QStringLiteral("Hand it in")));
        QVERIFY(person.type({ kNewPin, kNewPin }));
        QVERIFY(person.press(QStringLiteral("Set it")));
        QVERIFY(person.arrives(Phase::Result));
        QCOMPARE(person.login(kNewPin), kOk);
    }

    void aFirstHalfIsForgottenWhenTheSecondIsNotGiven()
    {
        PinPerson person(test::kCounterOnly, 3, 3);
        QVERIFY(person.reach() && person.choose(kNewTries));
        person.chooseHalves();
        QVERIFY(person.press(QStringLiteral("Go on")));
        QVERIFY(person.type({ "35373632" }));
        QVERIFY(person.press(QStringLiteral("Hand it in")));
        QVERIFY(person.press(QStringLiteral("Back")));
        QCOMPARE(person.view().phase(), Phase::Tasks);
        QVERIFY(person.choose(kNewTries));
        person.chooseHalves();
        QVERIFY(person.press(QStringLiteral("Go on")));
        QVERIFY(person.shows(QStringLiteral("First officer")));
    }

    void aDeviceWithoutPinsOffersNothing()
    {
        PinPerson person(test::kCounterOnly);
        person.readers.insert(test::kFirstReader, test::freshDevice(test::kFirstSerial));
        QVERIFY(person.reach());
        person.takePicture("no PINs");
        QVERIFY(!person.reason(kTakeOver));
        for (const QString& task : { kChangeUserPin, kChangeSoPin, kNewTries, kSetUserPin })
            QVERIFY(person.reason(task)->startsWith(QStringLiteral("This device was never initialised")));
        QVERIFY(!person.press(QStringLiteral("Go on")));
        QCOMPARE(person.faults(), QString());
    }

    void aDeviceThatIsNotGenuineIsToldNoPin()
    {
        PinPerson person(test::kCounterOnly);
        constexpr std::size_t kDeviceCertificate = 232; // bytes; its signature comes last
        Bytes chain = test::realCvc("ef_2f02_nitrokey_hsm2_fw41");
        chain[kDeviceCertificate - 1] ^= 0x01;
        person.device->replaceDeviceCertificates(chain);
        person.readers.insert(test::kFirstReader, person.device);
        QVERIFY(person.open("pins"));
        QTRY_VERIFY(person.ready());
        QVERIFY(person.press(QStringLiteral("Use")));
        QVERIFY(person.arrives(Stage::Trouble));
        QVERIFY(person.shows(QStringLiteral("This device is not genuine")));
    }

    void eachScreenIsUsableOnASmallPanel()
    {
        PinPerson person(test::kTransportPin, 3, 2);
        person.window->resize(960, 540);
        QVERIFY(QTest::qWaitForWindowActive(person.window.get()));
        QCOMPARE(person.faults(), QString());
        person.takePicture("small start");
        QVERIFY(person.reach());
        QCOMPARE(person.faults(), QString());
        person.takePicture("small tasks");
        QVERIFY(person.choose(kChangeSoPin));
        QCOMPARE(person.faults(), QString());
        person.takePicture("small confirm");
        person.fillIn(QStringLiteral("DENK0299901"));
        QVERIFY(person.press(QStringLiteral("Go on")));
        QCOMPARE(person.faults(), QString());
        person.takePicture("small curtain");
        QVERIFY(person.type({ kSoPin, kNewSoPin, kNewSoPin }));
        QCOMPARE(person.faults(), QString());
        person.takePicture("small entry");
        QCOMPARE(person.window->size(), QSize(960, 540));
    }

private:
    /// Commands before the one that enters a PIN, on a new connection.
    static int exchangesToRead()
    {
        const auto device = test::freshDevice(test::kFirstSerial);
        simulator::SimulatedChannel channel(device);
        card::SmartCardHsm hsm(channel);
        if (!test::prepare(channel, test::kCounterOnly))
            return -1;
        const int before = device->exchanges();
        return hsm.select() && hsm.serial() && hsm.status() ? device->exchanges() - before : -1;
    }
};

QTEST_MAIN(TestPins)
#include "tst_pins.moc"
