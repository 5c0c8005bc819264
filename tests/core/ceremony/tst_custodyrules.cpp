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
