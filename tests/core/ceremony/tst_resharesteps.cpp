// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/report.h"
#include "tests/core/ceremony/fold.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace conclave;
using namespace conclave::ceremony;

namespace {

constexpr bool kHandedIn = true;

/// A re-share up to the choice of the old set, and this set.
FoldedCeremony brought(const SetBrought& set)
{
    FoldedCeremony ceremony;
    [[maybe_unused]] const bool fits
        = ceremony.takeAll({ Opened{ QStringLiteral("EX-1"), {}, true, {}, Flow::Reshare },
            ParticipantNamed{ Role::Officer, 1, QStringLiteral("Ada"), {} }, Prepared{}, set });
    Q_ASSERT(fits);
    return ceremony;
}

FoldedCeremony opened()
{
    FoldedCeremony ceremony = brought(oldSet());
    [[maybe_unused]] const bool fits = goOnTo(ceremony, Stage::ChoosingScheme);
    Q_ASSERT(fits);
    return ceremony;
}

/// Up to the hand-out of the new set, 2 of 3.
FoldedCeremony handingOut()
{
    FoldedCeremony ceremony = opened();
    [[maybe_unused]] const bool fits = ceremony.take(SchemeChosen{ { kTwoOfThree } });
    Q_ASSERT(fits);
    return ceremony;
}

SetBrought otherToolsSet()
{
    SetBrought set;
    set.file = QStringLiteral("old.pbe");
    set.sha256 = QStringLiteral("aa");
    set.threshold = 2;
    return set;
}

bool ordered(const FoldedCeremony& ceremony, const Effect& effect)
{
    return std::ranges::find(ceremony.effects(), effect) != ceremony.effects().end();
}

} // namespace

class TestReshareSteps : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aReshareGoesFromEndToEndWithoutADevice()
    {
        FoldedCeremony ceremony = handingOut();
        QVERIFY(ordered(ceremony, MakeSets{}));
        QVERIFY(goOnTo(ceremony, Stage::Closed));
        const CeremonyState& state = ceremony.state();
        QVERIFY(!state.device && !state.pastNoReturn());
        QVERIFY(state.sets.front().handedOut());
        QVERIFY(state.toExplain.empty());
        QCOMPARE(state.replaced->set, QStringLiteral("OLDSET"));
        const std::vector<OldSheet> sheets{ { QStringLiteral("1"), !kHandedIn },
            { QStringLiteral("2"), kHandedIn }, { QStringLiteral("3"), kHandedIn } };
        QVERIFY(state.replaced->sheets == sheets);
        QVERIFY(state.replaced->allListed);
        QVERIFY(state.steps()
            == (std::vector<Step>{ Step::Prepare, Step::OldSet, Step::Scheme, Step::HandOut, Step::Report }));
    }

    void aHandOutIsNotFinishedBeforeTheOldSheetsAreListed()
    {
        FoldedCeremony ceremony = handingOut();
        QVERIFY(goOnUntil(ceremony, [](const auto& state) { return state.sets.front().handedOut(); }));
        QVERIFY(!ceremony.take(HandOutFinished{}));
        SetReplaced list = ceremony.state().oldSheets();
        list.sheets.pop_back();
        QVERIFY(!ceremony.take(list));
        QVERIFY(ceremony.takeAll({ ceremony.state().oldSheets(), HandOutFinished{} }));
        QCOMPARE(ceremony.state().stage, Stage::Reviewing);
        QVERIFY(ordered(ceremony, ForgetSecrets{}));
    }

    void onlyOneSetOfCustodiansTakesThePlaceOfAnother()
    {
        for (const SchemeChosen& scheme :
            { SchemeChosen{}, SchemeChosen{ { kPassword } }, SchemeChosen{ { kTwoOfThree, kTwoOfThree } } }) {
            FoldedCeremony ceremony = opened();
            QVERIFY(!ceremony.take(scheme));
        }
    }

    void setsThatCannotBeAreNotBrought()
    {
        FoldedCeremony ceremony;
        QVERIFY(ceremony.takeAll({ Opened{ QStringLiteral("EX-1"), {}, true, {}, Flow::Reshare },
            ParticipantNamed{ Role::Officer, 1, {}, {} }, Prepared{} }));
        const auto with = [](auto change) {
            SetBrought set = oldSet();
            change(set);
            return set;
        };
        for (const SetBrought& set : { with([](SetBrought& each) { each.threshold = 1; }),
                 with([](SetBrought& each) { each.threshold = 4; }),
                 with([](SetBrought& each) { each.total = 100; }),
                 with([](SetBrought& each) { each.total = 0; }),
                 with([](SetBrought& each) { each.prime.clear(); }),
                 with([](SetBrought& each) { each.file.clear(); }),
                 with([](SetBrought& each) { each.shareFile = 2; }),
                 with([](SetBrought& each) { each.shareFiles = 9; }) })
            QVERIFY(!ceremony.take(set));
        QVERIFY(ceremony.take(oldSet()));
    }

    void whatWasInMemoryIsTypedAgainAfterAnInterruption_data()
    {
        QTest::addColumn<int>("at"); // 0: opened, 1: to be made, 2: made, 3: first share shown
        QTest::addColumn<bool>("isVoid");
        QTest::newRow("opened") << 0 << false;
        QTest::newRow("set to be made") << 1 << false;
        QTest::newRow("set made") << 2 << true;
        QTest::newRow("share shown") << 3 << true;
    }
    void whatWasInMemoryIsTypedAgainAfterAnInterruption()
    {
        QFETCH(int, at);
        QFETCH(bool, isVoid);
        FoldedCeremony ceremony = at == 0 ? opened() : handingOut();
        QVERIFY(at < 2 || ceremony.take(setOf(ceremony.state(), 1)));
        QVERIFY(at < 3 || ceremony.take(TurnBegan{ 1, 1 }));
        QVERIFY(ceremony.take(Resumed{}));
        QCOMPARE(ordered(ceremony, VoidSet{ 1, VoidReason::HandOutCut }), isVoid);
        QVERIFY(!ordered(ceremony, MakeSets{})); // there is nothing to make it of
        if (isVoid) {
            QVERIFY(ceremony.take(SetVoided{ 1, VoidReason::HandOutCut }));
            QVERIFY(!ordered(ceremony, MakeSets{}));
        }
        QCOMPARE(ceremony.state().stage, Stage::Importing);
        QVERIFY(!ceremony.state().clearHeld);
        QVERIFY(ceremony.state().sets.front().received.empty());
        QCOMPARE(ceremony.state().sets.front().made->set, QStringLiteral("OLDSET"));

        QVERIFY(goOnTo(ceremony, Stage::ChoosingScheme));
        QVERIFY(ceremony.take(SchemeChosen{ { kTwoOfThree } }));
        QCOMPARE(ceremony.state().sets.front().voided.size(), std::size_t{ isVoid ? 1U : 0U });
        QVERIFY(goOnTo(ceremony, Stage::Closed));
    }

    void aVoidSetIsMadeAgainFromWhatIsInMemory()
    {
        FoldedCeremony ceremony = handingOut();
        QVERIFY(ceremony.takeAll(
            { setOf(ceremony.state(), 1), TurnBegan{ 1, 1 }, SetVoided{ 1, VoidReason::CustodianMissing } }));
        QVERIFY(ordered(ceremony, MakeSets{}));
        QCOMPARE(ceremony.state().stage, Stage::HandingOut);
        QVERIFY(ceremony.take(setOf(ceremony.state(), 1, 2)));
        QVERIFY(ceremony.take(WentBack{ BackTarget::Scheme }));
        QVERIFY(ceremony.state().clearHeld);
        QVERIFY(ceremony.take(SchemeChosen{ { kTwoOfThree } }));
        QCOMPARE(ceremony.state().sets.front().voided.size(), std::size_t{ 2 });
    }

    void afterTheHandOutNothingIsTypedAgain()
    {
        FoldedCeremony ceremony = handingOut();
        QVERIFY(goOnUntil(ceremony, [](const auto& state) { return state.replaced.has_value(); }));
        QVERIFY(ceremony.take(Resumed{}));
        QVERIFY(ordered(ceremony, FinishHandOut{}));
        QVERIFY(ceremony.take(HandOutFinished{}));
        QCOMPARE(ceremony.state().stage, Stage::Reviewing);
    }

    void sheetsOfAnotherToolHaveIdsAsTheyStandThere()
    {
        FoldedCeremony ceremony = brought(otherToolsSet());
        QVERIFY(!ceremony.take(ShareReceived{ 1, 1, QStringLiteral("1") })); // no prime yet
        QVERIFY(ceremony.take(PrimeEntered{ QStringLiteral("f5e06ab05f4de0e5") }));
        QCOMPARE(ceremony.state().sets.front().rule.bits, 64);
        QVERIFY(!ceremony.take(PrimeEntered{ QStringLiteral("f5e06ab05f4de0e5") }));
        QVERIFY(!ceremony.take(ShareReceived{ 1, 0x9A, QStringLiteral("9a") }));
        QVERIFY(ceremony.takeAll(
            { ShareReceived{ 1, 0x10, QStringLiteral("10") }, ShareReceived{ 1, 0x0B, QStringLiteral("0b") },
                SetOpened{ IdReading::Hex, {} }, SchemeChosen{ { kTwoOfThree } } }));
        QVERIFY(goOnTo(ceremony, Stage::Closed));
        const std::vector<OldSheet> sheets{ { QStringLiteral("b"), kHandedIn },
            { QStringLiteral("10"), kHandedIn } };
        QVERIFY(ceremony.state().replaced->sheets == sheets);
        QVERIFY(!ceremony.state().replaced->allListed);
    }

    void theReportListsWhatIsToBeDestroyedAndHasNoDevice()
    {
        FoldedCeremony ceremony = handingOut();
        QVERIFY(goOnTo(ceremony, Stage::Closed));
        std::vector<RecordedEvent> record;
        for (const Event& event : ceremony.events()) {
            const int seq = static_cast<int>(record.size());
            record.push_back({ seq, timeOf(seq), event, QString::number(seq, 16) });
        }
        const auto report = makeReport(ceremony.state(), record, {});
        QVERIFY(report);
        QVERIFY(!report->device && !report->settings && !report->erasedAt.isValid());
        const QJsonObject json = QJsonDocument::fromJson(reportJson(*report)).object();
        QCOMPARE(json[u"flow"].toString(), QStringLiteral("reshare"));
        const QJsonObject old = json[u"oldSet"].toObject();
        QCOMPARE(old[u"set"].toString(), QStringLiteral("OLDSET"));
        QCOMPARE(old[u"toBeDestroyed"].toObject()[u"sheets"].toArray().size(), qsizetype{ 3 });
        const QJsonObject opened = old[u"opened"].toObject();
        QCOMPARE(opened[u"ids"].toString(), QStringLiteral("plain"));
        QVERIFY(!opened.contains(u"password")); // how it was read would tell a part of it
    }

    void startingOverAsksForThePrimeOfAnotherToolAgain()
    {
        FoldedCeremony ceremony = brought(otherToolsSet());
        QVERIFY(ceremony.takeAll({ PrimeEntered{ QStringLiteral("cd") },
            ShareReceived{ 1, 1, QStringLiteral("1") }, SharesRejected{ 1, ErrorKind::TooFewShares } }));
        QVERIFY(ceremony.state().sets.front().made->prime.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestReshareSteps)
#include "tst_resharesteps.moc"
