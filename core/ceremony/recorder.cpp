// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/recorder.h"

#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/ceremony/background.h"
#include "core/device/ondone.h"

namespace conclave::ceremony {

namespace {

struct Loaded {
    std::unique_ptr<Transcript> transcript;
    LoadedTranscript content;
    CeremonyState state;
};

Result<Loaded> loadAndFold(const QString& folder)
{
    auto opened = Transcript::open(folder);
    if (!opened)
        return fail(opened.error());
    Loaded loaded{ std::move(opened->first), std::move(opened->second), {} };
    for (const RecordedEvent& event : loaded.content.events) {
        Result<Advance> next = advance(loaded.state, event);
        if (!next)
            return fail(Error{ .kind = ErrorKind::TranscriptBroken, .number = event.seq });
        loaded.state = std::move(next->state);
    }
    return loaded;
}

} // namespace

Recorder::Recorder(Clock clock, QObject* parent)
    : Record(parent)
    , m_clock(std::move(clock))
    , m_transcript(std::make_shared<std::unique_ptr<Transcript>>())
    , m_tipHash(noPrevious())
{
    m_fileThread.setMaxThreadCount(1);
}

Recorder::~Recorder()
{
    m_fileThread.waitForDone();
}

void Recorder::begin(const QString& folder)
{
    m_folder = folder;
}

void Recorder::load(const QString& folder)
{
    m_folder = folder;
    onDone(inBackground(
               m_fileThread, [folder] { return std::make_shared<Result<Loaded>>(loadAndFold(folder)); }),
        this, [this](const QFuture<std::shared_ptr<Result<Loaded>>>& future) {
            Result<Loaded>& loaded = *future.result();
            if (!loaded) {
                Q_EMIT failed(loaded.error());
                return;
            }
            *m_transcript = std::move(loaded->transcript);
            m_record = std::move(loaded->content.events);
            m_tornLine = loaded->content.tornLine;
            m_tipHash = m_record.back().lineSha256;
            m_state = loaded->state;
            m_tip = m_state;
            Q_EMIT this->loaded();
        });
}

Status Recorder::add(std::vector<Event> events)
{
    CeremonyState tip = m_tip;
    QString hash = m_tipHash;
    std::vector<Waiting> accepted;
    for (Event& event : events) {
        const QDateTime time = m_clock();
        const QByteArray line = encodeLine(tip.events, time, event, hash);
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(line.constData());
        hash = toHex(sha256(ByteView(bytes, static_cast<std::size_t>(line.size()))));
        RecordedEvent recorded{ tip.events, time, std::move(event), hash };
        Result<Advance> next
            = line.size() <= kLongestLine ? advance(tip, recorded) : fail(ErrorKind::Malformed);
        if (!next)
            return fail(next.error());
        tip = next->state;
        accepted.push_back(Waiting{ std::move(recorded), line, std::move(*next) });
    }
    m_tip = std::move(tip);
    m_tipHash = hash;
    std::move(accepted.begin(), accepted.end(), std::back_inserter(m_waiting));
    if (!m_writing)
        writeNext();
    return {};
}

void Recorder::tryAgain()
{
    if (!m_writing)
        writeNext();
}

void Recorder::writeNext()
{
    if (m_waiting.empty())
        return;
    m_writing = true;
    auto write = [transcript = m_transcript, folder = m_folder, line = m_waiting.front().line]() -> Status {
        const bool first = !*transcript;
        if (first) {
            auto created = Transcript::create(folder);
            if (!created)
                return fail(created.error());
            *transcript = std::move(*created);
        }
        Status appended = (*transcript)->append(line);
        if (first && !appended)
            transcript->reset(); // or it would keep the next try in this folder
        return appended;
    };
    onDone(inBackground(m_fileThread, std::move(write)), this, [this](const QFuture<Status>& future) {
        m_writing = false;
        const Status written = future.result();
        if (!written) {
            if (m_state.events == 0) { // nothing began: another folder may be chosen
                m_waiting.clear();
                m_tip = {};
                m_tipHash = noPrevious();
            }
            Q_EMIT failed(written.error());
            return;
        }
        Waiting done = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_state = std::move(done.next.state);
        m_record.push_back(std::move(done.event));
        writeNext();
        Q_EMIT folded(done.next.effects);
        for (const auto& [serial, effects] : done.next.onDevices)
            Q_EMIT foldedOnDevice(serial, effects);
    });
}

} // namespace conclave::ceremony
