// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/simulator/preparedcard.h"
#include "tests/ui/flowstage.h"
#include "ui/pages/certificaterequestdialog.h"
#include "ui/rehearsal/hands.h"
#include "ui/shell/page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"

#include <QComboBox>
#include <QFile>
#include <QLineEdit>

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
    void init() { Theme::install(*qApp, QTest::currentDataTag() == QByteArray("dark")); }

    void anAesKeyShowsItsAnswerAndAnEcKeyCanAskForACertificate_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
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
        QTRY_COMPARE(cutTexts(*dialog), QStringList());
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

private:
    static void picture(QWidget& dialog)
    {
        const QString into = qEnvironmentVariable("CONCLAVE_TEST_PICTURES");
        if (!into.isEmpty())
            dialog.grab().save(QDir(into).filePath(
                QStringLiteral("dialog-%1.png").arg(QString::fromLatin1(QTest::currentDataTag()))));
    }
};

QTEST_MAIN(TestKeyPages)
#include "tst_keypages.moc"
