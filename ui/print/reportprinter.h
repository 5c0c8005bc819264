// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/report.h"

class QWidget;

namespace conclave::ui {

/// Asks for the printer and prints the report off the UI thread.
void printReport(const ceremony::Report& report, QWidget* parent);
/// The same for the certificate of a drill.
void printDrillCertificate(const ceremony::Report& report, QWidget* parent);

} // namespace conclave::ui
