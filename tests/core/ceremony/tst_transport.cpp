// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/ceremony/travelled.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace conclave;
using namespace conclave::ceremony;

namespace {

QString refusal(const QByteArray& file)
{
    const Result<Transport> transport = parseTransport(file);
    if (transport)
        return QStringLiteral("taken");
    return transport.error().kind == ErrorKind::NotATransport ? transport.error().detail
                                                              : QStringLiteral("another error");
}

/// With one member changed; the hash of the line changes with it.
QByteArray with(const QString& member, const QJsonValue& value)
{
    QJsonObject json = QJsonDocument::fromJson(lineOf(onePartDone())).object();
    json.insert(member, value);
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

/// With one member of the second share file changed.
QByteArray withFile(const QString& member, const QJsonValue& value)
{
    QJsonObject json = QJsonDocument::fromJson(lineOf(onePartDone())).object();
    QJsonArray files = json.value(u"shareFiles").toArray();
    QJsonObject file = files.at(1).toObject();
    file.insert(member, value);
    files.replace(1, file);
    json.insert(QStringLiteral("shareFiles"), files);
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QJsonObject half(const char16_t* role, const QJsonValue& number, const QString& name)
{
    return { { QStringLiteral("role"), QString::fromUtf16(role) }, { QStringLiteral("number"), number },
        { QStringLiteral("name"), name } };
}

const std::vector<NamedHalf>& officerAndWitness()
{
    static const std::vector<NamedHalf> halves{ { Role::Officer, 1, QStringLiteral("Ada") },
        { Role::Witness, 1, QStringLiteral("Grace") } };
    return halves;
}

/// The file as a program wrote it that did not say who entered the SO-PIN.
QByteArray withoutHalves()
{
    QJsonObject json = QJsonDocument::fromJson(lineOf(onePartDone())).object();
    json.remove(QStringLiteral("soPinHalves"));
    json.remove(QStringLiteral("currentSoPinHalves"));
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

} // namespace

/// The file that goes with a device, and the part of a ceremony that begins with it.
class TestTransport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itIsALineOfTheRecord()
    {
        const QByteArray line = lineOf(onePartDone());
        for (const QByteArray& file : { line, QByteArray(line + '\n') }) {
            const Result<Transport> transport = parseTransport(file);
            QVERIFY(transport);
            QCOMPARE(transport->pause, onePartDone());
            QCOMPARE(transport->line, line);
            QCOMPARE(transport->sha256,
                QString::fromLatin1(QCryptographicHash::hash(line, QCryptographicHash::Sha256).toHex()));
        }
        QCOMPARE(QJsonDocument::fromJson(line).object().value(u"format").toString(),
            QStringLiteral("conclave-transport-1"));
        QCOMPARE(transportName(QStringLiteral("EX-2026-0417"), 1),
            QStringLiteral("EX-2026-0417-transport-1.json"));
    }

    void oneThatWasCutIsNotTaken()
    {
        const QByteArray line = lineOf(onePartDone());
        for (qsizetype size = 0; size < line.size(); ++size)
            QVERIFY2(!parseTransport(line.left(size)), qPrintable(QString::number(size)));
        QVERIFY(!parseTransport(line + line));
        QVERIFY(!parseTransport(line + "\n\n"));
    }

    // What the checkpoint code is for: it is of all that the file says.
    void anAlteredOneHasAnotherCheckpointCode()
    {
        const QByteArray line = lineOf(onePartDone());
        const QString code = checkpointCodeOf(parseTransport(line)->sha256);
        int taken = 0;
        for (qsizetype at = 0; at < line.size(); ++at) {
            QByteArray altered = line;
            altered[at] = static_cast<char>(altered[at] ^ 1);
            const Result<Transport> transport = parseTransport(altered);
            taken += transport ? 1 : 0;
            if (transport)
                QVERIFY(checkpointCodeOf(transport->sha256) != code);
        }
        QVERIFY(taken > 0);
    }

    void aFileThatIsSomethingElseIsRefused_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* name, const QByteArray& file, const char16_t* why) {
            QTest::newRow(name) << file << QString::fromUtf16(why);
        };
        row("nothing", {}, u"previous");
        row("another event", encodeLine(3, timeOf(3), Paused{}, QString(64, QLatin1Char('a'))), u"event");
        row("the first line", encodeLine(0, timeOf(0), onePartDone(), QString(64, QLatin1Char('a'))),
            u"previous");
        row("no previous line", with(QStringLiteral("previous"), QStringLiteral("aa")), u"previous");
        row("huge", with(QStringLiteral("purpose"), QString(70'000, QLatin1Char('x'))), u"");
        row("a long purpose", with(QStringLiteral("purpose"), QString(2000, QLatin1Char('x'))), u"purpose");
        row("a newer format", with(QStringLiteral("format"), QStringLiteral("conclave-transport-2")),
            u"format");
        row("a member more", with(QStringLiteral("userPin"), QStringLiteral("1")), u"userPin");
        row("a number as text", with(QStringLiteral("outstanding"), QStringLiteral("2")), u"outstanding");
        row("half a share file", with(QStringLiteral("outstanding"), 1.5), u"outstanding");
        row("a list as object", with(QStringLiteral("shareFiles"), QJsonObject()), u"shareFiles");
        row("no share files", with(QStringLiteral("shareFiles"), QJsonArray()), u"shareFiles");
        row("too many missing", with(QStringLiteral("outstanding"), 3), u"outstanding");
        row("none missing", with(QStringLiteral("outstanding"), 0), u"outstanding");
        row("another flow", with(QStringLiteral("flow"), QStringLiteral("restore")), u"flow");
        row("no such flow", with(QStringLiteral("flow"), QStringLiteral("escape")), u"flow");
        row("an id that leads elsewhere", with(QStringLiteral("ceremony"), QStringLiteral("../EX")),
            u"ceremony");
        row("no serial", with(QStringLiteral("device"), QString()), u"device");
        row("never erased", with(QStringLiteral("erased"), QStringLiteral("yesterday")), u"erased");
        row("no key check value", with(QStringLiteral("kcv"), QStringLiteral("63")), u"kcv");
        row("no label", with(QStringLiteral("label"), QString()), u"label");
        row("no tries", with(QStringLiteral("userPinTries"), 0), u"userPinTries");
        row("parts without records", with(QStringLiteral("part"), 2), u"parts");
        row("a first device", with(QStringLiteral("firstDevice"), kSerial), u"firstDevice");
        row("an import that was done", with(QStringLiteral("unsettled"), 1), u"unsettled");
        row("an import of nothing", with(QStringLiteral("unsettled"), 4), u"unsettled");
        row("custodians twice",
            with(QStringLiteral("custodians"),
                QJsonArray{
                    QJsonObject{ { QStringLiteral("number"), 4 }, { QStringLiteral("name"), QString() } },
                    QJsonObject{ { QStringLiteral("number"), 4 }, { QStringLiteral("name"), QString() } } }),
            u"custodians");
        const QJsonObject officer = half(u"officer", 1, QStringLiteral("Ada"));
        for (const QString& member :
            { QStringLiteral("soPinHalves"), QStringLiteral("currentSoPinHalves") }) {
            const auto why = [&member] { return reinterpret_cast<const char16_t*>(member.utf16()); };
            const auto halves = [&](const char* name, const QJsonValue& value) {
                row(qPrintable(member + QLatin1Char(' ') + QLatin1String(name)), with(member, value), why());
            };
            halves("half alone", QJsonArray{ officer });
            halves("of one", QJsonArray{ officer, officer });
            halves(
                "of one under two names", QJsonArray{ officer, half(u"officer", 1, QStringLiteral("Eve")) });
            halves("of three",
                QJsonArray{ officer, half(u"witness", 1, QString()), half(u"witness", 2, QString()) });
            halves("of nobody", QJsonArray{ officer, half(u"witness", 0, QString()) });
            halves("of a half person", QJsonArray{ officer, half(u"witness", 1.5, QString()) });
            halves("of no role", QJsonArray{ officer, half(u"auditor", 1, QString()) });
            halves("long name", QJsonArray{ officer, half(u"witness", 1, QString(2000, QLatin1Char('x'))) });
            halves("no list", QStringLiteral("Ada"));
        }
        row("a share file elsewhere", withFile(QStringLiteral("file"), QStringLiteral("../x.pbe")),
            u"shareFiles");
        row("the record as share file", withFile(QStringLiteral("file"), QStringLiteral("transcript.jsonl")),
            u"shareFiles");
        row("a hidden share file", withFile(QStringLiteral("file"), QStringLiteral(".pbe")), u"shareFiles");
        row("the same share file twice", withFile(QStringLiteral("sha256"), digits(64, 1)), u"shareFiles");
        row("a rule of one", withFile(QStringLiteral("total"), 1), u"shareFiles");
        row("a prime for a password", withFile(QStringLiteral("prime"), digits(32, 7)), u"shareFiles");
        row("a short hash", withFile(QStringLiteral("sha256"), QStringLiteral("aa")), u"shareFiles");
        row("imported, perhaps", withFile(QStringLiteral("imported"), 1), u"shareFiles");
    }
    void aFileThatIsSomethingElseIsRefused()
    {
        QFETCH(const QByteArray, file);
        QFETCH(const QString, why);
        QCOMPARE(refusal(file), why);
    }

    void theNextPartKnowsWhatThePartBeforeKnew()
    {
        FoldedCeremony ceremony;
        const QByteArray line = lineOf(onePartDone());
        QVERIFY(ceremony.takeAll(nextPart(line)));
        const CeremonyState& state = ceremony.state();
        QCOMPARE(state.stage, Stage::ChoosingDevice);
        QVERIFY(ceremony.take(travelled()));
        QCOMPARE(state.stage, Stage::Importing);
        QCOMPARE(state.part(), 2);
        QCOMPARE(state.parts.size(), std::size_t{ 1 });
        QCOMPARE(state.parts.front().place, QStringLiteral("Site A"));
        QCOMPARE(state.parts.front().sha256, parseTransport(line)->sha256);
        QVERIFY(state.sets[0].imported && !state.sets[1].imported && !state.sets[2].imported);
        QCOMPARE(state.sets[2].rule.threshold, 2);
        QVERIFY(state.sets[1].rule.isPassword());
        QCOMPARE(state.settings->label, QStringLiteral("CA"));
        QCOMPARE(state.expectedKcv, QStringLiteral("630dcd2966c43366"));
        QVERIFY(state.toExplain.empty());
        const std::vector<Step> steps{ Step::Prepare, Step::Detect, Step::Import, Step::Generate,
            Step::BackUp, Step::Report };
        QCOMPARE(state.steps(), steps);
        QVERIFY(goOnTo(ceremony, Stage::Closed));
        QVERIFY(state.kcvCompared);
    }

    void theNextPartKnowsWhoEnteredTheHalvesOfTheSoPin()
    {
        PausedForTravel pause = onePartDone();
        pause.soPinReplaced = true;
        pause.soPinHalves = officerAndWitness();
        pause.currentSoPinHalves = { officerAndWitness()[1], { Role::Custodian, 4, QStringLiteral("Alan") } };
        FoldedCeremony ceremony;
        QVERIFY(ceremony.takeAll(nextPart(lineOf(pause))) && ceremony.take(travelled()));
        const CeremonyState& state = ceremony.state();
        // Another officer is there by now.
        QCOMPARE(state.participant(Role::Officer, 1)->name, QStringLiteral("Joan"));
        QCOMPARE(state.soPinHalves, pause.soPinHalves);
        QCOMPARE(state.currentSoPinHalves, pause.currentSoPinHalves);
        QVERIFY(state.settings->soPinHalves
            == (std::vector<SoPinHalf>{ { Role::Officer, 1 }, { Role::Witness, 1 } }));
        QVERIFY(goOnUntil(ceremony, [](const CeremonyState& now) { return now.sets[1].imported; }));
        const PausedForTravel again = travelOf(state);
        QCOMPARE(again.soPinHalves, pause.soPinHalves);
        QCOMPARE(again.currentSoPinHalves, pause.currentSoPinHalves);
    }

    void thePauseNamesThoseWhoEnteredThem()
    {
        FoldedCeremony ceremony;
        std::vector<Event> begun = upToScheme({ kTwoOfThree });
        begun.insert(begun.begin() + 2, ParticipantNamed{ Role::Witness, 1, QStringLiteral("Grace"), {} });
        QVERIFY(ceremony.takeAll(begun) && goOnTo(ceremony, Stage::SettingPins));
        SettingsChosen settings{ QStringLiteral("CA"), 3, Unblocking::CounterOnly, false, false };
        settings.soPinHalves = { { Role::Witness, 1 }, { Role::Officer, 1 } };
        QVERIFY(ceremony.take(settings) && goOnTo(ceremony, Stage::Importing));
        const PausedForTravel pause = travelOf(ceremony.state());
        QCOMPARE(pause.soPinHalves, (std::vector{ officerAndWitness()[1], officerAndWitness()[0] }));
        QVERIFY(pause.currentSoPinHalves.empty());
    }

    void noOtherNamesAreTakenAndOlderRecordsHaveNone()
    {
        PausedForTravel before = onePartDone();
        before.soPinHalves = officerAndWitness();
        FoldedCeremony ceremony;
        QVERIFY(ceremony.takeAll(nextPart(lineOf(before))) && ceremony.take(travelled()));
        const PausedForTravel pause = travelOf(ceremony.state());
        QCOMPARE(pause.soPinHalves, officerAndWitness());
        PausedForTravel lie = pause;
        lie.soPinHalves[1].name = QStringLiteral("Eve");
        QVERIFY(!ceremony.take(lie));
        PausedForTravel older = pause;
        older.soPinHalves.clear();
        FoldedCeremony old = ceremony;
        QVERIFY(old.take(older));
        QVERIFY(ceremony.take(pause));
    }

    void anOlderFileDoesNotSayWhoEnteredThem()
    {
        const auto transport = parseTransport(withoutHalves());
        QVERIFY(transport);
        QCOMPARE(transport->pause, onePartDone());
        FoldedCeremony next;
        QVERIFY(next.takeAll(nextPart(withoutHalves())) && next.take(travelled()));
        QVERIFY(next.state().soPinHalves.empty());
    }

    void withoutACodeItIsExplained()
    {
        FoldedCeremony ceremony;
        const QByteArray line = lineOf(onePartDone());
        std::vector<Event> events = nextPart(line);
        std::get<PartContinued>(events[1]).checkpoint = CheckpointAnswer::None;
        QVERIFY(ceremony.takeAll(events));
        QCOMPARE(ceremony.state().toExplain.size(), std::size_t{ 1 });
    }

    void aPartGoesOnFromTheLineItNamesOnly()
    {
        const QByteArray line = lineOf(onePartDone());
        PausedForTravel other = onePartDone();
        other.outstanding = 3;
        other.shareFiles[0].imported = false;
        for (std::vector<Event> events : { nextPart(line) }) {
            events[1] = PartContinued{ QString::fromUtf8(lineOf(other)), CheckpointAnswer::Matched };
            FoldedCeremony ceremony;
            QVERIFY(!ceremony.takeAll(events));
            QCOMPARE(ceremony.refusal().detail, QStringLiteral("partContinued"));
        }
        std::vector<Event> events = nextPart(line);
        events.erase(events.begin() + 1); // nothing says what it continues
        FoldedCeremony ceremony;
        QVERIFY(!ceremony.takeAll(events));
        // In a first part, there is nothing before.
        FoldedCeremony first;
        QVERIFY(first.take(Opened{ QStringLiteral("EX-1"), {}, true, {} }));
        QVERIFY(!first.take(PartContinued{ QString::fromUtf8(line), CheckpointAnswer::Matched }));
        // A rehearsal does not become a ceremony on the way.
        FoldedCeremony real;
        QVERIFY(real.take(Opened{ QStringLiteral("EX-1"), {}, false, parseTransport(line)->sha256 }));
        QVERIFY(!real.take(PartContinued{ QString::fromUtf8(line), CheckpointAnswer::Matched }));
    }

    void onlyTheDeviceThatWasAnnouncedIsTaken_data()
    {
        QTest::addColumn<DeviceChosen>("device");
        QTest::addColumn<int>("obstacle");
        const auto row = [](const char* name, const DeviceChosen& device, Obstacle obstacle) {
            QTest::newRow(name) << device << static_cast<int>(obstacle);
        };
        DeviceChosen device = travelled();
        device.serial = QStringLiteral("DESIM0000002");
        row("another serial", device, Obstacle::AnotherDevice);
        row("another share file was imported", travelled(1), Obstacle::NotAsAnnounced);
        row("all of them were", travelled(0), Obstacle::NotAsAnnounced);
        row("it waits for all again", travelled(3), Obstacle::NotAsAnnounced);
        device = travelled();
        device.shareFilesTotal = 4;
        row("it waits for more than there are", device, Obstacle::NotAsAnnounced);
        device = travelled();
        device.shareFilesTotal = -1;
        device.shareFilesOutstanding = -1;
        row("initialised without backup", device, Obstacle::NotAsAnnounced);
        device = travelled();
        device.label = QStringLiteral("mine");
        row("another label", device, Obstacle::NotAsAnnounced);
        device = travelled();
        device.initialised = false;
        row("never initialised", device, Obstacle::NotAsAnnounced);
        device = travelled();
        device.keys = { {} };
        row("a key on it", device, Obstacle::NotAsAnnounced);
    }
    void onlyTheDeviceThatWasAnnouncedIsTaken()
    {
        QFETCH(const DeviceChosen, device);
        QFETCH(const int, obstacle);
        QCOMPARE(static_cast<int>(*obstacleTo(onePartDone(), device)), obstacle);
        FoldedCeremony ceremony;
        QVERIFY(ceremony.takeAll(nextPart(lineOf(onePartDone()))));
        QVERIFY(!ceremony.take(device));
        QVERIFY(!obstacleTo(onePartDone(), travelled()));
        QVERIFY(ceremony.take(travelled()));
    }

    // It lost power in the middle, and nobody could ask it before it left.
    void anImportThatWasCutIsSettledByTheDevice()
    {
        PausedForTravel pause = onePartDone();
        pause.unsettled = 2;
        for (const int outstanding : { 2, 1 }) {
            FoldedCeremony ceremony;
            QVERIFY(ceremony.takeAll(nextPart(lineOf(pause))) && ceremony.take(travelled(outstanding)));
            QCOMPARE(ceremony.state().sets[1].imported, outstanding == 1);
            QCOMPARE(ceremony.state().shareFilesOutstanding, outstanding);
            QVERIFY(goOnTo(ceremony, Stage::Closed));
        }
        QVERIFY(obstacleTo(pause, travelled(0)));
        // The last one of all: the device knows its secret by now.
        pause.unsettled = 3;
        pause.shareFiles[1].imported = true;
        pause.outstanding = 1;
        DeviceChosen device = travelled(0);
        device.kcv = pause.kcv;
        FoldedCeremony ceremony;
        QVERIFY(ceremony.takeAll(nextPart(lineOf(pause))) && ceremony.take(device));
        QCOMPARE(ceremony.state().stage, Stage::NotingKeyCheckValue);
        QVERIFY(ceremony.state().kcvCompared);
        device.kcv = QStringLiteral("aaaaaaaaaaaaaaaa");
        FoldedCeremony wrong;
        QVERIFY(wrong.takeAll(nextPart(lineOf(pause))) && wrong.take(device));
        QCOMPARE(wrong.state().stage, Stage::DkekMismatch);
        QVERIFY(wrong.take(WentBack{ BackTarget::Pins }));
    }

    void itPausesAgainAndNamesAllPartsBefore()
    {
        FoldedCeremony ceremony;
        QVERIFY(ceremony.takeAll(nextPart(lineOf(onePartDone()))));
        QVERIFY(ceremony.take(travelled()));
        QVERIFY(goOnUntil(ceremony, [](const CeremonyState& state) { return state.sets[1].imported; }));
        const PausedForTravel pause = travelOf(ceremony.state());
        QCOMPARE(pause.part, 2);
        QCOMPARE(pause.parts.size(), std::size_t{ 1 });
        QCOMPARE(pause.outstanding, 1);
        QCOMPARE(pause.place, QStringLiteral("Site B"));
        PausedForTravel lie = pause;
        lie.outstanding = 2;
        QVERIFY(!ceremony.take(lie));
        QVERIFY(ceremony.take(pause));
        QVERIFY(ceremony.state().paused);
        QVERIFY(!ceremony.take(DeviationNoted{ QStringLiteral("x"), QStringLiteral("y") }));

        FoldedCeremony third;
        QVERIFY(third.takeAll(nextPart(lineOf(pause))) && third.take(travelled(1)));
        QCOMPARE(third.state().part(), 3);
        QCOMPARE(third.state().parts[1].place, QStringLiteral("Site B"));
        QVERIFY(goOnTo(third, Stage::Closed));
    }

    void aPartCanBeClosedByItself()
    {
        FoldedCeremony ceremony;
        QVERIFY(ceremony.takeAll(nextPart(lineOf(onePartDone()))) && ceremony.take(travelled()));
        QVERIFY(!ceremony.take(PartEnded{ CheckpointAnswer::Matched, false })); // nothing travels
        QVERIFY(ceremony.take(Paused{}));
        QVERIFY(!ceremony.take(PartEnded{ CheckpointAnswer::Matched, false }));
        QVERIFY(ceremony.take(Resumed{ CheckpointAnswer::Matched, false }));
        QVERIFY(ceremony.take(travelOf(ceremony.state())));
        QVERIFY(ceremony.take(PartEnded{ CheckpointAnswer::Matched, false }));
        QCOMPARE(ceremony.state().stage, Stage::Reviewing);
        const std::vector<Step> steps{ Step::Prepare, Step::Detect, Step::Import, Step::Report };
        QCOMPARE(ceremony.state().steps(), steps);
        QVERIFY(goOnTo(ceremony, Stage::Closed));
    }

    void itGoesOnHereAfterAll()
    {
        FoldedCeremony ceremony;
        QVERIFY(ceremony.takeAll(nextPart(lineOf(onePartDone()))) && ceremony.take(travelled()));
        QVERIFY(ceremony.take(travelOf(ceremony.state())));
        QVERIFY(ceremony.take(Resumed{ CheckpointAnswer::Matched, false }));
        QVERIFY(!ceremony.state().travel);
        QVERIFY(goOnTo(ceremony, Stage::Closed));
    }

    void namesAreAskedForAgainAndNothingIsForgotten()
    {
        FoldedCeremony ceremony;
        QVERIFY(ceremony.takeAll(nextPart(lineOf(onePartDone()))));
        QVERIFY(ceremony.take(WentBack{ BackTarget::Preparation }));
        QVERIFY(ceremony.take(ParticipantNamed{ Role::Officer, 1, QStringLiteral("Joan"), {} }));
        QVERIFY(ceremony.take(Prepared{}));
        QVERIFY(ceremony.take(travelled()));
        QCOMPARE(ceremony.state().sets.size(), std::size_t{ 3 });
    }

    void aDeviceWithAnotherCountIsInitialisedAgain()
    {
        FoldedCeremony ceremony;
        QVERIFY(ceremony.takeAll(nextPart(lineOf(onePartDone()))) && ceremony.take(travelled()));
        QVERIFY(!ceremony.take(WentBack{ BackTarget::Pins }));
        QVERIFY(goOnUntil(ceremony, [](const CeremonyState& state) { return state.pending.has_value(); }));
        QVERIFY(ceremony.take(
            WorkFailed{ Operation::ImportShareFile, 2, ErrorKind::ShareFileCountDiffers, 0, true }));
        QVERIFY(ceremony.state().lostCount());
        QVERIFY(ceremony.take(WentBack{ BackTarget::Pins }));
        QCOMPARE(ceremony.state().stage, Stage::SettingPins);
        QVERIFY(goOnTo(ceremony, Stage::Importing));
        for (const ShareSet& set : ceremony.state().sets)
            QVERIFY(!set.imported);
    }
};

QTEST_GUILESS_MAIN(TestTransport)
#include "tst_transport.moc"
