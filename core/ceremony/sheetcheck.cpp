// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/sheetcheck.h"

#include "core/ceremony/advance.h"
#include "core/ceremony/knownceremonies.h"
#include "core/ceremony/transcript.h"

#include <algorithm>

namespace conclave::ceremony {

std::optional<QString> ceremonyThatNotes(const QString& folder, const QString& set)
{
    const Result<CeremonyState> state = readCeremony(folder);
    if (!state || state->stage < Stage::Sealed || state->paused
        || std::ranges::none_of(
            state->sets, [&set](const ShareSet& each) { return each.made && each.made->set == set; }))
        return std::nullopt;
    return state->opened->ceremony;
}

Status noteSheetCheck(const QString& folder, const SheetChecked& check, const Clock& clock)
{
    auto opened = Transcript::open(folder);
    if (!opened)
        return fail(opened.error());
    auto& [transcript, loaded] = *opened;
    CeremonyState state;
    for (const RecordedEvent& event : loaded.events) {
        Result<Advance> next = advance(state, event);
        if (!next)
            return fail(Error{ .kind = ErrorKind::TranscriptBroken, .number = event.seq });
        state = std::move(next->state);
    }
    const QDateTime time = clock();
    // A torn last line would be forgotten without an event of its own.
    if (loaded.tornLine || !advance(state, RecordedEvent{ state.events, time, check, {} }))
        return fail(ErrorKind::NotAllowedNow);
    return transcript->append(encodeLine(state.events, time, check, loaded.events.back().lineSha256));
}

} // namespace conclave::ceremony
