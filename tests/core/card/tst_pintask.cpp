// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/pintask.h"
#include "core/simulator/simulatedchannel.h"
#include "core/simulator/simulatedhsm.h"
#include "tests/core/simulator/pinneddevice.h"

#include <QTest>

#include <cstring>

using namespace conclave;
using namespace conclave::card;
using simulator::Fault;

Q_DECLARE_METATYPE(conclave::card::PinTask)

namespace {

using State = PinStatus::State;

SecretBytes text(const char* ascii)
{
    return SecretBytes(ByteView(reinterpret_cast<const std::uint8_t*>(ascii), std::strlen(ascii)));
}

constexpr char kPin[] = "648219";
constexpr char kNewPin[] = "13579024";
constexpr char kSoPin[] = "3537363231383830";
constexpr char kNewSoPin[] = "00112233445566ff";

PinEntries entries(const char* pin = kPin, const char* soPin = kSoPin)
{
    return { text(pin), text(kNewPin), text(soPin), text(kNewSoPin) };
}

/// A device with PINs and a connection to it.
struct Holder {
    explicit Holder(int options, int tries = 3, int wrong = 0)
        : prepared(test::prepare(channel, options, tries, wrong) && hsm.select())
    {
    }

    [[nodiscard]] DeviceStatus status() { return hsm.status().value_or(DeviceStatus()); }
    [[nodiscard]] Result<PinResult> perform(PinTask task, const PinEntries& typed = entries())
    {
        // As a DeviceWorker gives it: connected anew.
        device->reset();
        static_cast<void>(hsm.select());
        return performPinTask(hsm, task, typed, status());
    }
    /// Whether the device takes it; costs a try when it does not.
    [[nodiscard]] bool opens(const char* pin) { return hsm.verifyUserPin(text(pin)).has_value(); }
    [[nodiscard]] bool takesSoPin(const char* digits)
    {
        return hsm.changeSoPin(text(digits), text(digits)).has_value();
    }

    std::shared_ptr<simulator::SimulatedHsm> device = std::make_shared<simulator::SimulatedHsm>();
    simulator::SimulatedChannel channel{ device };
    SmartCardHsm hsm{ channel };
    bool prepared = false;
};

} // namespace

class TestPinTask : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aChangedUserPinIsTheOnlyOne()
    {
        Holder holder(test::kCounterOnly);
        const auto result = holder.perform(PinTask::ChangeUserPin);
        QVERIFY(result);
        QCOMPARE(result->verdict, PinVerdict::Done);
        QCOMPARE(result->after->userPin, (PinStatus{ State::Ready, 3 }));
        QVERIFY(!holder.opens(kPin));
        QVERIFY(holder.opens(kNewPin));
    }

    void aWrongUserPinCostsOneTryAndChangesNothing()
    {
        Holder holder(test::kCounterOnly);
        const auto result = holder.perform(PinTask::ChangeUserPin, entries("111111"));
        QVERIFY(result);
        QCOMPARE(result->verdict, PinVerdict::NotDone);
        QCOMPARE(result->error->kind, ErrorKind::WrongPin);
        QCOMPARE(result->after->userPin, (PinStatus{ State::Ready, 2 }));
        QVERIFY(holder.opens(kPin));
    }

    /// The card alone would take 648219 and make the new PIN 7 characters longer by the one too many.
    void aUserPinWithACharacterTooManyIsWrong()
    {
        Holder holder(test::kCounterOnly);
        const auto result = holder.perform(PinTask::ChangeUserPin, entries("6482191"));
        QVERIFY(result);
        QCOMPARE(result->verdict, PinVerdict::NotDone);
        QVERIFY(holder.opens(kPin));
    }

    void aTransportPinIsReplacedAndThenThePinOpens()
    {
        Holder holder(test::kTransportPin);
        QCOMPARE(holder.status().userPin.state, State::TransportPin);
        QCOMPARE(obstacleTo(PinTask::ChangeUserPin, holder.status()), PinObstacle::TransportPinActive);
        const auto result = holder.perform(PinTask::ReplaceTransportPin);
        QVERIFY(result);
        QCOMPARE(result->verdict, PinVerdict::Done);
        QCOMPARE(result->after->userPin, (PinStatus{ State::Ready, 3 }));
        QVERIFY(holder.opens(kNewPin));
        QCOMPARE(obstacleTo(PinTask::ReplaceTransportPin, holder.status()), PinObstacle::NoTransportPin);
    }

    void aTransportPinWithACharacterTooManyIsNotedAsUnclear()
    {
        Holder holder(test::kTransportPin);
        const auto result = holder.perform(PinTask::ReplaceTransportPin, entries("6482195"));
        QVERIFY(result);
        QCOMPARE(result->verdict, PinVerdict::Unclear);
        QCOMPARE(result->error->kind, ErrorKind::WrongPin);
        QVERIFY(holder.opens("513579024")); // what the card took for the new one
    }

    void aWrongTransportPinCostsATryThatTheDeviceThenHides()
    {
        Holder holder(test::kTransportPin);
        const auto result = holder.perform(PinTask::ReplaceTransportPin, entries("111111"));
        QVERIFY(result);
        QCOMPARE(result->verdict, PinVerdict::NotDone);
        QCOMPARE(result->error->triesLeft, 2);
        QCOMPARE(result->after->userPin, PinStatus{ State::TransportPin });
        QCOMPARE(triesFor(PinTask::ReplaceTransportPin, *result->after), std::optional<int>());
    }

    void aChangedSoPinIsTheOnlyOne()
    {
        Holder holder(test::kCounterOnly);
        const auto result = holder.perform(PinTask::ChangeSoPin);
        QVERIFY(result);
        QCOMPARE(result->verdict, PinVerdict::Done);
        QCOMPARE(result->after->soPin, (PinStatus{ State::Ready, 15 }));
        QVERIFY(!holder.takesSoPin(kSoPin));
        QCOMPARE(holder.status().soPin.triesLeft, 14);
        QVERIFY(holder.takesSoPin(kNewSoPin));
    }

    void aWrongSoPinCostsOneTryAndChangesNothing_data()
    {
        QTest::addColumn<PinTask>("task");
        QTest::newRow("change") << PinTask::ChangeSoPin;
        QTest::newRow("counter") << PinTask::ResetCounter;
        QTest::newRow("new user PIN") << PinTask::SetUserPin;
    }

    void aWrongSoPinCostsOneTryAndChangesNothing()
    {
        QFETCH(const PinTask, task);
        Holder holder(test::kNewPinBySoPin, 3, 1);
        const auto result = holder.perform(task, entries(kPin, "0000000000000000"));
        QVERIFY(result);
        QCOMPARE(result->verdict, PinVerdict::NotDone);
        QCOMPARE(result->error->kind, ErrorKind::WrongPin);
        QCOMPARE(result->after->soPin, (PinStatus{ State::Ready, 14 }));
        QCOMPARE(result->after->userPin, (PinStatus{ State::Ready, 2 }));
        QVERIFY(holder.opens(kPin));
    }

    void theSoPinUnblocksTheUserPinThatThereIs()
    {
        Holder holder(test::kCounterOnly, 3, 3);
        QCOMPARE(holder.status().userPin.state, State::Blocked);
        PinEntries typed;
        typed.soPin = text(kSoPin);
        const auto result = holder.perform(PinTask::ResetCounter, typed);
        QVERIFY(result);
        QCOMPARE(result->verdict, PinVerdict::Done);
        QCOMPARE(result->after->userPin, (PinStatus{ State::Ready, 3 }));
        QVERIFY(holder.opens(kPin));
    }

    void theSoPinSetsANewUserPin()
    {
        Holder holder(test::kNewPinBySoPin, 3, 3);
        const auto result = holder.perform(PinTask::SetUserPin);
        QVERIFY(result);
        QCOMPARE(result->verdict, PinVerdict::Done);
        QCOMPARE(result->after->userPin, (PinStatus{ State::Ready, 3 }));
        QVERIFY(holder.opens(kNewPin));
    }

    void theDevicesOptionsDecideWhatTheSoPinMayDo()
    {
        const auto obstacle = [](int options, PinTask task) {
            Holder holder(options, 3, 3);
            return obstacleTo(task, holder.status());
        };
        const std::optional<PinObstacle> none;
        QCOMPARE(obstacle(test::kNoUnblocking, PinTask::ResetCounter), PinObstacle::UnblockingOff);
        QCOMPARE(obstacle(test::kNoUnblocking, PinTask::SetUserPin), PinObstacle::UnblockingOff);
        QCOMPARE(obstacle(test::kCounterOnly, PinTask::ResetCounter), none);
        QCOMPARE(obstacle(test::kCounterOnly, PinTask::SetUserPin), PinObstacle::CounterOnly);
        QCOMPARE(obstacle(test::kNewPinBySoPin, PinTask::ResetCounter), none);
        QCOMPARE(obstacle(test::kNewPinBySoPin, PinTask::SetUserPin), none);
        QCOMPARE(obstacle(test::kCounterOnly, PinTask::ChangeUserPin), PinObstacle::UserPinBlocked);
    }

    void nothingIsTriedOnADeviceThatDoesNotTellOrCannot()
    {
        DeviceStatus status{ .serial = QStringLiteral("DENK0299901"), .options = 0x01 };
        status.soPin.state = State::NotSet;
        status.userPin.state = State::NotSet;
        for (const PinTask task : kAllPinTasks)
            QCOMPARE(obstacleTo(task, status), PinObstacle::NotInitialised);
        status.soPin = {}; // firmware before 2.0 tells nothing of it
        status.userPin = { State::Ready, 3 };
        for (const PinTask task : { PinTask::ChangeSoPin, PinTask::ResetCounter, PinTask::SetUserPin })
            QCOMPARE(obstacleTo(task, status), PinObstacle::TriesNotTold);
        status.userPin = {};
        QCOMPARE(obstacleTo(PinTask::ChangeUserPin, status), PinObstacle::TriesNotTold);
        status.soPin.state = State::Blocked;
        QCOMPARE(obstacleTo(PinTask::ResetCounter, status), PinObstacle::SoPinBlocked);
        status.userPin.state = State::NotSet;
        QCOMPARE(obstacleTo(PinTask::SetUserPin, status), PinObstacle::UserPinNotSet);
        QCOMPARE(obstacleTo(PinTask::ChangeUserPin, status), PinObstacle::UserPinNotSet);
    }

    void nothingIsSentWhenATryWasLostSinceItWasConfirmed()
    {
        Holder holder(test::kCounterOnly);
        const DeviceStatus confirmed = holder.status();
        QVERIFY(!holder.opens("111111")); // another program
        const SecretBytes before = holder.device->save();
        const auto result = performPinTask(holder.hsm, PinTask::ChangeUserPin, entries(), confirmed);
        QVERIFY(result);
        QCOMPARE(result->verdict, PinVerdict::NotTried);
        QCOMPARE(result->after->userPin.triesLeft, 2);
        QVERIFY(holder.device->save() == before);
    }

    void nothingIsSentThatBreaksARule()
    {
        Holder holder(test::kNewPinBySoPin);
        const DeviceStatus status = holder.status();
        const int before = holder.device->exchanges();
        const auto refused = [&](PinTask task, const char* pin, const char* newPin, const char* soPin) {
            const PinEntries typed{ text(pin), text(newPin), text(soPin), text(soPin) };
            const auto result = performPinTask(holder.hsm, task, typed, status);
            return result ? ErrorKind::Malformed : result.error().kind;
        };
        QCOMPARE(refused(PinTask::ChangeUserPin, "12345", kNewPin, ""), ErrorKind::PinRule);
        QCOMPARE(refused(PinTask::ChangeUserPin, kPin, "12345678901234567", ""), ErrorKind::PinRule);
        QCOMPARE(refused(PinTask::SetUserPin, "", "12345", kSoPin), ErrorKind::PinRule);
        QCOMPARE(refused(PinTask::ResetCounter, "", "", "353736323138383"), ErrorKind::SoPinRule);
        QCOMPARE(refused(PinTask::ChangeSoPin, "", "", "353736323138383g"), ErrorKind::SoPinRule);
        QCOMPARE(holder.device->exchanges(), before);
    }

    void aPullInTheMiddleIsNotTakenForAnything_data()
    {
        QTest::addColumn<Fault::Kind>("kind");
        QTest::newRow("before it took effect") << Fault::Kind::PullBefore;
        QTest::newRow("after it took effect") << Fault::Kind::PullAfter;
    }

    void aPullInTheMiddleIsNotTakenForAnything()
    {
        QFETCH(const Fault::Kind, kind);
        Holder holder(test::kTransportPin);
        const DeviceStatus before = holder.status();
        const int exchanges = holder.device->exchanges();
        static_cast<void>(holder.status());
        const int toRead = holder.device->exchanges() - exchanges;
        holder.device->setFaults({ { { .kind = kind, .at = toRead + 1 } } });
        const auto result = performPinTask(holder.hsm, PinTask::ReplaceTransportPin, entries(), before);
        QVERIFY(result);
        QCOMPARE(result->verdict, PinVerdict::Unclear);
        QCOMPARE(result->error->kind, ErrorKind::CardRemoved);
        QVERIFY(!result->after);

        holder.device->reset();
        const DeviceStatus after = holder.status();
        QCOMPARE(settlePinTask(PinTask::ReplaceTransportPin, before, after),
            kind == Fault::Kind::PullAfter ? PinVerdict::Done : PinVerdict::NotDone);
        QVERIFY(holder.opens(kNewPin) == (kind == Fault::Kind::PullAfter));
    }

    void anUnansweredTaskIsSettledByWhatTheDeviceShows()
    {
        const auto with = [](State state) {
            DeviceStatus status;
            status.userPin.state = state;
            return status;
        };
        const auto settled = [&](PinTask task, State before, State after) {
            return settlePinTask(task, with(before), with(after));
        };
        QCOMPARE(settled(PinTask::ResetCounter, State::Blocked, State::Ready), PinVerdict::Done);
        QCOMPARE(settled(PinTask::ResetCounter, State::Blocked, State::Blocked), PinVerdict::NotDone);
        QCOMPARE(settled(PinTask::SetUserPin, State::Blocked, State::Ready), PinVerdict::Done);
        QCOMPARE(settled(PinTask::SetUserPin, State::Ready, State::Ready), PinVerdict::Unclear);
        QCOMPARE(settled(PinTask::ChangeUserPin, State::Ready, State::Ready), PinVerdict::Unclear);
        QCOMPARE(settled(PinTask::ChangeSoPin, State::Ready, State::Ready), PinVerdict::Unclear);
    }

    void aDeviceThatClaimsAChangeThatItDidNotMakeIsNotBelieved()
    {
        Holder holder(test::kTransportPin);
        const DeviceStatus before = holder.status();
        const int exchanges = holder.device->exchanges();
        static_cast<void>(holder.status());
        const int toRead = holder.device->exchanges() - exchanges;
        holder.device->setFaults(
            { { { .kind = Fault::Kind::StatusWord, .at = toRead + 1, .statusWord = 0x9000 } } });
        const auto result = performPinTask(holder.hsm, PinTask::ReplaceTransportPin, entries(), before);
        QVERIFY(result);
        QCOMPARE(result->verdict, PinVerdict::Unclear);
        QCOMPARE(result->after->userPin.state, State::TransportPin);
    }
};

QTEST_GUILESS_MAIN(TestPinTask)
#include "tst_pintask.moc"
