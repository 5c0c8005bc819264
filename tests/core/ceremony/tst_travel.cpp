// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/card/smartcardhsm.h"
#include "core/ceremony/ceremony.h"
#include "core/ceremony/ceremonyfolder.h"
#include "core/ceremony/recordscheck.h"
#include "core/ceremony/report.h"
#include "core/ceremony/transport.h"
#include "core/device/devicedirectory.h"
#include "core/device/simulatedreaders.h"
#include "core/simulator/simulatedchannel.h"
#include "core/simulator/simulatedhsm.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <cstring>

using namespace conclave;
using namespace conclave::ceremony;

namespace {

constexpr int kPatienceMs = 60'000;
constexpr char kPassword[] = "six horses wait at the gate";
constexpr char kPin[] = "rehearsal-7";
constexpr char kSoPin[] = "5265686561727361";

SecretBytes secret(const char* text)
{
    return SecretBytes(ByteView(reinterpret_cast<const std::uint8_t*>(text), std::strlen(text)));
}

using Hsm = std::shared_ptr<simulator::SimulatedHsm>;

/// One site: a computer with its folder and its reader, and the people there.
class Site {
    QTemporaryDir m_home; // outlives the ceremony
    device::SimulatedReaders m_readers;

public:
    explicit Site(const QString& place)
        : m_place(place)
    {
        begin();
    }

    /// The program ended, and was started again.
    void begin()
    {
        ceremony.reset();
        Environment environment{ m_readers };
        environment.rounds = dkek::KdfRounds{ 1000 };
        ceremony = std::make_unique<Ceremony>(std::move(environment));
    }
    void plugIn(const Hsm& device) { m_readers.insert(QStringLiteral("Reader"), device); }
    void unplug() { m_readers.pull(QStringLiteral("Reader")); }

    bool prepare(const QString& name = QStringLiteral("EX-1"))
    {
        Preparation preparation;
        preparation.folder = m_home.filePath(name);
        preparation.ceremonyId = QStringLiteral("EX-1");
        preparation.purpose = QStringLiteral("Root CA");
        preparation.place = m_place;
        preparation.participants = { { Role::Officer, 1, m_place + QStringLiteral(" officer"), {} } };
        return ceremony->prepare(std::move(preparation)) && reaches(Stage::ChoosingDevice);
    }
    bool detect(device::DeviceDirectory& directory)
    {
        return until([&] { return !directory.devices().empty() && directory.devices().front().status; });
    }
    bool choose()
    {
        device::DeviceDirectory directory(m_readers);
        return detect(directory) && ceremony->chooseDevice(directory.devices().front(), false)
            && until([this] { return state().device.has_value(); });
    }
    /// With share files under a password each, on a device that is initialised for them.
    bool establish(int shareFiles)
    {
        if (!prepare() || !choose()
            || !ceremony->chooseScheme(
                SchemeChosen{ std::vector<ShareFileRule>(static_cast<std::size_t>(shareFiles)) })
            || !reaches(Stage::HandingOut) || !rests())
            return false;
        for (int number = 1; number <= shareFiles; ++number) {
            if (!ceremony->startHandOut() || !ceremony->liftCurtain() || !rests()
                || !ceremony->choosePassword(secret(kPassword))
                || !until([&] { return state().sets[static_cast<std::size_t>(number - 1)].made.has_value(); })
                || !rests() || !ceremony->liftCurtain()
                || !ceremony->provePassword(secret(kPassword)).value_or(false) || !rests())
                return false;
        }
        return reaches(Stage::SettingPins) && initialise(false);
    }
    bool initialise(bool again)
    {
        PinSettings pins;
        if (again)
            pins.currentSoPin = secret(kSoPin);
        pins.newSoPin = secret(kSoPin);
        pins.userPin = secret(kPin);
        pins.label = QStringLiteral("CA");
        return ceremony->setPins(std::move(pins)) && reaches(Stage::ConfirmingErase)
            && ceremony->confirmErase(state().device->serial) && reaches(Stage::Importing) && rests();
    }
    void enter(int number)
    {
        QVERIFY(ceremony->chooseShareFile(number) && ceremony->liftCurtain()
            && ceremony->enterPassword(secret(kPassword)));
    }
    bool import(int number)
    {
        return ceremony->chooseShareFile(number) && ceremony->liftCurtain()
            && ceremony->enterPassword(secret(kPassword))
            && until([&] { return state().sets[static_cast<std::size_t>(number - 1)].imported; }) && rests();
    }
    bool pauseForTravel()
    {
        return ceremony->pauseForTravel() && until([this] { return state().paused; })
            && QTest::qWaitFor([this] { return QFile::exists(transport()); }, kPatienceMs);
    }
    bool arrive(const QString& path)
    {
        ceremony->openTransport(path);
        return until([this] { return ceremony->awaitsTransport(); });
    }
    /// With what the part before left, up to the import.
    bool goOn(const Site& before, const Hsm& device, const QString& name)
    {
        plugIn(device);
        return arrive(before.transport()) && ceremony->confirmTransport(before.ceremony->checkpointCode())
            && prepare(name) && choose();
    }
    bool bring(const QString& path) { return ceremony->takeShareFile(path) && rests(); }
    bool finish()
    {
        return ceremony->noteKeyCheckValue() && reaches(Stage::PlanningKeys)
            && ceremony->planKeys(
                { { QStringLiteral("root"), QStringLiteral("01"), card::KeyAlgorithm::EcP256 } })
            && reaches(Stage::GeneratingKeys) && ceremony->enterUserPin(secret(kPin)) && ceremony->generate()
            && until([this] { return !state().nextKey(); }) && rests() && ceremony->finishGeneration()
            && reaches(Stage::BackingUp) && ceremony->saveBackup()
            && until([this] { return state().backup.media.size() == 1; }) && rests()
            && ceremony->confirmOneCopy() && ceremony->finishBackup() && reaches(Stage::Reviewing);
    }
    bool close()
    {
        return ceremony->seal() && reaches(Stage::Sealed) && ceremony->close() && reaches(Stage::Closed);
    }

    bool until(const std::function<bool()>& condition) const
    {
        return QTest::qWaitFor(
                   [&] { return (condition() && !ceremony->writing()) || ceremony->trouble(); }, kPatienceMs)
            && !ceremony->trouble();
    }
    bool rests() const
    {
        return until([this] { return ceremony->work().kind == WorkKind::None; });
    }
    bool untilTrouble() const
    {
        return QTest::qWaitFor([this] { return ceremony->trouble() && !ceremony->writing(); }, kPatienceMs);
    }
    bool reaches(Stage stage) const
    {
        return until([&] { return state().stage == stage; });
    }
    [[nodiscard]] const CeremonyState& state() const { return ceremony->state(); }
    [[nodiscard]] QString file(const QString& name) const { return QDir(ceremony->folder()).filePath(name); }
    [[nodiscard]] QString shareFile(int number) const
    {
        return file(shareFileName(QStringLiteral("EX-1"), number));
    }
    [[nodiscard]] QString transport() const
    {
        return file(transportName(QStringLiteral("EX-1"), state().part()));
    }

    std::unique_ptr<Ceremony> ceremony;

private:
    QString m_place;
};

Hsm freshDevice(const char16_t* serial = u"DENK0299901")
{
    return std::make_shared<simulator::SimulatedHsm>(
        simulator::Identity{ .serial = QString::fromUtf16(serial) });
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

ErrorKind kindOf(const Status& status)
{
    return status ? ErrorKind::Malformed : status.error().kind;
}

} // namespace

/// One device, several computers that share nothing but what travels with it.
class TestTravel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDeviceGoesFromSiteToSiteAndHasItsKeysInTheEnd()
    {
        const Hsm device = freshDevice();
        Site first(QStringLiteral("Site A"));
        first.plugIn(device);
        QVERIFY(first.establish(3) && first.import(1) && first.pauseForTravel());
        const QString expected = first.state().expectedKcv;
        QVERIFY(!expected.isEmpty());
        const QByteArray record = contentOf(first.file(QStringLiteral("transcript.jsonl")));
        QVERIFY(record.endsWith(contentOf(first.transport())));
        first.unplug();

        Site second(QStringLiteral("Site B"));
        QVERIFY(second.goOn(first, device, QStringLiteral("EX-1-part-2")));
        QCOMPARE(second.state().stage, Stage::Importing);
        QVERIFY(second.bring(first.file(companionName(QStringLiteral("EX-1"), 2))));
        QVERIFY(!QFile::exists(second.shareFile(1)));
        QVERIFY(second.import(2) && second.pauseForTravel());
        second.unplug();

        // The third part is at the first computer again.
        Site third(QStringLiteral("Site A"));
        QVERIFY(third.goOn(second, device, QStringLiteral("EX-1-part-3")));
        QVERIFY(third.bring(first.shareFile(3)) && third.import(3));
        QCOMPARE(third.state().stage, Stage::NotingKeyCheckValue);
        QCOMPARE(third.state().kcv, expected);
        QVERIFY(third.state().kcvCompared);
        QVERIFY(third.finish() && third.close());
        QVERIFY(checkRecords(third.ceremony->folder()));

        const Result<Report> report = makeReport(third.state(), third.ceremony->record(), {});
        QVERIFY(report);
        const QJsonObject json = QJsonDocument::fromJson(reportJson(*report)).object();
        QCOMPARE(json.value(u"part").toInt(), 3);
        const QJsonArray parts = json.value(u"earlierParts").toArray();
        QCOMPARE(parts.size(), 2);
        QCOMPARE(parts.at(0)[u"place"].toString(), QStringLiteral("Site A"));
        QCOMPARE(parts.at(1)[u"place"].toString(), QStringLiteral("Site B"));
        for (const auto& [part, site] : { std::pair{ 0, &first }, std::pair{ 1, &second } }) {
            const QByteArray line = contentOf(site->transport()).trimmed();
            QCOMPARE(parts.at(part)[u"sha256"].toString(),
                QString::fromLatin1(QCryptographicHash::hash(line, QCryptographicHash::Sha256).toHex()));
        }
        QCOMPARE(json.value(u"continues"), parts.at(1)[u"sha256"]);

        // Each of the parts before has a report of its own.
        for (Site* site : { &first, &second }) {
            QVERIFY(site->ceremony->endPart(site->ceremony->checkpointCode()));
            QVERIFY(site->reaches(Stage::Reviewing) && site->close());
            QVERIFY(checkRecords(site->ceremony->folder()));
            const Result<Report> own = makeReport(site->state(), site->ceremony->record(), {});
            QVERIFY(own && own->partEnded);
            QVERIFY(QJsonDocument::fromJson(reportJson(*own)).object().value(u"goesOnElsewhere").toBool());
        }
    }

    void theCodeOfThePauseIsAskedFor()
    {
        const Hsm device = freshDevice();
        Site first(QStringLiteral("Site A"));
        first.plugIn(device);
        QVERIFY(first.establish(2) && first.pauseForTravel());
        first.unplug();
        Site second(QStringLiteral("Site B"));
        QVERIFY(second.arrive(first.transport()));
        QCOMPARE(kindOf(second.ceremony->confirmTransport(QStringLiteral("AAAA AAAA"))),
            ErrorKind::CheckpointDiffers);
        QVERIFY(second.ceremony->awaitsTransport());
        QString code = first.ceremony->checkpointCode().toLower();
        QVERIFY(second.ceremony->confirmTransport(code.remove(QLatin1Char(' '))));
        QVERIFY(second.prepare());
        QVERIFY(second.state().toExplain.empty());

        Site careless(QStringLiteral("Site C"));
        QVERIFY(careless.arrive(first.transport()) && careless.ceremony->confirmTransport(std::nullopt));
        QVERIFY(careless.prepare());
        QCOMPARE(careless.state().toExplain.size(), std::size_t{ 1 });
    }

    void aTransportFileThatWasAlteredDoesNotFitTheCode()
    {
        Site first(QStringLiteral("Site A"));
        first.plugIn(freshDevice());
        QVERIFY(first.establish(2) && first.pauseForTravel());
        QByteArray altered = contentOf(first.transport());
        altered.replace("Root CA", "Root CB");
        QFile file(first.file(QStringLiteral("altered.json")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(altered) == altered.size());
        file.close();
        Site second(QStringLiteral("Site B"));
        QVERIFY(second.arrive(file.fileName()));
        QCOMPARE(kindOf(second.ceremony->confirmTransport(first.ceremony->checkpointCode())),
            ErrorKind::CheckpointDiffers);

        second.ceremony->openTransport(first.shareFile(1));
        QVERIFY(second.untilTrouble());
        QCOMPARE(second.ceremony->trouble()->error.kind, ErrorKind::NotATransport);
    }

    void anotherDeviceIsRefused()
    {
        Site first(QStringLiteral("Site A"));
        first.plugIn(freshDevice());
        QVERIFY(first.establish(2) && first.import(1) && first.pauseForTravel());
        Site second(QStringLiteral("Site B"));
        QVERIFY(!second.goOn(first, freshDevice(u"DENK0299902"), QStringLiteral("EX-1-part-2")));
        QCOMPARE(second.state().stage, Stage::ChoosingDevice);
    }

    void aStateThatNobodyAnnouncedIsRefused_data()
    {
        QTest::addColumn<int>("shareFiles");
        QTest::addColumn<int>("imports");
        QTest::newRow("initialised again") << 3 << 0;
        QTest::newRow("for more share files than announced") << 4 << 2;
        QTest::newRow("one more share file than announced") << 3 << 2;
        QTest::newRow("the same one twice") << 3 << 2;
    }
    void aStateThatNobodyAnnouncedIsRefused()
    {
        QFETCH(const int, shareFiles);
        QFETCH(const int, imports);
        const Hsm device = freshDevice();
        Site first(QStringLiteral("Site A"));
        first.plugIn(device);
        QVERIFY(first.establish(3) && first.import(1) && first.pauseForTravel());
        first.unplug();

        // On the way, somebody has another tool.
        simulator::SimulatedChannel channel(device);
        card::SmartCardHsm hsm(channel);
        QVERIFY(hsm.select());
        card::Initialisation settings;
        settings.userPin = secret(kPin);
        settings.soPin = secret(kSoPin);
        settings.label = QStringLiteral("CA");
        settings.shareFiles = shareFiles;
        QVERIFY(hsm.initialise(settings));
        for (int import = 0; import < imports; ++import)
            QVERIFY(hsm.importShareFile(Bytes(32, 0x5c)));

        Site second(QStringLiteral("Site B"));
        QVERIFY(!second.goOn(first, device, QStringLiteral("EX-1-part-2")));
        QCOMPARE(second.state().stage, Stage::ChoosingDevice);
        QVERIFY(!second.ceremony->trouble());
    }

    // The real device keeps what it has: the count stands as it was before or after the import.
    void aDeviceThatLostPowerInTheMiddleOfAnImportSaysWhatBecameOfIt_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("before") << static_cast<int>(simulator::Fault::Kind::PullBefore);
        QTest::newRow("after") << static_cast<int>(simulator::Fault::Kind::PullAfter);
    }
    void aDeviceThatLostPowerInTheMiddleOfAnImportSaysWhatBecameOfIt()
    {
        QFETCH(const int, kind);
        const Hsm device = freshDevice();
        Site first(QStringLiteral("Site A"));
        first.plugIn(device);
        QVERIFY(first.establish(2) && first.import(1) && first.pauseForTravel());
        first.unplug();
        Site second(QStringLiteral("Site B"));
        QVERIFY(second.goOn(first, device, QStringLiteral("EX-1-part-2")));
        QVERIFY(second.bring(first.shareFile(2)));
        const auto fault = static_cast<simulator::Fault::Kind>(kind);
        second.enter(2);
        QVERIFY(second.until(
            [&] { return second.ceremony->work().kind == WorkKind::Rebuilding || second.state().pending; }));
        device->setFaults({ { { fault, 2, 0 } } });
        QVERIFY(second.untilTrouble());
        second.plugIn(device);
        QVERIFY(QTest::qWaitFor(
            [&] { return !second.state().pending && !second.ceremony->writing(); }, kPatienceMs));
        if (!second.state().sets[1].imported) {
            second.ceremony->dismissTrouble();
            QVERIFY(second.ceremony->chooseShareFile(2));
        }
        QVERIFY(
            QTest::qWaitFor([&] { return second.state().stage == Stage::NotingKeyCheckValue; }, kPatienceMs));
        QVERIFY(second.state().kcvCompared);
    }

    void anImportThatWasCutIsSettledAtTheNextSite()
    {
        const Hsm device = freshDevice();
        Site first(QStringLiteral("Site A"));
        first.plugIn(device);
        QVERIFY(first.establish(3));
        first.enter(1);
        QVERIFY(first.until(
            [&] { return first.ceremony->work().kind == WorkKind::Rebuilding || first.state().pending; }));
        device->setFaults({ { { simulator::Fault::Kind::PullAfter, 2, 0 } } });
        QVERIFY(first.untilTrouble());
        QVERIFY(first.state().pending);
        QTRY_VERIFY(first.ceremony->work().kind == WorkKind::None); // the device cannot be asked
        QVERIFY(first.ceremony->pauseForTravel());
        QTRY_VERIFY(first.state().paused && QFile::exists(first.transport()));
        first.unplug();
        Site second(QStringLiteral("Site B"));
        device->setFaults({});
        QVERIFY(second.goOn(first, device, QStringLiteral("EX-1-part-2")));
        QVERIFY(second.state().sets[0].imported);
        QCOMPARE(second.state().shareFilesOutstanding, 2);
    }

    void theSameShareFileTwiceAndOneOfAnotherSetAreNotTaken()
    {
        const Hsm device = freshDevice();
        Site first(QStringLiteral("Site A"));
        first.plugIn(device);
        QVERIFY(first.establish(2) && first.import(1) && first.pauseForTravel());
        first.unplug();
        Site other(QStringLiteral("Site X"));
        other.plugIn(freshDevice(u"DENK0299902"));
        QVERIFY(other.establish(1));
        Site second(QStringLiteral("Site B"));
        QVERIFY(second.goOn(first, device, QStringLiteral("EX-1-part-2")));
        for (const auto& [path, kind] :
            { std::pair{ first.shareFile(1), ErrorKind::ShareFileAlreadyImported },
                std::pair{ first.file(companionName(QStringLiteral("EX-1"), 1)),
                    ErrorKind::ShareFileAlreadyImported },
                std::pair{ other.shareFile(1), ErrorKind::ShareFileOfAnotherSet },
                std::pair{ first.transport(), ErrorKind::NotACompanion },
                std::pair{ first.file(QStringLiteral("nothing.pbe")), ErrorKind::FileUnreadable } }) {
            QVERIFY(second.ceremony->takeShareFile(path));
            QVERIFY(second.untilTrouble());
            QCOMPARE(second.ceremony->trouble()->error.kind, kind);
            second.ceremony->dismissTrouble();
        }
        QVERIFY(!second.ceremony->chooseShareFile(1));
        QVERIFY(second.bring(first.shareFile(2)) && second.import(2));
    }

    // Somebody changed the device while the ceremony was at rest.
    void aCountThatIsNotTheRecordsLeadsToANewInitialisation()
    {
        const Hsm device = freshDevice();
        Site site(QStringLiteral("Site A"));
        site.plugIn(device);
        QVERIFY(site.establish(2));
        {
            simulator::SimulatedChannel channel(device);
            card::SmartCardHsm hsm(channel);
            QVERIFY(hsm.select() && hsm.importShareFile(Bytes(32, 0x5c)));
        }
        site.enter(1);
        QVERIFY(site.untilTrouble());
        QCOMPARE(site.ceremony->trouble()->error.kind, ErrorKind::ShareFileCountDiffers);
        QCOMPARE(site.ceremony->trouble()->error.number, std::optional(1));
        QVERIFY(site.state().lostCount());
        site.ceremony->dismissTrouble();
        QVERIFY(site.ceremony->initialiseAgain() && site.reaches(Stage::SettingPins));
        QVERIFY(site.initialise(true));
        QVERIFY(site.import(1) && site.import(2));
        QVERIFY(site.state().kcvCompared);
    }

    void theFirstComputerCanGoOnAfterAll()
    {
        const Hsm device = freshDevice();
        Site site(QStringLiteral("Site A"));
        site.plugIn(device);
        QVERIFY(site.establish(2) && site.import(1) && site.pauseForTravel());
        const QString folder = site.ceremony->folder();
        const QString code = site.ceremony->checkpointCode();
        site.begin();
        site.ceremony->load(folder);
        QVERIFY(site.until([&] { return site.ceremony->awaitsResume() && site.state().travel; }));
        QVERIFY(site.ceremony->confirmResume(code) && site.until([&] { return !site.state().paused; }));
        QVERIFY(site.import(2));
        QCOMPARE(site.state().part(), 1);
    }
};

QTEST_GUILESS_MAIN(TestTravel)
#include "tst_travel.moc"
