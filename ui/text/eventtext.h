// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/event.h"

#include <QString>

namespace conclave::ui {

/// One line that says what an event tells, for the log of the report, the resume page and the review. Every
/// event has its own words.
[[nodiscard]] QString eventText(const ceremony::Event& event);

} // namespace conclave::ui
