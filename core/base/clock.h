// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>

#include <functional>

namespace conclave {

/// Where the time of events comes from; tests inject their own.
using Clock = std::function<QDateTime()>;

/// Local time with its offset from UTC, as the wall clock shows it.
[[nodiscard]] Clock systemClock();

} // namespace conclave
