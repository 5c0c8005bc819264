// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/drillresult.h"
#include "core/ceremony/recordscheck.h"
#include "tests/core/device/fakesource.h"
#include "tests/support/pdftext.h"
#include "tests/ui/firstdevice.h"
#include "tests/ui/flowstage.h"
#include "tests/ui/longlanguage.h"
#include "ui/print/drillcertificate.h"
#include "ui/print/paper.h"
#include "ui/text/drilltext.h"
#include "ui/theme/theme.h"
#include "ui/widgets/note.h"

#include <QBuffer>
#include <QDialog>
#include <QLabel>
#include <QPainter>
#include <QPdfWriter>
#include <QRegularExpression>

using namespace conclave;
using namespace conclave::ui;
using ceremony::DrillVerdict;
using ceremony::Flow;

namespace {

const QString kReader = QStringLiteral("Reader B");
const QString kSpare = QStringLiteral("DENK0299902");

std::shared_ptr<simulator::SimulatedHsm> spareDevice()
{
    return std::make_shared<simulator::SimulatedHsm>(simulator::Identity{ .serial = kSpare });
}

qsizetype pagesOf(const QByteArray& pdf)
{
    static const QRegularExpression page(QStringLiteral("/Type\\s*/Page[^s]"));
    qsizetype pages = 0;
    for (auto found = page.globalMatch(QString::fromLatin1(pdf)); found.hasNext(); found.next())
        ++pages;
    return pages;
}

QByteArray certificateIn(const QString& folder)
{
    QFile file(QDir(folder).filePath(QStringLiteral("drill-certificate.pdf")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// For people, into the folder that CONCLAVE_TEST_PICTURES names.
void keep(const QByteArray& pdf, const QString& name)
{
    const QString pictures = qEnvironmentVariable("CONCLAVE_TEST_PICTURES");
    QFile file(QDir(pictures).filePath(name + QStringLiteral(".pdf")));
    if (!pictures.isEmpty() && file.open(QIODevice::WriteOnly))
        file.write(pdf);
}

QStringList notesOf(const QWidget& parent)
{
    QStringList texts;
    for (const Note* note : shown<Note>(parent))
        texts << note->text();
    return texts;
}

bool shows(const QWidget& parent, const QString& text)
{
    const auto labels = shown<QLabel>(parent);
    return std::ranges::count(labels, text, &QLabel::text) > 0;
}

/// As somebody does it who is asked whether they mean it.
bool pressAndConfirm(const FlowStage& stage, const QString& words)
{
    if (!press(*stage.window, words)
        || !QTest::qWaitFor([&] { return stage.window->findChild<QDialog*>() != nullptr; }))
        return false;
    stage.picture(QStringLiteral("question"));
    if (!press(*stage.window->findChild<QDialog*>(), words))
        return false;
    stage.window->activateWindow(); // no window manager here does it
    return true;
}

bool endDrill(const FlowStage& stage)
{
    return pressAndConfirm(stage, QStringLiteral("End the drill"));
}

QString hexOf(int number, qsizetype digits)
{
    return QString::number(number, 16).rightJustified(digits, QLatin1Char('a'));
}

/// A report of a drill, as large as told.
ceremony::Report drillReport(int shareFiles, int custodians, int keys, const QString& text)
{
    using namespace ceremony;
    Report report;
    report.opened
        = { QStringLiteral("EX-2026-0417"), QStringLiteral("Conclave 0.1.0"), false, {}, Flow::Drill };
    report.startedAt = QDateTime(QDate(2026, 11, 23), QTime(10, 0), Qt::OffsetFromUTC, 3600);
    report.sealedAt = report.startedAt.addSecs(2400);
    report.prepared = { text + QStringLiteral("yearly drill"), text + QStringLiteral("Example House, room 2"),
        true, false };
    report.participants = { { Role::Officer, 1, text + QStringLiteral("Ada Example"), {} },
        { Role::Witness, 1, text + QStringLiteral("Wim Witness"), {} } };
    report.program.program = QStringLiteral("Conclave 0.1.0");
    report.first = FirstDeviceNamed{ QStringLiteral("EX-2025-0101"), QStringLiteral("DENK0299901"),
        QStringLiteral("630dcd2966c43366"), {} };
    report.kcv = report.first->kcv;
    report.kcvCompared = true;
    int person = 0;
    const auto record = [&report](Event event) {
        report.events.push_back(
            { static_cast<int>(report.events.size()), report.startedAt, std::move(event), {} });
    };
    for (int number = 1; number <= shareFiles; ++number) {
        FirstShareFile file;
        file.file = QStringLiteral("EX-2025-0101-share-%1.pbe").arg(number);
        file.sha256 = hexOf(number, 64);
        file.set = QStringLiteral("7K3QZ9");
        file.threshold = 3;
        file.total = custodians;
        report.first->shareFiles.push_back(file);
        for (int id = 1; id <= custodians; ++id)
            report.participants.push_back(
                { Role::Custodian, ++person, text + QStringLiteral("Custodian Sample %1").arg(person), {} });
        for (int id = 1; id <= 3; ++id)
            record(ShareReceived{ number, id });
        record(ShareFileImported{ number, shareFiles - number, shareFiles, {}, false });
    }
    DeviceChosen device;
    device.serial = kSpare;
    device.product = QStringLiteral("Nitrokey HSM 2");
    device.authenticity = Authenticity::Genuine;
    report.device = device;
    report.restore.plan = RestorePlanned{};
    for (int key = 0; key < keys; ++key) {
        const QString label = text + QStringLiteral("root-ca-%1").arg(key + 1);
        report.restore.keys.push_back({ { QStringLiteral("k.bin"), hexOf(key, 64), label, hexOf(key, 2),
                                            QStringLiteral("EcP256"), hexOf(key + 7, 64), 0 },
            RestoreState::Restored, KeyRestored{ key, key + 1, true, 0.4 }, 0 });
    }
    report.drill = DrillRecord{};
    report.drill->device = DrillDevice::Cleaned;
    report.fingerprint = hexOf(4711, 64);
    return report;
}

void sizes()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("projector") << QSize(1024, 768);
    QTest::newRow("half of a large panel") << QSize(960, 540);
    QTest::newRow("dark") << QSize(1024, 768);
    QTest::newRow("long words") << QSize(1024, 768);
    QTest::newRow("right to left") << QSize(1024, 768);
}

} // namespace

class TestDrill : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::install(*qApp, false); }
    void init()
    {
        const QByteArray variant(QTest::currentDataTag());
        Theme::install(*qApp, variant == "dark" || qEnvironmentVariableIsSet("CONCLAVE_TEST_DARK"));
        if (variant == "long words" || variant == "right to left")
            QCoreApplication::installTranslator(&m_language);
        QGuiApplication::setLayoutDirection(variant == "right to left" ? Qt::RightToLeft : Qt::LeftToRight);
    }
    void cleanup()
    {
        QCoreApplication::removeTranslator(&m_language);
        QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    }

    void withoutTheFirstDeviceTheBackupIsProvedAndTheSpareDeviceCleaned_data() { sizes(); }
    void withoutTheFirstDeviceTheBackupIsProvedAndTheSpareDeviceCleaned()
    {
        QFETCH(const QSize, size);
        const FirstDevice first;
        QVERIFY(first.made);
        const auto device = spareDevice();
        FlowStage stage(size);
        stage.readers.insert(kReader, device);
        stage.open(QStringLiteral("EX-1"));
        stage.until = PageId::Report;
        QVERIFY(!stage.play(Flow::Drill, pins(),
            [&](CeremonyView& view) { return first.answer(view, *stage.window->ceremony()); }));
        QTRY_COMPARE(notesOf(*stage.window).size(), 1);
        const QString result = notesOf(*stage.window).front();
        stage.until.reset();
        QVERIFY(stage.playOn(pins()));
        QCOMPARE(stage.faults.join(QLatin1Char('\n')), QString());
        for (const PageId page : { PageId::FirstDevice, PageId::Detect, PageId::Pins, PageId::Erase,
                 PageId::Entry, PageId::ChooseBackup, PageId::Restore, PageId::CleanDevice, PageId::Report })
            QVERIFY2(stage.pages.contains(page), qPrintable(pageName(page)));
        QVERIFY(!stage.pages.contains(PageId::CloneProof));
        QVERIFY(ceremony::checkRecords(stage.ceremonyFolder));

        simulator::SimulatedChannel channel(device);
        card::SmartCardHsm hsm(channel);
        QVERIFY(hsm.select());
        const auto keys = hsm.keys();
        QVERIFY(keys && keys->empty());
        const auto dkek = hsm.dkekStatus();
        QVERIFY(dkek && !*dkek);

        const QJsonObject drill = reportOf(stage.ceremonyFolder).value(u"drill").toObject();
        QCOMPARE(drill.value(u"verdict").toString(), QStringLiteral("proved"));
        QCOMPARE(drill.value(u"device").toString(), QStringLiteral("cleaned"));
        const QByteArray certificate = certificateIn(stage.ceremonyFolder);
        QCOMPARE(pagesOf(certificate), 1);
        if (const QByteArray variant(QTest::currentDataTag()); variant == "projector" || variant == "dark") {
            // The screen claims no more than the paper.
            QCOMPARE(result,
                QStringLiteral(
                    "This was a rehearsal with simulated devices. It shows nothing about a real backup."));
            QVERIFY(support::textOfPdf(certificate).contains(result));
        }
        keep(certificate, QStringLiteral("certificate-of-a-rehearsal"));
    }

    void theSimulatorIsOfferedWithItsRiskAndWipedAtTheEnd_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("projector") << QSize(1024, 768);
        QTest::newRow("dark") << QSize(1024, 768);
    }
    void theSimulatorIsOfferedWithItsRiskAndWipedAtTheEnd()
    {
        QFETCH(const QSize, size);
        const FirstDevice first;
        QVERIFY(first.made);
        test::FakeSource readers; // of real devices, and there is none
        readers.setReaders(std::vector<device::ReaderInfo>{});
        FlowStage stage(size);
        stage.openWith(readers, QStringLiteral("EX-1"));
        stage.window->start(Flow::Drill);
        ceremony::Ceremony& ceremony = *stage.window->ceremony();
        CeremonyView& view = *stage.window->ceremonyView();
        ceremony::Preparation preparation;
        preparation.folder = stage.ceremonyFolder;
        preparation.ceremonyId = QStringLiteral("EX-1");
        preparation.purpose = QStringLiteral("Yearly drill");
        preparation.place = QStringLiteral("Example House");
        preparation.clockConfirmed = true;
        preparation.withoutWitness = true;
        preparation.memoryFolderAccepted = true;
        preparation.participants = { { ceremony::Role::Officer, 1, QStringLiteral("Ada Example"), {} },
            { ceremony::Role::Custodian, 1, QStringLiteral("Grace Sample"), {} } };
        QVERIFY(ceremony.prepare(std::move(preparation)));
        QTRY_COMPARE(view.pageId(), PageId::FirstDevice);
        QVERIFY(ceremony.readFirstDevice(first.records.path()));
        QTRY_VERIFY(ScriptedPeople::canGoOn(view));
        stage.lookAtRest(view);
        ScriptedPeople::goOn(view);
        QTRY_COMPARE(view.pageId(), PageId::Detect);
        QTRY_VERIFY(!ceremony.writing());
        QVERIFY(!ScriptedPeople::canGoOn(view));
        stage.lookAtRest(view);
        QVERIFY(pressAndConfirm(stage, QStringLiteral("Use the simulator")));
        QTRY_COMPARE(view.pageId(), PageId::Pins);
        QVERIFY(ceremony.state().onSimulator());
        QVERIFY(stage.playOn(pins(), [&](CeremonyView& at) { return first.answer(at, ceremony); }));
        QCOMPARE(stage.faults.join(QLatin1Char('\n')), QString());
        QVERIFY(!stage.pages.contains(PageId::CleanDevice));

        const QJsonObject report = reportOf(stage.ceremonyFolder);
        QCOMPARE(report.value(u"rehearsal").toBool(), false);
        QCOMPARE(report.value(u"drill")[u"verdict"].toString(), QStringLiteral("proved"));
        QCOMPARE(report.value(u"drill")[u"device"].toString(), QStringLiteral("wiped"));
        QCOMPARE(report.value(u"toExplain")[0][u"event"].toString(), QStringLiteral("simulatorAccepted"));
        QCOMPARE(report.value(u"drill")[u"shareFiles"][0][u"sheets"][0][u"name"].toString(),
            QStringLiteral("Grace Sample"));
        QCOMPARE(report.value(u"device")[u"authenticity"].toString(), QStringLiteral("simulated"));
        QVERIFY(QDir(stage.ceremonyFolder).entryList({ QStringLiteral("*.state") }).isEmpty());
        keep(certificateIn(stage.ceremonyFolder), QStringLiteral("certificate-simulator"));
    }

    void anAlteredKeyFileEndsTheDrillWithoutProof()
    {
        const FirstDevice first;
        QVERIFY(first.made);
        const QDir keys(ceremony::keysFolder(first.records.path()));
        QFile file(keys.filePath(keys.entryList({ QStringLiteral("*.bin") }).value(0)));
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(40) && file.putChar('\x5a'));
        file.close();
        FlowStage stage;
        stage.readers.insert(kReader, spareDevice());
        stage.open(QStringLiteral("EX-1"));
        bool ended = false;
        const auto answer = [&](CeremonyView& view) {
            ceremony::Ceremony& ceremony = *stage.window->ceremony();
            const bool ready = first.answer(view, ceremony);
            if (ready && view.pageId() == PageId::ChooseBackup && ceremony.openedBackup() && !ended) {
                stage.look(view);
                ended = endDrill(stage);
            }
            return ready;
        };
        QVERIFY(stage.play(Flow::Drill, pins(), answer));
        QVERIFY(ended);
        const QJsonObject drill = reportOf(stage.ceremonyFolder).value(u"drill").toObject();
        QCOMPARE(drill.value(u"verdict").toString(), QStringLiteral("notProved"));
        QCOMPARE(drill.value(u"refused")[0][u"error"].toString(), QStringLiteral("wrappedKeyAltered"));
        QCOMPARE(drill.value(u"refused")[0][u"label"].toString(), QStringLiteral("key-1"));
        QVERIFY(drill.value(u"shareFiles")[0][u"opened"].toBool());
        QCOMPARE(drill.value(u"device").toString(), QStringLiteral("cleaned"));
        QVERIFY(drill.value(u"ended").toBool());
        const QString certificate = support::textOfPdf(certificateIn(stage.ceremonyFolder));
        QVERIFY2(certificate.contains(QStringLiteral("0 of 1 keys of the backup were restored and proved")),
            qPrintable(certificate));
        QVERIFY2(certificate.contains(QStringLiteral("The drill was ended before everything was tried")),
            qPrintable(certificate));
        keep(certificateIn(stage.ceremonyFolder), QStringLiteral("certificate-altered-key"));
    }

    void aSheetOfAnotherSetEndsTheDrillWithoutProof()
    {
        const FirstDevice first;
        QVERIFY(first.made);
        FlowStage stage;
        stage.readers.insert(kReader, spareDevice());
        stage.open(QStringLiteral("EX-1"));
        const auto answer = [&](CeremonyView& view) {
            if (view.pageId() != PageId::Entry)
                return first.answer(view, *stage.window->ceremony());
            for (SecretField* field : view.page()->findChildren<SecretField*>()) {
                if (field->isEmpty())
                    hands::type(*field, secret("seven horses wait at the gate"));
            }
            return true;
        };
        QVERIFY(!stage.play(Flow::Drill, pins(), answer));
        QCOMPARE(stage.window->ceremonyView()->pageId(), PageId::Trouble);
        QTRY_VERIFY(!stage.window->ceremony()->writing());
        stage.lookAtRest(*stage.window->ceremonyView());
        QVERIFY(shows(*stage.window, QStringLiteral("This password does not open the share file")));
        QVERIFY(endDrill(stage));
        QTRY_COMPARE(stage.window->ceremonyView()->pageId(), PageId::Review); // nothing to be cleaned
        QVERIFY(stage.playOn(pins()));
        QCOMPARE(stage.faults.join(QLatin1Char('\n')), QString());
        const QJsonObject drill = reportOf(stage.ceremonyFolder).value(u"drill").toObject();
        QCOMPARE(drill.value(u"verdict").toString(), QStringLiteral("notProved"));
        QCOMPARE(drill.value(u"device").toString(), QStringLiteral("untouched"));
        QCOMPARE(drill.value(u"shareFiles")[0][u"opened"].toBool(), false);
        QCOMPARE(
            drill.value(u"shareFiles")[0][u"sheets"][0][u"finding"].toString(), QStringLiteral("notOpened"));
        keep(certificateIn(stage.ceremonyFolder), QStringLiteral("certificate-wrong-sheet"));
    }

    void aDeviceThatIsPulledGoesOnAfterAPause()
    {
        const FirstDevice first;
        QVERIFY(first.made);
        const auto device = spareDevice();
        FlowStage stage;
        stage.readers.insert(kReader, device);
        stage.open(QStringLiteral("EX-1"));
        bool pulled = false;
        QVERIFY(!stage.play(Flow::Drill, pins(), [&](CeremonyView& view) {
            const bool ready = first.answer(view, *stage.window->ceremony());
            if (ready && view.pageId() == PageId::ChooseBackup && stage.window->ceremony()->openedBackup()
                && !pulled) {
                pulled = true;
                stage.readers.pull(kReader);
            }
            return ready;
        }));
        QVERIFY(pulled);
        QCOMPARE(stage.window->ceremonyView()->pageId(), PageId::Trouble);
        QTRY_VERIFY(!stage.window->ceremony()->writing()
            && stage.window->ceremony()->work().kind == ceremony::WorkKind::None);
        QVERIFY(stage.window->ceremony()->pause());
        QTRY_COMPARE(stage.window->ceremonyView()->pageId(), PageId::Paused);
        stage.open(QStringLiteral("EX-1"));
        stage.readers.insert(kReader, device);
        stage.window->continueCeremony(stage.ceremonyFolder);
        QTRY_COMPARE(stage.window->ceremonyView()->pageId(), PageId::Resume);
        QVERIFY(stage.window->ceremony()->confirmResume(stage.window->ceremony()->checkpointCode()));
        QVERIFY(stage.playOn(
            pins(), [&](CeremonyView& view) { return first.answer(view, *stage.window->ceremony()); }));
        const QJsonObject drill = reportOf(stage.ceremonyFolder).value(u"drill").toObject();
        QCOMPARE(drill.value(u"verdict").toString(), QStringLiteral("proved"));
        QCOMPARE(drill.value(u"device").toString(), QStringLiteral("cleaned"));
    }

    void theCertificateIsOnePageWhateverThereIsToSay_data()
    {
        QTest::addColumn<int>("shareFiles");
        QTest::addColumn<int>("custodians");
        QTest::addColumn<int>("keys");
        QTest::addColumn<QString>("text");
        QTest::newRow("usual") << 1 << 5 << 3 << QString();
        QTest::newRow("many keys") << 1 << 5 << 250 << QString();
        QTest::newRow("many people") << 8 << 16 << 3 << QString();
        QTest::newRow("all at once, with long words") << 8 << 16 << 250 << QString(300, QLatin1Char('W'));
    }
    void theCertificateIsOnePageWhateverThereIsToSay()
    {
        QFETCH(const int, shareFiles);
        QFETCH(const int, custodians);
        QFETCH(const int, keys);
        QFETCH(const QString, text);
        ceremony::Report report = drillReport(shareFiles, custodians, keys, text);
        if (!text.isEmpty()) {
            report.drill->ended = true;
            report.toExplain.push_back({ 3, ceremony::DrillEnded{}, text });
            for (int i = 0; i < 200; ++i)
                report.drill->refused.push_back(
                    { text, text, QStringLiteral("0a"), ErrorKind::WrappedKeyAltered });
        }
        const QByteArray pdf = drillCertificatePdf(report);
        QCOMPARE(pagesOf(pdf), 1);
        const QString words = support::textOfPdf(pdf);
        QVERIFY2(words.contains(QStringLiteral("%1 of %2 keys")
                                    .arg(keys)
                                    .arg(keys + static_cast<int>(report.drill->refused.size()))),
            qPrintable(words));
        QVERIFY(words.contains(QStringLiteral("Sign-off")));
        if (keys > 100)
            QVERIFY2(words.contains(QStringLiteral("more: see the report")), qPrintable(words));
        keep(pdf, QStringLiteral("certificate-%1").arg(QString::fromLatin1(QTest::currentDataTag())));
        QBuffer letter;
        QVERIFY(letter.open(QIODevice::WriteOnly));
        QPdfWriter writer(&letter);
        useWholePage(writer, ceremony::PaperSize::Letter);
        QPainter painter(&writer);
        paintDrillCertificate(painter, writer, report);
        painter.end();
        QCOMPARE(pagesOf(letter.data()), 1);
    }

    void whatWasNotShownIsSaid()
    {
        ceremony::Report report = drillReport(1, 5, 2, {});
        report.restore.keys.front().restored->proved = false;
        report.restore.plan->notChosen = 1;
        report.kcvCompared = false;
        const QStringList gaps = drillGaps(report, ceremony::drillResult(report));
        const QStringList expected{ QStringLiteral("2 sheet(s) were not brought"),
            QStringLiteral("The key check value was not compared"),
            QStringLiteral("1 key(s) of the backup were left out"),
            QStringLiteral("1 restored key(s) could not be"),
            QStringLiteral("The device from which the keys come") };
        QCOMPARE(gaps.size(), expected.size());
        for (qsizetype i = 0; i < gaps.size(); ++i)
            QVERIFY2(gaps[i].startsWith(expected[i]), qPrintable(gaps[i]));
    }

private:
    LongLanguage m_language;
};

QTEST_MAIN(TestDrill)
#include "tst_drill.moc"
