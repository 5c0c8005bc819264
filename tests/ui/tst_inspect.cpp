// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/device/fakesource.h"
#include "tests/core/device/rack.h"
#include "tests/support/pdftext.h"
#include "tests/ui/longlanguage.h"
#include "tests/ui/person.h"
#include "ui/shell/inspectview.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/rolebanner.h"

#include <QJsonDocument>
#include <QLabel>
#include <QScopeGuard>

using namespace conclave;
using namespace conclave::ui;

using Stage = DeviceErrand::Stage;

namespace {

struct Inspector : Person {
    [[nodiscard]] InspectView& view() const { return *qobject_cast<InspectView*>(window->errand()); }

    /// From the start page to what the only device tells.
    [[nodiscard]] bool reach() const
    {
        return open("inspect") && QTest::qWaitFor([&] { return ready(); }, kPatienceMs)
            && press(QStringLiteral("Inspect")) && arrives(Stage::Own);
    }

    [[nodiscard]] bool arrives(Stage stage) const
    {
        return QTest::qWaitFor([&] { return view().stage() == stage; }, kPatienceMs);
    }

    [[nodiscard]] bool shows(const QString& text) const
    {
        settle();
        const auto labels = shown<QLabel>(*window);
        return std::ranges::any_of(labels, [&](const QLabel* label) {
            QString words = label->text();
            return words.remove(QChar(0x2066)).remove(QChar(0x2069)) == text;
        });
    }
};

} // namespace

class TestInspect : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        Theme::install(*qApp, qEnvironmentVariableIsSet("CONCLAVE_TEST_DARK"));
    }

    void whatADeviceTellsIsShownAndNothingOnItChanges()
    {
        Inspector inspector;
        const auto device = test::deviceWithKey(test::kFirstSerial);
        QVERIFY(device);
        const SecretBytes before = device->save();
        inspector.readers.insert(test::kFirstReader, device);
        QVERIFY(inspector.reach());
        inspector.takePicture("inspection");
        for (const char* told : { "DENK0299901", "Nitrokey HSM 2", "15 of 15", "Counter only", "signing",
                 "EC P-256", "sign, sign with recovery, derive", "Yes, the device vouches for it",
                 "None. Keys on this device cannot be backed up." })
            QVERIFY2(inspector.shows(QString::fromUtf8(told)), told);
        QVERIFY(device->save() == before);
        // There is nothing to go to by Tab in what is read.
        QTest::keyClick(inspector.window->focusWidget(), Qt::Key_PageDown);
        inspector.takePicture("inspection 2");
        QTest::keyClick(inspector.window->focusWidget(), Qt::Key_End);
        inspector.takePicture("inspection 3");
        const QLabel* last = shown<QLabel>(inspector.view()).back();
        QVERIFY(!last->visibleRegion().isEmpty());
        QVERIFY(inspector.press(QStringLiteral("Done")));
        QTRY_VERIFY(!inspector.window->errand());
    }

    void theOtherOfTwoDevicesCanBeChosen()
    {
        Inspector inspector;
        inspector.readers.insert(test::kFirstReader, test::freshDevice(test::kFirstSerial));
        inspector.readers.insert(test::kSecondReader, test::freshDevice(test::kSecondSerial));
        QVERIFY(inspector.open("inspect"));
        QTRY_COMPARE(inspector.window->directory().devices().size(), std::size_t(2));
        QTRY_VERIFY(inspector.window->directory().devices().back().status);
        for (QAbstractButton* button : shown<QAbstractButton>(inspector.view())) {
            if (button->property("reader").toString() == test::kSecondReader) {
                QVERIFY(hands::press(*button));
                break;
            }
        }
        QVERIFY(inspector.press(QStringLiteral("Inspect DECC0012345")));
        QVERIFY(inspector.arrives(Stage::Own));
        QVERIFY(inspector.shows(test::kSecondSerial));
        QVERIFY(inspector.shows(QStringLiteral("New, never initialised")));
    }

    void theInspectionIsSavedAndNeverOverAnExistingFile()
    {
        Inspector inspector;
        inspector.readers.insert(test::kFirstReader, test::deviceWithKey(test::kFirstSerial));
        QVERIFY(inspector.reach());
        QVERIFY(inspector.press(QStringLiteral("Save inspection")));
        QVERIFY(inspector.pick(inspector.folder.path()));
        QTRY_VERIFY_WITH_TIMEOUT(
            inspector.note().startsWith(QStringLiteral("Saved as JSON and PDF")), kPatienceMs);

        const QDir folder(inspector.folder.path());
        const QStringList files = folder.entryList(QDir::Files, QDir::Name);
        QCOMPARE(files.size(), 2);
        QFile json(folder.filePath(files[0]));
        QVERIFY(json.open(QIODevice::ReadOnly));
        const QByteArray saved = json.readAll();
        const QJsonDocument content = QJsonDocument::fromJson(saved);
        QCOMPARE(content[u"serial"], QStringLiteral("DENK0299901"));
        QCOMPARE(content[u"simulated"], true);
        QFile pdf(folder.filePath(files[1]));
        QVERIFY(pdf.open(QIODevice::ReadOnly));
        const QString text = support::textOfPdf(pdf.readAll());
        const QJsonObject key = content[u"keys"][0].toObject();
        // The font draws a hyphen between capitals and digits as another glyph, which poppler does not read.
        for (const QString& told :
            { QStringLiteral("DEVICE INSPECTION"), QStringLiteral("REHEARSAL"), QStringLiteral("DENK0299901"),
                QStringLiteral("signing"), QStringLiteral("EC P"), QStringLiteral("vouches"),
                QStringLiteral("15 of 15"), hexGroups(key.value(u"fingerprint").toString()).left(9),
                hexGroups(content[u"trust"][u"fingerprint"].toString()).left(39),
                QStringLiteral("There are no X.509 certificates on this device.") })
            QVERIFY2(text.contains(told), qPrintable(told));

        QVERIFY(inspector.press(QStringLiteral("Save inspection")));
        QVERIFY(inspector.pick(inspector.folder.path()));
        QTRY_VERIFY_WITH_TIMEOUT(!inspector.note().startsWith(QStringLiteral("Saved")), kPatienceMs);
        json.seek(0);
        QCOMPARE(json.readAll(), saved);
        QCOMPARE(folder.entryList(QDir::Files).size(), 2);
    }

    void aDevicePulledInTheMiddleIsTold()
    {
        Inspector inspector;
        const auto device = test::deviceWithKey(test::kFirstSerial);
        inspector.readers.insert(test::kFirstReader, device);
        QVERIFY(inspector.open("inspect"));
        QTRY_VERIFY(inspector.ready());
        device->setFaults({ { { .kind = simulator::Fault::Kind::PullBefore, .at = 5 } } });
        QVERIFY(inspector.press(QStringLiteral("Inspect")));
        QVERIFY(inspector.arrives(Stage::Trouble));
        QVERIFY(inspector.shows(QStringLiteral("The device was disconnected")));
        inspector.takePicture("pulled");
        QCOMPARE(inspector.faults(), QString());
        device->setFaults({});
        inspector.readers.insert(test::kFirstReader, device);
        QVERIFY(inspector.press(QStringLiteral("Try again")));
        QVERIFY(inspector.arrives(Stage::Own));
    }

    void knownFaultsOfTheFirmwareAreTold()
    {
        Inspector inspector;
        inspector.readers.insert(test::kFirstReader,
            std::make_shared<simulator::SimulatedHsm>(
                simulator::Identity{ .serial = test::kFirstSerial, .versionMajor = 3, .versionMinor = 1 }));
        QVERIFY(inspector.reach());
        QVERIFY(inspector.note().startsWith(QStringLiteral("This firmware has a known weakness")));
    }

    void aDeviceThatCannotBeReadIsExplained_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("head");
        QTest::newRow("held by another program")
            << ErrorKind::DeviceBusy << QStringLiteral("Another program uses the device");
        QTest::newRow("another card")
            << ErrorKind::NotSmartCardHsm << QStringLiteral("This is not a SmartCard-HSM");
    }

    void aDeviceThatCannotBeReadIsExplained()
    {
        QFETCH(const ErrorKind, kind);
        QFETCH(const QString, head);
        test::FakeSource source;
        source.setReaders(std::vector{
            device::ReaderInfo{ .name = test::kFirstReader, .cardPresent = true, .insertion = 1 } });
        source.setOpener([kind](const QString& reader) { return fail(kind, reader); });
        device::DeviceDirectory directory(source);
        InspectView view(source, directory, {});
        static_cast<QWidget&>(view).show();
        QTRY_VERIFY(view.footer().primary() && view.footer().primary()->isEnabled());
        view.footer().primary()->click();
        QTRY_COMPARE(view.stage(), Stage::Trouble);
        const auto labels = shown<QLabel>(view);
        QVERIFY(std::ranges::any_of(labels, [&](const QLabel* label) { return label->text() == head; }));
    }

    void eachScreenIsUsableByKeyboardAndScreenReader_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("longWords");
        QTest::addColumn<bool>("rightToLeft");
        QTest::newRow("projector") << QSize(1024, 768) << false << false;
        QTest::newRow("half of a large panel") << QSize(960, 540) << false << false;
        QTest::newRow("long words") << QSize(1024, 768) << true << false;
        QTest::newRow("right to left") << QSize(1024, 768) << true << true;
    }

    void eachScreenIsUsableByKeyboardAndScreenReader()
    {
        QFETCH(const QSize, size);
        QFETCH(const bool, longWords);
        QFETCH(const bool, rightToLeft);
        LongLanguage language;
        if (longWords)
            QCoreApplication::installTranslator(&language);
        QGuiApplication::setLayoutDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
        const auto usual = qScopeGuard([&language] {
            QCoreApplication::removeTranslator(&language);
            QGuiApplication::setLayoutDirection(Qt::LeftToRight);
        });
        Inspector inspector;
        inspector.window->resize(size);
        QVERIFY(QTest::qWaitForWindowActive(inspector.window.get()));
        QCOMPARE(inspector.faults(), QString());
        inspector.takePicture("start");
        QVERIFY(inspector.open("inspect"));
        QCOMPARE(inspector.faults(), QString());
        inspector.readers.insert(test::kFirstReader, test::deviceWithKey(test::kFirstSerial));
        QTRY_VERIFY(inspector.ready());
        inspector.takePicture("choose");
        QCOMPARE(inspector.faults(), QString());
        QVERIFY(inspector.press(QStringLiteral("Inspect")));
        QVERIFY(inspector.arrives(Stage::Own));
        QCOMPARE(inspector.faults(), QString());
        inspector.takePicture(QTest::currentDataTag());
        QCOMPARE(inspector.window->size(), size);
        QTest::keyClick(inspector.window.get(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(inspector.view().stage(), Stage::Choose);
        QTRY_VERIFY(inspector.ready());
    }

    void f6GoesRoundAndF7TellsWhoActs()
    {
        Inspector inspector;
        inspector.readers.insert(test::kFirstReader, test::deviceWithKey(test::kFirstSerial));
        QVERIFY(inspector.open("inspect"));
        QTRY_VERIFY(inspector.ready());
        const auto standsIn = [&](const QWidget& region) {
            const QWidget* focus = inspector.window->focusWidget();
            return focus && (focus == &region || region.isAncestorOf(focus));
        };
        const auto* banner = shown<RoleBanner>(*inspector.window).front();
        QVERIFY(standsIn(inspector.view().footer()));
        QTest::keyClick(inspector.window.get(), Qt::Key_F6);
        QVERIFY(standsIn(*banner));
        QTest::keyClick(inspector.window.get(), Qt::Key_F6);
        QVERIFY(!standsIn(*banner) && !standsIn(inspector.view().footer()));
        QTest::keyClick(inspector.window.get(), Qt::Key_F6, Qt::ShiftModifier);
        QVERIFY(standsIn(*banner));
        QTest::keyClick(inspector.window.get(), Qt::Key_F7);
        QVERIFY(inspector.shows(QStringLiteral("Acts now: Security officer")));
        QVERIFY(inspector.press(QStringLiteral("Close")));
    }

    void theWindowThatDoesNotCloseSaysWhy()
    {
        Inspector inspector;
        const auto device = test::deviceWithKey(test::kFirstSerial);
        inspector.readers.insert(test::kFirstReader, device);
        QVERIFY(inspector.open("inspect"));
        QTRY_VERIFY(inspector.ready());
        device->setDelays(simulator::DeviceDelays::realDevice());
        QVERIFY(inspector.press(QStringLiteral("Inspect")));
        QCOMPARE(inspector.view().stage(), Stage::Working);
        QVERIFY(!inspector.window->close());
        QVERIFY(inspector.shows(
            QStringLiteral("The device is at work. The window can be closed when that is over.")));
        inspector.takePicture("not closed");
        QVERIFY(inspector.arrives(Stage::Own));
        QVERIFY(inspector.window->close());
    }
};

QTEST_MAIN(TestInspect)
#include "tst_inspect.moc"
