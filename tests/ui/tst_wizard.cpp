// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/ceremony/recordscheck.h"
#include "core/device/simulatedreaders.h"
#include "core/dkek/sharefile.h"
#include "core/simulator/simulatedchannel.h"
#include "core/simulator/simulatedhsm.h"
#include "tests/core/card/vectors.h"
#include "tests/core/device/fakesource.h"
#include "tests/ui/longlanguage.h"
#include "tests/ui/screeninspector.h"
#include "ui/pages/sharefiletyping.h"
#include "ui/rehearsal/hands.h"
#include "ui/rehearsal/pagename.h"
#include "ui/rehearsal/scriptedpeople.h"
#include "ui/rehearsal/unattendedrehearsal.h"
#include "ui/shell/ceremonyview.h"
#include "ui/shell/page.h"
#include "ui/shell/wizardwindow.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dangerconfirm.h"
#include "ui/widgets/devicechip.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/note.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/readaloud.h"
#include "ui/widgets/tick.h"

#include <QAbstractButton>
#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace conclave;
using namespace conclave::ui;

namespace {

constexpr int kPatienceMs = 120'000;
constexpr std::chrono::milliseconds kGlance{ 5 };
constexpr int kGlancesToSettle = 4;

#if defined(__SANITIZE_ADDRESS__)
constexpr qint64 kLongestStallMs = 500;
#else
constexpr qint64 kLongestStallMs = 50;
#endif

/// For people: every screen of the tests, in the folder that CONCLAVE_TEST_PICTURES names.
void takePicture(WizardWindow& window, PageId page)
{
    const QString folder = qEnvironmentVariable("CONCLAVE_TEST_PICTURES");
    if (folder.isEmpty())
        return;
    static int number = 0;
    const QString file = QStringLiteral("%1-%2-%3.png")
                             .arg(++number, 3, 10, QLatin1Char('0'))
                             .arg(QString::fromLatin1(QTest::currentDataTag()), pageName(page));
    window.grab().save(QDir(folder).filePath(file));
}

/// Layouts within layouts take a turn of the event loop each.
void settle()
{
    static_cast<void>(QTest::qWaitFor([glances = 0]() mutable { return ++glances > kGlancesToSettle; }));
}

/// A device in a reader, and the window of a rehearsal on it.
struct Stage {
    explicit Stage(simulator::DeviceDelays delays = simulator::DeviceDelays::none())
    {
        device->setDelays(delays);
        readers.insert(QStringLiteral("Simulated reader"), device);
        ceremony::Environment environment{ readers };
        environment.rounds = dkek::KdfRounds{ 1000 };
        environment.verifierCost = { 16, 1, 1 };
        window = std::make_unique<WizardWindow>(
            environment, WizardWindow::Options{ folder.path(), folder.filePath(QStringLiteral("ceremony")) });
        window->resize(1024, 768);
        window->show();
        window->activateWindow();
    }

    /// Lets the people play until the ceremony is closed; `onScreen` sees each page when it is filled in.
    bool play(const std::function<void(CeremonyView&)>& onScreen = {})
    {
        window->establish();
        ScriptedPeople people(*window->ceremony());
        PageKey seen;
        seen.id = PageId::Closed;
        const auto over = [&] {
            const PageId page = window->ceremonyView()->pageId();
            return page == PageId::Closed || page == PageId::Trouble;
        };
        QTimer eyes;
        int filledGlances = 0;
        QObject::connect(&eyes, &QTimer::timeout, &eyes, [&] {
            CeremonyView& view = *window->ceremonyView();
            if (over() || window->ceremony()->writing() || !people.fill(view)
                || !ScriptedPeople::canGoOn(view)) {
                filledGlances = 0;
                return;
            }
            if (++filledGlances < kGlancesToSettle)
                return; // layouts within layouts take a turn of the event loop each
            filledGlances = 0;
            const PageKey key = pageFor(*window->ceremony());
            if (key != seen)
                takePicture(*window, view.pageId());
            if (onScreen && key != seen)
                onScreen(view);
            seen = key;
            ScriptedPeople::goOn(view);
        });
        eyes.start(kGlance);
        const bool closed
            = QTest::qWaitFor(over, kPatienceMs) && window->ceremonyView()->pageId() == PageId::Closed;
        if (!closed)
            qWarning(
                "The ceremony ended at page %s.", qPrintable(pageName(window->ceremonyView()->pageId())));
        return closed;
    }

    QTemporaryDir folder;
    std::shared_ptr<simulator::SimulatedHsm> device = std::make_shared<simulator::SimulatedHsm>();
    device::SimulatedReaders readers;
    std::unique_ptr<WizardWindow> window;
};

} // namespace

class TestWizard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::install(*qApp, false); }

    void unattendedRehearsalLeavesWhatAnAuditorNeeds()
    {
        Stage stage;
        UnattendedRehearsal rehearsal(
            *stage.window, stage.readers, stage.folder.filePath(QStringLiteral("ceremony")));
        QSignalSpy finished(&rehearsal, &UnattendedRehearsal::finished);
        QSignalSpy steps(&rehearsal, &UnattendedRehearsal::stepDone);
        rehearsal.start();
        QVERIFY(finished.wait(kPatienceMs));
        QCOMPARE(finished.front().front().toString(), QString());
        QCOMPARE(steps.size(), 9);
        const QDir folder(stage.folder.filePath(QStringLiteral("ceremony")));
        for (const char* file : { "transcript.jsonl", "report.pdf", "report.json" })
            QVERIFY2(QFileInfo(folder.filePath(QString::fromLatin1(file))).size() > 0, file);
        QCOMPARE(folder.entryList({ QStringLiteral("*-share-1.pbe") }).size(), 1);
        QCOMPARE(folder.entryList({ QStringLiteral("*-share-1.json") }).size(), 1);
        QCOMPARE(QDir(folder.filePath(QStringLiteral("sheets")))
                     .entryList({ QStringLiteral("custodian-?.pdf") })
                     .size(),
            5);
        const QStringList pictures = QDir(folder.filePath(QStringLiteral("screens"))).entryList(QDir::Files);
        for (const PageId page : { PageId::Prepare, PageId::Detect, PageId::Scheme, PageId::HandOut,
                 PageId::Curtain, PageId::Reveal, PageId::Proof, PageId::Pins, PageId::Erase, PageId::Import,
                 PageId::Entry, PageId::KeyCheckValue, PageId::KeyPlan, PageId::Generate, PageId::BackUp,
                 PageId::Review, PageId::Report, PageId::Closed })
            QVERIFY2(pictures.filter(pageName(page)).size() > 0, qPrintable(pageName(page)));
        const auto state = ceremony::checkRecords(folder.path());
        QVERIFY(state);
        QVERIFY(state->kcvCompared);
        QCOMPARE(state->backup.media.size(), std::size_t{ 1 });
        const QDir keys(folder.filePath(QStringLiteral("keys")));
        QCOMPARE(keys.entryList({ QStringLiteral("*-key-?.bin") }, QDir::Files).size(), 2);
        QFile wrapped(keys.filePath(keys.entryList({ QStringLiteral("*-key-2.bin") }).value(0)));
        QVERIFY(wrapped.open(QIODevice::Append) && wrapped.write("x") == 1);
        wrapped.close();
        QVERIFY(!ceremony::checkRecords(folder.path()));
    }

    void aMediumThatCannotBeUsedIsTakenFromTheList()
    {
        Stage stage;
        const QString second = stage.folder.filePath(QStringLiteral("second"));
        QVERIFY(QDir().mkpath(second));
        // On the same disk as the records, so that it is no second medium.
        const bool closed = stage.play([&](CeremonyView& view) {
            if (view.pageId() == PageId::BackUp)
                QVERIFY(stage.window->ceremony()->addBackupTarget(second));
        });
        QVERIFY(!closed);
        CeremonyView& view = *stage.window->ceremonyView();
        QCOMPARE(view.pageId(), PageId::Trouble);
        QTRY_COMPARE(stage.window->ceremony()->state().backup.failed.size(), std::size_t{ 1 });
        takePicture(*stage.window, PageId::Trouble);
        stage.window->ceremony()->dismissTrouble();
        QTRY_COMPARE(view.pageId(), PageId::BackUp);
        QTRY_COMPARE(cutTexts(*stage.window), QStringList());
        takePicture(*stage.window, PageId::BackUp);
        const QStringList faults = namelessControls(*stage.window) + mnemonicClashes(*stage.window)
            + tabOrderFaults(*stage.window);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
        QCOMPARE(stage.window->ceremony()->backupTargets(), QStringList{ second });
        for (Button* button : view.page()->findChildren<Button*>()) {
            if (button->accessibleName() == QStringLiteral("Remove ") + second)
                button->click();
        }
        QVERIFY(stage.window->ceremony()->backupTargets().isEmpty());
        QVERIFY(!view.footer().primary()->isEnabled()); // until it is confirmed that one copy will do
        for (Tick* tick : view.page()->findChildren<Tick*>())
            tick->click();
        view.footer().primary()->click();
        QTRY_COMPARE(view.pageId(), PageId::Review);
        QCOMPARE(stage.window->ceremony()->state().toExplain.size(), std::size_t{ 2 });
    }

    void eachScreenIsUsableByKeyboardAndScreenReader()
    {
        Stage stage;
        QStringList faults;
        QVERIFY(stage.play([&](CeremonyView& view) {
            const QString page = pageName(view.pageId());
            for (const QString& fault : namelessControls(*stage.window) + mnemonicClashes(*stage.window)
                    + tabOrderFaults(*stage.window))
                faults << page + QStringLiteral(": ") + fault;
        }));
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void aLostShareFileIsTypedFromASheet_data()
    {
        QTest::addColumn<bool>("altered");
        QTest::newRow("missing") << false;
        QTest::newRow("altered") << true;
    }

    void aLostShareFileIsTypedFromASheet()
    {
        QFETCH(const bool, altered);
        Stage stage;
        QByteArray sheet;
        QString path;
        QString problem = QStringLiteral("not offered");
        const auto press = [&](const QString& name) {
            auto* button = stage.window->findChild<QAbstractButton*>(name);
            return button && QTest::qWaitFor([&] { return button->isVisible() && button->isEnabled(); })
                && hands::press(*button);
        };
        const auto typeFile = [&](int from) {
            if (!press(QStringLiteral("typeShareFile")))
                return QStringLiteral("not offered");
            settle();
            takePicture(*stage.window, PageId::Import);
            auto* typing = stage.window->findChild<ShareFileTyping*>();
            const QList<QLineEdit*> fields = typing->findChildren<QLineEdit*>();
            const ByteView file(
                reinterpret_cast<const std::uint8_t*>(sheet.constData()), dkek::kShareFileBytes);
            for (int row = 1; row <= dkek::kFileRows; ++row) {
                const ByteView pairs = dkek::fileRow(file, row);
                hands::type(*fields[2 * row - 2], toHexPairs(pairs));
                hands::type(*fields[2 * row - 1], dkek::fileRowCheck(pairs));
            }
            hands::selectAll(*fields[from]);
            hands::type(*fields[from], u"00");
            if (typing->file())
                return QStringLiteral("takes a wrong row");
            settle();
            if (fields[0]->geometry().right() >= fields[1]->geometry().left())
                return QStringLiteral("the fields lie upon each other");
            const QStringList faults
                = namelessControls(*typing) + cutTexts(*typing->window()) + cutTexts(*stage.window);
            if (!faults.isEmpty())
                return faults.join(QLatin1Char('\n'));
            hands::selectAll(*fields[from]);
            hands::type(*fields[from], toHexPairs(dkek::fileRow(file, from / 2 + 1)));
            if (!qEnvironmentVariable("CONCLAVE_TEST_PICTURES").isEmpty())
                typing->window()->grab().save(QDir(qEnvironmentVariable("CONCLAVE_TEST_PICTURES"))
                                                  .filePath(QStringLiteral("typed share file.png")));
            if (!press(QStringLiteral("saveShareFile")))
                return QStringLiteral("refuses the right rows");
            auto* offer = stage.window->findChild<QAbstractButton*>(QStringLiteral("typeShareFile"));
            return QTest::qWaitFor([&] { return !offer->isVisible(); }) ? QString()
                                                                        : QStringLiteral("not saved");
        };
        // Without the file nobody is called, so the people of the script wait.
        QTimer officer;
        connect(&officer, &QTimer::timeout, &officer, [&] {
            const auto* offer = stage.window->findChild<QAbstractButton*>(QStringLiteral("typeShareFile"));
            if (offer && offer->isVisible()) {
                officer.stop();
                problem = typeFile(4);
            }
        });
        officer.start(kGlance);
        QVERIFY(stage.play([&](CeremonyView& view) {
            if (view.pageId() == PageId::Pins && sheet.isEmpty()) {
                const QDir folder(stage.folder.filePath(QStringLiteral("ceremony")));
                path = folder.filePath(folder.entryList({ QStringLiteral("*-share-1.pbe") }).front());
                QFile file(path);
                QVERIFY(file.open(QIODevice::ReadWrite));
                sheet = file.readAll();
                if (altered) {
                    file.seek(40);
                    file.write("x");
                } else {
                    file.remove();
                }
            }
        }));
        QCOMPARE(problem, QString());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), sheet);
        QCOMPARE(QFile::exists(path + QStringLiteral(".altered")), altered);
    }

    void eachScreenFits_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("longWords");
        QTest::addColumn<bool>("rightToLeft");
        QTest::newRow("projector") << QSize(1024, 768) << false << false;
        QTest::newRow("half of a large panel") << QSize(960, 540) << false << false;
        QTest::newRow("long words") << QSize(1024, 768) << true << false;
        QTest::newRow("right to left") << QSize(1024, 768) << true << true;
    }

    void eachScreenFits()
    {
        QFETCH(const QSize, size);
        QFETCH(const bool, longWords);
        QFETCH(const bool, rightToLeft);
        LongLanguage language;
        if (longWords)
            QCoreApplication::installTranslator(&language);
        QGuiApplication::setLayoutDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
        {
            Stage stage;
            stage.window->resize(size);
            QStringList faults;
            QVERIFY(stage.play([&](CeremonyView& view) {
                const QStringList cut = cutTexts(*stage.window);
                for (const QString& fault : cut)
                    faults << pageName(view.pageId()) + QStringLiteral(": ") + fault;
            }));
            QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
            QCOMPARE(stage.window->size(), size);
        }
        QGuiApplication::setLayoutDirection(Qt::LeftToRight);
        QCoreApplication::removeTranslator(&language);
    }

    void unknownMakerIsTypedAndAFalseDeviceIsNot_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    /// Devices that look like real ones: one of a maker that nobody knows, one with a forged certificate.
    void unknownMakerIsTypedAndAFalseDeviceIsNot()
    {
        QFETCH(const bool, dark);
        Theme::install(*qApp, dark);
        const QString unknownReader = QStringLiteral("Reader A");
        const QString unknownSerial = QStringLiteral("DENK0299901");
        const auto unknown
            = std::make_shared<simulator::SimulatedHsm>(simulator::Identity{ .serial = unknownSerial });
        const auto forged = std::make_shared<simulator::SimulatedHsm>(
            simulator::Identity{ .serial = QStringLiteral("DENK0404144") });
        Bytes certificates = test::realCvc("ef_2f02_nitrokey_hsm2_fw41");
        certificates.back() ^= 0x01;
        forged->replaceDeviceCertificates(certificates);
        test::FakeSource readers;
        readers.setOpener([&](const QString& reader) -> test::FakeSource::Opened {
            return std::make_unique<simulator::SimulatedChannel>(reader == unknownReader ? unknown : forged);
        });
        readers.setReaders(std::vector{ device::ReaderInfo{ .name = unknownReader, .cardPresent = true },
            device::ReaderInfo{ .name = QStringLiteral("Reader B"), .cardPresent = true } });

        const QTemporaryDir folder;
        WizardWindow window(ceremony::Environment{ readers },
            WizardWindow::Options{ folder.path(), folder.filePath(QStringLiteral("ceremony")) });
        window.resize(1024, 768);
        window.show();
        window.activateWindow();
        window.establish();
        CeremonyView& view = *window.ceremonyView();
        ScriptedPeople people(*window.ceremony());
        QTRY_COMPARE(view.pageId(), PageId::Prepare);
        people.fill(view);
        for (Tick* tick : view.page()->findChildren<Tick*>()) {
            if (tick->isVisible() && !tick->isChecked())
                hands::press(*tick); // the tests' folder may be in memory
        }
        QTRY_VERIFY(ScriptedPeople::canGoOn(view));
        ScriptedPeople::goOn(view);
        QTRY_COMPARE(view.pageId(), PageId::Detect);
        QTRY_VERIFY(view.page()->findChildren<DangerConfirm*>().size() == 1);
        QTRY_COMPARE(view.page()->findChildren<DeviceChip*>().size(), 2);
        DangerConfirm* confirm = view.page()->findChildren<DangerConfirm*>().front();
        takePicture(window, view.pageId());

        QVERIFY(view.page()->findChildren<DeviceChip*>().front()->isEnabled());
        QVERIFY(!view.page()->findChildren<DeviceChip*>().back()->isEnabled());
        QVERIFY(!ScriptedPeople::canGoOn(view));
        // A reader that goes takes nothing of what is being typed with it.
        hands::type(*confirm->field(), u"DENK02");
        readers.setReaders(std::vector{ device::ReaderInfo{ .name = unknownReader, .cardPresent = true } });
        QTRY_COMPARE(view.page()->findChildren<DeviceChip*>().size(), 1);
        QCOMPARE(view.page()->findChildren<DangerConfirm*>(), QList<DangerConfirm*>{ confirm });
        QCOMPARE(confirm->field()->text(), QStringLiteral("DENK02"));
        confirm->field()->clear();
        hands::type(*confirm->field(), u"DENK0404144");
        QVERIFY(!ScriptedPeople::canGoOn(view));
        confirm->field()->clear();
        hands::type(*confirm->field(), unknownSerial);
        QTRY_VERIFY(ScriptedPeople::canGoOn(view));
        takePicture(window, view.pageId());
        const QStringList faults
            = namelessControls(window) + mnemonicClashes(window) + tabOrderFaults(window) + cutTexts(window);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
        ScriptedPeople::goOn(view);
        QTRY_COMPARE(view.pageId(), PageId::Scheme);
        Theme::install(*qApp, false);
    }

    void aShareIsReadAloudInItsTurnOnlyAndThatIsRecorded_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("read aloud") << false;
        QTest::newRow("read aloud, dark") << true;
    }

    void aShareIsReadAloudInItsTurnOnlyAndThatIsRecorded()
    {
        QFETCH(const bool, dark);
        Theme::install(*qApp, dark);
        Stage stage;
        QStringList faults;
        const ceremony::Ceremony* ceremony = nullptr;
        const auto switchOn = [&](CeremonyView& view) {
            auto* aloud = view.page()->findChild<ReadAloud*>();
            if (!aloud || aloud->isOn())
                return false;
            view.page()->findChild<Tick*>(QStringLiteral("readAloud"))->click();
            for (int turn = 0; turn < kGlancesToSettle; ++turn)
                QCoreApplication::sendPostedEvents();
            takePicture(*stage.window, view.pageId());
            for (const QString& fault : namelessControls(*stage.window) + mnemonicClashes(*stage.window)
                    + tabOrderFaults(*stage.window) + cutTexts(*stage.window))
                faults << pageName(view.pageId()) + QStringLiteral(": ") + fault;
            return aloud->isOn();
        };
        QStringList switched;
        QVERIFY(stage.play([&](CeremonyView& view) {
            ceremony = stage.window->ceremony();
            const bool first = view.pageId() == PageId::Entry
                ? ceremony->state().sets.front().received.empty()
                : ceremony->turnId() == 2;
            if (first && switchOn(view))
                switched << pageName(view.pageId());
        }));
        QCOMPARE(switched,
            (QStringList{ pageName(PageId::Reveal), pageName(PageId::Proof), pageName(PageId::Entry) }));
        QCOMPARE(faults.join(QLatin1Char('\n')), QString());
        QStringList recorded;
        for (const ceremony::RecordedEvent& each : ceremony->record()) {
            if (const auto* proved = std::get_if<ceremony::ShareProved>(&each.event);
                proved && proved->readAloud)
                recorded << QStringLiteral("proved %1").arg(proved->id);
            if (const auto* handedIn = std::get_if<ceremony::ShareReceived>(&each.event);
                handedIn && handedIn->readAloud)
                recorded << QStringLiteral("handed in %1").arg(handedIn->id);
        }
        QCOMPARE(recorded.join(QStringLiteral(", ")), QStringLiteral("proved 2, handed in 5"));
        Theme::install(*qApp, false);
    }

    void aHeldEnterDoesNotAnswerTheNextScreen()
    {
        Stage stage;
        stage.window->establish();
        const CeremonyView& view = *stage.window->ceremonyView();
        ScriptedPeople people(*stage.window->ceremony());
        QTRY_COMPARE(view.pageId(), PageId::Prepare);
        people.fill(view);
        QTRY_VERIFY(ScriptedPeople::canGoOn(view));
        const auto enter = [&](bool held) {
            QKeyEvent key(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, QStringLiteral("\r"), held);
            QCoreApplication::sendEvent(stage.window->focusWidget(), &key);
        };
        enter(true);
        QVERIFY(!stage.window->ceremony()->writing());
        QCOMPARE(view.pageId(), PageId::Prepare);
        enter(false);
        QTRY_COMPARE(view.pageId(), PageId::Detect);
    }

    void theWindowStaysAliveWhileASlowDeviceWorks()
    {
        Stage stage(simulator::DeviceDelays::realDevice());
        QElapsedTimer sinceBeat;
        qint64 longest = 0;
        QTimer heart;
        heart.setTimerType(Qt::PreciseTimer);
        QObject::connect(&heart, &QTimer::timeout, &heart, [&] {
            const qint64 gap = sinceBeat.restart();
            if (stage.window->ceremony() && stage.window->ceremony()->work().kind != ceremony::WorkKind::None)
                longest = std::max(longest, gap);
        });
        sinceBeat.start();
        heart.start(5);
        QVERIFY(stage.play());
        QVERIFY2(longest <= kLongestStallMs, qPrintable(QStringLiteral("%1 ms").arg(longest)));
    }
};

QTEST_MAIN(TestWizard)
#include "tst_wizard.moc"
