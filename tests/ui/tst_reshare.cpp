// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/simulatedreaders.h"
#include "core/simulator/simulatedhsm.h"
#include "tests/ui/screeninspector.h"
#include "ui/rehearsal/hands.h"
#include "ui/rehearsal/pagename.h"
#include "ui/rehearsal/scriptedpeople.h"
#include "ui/shell/ceremonyview.h"
#include "ui/shell/page.h"
#include "ui/shell/wizardwindow.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/note.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <map>

using namespace conclave;
using namespace conclave::ui;

namespace {

constexpr int kPatienceMs = 60'000;
constexpr int kTurnsToSettle = 4;

/// Layouts within layouts take a turn of the event loop each.
void settle()
{
    static_cast<void>(QTest::qWaitFor([turns = 0]() mutable { return ++turns > kTurnsToSettle; }));
}

template <typename Widget>
std::vector<Widget*> shown(const QWidget& parent)
{
    std::vector<Widget*> found;
    for (Widget* widget : parent.findChildren<Widget*>()) {
        if (widget->isVisible())
            found.push_back(widget);
    }
    return found;
}

/// People at the window of a rehearsal.
struct Room {
    Room()
    {
        readers.insert(QStringLiteral("Simulated reader"), device);
        ceremony::Environment environment{ readers };
        environment.rounds = dkek::KdfRounds{ 1000 };
        environment.verifierCost = { 16, 1, 1 };
        window = std::make_unique<WizardWindow>(environment, WizardWindow::Options{ folder.path(), {} });
        window->resize(1024, 768);
        window->show();
        window->activateWindow();
    }

    [[nodiscard]] ceremony::Ceremony& ceremony() const { return *window->ceremony(); }
    [[nodiscard]] CeremonyView& view() const { return *window->ceremonyView(); }
    [[nodiscard]] bool isAt(PageId page) const
    {
        return window->ceremonyView() && view().pageId() == page && !ceremony().writing();
    }
    [[nodiscard]] bool reach(PageId page) const
    {
        const bool reached = QTest::qWaitFor([&] { return isAt(page); }, kPatienceMs);
        if (!reached && window->ceremonyView())
            qWarning("The ceremony is at page %s.", qPrintable(pageName(view().pageId())));
        settle();
        return reached;
    }

    /// The people of the rehearsal play up to this page; `act` takes a page over when it says so.
    bool playTo(PageId last, const std::function<bool()>& act)
    {
        ScriptedPeople people(ceremony());
        return QTest::qWaitFor(
            [&] {
                if (view().pageId() == last)
                    return true;
                if (ceremony().writing() || act() || !people.fill(view()) || !ScriptedPeople::canGoOn(view()))
                    return false;
                ScriptedPeople::goOn(view());
                return false;
            },
            kPatienceMs);
    }

    bool press(const QString& words) const
    {
        settle(); // buttons show up in a turn of the event loop
        for (QAbstractButton* button : shown<QAbstractButton>(*window)) {
            QString text = button->text();
            if (text.remove(QLatin1Char('&')).startsWith(words))
                return hands::press(*button);
        }
        return false;
    }

    /// A sheet as it was shown, or with another last pair.
    bool handIn(int id, bool right) const
    {
        SecretBytes value = sheets.at(id).clone();
        if (!right)
            value[value.size() - 1] ^= 0x01;
        return reach(PageId::Curtain) && ceremony().liftCurtain() && reach(PageId::Entry)
            && ceremony().enterShare({ id, std::move(value) }, {});
    }

    void noteSheet()
    {
        if (const dkek::CustodianShare* share = ceremony().shareOnShow())
            sheets.insert_or_assign(share->id, share->value.clone());
    }

    [[nodiscard]] QString note() const
    {
        settle();
        const auto notes = shown<Note>(*window);
        return notes.empty() ? QString() : notes.front()->text();
    }

    /// What is wrong with the screen for people who see little or nothing, or use the keyboard only.
    [[nodiscard]] QString faults() const
    {
        settle();
        return (namelessControls(*window) + mnemonicClashes(*window) + tabOrderFaults(*window)
            + cutTexts(*window))
            .join(QLatin1Char('\n'));
    }

    /// For people: in the folder that CONCLAVE_TEST_PICTURES names.
    void takePicture(const char* name) const
    {
        const QString pictures = qEnvironmentVariable("CONCLAVE_TEST_PICTURES");
        if (pictures.isEmpty())
            return;
        settle();
        window->grab().save(QDir(pictures).filePath(QString::fromLatin1(name) + QStringLiteral(".png")));
    }

    QTemporaryDir folder;
    std::shared_ptr<simulator::SimulatedHsm> device = std::make_shared<simulator::SimulatedHsm>();
    device::SimulatedReaders readers;
    std::unique_ptr<WizardWindow> window;
    std::map<int, SecretBytes> sheets;
};

/// An establishment of 2 of 4 up to the import; `bits` 64 has no verifiers.
bool establishUpToImport(Room& room, int bits)
{
    room.window->establish();
    return room.playTo(PageId::Import, [&] {
        room.noteSheet();
        return room.view().pageId() == PageId::Scheme
            && room.ceremony().chooseScheme({ { { {}, {}, 2, 4, bits } } });
    });
}

} // namespace

class TestReshare : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::install(*qApp, qEnvironmentVariableIsSet("CONCLAVE_TEST_DARK")); }

    void withOneSheetMoreTheWrongOneIsFound()
    {
        Room room;
        QVERIFY(establishUpToImport(room, 64));
        QVERIFY(room.press(QStringLiteral("Call the first custodian")));
        QVERIFY(room.handIn(1, true));
        QVERIFY(room.handIn(3, false));
        QVERIFY(room.reach(PageId::Trouble));
        room.takePicture("do not open");
        QCOMPARE(room.faults(), QString());
        QVERIFY(room.press(QStringLiteral("Back to the page")));
        QVERIFY(room.reach(PageId::Import));
        QVERIFY(room.note().contains(QStringLiteral("at least one of them is wrong")));
        room.takePicture("one more");
        QCOMPARE(room.faults(), QString());
        QVERIFY(room.press(QStringLiteral("Call one more custodian")));
        QVERIFY(room.handIn(4, true));
        QVERIFY(room.reach(PageId::KeyCheckValue));
        QVERIFY(room.ceremony().state().kcvCompared);
        bool named = false;
        for (const Note* note : shown<Note>(*room.window))
            named = named || note->text().startsWith(QStringLiteral("The sheet with share ID 3 "));
        QVERIFY(named);
        room.takePicture("found");
        QCOMPARE(room.faults(), QString());
    }

    void aSheetThatTheCompanionDoesNotKnowIsTypedAgain()
    {
        Room room;
        QVERIFY(establishUpToImport(room, 128));
        QVERIFY(room.press(QStringLiteral("Call the first custodian")));
        QVERIFY(room.handIn(1, true));
        QVERIFY(room.handIn(3, false));
        QVERIFY(room.reach(PageId::Trouble));
        QVERIFY(room.press(QStringLiteral("Back to the page")));
        QVERIFY(room.reach(PageId::Import));
        QVERIFY(room.note().startsWith(QStringLiteral("The sheet with share ID 3 ")));
        QVERIFY(room.press(QStringLiteral("Call the next custodian")));
        QVERIFY(room.handIn(3, true));
        QVERIFY(room.reach(PageId::KeyCheckValue));
    }

    void startingOverWipesWhatWasTyped()
    {
        Room room;
        QVERIFY(establishUpToImport(room, 64));
        QVERIFY(room.press(QStringLiteral("Call the first custodian")));
        QVERIFY(room.handIn(1, false));
        QVERIFY(room.handIn(2, true));
        QVERIFY(room.reach(PageId::Trouble));
        QVERIFY(room.press(QStringLiteral("Back to the page")));
        QVERIFY(room.reach(PageId::Import));
        QVERIFY(room.press(QStringLiteral("Start over")));
        settle();
        auto* dialog = QApplication::activeModalWidget();
        QVERIFY(dialog);
        for (Button* button : shown<Button>(*dialog)) {
            if (button->text().remove(QLatin1Char('&')) == QStringLiteral("Start over"))
                hands::press(*button);
        }
        QTRY_VERIFY(room.ceremony().state().sets.front().received.empty());
        QVERIFY(room.press(QStringLiteral("Call the first custodian")));
        QVERIFY(room.handIn(1, true));
        QVERIFY(room.handIn(2, true));
        QVERIFY(room.reach(PageId::KeyCheckValue));
    }
};

QTEST_MAIN(TestReshare)
#include "tst_reshare.moc"
