// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/ceremony/writtenrecord.h"
#include "tests/core/device/rack.h"
#include "tests/ui/person.h"
#include "ui/shell/ceremonyview.h"
#include "ui/shell/page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/secretfield.h"

#include <QLabel>

#include <algorithm>

using namespace conclave;
using namespace conclave::ceremony;
using namespace conclave::ui;

namespace {

Button* deleteButton(const Person& person)
{
    for (Button* button : shown<Button>(*person.window)) {
        if (button->text().contains(QStringLiteral("elete the failed key")))
            return button;
    }
    return nullptr;
}

/// The same of a device that there is.
std::vector<Event> onDevice(std::vector<Event> events, const QString& serial)
{
    for (Event& event : events) {
        std::visit(
            [&serial](auto& e) {
                if constexpr (requires { e.serial; })
                    e.serial = serial;
            },
            event);
    }
    return events;
}

bool holdsKey(const std::shared_ptr<simulator::SimulatedHsm>& device)
{
    simulator::SimulatedChannel channel(device);
    card::SmartCardHsm hsm(channel);
    const auto keys = hsm.select() ? hsm.keys() : fail(ErrorKind::NoCard);
    return keys && !keys->empty();
}

} // namespace

class TestFailedKey : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::install(*qApp, qEnvironmentVariableIsSet("CONCLAVE_TEST_DARK")); }

    void itCanBeDeletedAfterAPause_data()
    {
        QTest::addColumn<bool>("last");
        QTest::newRow("before the next key") << false;
        QTest::newRow("when there is no other left") << true;
    }

    /// The PIN went with the pause, so the page asks for it, also where no key is left to be made.
    void itCanBeDeletedAfterAPause()
    {
        QFETCH(const bool, last);
        Person person;
        person.window->resize(1280, 768); // all buttons of the footer beside each other
        FoldedCeremony past;
        QVERIFY(past.takeAll(upToScheme({})));
        QVERIFY(goOnTo(past, Stage::GeneratingKeys));
        QVERIFY(past.takeAll({ Intended{ Operation::GenerateKey, kSerial, 0, -1, 1 },
            KeyGenerated{ 0, 1, {}, {}, 1 }, KeyTestFailed{ 0 } }));
        if (last)
            QVERIFY(past.take(KeySkipped{ 1 }));
        QVERIFY(past.take(Paused{}));
        const QString folder = person.folder.filePath(QStringLiteral("EX-1"));
        QVERIFY(QDir().mkpath(folder) && writeRecord(folder, onDevice(past.events(), test::kFirstSerial)));
        const auto device = test::deviceWithKey(test::kFirstSerial);
        person.readers.insert(test::kFirstReader, device);
        QVERIFY(QTest::qWaitForWindowActive(person.window.get()));
        person.window->continueCeremony(folder);
        const CeremonyView& view = *person.window->ceremonyView();
        QTRY_COMPARE(view.pageId(), PageId::Resume);
        person.tickAll();
        QVERIFY(person.press(QStringLiteral("Continue the ceremony")));
        QTRY_COMPARE(view.pageId(), PageId::Generate);
        QCOMPARE(person.faults(), QString());
        person.takePicture(last ? "failed key, no other" : "failed key");

        const auto labels = shown<QLabel>(*view.page());
        QCOMPARE(std::ranges::count(labels,
                     last ? QStringLiteral("0 of 2 key(s) done, 2 failed, skipped or deleted")
                          : QStringLiteral("0 of 2 key(s) done, 1 failed, skipped or deleted"),
                     &QLabel::text),
            1);

        QVERIFY(!deleteButton(person)->isEnabled());
        hands::type(*shown<SecretField>(*view.page()).front(), test::ascii("648219"));
        QVERIFY(holdsKey(device));
        QVERIFY(person.press(QStringLiteral("Delete the failed key")));
        QVERIFY(person.press(QStringLiteral("Delete it")));
        const CeremonyState& state = person.window->ceremony()->state();
        QTRY_COMPARE(state.keys.front().state, KeyState::Deleted);
        QVERIFY(!holdsKey(device));
        QTRY_VERIFY(!deleteButton(person));
    }
};

QTEST_MAIN(TestFailedKey)
#include "tst_failedkey.moc"
