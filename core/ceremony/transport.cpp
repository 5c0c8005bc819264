// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/transport.h"

#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/card/inputrules.h"
#include "core/ceremony/ceremonyfolder.h"
#include "core/ceremony/companionfile.h"
#include "core/ceremony/durablefile.h"
#include "core/ceremony/recordedsharefile.h"
#include "core/ceremony/transcript.h"
#include "core/dkek/sharefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <set>

namespace conclave::ceremony {

namespace {

constexpr qint64 kLargestTranscript = 64LL * 1024 * 1024;
constexpr int kMostParts = 64;
constexpr int kMostShareFiles = 8;
constexpr std::size_t kMostElements = 256; // as eventjson.h reads them back
constexpr int kMostPinTries = 10;
constexpr qsizetype kLongestText = 1000;
constexpr int kHashDigits = 64;
constexpr int kCheckDigits = 16;

ByteView viewOf(const QByteArray& bytes)
{
    return { reinterpret_cast<const std::uint8_t*>(bytes.constData()),
        static_cast<std::size_t>(bytes.size()) };
}

bool isHex(const QString& text, qsizetype digits)
{
    static const QRegularExpression rule(QStringLiteral("\\A[0-9a-f]+\\z"));
    return text.size() == digits && rule.match(text).hasMatch();
}

/// A name in a folder that does not hide, lead elsewhere, or stand for one of the records.
bool isShareFileName(const QString& name)
{
    static const QRegularExpression rule(
        QStringLiteral("\\A[^./\\\\\\x00-\\x1f][^/\\\\\\x00-\\x1f]{0,199}\\z"));
    return rule.match(name).hasMatch() && name.endsWith(QStringLiteral(".pbe"));
}

bool isTime(const QString& text)
{
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    return time.isValid() && time.timeSpec() != Qt::LocalTime;
}

bool isText(const QString& text)
{
    return text.size() <= kLongestText;
}

ShareFileRule ruleOf(const TravellingShareFile& file)
{
    return { file.name, file.site, file.threshold, file.total, file.bits };
}

bool isSound(const TravellingShareFile& file)
{
    const ShareFileRule rule = ruleOf(file);
    return isSound(rule) && isText(file.name) && isText(file.site) && !file.set.isEmpty() && isText(file.set)
        && isShareFileName(file.file) && isHex(file.sha256, kHashDigits)
        && isHex(file.shareCheck, kCheckDigits)
        && (rule.isPassword() ? file.prime.isEmpty() : isHex(file.prime, rule.bits / 4));
}

QString faultOf(const std::vector<TravellingShareFile>& files, int outstanding)
{
    std::set<QString> once;
    const bool sound = !files.empty() && static_cast<int>(files.size()) <= kMostShareFiles
        && std::ranges::all_of(files, [&once](const TravellingShareFile& file) {
               // The same one twice would cancel out in the device.
               return isSound(file) && once.insert(file.sha256).second && once.insert(file.file).second
                   && once.insert(file.shareCheck).second;
           });
    if (!sound)
        return QStringLiteral("shareFiles");
    const auto missing = std::ranges::count(files, false, &TravellingShareFile::imported);
    return missing == outstanding && missing > 0 ? QString() : QStringLiteral("outstanding");
}

bool areSound(const std::vector<EarlierPart>& parts, int part)
{
    if (part < 1 || part > kMostParts || static_cast<int>(parts.size()) != part - 1)
        return false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const EarlierPart& each = parts[i];
        if (each.part != static_cast<int>(i) + 1 || !isHex(each.sha256, kHashDigits) || !isTime(each.paused)
            || !isText(each.place))
            return false;
    }
    return true;
}

bool areSound(const std::vector<TravellingCustodian>& custodians)
{
    std::set<int> once;
    return custodians.size() <= kMostElements
        && std::ranges::all_of(custodians, [&once](const TravellingCustodian& each) {
               return each.number >= 1 && once.insert(each.number).second && isText(each.name);
           });
}

/// Of nobody, or of two.
bool areSound(const std::vector<NamedHalf>& halves)
{
    const auto isSound = [](const NamedHalf& half) { return half.number >= 1 && isText(half.name); };
    return halves.empty()
        || (halves.size() == 2 && std::ranges::all_of(halves, isSound)
            && (halves[0].role != halves[1].role || halves[0].number != halves[1].number));
}

} // namespace

QString transportFormat()
{
    return QStringLiteral("conclave-transport-1");
}

QString transportName(const QString& ceremonyId, int part)
{
    return QStringLiteral("%1-transport-%2.json").arg(ceremonyId).arg(part);
}

Result<Transport> parseTransport(const QByteArray& file)
{
    QByteArray line = file;
    if (line.endsWith('\n'))
        line.chop(1);
    if (line.size() > kLongestLine)
        return fail(ErrorKind::NotATransport);
    const QJsonObject json = QJsonDocument::fromJson(line).object();
    const int seq = json.value(u"seq").toInt(-1);
    const QString previous = json.value(u"previous").toString();
    // A part begins with other lines than this one.
    if (seq < 1 || !isHex(previous, kHashDigits))
        return fail(ErrorKind::NotATransport, QStringLiteral("previous"));
    const Result<RecordedEvent> recorded = decodeLine(line, seq, previous);
    if (!recorded)
        return fail(ErrorKind::NotATransport, recorded.error().detail);
    const auto* pause = std::get_if<PausedForTravel>(&recorded->event);
    if (!pause)
        return fail(ErrorKind::NotATransport, QStringLiteral("event"));
    if (const QString fault = faultOf(*pause); !fault.isEmpty())
        return fail(ErrorKind::NotATransport, fault);
    return Transport{ line, recorded->lineSha256, recorded->time, *pause };
}

Result<Transport> readTransport(const QString& path)
{
    // One byte more, so that a longer file is not taken for a whole one.
    const Result<Bytes> content = readFromDisk(path, static_cast<std::size_t>(kLongestLine) + 2);
    if (!content)
        return fail(content.error());
    return parseTransport(
        QByteArray(reinterpret_cast<const char*>(content->data()), static_cast<qsizetype>(content->size())));
}

Status saveTransport(
    const QString& folder, const QString& into, const QString& name, const QString& lineSha256)
{
    QFile transcript(transcriptPath(folder));
    if (!transcript.open(QIODevice::ReadOnly))
        return fail(ErrorKind::FileUnreadable, transcript.fileName());
    const QByteArray content = transcript.read(kLargestTranscript);
    const qsizetype end = content.lastIndexOf('\n');
    const qsizetype begin = end < 1 ? -1 : content.lastIndexOf('\n', end - 1);
    const QByteArray line = content.mid(begin + 1, end - begin - 1);
    if (toHex(sha256(viewOf(line))) != lineSha256)
        return fail(ErrorKind::NotATransport, transcript.fileName());
    const QString path = QDir(into).filePath(name);
    const auto there = [&path] { return readFromDisk(path, static_cast<std::size_t>(kLongestLine) + 2); };
    const QByteArray whole = line + '\n';
    const auto holds = [&whole](const Result<Bytes>& read) {
        return read && toHex(sha256(*read)) == toHex(sha256(viewOf(whole)));
    };
    if (QFile::exists(path))
        return holds(there()) ? Status() : fail(ErrorKind::FileExists, path);
    if (Status written = writeDurably(path, viewOf(whole)); !written)
        return written;
    return holds(there()) ? Status() : fail(ErrorKind::FileUnwritable, path);
}

PausedForTravel travelOf(const CeremonyState& state)
{
    PausedForTravel pause;
    pause.format = transportFormat();
    pause.ceremony = state.opened->ceremony;
    pause.rehearsal = state.rehearsal();
    pause.flow = state.flow();
    pause.part = state.part();
    pause.purpose = state.prepared->purpose;
    pause.place = state.prepared->place;
    pause.device = state.device->serial;
    pause.erased = state.erasedAt->toString(Qt::ISODateWithMs);
    pause.outstanding = state.shareFilesOutstanding;
    pause.unsettled = state.pending ? state.pending->number : 0;
    pause.kcv = state.expectedKcv;
    pause.label = state.settings->label;
    pause.userPinTries = state.settings->userPinTries;
    pause.unblocking = state.settings->unblocking;
    pause.soPinMade = state.settings->soPinMade;
    pause.soPinReplaced = state.settings->soPinReplaced;
    pause.soPin = state.soPin;
    pause.soPinHalves = state.soPinHalves;
    pause.currentSoPinHalves = state.currentSoPinHalves;
    if (state.first) {
        pause.firstCeremony = state.first->ceremony;
        pause.firstDevice = state.first->device;
    }
    for (std::size_t i = 0; i < state.sets.size(); ++i) {
        const ShareSet& set = state.sets[i];
        const SetMade& made = *set.made;
        pause.shareFiles.push_back({ set.rule.name, set.rule.site, set.rule.threshold, set.rule.total,
            set.rule.bits, made.set, made.file, made.sha256, made.prime, made.shareCheck, set.imported });
        for (int id = 1; !set.imported && id <= set.rule.people(); ++id) {
            const int number = state.custodianNumber(static_cast<int>(i) + 1, id);
            QString name = state.custodianName(static_cast<int>(i) + 1, id);
            if (name.isEmpty() && state.before) { // not of this site, so not named in this part
                const auto known
                    = std::ranges::find(state.before->custodians, number, &TravellingCustodian::number);
                if (known != state.before->custodians.end())
                    name = known->name;
            }
            if (!name.isEmpty())
                pause.custodians.push_back({ number, name });
        }
    }
    pause.parts = state.parts;
    return pause;
}

QString faultOf(const PausedForTravel& pause)
{
    if (pause.format != transportFormat())
        return QStringLiteral("format");
    if (!isCeremonyId(pause.ceremony))
        return QStringLiteral("ceremony");
    if (!erasesDevice(pause.flow))
        return QStringLiteral("flow");
    if (!areSound(pause.parts, pause.part))
        return QStringLiteral("parts");
    if (!isText(pause.purpose))
        return QStringLiteral("purpose");
    if (!isText(pause.place))
        return QStringLiteral("place");
    if (pause.device.isEmpty() || !isText(pause.device))
        return QStringLiteral("device");
    if (!isTime(pause.erased))
        return QStringLiteral("erased");
    if (!pause.kcv.isEmpty() && !isHex(pause.kcv, kCheckDigits))
        return QStringLiteral("kcv");
    if (!card::checkLabel(pause.label))
        return QStringLiteral("label");
    if (pause.userPinTries < 1 || pause.userPinTries > kMostPinTries)
        return QStringLiteral("userPinTries");
    const bool second = pause.flow == Flow::AddBackup;
    if (!isText(pause.firstCeremony) || !isText(pause.firstDevice) || (second && pause.kcv.isEmpty())
        || (!second && !(pause.firstCeremony.isEmpty() && pause.firstDevice.isEmpty())))
        return QStringLiteral("firstDevice");
    if (const QString fault = faultOf(pause.shareFiles, pause.outstanding); !fault.isEmpty())
        return fault;
    if (pause.unsettled < 0 || pause.unsettled > static_cast<int>(pause.shareFiles.size())
        || (pause.unsettled > 0 && pause.shareFiles[static_cast<std::size_t>(pause.unsettled - 1)].imported))
        return QStringLiteral("unsettled");
    if (!areSound(pause.soPinHalves))
        return QStringLiteral("soPinHalves");
    if (!areSound(pause.currentSoPinHalves))
        return QStringLiteral("currentSoPinHalves");
    return areSound(pause.custodians) ? QString() : QStringLiteral("custodians");
}

bool isAnnounced(const PausedForTravel& pause, int outstanding)
{
    return outstanding == pause.outstanding || (pause.unsettled != 0 && outstanding == pause.outstanding - 1);
}

std::optional<Obstacle> obstacleTo(const PausedForTravel& pause, const DeviceChosen& device)
{
    if (device.serial != pause.device)
        return Obstacle::AnotherDevice;
    // A device that lost power right after it was initialised has no label yet.
    const bool asInitialised = device.initialised && device.keys.empty()
        && (device.label == pause.label || device.label.isEmpty())
        && device.shareFilesTotal == static_cast<int>(pause.shareFiles.size());
    if (!asInitialised || !isAnnounced(pause, device.shareFilesOutstanding))
        return Obstacle::NotAsAnnounced;
    return std::nullopt;
}

Result<int> takeShareFile(const QString& path, const QString& into, const std::vector<ShareSet>& sets)
{
    QString shareFile = path;
    QString companionPath = companionOf(path);
    if (QFileInfo(path).suffix() == QStringLiteral("json")) {
        const Result<dkek::Companion> companion = readCompanion(path);
        if (!companion)
            return fail(companion.error());
        if (companion->file.contains(QLatin1Char('/')))
            return fail(ErrorKind::NotACompanion, QStringLiteral("file"));
        shareFile = QFileInfo(path).dir().filePath(companion->file);
        companionPath = path;
    }
    const Result<Bytes> content = readFromDisk(shareFile, dkek::kShareFileBytes + 1);
    if (!content)
        return fail(content.error());
    const QString hash = toHex(sha256(*content));
    const auto found = std::ranges::find_if(
        sets, [&hash](const ShareSet& set) { return set.made && set.made->sha256 == hash; });
    if (found == sets.end())
        return fail(ErrorKind::ShareFileOfAnotherSet, shareFile);
    const int number = static_cast<int>(found - sets.begin()) + 1;
    if (found->imported)
        return fail(
            Error{ .kind = ErrorKind::ShareFileAlreadyImported, .number = number, .detail = shareFile });
    QByteArray companion;
    if (QFile::exists(companionPath)) {
        const Result<dkek::Companion> read = readCompanion(companionPath);
        if (!read)
            return fail(read.error());
        if (toHex(read->sha256) != hash || read->set != found->made->set)
            return fail(ErrorKind::NotACompanion, companionPath);
        companion = read->toJson();
    }
    if (Status put = putBackShareFile(into, *found->made, *content); !put)
        return fail(put.error());
    if (!companion.isEmpty()) {
        const QString copy = QDir(into).filePath(companionOf(found->made->file));
        if (Status written = writeDurably(copy, viewOf(companion)); !written)
            return fail(written.error());
    }
    return number;
}

} // namespace conclave::ceremony
