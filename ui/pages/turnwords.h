// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/rolebanner.h"

#include <QString>

namespace conclave::ceremony {
class Ceremony;
}

namespace conclave::ui {

/// "Acts now: Custodian 3 · name", "Everyone else: look away.", and why.
[[nodiscard]] RoleBanner::Content turnBanner(const ceremony::Ceremony& ceremony, const QString& why);
/// "Custodian 3 of 5", or "Second of 3 custodians" in an import.
[[nodiscard]] QString turnSubline(const ceremony::Ceremony& ceremony);

} // namespace conclave::ui
