// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/ceremony/event.h"

#include <QJsonObject>

namespace conclave::ceremony {

/// The event's own members; seq, time, event and previous are the transcript's.
[[nodiscard]] QJsonObject toJson(const Event& event);
/// NotATranscript, with the missing, ill-typed or unknown member, or the unknown event, as detail.
[[nodiscard]] Result<Event> eventFromJson(const QString& name, const QJsonObject& json);

} // namespace conclave::ceremony
