// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/knownceremonies.h"

#include "core/ceremony/advance.h"
#include "core/ceremony/ceremonyfolder.h"
#include "core/ceremony/transcript.h"

#include <QDir>
#include <QFile>

#include <algorithm>

namespace conclave::ceremony {

namespace {
constexpr qint64 kLargestTranscript = 64LL * 1024 * 1024;
}

Result<CeremonyState> readCeremony(const QString& folder)
{
    QFile file(transcriptPath(folder));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::FileUnreadable);
    const Result<LoadedTranscript> transcript = parseTranscript(file.read(kLargestTranscript));
    if (!transcript)
        return fail(transcript.error());
    CeremonyState state;
    for (const RecordedEvent& event : transcript->events) {
        Result<Advance> next = advance(state, event);
        if (!next)
            return fail(ErrorKind::TranscriptBroken);
        state = std::move(next->state);
    }
    return state;
}

std::vector<OpenCeremony> openCeremonies(const QString& recordsFolder)
{
    std::vector<OpenCeremony> found;
    const QDir records(recordsFolder);
    for (const QString& name : records.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        Result<CeremonyState> state = readCeremony(records.filePath(name));
        if (state && state->opened && state->stage != Stage::Closed)
            found.push_back({ records.filePath(name), std::move(*state) });
    }
    std::ranges::sort(
        found, std::ranges::greater{}, [](const OpenCeremony& each) { return each.state.startedAt; });
    return found;
}

} // namespace conclave::ceremony
