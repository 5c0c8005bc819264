// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/pcscreaders.h"
#include "tests/interop/ceremonyrun.h"
#include "tests/interop/stocktools.h"
#include "tests/interop/virtualreader.h"
#include "tests/ui/window.h"
#include "ui/shell/ceremonyview.h"
#include "ui/shell/entryaids.h"
#include "ui/shell/page.h"
#include "ui/shell/wizardwindow.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/note.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/secretfield.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace conclave;
using namespace conclave::interop;
using namespace conclave::ui;
using ceremony::KeyOpinion;
using ceremony::Stage;
using ceremony::WorkKind;

namespace {

constexpr int kPatienceMs = 120'000;

/// The officer, at the window of a ceremony that is to be sealed.
struct Officer {
    Officer(const QString& folder, const QStringList& moduleFolders = witness::openScFolders())
    {
        ceremony::Environment environment{ readers };
        environment.witness = { QStringLiteral(CONCLAVE_WITNESS), moduleFolders };
        window = std::make_unique<WizardWindow>(
            environment, WizardWindow::Options{ QFileInfo(folder).path(), {} });
        window->resize(1024, 768);
        window->show();
        window->activateWindow();
        window->continueCeremony(folder);
    }

    [[nodiscard]] ceremony::Ceremony& ceremony() const { return *window->ceremony(); }
    [[nodiscard]] PageId pageId() const { return window->ceremonyView()->pageId(); }
    [[nodiscard]] bool rests() const
    {
        return ceremony().work().kind == WorkKind::None && !ceremony().writing();
    }
    [[nodiscard]] bool arrives(PageId page) const
    {
        return QTest::qWaitFor([&] { return pageId() == page && rests(); }, kPatienceMs);
    }
    [[nodiscard]] bool reachOpinion() const
    {
        if (!arrives(PageId::Resume) || !ceremony().confirmResume(ceremony().checkpointCode())
            || !arrives(PageId::Review))
            return false;
        takePicture("review");
        return press("Ask for a second opinion") && arrives(PageId::SecondOpinion);
    }
    [[nodiscard]] bool press(const char* words) const { return ui::press(*window, QLatin1String(words)); }
    [[nodiscard]] bool ask(const char* pin) const
    {
        static_cast<void>(QTest::qWaitFor([&] { return ceremony().userPinTriesLeft().has_value(); }));
        for (SecretField* field : window->ceremonyView()->page()->findChildren<SecretField*>())
            hands::type(*field, secret(pin));
        return QTest::qWaitFor([&] { return press("Ask OpenSC"); }, kPatienceMs)
            && ceremony().work().kind == WorkKind::AskingForOpinion;
    }
    [[nodiscard]] bool hears() const
    {
        return QTest::qWaitFor([&] { return rests(); }, kPatienceMs);
    }
    [[nodiscard]] QStringList notes() const
    {
        QStringList texts;
        for (const Note* note : shown<Note>(*window))
            texts << note->text();
        return texts;
    }
    [[nodiscard]] QString faults() const { return faultsOf(*window); }
    void takePicture(const char* name) const
    {
        settle();
        ui::takePicture(*window, QString::fromLatin1(name));
    }

    device::PcscReaders readers;
    std::unique_ptr<WizardWindow> window;
};

} // namespace

/// A ceremony on a card behind the real PC/SC, and the real OpenSC as the second opinion on it.
class TestSecondOpinion : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Theme::install(*qApp, qEnvironmentVariableIsSet("CONCLAVE_TEST_DARK"));
        const auto found = virtualReaders();
        QVERIFY2(!found.empty(), "to be started by with-readers");
        m_card = std::make_unique<SimcardProcess>(
            found.front(), path(QStringLiteral("card")), QStringLiteral("UTTEST0001"));
        QVERIFY(m_card->insert());
        device::PcscReaders readers;
        CeremonyRun people(readers, folder());
        const QString failure = people.run();
        QVERIFY2(failure.isEmpty(), qPrintable(failure));
        const QString backupFailure = people.backUp();
        QVERIFY2(backupFailure.isEmpty(), qPrintable(backupFailure));
        QCOMPARE(people.state().stage, Stage::Reviewing);
    }

    void cleanupTestCase() { m_card.reset(); }

    void withoutTheModuleTheCeremonyCanGoBack()
    {
        const Officer officer(folder(), { m_scratch.path() });
        QVERIFY(officer.reachOpinion());
        QTRY_VERIFY(officer.notes().join(QLatin1Char(' ')).contains(QStringLiteral("opensc-pkcs11")));
        QTRY_COMPARE(officer.faults(), QString());
        officer.takePicture("no module");
        QVERIFY(officer.press("Look again"));
        QCOMPARE(officer.pageId(), PageId::SecondOpinion);
        QVERIFY(officer.press("Back to the record"));
        QVERIFY(officer.arrives(PageId::Review));
        QVERIFY(!officer.ceremony().state().opinion.given);
        QCOMPARE(officer.ceremony().state().opinion.failed->error, ErrorKind::ModuleMissing);
        QTRY_COMPARE(officer.faults(), QString());
        officer.takePicture("review without module");
    }

    void aWrongPinCostsOneTryAndOpenScIsNotAsked()
    {
        const Officer officer(folder());
        QVERIFY(officer.reachOpinion());
        QVERIFY(officer.ask("999999"));
        QVERIFY(officer.arrives(PageId::Trouble));
        QCOMPARE(officer.ceremony().trouble()->error.kind, ErrorKind::WrongPin);
        QCOMPARE(officer.ceremony().trouble()->error.triesLeft, 2);
        QCOMPARE(officer.ceremony().state().opinion.failed->error, ErrorKind::ModuleMissing); // as before
        QVERIFY(!officer.ceremony().userPinHeld());
        QVERIFY(officer.press("Back to the page"));
        QVERIFY(officer.arrives(PageId::SecondOpinion));
    }

    void openScAgreesOnAllKeys()
    {
        const Officer officer(folder());
        QVERIFY(officer.reachOpinion());
        QTRY_COMPARE(officer.ceremony().userPinTriesLeft(), 2);
        QTRY_COMPARE(officer.faults(), QString());
        officer.takePicture("ask");
        const int events = officer.ceremony().state().events;
        QVERIFY(officer.ask(stock::kPin));
        const auto* aids = officer.window->findChild<EntryAids*>();
        QTRY_VERIFY(!aids->isVisible()); // nothing is typed any more
        QTRY_VERIFY(!officer.window->findChild<Rail*>()->isAncestorOf(QApplication::focusWidget())); // Pause
        officer.takePicture("asking");
        QVERIFY(officer.hears());
        QVERIFY2(!officer.ceremony().trouble(),
            qPrintable(
                officer.ceremony().trouble() ? officer.ceremony().trouble()->error.detail : QString()));
        const auto& given = officer.ceremony().state().opinion.given;
        QVERIFY(given);
        QCOMPARE(given->library, QStringLiteral("OpenSC smartcard framework"));
        QVERIFY(given->version.startsWith(QStringLiteral("0.")));
        QVERIFY(given->loggedIn);
        QCOMPARE(given->keys.size(), std::size_t{ 2 });
        for (const ceremony::OpinionOnKey& key : given->keys)
            QCOMPARE(key.opinion, KeyOpinion::Agrees);
        QCOMPARE(officer.ceremony().state().events, events + 1);
        QVERIFY(officer.ceremony().devicePresent());
        QVERIFY(!officer.ceremony().userPinHeld());
        QTRY_COMPARE(officer.faults(), QString());
        officer.takePicture("agreement");
        const Button* primary = officer.window->ceremonyView()->footer().primary();
        QVERIFY(primary->text().contains(QStringLiteral("Back to the record")));
        QVERIFY(primary->hasFocus());
        for (const Button* each : officer.window->ceremonyView()->footer().findChildren<Button*>())
            QVERIFY(!each->isVisible() || each == primary
                || each->mapToGlobal(QPoint()).x() < primary->mapToGlobal(QPoint()).x());
        // The device is ours alone again.
        const auto other = stock::run(QStringLiteral("sc-hsm-tool"), {});
        QVERIFY2(other.output.contains("in use by another application"), other.output);
        QVERIFY(officer.press("Back to the record"));
        QVERIFY(officer.arrives(PageId::Review));
        officer.takePicture("review afterwards");
    }

    void aPinThatOpenScCannotTakeLeavesAListWithoutSignatures()
    {
        const auto changed = stock::run(QStringLiteral("pkcs11-tool"),
            { QStringLiteral("--login"), QStringLiteral("--change-pin"), QStringLiteral("--pin"),
                QLatin1String(stock::kPin), QStringLiteral("--new-pin"), QStringLiteral("123456789012345") });
        QVERIFY2(changed.exitCode == 0, changed.output);
        {
            const Officer officer(folder());
            QVERIFY(officer.reachOpinion());
            QVERIFY(officer.press("Ask again")); // it was asked before
            QTRY_VERIFY(officer.ceremony().userPinTriesLeft());
            for (SecretField* field : officer.window->ceremonyView()->page()->findChildren<SecretField*>())
                hands::type(*field, secret("1234567890123456"));
            QTRY_VERIFY(officer.notes().join(QLatin1Char(' ')).contains(QStringLiteral("15 characters")));
            officer.takePicture("long PIN");
            QVERIFY(officer.press("Back to the record"));
            QVERIFY(officer.press("Ask for a second opinion") && officer.arrives(PageId::SecondOpinion));
            QVERIFY(officer.press("Ask again"));
            QVERIFY(officer.ask("123456789012345")); // the longest that it takes
            QVERIFY(officer.hears());
            QVERIFY(officer.ceremony().state().opinion.given);
            QCOMPARE(officer.ceremony().state().opinion.differences(), 0);
        }
        const auto back = stock::run(QStringLiteral("pkcs11-tool"),
            { QStringLiteral("--login"), QStringLiteral("--change-pin"), QStringLiteral("--pin"),
                QStringLiteral("123456789012345"), QStringLiteral("--new-pin"), QLatin1String(stock::kPin) });
        QVERIFY2(back.exitCode == 0, back.output);
    }

    void keysThatCameAndWentAreTold()
    {
        const auto deleted = stock::pkcs11Login({ QStringLiteral("--delete-object"), QStringLiteral("--type"),
            QStringLiteral("privkey"), QStringLiteral("--id"), QLatin1String(CeremonyRun::kEcId) });
        QVERIFY2(deleted.exitCode == 0, deleted.output);
        const auto made = stock::pkcs11Login({ QStringLiteral("--keypairgen"), QStringLiteral("--key-type"),
            QStringLiteral("EC:prime256v1"), QStringLiteral("--id"), QStringLiteral("0b0b"),
            QStringLiteral("--label"), QStringLiteral("intruder") });
        QVERIFY2(made.exitCode == 0, made.output);

        const Officer officer(folder());
        QVERIFY(officer.reachOpinion());
        QVERIFY(officer.press("Ask again")); // it was asked before
        QVERIFY(officer.ask(stock::kPin));
        QVERIFY(officer.hears());
        const ceremony::CeremonyState& state = officer.ceremony().state();
        const std::vector<ceremony::OpinionOnKey> expected{
            { QStringLiteral("a RSA key"), QLatin1String(CeremonyRun::kRsaId), KeyOpinion::Agrees },
            { QStringLiteral("an EC key"), QLatin1String(CeremonyRun::kEcId), KeyOpinion::Missing },
            { QStringLiteral("intruder"), QStringLiteral("0b0b"), KeyOpinion::Unexpected }
        };
        QCOMPARE(state.opinion.given->keys, expected);
        QCOMPARE(state.opinion.differences(), 2);
        QVERIFY(std::holds_alternative<ceremony::SecondOpinionGiven>(state.toExplain.back().event));
        QTRY_COMPARE(officer.faults(), QString());
        officer.takePicture("differences");
        QVERIFY(officer.press("Back to the record"));
        QVERIFY(officer.arrives(PageId::Review));
        QTRY_COMPARE(officer.faults(), QString());
        officer.takePicture("review of differences");
    }

    void aDeviceThatIsGoneIsNotAsked()
    {
        const Officer officer(folder());
        QVERIFY(officer.reachOpinion());
        QVERIFY(m_card->remove());
        QVERIFY(officer.press("Ask again"));
        QVERIFY(officer.ask(stock::kPin));
        QVERIFY(officer.arrives(PageId::Trouble));
        officer.takePicture("device gone");
        QCOMPARE(officer.ceremony().trouble()->during, WorkKind::AskingForOpinion);
    }

    void theReportSaysWhatItSaid()
    {
        const Officer officer(folder());
        QVERIFY(officer.arrives(PageId::Resume));
        QVERIFY(officer.ceremony().confirmResume(officer.ceremony().checkpointCode()));
        QVERIFY(officer.arrives(PageId::Review));
        QVERIFY(officer.press("Seal and make the report"));
        QVERIFY(QTest::qWaitFor([&] { return officer.ceremony().state().reports.size() == 2; }, kPatienceMs));
        QFile json(QDir(folder()).filePath(QStringLiteral("report.json")));
        QVERIFY(json.open(QIODevice::ReadOnly));
        const QJsonValue opinion
            = QJsonDocument::fromJson(json.readAll()).object().value(u"program")[u"secondOpinion"];
        QCOMPARE(opinion[u"library"].toString(), QStringLiteral("OpenSC smartcard framework"));
        QCOMPARE(opinion[u"differences"].toInt(), 2);
        QCOMPARE(opinion[u"keys"][1][u"opinion"].toString(), QStringLiteral("missing"));
        const QString pdf = QDir(folder()).filePath(QStringLiteral("report.pdf"));
        const auto text = stock::run(
            QStringLiteral("pdftotext"), { QStringLiteral("-layout"), pdf, QStringLiteral("-") });
        for (const char* words :
            { "OpenSC smartcard framework 0.", "does not agree", "intruder", "No such key." })
            QVERIFY2(text.output.contains(words), text.output);
    }

private:
    [[nodiscard]] QString path(const QString& name) const { return m_scratch.filePath(name); }
    [[nodiscard]] QString folder() const { return path(QStringLiteral("INTEROP-1")); }

    QTemporaryDir m_scratch;
    std::unique_ptr<SimcardProcess> m_card;
};

QTEST_MAIN(TestSecondOpinion)
#include "tst_secondopinion.moc"
