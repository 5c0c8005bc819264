// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/pintask.h"
#include "core/device/deviceworker.h"
#include "core/device/pcscreaders.h"
#include "core/pcsc/pcscchannel.h"
#include "tests/core/simulator/pinneddevice.h"
#include "tests/interop/files.h"
#include "tests/interop/stocktools.h"
#include "tests/interop/virtualreader.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace conclave;
using namespace conclave::interop;
using card::PinTask;
using card::PinVerdict;

namespace {

const QString kSerial = QStringLiteral("UTTEST0001");
constexpr char kNewPin[] = "13579024";
constexpr char kNewSoPin[] = "00112233445566FF";

QString text(const char* ascii)
{
    return QString::fromLatin1(ascii);
}

SecretBytes secret(const char* ascii)
{
    return SecretBytes(bytesOf(ascii));
}

card::PinEntries entries(
    const char* pin, const char* newPin, const char* soPin = "", const char* newSoPin = "")
{
    return { secret(pin), secret(newPin), secret(soPin), secret(newSoPin) };
}

/// Whether OpenSC's two ways to a login take this PIN, and the tries are full again.
bool opens(const char* pin)
{
    return stock::run(QStringLiteral("pkcs15-tool"),
               { QStringLiteral("--verify-pin"), QStringLiteral("--pin"), text(pin) })
               .exitCode
        == 0
        && stock::run(QStringLiteral("pkcs11-tool"),
               { QStringLiteral("--login"), QStringLiteral("--pin"), text(pin),
                   QStringLiteral("--list-objects") })
               .exitCode
        == 0;
}

} // namespace

/// PINs changed by us over the real PC/SC stack are OpenSC's PINs, and the other way round.
class TestPinChanges : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_readers = virtualReaders();
        QVERIFY2(!m_readers.empty(), "to be started by with-readers");
    }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_card = std::make_unique<SimcardProcess>(
            m_readers.front(), m_folder->filePath(QStringLiteral("card")), kSerial);
        QVERIFY(m_card->insert());
    }

    void cleanup()
    {
        QVERIFY(m_card->remove());
        m_card.reset();
    }

    void aUserPinChangedByUsIsTheirs()
    {
        stock::initialise(0);
        QCOMPARE(verdict(PinTask::ChangeUserPin, entries(stock::kPin, kNewPin)), PinVerdict::Done);
        QVERIFY(opens(kNewPin));
        QCOMPARE(stock::cardStatus().userPinTries, 3);
        QVERIFY(!opens(stock::kPin));
    }

    void aUserPinChangedByThemIsOurs()
    {
        stock::initialise(0);
        const auto changed = stock::run(QStringLiteral("pkcs11-tool"),
            { QStringLiteral("--login"), QStringLiteral("--pin"), text(stock::kPin),
                QStringLiteral("--change-pin"), QStringLiteral("--new-pin"), text(kNewPin) });
        QVERIFY2(changed.exitCode == 0, changed.output);
        QCOMPARE(verdict(PinTask::ChangeUserPin, entries(stock::kPin, "246810")), PinVerdict::NotDone);
        QCOMPARE(verdict(PinTask::ChangeUserPin, entries(kNewPin, "246810")), PinVerdict::Done);
        QVERIFY(opens("246810"));
    }

    void aSoPinChangedByUsIsTheirs()
    {
        stock::initialise(0);
        QCOMPARE(verdict(PinTask::ChangeSoPin, entries("", "", stock::kSoPin, kNewSoPin)), PinVerdict::Done);
        const auto set = setPinBySoPin(kNewSoPin, kNewPin);
        QVERIFY2(set.exitCode == 0, set.output);
        QVERIFY(opens(kNewPin));
        QCOMPARE(stock::cardStatus().soPinTries, 15);
        QVERIFY(setPinBySoPin(stock::kSoPin, kNewPin).exitCode != 0);
        QCOMPARE(stock::cardStatus().soPinTries, 14);
    }

    void aSoPinChangedByThemIsOurs()
    {
        stock::initialise(0);
        const auto changed = stock::run(QStringLiteral("pkcs11-tool"),
            { QStringLiteral("--login"), QStringLiteral("--login-type"), QStringLiteral("so"),
                QStringLiteral("--so-pin"), text(stock::kSoPin), QStringLiteral("--change-pin"),
                QStringLiteral("--new-pin"), text(kNewSoPin) });
        QVERIFY2(changed.exitCode == 0, changed.output);
        QCOMPARE(verdict(PinTask::ChangeSoPin, entries("", "", kNewSoPin, stock::kSoPin)), PinVerdict::Done);
    }

    void aUserPinUnblockedByUsOpensForThem()
    {
        stock::initialise(0);
        block();
        QCOMPARE(verdict(PinTask::ResetCounter, entries("", "", stock::kSoPin)), PinVerdict::Done);
        QCOMPARE(stock::cardStatus().userPinTries, 3);
        QVERIFY(opens(stock::kPin));
        block();
        QCOMPARE(verdict(PinTask::SetUserPin, entries("", kNewPin, stock::kSoPin)), PinVerdict::Done);
        QVERIFY(opens(kNewPin));
    }

    void aUserPinUnblockedByThemIsOurs()
    {
        stock::initialise(0);
        block();
        // Not with pkcs15-tool --unblock-pin: 0.23 sends the SO-PIN's digits as they are, and the new PIN in
        // BCD.
        const auto unblocked = setPinBySoPin(stock::kSoPin, kNewPin);
        QVERIFY2(unblocked.exitCode == 0, unblocked.output);
        QCOMPARE(verdict(PinTask::ChangeUserPin, entries(kNewPin, "246810")), PinVerdict::Done);
        QVERIFY(opens("246810"));
    }

    void aTransportPinIsOneForThemAndIsReplacedByUs()
    {
        prepare(test::kTransportPin);
        QVERIFY2(stock::cardStatus().text.contains("Transport-PIN"), stock::cardStatus().text);
        QVERIFY(!opens(stock::kPin));
        QCOMPARE(verdict(PinTask::ReplaceTransportPin, entries(stock::kPin, kNewPin)), PinVerdict::Done);
        QVERIFY(opens(kNewPin));
        QCOMPARE(stock::cardStatus().userPinTries, 3);
    }

    void aTransportPinReplacedByThemIsOurs()
    {
        prepare(test::kTransportPin);
        const auto changed = stock::run(QStringLiteral("pkcs15-tool"),
            { QStringLiteral("--change-pin"), QStringLiteral("--pin"), text(stock::kPin),
                QStringLiteral("--new-pin"), text(kNewPin) });
        QVERIFY2(changed.exitCode == 0, changed.output);
        QCOMPARE(verdict(PinTask::ChangeUserPin, entries(kNewPin, "246810")), PinVerdict::Done);
    }

    void whatTheOptionsForbidIsForbiddenToBoth()
    {
        prepare(test::kCounterOnly);
        QVERIFY(setPinBySoPin(stock::kSoPin, kNewPin).exitCode != 0);
        QCOMPARE(verdict(PinTask::SetUserPin, entries("", kNewPin, stock::kSoPin)), PinVerdict::NotDone);
        QCOMPARE(verdict(PinTask::ResetCounter, entries("", "", stock::kSoPin)), PinVerdict::Done);
        QVERIFY(opens(stock::kPin));
    }

    void aCardPulledMeanwhileIsFoundAgainByItsSerial()
    {
        prepare(test::kTransportPin);
        device::PcscReaders readers;
        QTRY_VERIFY_WITH_TIMEOUT(readers.readers() && !readers.readers()->empty(), 20'000);
        device::DeviceWorker worker(readers, kSerial);
        const auto status = await(worker.post([](card::SmartCardHsm& hsm) { return hsm.status(); }));
        QVERIFY(status);
        QVERIFY(m_card->remove());
        const auto nothing = await(worker.post([confirmed = *status](card::SmartCardHsm& hsm) {
            return card::performPinTask(
                hsm, PinTask::ReplaceTransportPin, entries(stock::kPin, kNewPin), confirmed);
        }));
        QVERIFY(!nothing); // and nothing was sent
        QVERIFY(m_card->insert());
        worker.release();
        QCOMPARE(verdict(PinTask::ReplaceTransportPin, entries(stock::kPin, kNewPin)), PinVerdict::Done);
    }

private:
    template <typename R>
    static R await(QFuture<R> future)
    {
        future.waitForFinished();
        return future.result();
    }

    /// As the errand does it: through a worker, which finds the device and gives it back.
    static PinVerdict verdict(PinTask task, card::PinEntries typed)
    {
        device::PcscReaders readers;
        if (!QTest::qWaitFor([&] { return readers.readers() && !readers.readers()->empty(); }, 20'000))
            return PinVerdict::NotTried;
        device::DeviceWorker worker(readers, kSerial);
        auto done = worker.post(
            [task, typed = std::move(typed)](card::SmartCardHsm& hsm) -> Result<PinVerdict> {
                const auto status = hsm.status();
                if (!status)
                    return fail(status.error());
                return card::performPinTask(hsm, task, typed, *status).map([](const card::PinResult& result) {
                    return result.verdict;
                });
            });
        done.waitForFinished();
        return done.result().value_or(PinVerdict::NotTried);
    }

    void prepare(int options)
    {
        auto channel = pcsc::PcscChannel::open(pcsc::systemPcsc(), m_readers.front().name);
        QVERIFY(channel);
        QVERIFY(test::prepare(**channel, options));
    }

    static void block()
    {
        for (int i = 0; i < 3; ++i)
            static_cast<void>(stock::run(QStringLiteral("pkcs15-tool"),
                { QStringLiteral("--verify-pin"), QStringLiteral("--pin"), QStringLiteral("111111") }));
        QVERIFY(stock::cardStatus().text.contains("locked"));
    }

    static stock::Outcome setPinBySoPin(const char* soPin, const char* pin)
    {
        return stock::run(QStringLiteral("pkcs11-tool"),
            { QStringLiteral("--login"), QStringLiteral("--login-type"), QStringLiteral("so"),
                QStringLiteral("--so-pin"), text(soPin), QStringLiteral("--init-pin"),
                QStringLiteral("--new-pin"), text(pin) });
    }

    std::vector<VirtualReader> m_readers;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SimcardProcess> m_card;
};

QTEST_GUILESS_MAIN(TestPinChanges)
#include "tst_pinchanges.moc"
