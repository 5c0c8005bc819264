// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/ceremony/effect.h"
#include "core/ceremony/state.h"

#include <map>

namespace conclave::ceremony {

/// An event as it stands in the transcript.
struct RecordedEvent {
    int seq = 0;
    QDateTime time;
    Event event;
    QString lineSha256; ///< hex, of its line; what the next event's `previous` holds
};

struct Advance {
    CeremonyState state;
    std::vector<Effect> effects;
    /// Several devices: what is to be done on each that the event is about, by serial; may be nothing.
    std::map<QString, std::vector<Effect>> onDevices{};
};

/// The machine itself: pure, no timers, no card. NotAllowedNow when the event does not fit the state.
[[nodiscard]] Result<Advance> advance(const CeremonyState& state, const RecordedEvent& event);

} // namespace conclave::ceremony
