// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/report.h"

#include "core/base/jsonarray.h"
#include "core/ceremony/drillresult.h"
#include "core/ceremony/eventjson.h"
#include "core/ceremony/keyfiles.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace conclave::ceremony {

namespace {

QString isoTime(const QDateTime& time)
{
    return time.toString(Qt::ISODateWithMs);
}

QString stateName(KeyState state)
{
    switch (state) {
    case KeyState::Waiting:
        return QStringLiteral("waiting");
    case KeyState::Generated:
        return QStringLiteral("generated");
    case KeyState::Tested:
        return QStringLiteral("tested");
    case KeyState::TestFailed:
        return QStringLiteral("testFailed");
    case KeyState::Skipped:
        return QStringLiteral("skipped");
    case KeyState::Deleted:
        return QStringLiteral("deleted");
    }
    return {};
}

QString soPinName(SoPinInForce soPin)
{
    switch (soPin) {
    case SoPinInForce::Chosen:
        return QStringLiteral("chosen");
    case SoPinInForce::Previous:
        return QStringLiteral("previous");
    case SoPinInForce::Either:
        return QStringLiteral("either");
    }
    return {};
}

ReportShareFile shareFileOf(const CeremonyState& state, int number)
{
    const ShareSet& set = *state.set(number);
    ReportShareFile file;
    file.number = number;
    file.rule = set.rule;
    file.made = set.made.value_or(SetMade{});
    file.sheets = set.sheets;
    file.voided = set.voided;
    if (state.first || state.before)
        return file; // nothing was handed out here
    for (const Holder& holder : set.holders) {
        ReportHolder held;
        held.custodian = state.custodianNumber(number, holder.id);
        held.name = state.custodianName(number, holder.id);
        held.id = holder.id;
        held.proved = holder.proved;
        held.tries = holder.tries;
        held.print = holder.print;
        file.holders.push_back(std::move(held));
    }
    return file;
}

QJsonObject summaryJson(const Report& report)
{
    return {
        { QStringLiteral("device"), report.device ? report.device->serial : QString() },
        { QStringLiteral("kcv"), report.kcv },
        { QStringLiteral("kcvCompared"), report.kcvCompared },
        { QStringLiteral("shareFiles"), static_cast<int>(report.shareFiles.size()) },
        { QStringLiteral("shareFilesMissing"), report.shareFilesMissing },
        { QStringLiteral("keysPlanned"), static_cast<int>(report.keys.size()) },
        { QStringLiteral("keysTested"), report.keysTested() },
        { QStringLiteral("eventsToExplain"), static_cast<int>(report.toExplain.size()) },
        { QStringLiteral("backupProved"), report.backup.proved },
    };
}

QJsonObject programJson(const ProgramFacts& program, const OpinionRecord& opinion)
{
    QJsonObject json{
        { QStringLiteral("name"), program.program },
        { QStringLiteral("sha256"), program.programSha256 },
        { QStringLiteral("qt"), program.qt },
        { QStringLiteral("openssl"), program.openssl },
        { QStringLiteral("pcsc"), program.pcsc },
        { QStringLiteral("system"), program.system },
        { QStringLiteral("kernel"), program.kernel },
        { QStringLiteral("host"), program.host },
    };
    if (opinion.given) {
        QJsonObject given = toJson(*opinion.given);
        given.insert(QStringLiteral("differences"), opinion.differences());
        json.insert(QStringLiteral("secondOpinion"), given);
    }
    if (opinion.failed)
        json.insert(QStringLiteral("secondOpinionFailed"), toJson(*opinion.failed));
    return json;
}

QJsonObject restoreJson(const RestoreRecord& restore);

/// Without counts that are not known.
QJsonObject chosenJson(const DeviceChosen& device)
{
    QJsonObject json = toJson(device);
    for (const QString& count : { QStringLiteral("soPinTries"), QStringLiteral("userPinTries"),
             QStringLiteral("shareFilesTotal"), QStringLiteral("shareFilesOutstanding") }) {
        if (json.value(count).toInt() < 0)
            json.remove(count);
    }
    return json;
}

void insertErasure(
    QJsonObject& json, const QDateTime& erasedAt, const std::optional<AuthenticityProved>& proof)
{
    if (erasedAt.isValid())
        json.insert(QStringLiteral("erased"), isoTime(erasedAt));
    if (proof) {
        json.insert(QStringLiteral("holder"), proof->holder);
        json.insert(QStringLiteral("certificateValidTo"), proof->validTo);
    }
}

QJsonObject deviceJson(const Report& report)
{
    if (!report.device)
        return {};
    QJsonObject json = chosenJson(*report.device);
    insertErasure(json, report.erasedAt, report.proof);
    return json;
}

QJsonObject oneOfSeveralJson(const CeremonyState& device)
{
    QJsonObject json = chosenJson(*device.device);
    insertErasure(json, device.erasedAt.value_or(QDateTime()), device.proof);
    if (device.settings) {
        QJsonObject settings = toJson(*device.settings);
        settings.insert(QStringLiteral("soPinInForce"), soPinName(device.soPin));
        json.insert(QStringLiteral("settings"), settings);
    }
    json.insert(QStringLiteral("kcvAfter"), device.kcv);
    json.insert(QStringLiteral("kcvCompared"), device.kcvCompared);
    json.insert(QStringLiteral("complete"), device.complete());
    json.insert(QStringLiteral("workCut"), device.pending.has_value());
    json.insert(QStringLiteral("restore"), restoreJson(device.restore));
    return json;
}

QJsonObject halfJson(const NamedHalf& half)
{
    QJsonObject json = toJson(ParticipantNamed{ half.role, half.number, half.name, {} });
    json.remove(QStringLiteral("identityCheckedBy"));
    return json;
}

QJsonObject settingsJson(const Report& report)
{
    if (!report.settings)
        return {};
    QJsonObject json = toJson(*report.settings);
    json.insert(QStringLiteral("soPinInForce"), soPinName(report.soPin));
    json.insert(QStringLiteral("soPinHalves"), arrayOf(report.soPinHalves, halfJson));
    json.insert(QStringLiteral("currentSoPinHalves"), arrayOf(report.currentSoPinHalves, halfJson));
    return json;
}

/// Without what the object around it says.
template <typename E>
QJsonObject sheetJson(const E& event)
{
    QJsonObject json = toJson(event);
    json.remove(QStringLiteral("number"));
    json.remove(QStringLiteral("id"));
    return json;
}

QJsonObject holderJson(const ReportHolder& holder)
{
    QJsonObject json{
        { QStringLiteral("custodian"), holder.custodian },
        { QStringLiteral("name"), holder.name },
        { QStringLiteral("id"), holder.id },
        { QStringLiteral("proved"), holder.proved },
        { QStringLiteral("tries"), holder.tries },
    };
    if (holder.print)
        json.insert(QStringLiteral("print"), sheetJson(*holder.print));
    return json;
}

QJsonObject shareFileJson(const ReportShareFile& file)
{
    QJsonObject json = toJson(file.made);
    json.insert(QStringLiteral("number"), file.number);
    if (file.holders.empty()) { // made in another ceremony
        for (const auto& how :
            { QStringLiteral("deviceRandom"), QStringLiteral("subsetsProven"), QStringLiteral("allSubsets") })
            json.remove(how);
    }
    json.insert(QStringLiteral("name"), file.rule.name);
    json.insert(QStringLiteral("site"), file.rule.site);
    // As in the companion of a share file.
    json.remove(QStringLiteral("prime"));
    json.insert(QStringLiteral("scheme"),
        file.rule.isPassword() ? QJsonObject{ { QStringLiteral("password"), true } }
                               : QJsonObject{
                                   { QStringLiteral("threshold"), file.rule.threshold },
                                   { QStringLiteral("total"), file.rule.total },
                                   { QStringLiteral("bits"), file.rule.bits },
                                   { QStringLiteral("prime"), file.made.prime },
                               });
    if (!file.rule.isPassword() && !file.holders.empty())
        json.insert(QStringLiteral("sheets"), sheetJson(file.sheets));
    json.insert(QStringLiteral("holders"), arrayOf(file.holders, holderJson));
    json.insert(QStringLiteral("voidedSets"),
        QJsonArray::fromStringList(QStringList(file.voided.begin(), file.voided.end())));
    return json;
}

QJsonObject keyJson(const KeyRecord& key)
{
    QJsonObject json{
        { QStringLiteral("label"), key.planned.label },
        { QStringLiteral("id"), key.planned.id },
        { QStringLiteral("algorithm"), card::keyAlgorithmName(key.planned.algorithm) },
        { QStringLiteral("state"), stateName(key.state) },
        { QStringLiteral("failures"), key.failures },
    };
    if (key.generated) {
        json.insert(QStringLiteral("keyReference"), key.generated->keyReference);
        json.insert(QStringLiteral("fingerprint"), key.generated->fingerprint);
        json.insert(QStringLiteral("publicKey"), key.generated->publicKey);
        if (key.generated->attestation != Attestation::None) {
            json.insert(QStringLiteral("attested"), key.generated->attestation == Attestation::Verified);
            json.insert(QStringLiteral("request"), key.generated->request);
        }
        if (key.generated->seconds > 0)
            json.insert(QStringLiteral("seconds"), key.generated->seconds);
    }
    if (key.state == KeyState::Tested) {
        json.insert(QStringLiteral("testSeconds"), key.testSeconds);
        if (!key.cmac.isEmpty()) {
            json.insert(QStringLiteral("challenge"), key.challenge);
            json.insert(QStringLiteral("cmac"), key.cmac);
        }
        json.insert(QStringLiteral("certificateRequests"),
            arrayOf(key.requests, [](const CertificateRequested& request) { return toJson(request); }));
    }
    if (key.state == KeyState::Tested && !card::isAes(key.planned.algorithm)) {
        json.insert(
            QStringLiteral("publicKeyFile"), QString(keyFileBase(key.planned) + QStringLiteral(".pem")));
        if (!key.generated->request.isEmpty())
            json.insert(
                QStringLiteral("requestFile"), QString(keyFileBase(key.planned) + QStringLiteral(".cvc")));
    }
    return json;
}

QJsonObject backupJson(const Report& report)
{
    const auto labelled = [&report](QJsonValueRef keys) {
        QJsonArray array = keys.toArray();
        for (QJsonValueRef key : array) {
            QJsonObject json = key.toObject();
            json.insert(QStringLiteral("label"), report.labelOf(json.value(u"keyReference").toInt()));
            key = json;
        }
        keys = array;
    };
    const auto wrapping = [&labelled](const KeysWrapped& wrapped) {
        QJsonObject json = toJson(wrapped);
        labelled(json[u"keys"]);
        labelled(json[u"leftOut"]);
        return json;
    };
    return {
        { QStringLiteral("wrappings"), arrayOf(report.backup.wrappings, wrapping) },
        { QStringLiteral("media"),
            arrayOf(report.backup.media, [](const KeysSaved& medium) { return toJson(medium); }) },
        { QStringLiteral("oneCopyConfirmed"), report.backup.oneCopyConfirmed },
        { QStringLiteral("skipped"), report.backup.skipped },
        { QStringLiteral("proved"), report.backup.proved },
    };
}

QJsonObject oldSetJson(const ReportOldSet& old)
{
    QJsonObject json = toJson(old.brought);
    json.insert(QStringLiteral("opened"), toJson(old.opened));
    json.insert(QStringLiteral("toBeDestroyed"), toJson(old.replaced));
    return json;
}

QJsonObject restoredKeyJson(const RestoreRecord& restore, std::size_t index)
{
    const RestoredKeyRecord& each = restore.keys[index];
    const auto& key = each.key;
    QJsonObject json{
        { QStringLiteral("file"), key.file },
        { QStringLiteral("sha256"), key.sha256 },
        { QStringLiteral("label"), key.label },
        { QStringLiteral("id"), key.id },
        { QStringLiteral("type"), key.type },
        { QStringLiteral("fingerprint"), key.fingerprint },
        { QStringLiteral("wasThere"), each.wasThere() },
        { QStringLiteral("restored"), each.restored.has_value() },
        { QStringLiteral("failures"), each.failures },
    };
    if (!key.cmac.isEmpty()) {
        json.insert(QStringLiteral("challenge"), key.challenge);
        json.insert(QStringLiteral("cmac"), key.cmac);
    }
    if (const QString file = publicKeyFile(restore, index); !file.isEmpty()) {
        json.insert(QStringLiteral("publicKey"), each.restored->publicKey);
        json.insert(QStringLiteral("publicKeyFile"), file);
    }
    if (each.restored) {
        json.insert(QStringLiteral("keyReference"), each.restored->keyReference);
        json.insert(QStringLiteral("proved"), each.restored->proved);
        if (each.restored->seconds > 0)
            json.insert(QStringLiteral("seconds"), each.restored->seconds);
    }
    return json;
}

/// Empty where nothing was to be restored.
QJsonObject restoreJson(const RestoreRecord& restore)
{
    if (!restore.plan)
        return {};
    QJsonObject json = toJson(*restore.plan);
    QJsonArray keys;
    for (std::size_t i = 0; i < restore.keys.size(); ++i)
        keys.append(restoredKeyJson(restore, i));
    json.insert(QStringLiteral("keys"), keys);
    if (restore.cloneProof)
        json.insert(QStringLiteral("cloneProof"), toJson(*restore.cloneProof));
    return json;
}

QString verdictName(DrillVerdict verdict)
{
    switch (verdict) {
    case DrillVerdict::Proved:
        return QStringLiteral("proved");
    case DrillVerdict::ProvedInPart:
        return QStringLiteral("provedInPart");
    case DrillVerdict::NotProved:
        return QStringLiteral("notProved");
    }
    return {};
}

QString drillDeviceName(DrillDevice device)
{
    switch (device) {
    case DrillDevice::InUse:
        return QStringLiteral("inUse");
    case DrillDevice::Untouched:
        return QStringLiteral("untouched");
    case DrillDevice::Cleaned:
        return QStringLiteral("cleaned");
    case DrillDevice::Kept:
        return QStringLiteral("kept");
    case DrillDevice::Wiped:
        return QStringLiteral("wiped");
    }
    return {};
}

QString findingName(DrillSheet::Finding finding)
{
    switch (finding) {
    case DrillSheet::Finding::Opened:
        return QStringLiteral("opened");
    case DrillSheet::Finding::Wrong:
        return QStringLiteral("wrong");
    case DrillSheet::Finding::NotOpened:
        return QStringLiteral("notOpened");
    }
    return {};
}

QJsonObject drillFileJson(const DrillShareFile& file)
{
    return {
        { QStringLiteral("file"), file.file.file },
        { QStringLiteral("sha256"), file.file.sha256 },
        { QStringLiteral("set"), file.file.set },
        { QStringLiteral("opened"), file.opened },
        { QStringLiteral("notBrought"), file.notBrought },
        { QStringLiteral("sheets"),
            arrayOf(file.sheets,
                [](const DrillSheet& sheet) {
                    return QJsonObject{
                        { QStringLiteral("custodian"), sheet.custodian },
                        { QStringLiteral("name"), sheet.name },
                        { QStringLiteral("id"), sheet.id },
                        { QStringLiteral("finding"), findingName(sheet.finding) },
                    };
                }) },
    };
}

QJsonObject drillJson(const Report& report)
{
    const DrillResult result = drillResult(report);
    return {
        { QStringLiteral("verdict"), verdictName(result.verdict) },
        { QStringLiteral("device"), drillDeviceName(report.drill->device) },
        { QStringLiteral("shareFiles"), arrayOf(result.shareFiles, drillFileJson) },
        { QStringLiteral("kcvAgrees"), result.kcvAgrees },
        { QStringLiteral("ended"), result.ended },
        { QStringLiteral("notChosen"), result.notChosen },
        { QStringLiteral("notRestored"), result.notRestored },
        { QStringLiteral("notProvable"), result.notProvable },
        { QStringLiteral("refused"), toJson(KeysRefused{ result.refused }).value(QStringLiteral("keys")) },
    };
}

QJsonObject earlierPartJson(const EarlierPart& part)
{
    return {
        { QStringLiteral("part"), part.part },
        { QStringLiteral("place"), part.place },
        { QStringLiteral("paused"), part.paused },
        { QStringLiteral("sha256"), part.sha256 },
    };
}

QJsonObject deviationJson(const ReportDeviation& deviation)
{
    return {
        { QStringLiteral("seq"), deviation.seq },
        { QStringLiteral("time"), isoTime(deviation.time) },
        { QStringLiteral("by"), deviation.by },
        { QStringLiteral("text"), deviation.text },
    };
}

QJsonObject explanationJson(const ToExplain& entry)
{
    return {
        { QStringLiteral("seq"), entry.seq },
        { QStringLiteral("event"), eventName(entry.event) },
        { QStringLiteral("explanation"), entry.explanation },
    };
}

QJsonObject eventJson(const RecordedEvent& recorded)
{
    QJsonObject json = toJson(recorded.event);
    json.insert(QStringLiteral("seq"), recorded.seq);
    json.insert(QStringLiteral("time"), isoTime(recorded.time));
    json.insert(QStringLiteral("event"), eventName(recorded.event));
    json.insert(QStringLiteral("sha256"), recorded.lineSha256);
    return json;
}

} // namespace

int Report::keysTested() const
{
    return static_cast<int>(std::count_if(
        keys.begin(), keys.end(), [](const KeyRecord& key) { return key.state == KeyState::Tested; }));
}

QString Report::labelOf(int reference) const
{
    return ceremony::labelOf(keys, keptKeys, reference);
}

Result<Report> makeReport(
    const CeremonyState& state, const std::vector<RecordedEvent>& record, const ProgramFacts& program)
{
    const auto sealedEvent = std::find_if(record.begin(), record.end(),
        [](const RecordedEvent& recorded) { return std::holds_alternative<Sealed>(recorded.event); });
    if (state.stage < Stage::Sealed || sealedEvent == record.end())
        return fail(ErrorKind::NotAllowedNow);

    Report report;
    report.opened = *state.opened;
    report.startedAt = state.startedAt;
    report.sealedAt = sealedEvent->time;
    report.prepared = *state.prepared;
    report.participants = state.participants;
    report.program = program;
    report.device = state.device;
    report.devices = state.devices;
    if (state.replaced)
        report.oldSet = ReportOldSet{ *state.brought, *state.broughtOpened, *state.replaced };
    report.first = state.first;
    report.parts = state.parts;
    report.partEnded = state.partEnded;
    report.shareFilesMissing = std::max(0, state.shareFilesOutstanding);
    report.erasedAt = state.erasedAt.value_or(QDateTime());
    report.proof = state.proof;
    report.scheme = state.scheme;
    for (int number = 1; number <= static_cast<int>(state.sets.size()); ++number)
        report.shareFiles.push_back(shareFileOf(state, number));
    report.settings = state.settings;
    report.soPinHalves = state.soPinHalves;
    report.currentSoPinHalves = state.currentSoPinHalves;
    report.soPin = state.soPin;
    report.kcv = state.kcv;
    report.kcvCompared = state.kcvCompared;
    report.keys = state.keys;
    report.keptKeys = state.keptKeys();
    report.withBackup = state.withBackup();
    report.backup = state.backup;
    report.restore = state.restore;
    if (state.flow() == Flow::Drill)
        report.drill = state.drill;
    report.opinion = state.opinion;
    report.toExplain = state.toExplain;
    report.events.assign(record.begin(), std::next(sealedEvent));
    for (const RecordedEvent& recorded : report.events) {
        if (const auto* noted = std::get_if<DeviationNoted>(&recorded.event))
            report.deviations.push_back({ recorded.seq, recorded.time, noted->by, noted->text });
    }
    report.fingerprint = state.fingerprint;
    return report;
}

QByteArray reportJson(const Report& report)
{
    QJsonObject json{
        { QStringLiteral("format"), QStringLiteral("conclave-report-1") },
        { QStringLiteral("ceremony"), report.opened.ceremony },
        { QStringLiteral("flow"), toJson(report.opened).value(QStringLiteral("flow")) },
        { QStringLiteral("rehearsal"), report.opened.rehearsal },
        { QStringLiteral("continues"), report.opened.continues },
        { QStringLiteral("part"), report.part() },
        { QStringLiteral("earlierParts"), arrayOf(report.parts, earlierPartJson) },
        { QStringLiteral("goesOnElsewhere"), report.partEnded },
        { QStringLiteral("fingerprint"), report.fingerprint },
        { QStringLiteral("summary"), summaryJson(report) },
        { QStringLiteral("started"), isoTime(report.startedAt) },
        { QStringLiteral("sealed"), isoTime(report.sealedAt) },
        { QStringLiteral("purpose"), report.prepared.purpose },
        { QStringLiteral("place"), report.prepared.place },
        { QStringLiteral("clockConfirmed"), report.prepared.clockConfirmed },
        { QStringLiteral("withoutWitness"), report.prepared.withoutWitness },
        { QStringLiteral("participants"),
            arrayOf(report.participants, [](const ParticipantNamed& person) { return toJson(person); }) },
        { QStringLiteral("program"), programJson(report.program, report.opinion) },
        { QStringLiteral("firstDevice"), report.first ? toJson(*report.first) : QJsonObject() },
        { QStringLiteral("device"), deviceJson(report) },
        { QStringLiteral("shareFiles"), arrayOf(report.shareFiles, shareFileJson) },
        { QStringLiteral("settings"), settingsJson(report) },
        { QStringLiteral("keys"), arrayOf(report.keys, keyJson) },
        { QStringLiteral("backup"), backupJson(report) },
        { QStringLiteral("restore"), restoreJson(report.restore) },
        { QStringLiteral("deviations"), arrayOf(report.deviations, deviationJson) },
        { QStringLiteral("toExplain"), arrayOf(report.toExplain, explanationJson) },
        { QStringLiteral("events"), arrayOf(report.events, eventJson) },
    };
    if (!report.devices.empty())
        json.insert(QStringLiteral("devices"), arrayOf(report.devices, oneOfSeveralJson));
    if (report.oldSet)
        json.insert(QStringLiteral("oldSet"), oldSetJson(*report.oldSet));
    if (report.drill)
        json.insert(QStringLiteral("drill"), drillJson(report));
    return QJsonDocument(json).toJson(QJsonDocument::Indented);
}

} // namespace conclave::ceremony
