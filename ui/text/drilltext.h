// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/drillresult.h"

#include <QStringList>

namespace conclave::ui {

/// What a drill came to, in a sentence; in a rehearsal that it shows nothing about a real backup.
[[nodiscard]] QString drillSentence(ceremony::DrillVerdict verdict, bool rehearsal);
/// On what the keys were restored: product and serial number, or the simulator.
[[nodiscard]] QString drillDeviceName(const ceremony::DeviceChosen& device, bool rehearsal);
/// What became of the drill's device, in a sentence; empty where no part of the secret came onto it.
[[nodiscard]] QString drillDeviceSentence(ceremony::DrillDevice device);
/// Who brought the sheets of this share file, and what was found: "Grace (2)", "Custodian 3 (3, wrong)".
[[nodiscard]] QString drillSheets(const ceremony::DrillShareFile& file);
/// What the drill has not shown, a sentence each.
[[nodiscard]] QStringList drillGaps(const ceremony::Report& report, const ceremony::DrillResult& result);

} // namespace conclave::ui
