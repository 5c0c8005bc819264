// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/ceremony/keybackup.h"
#include "core/ceremony/openedbackup.h"
#include "core/ceremony/recordscheck.h"
#include "core/ceremony/setmaker.h"
#include "core/dkek/sharefile.h"
#include "core/dkek/sharefilerows.h"
#include "tests/core/simulator/preparedcard.h"
#include "tests/support/pdftext.h"
#include "tests/ui/firstdevice.h"
#include "tests/ui/flowstage.h"
#include "tests/ui/longlanguage.h"
#include "ui/pages/sharefiletyping.h"
#include "ui/rehearsal/hands.h"
#include "ui/shell/page.h"
#include "ui/shell/startview.h"
#include "ui/shell/tile.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/choicecard.h"
#include "ui/widgets/devicechip.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/note.h"
#include "ui/widgets/secretfield.h"
#include "ui/widgets/tick.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>

using namespace conclave;
using namespace conclave::ui;
using ceremony::Flow;

namespace {

void sizes()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("projector") << QSize(1024, 768);
    QTest::newRow("half of a large panel") << QSize(960, 540);
    QTest::newRow("dark") << QSize(1024, 768);
    QTest::newRow("long words") << QSize(1024, 768);
    QTest::newRow("right to left") << QSize(1024, 768);
}

/// What the labels of a page say, without the marks that keep its values in order.
QStringList textsOf(const QWidget& page)
{
    QStringList texts;
    for (const QLabel* label : page.findChildren<QLabel*>()) {
        if (label->isVisible())
            texts += label->text().remove(QChar(0x2066)).remove(QChar(0x2069)).split(QLatin1Char('\n'));
    }
    return texts;
}

} // namespace

class TestFlows : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::install(*qApp, false); }
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

    void eachTileOfTheStartPageBeginsItsFlow_data() { sizes(); }
    void eachTileOfTheStartPageBeginsItsFlow()
    {
        QFETCH(const QSize, size);
        FlowStage stage(size);
        stage.open(QStringLiteral("EX-1"));
        for (const Flow flow : { Flow::AddBackup, Flow::Drill, Flow::Restore, Flow::GenerateMore }) {
            stage.open(QStringLiteral("EX-1"));
            StartView* start = stage.window->findChild<StartView*>();
            QTRY_VERIFY(start->isVisible() && QApplication::focusWidget());
            QTRY_COMPARE(cutTexts(*start), QStringList());
            QTRY_COMPARE(namelessControls(*stage.window) + mnemonicClashes(*stage.window)
                    + tabOrderFaults(*stage.window),
                QStringList());
            QTRY_COMPARE(start->findChild<QScrollArea*>()->verticalScrollBar()->maximum(), 0);
            stage.picture(QStringLiteral("start"));
            Tile* tile = nullptr;
            for (Tile* each : start->findChildren<Tile*>())
                tile = each->accessibleName() == flowName(flow) ? each : tile;
            QVERIFY(tile);
            tile->click();
            QVERIFY(stage.window->ceremony());
            QCOMPARE(stage.window->ceremony()->flow(), flow);
            QVERIFY(stage.window->windowTitle().contains(flowName(flow)));
        }
    }

    void theStartPageUsesTheRoomThereIs_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("airy");
        QTest::newRow("projector") << QSize(1024, 768) << true;
        QTest::newRow("usual") << QSize(1280, 800) << true;
        QTest::newRow("half of a large panel") << QSize(960, 540) << false;
        QTest::newRow("dark") << QSize(1024, 768) << true;
    }
    void theStartPageUsesTheRoomThereIs()
    {
        QFETCH(const QSize, size);
        QFETCH(const bool, airy);
        FlowStage stage(size);
        stage.open(QStringLiteral("EX-1"));
        const StartView* start = stage.window->findChild<StartView*>();
        const auto* bar = start->findChild<QScrollArea*>()->verticalScrollBar();
        const auto* lead = start->findChild<QLabel*>(QStringLiteral("lead"));
        QTRY_COMPARE(lead->isVisible(), airy);
        settle();
        stage.picture(QStringLiteral("room"));
        QCOMPARE(bar->maximum(), 0);
        QCOMPARE(cutTexts(*start), QStringList());
        stage.window->resize(960, 540); // and back
        QTRY_VERIFY(!lead->isVisible());
        settle();
        QCOMPARE(bar->maximum(), 0);
        stage.window->resize(size);
        QTRY_COMPARE(lead->isVisible(), airy);
        settle();
        QCOMPARE(bar->maximum(), 0);
    }

    void blankSheetsArePrintedFromTheFooterOfTheHandOut()
    {
        FlowStage stage;
        stage.readers.insert(QStringLiteral("Simulated reader"), std::make_shared<simulator::SimulatedHsm>());
        stage.open(QStringLiteral("EX-1"));
        stage.until = PageId::HandOut;
        QVERIFY(!stage.play(Flow::Establish, pins()));
        const CeremonyView& view = *stage.window->ceremonyView();
        auto* print = view.footer().findChild<QAbstractButton*>(QStringLiteral("printBlankSheets"));
        QTRY_VERIFY(print && print->isVisible());
        settle();
        stage.picture(QStringLiteral("hand-out"));
        for (ChoiceCard* choice : view.page()->findChildren<ChoiceCard*>()) {
            if (choice->accessibleName() == QStringLiteral("No sheets"))
                choice->click();
        }
        QTRY_VERIFY(!print->isVisible());
    }

    void moreKeysAreMadeBesideTheOldOnes_data() { sizes(); }
    void moreKeysAreMadeBesideTheOldOnes()
    {
        QFETCH(const QSize, size);
        test::PreparedCard device;
        QVERIFY(device.prepared()
            && device.makeKey(1, card::KeyAlgorithm::EcP256, QStringLiteral("signing-key")));
        FlowStage stage(size);
        stage.readers.insert(QStringLiteral("Simulated reader"), device.card);
        stage.open(QStringLiteral("EX-1"));
        QVERIFY(stage.play(Flow::GenerateMore, pins()));
        QCOMPARE(stage.faults.join(QLatin1Char('\n')), QString());
        const std::set<PageId> expected{ PageId::Prepare, PageId::Detect, PageId::KeyPlan, PageId::Generate,
            PageId::BackUp, PageId::Review, PageId::Report };
        QCOMPARE(stage.pages, expected);

        QVERIFY(device.hsm.select());
        const auto keys = device.hsm.keys();
        QVERIFY(keys);
        QCOMPARE(keys->size(), std::size_t{ 3 });
        QCOMPARE(keys->front().label, QStringLiteral("signing-key"));
        const auto state = ceremony::checkRecords(stage.ceremonyFolder);
        QVERIFY(state);
        QCOMPARE(state->backup.wrappings.back().keys.size(), std::size_t{ 3 });
        const QJsonObject report = reportOf(stage.ceremonyFolder);
        QCOMPARE(report.value(u"flow").toString(), QStringLiteral("generateMore"));
        QVERIFY(!report.value(u"device").toObject().contains(u"erased"));
        const QJsonObject wrapped = report.value(u"backup").toObject();
        QCOMPARE(
            wrapped.value(u"wrappings")[0][u"keys"][0][u"label"].toString(), QStringLiteral("signing-key"));
    }

    void keysTooLargeForTheToolOfOpenScAreNamed()
    {
        const auto labelOf = [](int reference) { return QStringLiteral("key %1").arg(reference); };
        ceremony::KeysWrapped wrapped;
        wrapped.keys = { { 1, {}, {}, 1500 }, { 2, {}, {}, 0 } };
        QCOMPARE(tooLargeForTool(wrapped, labelOf), QString());
        wrapped.keys.push_back({ 3, {}, {}, 1867 }); // RSA 4096 with its prime factors
        QCOMPARE(tooLargeForTool(wrapped, labelOf),
            QStringLiteral("Too large for “sc-hsm-tool” of OpenSC 0.23, which has room for 1500 bytes: "
                           "“key 3”. This program restores them."));
    }

    void whereABackupIsProvedStandsOnThePageAndInTheReport()
    {
        test::PreparedCard device;
        QVERIFY(device.prepared() && device.makeKey(1, card::KeyAlgorithm::EcP256, QStringLiteral("root")));
        FlowStage stage(QSize(1024, 768));
        stage.readers.insert(QStringLiteral("Simulated reader"), device.card);
        stage.open(QStringLiteral("EX-1"));
        const QString sentence
            = QStringLiteral("“Add a backup device” or “Restore drill” on the start page proves it.");
        bool told = false;
        stage.waits = [&](CeremonyView& view) {
            if (view.pageId() == PageId::BackUp)
                told = told || textsOf(*view.page()).join(QLatin1Char('\n')).contains(sentence);
            return false;
        };
        QVERIFY(stage.play(Flow::GenerateMore, pins()));
        QVERIFY(told);
        QFile pdf(QDir(stage.ceremonyFolder).filePath(QStringLiteral("report.pdf")));
        QVERIFY(pdf.open(QIODevice::ReadOnly));
        const QString report = support::textOfPdf(pdf.readAll());
        QVERIFY2(report.contains(sentence), qPrintable(report));
        const QJsonValue keys = reportOf(stage.ceremonyFolder)[u"backup"][u"wrappings"][0][u"keys"];
        QVERIFY(keys[0][u"blobBytes"].toInt() > 0);
    }

    void wrappedKeysComeBackOntoADevice_data() { sizes(); }
    void wrappedKeysComeBackOntoADevice()
    {
        QFETCH(const QSize, size);
        test::PreparedCard first(0x5c, QStringLiteral("DENK0299901"));
        const auto key = first.makeKey(7, card::KeyAlgorithm::EcP256, QStringLiteral("root"));
        QVERIFY(key && first.makeKey(8, card::KeyAlgorithm::EcBrainpoolP256, QStringLiteral("issuing")));
        const QTemporaryDir medium;
        const auto taken = ceremony::takeKeyBackup(first.hsm, QStringLiteral("EX-0"));
        QVERIFY(taken && ceremony::writeKeyBackup(*taken, medium.path()));
        QVERIFY(first.card);
        test::PreparedCard device(0x5c, QStringLiteral("DENK0299902"));
        // Other keys: one of this name, one of this ID.
        QVERIFY(device.makeKey(3, card::KeyAlgorithm::EcP256, QStringLiteral("issuing")));
        QVERIFY(device.makeKey(7, card::KeyAlgorithm::EcP384, QStringLiteral("tls")));
        FlowStage stage(size);
        stage.readers.insert(QStringLiteral("Simulated reader"), device.card);
        stage.open(QStringLiteral("EX-1"));
        int collisions = 0;
        int listed = 0;
        const auto chooseFiles = [&](CeremonyView& view) {
            if (view.pageId() != PageId::ChooseBackup
                || stage.window->ceremony()->work().kind != ceremony::WorkKind::None)
                return false;
            if (!stage.window->ceremony()->openedBackup()) {
                stage.picture(QStringLiteral("nothing-chosen"));
                return !stage.window->ceremony()->openBackup(ceremony::keysFolder(medium.path()));
            }
            const QStringList told = textsOf(*view.page());
            collisions = listed = 0;
            for (const QString& sentence : { QCoreApplication::translate("ChooseBackupPageWords",
                                                 "Key %1 with the ID %2 has this label.")
                                                 .arg(QStringLiteral("3"), QStringLiteral("0a03")),
                     QCoreApplication::translate("ChooseBackupPageWords", "Key %1 “%2” has this ID.")
                         .arg(QStringLiteral("7"), QStringLiteral("tls")) })
                collisions += static_cast<int>(told.contains(sentence));
            for (const QString& own :
                { QStringLiteral("tls"), QStringLiteral("0a07"), QStringLiteral("EC P-384") })
                listed += static_cast<int>(told.contains(own));
            for (Tick* tick : view.page()->findChildren<Tick*>()) {
                if (!tick->isChecked())
                    tick->click(); // what collides waits to be chosen
            }
            return true;
        };
        QVERIFY(stage.play(Flow::Restore, pins(), chooseFiles));
        QCOMPARE(collisions, 2);
        QCOMPARE(listed, 3);
        QCOMPARE(stage.faults.join(QLatin1Char('\n')), QString());
        const std::set<PageId> expected{ PageId::Prepare, PageId::Detect, PageId::ChooseBackup,
            PageId::Restore, PageId::Review, PageId::Report };
        QCOMPARE(stage.pages, expected);

        QVERIFY(device.hsm.select());
        const auto keys = device.hsm.keys();
        QVERIFY(keys);
        QCOMPARE(keys->size(), std::size_t{ 4 });
        QVERIFY(std::ranges::any_of(*keys, [&](const card::KeyEntry& each) {
            return each.publicKey && each.publicKey->isSameAs(*key) && each.label == QStringLiteral("root");
        }));
        QVERIFY(ceremony::checkRecords(stage.ceremonyFolder));
        const QJsonObject restored = reportOf(stage.ceremonyFolder).value(u"restore").toObject();
        QCOMPARE(restored.value(u"device").toString(), QStringLiteral("DENK0299901"));
        QCOMPARE(restored.value(u"keys").toArray().size(), 2);
        for (const QJsonValue& each : restored.value(u"keys").toArray())
            QVERIFY(each[u"proved"].toBool());
    }

    void aSecondDeviceGetsTheSecretAndTheKeysOfTheFirst_data() { sizes(); }
    void aSecondDeviceGetsTheSecretAndTheKeysOfTheFirst()
    {
        QFETCH(const QSize, size);
        FirstDevice first;
        QVERIFY(first.made);
        const auto device = std::make_shared<simulator::SimulatedHsm>(
            simulator::Identity{ .serial = QStringLiteral("DENK0299902") });
        FlowStage stage(size);
        stage.readers.insert(QStringLiteral("Reader A"), first.card->card);
        stage.readers.insert(QStringLiteral("Reader B"), device);
        stage.open(QStringLiteral("EX-1"));
        QVERIFY(stage.play(Flow::AddBackup, pins(),
            [&](CeremonyView& view) { return first.answer(view, *stage.window->ceremony()); }));
        QCOMPARE(stage.faults.join(QLatin1Char('\n')), QString());
        for (const PageId page : { PageId::FirstDevice, PageId::Detect, PageId::Pins, PageId::Erase,
                 PageId::Import, PageId::Entry, PageId::KeyCheckValue, PageId::ChooseBackup, PageId::Restore,
                 PageId::CloneProof, PageId::Report })
            QVERIFY2(stage.pages.contains(page), qPrintable(pageName(page)));
        const auto state = ceremony::checkRecords(stage.ceremonyFolder);
        QVERIFY(state);
        QCOMPARE(state->device->serial, QStringLiteral("DENK0299902"));
        QVERIFY(state->kcvCompared);
        QCOMPARE(state->kcv, first.kcv);
        simulator::SimulatedChannel channel(device);
        card::SmartCardHsm hsm(channel);
        QVERIFY(hsm.select());
        const auto keys = hsm.keys();
        QVERIFY(keys && keys->size() == 1);
        QVERIFY(keys->front().publicKey->isSameAs(first.keys.front()));
        const QJsonObject report = reportOf(stage.ceremonyFolder);
        QCOMPARE(report.value(u"firstDevice")[u"device"].toString(), QStringLiteral("DENK0299901"));
        QVERIFY(report.value(u"restore")[u"keys"][0][u"proved"].toBool());
        QCOMPARE(report.value(u"restore")[u"cloneProof"][u"keys"].toInt(), 1);
    }

    void aShareFileThatIsNotAmongTheRecordsIsTypedFromASheet()
    {
        FirstDevice first;
        QVERIFY(first.made);
        const QDir records(first.records.path());
        const QString name = records.entryList({ QStringLiteral("*.pbe") }).value(0);
        QFile file(records.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY(file.remove());
        FlowStage stage(QSize(1024, 768));
        stage.readers.insert(QStringLiteral("Reader A"), first.card->card);
        stage.readers.insert(QStringLiteral("Reader B"),
            std::make_shared<simulator::SimulatedHsm>(
                simulator::Identity{ .serial = QStringLiteral("DENK0299902") }));
        stage.open(QStringLiteral("EX-1"));
        bool named = false;
        bool typed = false;
        QTimer officer; // without the file nobody is called, so the people of the script wait
        connect(&officer, &QTimer::timeout, this, [&] {
            CeremonyView& view = *stage.window->ceremonyView();
            if (view.pageId() == PageId::FirstDevice)
                named = named
                    || textsOf(*view.page())
                           .contains(QStringLiteral("The share file %1 is not in this folder. You can go on: "
                                                    "before it is imported, a copy of it is chosen, or it is "
                                                    "typed from a sheet.")
                                         .arg(name));
            auto* offer = stage.window->findChild<QAbstractButton*>(QStringLiteral("typeShareFile"));
            if (typed || !offer || !offer->isVisible())
                return;
            typed = true;
            stage.lookAtRest(view);
            offer->click();
            auto* typing = stage.window->findChild<ShareFileTyping*>();
            const QList<QLineEdit*> fields = typing->findChildren<QLineEdit*>();
            const ByteView bytes(
                reinterpret_cast<const std::uint8_t*>(content.constData()), dkek::kShareFileBytes);
            for (int row = 1; row <= dkek::kFileRows; ++row) {
                fields[2 * row - 2]->setText(toHex(dkek::fileRow(bytes, row)));
                fields[2 * row - 1]->setText(dkek::fileRowCheck(dkek::fileRow(bytes, row)));
            }
            stage.window->findChild<QAbstractButton*>(QStringLiteral("saveShareFile"))->click();
            stage.window->activateWindow(); // no window manager here does it
        });
        officer.start(1);
        QVERIFY(stage.play(Flow::AddBackup, pins(),
            [&](CeremonyView& view) { return first.answer(view, *stage.window->ceremony()); }));
        QCOMPARE(stage.faults.join(QLatin1Char('\n')), QString());
        QVERIFY(named && typed);
        const auto state = ceremony::checkRecords(stage.ceremonyFolder);
        QVERIFY(state);
        QCOMPARE(state->kcv, first.kcv);
        QVERIFY(state->first->shareFiles.front().missing);
        QFile pdf(QDir(stage.ceremonyFolder).filePath(QStringLiteral("report.pdf")));
        QVERIFY(pdf.open(QIODevice::ReadOnly));
        QVERIFY(support::textOfPdf(pdf.readAll()).contains(QStringLiteral("Not among its records ") + name));
    }

    void severalBackupDevicesAreMadeAtOnceAndALostOneIsCompletedLater_data() { sizes(); }
    void severalBackupDevicesAreMadeAtOnceAndALostOneIsCompletedLater()
    {
        QFETCH(const QSize, size);
        constexpr int kDevices = 8;
        constexpr int kLost = 3;
        constexpr int kMoment = 30; // in the middle of its work
        FirstDevice first;
        QVERIFY(first.made);
        FlowStage stage(size);
        stage.readers.insert(QStringLiteral("Reader A"), first.card->card);
        const auto serialOf = [](int number) { return QStringLiteral("DENK030000%1").arg(number); };
        std::vector<std::shared_ptr<simulator::SimulatedHsm>> cards;
        for (int number = 1; number <= kDevices; ++number) {
            cards.push_back(
                std::make_shared<simulator::SimulatedHsm>(simulator::Identity{ .serial = serialOf(number) }));
            stage.readers.insert(QStringLiteral("Reader %1").arg(number), cards.back());
        }
        const auto lost = cards[kLost - 1];
        lost->setFaults({ .faults = { { .kind = simulator::Fault::Kind::PullAfter, .at = kMoment } } });
        stage.open(QStringLiteral("EX-1"));
        stage.waits = [](CeremonyView& view) { // until the box of each new device is ticked
            if (view.pageId() != PageId::Detect)
                return false;
            int ticked = 0;
            for (DeviceChip* chip : view.page()->findChildren<DeviceChip*>()) {
                if (chip->isChecked())
                    ++ticked;
                else if (chip->isEnabled() && chip->isVisible())
                    chip->click();
            }
            return ticked < kDevices;
        };
        bool named = false;
        int othersComplete = 0;
        QTimer hand;
        connect(&hand, &QTimer::timeout, this, [&] {
            CeremonyView& view = *stage.window->ceremonyView();
            const ceremony::Ceremony& ceremony = *stage.window->ceremony();
            const ceremony::Ceremony* part = ceremony.onDevice(serialOf(kLost));
            if (view.pageId() != PageId::Devices || named || ceremony.devicesWork() || !part
                || !part->trouble())
                return;
            named = true;
            othersComplete = static_cast<int>(
                std::ranges::count_if(ceremony.state().devices, &ceremony::CeremonyState::complete));
            stage.look(view);
            lost->setFaults({});
            stage.readers.insert(QStringLiteral("Reader %1").arg(kLost), lost);
        });
        hand.start(1);
        QVERIFY(stage.play(Flow::AddBackup, pins(),
            [&](CeremonyView& view) { return first.answer(view, *stage.window->ceremony()); }));
        QCOMPARE(stage.faults.join(QLatin1Char('\n')), QString());
        QVERIFY(named);
        QCOMPARE(othersComplete, kDevices - 1);
        const auto state = ceremony::checkRecords(stage.ceremonyFolder);
        QVERIFY(state);
        QCOMPARE(state->devices.size(), std::size_t{ kDevices });
        for (const auto& card : cards) {
            simulator::SimulatedChannel channel(card);
            card::SmartCardHsm hsm(channel);
            QVERIFY(hsm.select());
            const auto keys = hsm.keys();
            QVERIFY(keys && keys->size() == 1);
            QVERIFY(keys->front().publicKey->isSameAs(first.keys.front()));
        }
        const QJsonArray devices = reportOf(stage.ceremonyFolder).value(u"devices").toArray();
        QCOMPARE(devices.size(), qsizetype{ kDevices });
        for (const QJsonValue& device : devices) {
            QVERIFY(device[u"complete"].toBool());
            QCOMPARE(device[u"restore"][u"cloneProof"][u"keys"].toInt(), 1);
        }
    }

    void withoutTheFirstDeviceTheReportSaysWhatWasProvedInstead()
    {
        FirstDevice first;
        QVERIFY(first.made);
        FlowStage stage;
        stage.readers.insert(QStringLiteral("Reader B"),
            std::make_shared<simulator::SimulatedHsm>(
                simulator::Identity{ .serial = QStringLiteral("DENK0299902") }));
        stage.open(QStringLiteral("EX-1"));
        const auto answer = [&](CeremonyView& view) { return first.answer(view, *stage.window->ceremony()); };
        QVERIFY(!stage.play(Flow::AddBackup, pins(), answer));
        ceremony::Ceremony& ceremony = *stage.window->ceremony();
        QVERIFY(ceremony.trouble());
        QCOMPARE(ceremony.trouble()->during, ceremony::WorkKind::ProvingClone);
        QCOMPARE(ceremony.trouble()->number, 1);
        QCOMPARE(ceremony.trouble()->error.kind, ErrorKind::WrongDevice);
        QTRY_COMPARE(cutTexts(*stage.window), QStringList());
        stage.picture(QStringLiteral("trouble"));
        QTRY_VERIFY(!ceremony.writing());
        ceremony.dismissTrouble();
        QTRY_COMPARE(stage.window->ceremonyView()->pageId(), PageId::CloneProof);
        QVERIFY(ceremony.skipCloneProof());
        QVERIFY(stage.playOn(pins(), answer));
        const QJsonObject report = reportOf(stage.ceremonyFolder);
        QVERIFY(report.value(u"restore")[u"keys"][0][u"proved"].toBool());
        QVERIFY(!report.value(u"restore").toObject().contains(u"cloneProof"));
        QCOMPARE(report.value(u"toExplain").toArray().size(), 1); // the proof that was tried
    }

    void aPausedRestoreGoesOnInAnotherWindow()
    {
        FirstDevice first;
        QVERIFY(first.made);
        test::PreparedCard device(first.shareFile, QStringLiteral("DENK0299902"));
        FlowStage stage;
        stage.readers.insert(QStringLiteral("Reader A"), device.card);
        stage.open(QStringLiteral("EX-1"));
        const auto pauseWhenPlanned = [&](CeremonyView& view) {
            ceremony::Ceremony& ceremony = *stage.window->ceremony();
            if (first.answer(view, ceremony) && view.pageId() == PageId::ChooseBackup
                && ceremony.planRestore({ 0 }))
                static_cast<void>(ceremony.pause());
            return false;
        };
        QVERIFY(!stage.play(Flow::Restore, pins(), pauseWhenPlanned));
        QCOMPARE(stage.window->ceremonyView()->pageId(), PageId::Paused);
        stage.open(QStringLiteral("EX-1"));
        stage.window->continueCeremony(stage.ceremonyFolder);
        QTRY_COMPARE(stage.window->ceremonyView()->pageId(), PageId::Resume);
        QCOMPARE(stage.window->ceremony()->flow(), Flow::Restore);
        QVERIFY(stage.window->windowTitle().endsWith(flowName(Flow::Restore)));
        QVERIFY(stage.window->ceremony()->confirmResume(stage.window->ceremony()->checkpointCode()));
        QVERIFY(stage.playOn(pins()));
        QVERIFY(reportOf(stage.ceremonyFolder).value(u"restore")[u"keys"][0][u"proved"].toBool());
    }

    void aNewDeviceIsNotForMoreKeys()
    {
        FlowStage stage;
        stage.readers.insert(QStringLiteral("Simulated reader"), std::make_shared<simulator::SimulatedHsm>());
        stage.open(QStringLiteral("EX-1"));
        stage.window->start(Flow::GenerateMore);
        CeremonyView& view = *stage.window->ceremonyView();
        ScriptedPeople people(*stage.window->ceremony());
        QTRY_COMPARE(view.pageId(), PageId::Prepare);
        people.fill(view);
        ScriptedPeople::goOn(view);
        QTRY_COMPARE(view.pageId(), PageId::Detect);
        QTRY_COMPARE(view.page()->findChildren<Note*>().size(), 1);
        QVERIFY(!ScriptedPeople::canGoOn(view));
        QTRY_COMPARE(cutTexts(*stage.window), QStringList());
        stage.picture(QStringLiteral("detect"));
    }

private:
    LongLanguage m_language;
};

QTEST_MAIN(TestFlows)
#include "tst_flows.moc"
