// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/inspection.h"

namespace conclave::ui {

/// What a device told, as A4 PDF. From any thread.
[[nodiscard]] QByteArray inspectionPdf(
    const card::Inspection& inspection, const card::InspectionOccasion& occasion);

} // namespace conclave::ui
