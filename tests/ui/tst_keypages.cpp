// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/ceremonyfolder.h"
#include "core/ceremony/keybackup.h"
#include "core/ceremony/openedbackup.h"
#include "core/device/deviceworker.h"
#include "tests/core/simulator/preparedcard.h"
#include "tests/ui/flowstage.h"
#include "tests/ui/longlanguage.h"
#include "ui/pages/certificaterequestdialog.h"
#include "ui/rehearsal/hands.h"
#include "ui/shell/dialog.h"
#include "ui/shell/page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/tick.h"

#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QLineEdit>
#include <QSignalSpy>

using namespace conclave;
using namespace conclave::ui;
using namespace conclave::ceremony;

namespace {

/// A device with a DKEK and no keys, up to the page where keys are planned.
struct Planning {
    Planning()
    {
        stage.readers.insert(QStringLiteral("Simulated reader"), device.card);
        stage.open(QStringLiteral("EX-1"));
        stage.window->start(Flow::GenerateMore);
        people = std::make_unique<ScriptedPeople>(
            *stage.window->ceremony(), ScriptedPeople::Pins{ secret("648219"), secret("3537363231383830") });
    }
    CeremonyView& view() { return *stage.window->ceremonyView(); }
    const CeremonyState& state() { return stage.window->ceremony()->state(); }
    /// Fills the page in, and goes on.
    bool pass(PageId page)
    {
        const bool ready = QTest::qWaitFor([&] {
            return view().pageId() == page && !stage.window->ceremony()->writing() && people->fill(view())
                && ScriptedPeople::canGoOn(view());
        });
        if (ready)
            ScriptedPeople::goOn(view());
        return ready && QTest::qWaitFor([&] { return view().pageId() != page || page == PageId::Generate; });
    }
    bool plans(card::KeyAlgorithm second)
    {
        if (!pass(PageId::Prepare) || !pass(PageId::Detect)
            || !QTest::qWaitFor([&] { return view().pageId() == PageId::KeyPlan && people->fill(view()); }))
            return false;
        QComboBox* last = view().page()->findChildren<QComboBox*>().back();
        last->setCurrentIndex(last->findData(static_cast<int>(second)));
        return true;
    }
    bool makes()
    {
        ScriptedPeople::goOn(view());
        return pass(PageId::Generate)
            && QTest::qWaitFor(
                [&] { return !state().nextKey() && stage.window->ceremony()->work().kind == WorkKind::None; },
                FlowStage::kPatienceMs);
    }

    test::PreparedCard device;
    FlowStage stage;
    std::unique_ptr<ScriptedPeople> people;
};

} // namespace

/// Step 7 with AES keys, and requests for certificates.
class TestKeyPages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        const QByteArray variant(QTest::currentDataTag());
        Theme::install(*qApp, variant.startsWith("dark"));
        if (variant.startsWith("long words"))
            QCoreApplication::installTranslator(&m_language);
    }
    void cleanup() { QCoreApplication::removeTranslator(&m_language); }

    void anAesKeyShowsItsAnswerAndAnEcKeyCanAskForACertificate_data()
    {
        QTest::addColumn<bool>("unused");
        for (const char* variant : { "light", "dark", "long words" })
            QTest::newRow(variant) << true;
    }
    void anAesKeyShowsItsAnswerAndAnEcKeyCanAskForACertificate()
    {
        Planning room;
        QVERIFY(room.device.prepared());
        QVERIFY(room.plans(card::KeyAlgorithm::Aes256));
        QTRY_COMPARE(cutTexts(*room.stage.window), QStringList());
        room.stage.lookAtRest(room.view());
        QVERIFY(room.makes());
        QCOMPARE(room.state().keys[1].planned.algorithm, card::KeyAlgorithm::Aes256);
        auto* ask = room.view().findChild<Button*>(QStringLiteral("certificateRequest"));
        QVERIFY(ask);
        QTRY_VERIFY(ask->isVisible() && ask->isEnabled());
        QTRY_COMPARE(cutTexts(*room.stage.window), QStringList());
        room.stage.lookAtRest(room.view());

        ask->click();
        CertificateRequestDialog* dialog = nullptr;
        QTRY_VERIFY(
            (dialog = room.view().findChild<CertificateRequestDialog*>()) != nullptr && dialog->isVisible());
        // The AES key has no public half to be certified.
        QCOMPARE(dialog->findChild<QComboBox*>()->count(), 1);
        auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("commonName"));
        auto* country = dialog->findChild<QLineEdit*>(QStringLiteral("country"));
        QVERIFY(name && country);
        Button* accept = nullptr;
        for (Button* button : dialog->findChildren<Button*>()) {
            if (button->text().contains(QStringLiteral("Sign")))
                accept = button;
        }
        QVERIFY(accept && !accept->isEnabled());
        hands::type(*name, u"Example Root 1");
        hands::type(*country, u"C");
        QVERIFY(!accept->isEnabled());
        hands::type(*country, u"h");
        QVERIFY(accept->isEnabled());
        QTRY_COMPARE(cutTexts(*dialog).join(QLatin1Char('\n')), QString());
        QTRY_VERIFY(dialog->isAncestorOf(QApplication::focusWidget()));
        QCOMPARE(
            namelessControls(*dialog) + mnemonicClashes(*dialog) + tabOrderFaults(*dialog), QStringList());
        picture(*dialog);
        accept->click();
        QTRY_COMPARE(room.state().keys[0].requests.size(), std::size_t(1));
        const CertificateRequested request = room.state().keys[0].requests.front();
        QCOMPARE(request.subject, QStringLiteral("CN=Example Root 1,C=CH"));
        QVERIFY(QFile::exists(room.stage.ceremonyFolder + QLatin1Char('/') + request.file));
        QTRY_VERIFY(ask->isEnabled());
        room.stage.window->activateWindow();
        QTRY_VERIFY(QApplication::focusWidget()); // back from the dialog
        QTRY_COMPARE(cutTexts(*room.stage.window), QStringList());
        room.stage.lookAtRest(room.view());
        QCOMPARE(room.stage.faults.join(QLatin1Char('\n')), QString());
    }

    // Nothing interrupts the device, which takes half a minute; no screen waits for it.
    void theProgramCanBeEndedWhileTheDeviceMakesAKey_data()
    {
        QTest::addColumn<bool>("unused");
        for (const char* variant : { "light", "dark", "long words" })
            QTest::newRow(variant) << true;
    }
    void theProgramCanBeEndedWhileTheDeviceMakesAKey()
    {
        Planning room;
        WizardWindow& window = *room.stage.window;
        QVERIFY(room.plans(card::KeyAlgorithm::Rsa2048));
        QComboBox* first = room.view().page()->findChildren<QComboBox*>().front();
        first->setCurrentIndex(first->findData(static_cast<int>(card::KeyAlgorithm::Rsa2048)));
        room.device.card->setDelays(simulator::DeviceDelays::realDevice());
        ScriptedPeople::goOn(room.view());
        QVERIFY(room.pass(PageId::Generate));
        Ceremony& ceremony = *window.ceremony();
        QTRY_VERIFY_WITH_TIMEOUT(ceremony.state().pending.has_value(), FlowStage::kPatienceMs);
        QCOMPARE(ceremony.work().kind, WorkKind::Generating);
        QTRY_VERIFY(device::DeviceWorker::anyAtWork());

        QSignalSpy ends(&window, &WizardWindow::endRequested);
        QVERIFY(!window.close());
        QVERIFY(answer(window, QStringLiteral("Pause")));
        QTRY_VERIFY(ceremony.pauseAsked());
        QVERIFY(!window.close());
        QVERIFY(answer(window, QStringLiteral("Keep waiting")));
        QVERIFY(ends.isEmpty() && window.isVisible());
        QVERIFY(!window.close());
        QVERIFY(answer(window, QStringLiteral("End the program")));
        QCOMPARE(ends.size(), 1);

        window.finishWriting();
        QFile record(transcriptPath(room.stage.ceremonyFolder));
        QVERIFY(record.open(QIODevice::ReadOnly));
        const QByteArray last = record.readAll().trimmed().split('\n').last();
        QVERIFY2(last.contains("\"intended\""), last);
        QVERIFY(device::DeviceWorker::anyAtWork());
        QElapsedTimer leaving;
        leaving.start();
        ceremony.letGoOfDevice();
        room.people.reset();
        room.stage.window.reset();
        QVERIFY(leaving.elapsed() < 5000);
        QVERIFY(device::DeviceWorker::anyAtWork());

        // The device is asked what became of the key: it lost power meanwhile.
        room.stage.readers.pull(QStringLiteral("Simulated reader"));
        QTRY_VERIFY(!device::DeviceWorker::anyAtWork());
        room.device.card->setDelays(simulator::DeviceDelays::none());
        room.stage.readers.insert(QStringLiteral("Simulated reader"), room.device.card);
        room.stage.open(QStringLiteral("EX-1"));
        room.stage.window->continueCeremony(room.stage.ceremonyFolder);
        Ceremony& next = *room.stage.window->ceremony();
        QTRY_VERIFY(next.awaitsResume() && next.state().pending);
        QVERIFY(next.confirmResume(next.checkpointCode()));
        QTRY_VERIFY(!next.state().pending && !next.writing());
        QCOMPARE(next.state().stage, Stage::GeneratingKeys);
        QCOMPARE(next.state().nextKey(), std::optional(0));
    }

    void anAesKeyOfABackupIsComparedByItsAnswerOnly_data()
    {
        QTest::addColumn<bool>("single");
        for (const char* variant : { "light", "dark", "long words" }) {
            QTest::addRow("%s, whole backup", variant) << false;
            QTest::addRow("%s, single file", variant) << true;
        }
    }
    void anAesKeyOfABackupIsComparedByItsAnswerOnly()
    {
        QFETCH(const bool, single);
        test::PreparedCard original(0x5c, QStringLiteral("DENK0299901"));
        QVERIFY(original.makeSecretKey(7, card::KeyAlgorithm::Aes256, QStringLiteral("data")));
        const auto taken = takeKeyBackup(original.hsm, QStringLiteral("EX-0"));
        const QTemporaryDir medium;
        QVERIFY(taken && writeKeyBackup(*taken, medium.path()));
        const QString folder = keysFolder(medium.path());
        test::PreparedCard device(0x5c, QStringLiteral("DENK0299902"));
        QVERIFY(restoreKeys(device.hsm, openKeyBackup(folder)->keys));

        FlowStage stage;
        stage.readers.insert(QStringLiteral("Simulated reader"), device.card);
        stage.open(QStringLiteral("EX-1"));
        const auto choose = [&](CeremonyView& view) {
            Ceremony& ceremony = *stage.window->ceremony();
            if (view.pageId() != PageId::ChooseBackup || ceremony.work().kind != WorkKind::None)
                return false;
            if (!ceremony.openedBackup()) {
                static_cast<void>(ceremony.openBackup(
                    single ? QDir(folder).filePath(QStringLiteral("EX-0-key-1.bin")) : folder));
                return false;
            }
            // It looks like the one that is there, so it is not ticked from the start.
            for (Tick* tick : view.page()->findChildren<Tick*>()) {
                if (!tick->isChecked())
                    hands::press(*tick);
            }
            return true;
        };
        QVERIFY(stage.play(
            Flow::Restore, ScriptedPeople::Pins{ secret("648219"), secret("3537363231383830") }, choose));
        QCOMPARE(stage.faults.join(QLatin1Char('\n')), QString());
        QVERIFY(stage.pages.contains(PageId::ChooseBackup) && stage.pages.contains(PageId::Restore));
        const RestoredKeyRecord& key = stage.window->ceremony()->state().restore.keys.front();
        QCOMPARE(key.restored->proved, !single);
        QCOMPARE(key.wasThere(), !single);
        QVERIFY(device.hsm.select());
        QCOMPARE(device.hsm.keys()->size(), single ? std::size_t(2) : std::size_t(1));
    }

private:
    LongLanguage m_language;

    /// To the question that is asked, which is looked at.
    static bool answer(WizardWindow& window, const QString& words)
    {
        Dialog* dialog = nullptr;
        Button* pressed = nullptr;
        const bool asked = QTest::qWaitFor([&] {
            for (Dialog* each : window.findChildren<Dialog*>()) {
                for (Button* button : each->findChildren<Button*>()) {
                    if (each->isVisible()
                        && QString(button->text()).remove(QLatin1Char('&')).startsWith(words)) {
                        dialog = each;
                        pressed = button;
                    }
                }
            }
            return pressed != nullptr;
        });
        if (!asked || !QTest::qWaitFor([&] {
                return (cutTexts(*dialog) + namelessControls(*dialog) + mnemonicClashes(*dialog)).isEmpty();
            }))
            return false;
        picture(*dialog);
        pressed->click();
        return QTest::qWaitFor([&window] { return !window.findChild<Dialog*>(); });
    }

    static void picture(QWidget& dialog)
    {
        const QString into = qEnvironmentVariable("CONCLAVE_TEST_PICTURES");
        if (!into.isEmpty())
            dialog.grab().save(QDir(into).filePath(
                QStringLiteral("dialog-%1-%2.png")
                    .arg(dialog.windowTitle(), QString::fromLatin1(QTest::currentDataTag()))));
    }
};

QTEST_MAIN(TestKeyPages)
#include "tst_keypages.moc"
