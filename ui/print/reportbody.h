// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/report.h"

class QTextDocument;

namespace conclave::ui {

/// Writes the sections 1 to 13 of a report into an empty document; the last two begin a page.
void writeReportBody(QTextDocument& document, const ceremony::Report& report);

} // namespace conclave::ui
