// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/faults/scenarios.h"

#include <QString>

namespace conclave::faults {

/// Whether a ceremony that ended was one, whatever happened on its way: from its files, the card, the
/// custodians' sheets and the journal, with Qt's JSON and OpenSSL only. Empty: it was; else what was not.
[[nodiscard]] QString judge(const QString& folder, Scenario scenario);

} // namespace conclave::faults
