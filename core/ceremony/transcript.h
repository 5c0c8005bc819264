// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/ceremony/advance.h"

#include <QByteArray>
#include <QFile>
#include <QLockFile>
#include <QString>

#include <memory>
#include <vector>

namespace conclave::ceremony {

inline constexpr qsizetype kLongestLine = 64 * 1024;

/// One line of a transcript without its newline (formats.md, Transcript).
[[nodiscard]] QByteArray encodeLine(
    int seq, const QDateTime& time, const Event& event, const QString& previousSha256);
/// Checks seq and previous. NotATranscript for what does not parse, TranscriptBroken for a link that does not
/// fit.
[[nodiscard]] Result<RecordedEvent> decodeLine(
    const QByteArray& line, int expectedSeq, const QString& expectedPrevious);
/// 64 zeros: what the first line's `previous` holds.
[[nodiscard]] QString noPrevious();
/// First 40 bits of a line's hash, in two groups of four characters of the code alphabet.
[[nodiscard]] QString checkpointCodeOf(const QString& lineSha256);

/// All events of a transcript file, checked link by link. A torn last line is left out and said.
struct LoadedTranscript {
    std::vector<RecordedEvent> events;
    bool tornLine = false;
    qint64 soundBytes = 0; ///< length of the file without the torn line
};
[[nodiscard]] Result<LoadedTranscript> parseTranscript(const QByteArray& file);

/// The transcript file of a folder, held by one process at a time. All calls block: they belong on the file
/// thread.
class Transcript {
public:
    /// FileExists when there is one with a line in it, CeremonyInUse, FileUnwritable.
    [[nodiscard]] static Result<std::unique_ptr<Transcript>> create(const QString& folder);
    /// A torn last line stays until a line is appended in its place: that it was there must not be forgotten
    /// before an event says so. NotATranscript, TranscriptBroken, CeremonyInUse, FileUnreadable.
    [[nodiscard]] static Result<std::pair<std::unique_ptr<Transcript>, LoadedTranscript>> open(
        const QString& folder);
    /// Appends the line and its newline, and returns when they are on the disk.
    [[nodiscard]] Status append(const QByteArray& line);

private:
    Transcript() = default;
    std::unique_ptr<QLockFile> m_lock;
    std::unique_ptr<QFile> m_file;
};

} // namespace conclave::ceremony
