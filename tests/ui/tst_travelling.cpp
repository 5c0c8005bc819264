// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/recordscheck.h"
#include "core/ceremony/transport.h"
#include "core/device/devicedirectory.h"
#include "core/simulator/simulatedhsm.h"
#include "tests/ui/flowstage.h"
#include "tests/ui/longlanguage.h"
#include "ui/print/transportsheet.h"
#include "ui/rehearsal/hands.h"
#include "ui/shell/dialog.h"
#include "ui/shell/page.h"
#include "ui/shell/tile.h"
#include "ui/theme/theme.h"
#include "ui/widgets/note.h"
#include "ui/widgets/railitem.h"
#include "ui/widgets/tick.h"

#include <QFileDialog>
#include <QJsonArray>
#include <QJsonObject>
#include <QLineEdit>

using namespace conclave;
using namespace conclave::ui;
using namespace conclave::ceremony;

namespace {

constexpr char kPassword[] = "six horses wait at the gate";
constexpr char kPin[] = "rehearsal-7";
constexpr char kSoPin[] = "5265686561727361";
const QString kReader = QStringLiteral("Simulated reader");

ScriptedPeople::Pins pins()
{
    return { secret(kPin), secret(kSoPin) };
}

using Hsm = std::shared_ptr<simulator::SimulatedHsm>;

Hsm freshDevice(const char16_t* serial = u"DENK0299901")
{
    return std::make_shared<simulator::SimulatedHsm>(
        simulator::Identity{ .serial = QString::fromUtf16(serial) });
}

/// One of two computers that have nothing in common.
struct Computer {
    explicit Computer(QSize size)
        : stage(size)
    {
    }

    [[nodiscard]] Ceremony& ceremony() const { return *stage.window->ceremony(); }
    [[nodiscard]] const CeremonyState& state() const { return ceremony().state(); }
    [[nodiscard]] CeremonyView& view() const { return *stage.window->ceremonyView(); }

    bool until(const std::function<bool()>& condition) const
    {
        return QTest::qWaitFor([&] { return (condition() && !ceremony().writing()) || ceremony().trouble(); },
                   FlowStage::kPatienceMs)
            && !ceremony().trouble();
    }
    bool rests() const
    {
        return until([this] { return ceremony().work().kind == WorkKind::None; });
    }
    bool reaches(Stage wanted) const
    {
        return until([&] { return state().stage == wanted; }) && rests();
    }
    bool shows(PageId page)
    {
        const bool shown = QTest::qWaitFor(
            [&] { return view().pageId() == page && !ceremony().writing(); }, FlowStage::kPatienceMs);
        if (shown)
            stage.lookAtRest(view());
        return shown;
    }
    /// An officer without names to type; two share files for two sites.
    bool establish(const Hsm& device)
    {
        stage.readers.insert(kReader, device);
        stage.window->start(Flow::Establish);
        Preparation preparation;
        preparation.folder = stage.ceremonyFolder;
        preparation.ceremonyId = QStringLiteral("EX-2026-0417");
        preparation.purpose = QStringLiteral("Root CA");
        preparation.place = QStringLiteral("Headquarters");
        preparation.participants = { { Role::Officer, 1, QStringLiteral("Sample Officer"), {} },
            { Role::Custodian, 1, QStringLiteral("Sample Custodian A"), {} },
            { Role::Custodian, 2, QStringLiteral("Sample Custodian B"), {} } };
        if (!ceremony().prepare(std::move(preparation)) || !reaches(Stage::ChoosingDevice))
            return false;
        const device::DeviceDirectory& directory = stage.window->directory();
        const SchemeChosen scheme{ { { QStringLiteral("Key A"), QStringLiteral("Headquarters"), 0, 0, 0 },
            { QStringLiteral("Key B"), QStringLiteral("Vault"), 0, 0, 0 } } };
        if (!until([&] { return !directory.devices().empty() && directory.devices().front().status; })
            || !ceremony().chooseDevice(directory.devices().front(), false) || !reaches(Stage::ChoosingScheme)
            || !ceremony().chooseScheme(scheme) || !reaches(Stage::HandingOut))
            return false;
        for (const std::size_t file : { 0U, 1U }) {
            if (!ceremony().startHandOut() || !ceremony().liftCurtain() || !rests()
                || !ceremony().choosePassword(secret(kPassword))
                || !until([&] { return state().sets[file].made.has_value(); }) || !rests()
                || !ceremony().liftCurtain() || !ceremony().provePassword(secret(kPassword)).value_or(false)
                || !rests())
                return false;
        }
        PinSettings settings;
        settings.newSoPin = secret(kSoPin);
        settings.userPin = secret(kPin);
        settings.label = QStringLiteral("Root");
        return reaches(Stage::SettingPins) && ceremony().setPins(std::move(settings))
            && reaches(Stage::ConfirmingErase) && ceremony().confirmErase(state().device->serial)
            && reaches(Stage::Importing);
    }
    bool import(int number) const
    {
        return ceremony().chooseShareFile(number) && ceremony().liftCurtain()
            && ceremony().enterPassword(secret(kPassword))
            && until([&] { return state().sets[static_cast<std::size_t>(number - 1)].imported; }) && rests();
    }
    [[nodiscard]] QString file(const QString& name) const { return QDir(ceremony().folder()).filePath(name); }
    /// In the file dialog that is open.
    bool pick(const QString& path) const
    {
        auto* dialog = stage.window->findChild<QFileDialog*>();
        if (!dialog)
            return false;
        dialog->selectFile(path);
        const bool accepted = QMetaObject::invokeMethod(dialog, "accept");
        stage.window->activateWindow(); // no window manager here does it
        return accepted;
    }
    /// What the rail says, piece by piece.
    [[nodiscard]] QStringList rail() const
    {
        QStringList texts;
        for (const QLabel* label : view().findChild<Rail*>()->findChildren<QLabel*>())
            texts << label->text();
        return texts;
    }
    [[nodiscard]] bool railIsOf(const QString& purpose, const QString& id) const
    {
        const auto items = view().findChild<Rail*>()->findChildren<RailItem*>();
        return rail().contains(purpose) && rail().join(QLatin1Char(' ')).contains(id)
            && std::ranges::count_if(items, &QWidget::isVisible)
            == static_cast<std::ptrdiff_t>(ceremony().steps().size());
    }
    [[nodiscard]] QString note() const
    {
        for (const Note* note : view().page()->findChildren<Note*>()) {
            if (note->isVisible())
                return note->text();
        }
        return {};
    }

    FlowStage stage;
};

} // namespace

/// People at two computers, one device, and what goes with it.
class TestTravelling : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        const QByteArray variant(QTest::currentDataTag());
        Theme::install(*qApp, variant == "dark");
        if (variant == "long words" || variant == "right to left")
            QCoreApplication::installTranslator(&m_language);
        QGuiApplication::setLayoutDirection(variant == "right to left" ? Qt::RightToLeft : Qt::LeftToRight);
    }
    void cleanup()
    {
        QCoreApplication::removeTranslator(&m_language);
        QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    }

    void aCeremonyGoesOnAtAnotherComputerAndComesToItsEnd_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("projector") << QSize(1024, 768);
        QTest::newRow("half of a large panel") << QSize(960, 540);
        QTest::newRow("dark") << QSize(1024, 768);
        QTest::newRow("long words") << QSize(1024, 768);
        QTest::newRow("right to left") << QSize(1024, 768);
    }
    void aCeremonyGoesOnAtAnotherComputerAndComesToItsEnd()
    {
        QFETCH(const QSize, size);
        const Hsm device = freshDevice();
        Computer home(size);
        home.stage.open(QStringLiteral("EX-2026-0417"));
        QVERIFY(home.establish(device));
        QVERIFY(home.shows(PageId::Import));
        QVERIFY(home.import(1));
        QVERIFY(home.shows(PageId::Import));
        auto* travel = home.view().findChild<QAbstractButton*>(QStringLiteral("pauseForTravel"));
        QVERIFY(travel);
        travel->click(); // with long words, it is in a menu
        QTRY_VERIFY(home.stage.window->findChild<Dialog*>());
        home.stage.picture(QStringLiteral("pause-for-travel"));
        home.stage.window->findChild<Dialog*>()->reject();
        home.stage.window->activateWindow();
        QVERIFY(home.ceremony().pauseForTravel());
        QVERIFY(home.shows(PageId::Paused));
        const QString code = home.ceremony().checkpointCode();
        const QString transport = home.file(QStringLiteral("EX-2026-0417-transport-1.json"));
        QTRY_VERIFY(QFile::exists(transport));
        const QString secondShareFile = home.file(QStringLiteral("EX-2026-0417-share-2.pbe"));
        home.stage.readers.pull(kReader);
        // The device goes; Enter does not take it back into use here.
        QVERIFY(home.view().footer().primary()->hasFocus());
        QTest::keyClick(home.view().footer().primary(), Qt::Key_Return);
        QTRY_VERIFY(!home.stage.window->ceremony());
        home.stage.window.reset();

        Computer vault(size);
        vault.stage.open(QStringLiteral("EX-2026-0417-part-2"));
        vault.stage.window->continueElsewhere(transport);
        QVERIFY(vault.shows(PageId::Transport));
        QVERIFY(vault.railIsOf(QStringLiteral("Root CA"), QStringLiteral("EX-2026-0417")));
        auto* field = vault.view().page()->findChild<QLineEdit*>();
        QVERIFY(!vault.view().footer().primary()->isEnabled());
        hands::type(*field, u"AAAA AAAA");
        QVERIFY(hands::press(*vault.view().footer().primary()));
        QCOMPARE(vault.view().pageId(), PageId::Transport);
        hands::selectAll(*field);
        hands::type(*field, code);
        QVERIFY(hands::press(*vault.view().footer().primary()));
        QVERIFY(vault.shows(PageId::Prepare));
        QVERIFY(vault.railIsOf(QStringLiteral("Root CA"), QStringLiteral("EX-2026-0417")));

        // Another device lies in the reader there.
        vault.stage.readers.insert(kReader, freshDevice(u"DENK0299902"));
        ScriptedPeople people(vault.ceremony(), pins());
        QVERIFY(people.fill(vault.view()) && ScriptedPeople::goOn(vault.view()));
        QTRY_COMPARE(vault.view().pageId(), PageId::Detect);
        QTRY_VERIFY(vault.note().contains(QStringLiteral("DENK0299901")));
        QVERIFY(vault.shows(PageId::Detect));
        QVERIFY(!ScriptedPeople::canGoOn(vault.view()));
        QVERIFY(!vault.view().findChild<Rail*>()->isAncestorOf(QApplication::focusWidget())); // Pause
        vault.stage.readers.insert(kReader, device);
        QTRY_VERIFY(ScriptedPeople::canGoOn(vault.view()));
        QVERIFY(vault.shows(PageId::Detect));
        QVERIFY(ScriptedPeople::goOn(vault.view()));
        QVERIFY(vault.reaches(Stage::Importing));

        auto* choose = vault.view().page()->findChild<QAbstractButton*>(QStringLiteral("chooseShareFile"));
        QTRY_VERIFY(choose->isVisible());
        QVERIFY(!ScriptedPeople::canGoOn(vault.view()));
        QVERIFY(vault.shows(PageId::Import));
        QVERIFY(hands::press(*choose));
        QTRY_VERIFY(vault.stage.window->findChild<QFileDialog*>());
        QVERIFY(vault.pick(secondShareFile));
        QTRY_VERIFY(QFile::exists(vault.file(QStringLiteral("EX-2026-0417-share-2.pbe"))));
        QVERIFY(vault.rests() && vault.import(2));
        QVERIFY(vault.shows(PageId::KeyCheckValue));
        QVERIFY(vault.state().kcvCompared);
        QVERIFY(vault.stage.playOn(pins()));
        QVERIFY(checkRecords(vault.stage.ceremonyFolder));
        const QJsonObject report = reportOf(vault.stage.ceremonyFolder);
        QCOMPARE(report.value(u"part").toInt(), 2);
        QCOMPARE(report.value(u"earlierParts")[0][u"place"].toString(), QStringLiteral("Headquarters"));
        QCOMPARE(report.value(u"summary")[u"keysTested"].toInt(), 2);

        vault.stage.window.reset();

        // At home, the part that began there gets a report of its own.
        home.stage.open(QStringLiteral("EX-2026-0417"));
        home.stage.window->continueCeremony(home.stage.ceremonyFolder);
        QVERIFY(home.shows(PageId::Resume));
        hands::type(*home.view().page()->findChild<QLineEdit*>(), code);
        auto* end = home.view().findChild<QAbstractButton*>(QStringLiteral("endPart"));
        QVERIFY(end);
        end->click();
        QVERIFY(home.reaches(Stage::Reviewing));
        QVERIFY(home.stage.playOn(pins()));
        QVERIFY(checkRecords(home.stage.ceremonyFolder));
        QVERIFY(reportOf(home.stage.ceremonyFolder).value(u"goesOnElsewhere").toBool());
        const QString faults = (home.stage.faults + vault.stage.faults).join(QLatin1Char('\n'));
        QVERIFY2(faults.isEmpty(), qPrintable(faults));
    }

    void theStartPageOffersFoldersAndTransportFiles()
    {
        FlowStage stage;
        stage.open(QStringLiteral("EX-1"));
        for (Tile* tile : stage.window->findChildren<Tile*>()) {
            if (tile->accessibleName() == QStringLiteral("Continue a paused ceremony"))
                tile->click();
        }
        QTRY_VERIFY(stage.window->findChild<Dialog*>());
        stage.picture(QStringLiteral("continue"));
        QAbstractButton* open = nullptr;
        for (auto* button : stage.window->findChild<Dialog*>()->findChildren<QAbstractButton*>()) {
            if (button->text().remove(QLatin1Char('&')).startsWith(QStringLiteral("Open a transport file")))
                open = button;
        }
        QVERIFY(open);
        open->click();
        QTRY_VERIFY(stage.window->findChild<QFileDialog*>());
    }

    void aPartThatWentElsewhereSaysWhatTheDeviceHolds()
    {
        Computer home({ 1024, 768 });
        home.stage.open(QStringLiteral("EX-1"));
        QVERIFY(home.establish(freshDevice()) && home.import(1));
        home.stage.readers.pull(kReader);
        QTRY_VERIFY(home.rail().contains(
            QStringLiteral("Device not connected. It is initialised, and locked until all shares are in.")));
        QVERIFY(home.ceremony().pauseForTravel());
        QVERIFY(home.shows(PageId::Paused));
        QVERIFY(home.rail().contains(
            QStringLiteral("Device initialised, locked. It keeps what was imported, and may be unplugged.")));
        QVERIFY(home.ceremony().endPart(home.ceremony().checkpointCode()));
        QVERIFY(home.shows(PageId::Review));
        const QString ended = QStringLiteral(
            "Device initialised, locked. It keeps what was imported, and is finished at the next site.");
        QVERIFY(home.rail().contains(ended));
        QVERIFY(home.stage.playOn(pins()));
        QVERIFY(home.rail().contains(ended));
        QVERIFY(home.stage.pages.contains(PageId::Report));
    }

    void aTransportSheetSaysWhatTheNextSiteNeeds()
    {
        Computer home({ 1024, 768 });
        home.stage.open(QStringLiteral("EX-1"));
        QVERIFY(home.establish(freshDevice()) && home.import(1) && home.ceremony().pauseForTravel());
        QVERIFY(home.until([&] { return home.state().paused; }));
        const RecordedEvent& last = home.ceremony().record().back();
        const QByteArray pdf = transportPdf({ *home.state().travel, last.lineSha256, last.time });
        QVERIFY(pdf.startsWith("%PDF") && pdf.size() > 4000);
        if (const QString into = qEnvironmentVariable("CONCLAVE_TEST_PICTURES"); !into.isEmpty()) {
            QFile file(QDir(into).filePath(QStringLiteral("transport-sheet.pdf")));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(pdf) == pdf.size());
        }
    }

private:
    LongLanguage m_language;
};

QTEST_MAIN(TestTravelling)
#include "tst_travelling.moc"
