// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/device/simulatedreaders.h"
#include "core/dkek/checkpairs.h"
#include "core/simulator/simulatedhsm.h"
#include "tests/cups/cupsserver.h"
#include "tests/support/papereyes.h"
#include "tests/ui/longlanguage.h"
#include "tests/ui/screeninspector.h"
#include "ui/print/sheetfacts.h"
#include "ui/rehearsal/hands.h"
#include "ui/rehearsal/pagename.h"
#include "ui/rehearsal/scriptedpeople.h"
#include "ui/shell/ceremonyview.h"
#include "ui/shell/page.h"
#include "ui/shell/pagekey.h"
#include "ui/shell/wizardwindow.h"
#include "ui/theme/theme.h"
#include "ui/widgets/errorpanel.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/tick.h"

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QLabel>
#include <QRadioButton>
#include <QScrollArea>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace conclave;
using namespace conclave::ceremony;
using namespace conclave::ui;

namespace {

constexpr int kPatienceMs = 60'000;
constexpr int kGlanceMs = 5;

QString faultsOf(QWidget& window)
{
    return (namelessControls(window) + mnemonicClashes(window) + tabOrderFaults(window) + cutTexts(window))
        .join(QLatin1Char('\n'));
}

} // namespace

/// A rehearsal with a print server of its own.
class TestPrintedTurn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::install(*qApp, false); }

    void init()
    {
        m_cups = std::make_unique<test::CupsServer>();
        QVERIFY2(m_cups->isRunning(), qPrintable(m_cups->log()));
        m_folder = std::make_unique<QTemporaryDir>();
        auto device = std::make_shared<simulator::SimulatedHsm>();
        device->setDelays(simulator::DeviceDelays::none());
        m_readers = std::make_unique<device::SimulatedReaders>();
        m_readers->insert(QStringLiteral("Simulated reader"), device);
        Environment environment{ *m_readers };
        environment.rounds = dkek::KdfRounds{ 1000 };
        environment.verifierCost = { 16, 1, 1 };
        m_window = std::make_unique<WizardWindow>(environment,
            WizardWindow::Options{ m_folder->path(), m_folder->filePath(QStringLiteral("ceremony")) });
        m_window->resize(1024, 768);
        m_window->show();
        m_window->activateWindow();
        m_window->establish();
        m_people = std::make_unique<ScriptedPeople>(*m_window->ceremony());
        QVERIFY(goOnTo(PageId::HandOut));
    }

    void cleanup()
    {
        m_people.reset();
        m_window.reset();
        m_readers.reset();
        m_cups.reset();
    }

    void aPreviewShowsTheLayoutOfTheChosenPaper()
    {
        auto* paper = m_window->findChild<QComboBox*>(QStringLiteral("paper"));
        QVERIFY(paper);
        for (const int index : { 0, 1 }) {
            paper->setCurrentIndex(index);
            QVERIFY(press(QStringLiteral("previewSheet")));
            auto* area = m_window->findChild<QScrollArea*>(QStringLiteral("sheetPicture"));
            QVERIFY(area);
            auto* page = qobject_cast<QLabel*>(area->widget());
            QTRY_VERIFY(!page->pixmap().isNull());
            const QSizeF size = page->pixmap().size();
            // 210 x 297 mm, and 8.5 x 11 inches.
            QVERIFY(qAbs(size.height() / size.width() - (index == 0 ? 297.0 / 210 : 11.0 / 8.5)) < 0.01);
            QCOMPARE((namelessControls(*area->window()) + cutTexts(*area->window())).join(u'\n'), QString());
            const QString folder = qEnvironmentVariable("CONCLAVE_TEST_PICTURES");
            if (!folder.isEmpty())
                area->window()->grab().save(
                    QDir(folder).filePath(QStringLiteral("preview %1.png").arg(index)));
            qobject_cast<QDialog*>(area->window())->reject();
            QTRY_VERIFY(!m_window->findChild<QScrollArea*>(QStringLiteral("sheetPicture")));
        }
    }

    void printedSheetsFit_data()
    {
        QTest::addColumn<bool>("longWords");
        QTest::addColumn<QSize>("size");
        QTest::newRow("long words") << true << QSize(1024, 768);
        QTest::newRow("right to left") << false << QSize(1024, 768);
        QTest::newRow("half of a large panel") << false << QSize(960, 540);
    }
    void printedSheetsFit()
    {
        QFETCH(const bool, longWords);
        QFETCH(const QSize, size);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        LongLanguage language;
        if (longWords)
            QCoreApplication::installTranslator(&language);
        const bool mirrored = name == QStringLiteral("right to left");
        QGuiApplication::setLayoutDirection(mirrored ? Qt::RightToLeft : Qt::LeftToRight);
        cleanup();
        init();
        m_window->resize(size);
        const auto fits = [&] {
            static_cast<void>(QTest::qWaitFor([&] { return cutTexts(*m_window).isEmpty(); }, 2000));
            return cutTexts(*m_window).join(u'\n');
        };
        QVERIFY(choosePrinter(QStringLiteral("Network")) || press(QStringLiteral("acceptPrinter")));
        QCOMPARE(fits(), QString());
        QTRY_VERIFY(ScriptedPeople::canGoOn(*view()));
        m_cups->breakDown();
        QVERIFY(goOnTo(PageId::Reveal));
        view()->page()->print(); // with long words the button is in the menu
        QTRY_VERIFY_WITH_TIMEOUT(holder(1).print.has_value(), kPatienceMs);
        QCOMPARE(fits(), QString());
        keep(QStringLiteral("reveal, not printed, ") + name);
        QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    }

    void eachCustodianPrintsTheirOwnShareAndTypesItBack()
    {
        QVERIFY(choosePrinter(QStringLiteral("Cable")));
        for (int id = 1; id <= 5; ++id) {
            QVERIFY(goOnTo(PageId::Reveal));
            if (id == 1) {
                QCOMPARE(faultsOf(*m_window), QString());
                keep(QStringLiteral("reveal before printing"));
            }
            const SecretBytes rows = dkek::sheetRows(id, m_window->ceremony()->shareOnShow()->value);
            const SheetFacts sheet = *sheetOfTurn(*m_window->ceremony());
            QVERIFY(press(QStringLiteral("printSheet")));
            QTRY_VERIFY_WITH_TIMEOUT(holder(id).print.has_value(), kPatienceMs);
            QVERIFY2(holder(id).print->completed && holder(id).print->purged, qPrintable(m_cups->log()));
            QCOMPARE(m_cups->documentsInSpool(), QStringList());
            QCOMPARE(m_cups->printed().size(), id);
            if (id == 1) {
                QTRY_COMPARE(faultsOf(*m_window), QString());
                keep(QStringLiteral("reveal after printing"));
            }
            const QString pdf = m_folder->filePath(QStringLiteral("sheet-%1.pdf").arg(id));
            QVERIFY(QFile::copy(m_cups->printed().constLast(), pdf));
            const QImage page = test::rendered(pdf, FilledSheet::kDotsPerInch);
            QCOMPARE(test::readSheet(page, sheet).value, toHex(rows)); // a rehearsal's value is no secret
            m_people->fill(*view());
            QTRY_VERIFY(ScriptedPeople::canGoOn(*view()));
            ScriptedPeople::goOn(*view());
            QTRY_COMPARE(view()->pageId(), PageId::Proof);
        }
        QVERIFY(goOnTo(PageId::Pins));
        QCOMPARE(m_window->ceremony()->state().toExplain.size(), m_spoolToExplain);
    }

    void aPrinterThatFailsLeavesTheTurnWhereItWas()
    {
        QVERIFY(choosePrinter(QStringLiteral("Cable")));
        QVERIFY(goOnTo(PageId::Reveal));
        m_cups->breakDown();
        QVERIFY(press(QStringLiteral("printSheet")));
        QTRY_VERIFY_WITH_TIMEOUT(holder(1).print.has_value(), kPatienceMs);
        QVERIFY(!holder(1).print->completed);
        QVERIFY(holder(1).print->purged);
        QCOMPARE(view()->pageId(), PageId::Reveal);
        QVERIFY(m_window->ceremony()->shareOnShow());
        QTRY_VERIFY(!view()->page()->findChildren<ErrorPanel*>().isEmpty()
            && view()->page()->findChildren<ErrorPanel*>().front()->isVisible());
        QTRY_VERIFY(m_window->findChild<QAbstractButton*>(QStringLiteral("printSheet"))->hasFocus());
        keep(QStringLiteral("reveal, not printed"));
        QTRY_COMPARE(faultsOf(*m_window), QString());
        m_cups->repair();
        QVERIFY(press(QStringLiteral("printSheet")));
        QTRY_VERIFY_WITH_TIMEOUT(holder(1).print && holder(1).print->completed, kPatienceMs);
    }

    void aSheetThatDoesNotComeOutIsStoppedAndNobodyGoesOnMeanwhile()
    {
        QVERIFY(choosePrinter(QStringLiteral("Cable")));
        QVERIFY(goOnTo(PageId::Reveal));
        m_cups->hold();
        QVERIFY(press(QStringLiteral("printSheet")));
        QTRY_VERIFY_WITH_TIMEOUT(m_cups->documentsInSpool().size() == 1, kPatienceMs);
        QVERIFY(!view()->footer().primary()->isEnabled());
        QVERIFY(m_window->findChild<QAbstractButton*>(QStringLiteral("stopPrinting"))->hasFocus());
        QVERIFY(!m_window->ceremony()->pause());
        // The curtain drops and is lifted: the job goes on behind it.
        QVERIFY(m_window->ceremony()->dropCurtain());
        QTRY_COMPARE(view()->pageId(), PageId::Curtain);
        QVERIFY(goOnTo(PageId::Reveal));
        QVERIFY(!view()->footer().primary()->isEnabled());
        keep(QStringLiteral("reveal, printing"));
        QVERIFY(press(QStringLiteral("stopPrinting")));
        QTRY_VERIFY_WITH_TIMEOUT(holder(1).print.has_value(), kPatienceMs);
        QVERIFY(!holder(1).print->completed && holder(1).print->purged);
        QCOMPARE(m_cups->documentsInSpool(), QStringList());
        QTRY_VERIFY(view()->footer().primary()->isEnabled());
    }

    void aPrinterOnTheNetworkNeedsAWordThatGoesOnRecord()
    {
        QVERIFY(showPrinters());
        auto* printers = m_window->findChild<QComboBox*>(QStringLiteral("printer"));
        auto* accept = m_window->findChild<Tick*>(QStringLiteral("acceptPrinter"));
        printers->setCurrentIndex(printers->findData(QStringLiteral("Cable")));
        acceptSpool();
        QVERIFY(!accept->isVisible());
        QTRY_VERIFY(view()->footer().primary()->isEnabled());
        for (const char* name : { "File", "Network" }) {
            printers->setCurrentIndex(printers->findData(QString::fromLatin1(name)));
            QVERIFY(accept->isVisible() && !accept->isChecked());
            QVERIFY(!view()->footer().primary()->isEnabled());
            QVERIFY(hands::press(*accept));
            QTRY_VERIFY(view()->footer().primary()->isEnabled());
        }
        static_cast<void>(QTest::qWaitFor([&] { return faultsOf(*m_window).isEmpty(); }, 2000));
        QVERIFY2(faultsOf(*m_window).isEmpty(), qPrintable(faultsOf(*m_window)));
        m_window->findChild<QScrollArea*>()->ensureWidgetVisible(accept);
        keep(QStringLiteral("printer on the network"));
        ScriptedPeople::goOn(*view());
        QTRY_COMPARE(m_window->ceremony()->state().set(1)->sheets.printer, QStringLiteral("Network"));
        const SheetsChosen& chosen = m_window->ceremony()->state().set(1)->sheets;
        QCOMPARE(chosen.connection, PrinterConnection::Network);
        QVERIFY(chosen.overridden);
        QCOMPARE(m_window->ceremony()->state().toExplain.size(), std::size_t{ 1 });
    }

private:
    [[nodiscard]] CeremonyView* view() const { return m_window->ceremonyView(); }
    [[nodiscard]] const Holder& holder(int id) const
    {
        return m_window->ceremony()->state().set(1)->holders[static_cast<std::size_t>(id - 1)];
    }

    /// The people play until that page is there and filled in.
    bool goOnTo(PageId page)
    {
        QTimer eyes;
        int filled = 0;
        QObject::connect(&eyes, &QTimer::timeout, &eyes, [&] {
            if (m_window->ceremony()->writing() || view()->pageId() == page || !m_people->fill(*view())
                || !ScriptedPeople::canGoOn(*view())) {
                filled = 0;
                return;
            }
            if (++filled > 4)
                ScriptedPeople::goOn(*view());
        });
        eyes.start(kGlanceMs);
        const bool there = QTest::qWaitFor([&] { return view()->pageId() == page; }, kPatienceMs);
        eyes.stop();
        static_cast<void>(QTest::qWaitFor([glances = 0]() mutable { return ++glances > 4; }));
        return there;
    }

    bool press(const QString& name)
    {
        auto* button = m_window->findChild<QAbstractButton*>(name);
        return button && QTest::qWaitFor([&] { return button->isVisible() && button->isEnabled(); })
            && hands::press(*button);
    }

    bool showPrinters()
    {
        m_people->fill(*view());
        auto* mode = m_window->findChild<QRadioButton*>(QStringLiteral("printedSheets"));
        mode->setChecked(true);
        auto* printers = m_window->findChild<QComboBox*>(QStringLiteral("printer"));
        return QTest::qWaitFor([&] { return printers->count() == 3; }, kPatienceMs);
    }

    /// The test's spool lies wherever the system's temporary files do.
    void acceptSpool()
    {
        auto* accept = m_window->findChild<Tick*>(QStringLiteral("acceptSpool"));
        m_spoolToExplain = accept->isVisible() ? 1 : 0;
        if (accept->isVisible() && !accept->isChecked())
            hands::press(*accept);
    }

    bool choosePrinter(const QString& name)
    {
        if (!showPrinters())
            return false;
        auto* printers = m_window->findChild<QComboBox*>(QStringLiteral("printer"));
        printers->setCurrentIndex(printers->findData(name));
        acceptSpool();
        keep(QStringLiteral("hand-out with printer"));
        return QTest::qWaitFor([&] { return ScriptedPeople::canGoOn(*view()); });
    }

    void keep(const QString& name)
    {
        const QString folder = qEnvironmentVariable("CONCLAVE_TEST_PICTURES");
        if (!folder.isEmpty())
            m_window->grab().save(QDir(folder).filePath(name + QStringLiteral(".png")));
    }

    std::unique_ptr<test::CupsServer> m_cups;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<device::SimulatedReaders> m_readers;
    std::unique_ptr<WizardWindow> m_window;
    std::unique_ptr<ScriptedPeople> m_people;
    std::size_t m_spoolToExplain = 0;
};

QTEST_MAIN(TestPrintedTurn)
#include "tst_printedturn.moc"
