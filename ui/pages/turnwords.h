// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/rolebanner.h"

#include <QString>

namespace conclave::ceremony {
class Ceremony;
struct ShareSet;
} // namespace conclave::ceremony

namespace conclave::ui {

/// "Acts now: Custodian 3 · name", "Everyone else: look away.", and why.
[[nodiscard]] RoleBanner::Content turnBanner(const ceremony::Ceremony& ceremony, const QString& why);
/// "1 of 3 received. Any 3 of the 5 custodians will do."
[[nodiscard]] QString receivedSentence(const ceremony::ShareSet& set);
/// "Custodian 3 of 5", or "Second of 3 custodians" in an import.
[[nodiscard]] QString turnSubline(const ceremony::Ceremony& ceremony);

} // namespace conclave::ui
