// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/backuproom.h"
#include "tests/ui/person.h"
#include "ui/shell/ceremonyview.h"
#include "ui/shell/page.h"
#include "ui/theme/theme.h"

using namespace conclave;
using namespace conclave::ceremony;
using namespace conclave::ui;
using simulator::Fault;
using test::BackupRoom;

namespace {

constexpr int kLost = 2;

/// At the window, where a program that ended goes on: with two devices that are complete, and one that was
/// pulled out before it took this command.
struct Late {
    explicit Late(int command)
    {
        room.card(kLost)->setFaults({ .faults = { { .kind = Fault::Kind::PullBefore, .at = command } } });
        if (!room.untilConfirmed() || !room.atRest() || room.complete() != 2)
            return;
        room.ceremony.reset();
        person.sitDown(room.readers, [this](Environment& environment) { environment.rounds = first.rounds; });
        if (!QTest::qWaitForWindowActive(person.window.get()))
            return;
        person.window->continueCeremony(room.folder());
        if (!isAt(PageId::Resume))
            return;
        person.tickAll();
        there = person.press(QStringLiteral("Continue the ceremony")) && isAt(PageId::Import);
    }

    [[nodiscard]] bool isAt(PageId page) const
    {
        return QTest::qWaitFor(
            [&] { return person.window->ceremonyView()->pageId() == page; }, BackupRoom::kPatienceMs);
    }
    [[nodiscard]] Ceremony& ceremony() const { return *person.window->ceremony(); }

    [[nodiscard]] bool leaveOut() const
    {
        return person.press(QStringLiteral("Leave out the rest"))
            && person.press(QStringLiteral("Leave them out")) && isAt(PageId::CloneProof);
    }
    [[nodiscard]] bool othersAreComplete() const
    {
        const auto& devices = ceremony().state().devices;
        return std::ranges::count_if(devices, &CeremonyState::complete) == 2
            && !ceremony().state().onDevice(BackupRoom::serialOf(kLost))->complete();
    }

    test::FirstDevice first{};
    BackupRoom room{ first, 3 };
    Person person{};
    bool there = false;
};

} // namespace

/// Of several devices, one that stays away keeps nobody from the end of the ceremony.
class TestLeftOut : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::install(*qApp, qEnvironmentVariableIsSet("CONCLAVE_TEST_DARK")); }

    void whereItsSharesWouldBeTypedAgain()
    {
        constexpr int kBeforeImport = 18;
        const Late late(kBeforeImport);
        QVERIFY(late.there);
        QCOMPARE(late.person.faults(), QString());
        late.person.takePicture("left out at the import");
        QVERIFY(late.leaveOut());
        QVERIFY(late.othersAreComplete());
    }

    void whereItsPinsWouldBeTypedAgain()
    {
        constexpr int kBeforeInitialise = 8;
        const Late late(kBeforeInitialise);
        QVERIFY(late.there);
        QVERIFY(late.ceremony().chooseShareFile(1) && late.ceremony().liftCurtain());
        QVERIFY(late.ceremony().enterPassword(test::FirstDevice::password()));
        QVERIFY(late.isAt(PageId::Pins));
        late.person.tickAll();
        QVERIFY(late.person.press(QStringLiteral("I am")));
        QCOMPARE(late.person.faults(), QString());
        late.person.takePicture("left out at the PINs");
        QVERIFY(late.leaveOut());
        QVERIFY(late.othersAreComplete());
    }
};

QTEST_MAIN(TestLeftOut)
#include "tst_leftout.moc"
