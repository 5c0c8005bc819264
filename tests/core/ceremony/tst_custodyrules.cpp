// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/custodyrules.h"

#include <QTest>

using namespace conclave::ceremony;

namespace {

ParticipantNamed named(Role role, int number, const char16_t* name)
{
    return { role, number, QString::fromUtf16(name), {} };
}

ShareFileRule rule(int threshold, int total)
{
    return { {}, {}, threshold, total, 128 };
}

const std::vector<ParticipantNamed> kApart{ named(Role::Officer, 1, u"Olga"),
    named(Role::Witness, 1, u"Will"), named(Role::Custodian, 1, u"Ann"), named(Role::Custodian, 2, u"Ben"),
    named(Role::Custodian, 3, u"Cy") };

ShareFileRule password()
{
    return {};
}

/// Custodians with these names, and nobody else.
std::vector<ParticipantNamed> custodians(std::initializer_list<const char16_t*> names)
{
    std::vector<ParticipantNamed> people;
    for (const char16_t* name : names)
        people.push_back(named(Role::Custodian, static_cast<int>(people.size()) + 1, name));
    return people;
}

std::vector<CustodyRuleOverridden> onePerson(int number, std::vector<SameCustodian> also, bool alone)
{
    return { { CustodyRule::TooManyShares, number, std::move(also), alone } };
}

CeremonyState afterHandOut(std::vector<ParticipantNamed> people)
{
    CeremonyState state;
    state.participants = std::move(people);
    state.scheme = SchemeChosen{ { rule(2, 2) } };
    return state;
}

} // namespace

class TestCustodyRules : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void peopleWithOneTaskEachAreFine() { QVERIFY(custodyConflicts(kApart, { { rule(2, 3) } }).empty()); }

    void anOfficerWhoIsACustodianIsTold()
    {
        auto people = kApart;
        people[3].name = QStringLiteral(" oLGA ");
        const std::vector<CustodyRuleOverridden> told{ { CustodyRule::SoPinHolderIsCustodian, 2 } };
        QCOMPARE(custodyConflicts(people, { { rule(3, 3) } }), told);
    }

    void oneOfTwoIsToldAsWell()
    {
        auto people = kApart;
        people[4].name = QStringLiteral("Olga");
        const std::vector<CustodyRuleOverridden> told{ { CustodyRule::SoPinHolderIsCustodian, 3 },
            { CustodyRule::OfficerAmongTwo, 3 } };
        QCOMPARE(custodyConflicts(people, { { rule(2, 3) } }), told);
        // Custodian 3 is the first one of the second share file.
        QCOMPARE(custodyConflicts(people, { { rule(2, 2), rule(3, 3) } }),
            (std::vector<CustodyRuleOverridden>{ { CustodyRule::SoPinHolderIsCustodian, 3 } }));
    }

    void whoHoldsNoShareIsNoCustodian()
    {
        auto people = kApart;
        people[4].name = QStringLiteral("Olga");
        QVERIFY(custodyConflicts(people, { { rule(2, 2) } }).empty());
        QVERIFY(custodyConflicts(people, {}).empty());
    }

    void namelessPeopleAreNotTheSame()
    {
        const std::vector<ParticipantNamed> people{ named(Role::Officer, 1, u""),
            named(Role::Custodian, 1, u""), named(Role::Custodian, 2, u"") };
        QVERIFY(custodyConflicts(people, { { rule(2, 2) } }).empty());
        CeremonyState state = afterHandOut(people);
        QVERIFY(custodyConflicts(state, { { Role::Officer, 1 } }).empty());
    }

    void onePersonWithAllSharesButOneIsTold()
    {
        const auto people = custodians({ u"Ann", u"Ben", u" ANN", u"Cy", u"Di" });
        QCOMPARE(custodyConflicts(people, { { rule(3, 5) } }), onePerson(1, { { 3 } }, false));
        // Two of the three others are needed, and hold the balance.
        QVERIFY(custodyConflicts(people, { { rule(4, 5) } }).empty());
        // The second of the two numbers has no share.
        QVERIFY(custodyConflicts(people, { { rule(2, 2) } }).empty());
    }

    void onePersonWhoNeedsNobodyElseIsTold()
    {
        const auto people = custodians({ u"Ben", u"Ann", u"Ann", u"Ann" });
        QCOMPARE(custodyConflicts(people, { { rule(3, 4) } }), onePerson(2, { { 3 }, { 4 } }, true));
        QCOMPARE(custodyConflicts(people, { { rule(2, 3) } }), onePerson(2, { { 3 } }, true));
    }

    void eachPersonIsToldOnce()
    {
        const auto people = custodians({ u"Ben", u"Ann", u"Ben", u"Ann", u"Cy" });
        const std::vector<CustodyRuleOverridden> told{ { CustodyRule::TooManyShares, 1, { { 3 } }, false },
            { CustodyRule::TooManyShares, 2, { { 4 } }, false } };
        QCOMPARE(custodyConflicts(people, { { rule(3, 5) } }), told);
    }

    void sharesAreCountedOverAllShareFiles()
    {
        // One share of each of two files, and of both one other custodian is enough.
        const auto people = custodians({ u"Ann", u"Ben", u"Cy", u"Ann", u"Di", u"Eve" });
        QCOMPARE(custodyConflicts(people, { { rule(2, 3), rule(2, 3) } }), onePerson(1, { { 4 } }, false));
        // Of one file only: everyone else of it is as near to it.
        QVERIFY(custodyConflicts(people, { { rule(2, 3), rule(3, 3) } }).empty());
        QVERIFY(custodyConflicts(people, { { rule(3, 3), rule(3, 3) } }).empty());
    }

    void aPasswordIsAllThatItsFileNeeds()
    {
        const auto people = custodians({ u"Ann", u"Ann", u"Ben" });
        QCOMPARE(custodyConflicts(people, { { password(), rule(2, 2) } }), onePerson(1, { { 2 } }, false));
        QCOMPARE(custodyConflicts(people, { { password(), password() } }), onePerson(1, { { 2 } }, true));
    }

    void aCustodianWithHalfOfTheSoPinIsTold()
    {
        const CeremonyState state = afterHandOut(kApart);
        QVERIFY(custodyConflicts(state, { { Role::Officer, 1 }, { Role::Witness, 1 } }).empty());
        const std::vector<CustodyRuleOverridden> told{ { CustodyRule::SoPinHalfHolderIsCustodian, 2 } };
        QCOMPARE(custodyConflicts(state, { { Role::Officer, 1 }, { Role::Custodian, 2 } }), told);
        // Custodian 3 is named, and holds no share of two.
        QVERIFY(custodyConflicts(state, { { Role::Custodian, 3 }, { Role::Witness, 1 } }).empty());
    }

    void aHalfIsHeldByWhoeverHasTheName()
    {
        auto people = kApart;
        people[1].name = QStringLiteral("  ANN");
        const CeremonyState state = afterHandOut(people);
        const std::vector<CustodyRuleOverridden> told{ { CustodyRule::SoPinHalfHolderIsCustodian, 1 } };
        QCOMPARE(custodyConflicts(state, { { Role::Officer, 1 }, { Role::Witness, 1 } }), told);
    }

    void theSoPinOfACleanedDeviceOpensNothing()
    {
        CeremonyState state = afterHandOut(kApart);
        state.drill.cleaning = true;
        QVERIFY(custodyConflicts(state, { { Role::Officer, 1 }, { Role::Custodian, 2 } }).empty());
        state = afterHandOut(kApart);
        state.scheme = SchemeChosen{}; // no backup is possible
        QVERIFY(custodyConflicts(state, { { Role::Officer, 1 }, { Role::Custodian, 2 } }).empty());
    }
};

QTEST_GUILESS_MAIN(TestCustodyRules)
#include "tst_custodyrules.moc"
