// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/simulatedhsm.h"
#include "tests/ui/flowstage.h"
#include "ui/pages/participantstable.h"
#include "ui/shell/curtainrules.h"
#include "ui/shell/onlookerline.h"
#include "ui/shell/page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/note.h"

#include <QLineEdit>
#include <QScreen>
#include <QSpinBox>

#include <map>

using namespace conclave;
using namespace conclave::ui;
using namespace conclave::ceremony;

namespace {

ScriptedPeople::Pins pins()
{
    return { secret("rehearsal-7"), secret("5265686561727361") };
}

/// One computer with a new device.
struct Table {
    Table()
    {
        stage.readers.insert(QStringLiteral("Simulated reader"),
            std::make_shared<simulator::SimulatedHsm>(
                simulator::Identity{ .serial = QStringLiteral("DENK0299901") }));
        stage.open(QStringLiteral("EX-1"));
    }

    [[nodiscard]] CeremonyView& view() const { return *stage.window->ceremonyView(); }
    [[nodiscard]] bool warns(const QString& words) const
    {
        settle();
        return std::ranges::any_of(
            shown<Note>(*stage.window), [&](const Note* note) { return note->text().contains(words); });
    }
    [[nodiscard]] bool press(const QString& words) const { return ui::press(*stage.window, words); }

    FlowStage stage;
};

/// What happens at the screen, and may bring other people to it.
const std::map<QString, std::function<void(WizardWindow&)>> kIncidents{
    { QStringLiteral("focus"),
        [](WizardWindow& window) {
            QEvent lost(QEvent::WindowDeactivate);
            QCoreApplication::sendEvent(&window, &lost);
        } },
    { QStringLiteral("idle"),
        [](WizardWindow& window) {
            Q_EMIT window.ceremonyView()->findChild<CurtainRules*>()->nobodyActs();
        } },
    { QStringLiteral("mirrored"),
        [](WizardWindow&) {
            Q_EMIT QGuiApplication::primaryScreen()->geometryChanged({ 0, 0, 640, 480 });
        } },
    { QStringLiteral("other first screen"),
        [](WizardWindow&) { Q_EMIT qApp->primaryScreenChanged(QGuiApplication::primaryScreen()); } },
    { QStringLiteral("screen gone"),
        [](WizardWindow&) { Q_EMIT qApp->screenRemoved(QGuiApplication::primaryScreen()); } },
};

} // namespace

class TestCustody : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::install(*qApp, qEnvironmentVariableIsSet("CONCLAVE_TEST_DARK")); }
    void init() { m_display = qgetenv("DISPLAY"); }
    void cleanup() { qputenv("DISPLAY", m_display); }

    void onePersonMayBeTwoCustodiansAndThatGoesOnRecord()
    {
        Table table;
        table.stage.until = PageId::Prepare;
        static_cast<void>(table.stage.play(Flow::Establish, pins()));
        const QString same = QStringLiteral("Custodians 1, 3 have the same name.");
        QVERIFY(!table.warns(same));
        const auto names = shown<QLineEdit>(*table.view().page()->findChild<ParticipantsTable*>());
        QCOMPARE(names.size(), std::size_t{ 7 }); // officer, witness, five custodians
        const char16_t* const people[]{ u"Olga", u"Will", u"Ann", u"Ben", u"ann ", u"Cy", u"Di" };
        for (std::size_t i = 0; i < names.size(); ++i)
            names[i]->setText(QString::fromUtf16(people[i]));
        QVERIFY(table.warns(same));

        table.stage.until = PageId::Scheme;
        static_cast<void>(table.stage.playOn(pins()));
        QCOMPARE(table.view().pageId(), PageId::Scheme);
        const QString warning = QStringLiteral(
            "Custodians 1, 3 are the same person, who can open a share file with one other custodian.");
        QVERIFY(table.warns(warning));
        table.stage.lookAtRest(table.view());
        QVERIFY(!table.press(QStringLiteral("Use 3 of 5")));
        QVERIFY(table.press(QStringLiteral("Go on all the same")));
        for (QSpinBox* box : shown<QSpinBox>(table.view())) {
            if (box->accessibleName() != QStringLiteral("Custodians who must agree"))
                continue;
            box->setValue(2);
            QVERIFY(
                table.warns(QStringLiteral("Custodians 1, 3 are the same person, who can open a share file "
                                           "with nobody else.")));
            QVERIFY(!table.press(QStringLiteral("Use 2 of 5"))); // something else was accepted
            box->setValue(4);
            QVERIFY(!table.warns(QStringLiteral("same person")));
            box->setValue(3);
        }
        QVERIFY(table.press(QStringLiteral("Go on all the same")));
        QVERIFY(table.press(QStringLiteral("Use 3 of 5")));
        const CeremonyState& state = table.stage.window->ceremony()->state();
        QTRY_VERIFY(state.scheme);
        const Event told = CustodyRuleOverridden{ CustodyRule::TooManyShares, 1, { { 3 } }, false };
        QCOMPARE(std::ranges::count(state.toExplain, told, &ToExplain::event), 1);
        QCOMPARE(table.stage.faults.join(QLatin1Char('\n')), QString());
    }

    void theCurtainDropsInEachTurnWhenPeopleMayHaveChanged()
    {
        Table table;
        std::map<PageId, QStringList> dropped;
        const auto todo = [&](PageId page) {
            for (const auto& [incident, happens] : kIncidents) {
                if (!dropped[page].contains(incident)
                    && !(page == PageId::Reveal && incident == QStringLiteral("idle")))
                    return incident;
            }
            return QString();
        };
        QStringList stayed;
        table.stage.waits = [&](CeremonyView& view) {
            const PageId page = view.pageId();
            if (page != PageId::Reveal && page != PageId::Proof && page != PageId::Entry)
                return false;
            if (page == PageId::Reveal) {
                kIncidents.at(QStringLiteral("idle"))(*table.stage.window); // it has a countdown of its own
                if (view.pageId() != page)
                    stayed << QStringLiteral("no time to write");
            }
            const QString incident = todo(page);
            if (incident.isEmpty())
                return false;
            dropped[page] << incident;
            kIncidents.at(incident)(*table.stage.window);
            if (view.pageId() != PageId::Curtain)
                stayed << pageName(page) + QStringLiteral(": ") + incident;
            return true;
        };
        table.stage.until = PageId::KeyCheckValue;
        static_cast<void>(table.stage.play(Flow::Establish, pins()));
        QCOMPARE(stayed, QStringList());
        QCOMPARE(dropped[PageId::Reveal].size(), qsizetype{ 4 });
        QCOMPARE(dropped[PageId::Proof].size(), qsizetype{ 5 });
        QCOMPARE(dropped[PageId::Entry].size(), qsizetype{ 5 });
    }

    void whoBeginsToWatchDuringATurnIsNamedInIt_data()
    {
        QTest::addColumn<PageId>("page");
        QTest::newRow("reveal") << PageId::Reveal;
        QTest::newRow("proof") << PageId::Proof;
        QTest::newRow("entry") << PageId::Entry;
    }

    void whoBeginsToWatchDuringATurnIsNamedInIt()
    {
        QFETCH(const PageId, page);
        qputenv("DISPLAY", ":0");
        Table table;
        table.stage.until = page;
        static_cast<void>(table.stage.play(Flow::Establish, pins()));
        QCOMPARE(table.view().pageId(), page);
        const auto* line = table.view().page()->findChild<OnlookerLine*>();
        QVERIFY(line);
        QCOMPARE(line->isVisible(), page != PageId::Entry); // it is full
        QVERIFY(line->text().contains(QStringLiteral("It cannot know all")));
        table.stage.lookAtRest(table.view());
        qputenv("DISPLAY", "localhost:10.0"); // as through ssh
        QTRY_VERIFY_WITH_TIMEOUT(line->text().contains(QStringLiteral("localhost:10.0")), 10'000);
        QVERIFY(line->isVisible());
        table.stage.lookAtRest(table.view());
        QCOMPARE(table.stage.faults.join(QLatin1Char('\n')), QString());
    }

private:
    QByteArray m_display;
};

QTEST_MAIN(TestCustody)
#include "tst_custody.moc"
