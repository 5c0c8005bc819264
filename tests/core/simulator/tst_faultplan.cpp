// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/simulatedhsm.h"
#include "tests/core/card/vectors.h"

#include <QtTest>

#include <future>

using namespace conclave;
using namespace conclave::simulator;
using test::bytes;

namespace {

const QString kSelect = QStringLiteral("00a404000be82b0601040181c31f020100");
const QString kSelected = QStringLiteral("6f0a820178850500000004019000");
/// With two share files expected, so that each import shows in the next status.
const QString kInitialise
    = QStringLiteral("805000001c 80020001 8106363438323139 82083537363231383830 910103 920102");
const QString kStatus = QStringLiteral("8052000000");
const QString kImport
    = QStringLiteral("8052000020 1111111111111111111111111111111111111111111111111111111111111111 00");
const QString kTwoMissing = QStringLiteral("020200000000000000009000");
const QString kOneMissing = QStringLiteral("020100000000000000009000");

QString sent(SimulatedHsm& hsm, const QString& command)
{
    const auto answer = hsm.exchange(bytes(command));
    return answer
        ? toHex(*answer)
        : QString::fromLatin1(QMetaEnum::fromType<ErrorKind>().valueToKey(int(answer.error().kind)));
}

/// In use: selected, initialised, two share files missing.
void establish(SimulatedHsm& hsm)
{
    QCOMPARE(sent(hsm, kSelect), kSelected);
    QCOMPARE(sent(hsm, kInitialise), QStringLiteral("9000"));
}

} // namespace

class TestFaultPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFaultHappensOnceAtItsExchange_data();
    void aFaultHappensOnceAtItsExchange();
    void aPulledCardIsGoneUntilItIsReset();
    void aPullEndsTheLogin();
    void severalFaultsHappenInOneRun();
    void aNewPlanCountsFromItsStart();
    void exchangesAreCountedAlsoWhenTheyAreLost();
    void interruptEndsAGenerationThatIsSlow();
    void delaysOfARealDeviceAreSeconds();
};

void TestFaultPlan::aFaultHappensOnceAtItsExchange_data()
{
    QTest::addColumn<Fault::Kind>("kind");
    QTest::addColumn<QString>("answer");
    QTest::addColumn<bool>("tookEffect");
    const QString removed = QStringLiteral("CardRemoved");
    QTest::newRow("pulled before") << Fault::Kind::PullBefore << removed << false;
    QTest::newRow("pulled after") << Fault::Kind::PullAfter << removed << true;
    QTest::newRow("status word") << Fault::Kind::StatusWord << QStringLiteral("6581") << false;
    QTest::newRow("silence") << Fault::Kind::Silence << QStringLiteral("CardUnresponsive") << false;
    QTest::newRow("a byte too many") << Fault::Kind::WrongLength
                                     << QStringLiteral("02010000000000000000009000") << true;
    QTest::newRow("half of it") << Fault::Kind::Truncated << QStringLiteral("020100000000") << true;
}

void TestFaultPlan::aFaultHappensOnceAtItsExchange()
{
    QFETCH(const Fault::Kind, kind);
    QFETCH(const QString, answer);
    QFETCH(const bool, tookEffect);
    SimulatedHsm hsm;
    establish(hsm);
    hsm.setFaults({ .faults = { { .kind = kind, .at = 3, .statusWord = 0x6581 } } });
    QCOMPARE(sent(hsm, kStatus), kTwoMissing);
    QCOMPARE(sent(hsm, kStatus), kTwoMissing);
    QCOMPARE(sent(hsm, kImport), answer);
    hsm.reset();
    QVERIFY(sent(hsm, kSelect).endsWith(QStringLiteral("9000")));
    QCOMPARE(sent(hsm, kStatus), tookEffect ? kOneMissing : kTwoMissing);
}

void TestFaultPlan::aPulledCardIsGoneUntilItIsReset()
{
    SimulatedHsm hsm;
    establish(hsm);
    hsm.setFaults({ .faults = { { .kind = Fault::Kind::PullBefore, .at = 1 } } });
    for (int i = 0; i < 3; ++i)
        QCOMPARE(sent(hsm, kStatus), QStringLiteral("CardRemoved"));
    hsm.reset();
    QCOMPARE(sent(hsm, kStatus), QStringLiteral("6e00")); // the applet is to be selected again
}

void TestFaultPlan::aPullEndsTheLogin()
{
    const QString query = QStringLiteral("00200081");
    SimulatedHsm hsm;
    establish(hsm);
    QCOMPARE(sent(hsm, QStringLiteral("0020008106363438323139")), QStringLiteral("9000"));
    QCOMPARE(sent(hsm, query), QStringLiteral("9000"));
    hsm.interrupt();
    QCOMPARE(sent(hsm, query), QStringLiteral("CardRemoved"));
    hsm.reset();
    QVERIFY(sent(hsm, kSelect).endsWith(QStringLiteral("9000")));
    QCOMPARE(sent(hsm, query), QStringLiteral("63c3"));
}

void TestFaultPlan::severalFaultsHappenInOneRun()
{
    SimulatedHsm hsm;
    establish(hsm);
    hsm.setFaults({ .faults = { { .kind = Fault::Kind::StatusWord, .at = 2, .statusWord = 0x6f00 },
                        { .kind = Fault::Kind::StatusWord, .at = 4, .statusWord = 0x6985 } } });
    QCOMPARE(sent(hsm, kStatus), kTwoMissing);
    QCOMPARE(sent(hsm, kStatus), QStringLiteral("6f00"));
    QCOMPARE(sent(hsm, kStatus), kTwoMissing);
    QCOMPARE(sent(hsm, kStatus), QStringLiteral("6985"));
    QCOMPARE(sent(hsm, kStatus), kTwoMissing);
}

void TestFaultPlan::aNewPlanCountsFromItsStart()
{
    SimulatedHsm hsm;
    establish(hsm);
    hsm.setFaults({ .faults = { { .kind = Fault::Kind::Silence, .at = 2 } } });
    QCOMPARE(sent(hsm, kStatus), kTwoMissing);
    hsm.setFaults({ .faults = { { .kind = Fault::Kind::Silence, .at = 2 } } });
    QCOMPARE(sent(hsm, kStatus), kTwoMissing);
    QCOMPARE(sent(hsm, kStatus), QStringLiteral("CardUnresponsive"));
}

void TestFaultPlan::exchangesAreCountedAlsoWhenTheyAreLost()
{
    SimulatedHsm hsm;
    establish(hsm);
    QCOMPARE(hsm.exchanges(), 2);
    hsm.setFaults({ .faults = { { .kind = Fault::Kind::PullBefore, .at = 1 } } });
    QCOMPARE(sent(hsm, kStatus), QStringLiteral("CardRemoved"));
    QCOMPARE(hsm.exchanges(), 3);
    QCOMPARE(sent(hsm, kStatus), QStringLiteral("CardRemoved")); // no card, no exchange
    QCOMPARE(hsm.exchanges(), 3);
}

void TestFaultPlan::interruptEndsAGenerationThatIsSlow()
{
    SimulatedHsm hsm;
    QCOMPARE(sent(hsm, kSelect), kSelected);
    // No DKEK, so that keys can be made at once.
    QCOMPARE(sent(hsm, QStringLiteral("8050000019 80020001 8106363438323139 82083537363231383830 910103")),
        QStringLiteral("9000"));
    QCOMPARE(sent(hsm, QStringLiteral("0020008106363438323139")), QStringLiteral("9000"));
    hsm.setDelays(DeviceDelays::realDevice());
    const auto begun = hsm.exchanges();
    auto generation = std::async(
        std::launch::async, [&] { return sent(hsm, test::exchange("keygen-rsa", "0046").command); });
    QTRY_COMPARE(hsm.exchanges(), begun + 1);
    hsm.interrupt();
    QCOMPARE(generation.wait_for(std::chrono::seconds(5)), std::future_status::ready);
    QCOMPARE(generation.get(), QStringLiteral("CardRemoved"));

    hsm.setDelays(DeviceDelays::none());
    hsm.reset();
    QVERIFY(sent(hsm, kSelect).endsWith(QStringLiteral("9000")));
    QCOMPARE(sent(hsm, QStringLiteral("80580000000000")), QStringLiteral("cc009000")); // no key was made
}

void TestFaultPlan::delaysOfARealDeviceAreSeconds()
{
    using card::KeyAlgorithm;
    using std::chrono::seconds;
    QCOMPARE(DeviceDelays::none().generation(KeyAlgorithm::Rsa4096), std::chrono::milliseconds(0));
    QCOMPARE(DeviceDelays::none().command(), std::chrono::milliseconds(0));
    const DeviceDelays real = DeviceDelays::realDevice();
    QVERIFY(real.command() < seconds(1));
    QVERIFY(real.generation(KeyAlgorithm::EcP256) < real.generation(KeyAlgorithm::Rsa2048));
    QVERIFY(real.generation(KeyAlgorithm::Rsa2048) >= seconds(10));
    QVERIFY(real.generation(KeyAlgorithm::Rsa2048) < real.generation(KeyAlgorithm::Rsa4096));
}

QTEST_GUILESS_MAIN(TestFaultPlan)
#include "tst_faultplan.moc"
