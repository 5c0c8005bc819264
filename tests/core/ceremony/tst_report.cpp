// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/report.h"

#include "fold.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace conclave;
using namespace conclave::ceremony;

namespace {

ProgramFacts someProgram()
{
    return { QStringLiteral("Conclave 0.1.0"), QStringLiteral("ab"), QStringLiteral("6.4.2"),
        QStringLiteral("OpenSSL 3.0.11"), QStringLiteral("1.9.9"), QStringLiteral("Debian 12"),
        QStringLiteral("linux 6.1"), QStringLiteral("laptop") };
}

/// 2 of 3, one P-256 key and one that is skipped, a share typed back in two tries, a deviation.
bool play(FoldedCeremony& ceremony)
{
    DeviceChosen device = simulatedDevice();
    device.product = QStringLiteral("Simulated HSM");
    device.firmware = QStringLiteral("4.1");
    device.reader = QStringLiteral("Simulated reader");
    device.soPinTries = 15;
    device.keys
        = { { QStringLiteral("old"), QStringLiteral("07"), QStringLiteral("EcP384"), QStringLiteral("cd") } };
    device.keysGivenUp = true;
    const QString kcv = QStringLiteral("630dcd2966c43366");
    const SetMade made{ 1, QStringLiteral("7K3QZ9"), QStringLiteral("EX-1-share-1.pbe"),
        QStringLiteral("97aa"), QStringLiteral("f34a189de5197cfb"), QStringLiteral("9a3f22db62f04df4"), true,
        3, true };
    return ceremony.takeAll({
        Opened{ QStringLiteral("EX-1"), QStringLiteral("Conclave 0.1.0"), true, {} },
        ParticipantNamed{ Role::Officer, 1, QStringLiteral("Ada"), {} },
        ParticipantNamed{ Role::Custodian, 2, QStringLiteral("Grace"), QStringLiteral("Ada") },
        Prepared{ QStringLiteral("Example Root CA"), QStringLiteral("Room 2"), true, true },
        device,
        SchemeChosen{ { { QStringLiteral("main"), QStringLiteral("A"), 2, 3, 64 } } },
        made,
        TurnBegan{ 1, 1 },
        ShareProved{ 1, 1, 1 },
        TurnBegan{ 1, 2 },
        ShareProved{ 1, 2, 2 },
        DeviationNoted{ QStringLiteral("The projector was on."), QStringLiteral("Grace") },
        TurnBegan{ 1, 3 },
        ShareProved{ 1, 3, 1 },
        HandOutFinished{ kcv },
        SettingsChosen{ QStringLiteral("CA"), 3, Unblocking::CounterOnly, true },
        kInitialise,
        DeviceInitialised{ kSerial, 1, 1 },
        ShareReceived{ 1, 3 },
        ShareReceived{ 1, 1 },
        Intended{ Operation::ImportShareFile, kSerial, 1, 1, -1 },
        ShareFileImported{ 1, 0, 1, kcv, true },
        KeyCheckValueNoted{},
        KeysPlanned{ twoKeys() },
        Intended{ Operation::GenerateKey, kSerial, 0, -1, 1 },
        KeyGenerated{ 0, 1, QStringLiteral("ef01"), QStringLiteral("3059"), 1.5 },
        KeyTested{ 0, 0.25 },
        KeySkipped{ 1 },
        GenerationFinished{},
        KeysWrapped{ kcv, QStringLiteral("a0"),
            { { 1, QStringLiteral("EX-1-key-1.bin"), QStringLiteral("a1") } },
            { { 9, ErrorKind::NotAllowed } } },
        KeysSaved{ 1, {}, 1 },
        OneCopyConfirmed{},
        BackupFinished{ false },
        Explained{ 10, QStringLiteral("Read 8 as b.") },
        Sealed{},
    });
}

std::vector<RecordedEvent> recordOf(const FoldedCeremony& ceremony)
{
    std::vector<RecordedEvent> record;
    for (const Event& event : ceremony.events()) {
        const int seq = static_cast<int>(record.size());
        record.push_back({ seq, timeOf(seq), event, QString::number(seq, 16) });
    }
    return record;
}

QJsonObject jsonOf(const FoldedCeremony& ceremony)
{
    const Result<Report> report = makeReport(ceremony.state(), recordOf(ceremony), someProgram());
    return report ? QJsonDocument::fromJson(reportJson(*report)).object() : QJsonObject();
}

QJsonValue parsed(const char* json)
{
    return QJsonDocument::fromJson(QByteArrayLiteral("[") + json + ']').array().at(0);
}

} // namespace

class TestReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonHoldsTheFactsInEachMember_data();
    void jsonHoldsTheFactsInEachMember();
    void jsonHasNoOtherMembers();
    void jsonListsTheEventsUpToTheSeal();
    void jsonReadsWithAnotherParser();
    void aFlowThatErasesNothingSaysSo();
    void isRefusedBeforeTheSeal();
    void whatComesAfterTheSealDoesNotChangeIt();
    void passwordsAndNoBackupHaveNoScheme();
    void printedSheetsAreAccountedFor();
    void soPinInDoubtIsSaid();
    void programFactsNameTheMachine();
};

void TestReport::jsonHoldsTheFactsInEachMember_data()
{
    QTest::addColumn<QByteArray>("expected");
    const auto row
        = [](const char* member, const char* expected) { QTest::newRow(member) << QByteArray(expected); };
    row("format", R"("conclave-report-1")");
    row("ceremony", R"("EX-1")");
    row("flow", R"("establish")");
    row("rehearsal", "true");
    row("continues", R"("")");
    row("part", "1");
    row("earlierParts", "[]");
    row("goesOnElsewhere", "false");
    row("fingerprint", R"("22")");
    row("summary", R"({"device":"DESIM0000001","kcv":"630dcd2966c43366","kcvCompared":true,"shareFiles":1,
        "shareFilesMissing":0,"keysPlanned":2,"keysTested":1,"eventsToExplain":4,"backupProved":false})");
    row("started", R"("2026-11-23T10:00:00.000+01:00")");
    row("sealed", R"("2026-11-23T10:00:34.000+01:00")");
    row("purpose", R"("Example Root CA")");
    row("place", R"("Room 2")");
    row("clockConfirmed", "true");
    row("withoutWitness", "true");
    row("participants", R"([{"role":"officer","number":1,"name":"Ada","identityCheckedBy":""},
        {"role":"custodian","number":2,"name":"Grace","identityCheckedBy":"Ada"}])");
    row("program", R"({"name":"Conclave 0.1.0","sha256":"ab","qt":"6.4.2","openssl":"OpenSSL 3.0.11",
        "pcsc":"1.9.9","system":"Debian 12","kernel":"linux 6.1","host":"laptop"})");
    row("device", R"({"serial":"DESIM0000001","product":"Simulated HSM","firmware":"4.1",
        "reader":"Simulated reader","virtualReader":false,"authenticity":"simulated","initialised":false,
        "soPinTries":15,"label":"","keys":[{"label":"old","id":"07","algorithm":"EcP384","fingerprint":"cd",
        "reference":0}],"keysGivenUp":true,"unknownMakerAccepted":false,"kcv":"","erased":"2026-11-23T10:00:17.000+01:00"})");
    row("shareFiles", R"([{"number":1,"name":"main","site":"A","set":"7K3QZ9","file":"EX-1-share-1.pbe",
        "sha256":"97aa","shareCheck":"9a3f22db62f04df4","deviceRandom":true,"subsetsProven":3,"allSubsets":true,
        "scheme":{"threshold":2,"total":3,"bits":64,"prime":"f34a189de5197cfb"},
        "sheets":{"mode":"blank","paper":"a4","largePrint":false,"printer":"","connection":"cable",
        "spool":"unknown","overridden":false},
        "holders":[{"custodian":1,"name":"","id":1,"proved":true,"tries":1},
                   {"custodian":2,"name":"Grace","id":2,"proved":true,"tries":2},
                   {"custodian":3,"name":"","id":3,"proved":true,"tries":1}],
        "voidedSets":[]}])");
    row("settings", R"({"label":"CA","userPinTries":3,"unblocking":"counterOnly","soPinMade":true,
        "soPinReplaced":false,"soPinInForce":"chosen","soPinHalves":[],"currentSoPinHalves":[]})");
    row("keys", R"([{"label":"one","id":"01","algorithm":"EcP256","state":"tested","failures":0,
        "keyReference":1,"fingerprint":"ef01","publicKey":"3059","seconds":1.5,"testSeconds":0.25,
        "publicKeyFile":"public-keys/one-01.pem","certificateRequests":[]},
        {"label":"two","id":"02","algorithm":"EcP256","state":"skipped","failures":0}])");
    row("backup", R"({"wrappings":[{"kcv":"630dcd2966c43366","manifestSha256":"a0",
        "keys":[{"keyReference":1,"label":"one","file":"EX-1-key-1.bin","blobBytes":0,"sha256":"a1"}],
        "leftOut":[{"keyReference":9,"label":"","error":"notAllowed"}]}],
        "media":[{"medium":1,"folder":"","wrapping":1}],"oneCopyConfirmed":true,"skipped":false,
        "proved":false})");
    row("flow", R"("establish")");
    row("deviations", R"([{"seq":11,"time":"2026-11-23T10:00:11.000+01:00","by":"Grace",
        "text":"The projector was on."}])");
    row("toExplain", R"([{"seq":10,"event":"shareProved","explanation":"Read 8 as b."},
        {"seq":27,"event":"keySkipped","explanation":""},
        {"seq":29,"event":"keysWrapped","explanation":""},
        {"seq":31,"event":"oneCopyConfirmed","explanation":""}])");
}

void TestReport::jsonHoldsTheFactsInEachMember()
{
    QFETCH(QByteArray, expected);
    FoldedCeremony ceremony;
    QVERIFY(play(ceremony));
    QCOMPARE(
        jsonOf(ceremony).value(QString::fromLatin1(QTest::currentDataTag())), parsed(expected.constData()));
}

void TestReport::jsonHasNoOtherMembers()
{
    FoldedCeremony ceremony;
    QVERIFY(play(ceremony));
    QStringList names = QStringLiteral(
        "format ceremony flow rehearsal continues part earlierParts goesOnElsewhere fingerprint summary "
        "started "
        "sealed purpose place clockConfirmed withoutWitness participants "
        "program firstDevice device shareFiles settings keys backup restore deviations toExplain events")
                            .split(QLatin1Char(' '));
    names.sort();
    QCOMPARE(jsonOf(ceremony).keys(), names);
}

void TestReport::aFlowThatErasesNothingSaysSo()
{
    DeviceChosen device = simulatedDevice();
    device.initialised = true;
    device.shareFilesTotal = 1;
    device.shareFilesOutstanding = 0;
    device.keys = { { QStringLiteral("old"), QStringLiteral("0a"), {}, {}, 7 } };
    FoldedCeremony ceremony;
    QVERIFY(ceremony.takeAll({ Opened{ QStringLiteral("EX-1"), {}, true, {}, Flow::GenerateMore },
        ParticipantNamed{ Role::Officer, 1, QStringLiteral("Ada"), {} }, Prepared{}, device }));
    QVERIFY(goOnTo(ceremony, Stage::Sealed));
    const QJsonObject json = jsonOf(ceremony);
    QCOMPARE(json.value(u"flow"), QJsonValue(QStringLiteral("generateMore")));
    QVERIFY(!json.value(u"device").toObject().contains(u"erased"));
    QCOMPARE(json.value(u"settings"), QJsonValue(QJsonObject()));
    QCOMPARE(json.value(u"shareFiles"), QJsonValue(QJsonArray()));
}

void TestReport::jsonListsTheEventsUpToTheSeal()
{
    FoldedCeremony ceremony;
    QVERIFY(play(ceremony));
    const QJsonArray events = jsonOf(ceremony).value(u"events").toArray();
    QCOMPARE(events.size(), 35);
    QCOMPARE(events.at(7),
        parsed(R"({"seq":7,"time":"2026-11-23T10:00:07.000+01:00","event":"turnBegan","sha256":"7",
            "number":1,"id":1})"));
    QCOMPARE(events.last(),
        parsed(R"({"seq":34,"time":"2026-11-23T10:00:34.000+01:00","event":"sealed","sha256":"22"})"));
}

void TestReport::jsonReadsWithAnotherParser()
{
    FoldedCeremony ceremony;
    QVERIFY(play(ceremony));
    const Result<Report> report = makeReport(ceremony.state(), recordOf(ceremony), someProgram());
    QVERIFY(report);
    QProcess python;
    python.start(QStringLiteral("python3"),
        { QStringLiteral("-c"),
            QStringLiteral("import json,sys; r=json.load(sys.stdin); print(r['keys'][0]['publicKey'])") });
    python.write(reportJson(*report));
    python.closeWriteChannel();
    QVERIFY(python.waitForFinished());
    QCOMPARE(python.readAllStandardOutput().trimmed(), QByteArray("3059"));
}

void TestReport::isRefusedBeforeTheSeal()
{
    FoldedCeremony ceremony;
    QVERIFY(ceremony.takeAll(upToScheme({ kTwoOfThree })));
    const auto refused = [&] {
        const Result<Report> report = makeReport(ceremony.state(), recordOf(ceremony), someProgram());
        return !report && report.error().kind == ErrorKind::NotAllowedNow;
    };
    QVERIFY(refused());
    QVERIFY(goOnTo(ceremony, Stage::Reviewing));
    QVERIFY(refused());
    QVERIFY(goOnTo(ceremony, Stage::Sealed));
    QVERIFY(!refused());
}

void TestReport::whatComesAfterTheSealDoesNotChangeIt()
{
    FoldedCeremony ceremony;
    QVERIFY(play(ceremony));
    const QJsonObject sealed = jsonOf(ceremony);
    QVERIFY(ceremony.takeAll({ ReportSaved{ QStringLiteral("report.pdf"), QStringLiteral("aa") }, Paused{},
        Resumed{ CheckpointAnswer::Matched, false },
        FingerprintRead{ QStringLiteral("Ada"), QStringLiteral("Grace") }, Closed{} }));
    QCOMPARE(jsonOf(ceremony), sealed);
}

void TestReport::passwordsAndNoBackupHaveNoScheme()
{
    FoldedCeremony withPassword;
    QVERIFY(withPassword.takeAll(upToScheme({ kPassword })));
    QVERIFY(goOnTo(withPassword, Stage::Sealed));
    const QJsonObject file = jsonOf(withPassword).value(u"shareFiles").toArray().at(0).toObject();
    QCOMPARE(file.value(u"scheme"), parsed(R"({"password":true})"));
    QCOMPARE(file.value(u"holders").toArray().size(), 1);

    FoldedCeremony without;
    QVERIFY(without.takeAll(upToScheme({})));
    QVERIFY(goOnTo(without, Stage::Sealed));
    QCOMPARE(jsonOf(without).value(u"shareFiles").toArray().size(), 0);
    QCOMPARE(jsonOf(without).value(u"summary").toObject().value(u"kcv"), QJsonValue(QString()));
}

void TestReport::printedSheetsAreAccountedFor()
{
    FoldedCeremony ceremony;
    QVERIFY(ceremony.takeAll(upToScheme({ kTwoOfThree })));
    QVERIFY(ceremony.takeAll({ setOf(ceremony.state(), 1),
        SheetsChosen{ 1, SheetMode::Printed, PaperSize::Letter, true, QStringLiteral("Laser"),
            PrinterConnection::Network, SpoolPlace::Disk, true },
        TurnBegan{ 1, 1 }, SheetSent{ 1, 1 }, SheetPrinted{ 1, 1, true, SpoolPlace::Disk, false },
        ShareProved{ 1, 1, 1 } }));
    QVERIFY(goOnTo(ceremony, Stage::Sealed));
    const QJsonObject file = jsonOf(ceremony).value(u"shareFiles").toArray().at(0).toObject();
    QCOMPARE(file.value(u"sheets"),
        parsed(R"({"mode":"printed","paper":"letter","largePrint":true,"printer":"Laser",
            "connection":"network","spool":"disk","overridden":true})"));
    const QJsonArray holders = file.value(u"holders").toArray();
    QCOMPARE(holders.at(0).toObject().value(u"print"),
        parsed(R"({"completed":true,"spool":"disk","purged":false})"));
    QVERIFY(!holders.at(1).toObject().contains(u"print"));
}

void TestReport::soPinInDoubtIsSaid()
{
    const Intended change{ Operation::ChangeSoPin, kSerial, 0, -1, -1 };
    FoldedCeremony ceremony;
    QVERIFY(ceremony.takeAll(upToScheme({ kTwoOfThree })));
    QVERIFY(goOnTo(ceremony, Stage::SettingPins));
    QVERIFY(ceremony.take(SettingsChosen{ QStringLiteral("CA"), 3, Unblocking::CounterOnly, false, true }));
    QVERIFY(goOnUntil(ceremony, [&](const CeremonyState& state) { return state.pending == change; }));
    QVERIFY(ceremony.takeAll({ Resumed{ CheckpointAnswer::Matched, false },
        Settled{ Operation::ChangeSoPin, 0, Outcome::Unclear } }));
    QVERIFY(goOnTo(ceremony, Stage::Sealed));
    const QJsonObject report = jsonOf(ceremony);
    QCOMPARE(report.value(u"settings").toObject().value(u"soPinInForce"), QStringLiteral("either"));
    QCOMPARE(
        report.value(u"toExplain").toArray().last().toObject().value(u"event"), QStringLiteral("settled"));
}

void TestReport::programFactsNameTheMachine()
{
    const ProgramFacts facts = programFacts();
    QCOMPARE(facts.program, QStringLiteral("Conclave " CONCLAVE_VERSION));
    QCOMPARE(facts.qt, QLatin1String(qVersion()));
    QVERIFY(facts.openssl.startsWith(QLatin1String("OpenSSL 3.")));
    QProcess sum;
    sum.start(QStringLiteral("sha256sum"), { QCoreApplication::applicationFilePath() });
    QVERIFY(sum.waitForFinished());
    QCOMPARE(facts.programSha256.toLatin1(), sum.readAllStandardOutput().left(64));
    QVERIFY(!facts.system.isEmpty());
    QVERIFY(!facts.host.isEmpty());
}

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
