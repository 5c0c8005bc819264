// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/transcript.h"

#include "core/base/codealphabet.h"
#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/ceremony/ceremonyfolder.h"
#include "core/ceremony/durablefile.h"
#include "core/ceremony/eventjson.h"

#include <QDir>
#include <QJsonDocument>

#include <algorithm>

namespace conclave::ceremony {

namespace {

ByteView viewOf(const QByteArray& bytes)
{
    return { reinterpret_cast<const std::uint8_t*>(bytes.constData()),
        static_cast<std::size_t>(bytes.size()) };
}

Error broken(int line)
{
    return Error{ .kind = ErrorKind::TranscriptBroken, .number = line };
}

Result<std::unique_ptr<QLockFile>> lock(const QString& folder)
{
    auto lockFile = std::make_unique<QLockFile>(QDir(folder).filePath(QStringLiteral(".lock")));
    lockFile->setStaleLockTime(0); // a lock is stale when its process is gone, however old it is
    if (lockFile->tryLock(0))
        return lockFile;
    if (lockFile->error() == QLockFile::LockFailedError)
        return fail(ErrorKind::CeremonyInUse, folder);
    return fail(ErrorKind::FileUnwritable, folder);
}

/// The process ended before the first line was whole.
bool neverBegan(QFile& file)
{
    if (file.size() > kLongestLine || !file.open(QIODevice::ReadOnly))
        return false;
    const bool noLine = !file.readAll().contains('\n');
    file.close();
    return noLine;
}

} // namespace

QByteArray encodeLine(int seq, const QDateTime& time, const Event& event, const QString& previousSha256)
{
    QJsonObject json = toJson(event);
    json.insert(QStringLiteral("seq"), seq);
    json.insert(QStringLiteral("time"), time.toString(Qt::ISODateWithMs));
    json.insert(QStringLiteral("event"), eventName(event));
    json.insert(QStringLiteral("previous"), previousSha256);
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

Result<RecordedEvent> decodeLine(const QByteArray& line, int expectedSeq, const QString& expectedPrevious)
{
    const Error unreadable{ .kind = ErrorKind::NotATranscript, .number = expectedSeq };
    // Stricter than Qt's parser: other readers refuse control characters, too.
    const bool control = std::any_of(line.begin(), line.end(), [](char c) { return c >= 0 && c < 0x20; });
    if (line.size() > kLongestLine || control)
        return fail(unreadable);
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (!document.isObject())
        return fail(unreadable);
    const QJsonObject json = document.object();
    if (json.value(u"seq").toInt(-1) != expectedSeq || json.value(u"previous").toString() != expectedPrevious)
        return fail(broken(expectedSeq));
    RecordedEvent recorded;
    recorded.seq = expectedSeq;
    recorded.time = QDateTime::fromString(json.value(u"time").toString(), Qt::ISODateWithMs);
    if (!recorded.time.isValid() || recorded.time.timeSpec() == Qt::LocalTime)
        return fail(unreadable);
    Result<Event> event = eventFromJson(json.value(u"event").toString(), json);
    if (!event) {
        Error error = event.error();
        error.number = expectedSeq;
        return fail(error);
    }
    recorded.event = std::move(*event);
    recorded.lineSha256 = toHex(sha256(viewOf(line)));
    return recorded;
}

QString noPrevious()
{
    return QString(64, QLatin1Char('0'));
}

QString checkpointCodeOf(const QString& lineSha256)
{
    const std::optional<Bytes> hash = fromHex(lineSha256);
    if (!hash || hash->size() < 5)
        return {};
    QString code = encodePublicCode(*hash, 8);
    return code.insert(4, QLatin1Char(' '));
}

Result<LoadedTranscript> parseTranscript(const QByteArray& file)
{
    LoadedTranscript loaded;
    QString previous = noPrevious();
    qsizetype begin = 0;
    while (begin < file.size()) {
        const qsizetype end = file.indexOf('\n', begin);
        if (end < 0) {
            loaded.tornLine = true;
            break;
        }
        const int seq = static_cast<int>(loaded.events.size());
        Result<RecordedEvent> event = decodeLine(file.mid(begin, end - begin), seq, previous);
        if (!event)
            return fail(event.error());
        if (std::holds_alternative<Opened>(event->event) != (seq == 0))
            return fail(broken(seq));
        previous = event->lineSha256;
        loaded.events.push_back(std::move(*event));
        begin = end + 1;
        loaded.soundBytes = begin;
    }
    if (loaded.events.empty())
        return fail(Error{ .kind = ErrorKind::NotATranscript, .number = 0 });
    return loaded;
}

Result<std::unique_ptr<Transcript>> Transcript::create(const QString& folder)
{
    if (!QDir().mkpath(folder))
        return fail(ErrorKind::FileUnwritable, folder);
    auto lockFile = lock(folder);
    if (!lockFile)
        return fail(lockFile.error());
    const QString path = transcriptPath(folder);
    auto file = std::make_unique<QFile>(path);
    if (file->exists() && !neverBegan(*file))
        return fail(ErrorKind::FileExists, path);
    if (!file->open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered))
        return fail(ErrorKind::FileUnwritable, path);
    if (Status synced = syncFolder(folder); !synced)
        return fail(synced.error());
    std::unique_ptr<Transcript> transcript(new Transcript);
    transcript->m_lock = std::move(*lockFile);
    transcript->m_file = std::move(file);
    return transcript;
}

Result<std::pair<std::unique_ptr<Transcript>, LoadedTranscript>> Transcript::open(const QString& folder)
{
    const QString path = transcriptPath(folder);
    if (!QFile::exists(path))
        return fail(ErrorKind::FileUnreadable, path);
    auto lockFile = lock(folder);
    if (!lockFile)
        return fail(lockFile.error());
    auto file = std::make_unique<QFile>(path);
    if (!file->open(QIODevice::ReadWrite | QIODevice::Unbuffered))
        return fail(ErrorKind::FileUnreadable, path);
    Result<LoadedTranscript> loaded = parseTranscript(file->readAll());
    if (!loaded)
        return fail(loaded.error());
    if (!file->seek(loaded->soundBytes))
        return fail(ErrorKind::FileUnreadable, path);
    std::unique_ptr<Transcript> transcript(new Transcript);
    transcript->m_lock = std::move(*lockFile);
    transcript->m_file = std::move(file);
    return std::pair{ std::move(transcript), std::move(*loaded) };
}

Status Transcript::append(const QByteArray& line)
{
    const qint64 before = m_file->pos();
    const QByteArray whole = line + '\n';
    Status written = m_file->write(whole) == whole.size()
        ? syncFile(*m_file)
        : fail(ErrorKind::FileUnwritable, m_file->fileName());
    // What is left of a torn line that was longer.
    if (written && m_file->size() > m_file->pos()) {
        written = m_file->resize(m_file->pos()) ? syncFile(*m_file)
                                                : fail(ErrorKind::FileUnwritable, m_file->fileName());
    }
    if (!written) {
        // A half line must not stand before the next try.
        m_file->resize(before);
        m_file->seek(before);
    }
    return written;
}

} // namespace conclave::ceremony
