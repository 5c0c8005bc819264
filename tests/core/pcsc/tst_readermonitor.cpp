// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/pcsc/readermonitor.h"

#include "tests/core/pcsc/fakepcsc.h"

#include <QElapsedTimer>
#include <QTest>

#include <chrono>

using namespace conclave;
using namespace conclave::pcsc;
using namespace std::chrono_literals;
using test::FakePcsc;
using Call = FakePcsc::Call;

namespace {

const QString kReader = QStringLiteral("Reader 1");
const QString kOther = QStringLiteral("Virtual PCD 00 00");

/// So long that only a notification or a request can have woken the monitor.
constexpr auto kNever = 1h;
/// So short that a test does not wait for it.
constexpr auto kSoon = 1ms;

/// A monitor and what it told, on the test's thread.
struct Watched {
    explicit Watched(FakePcsc& api, std::chrono::milliseconds interval = kNever)
        : monitor(api, interval)
    {
        QObject::connect(&monitor, &ReaderMonitor::readersChanged, &receiver,
            [this](const ReaderList& readers) { told.push_back(readers); });
        monitor.refresh();
    }

    [[nodiscard]] bool sees(const std::vector<ReaderState>& expected) const
    {
        if (told.empty() || !told.back() || told.back()->size() != expected.size())
            return false;
        return std::ranges::equal(*told.back(), expected, [](ReaderState a, const ReaderState& b) {
            a.insertion = b.insertion;
            return a == b;
        });
    }
    [[nodiscard]] bool failsWith(ErrorKind kind) const
    {
        return !told.empty() && !told.back() && told.back().error().kind == kind;
    }
    [[nodiscard]] int insertion() const { return told.back()->front().insertion; }

    ReaderMonitor monitor;
    QObject receiver; // the first to go
    std::vector<ReaderList> told;
};

ReaderState empty(const QString& name)
{
    return { .name = name, .isVirtual = name == kOther };
}

ReaderState withCard(const QString& name)
{
    return { .name = name, .cardPresent = true, .isVirtual = name == kOther };
}

ReaderState inUse(const QString& name)
{
    return { .name = name, .cardPresent = true, .inUse = true, .isVirtual = name == kOther };
}

} // namespace

class TestReaderMonitor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noReaderIsAnEmptyList()
    {
        FakePcsc api;
        Watched watched(api);
        QTRY_VERIFY(watched.sees({}));
    }

    void readersAndCardsComeAndGo()
    {
        FakePcsc api;
        Watched watched(api);
        QTRY_VERIFY(watched.sees({}));
        api.addReader(kReader);
        QTRY_VERIFY(watched.sees({ empty(kReader) }));
        api.insertCard(kReader);
        QTRY_VERIFY(watched.sees({ withCard(kReader) }));
        api.addReader(kOther);
        QTRY_VERIFY(watched.sees({ withCard(kReader), empty(kOther) }));
        api.insertCard(kOther);
        QTRY_VERIFY(watched.sees({ withCard(kReader), withCard(kOther) }));
        api.pullCard(kReader);
        QTRY_VERIFY(watched.sees({ empty(kReader), withCard(kOther) }));
        api.removeReader(kReader);
        QTRY_VERIFY(watched.sees({ withCard(kOther) }));
        api.removeReader(kOther);
        QTRY_VERIFY(watched.sees({}));
    }

    void cardHeldByAProgramShows()
    {
        FakePcsc api;
        api.addReader(kReader);
        api.insertCard(kReader);
        Watched watched(api);
        QTRY_VERIFY(watched.sees({ withCard(kReader) }));
        const int insertion = watched.insertion();
        api.hold(kReader, state::kInUse);
        QTRY_VERIFY(watched.sees({ inUse(kReader) }));
        api.hold(kReader, state::kExclusive);
        QVERIFY(api.waitUntilAsleep());
        api.hold(kReader, 0);
        QTRY_VERIFY(watched.sees({ withCard(kReader) }));
        QCOMPARE(watched.insertion(), insertion);
    }

    void swappedCardIsAnotherInsertion()
    {
        FakePcsc api;
        api.addReader(kReader);
        api.insertCard(kReader);
        Watched watched(api);
        QTRY_VERIFY(watched.sees({ withCard(kReader) }));
        const int before = watched.insertion();
        api.swapCard(kReader);
        QTRY_VERIFY(watched.insertion() != before);
        QVERIFY(watched.sees({ withCard(kReader) }));
    }

    void serviceMayStartLater()
    {
        FakePcsc api;
        api.addReader(kReader);
        api.stopService();
        Watched watched(api, kSoon);
        QTRY_VERIFY(watched.failsWith(ErrorKind::ServiceNotRunning));
        api.startService();
        QTRY_VERIFY(watched.sees({ empty(kReader) }));
    }

    void serviceMayStopAndStartAgain()
    {
        FakePcsc api;
        api.addReader(kReader);
        api.insertCard(kReader);
        Watched watched(api, kSoon);
        QTRY_VERIFY(watched.sees({ withCard(kReader) }));
        const int before = watched.insertion();
        api.stopService();
        QTRY_VERIFY(watched.failsWith(ErrorKind::ServiceNotRunning));
        api.startService();
        QTRY_VERIFY(watched.sees({ withCard(kReader) }));
        // Nobody saw what happened meanwhile.
        QVERIFY(watched.insertion() != before);
        QCOMPARE(api.openContexts(), 1);
    }

    void stoppedServiceIsNoticedInTheWait()
    {
        FakePcsc api;
        Watched watched(api);
        QTRY_VERIFY(watched.sees({}));
        QVERIFY(api.waitUntilAsleep());
        api.stopService();
        QTRY_VERIFY(watched.failsWith(ErrorKind::ServiceNotRunning));
    }

    void quickRestartIsNoFailure()
    {
        FakePcsc api;
        api.addReader(kReader);
        Watched watched(api);
        QTRY_VERIFY(watched.sees({ empty(kReader) }));
        QVERIFY(api.waitUntilAsleep());
        // The context dies, and a new one is to be had at once.
        api.failNext(Call::Status, code::kServiceStopped);
        api.insertCard(kReader);
        QTRY_VERIFY(watched.sees({ withCard(kReader) }));
        for (const ReaderList& list : watched.told)
            QVERIFY(list);
        QCOMPARE(api.openContexts(), 1);
    }

    void refusalIsNotTheSameAsAbsence()
    {
        FakePcsc api;
        api.failAlways(Call::Establish, code::kSecurityViolation);
        Watched watched(api, kSoon);
        QTRY_VERIFY(watched.failsWith(ErrorKind::ServiceNotPermitted));
        api.failAlways(Call::Establish, code::kNoService);
        QTRY_VERIFY(watched.failsWith(ErrorKind::ServiceNotRunning));
        api.failAlways(Call::Establish, code::kSuccess);
        QTRY_VERIFY(watched.sees({}));
    }

    void refusalOfTheListIsTold()
    {
        FakePcsc api;
        api.failAlways(Call::List, code::kNoAccess);
        Watched watched(api, kSoon);
        QTRY_VERIFY(watched.failsWith(ErrorKind::ServiceNotPermitted));
        api.failAlways(Call::List, code::kSuccess);
        QTRY_VERIFY(watched.sees({}));
    }

    void readerVanishingBetweenListAndLookIsLeftOut()
    {
        FakePcsc api;
        api.addReader(kReader);
        api.failNext(Call::Status, code::kUnknownReader);
        Watched watched(api);
        QTRY_VERIFY(watched.sees({ empty(kReader) }));
        for (const ReaderList& list : watched.told)
            QVERIFY(list);
    }

    void serviceThatContradictsItselfEndsInAnError()
    {
        FakePcsc api;
        api.addReader(kReader);
        api.failAlways(Call::Status, code::kUnknownReader);
        Watched watched(api);
        QTRY_VERIFY(watched.failsWith(ErrorKind::ReaderGone));
        api.failAlways(Call::Status, code::kSuccess);
        watched.monitor.refresh();
        QTRY_VERIFY(watched.sees({ empty(kReader) }));
    }

    void waitThatEndsForNothingIsNotRepeatedWithoutPause()
    {
        FakePcsc api;
        Watched watched(api);
        // Without readers only the waits ask for a status: as on a platform without the notification.
        api.failAlways(Call::Status, code::kUnknownReader);
        api.addReader(kReader);
        api.removeReader(kReader);
        watched.monitor.refresh();
        QTRY_VERIFY(watched.sees({}));
        const int seen = api.calls(Call::Status);
        watched.monitor.refresh();
        const std::size_t told = watched.told.size();
        QTRY_VERIFY(watched.told.size() > told);
        // Per request a few at most, not thousands.
        QVERIFY(api.calls(Call::Status) - seen < 20);
    }

    void refreshTellsEvenWhenNothingChanged()
    {
        FakePcsc api;
        api.addReader(kReader);
        Watched watched(api);
        QTRY_VERIFY(watched.sees({ empty(kReader) }));
        QVERIFY(api.waitUntilAsleep());
        const std::size_t before = watched.told.size();
        watched.monitor.refresh();
        QTRY_COMPARE(watched.told.size(), before + 1);
        QVERIFY(watched.sees({ empty(kReader) }));
    }

    void refreshSurvivesLostCancels()
    {
        FakePcsc api;
        Watched watched(api);
        QTRY_VERIFY(watched.sees({}));
        QVERIFY(api.waitUntilAsleep());
        api.loseCancels(3);
        const std::size_t before = watched.told.size();
        watched.monitor.refresh();
        QTRY_COMPARE(watched.told.size(), before + 1);
    }

    void refreshLooksForAServiceAtOnce()
    {
        FakePcsc api;
        api.stopService();
        Watched watched(api);
        QTRY_VERIFY(watched.failsWith(ErrorKind::ServiceNotRunning));
        api.startService();
        watched.monitor.refresh();
        QTRY_VERIFY(watched.sees({}));
    }

    void nothingIsToldWithoutChange()
    {
        FakePcsc api;
        api.addReader(kReader);
        Watched watched(api, kSoon);
        QTRY_VERIFY(watched.sees({ empty(kReader) }));
        QVERIFY(api.waitUntilAsleep());
        QTRY_VERIFY(watched.sees({ empty(kReader) }));
        const std::size_t before = watched.told.size();
        const int looks = api.calls(Call::List);
        QTRY_VERIFY(api.calls(Call::List) > looks + 5);
        QCOMPARE(watched.told.size(), before);
    }

    void destructorWakesTheWait()
    {
        FakePcsc api;
        QElapsedTimer time;
        {
            const ReaderMonitor monitor(api, kNever);
            QVERIFY(api.waitUntilAsleep());
            time.start();
        }
        QVERIFY(time.elapsed() < 10000);
        QCOMPARE(api.openContexts(), 0);
    }

    void destructorSurvivesLostCancels()
    {
        FakePcsc api;
        {
            const ReaderMonitor monitor(api, kNever);
            QVERIFY(api.waitUntilAsleep());
            api.loseCancels(3);
        }
        QCOMPARE(api.openContexts(), 0);
    }

    void destructorMayComeAtAnyMoment()
    {
        FakePcsc api;
        api.addReader(kReader);
        for (int i = 0; i < 100; ++i)
            const ReaderMonitor monitor(api, kNever);
        api.stopService();
        for (int i = 0; i < 100; ++i)
            const ReaderMonitor monitor(api, kNever);
        QCOMPARE(api.openContexts(), 0);
    }
};

QTEST_GUILESS_MAIN(TestReaderMonitor)
#include "tst_readermonitor.moc"
